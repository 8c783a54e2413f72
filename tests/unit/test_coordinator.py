"""Marks of trust are the coordinator's alone: confirmations, sites, exits and the yes to texts."""

import json
import re

import pytest

from campaign.contacts.card import day_in_words
from campaign.today import latest_day, now

from ..records import OURS, PLACE, PLACE_FILE, TODAY, places
from ..records import all_problems as problems

ESTONIA = "municipalities/ee/_country.yml"


CONFIRM = "history in _coordinator.yml of the country, where campaign confirm writes them"
SITES = "the address in _coordinator.yml of the country, under sites"
EXIT = "exit, with the name of one of the exits in _country.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (PLACE, "    email:", "    assured_date: 2026-01-01\n    assurer: Amet\n    email:", CONFIRM),
        (PLACE, "    email:", "    assured_date: 2026-01-01\n    email:", CONFIRM),
        (PLACE, "    email:", "    assurer: Politsei- ja Piirivalveamet\n    email:", CONFIRM),
        (ESTONIA, "    schedule:", "    assured_date: 2026-01-01\n    assurer: Amet\n    schedule:", CONFIRM),
        (PLACE, "name:", "site_url: https://evil.example/x/\nname:", SITES),
        (ESTONIA, "time_zone:", "site_url: https://evil.example/x/\ntime_zone:", SITES),
        (PLACE, "name:", "exit_url: https://evil.example/?left=narva\nname:", EXIT),
        (PLACE, "name:", "exit_url: https://wa.me/37255555555\nname:", EXIT),
        (ESTONIA, "time_zone:", "exit_url: https://weather.example.org/\ntime_zone:", EXIT),
    ],
)
def test_what_only_the_coordinator_says_is_refused_elsewhere_with_where_it_belongs(
    sample, file, old, new, expected
):
    sample.edit(file, old, new)
    found = problems(sample)
    assert len(found) == new.count("\n")
    for line in found:
        key = line.split(": ")[1].rpartition(".")[2]
        assert line.startswith(f"{file}:")
        assert line.endswith(f": expected {expected}, found the key '{key}'")


@pytest.mark.parametrize(
    "key", ["confirmation", "_verification", "history", "confirmations", "digest", "texts", "sites"]
)
@pytest.mark.parametrize("old", ["name:", "    email:"])
def test_no_other_word_is_a_mark_of_trust_in_a_municipalitys_file(sample, key, old):
    indent = old[: -len(old.lstrip())]
    sample.edit(PLACE, old, f"{indent}{key}: 2026-01-01\n{old}")
    (line,) = problems(sample)
    assert ": expected " in line and line.endswith(f", found the key '{key}'")


CHANGES = {
    "number": ("+372 736 1300", "+372 736 1301"),
    "a number more": ("    email:", '      - number: "+372 736 1301"\n    email:'),
    "who pays": ("        languages:", "        free: false\n        languages:"),
    "language": ("          - ru\n", "          - en\n"),
    "hours": ("Mo-Fr 09:00-15:00", "Mo-Su 09:00-15:00"),
    "hours of a number": ("        languages:", '        schedule: "24/7"\n        languages:'),
    "where from": ("        languages:", "        reachable_from: abroad\n        languages:"),
    "e-mail": ("sotsiaal@example.ee", "sotsiaa1@example.ee"),
    "page": ("    email:", "    web: https://evil.example/\n    email:"),
    "chat": ("    email:", '    chats:\n      - kind: whatsapp\n        number: "+372 5464 0007"\n    email:'),
    "address": ("Raekoja plats 3", "Raekoja plats 4"),
    "name": ("et: Ülde sotsiaaltöö", "et: Ohvriabi"),
    "name in another language": ("et: Ülde sotsiaaltöö", "et: Ülde sotsiaaltöö\n      ru: Помощь жертвам"),
    "role": ("      - social-services", "      - legal-aid"),
    "a role more": ("      - social-services", "      - social-services\n      - legal-aid"),
    "whom it takes": ("    email:", "    eligibility:\n      - adults\n    email:"),
    "anonymity": ("    email:", "    anonymous: true\n    email:"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_contact_that_changes_in_what_was_confirmed_is_unconfirmed_again(sample, change):
    sample.confirm("ee-ylde-social", TODAY)
    (contact,) = places(sample).municipalities["ee/ylde"].record.contacts
    assert (contact.state(TODAY), contact.assured_date, contact.assurer) == (
        "confirmed",
        TODAY,
        "Kontrollija",
    )
    sample.edit(PLACE, *CHANGES[change])
    (contact,) = places(sample).municipalities["ee/ylde"].record.contacts
    assert (contact.state(TODAY), contact.assured_date, contact.assurer) == ("changed", None, None)
    assert contact.changed_since == TODAY


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2021-01-25", "2021-01-26"),
        ("    email: sotsiaal@example.ee\n    address: Raekoja plats 3\n", "    address:   'Raekoja plats 3' # there\n    email: sotsiaal@example.ee\n"),
        ("    email:", "    description:\n      et: Abi.\n    email:"),
        ("    email:", "    audiences:\n      - youth\n    email:"),
    ],
)  # fmt: skip
def test_a_change_of_what_a_call_cannot_check_leaves_the_confirmation(sample, old, new):
    sample.confirm("ee-ylde-social", TODAY)
    sample.edit(PLACE, old, new)
    (contact,) = places(sample).municipalities["ee/ylde"].record.contacts
    assert contact.assured_date == TODAY


