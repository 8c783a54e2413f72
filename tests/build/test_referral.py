"""Referral orders: what a municipality may write, whom a step names, and the sheet on the page and on paper."""

from __future__ import annotations

import re
import subprocess
from datetime import date

import pytest

from campaign.contacts.card import card_environment
from campaign.contacts.phone_display import grouped
from campaign.model.referral_order import Consent, Order, StepKind
from campaign.model.roles import Role
from campaign.professionals.referral_contacts import lines_of, order_of, step_contacts
from campaign.professionals.referral_sheet import Sheets, size_of
from campaign.professionals.referral_step import SIZES
from campaign.source.municipalities import read_places
from campaign.text.opening_hours import clock_name, hours_in_words

from ..project import ROOT
from ..repository import PLACES, WORDS

PLACE = "municipalities/ee/ylde.yml"
COUNTRY = "municipalities/ee/_country.yml"
KNOWN = f"a role ({', '.join(Role)}) or the id of a contact in this file or in _country.yml"
KINDS = ", ".join(StepKind)
CONSENTS = ", ".join(Consent)
TEXT = "plain text on one line, without markup, braces or links"

OWN = """\
referral:
  adult:
    - step: safety
      who: [emergency]
      consent: do-not-wait
    - step: call
      who: [ee-ylde-social, child-helpline]
      consent: for-names
      does:
        et: Helista ja räägi.
        ru: Позвоните и расскажите.
      next:
        et: Tead, kes tuleb.
"""
COUNTRYS = """\
referral:
  child:
    - step: child-protection
      who: [child-protection]
      consent: do-not-wait
    - step: stay
      consent: before-sharing
"""
SLOTS = "\n\n".join(f"<!-- referral: {order} -->" for order in Order)


@pytest.fixture
def ordered(sample):
    """The small project with an order of its own, one of its country, and a page for them."""
    sample.edit(PLACE, "contacts:", OWN + "contacts:")
    sample.edit(COUNTRY, "contacts:", COUNTRYS + "contacts:")
    for code in ("et", "lv", "ru"):
        sample.write(
            f"docs/{code}/professionals/referral.md",
            f"---\ntitle: {code} order\n---\n\n# Order\n\n{SLOTS}\n\n## Law {{#law}}\n\nText.\n",
        )
    sample.edit(
        "mkdocs.yml", "- professionals/index.md", "- professionals/index.md\n  - professionals/referral.md"
    )
    return sample


def sheets(text: str) -> dict[str, str]:
    """The sheets of a page by their order."""
    return {
        match[1]: match[2]
        for match in re.finditer(r'aria-labelledby="order-([a-z-]+)"[^>]*>(.*?)</section>', text, re.S)
    }


def shown(number: str) -> str:
    return grouped(number).replace("\N{NO-BREAK SPACE}", " ")


def plain(html: str) -> str:
    without_marks = re.sub(r'<span aria-hidden="true">.*?</span>', "", html)
    return " ".join(re.sub(r"<[^>]+>", " ", without_marks).replace("\N{NO-BREAK SPACE}", " ").split())


DECISION = """\
referral:
  decision:
    what:
      et: Volikogu kinnitas korra.
    source:
      url: https://council.example.org/kord
      date: 2023-04-07
"""


def test_what_a_council_has_decided_is_said_with_source_and_date_in_its_own_place_alone(sample):
    sample.edit(PLACE, "contacts:", DECISION + "contacts:")
    places = read_places(sample.root, WORDS, date.today())
    made = Sheets(card_environment(ROOT), WORDS, "et")
    own, other = (made.heading(places.municipalities[f"ee/{slug}"], "en") for slug in ("ylde", "teine"))
    assert '<span lang="et">Volikogu kinnitas korra.</span>' in own
    assert "council.example.org" in own and "7 April 2023" in own
    assert "decision" not in other and "council" not in other


def test_each_order_is_the_municipalitys_own_or_its_countrys_and_says_so(ordered):
    ordered.build("ee")
    own, other = (
        sheets(ordered.read(f"ee/{slug}/professionals/referral.html")) for slug in ("ylde", "teine")
    )
    notice, none = WORDS["et"]["order-country"], WORDS["et"]["order-none"]
    assert list(own) == ["adult", "child", "out-of-hours"]
    assert notice not in own["adult"] and notice in own["child"] and none in own["out-of-hours"]
    assert none in other["adult"] and notice in other["child"]
    assert "Ülde vald" in own["child"] and "Teine vald" in other["child"]