def social_card(sample):
    """The card of the place's own contact, which the help page shows twice."""
    first, second = re.findall(
        r'<li class="card"><h3>Ülde sots.*?</li>', sample.read("ee/ylde/help.html"), re.S
    )
    assert first == second
    return first


def test_a_changed_contact_is_unconfirmed_wherever_it_is_shown(sample):
    sample.confirm("ee-ylde-social", TODAY)
    sample.confirm("ee-child", TODAY)
    sample.approve()
    sample.build("ee/ylde")
    assert "Kinnitatud" in social_card(sample)
    sample.edit(PLACE, "736 1300", "736 1301")
    sample.build("ee/ylde")
    card = social_card(sample)
    assert 'href="tel:+3727361301"' in card
    assert "Kinnitatud" not in card
    assert "data-until" not in card
    (service,) = (
        s for s in json.loads(sample.read("ee/ylde/contacts.json")) if s["name"] == "Ülde sotsiaaltöö"
    )
    assert "assured_date" not in service
    assert "metadata" not in service
    assert "example.org" in service["alert"]
    said = json.loads(sample.read("ee/ylde/campaign.json"))
    assert (said["unconfirmed"], said["oldest_assured_date"]) == (1, str(TODAY))
    _, line, *_ = sample.campaign("check", "--release", "ee/ylde").stderr.splitlines()
    assert line == (
        f"{PLACE}:5: ee-ylde-social: expected "
        "a confirmation of the contact as it is now, "
        f"found a change after the confirmation of {TODAY}"
    )
    _, first, *_ = sample.campaign("contacts").stdout.splitlines()
    assert first.startswith("changed since it was confirmed        1       ee-ylde-social")
    sample.campaign("report")
    report = (sample.root / "report.html").read_text("utf-8")
    assert "●±" in report
    assert "± changed since it was confirmed" in report


def test_a_doubt_and_three_failed_calls_end_what_card_and_open_data_say_at_the_next_build(sample):
    for name in ("ee-ylde-social", "ee-child"):
        sample.confirm(name, TODAY)
    sample.campaign("doubt", "ee-ylde-social", "--why", "Vastab pagariäri")
    for _ in range(3):
        sample.campaign("confirm", "ee-child", "--not-reached", "--by", "Amet")
    sample.approve()
    sample.build("ee/ylde")
    text = sample.read("ee/ylde/help.html")
    assert "Kinnitatud" not in text and "<span data-until" not in text
    assert "Vastab pagariäri" not in text
    assert "veel kinnitamata." in social_card(sample)
    gone = f"Kolm korda ei saadud ühendust (viimati: {day_in_words(str(TODAY), 'et', {})})."
    assert gone in text and gone not in social_card(sample)
    services = {one["name"]: one for one in json.loads(sample.read("ee/ylde/contacts.json"))}
    assert gone in services["Child line ee"]["alert"]
    assert not any("assured_date" in service for service in services.values())


def test_the_build_says_how_many_changed_since_they_were_confirmed(sample):
    sample.confirm("ee-ylde-social", TODAY)
    sample.confirm("ee-child", TODAY)
    sample.approve()
    assert "; 1 of 5 contacts are unconfirmed, 0 expired, " not in sample.build("ee/ylde")
    sample.edit(PLACE, "736 1300", "736 1301")
    assert "; 2 of 5 contacts are unconfirmed (1 changed since), 0 expired.\n" in sample.build("ee/ylde")


def test_a_contact_that_is_as_it_was_confirmed_is_confirmed_again(sample):
    sample.confirm("ee-ylde-social", TODAY)
    for old, new in (("736 1300", "736 1301"), ("736 1301", "736 1300")):
        sample.edit(PLACE, old, new)
    (contact,) = places(sample).municipalities["ee/ylde"].record.contacts
    assert contact.assured_date == TODAY


def history(*entries, name="ee-child"):
    """The history of a contact with these entries: texts such as "result: undone"; a comma starts a new line."""
    items = (f"    - {entry.replace(', ', chr(10) + '      ')}\n" for entry in entries)
    return f"history:\n  {name}:\n" + "".join(items)


def confirmation(**changes):
    values = {
        "result": "confirmed",
        "date": "2026-01-01",
        "office": "Amet",
        "digest": "0" * 64,
        "how": "rung",
    }
    return history(", ".join(f"{key}: {value}" for key, value in (values | changes).items()))


KEYS = "result, date, office, digest, how, checked, why"
UNDONE, DOUBTED = "result: undone, date: 2026-01-02", "result: doubted, date: 2026-01-02, why: Vale"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (confirmation().replace("ee-child", "ee-chidl"), "2: history.ee-chidl: expected the id of a contact of this country (campaign confirm --undo ee-chidl closes this), found 'ee-chidl'"),
        (confirmation().replace("ee-child", "lv-child"), "2: history.lv-child: expected the id of a contact of this country (campaign confirm --undo lv-child closes this), found 'lv-child'"),
        (confirmation(result="yes"), "3: history.ee-child[0].result: expected confirmed, not-reached, doubted, undone, found 'yes'"),
        (confirmation(date="2999-01-01"), f"4: history.ee-child[0].date: expected a date up to today, {latest_day(now())}, found '2999-01-01'"),
        (confirmation(office="M. Maasikas"), "5: history.ee-child[0].office: expected an office or a post, without a person's name, phone or e-mail, found 'M. Maasikas' (initials and a surname)"),
        (confirmation(digest="1234"), "6: history.ee-child[0].digest: expected the 64 digits and letters that campaign confirm or approve writes, found '1234'"),
        (confirmation(how="call"), "7: history.ee-child[0].how: expected rung, wrote-back, page-opened, found 'call'"),
        (confirmation(checked="[hours]").replace("[hours]", "[hours,mood]"), "8: history.ee-child[0].checked[1]: expected answers, name, hours, languages, cost, cases, found 'mood'"),
        (confirmation(checked="[hours,hours]"), "8: history.ee-child[0].checked: expected each entry once, found hours twice"),
        (confirmation(note="x"), f"8: history.ee-child[0].note: expected {KEYS}, found the key 'note'"),
        (confirmation(why="Vale"), "3: history.ee-child[0]: expected result, date, office, digest, how and perhaps checked for confirmed, found result, date, office, digest, how, why"),
        (history("result: confirmed, date: 2026-01-01"), "3: history.ee-child[0]: expected result, date, office, digest, how and perhaps checked for confirmed, found result, date"),
        (history("result: not-reached, date: 2026-01-01"), "3: history.ee-child[0]: expected result, date, office, digest for not-reached, found result, date"),
        (history("result: doubted, date: 2026-01-01"), "3: history.ee-child[0]: expected result, date, why for doubted, found result, date"),
        (history("result: doubted, date: 2026-01-01, why: Mari 5655 5555"), "5: history.ee-child[0].why: expected a reason in words, without a person's name, phone or e-mail, found 'Mari 5655 5555' (a phone number)"),
        (history(DOUBTED, UNDONE, UNDONE), "2: history.ee-child: expected an earlier entry for each undone entry to take back, found an undone entry without one"),
        (history(UNDONE, DOUBTED), "2: history.ee-child: expected an earlier entry for each undone entry to take back, found an undone entry without one"),
        ("history:\n  ee-child: []\n", "2: history.ee-child: expected at least one entry, found an empty list"),
        (confirmation().replace("    - ", "      "), "2: history.ee-child: expected a list, found the keys result, date, office, digest, how"),
        ("history:\n  - id: ee-child\n", "1: history: expected keys with values, one language each, found a list of 1"),
        ("confirmations: {}\n", "1: confirmations: expected history, sites, texts, found the key 'confirmations'"),
        ("texts:\n  narva: " + "0" * 64, "2: texts.narva: expected the name of a municipality's file in this folder, without .yml, found 'narva'"),
        ("texts:\n  vieta: " + "0" * 64, "2: texts.vieta: expected the name of a municipality's file in this folder, without .yml, found 'vieta'"),
        ("texts:\n  ylde: yes\n", "2: texts.ylde: expected the 64 digits and letters that campaign confirm or approve writes, found 'yes'"),
        ("sites:\n  narva: https://narva.example.org/\n", "2: sites.narva: expected the name of a municipality's file in this folder, without .yml, found 'narva'"),
        ("site:\n  ylde: https://ylde.example.org/\n", "1: site: expected history, sites, texts (did you mean 'sites'?), found the key 'site'"),
    ],
)  # fmt: skip
def test_a_wrong_coordinators_file_is_one_line_with_place_expected_and_found(sample, text, message):
    sample.write(OURS, text.encode())
    (line,) = problems(sample)
    assert line == f"{OURS}:{message}"