def test_a_step_says_whom_to_ring_what_is_done_when_to_go_on_and_the_consent(ordered):
    ordered.build("ee/ylde")
    adult = plain(sheets(ordered.read("ee/ylde/professionals/referral.html"))["adult"])
    words = WORDS["et"]
    assert (
        f"{words['step-call-title']} Kontakt: Ülde sotsiaaltöö +372 736 13 00 esmaspäevast reedeni kell 09:00 kuni 15:00 ; "
        f"Child line ee 116 111 ööpäev läbi, iga päev . Helista ja räägi. Mine edasi, kui: Tead, kes tuleb. "
        f"Nõusolek: {words['consent-for-names']}"
    ) in adult
    assert f"{words['step-safety-title']} Kontakt: Emergency ee 112 ." in adult
    assert "Numbrite allikad: example.org. Kõik numbrid ei ole kinnitatud." in adult


def test_own_words_are_in_the_readers_language_or_marked_with_their_own(ordered):
    ordered.build("ee/ylde")
    adult = sheets(ordered.read("ee/ylde/ru/professionals/referral.html"))["adult"]
    assert "<p>Позвоните и расскажите.</p>" in adult
    assert '<span lang="et">Tead, kes tuleb.</span>' in adult
    assert WORDS["ru"]["step-safety-does"] in adult


def test_a_step_without_a_contact_names_who_acts(ordered):
    ordered.build("ee/teine")
    child = plain(sheets(ordered.read("ee/teine/professionals/referral.html"))["child"])
    assert f"Kes tegutseb: {WORDS['et']['step-stay-who']}." in child
    assert "Kontakt: Child line ee 116 111" in child  # who stands in for child protection


def test_a_countrys_lines_stand_above_an_own_order_that_names_others(ordered):
    """What the country's order names is on the sheet, and no step has to name it."""
    steps = "  child:\n    - step: call\n      who: [ee-ylde-social]\n      consent: needed\n"
    ordered.edit(PLACE, "referral:\n", f"referral:\n{steps}")
    ordered.build("ee/ylde")
    page = ordered.read("ee/ylde/professionals/referral.html")
    child, adult = (plain(sheets(page)[order]) for order in ("child", "adult"))
    assert f"{WORDS['et']['order-lines']} Child line ee 116 111 ." in child
    assert WORDS["et"]["order-lines"] not in adult  # the country has no order for it
    assert WORDS["et"]["order-lines"] not in plain(
        sheets(ordered.read("ee/ylde/professionals/referral.html"))["out-of-hours"]
    )


@pytest.mark.parametrize("count", [1, 2, 3])
def test_own_contacts_push_no_national_line_from_a_sheet(ordered, count):
    text = "".join(SHELTER.format(name=name, digit=digit) for digit, name in enumerate("abc"[:count]))
    with (ordered.root / PLACE).open("a") as file:
        file.write(text.replace("- shelter", "- child-protection"))
    place = read_places(ordered.root, WORDS, date.today()).municipalities["ee/ylde"]
    sheet = Sheets(card_environment(ROOT), WORDS, "et").sheet(place, Order.CHILD, "et")
    assert 'href="tel:116111"' in sheet