@pytest.mark.parametrize("kind", ["folder", "link", "broken link", "pipe"])
def test_a_coordinators_file_that_is_no_plain_file_is_never_passed_over(sample, kind, tmp_path):
    path = sample.root / OURS
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        import os

        os.mkfifo(path)
    else:
        target = tmp_path / "elsewhere"
        if kind == "link":
            target.write_text("sites: {}\n")
        path.symlink_to(target)
    (line,) = problems(sample)
    assert re.fullmatch(
        f"{OURS}: expected a plain file(, or nothing)?, found (something that is not a plain file|a symbolic link)",
        line,
    )


@pytest.mark.parametrize("name", ["_Coordinator.yml", "_coordinator.yaml", "_coordinators.yml", "_trust.yml"])
def test_no_other_file_is_taken_for_the_coordinators(sample, name):
    sample.write(f"municipalities/ee/{name}", b"sites: {}\n")
    (line,) = problems(sample)
    assert line.startswith(f"municipalities/ee/{name}: expected ")


PATH = "https://, a host name in small letters and plain folders that end with a slash, such as https://help.example.org/abi/"
KNOWN = "a host name that everybody on the internet can open"
HOST = "a host name of letters, digits and hyphens, with a single dot between its parts"


def opens(url):
    """What is said of an address that a browser opens in another form than the one that is written."""
    return f"'{url}', the form that browsers open"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ylde.example.org/../x/", opens("https://ylde.example.org/x/")),
        ("https://ylde.example.org/./x/", opens("https://ylde.example.org/x/")),
        ("https://ylde.example.org/.../", PATH),
        ("https://ylde.example.org//", PATH),
        ("https://ylde.example.org/x//y/", PATH),
        ("https://ylde.example.org/%2e%2e/", opens("https://ylde.example.org/")),
        ("https://ylde.example.org/%0a/", "an address without hidden characters"),
        ("https://ylde.example.org/%C3%B5igused/", PATH),
        ("https://ylde.example.org/õigused/", opens("https://ylde.example.org/%C3%B5igused/")),
        ("https://ylde.example.org/.well-known/", PATH),
        ("https://ylde.example.org/a;deny$b/", PATH),
        ("https://ylde.example.org", PATH),
        ("https://ylde.example.org/abi", PATH),
        ("https://ylde.example.org/?x=/", PATH),
        ("https://ylde.example.org/#/", PATH),
        ("https://ylde.example.org:443/", opens("https://ylde.example.org/")),
        ("https://ylde.example.org:8443/", PATH),
        ("https://ylde.example.org:/", opens("https://ylde.example.org/")),
        ("https://ylde.example.org./", HOST),
        ("https://YLDE.example.org/", opens("https://ylde.example.org/")),
        ("HTTPS://ylde.example.org/", "https:// and a full address"),
        ("https://õlde.example.org/", opens("https://xn--lde-nna.example.org/")),
        ("https://tartu.ee。evil.example/", opens("https://tartu.ee.evil.example/")),
        ("https://%74artu.ee/", opens("https://tartu.ee/")),
        ("https:///evil.example/chat/", opens("https://evil.example/chat/")),
        ("https://-ylde.example.org/", HOST),
        ("https://ylde_vald.example.org/", HOST),
        (f"https://{'a' * 64}.example.org/", HOST),
        (f"https://ylde.example.org/{'a' * 200}/", PATH),
        ("https://printer.local/", KNOWN),
        ("https://192.168.1.1.nip.io/", KNOWN),
        ("https://x.192-168-1-1.sslip.io/", KNOWN),
        ("https://intra.lan/", KNOWN),
        ("https://10.0.0.1/", "an address with a full host name and no user name"),
        ("https://user@ylde.example.org/", "an address with a full host name and no user name"),
        ("http://ylde.example.org/", "https:// and a full address"),
        ("javascript:alert(1)", "https:// and a full address"),
    ],
)
def test_the_address_of_a_copy_has_only_one_form(sample, url, expected):
    sample.write(OURS, f"sites:\n  ylde: {json.dumps(url)}\n".encode())
    (line,) = problems(sample)
    assert line.startswith(f"{OURS}:2: sites.ylde: expected {expected}, found ")


@pytest.mark.parametrize(
    "url",
    [
        "https://ylde.ee/",
        "https://www.ylde.ee/abi/",
        "https://xn--lde-goa.ee/a/B_c~d-e.f/",
        "https://112.gov.example/",
    ],
)
def test_a_good_address_of_a_copy_is_accepted_as_it_is(sample, url):
    sample.site("ee/ylde", url)
    assert places(sample).municipalities["ee/ylde"].site_url == url


NEITHER = "an address that neither contains that of another copy nor is inside it"


@pytest.mark.parametrize(
    ("first", "second", "latvian"),
    [
        ("https://abi.example.org/", "https://abi.example.org/", False),
        ("https://abi.example.org/", "https://abi.example.org/ylde/", False),
        ("https://abi.example.org/x/y/z/", "https://abi.example.org/x/", False),
        ("https://abi.example.org/x/", "https://abi.example.org/x/", True),
        ("https://abi.example.org/x/", "https://abi.example.org/", True),
    ],
)
def test_no_two_copies_are_at_one_address_or_inside_each_other(sample, first, second, latvian):
    sample.site("ee/teine", first)
    sample.site("lv/vieta" if latvian else "ee/ylde", second)
    file, key, line = ("municipalities/lv/_coordinator.yml", "vieta", 4) if latvian else (OURS, "ylde", 5)
    assert problems(sample) == [
        f"{file}:{line}: sites.{key}: expected {NEITHER} ({OURS}:4), found '{second}'"
    ]


def test_copies_beside_each_other_are_good(sample):
    sample.site("ee/teine", "https://abi.example.org/teine/")
    sample.site("ee/ylde", "https://abi.example.org/teine2/")
    sample.site("lv/vieta", "https://abi.example.org/Teine/")
    assert places(sample).municipalities["lv/vieta"].site_url == "https://abi.example.org/Teine/"


def exits(sample, text):
    sample.edit(ESTONIA, 'exits: {weather: "https://weather.example.org/"}', text)