def test_a_confirmed_contact_needs_no_warning(ordered):
    for name in ("ee-ylde-social", "ee-child"):
        ordered.confirm(name, "2026-01-01")
    ordered.build("ee/ylde")
    adult = sheets(ordered.read("ee/ylde/professionals/referral.html"))["adult"]
    assert "Numbrite allikad: example.org." in adult and WORDS["et"]["order-ring"] not in adult


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("step: call", "step: cal", f"9: referral.adult[1].step: expected {KINDS} (did you mean 'call'?), found 'cal'"),
        ("      consent: for-names\n", "", "9: referral.adult[1].consent: expected a value, which is required, found nothing"),
        ("consent: for-names", "consent: maybe", f"11: referral.adult[1].consent: expected {CONSENTS}, found 'maybe'"),
        ("ee-ylde-social, child", "ee-nobody, child", f"10: referral.adult[1].who[0]: expected {KNOWN}, found 'ee-nobody'"),
        ("[emergency]", "[lv-112]", f"7: referral.adult[0].who[0]: expected {KNOWN}, found 'lv-112'"),
        ("[emergency]", "[police, police, police, police]", "7: referral.adult[0].who: expected at most 3 entries, found a list of 4"),
        ("[emergency]", "emergency", "7: referral.adult[0].who: expected a list, found 'emergency'"),
        ("        et: Helista ja räägi.\n", "", "12: referral.adult[1].does: expected at least et, the country's first language, found ru"),
        ("et: Tead", "xx: Tead", "16: referral.adult[1].next.xx: expected a two-letter language code of ISO 639-1, found the key 'xx'"),
        ("Helista ja räägi.", "<script>x</script>", f"13: referral.adult[1].does.et: expected {TEXT}, found '<script>x</script>'"),
        ("      does:", "      doez:", "12: referral.adult[1].doez: expected step, who, consent, does, next (did you mean 'does'?), found the key 'doez'"),
        ("  adult:", "  adolt:", "5: referral.adolt: expected decision, adult, child, out_of_hours (did you mean 'adult'?), found the key 'adolt'"),
        ("contacts:", "  out_of_hours: []\ncontacts:", "17: referral.out_of_hours: expected at least one entry, found an empty list"),
        ("contacts:", "  child: {}\ncontacts:", "17: referral.child: expected a list, found no keys"),
        ("contacts:", "  notice:\n    et: Tere\ncontacts:", "17: referral.notice: expected decision, adult, child, out_of_hours, found the key 'notice'"),
        ("referral:\n", "referral:\n  child:\n" + "    - step: notice\n      consent: needed\n" * 10, "5: referral.child: expected at most 9 steps, which fit on one sheet, found a list of 10"),
    ],
)  # fmt: skip
def test_a_wrong_order_is_one_line_with_place_expected_and_found(ordered, old, new, message):
    assert ordered.told(PLACE, old, new) == [f"{PLACE}:{message}"]


def test_a_countrys_order_and_notice_are_checked_too(ordered):
    ordered.edit(COUNTRY, "[child-protection]", "[ee-ylde-social]")
    ordered.edit(COUNTRY, "  child:\n", "  notice:\n    ru: Да.\n  child:\n")
    notice, who = ordered.problems()
    assert (
        notice
        == f"{COUNTRY}:9: referral.notice: expected at least et, the country's first language, found ru"
    )
    assert who == f"{COUNTRY}:13: referral.child[0].who[0]: expected {KNOWN}, found 'ee-ylde-social'"


def test_an_order_that_no_sheet_holds_is_refused(ordered):
    long = "Kuulaja " * 19
    texts = f"      does:\n        et: {long}\n      next:\n        et: {long}\n"
    steps = f"    - step: notice\n      who: [shelter]\n      consent: needed\n{texts}" * 9
    ordered.edit(PLACE, "referral:\n", f"referral:\n  child:\n{steps}")
    with (ordered.root / PLACE).open("a") as file:
        file.write("".join(SHELTER.format(name=name, digit=digit) for digit, name in enumerate("abc")))
    assert ordered.problems() == [
        f"{PLACE}:5: referral.child: expected "
        "fewer steps, fewer contacts, or shorter does and next, "
        "found more than one A4 sheet holds (in et, ru)"
    ]


@pytest.mark.parametrize(
    ("file", "slot", "expected"),
    [
        ("docs/et/help.md", "referral: adult", "this slot only on professionals/referral.md"),
        (
            "docs/et/professionals/referral.md",
            "referral: adults",
            "one of adult, child, out-of-hours (did you mean 'adult'?)",
        ),
        (
            "docs/et/professionals/referral.md",
            "municipality: meetings",
            "this slot only on professionals/meetings.md",
        ),
    ],
)
def test_a_slot_stands_only_where_it_belongs(ordered, file, slot, expected):
    for code in ("et", "lv", "ru"):
        with (ordered.root / file.replace("/et/", f"/{code}/")).open("a") as page:
            page.write(f"\n<!-- {slot} -->\n")
    lines = ordered.problems()
    assert len(lines) == 3
    assert all(line.endswith(f": expected {expected}, found '<!-- {slot} -->'") for line in lines)


def names(place: str, order: Order, kind: StepKind) -> list[tuple[str, str | None]]:
    """Ids and numbers of those whom a step of the order names in a place."""
    (step,) = (step for step in order_of(PLACES.municipalities[place], order)[0] if step.step is kind)
    lines = lines_of(PLACES.municipalities[place], order, step)
    return [(line.contact.id, line.phone.number if line.phone else None) for line in lines]


@pytest.mark.parametrize(
    ("place", "order", "kind", "expected"),
    [
        ("ee/tartu", "adult", "first-help", [("ee-tartu-shelter", "+372 736 6465"), ("ee-tartu", "+372 736 1300")]),
        ("ee/tartu", "child", "first-help", [("ee-tartu-laste", None), ("ee-tartu", "+372 736 1300")]),
        ("ee/rapla", "adult", "first-help", [("ee-rapla-office", None), ("ee-116006", "116 006")]),
        ("ee/parnu", "child", "child-protection", [("ee-parnu-lastekaitse", "+372 444 8124"), ("ee-116111", "116 111")]),
        # At night only lines that a source calls open day and night, and of those the number that is.
        ("ee/tallinn", "out-of-hours", "tonight", [("ee-harjumaa-tugi", "+372 5757 0911"), ("ee-harjumaa-kriisikodu", "+372 5396 9834")]),
        ("ee/narva", "out-of-hours", "tonight", [("ee-116006", "116 006"), ("ee-sak-ida-virumaa", "+372 331 1041")]),
        ("ee/narva", "out-of-hours", "next-day", [("ee-thb", "+372 660 7320"), ("ee-narva", "+372 356 9600")]),
        ("lv/riga", "out-of-hours", "tonight", [("lv-112", "112")]),
        ("lv/riga", "child", "call", [("lv-safehouse", "+371 28612120")]),
        ("lt/vilnius", "out-of-hours", "if-child", [("lt-112", "112")]),  # no source gives the Child Line's hours
        ("lt/vilnius", "adult", "call", [("lt-nappz", "0 800 91119"), ("lt-kopzi", "+370 679 61617")]),
    ],
)  # fmt: skip
def test_a_step_names_the_contacts_that_fit_the_person_and_the_hour(place, order, kind, expected):
    assert names(place, Order(order), StepKind(kind)) == expected


def test_every_step_of_every_place_has_a_contact_of_its_own_or_its_countrys():
    for place in PLACES.municipalities.values():
        known = {contact.id for contact in place.contacts}
        for order in Order:
            steps, own = order_of(place, order)
            assert steps and not own, place
            for step in steps:
                lines = lines_of(place, order, step)
                assert {line.contact.id for line in lines} <= known
                assert bool(lines) == bool(step.who), (place, order, step.step)


def test_in_russia_no_process_is_invented():
    country = PLACES.countries["ru"].record.referral
    assert set(country.notice) == {"ru", "en", "et", "lv", "lt"}
    used = {step.step for order in Order for step in country.steps(order) or ()}
    assert used == {"notice", "safety", "talk", "child-protection", "stay", "consulate"}
    named = {name for order in Order for step in country.steps(order) or () for name in step.who}
    assert named == {"emergency", "child-helpline"}


def test_every_sheet_of_every_place_and_language_fits_on_paper():
    environment = card_environment(ROOT)
    for place in PLACES.municipalities.values():
        if place.record.contacts or place.slug == min(p.slug for p in PLACES.of(place.country.code)):
            sheet = Sheets(environment, WORDS, place.country.language)
            for language in place.country.languages:
                for order in Order:
                    size = size_of(sheet.items(place, order, language))
                    assert size < len(SIZES), (str(place), language, order)