OPENS = "a page that no phone opens in an app, because the reader's page would stay open behind the app"
PLAIN = "https://, a host name in small letters and a plain path, such as https://weather.example.org/"
QUIET = "a quiet page that has nothing to do with help; ee-child has a page on this host"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://wa.me/37255555555", OPENS),
        ("https://api.whatsapp.com/send", OPENS),
        ("https://t.me/x", OPENS),
        ("https://m.me/x", OPENS),
        ("https://chats.viber.com/x", OPENS),
        ("https://www.facebook.com/", OPENS),
        ("https://evil.example/?left=narva", PLAIN),
        ("https://evil.example/#narva", PLAIN),
        ("https://evil.example:22/", PLAIN),
        ("https:///track.evil.example/", opens("https://track.evil.example/")),
        ("https://evil.example/%2e%2e/", opens("https://evil.example/")),
        ("https://EVIL.example/", opens("https://evil.example/")),
        ("https://weather.example.org", PLAIN),
        ("https://printer.local/", KNOWN),
        ("https://192.168.1.1.nip.io/", KNOWN),
        ("http://weather.example.org/", "https:// and a full address"),
        ("https://example.org/weather", QUIET),
        ("https://www.example.org/", QUIET),
    ],
)
def test_an_exit_leads_to_a_quiet_page_known_everywhere(sample, url, expected):
    sample.edit(ESTONIA, "https://example.org/112", "https://112.example.org/")
    exits(sample, f"exits: {{weather: {json.dumps(url)}}}")
    (line,) = problems(sample)
    assert line.startswith(f"{ESTONIA}:7: exits.weather: expected {expected}, found '")


@pytest.mark.parametrize("site", ["https://weather.example.org/abi/", "https://www.weather.example.org/"])
def test_a_copy_is_not_on_the_host_of_an_exit(sample, site):
    sample.site("ee/ylde", site)
    assert problems(sample) == [
        f"{OURS}:4: sites.ylde: expected another host than that of the exit weather, which would "
        "lead back here, "
        f"found '{site}'"
    ]


def test_a_municipality_chooses_one_of_its_countrys_exits_by_name(sample):
    exits(sample, "exits:\n  weather: https://weather.example.org/\n  news: https://news.example.net/")
    sample.edit(PLACE, "name:", "exit: news\nname:")
    sample.build("ee")
    assert 'href="https://news.example.net/"' in sample.read("ee/ylde/help.html")
    assert "weather.example.org" not in sample.read("ee/ylde/help.html")
    assert 'href="https://weather.example.org/"' in sample.read("ee/teine/help.html")
    sample.edit(PLACE, "exit: news", "exit: sports")
    assert problems(sample) == [
        f"{PLACE}:2: exit: expected one of the country's exits: weather, news, found 'sports'"
    ]


def test_a_country_has_at_least_one_exit(sample):
    exits(sample, "exits: {}")
    assert problems(sample) == [f"{ESTONIA}:7: exits: expected at least one entry, found no keys"]


@pytest.mark.parametrize("zone", ["Europe/Moscow", "America/New_York", "Asia/Tokyo"])
def test_a_municipality_has_a_clock_of_its_country(sample, zone):
    """Whether a line is open now is a mark of trust, too."""
    sample.edit(PLACE, "name:", f"time_zone: {zone}\nname:")
    assert problems(sample) == [f"{PLACE}:2: time_zone: expected a time zone of the country, found '{zone}'"]


def test_the_address_of_a_copy_changes_the_hash_of_that_copy_only(sample):
    sample.build("ee")
    before = {
        name: json.loads(sample.read(f"ee/{name}/campaign.json"))["inputs"] for name in ("ylde", "teine")
    }
    sample.site("ee/ylde", "https://ylde.example.org/")
    sample.build("ee")
    assert '<link rel="canonical" href="https://ylde.example.org/help.html">' in sample.read(
        "ee/ylde/help.html"
    )
    after = {
        name: json.loads(sample.read(f"ee/{name}/campaign.json"))["inputs"] for name in ("ylde", "teine")
    }
    assert after["ylde"] != before["ylde"]
    assert after["teine"] == before["teine"]


def test_the_hostile_file_cannot_set_anything_that_decides_about_trust():
    """The file that other tests spoil holds every key that a municipality has; none of them is a mark."""
    assert not {"site_url", "exit_url"} & PLACE_FILE.keys()