def test_places_without_contacts_of_their_own_share_all_but_their_name():
    sheet = Sheets(card_environment(ROOT), WORDS, "et")
    first, second = (PLACES.municipalities[name] for name in ("ee/antsla", "ee/rouge"))
    for place in (first, second):
        assert sheet.heading(place, "et") == f'<p class="place">{place.record.name["et"]}</p>\n'
    assert sheet.cache_key(first, Order.ADULT)
    assert sheet.cache_key(first, Order.ADULT) == sheet.cache_key(second, Order.ADULT)
    assert sheet.sheet(first, Order.ADULT, "et") == sheet.sheet(second, Order.ADULT, "et")
    assert sheet.cache_key(PLACES.municipalities["ee/tartu"], Order.ADULT) is None


def test_a_step_shows_the_mark_of_its_consent_and_readers_of_the_screen_hear_its_words(ordered):
    place = read_places(ordered.root, WORDS, date.today()).municipalities["ee/ylde"]
    adult = Sheets(card_environment(ROOT), WORDS, "et").sheet(place, Order.ADULT, "et")
    assert re.findall(r'<span aria-hidden="true">(.)</span>', adult) == ["○", "◐"]
    assert all(mark in WORDS["et"]["order-marks"] for mark in "○◐●")


COPIES = [
    ("ee/tartu", "et"), ("ee/tartu", "ru"), ("ee/narva", "et"), ("ee/narva", "uk"), ("ee/tallinn", "en"),
    ("lv/riga", "lv"), ("lv/riga", "ru"), ("lt/vilnius", "lt"), ("lt/sakiai", "ru"), ("ru/pskov", "ru"),
]  # fmt: skip


def page_of(sites, place, language):
    first = PLACES.municipalities[place].country.language
    folder = "" if language == first else f"{language}/"
    return sites / place / f"{folder}professionals/referral.html"


@pytest.mark.parametrize(("place", "language"), COPIES)
def test_each_order_prints_on_one_a4_sheet_and_the_rest_comes_after(
    browser, sites, tmp_path, place, language
):
    page = browser.new_page()
    page.goto(f"file://{page_of(sites, place, language)}")
    page.pdf(path=tmp_path / "order.pdf", prefer_css_page_size=True)
    page.close()
    told = subprocess.run(["pdfinfo", tmp_path / "order.pdf"], capture_output=True, text=True, check=True)
    assert re.search(r"Page size: +59[45][.\d]* x 84[12][.\d]* pts \(A4\)", told.stdout), told.stdout
    municipality, words = PLACES.municipalities[place], WORDS[language]
    name, _ = municipality.name(language)
    for number, order in enumerate(Order, 1):
        run = ["pdftotext", "-f", str(number), "-l", str(number), "-raw", tmp_path / "order.pdf", "-"]
        raw = subprocess.run(run, capture_output=True, text=True, check=True).stdout
        text = " ".join(raw.replace("\N{NO-BREAK SPACE}", " ").split())
        assert text.startswith(f"{name} {words[f'order-{order}']} "), (number, text[:80])
        for step in order_of(municipality, order)[0]:
            title = words[f"step-{step.step}-title"]
            assert title in text, (number, title)
            for line in lines_of(municipality, order, step):
                assert not line.phone or shown(line.phone.number) in text, line
        assert words["order-marks"].split(" · ")[0] in text
        assert text.count(words["order-ring"]) == (place != "ru/pskov" or order is Order.CHILD)
    run = ["pdftotext", "-f", "4", "-l", "4", tmp_path / "order.pdf", "-"]
    rest = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert rest.split() and not any(words[f"order-{order}"] in rest for order in Order)


SHELTER = """\
  - id: ee-ylde-{name}
    roles:
      - shelter
    organization:
      et: {name} kellel on üks väga pikk nimi, mis kahele reale kuidagi ära ei mahu, ükskõik kui väga keegi pingutab
    phones:
      - number: "+372 444 812{digit}"
        schedule: "Mo-Fr 09:00-15:00"
      - number: "+372 5552 213{digit}"
        schedule: "24/7"
    source:
      url: https://example.org/{name}
      date: undated
      publisher: Amet
"""


def test_the_first_of_each_role_comes_before_the_second_of_any_and_at_night_the_number_that_is_open(ordered):
    with (ordered.root / PLACE).open("a") as file:
        file.write("".join(SHELTER.format(name=name, digit=digit) for digit, name in enumerate("abcd")))
    steps = (
        "  out_of_hours:\n    - step: tonight\n      who: [shelter, child-helpline]\n      consent: needed\n"
    )
    ordered.edit(PLACE, "referral:\n", f"referral:\n{steps}")
    place = read_places(ordered.root, WORDS, date.today()).municipalities["ee/ylde"]
    (step,) = place.record.referral.out_of_hours
    lines = lines_of(place, Order.OUT_OF_HOURS, step)
    assert [(line.contact.id, line.phone.number) for line in lines] == [
        ("ee-ylde-a", "+372 5552 2130"),
        ("ee-child", "116 111"),
        ("ee-ylde-b", "+372 5552 2131"),
    ]
    assert lines_of(place, Order.ADULT, step)[0].phone.number == "+372 444 8120"


def test_a_contact_has_one_name_in_all_of_a_sheet(ordered):
    with (ordered.root / PLACE).open("a") as file:
        file.write(SHELTER.format(name="a", digit=0))
    steps = "".join(
        f"    - step: {kind}\n      who: [shelter]\n      consent: needed\n" for kind in ("call", "tonight")
    )
    ordered.edit(PLACE, "referral:\n", f"referral:\n  child:\n{steps}")
    ordered.build("ee/ylde")
    child = sheets(ordered.read("ee/ylde/professionals/referral.html"))["child"]
    name = "a kellel on üks väga pikk nimi, mis kahele reale kuidagi ära ei mahu, ükskõik kui väga keegi pingutab"
    assert re.findall(r"Kontakt: (.*?) \+372 444 81 20", plain(child)) == [name, name]
    assert WORDS["et"]["name-shelter"] not in plain(child)


def test_a_sheet_names_the_clock_of_a_national_line_where_the_places_is_another(ordered):
    ordered.edit(PLACE, "name:", "time_zone: Europe/Tallinn\nname:")
    ordered.edit(COUNTRY, "time_zone: Europe/Tallinn", "time_zone: Europe/Kaliningrad")
    ordered.edit(COUNTRY, 'schedule: "24/7"', 'schedule: "Mo-Fr 09:00-18:00"')
    ordered.build("ee")
    own, other = (ordered.read(f"ee/{slug}/professionals/referral.html") for slug in ("ylde", "teine"))
    said = hours_in_words("Mo-Fr 09:00-18:00", "et", WORDS["et"])
    clock = clock_name("Europe/Kaliningrad", "et", WORDS["et"])
    assert f"{said} ({clock})" in own
    assert said in other and clock not in other


# Whom a reader of a step would ring because its words say so. Others are said without a promise, such as that help
# needs no report to the police.
RUNG = (
    Role.EMERGENCY,
    Role.TRAFFICKING_HELPLINE,
    Role.VICTIM_SUPPORT,
    Role.CHILD_HELPLINE,
    Role.CHILD_PROTECTION,
)


def named(text: str, language: str) -> set[Role]:
    """The roles of `RUNG` that a text names, in any case of their words: the first half of each must be there."""
    words = text.casefold()
    halves = {
        role: [
            word[: max(3, (len(word) + 1) // 2)]
            for word in WORDS[language][f"name-{role}"].casefold().split()
        ]
        for role in RUNG
    }
    return {role for role, parts in halves.items() if all(part in words for part in parts)}


def test_the_words_of_a_step_name_nobody_whom_the_step_does_not_show():
    assert named(WORDS["en"]["step-safety-does"], "en") == {Role.EMERGENCY}
    assert named("Skambinkite pagalbos vaikams linijai.", "lt") == {Role.CHILD_HELPLINE}
    wrong = set()
    for place in PLACES.municipalities.values():
        for order, contacts in step_contacts(place).items():
            for step, lines in zip(order_of(place, order)[0], contacts.lines, strict=True):
                shown = {role for line in lines for role in line.contact.roles}
                for language in place.country.languages:
                    words = WORDS[language]
                    said = (
                        words[f"step-{step.step}-title"],
                        step.does.get(language) or words[f"step-{step.step}-does"],
                        step.next.get(language) or words[f"step-{step.step}-next"],
                    )
                    for role in {role for text in said for role in named(text, language)} - shown:
                        wrong.add((place.country.code, str(order), str(step.step), language, str(role)))
    assert sorted(wrong) == []
