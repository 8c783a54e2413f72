"""Which telephone numbers a file may hold, how each is written, and which link is made of it."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from pydantic import ValidationError

from campaign.model.channels import Chat, Phone
from campaign.source.municipalities import read_places
from campaign.text.phone_numbers import ordinary_instead, well_formed_instead

from ..project import ROOT
from ..records import COUNTRY, LANGUAGES, PLACE, one, problems
from ..repository import WORDS

NUMBER = f"{PLACE}:11: contacts[0].phones[0].number: expected "


def put(sample, number):
    sample.edit(PLACE, '"+372 736 1300"', f'"{number}"')


# How a number is written


@pytest.mark.parametrize(
    ("country", "typed", "meant"),
    [
        ("lt", "+370 8 425 59 243", "+37042559243"),
        ("ru", "+7 8 812 573 20 00", "+78125732000"),
        ("ru", "+7 8 800 200 01 22", "+78002000122"),
        ("lv", "+371 0 67105048", "+37167105048"),
        ("lv", "+371 8 67105048", "+37167105048"),
        ("ee", "+372 0 736 1300", "+3727361300"),
        ("ee", "736 1300", "+3727361300"),
        ("ee", "00372 736 1300", "+3727361300"),
        ("ee", "372 736 1300", "+3727361300"),
        ("ru", "8 (812) 573-20-00", "+78125732000"),
        ("ru", "8 812 573 20 00", "+78125732000"),
        ("ru", "+7 812 573-20-00", "+78125732000"),
        ("lt", "8 425 59243", "+37042559243"),
        ("lt", "0 425 59243", "+37042559243"),
        ("ee", "+372  736 1300", "+3727361300"),
        ("ee", "+372\N{NO-BREAK SPACE}736 1300", "+3727361300"),
        ("ee", "+372\N{THIN SPACE}736\N{FIGURE DASH}1300", "+3727361300"),
        ("ee", "+372" + " " * 180 + "736 1300", "+3727361300"),
        ("ee", " +372 736 1300", "+3727361300"),
        ("ee", "+ 372 736 1300", "+3727361300"),
    ],
)
def test_a_number_is_written_as_it_is_dialled_and_the_message_says_how(country, typed, meant):
    assert (well_formed_instead(typed, country) or "").endswith(f" (did you mean {meant}?)")
    assert well_formed_instead(meant, country) is None


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("ee", "+372 736 1300"), ("ee", "+3727361300"), ("ee", "116 006"), ("ee", "1 1 6 0 0 6"), ("ru", "124"),
        ("lt", "0 800 91119"), ("lt", "113"), ("lv", "116006"), ("ru", "+7 800 200 01 22"), ("ee", "+370 5 213 9772"),
    ],
)  # fmt: skip
def test_a_number_that_can_be_dialled_is_well_formed(country, number):
    assert well_formed_instead(number, country) is None


@pytest.mark.parametrize(
    "number",
    [
        "", "+", "+372", "0116", "12345678", "+372 12", "*21*3727361300#", "+372 736 1300;ext=1", "+372 736 1300,,1",
        "+３７２ 736 1300", "+372 736 1300 ", "0 800 1", "0800 1234", "9", "1" * 40, "+372 736 1300 x", "112a",
    ],
)  # fmt: skip
def test_a_number_that_nobody_can_dial_is_refused(number):
    assert well_formed_instead(number, "ee")


def test_the_trunk_digit_is_refused_in_a_file_with_the_number_that_was_meant(sample):
    put(sample, "+372 0 736 1300")
    assert one(sample).startswith(NUMBER)
    meant = 'or a national freephone ("0 800 …") (did you mean +3727361300?)'
    assert one(sample).endswith(f"{meant}, found '+372 0 736 1300'")


# Which numbers are harmless


@pytest.mark.parametrize(
    ("country", "number", "why"),
    [
        ("ee", "+372 900 1234", "premium rate"), ("ee", "+372 4012 3456", "premium rate"),
        ("ee", "+372 7001 2345", "personal number"),
        ("lv", "+371 9000 1234", "premium rate"), ("lv", "+371 8100 0000", "shared cost"),
        ("lt", "+370 900 12345", "premium rate"), ("lt", "+370 909 12345", "premium rate"),
        ("lt", "+370 910 12345", "premium rate"), ("lt", "+370 808 12345", "shared cost"),
        ("lt", "+370 700 60000", "personal number"), ("lt", "+370 706 52444", "uan"), ("lt", "+370 901 12345", "voip"),
        ("ru", "+7 809 123 45 67", "premium rate"), ("ru", "+7 803 123 45 67", "premium rate"),
        ("ru", "+7 808 123 45 67", "personal number"),
        ("ee", "+370 5 213 9772", "of LT"), ("ee", "+1 900 555 1234", "of US"), ("ee", "+44 909 879 0000", "of GB"),
        ("ee", "+247 40 123", "of AC"), ("lv", "+372 736 1300", "of EE"), ("ru", "+7 727 258 8000", "of KZ"),
        ("ru", "+7 701 123 4567", "of KZ"), ("ru", "+380 44 235 8007", "of UA"), ("lt", "+371 67105048", "of LV"),
        ("ee", "+979 123 456 789", "of no country"), ("ee", "+870 773 111 632", "of no country"),
        ("ee", "+881 612 345 678", "of no country"), ("ee", "+882 16 1234 5678", "of no country"),
        ("ee", "+883 5100 1234 5678", "of no country"), ("ee", "+800 1234 5678", "of no country"),
        ("ee", "+808 1234 5678", "of no country"),
    ],
)  # fmt: skip
def test_a_number_of_a_costly_kind_or_another_country_is_refused(country, number, why):
    assert well_formed_instead(number, country) is None, "it must be refused for its kind"
    expected = ordinary_instead(number, country) or ""
    assert expected.startswith(f"a fixed, mobile or freephone number of {country.upper()} (this one is {why}")
    never = why == "premium rate" or number.startswith(("+979", "+87", "+88", "+1 900", "+44 909"))
    assert ("numbers.exceptions" in expected) is not never


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("ee", "+372 736 1300"), ("ee", "+372 5464 0007"), ("ee", "+372 8123 4567"), ("lv", "+371 80006966"),
        ("lv", "+371 67105048"), ("lt", "0 800 91119"), ("lt", "+370 616 91119"), ("ru", "+7 800 200 01 22"),
        ("ru", "+7 812 573 20 00"), ("ru", "+7 911 123 45 67"),
    ],
)  # fmt: skip
def test_fixed_mobile_and_freephone_numbers_of_the_country_are_ordinary(country, number):
    assert ordinary_instead(number, country) is None


@pytest.mark.parametrize("where", ["phone", "chat", "contact_point"])
@pytest.mark.parametrize("number", ["+372 900 1234", "+370 616 91119", "1182", "1900", "12345", "113"])
def test_a_costly_number_a_foreign_one_and_an_unknown_code_are_refused_wherever_they_stand(
    sample, number, where
):
    if where == "phone":
        put(sample, number)
    elif where == "chat":
        sample.edit(
            PLACE, "    email:", f'    chats:\n      - kind: sms\n        number: "{number}"\n    email:'
        )
    else:
        text = f'contact_point:\n  organization:\n    et: Amet\n  phone: "{number}"\ncontacts:'
        sample.edit(PLACE, "contacts:", text)
    short = "a short code that _country.yml lists under numbers.short_codes, found "
    kind = "a fixed, mobile or freephone number of EE (this one is "
    line = one(sample)
    assert f": expected {kind if number.startswith('+') else short}" in line
    assert line.endswith(f", found '{number}'")


def test_the_countrys_own_file_is_held_to_the_same_numbers(sample):
    sample.edit(COUNTRY, '"116 111"', '"116 123"')
    sample.edit(COUNTRY, "    schedule:", '      - number: "+370 616 91119"\n    schedule:')
    code, foreign = problems(sample)
    assert (
        code.endswith("numbers.short_codes, found '116 123'")
        and "(this one is of LT; _country.yml may list it" in foreign
    )


@pytest.mark.parametrize("file", [COUNTRY, PLACE])
@pytest.mark.parametrize("number", ["+370 616 91119", "+372 7001 2345"])
def test_an_exception_that_the_country_lists_with_a_reason_is_good(sample, file, number):
    key = number.replace(" ", "")
    sample.edit(COUNTRY, "numbers:", f'numbers:\n  exceptions:\n    "{key}": The embassy in the next country')
    sample.edit(file, '"116 111"' if file == COUNTRY else '"+372 736 1300"', f'"{number}"')
    assert problems(sample) == []
    sample.edit(COUNTRY, ": The embassy in the next country", ":")
    assert f"numbers.exceptions.{key}: expected 1 to 300 characters, found ''" in problems(sample)[0]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("+3729001234", "no number of a premium-rate, satellite or global network, which are never allowed"),
        (
            "+870773111632",
            "no number of a premium-rate, satellite or global network, which are never allowed",
        ),
        (
            "+979123456789",
            "no number of a premium-rate, satellite or global network, which are never allowed",
        ),
        ("+370 616 91119", 'an international number without spaces ("+3726001247")'),
        ("1182", "an international number, or a short code that cannot be under numbers.short_codes"),
        ("0116", 'an international number without spaces ("+3726001247")'),
    ],
)
def test_no_reason_makes_a_premium_or_a_global_number_good(sample, key, expected):
    sample.edit(COUNTRY, "numbers:", f'numbers:\n  exceptions:\n    "{key}": A reason')
    assert f"expected {expected}, found the key '{key}'" in problems(sample)[0]


@pytest.mark.parametrize("file", [COUNTRY, PLACE])
def test_a_short_code_that_the_library_does_not_know_needs_a_reason_in_the_countrys_file(sample, file):
    """1809 is in service in Lithuania, where libphonenumber knows no code of four digits."""
    assert well_formed_instead("1809", "lt")
    unknown = "12"
    assert well_formed_instead(unknown, "ee")
    sample.edit(file, '"116 111"' if file == COUNTRY else '"+372 736 1300"', f'"{unknown}"')
    assert one(sample).endswith(f"found '{unknown}'")
    sample.edit(
        COUNTRY, "numbers:", f'numbers:\n  exceptions:\n    "{unknown}": The decision of the regulator'
    )
    assert problems(sample) == []
    sample.edit(COUNTRY, f'  exceptions:\n    "{unknown}": The decision of the regulator\n', "")
    sample.edit(COUNTRY, "short_codes:", f'short_codes:\n    "{unknown}": The decision of the regulator')
    assert any(line.endswith(f"found the key '{unknown}'") for line in problems(sample))


def test_an_emergency_number_is_refused_in_a_municipalitys_file(sample):
    put(sample, "112")
    assert one(sample) == (
        NUMBER + "a number of the municipality's own: "
        "the emergency number is on every page already, found '112'"
    )


@pytest.mark.parametrize("code", ["1234567", "116 111", "x", "911", ""])
def test_a_short_code_is_listed_by_its_digits(sample, code):
    sample.edit(COUNTRY, '"116111":', f'"{code}":')
    expected = 'the digits of a short code, without spaces ("116006")'
    assert f": expected {expected}, found the key '{code}'" in problems(sample)[0]


def test_a_country_says_which_numbers_are_its_emergency_numbers(sample):
    sample.edit(COUNTRY, '  emergency:\n    - "112"\n', "")
    assert problems(sample)[0].endswith(
        "numbers.emergency: expected a value, which is required, found nothing"
    )


# Free of charge


@pytest.mark.parametrize("where", ["phones", "chats"])
def test_a_municipalitys_number_is_free_only_where_it_is_a_freephone_number(sample, where):
    if where == "phones":
        sample.edit(PLACE, "        languages:", "        free: true\n        languages:")
    else:
        chat = (
            '    chats:\n      - kind: sms\n        number: "+372 5464 0007"\n        free: true\n    email:'
        )
        sample.edit(PLACE, "    email:", chat)
    number = "+372 736 1300" if where == "phones" else "+372 5464 0007"
    expected = f"no free: true, because {number} is not a freephone number"
    assert f"{where}[0].free: expected {expected}, found 'true'" in one(sample)
    sample.edit(PLACE, "free: true", "free: false")
    assert problems(sample) == []


def test_a_freephone_number_is_free(sample):
    put(sample, "+372 800 2123")
    sample.edit(PLACE, "        languages:", "        free: true\n        languages:")
    assert problems(sample) == []


def test_a_country_may_say_that_its_number_is_free(sample):
    """From its sources, and it is confirmed by somebody who rings it."""
    sample.edit(COUNTRY, '"116 111"', '"+372 660 7320"')
    assert problems(sample) == []


# Links


@pytest.mark.parametrize(
    ("kind", "number", "href"),
    [
        ("sms", "112", "sms:112"), ("sms", "116 006", "sms:116006"), ("sms", "+372 5464 0007", "sms:+37254640007"),
        ("whatsapp", "+372 5464 0007", "https://wa.me/37254640007"),
        ("telegram", "+372 5464 0007", "https://t.me/+37254640007"), ("viber", "+372 5464 0007", None),
    ],
)  # fmt: skip
def test_a_link_is_made_of_the_sort_of_number_that_it_is(kind, number, href):
    assert Chat.model_validate({"kind": kind, "number": number}).href == href


@pytest.mark.parametrize(
    ("number", "href"),
    [("112", "tel:112"), ("116 006", "tel:116006"), ("+372 660 7320", "tel:+3726607320"), ("0 800 91119", "tel:080091119")],
)  # fmt: skip
def test_a_number_is_dialled_as_it_is_written(number, href):
    context = {"country": "lt" if number.startswith("0") else "ee"}
    assert Phone.model_validate({"number": number}, context=context).href == href


@pytest.mark.parametrize("kind", ["whatsapp", "viber", "telegram", "sms"])
@pytest.mark.parametrize("number", ["112", "116 111", "+372 736 1300", "+372 800 2123"])
def test_a_message_to_a_number_that_cannot_read_it_is_refused(sample, kind, number):
    """A text to a short code is the one that can."""
    chat = f'    chats:\n      - kind: {kind}\n        number: "{number}"\n    schedule:'
    sample.edit(COUNTRY, "    schedule:", chat)
    if kind == "sms" and number == "112":
        assert "expected an emergency number only in a contact with the role emergency" in one(sample)
    elif kind == "sms" and not number.startswith("+"):
        assert problems(sample) == []
    else:
        expected = "a mobile number, because no message reaches this number"
        assert one(sample).endswith(f"chats[0].number: expected {expected}, found '{number}'")


@pytest.mark.parametrize(
    "address",
    ["https://wa.me/79001234567", "https://t.me/+79001234567", "https://api.whatsapp.com/send?phone=79", "https://wa.me/7",
     "https://telegram.me/somebody", "https://chats.viber.com/x", "https://signal.me/#p/+19005551234", "https://m.me/x",
     "https://vk.me/x", "https://wa.link/x", "https://join.skype.com/x", "https://web.telegram.org/#@x",
     "https://tx.me/x", "https://max.ru/x", "https://matrix.to/#/@x:example.org", "https://threema.id/X", "https://ig.me/m/x"],
)  # fmt: skip
@pytest.mark.parametrize("where", ["web", "chat", "contact_point", "meeting"])
def test_an_address_that_opens_a_messenger_is_refused(sample, address, where):
    text = {
        "web": ("    email:", f"    web: {address}\n    email:"),
        "chat": ("    email:", f"    chats:\n      - kind: web\n        url: {address}\n    email:"),
        "contact_point": (
            "contacts:",
            f"contact_point:\n  organization:\n    et: A\n  web: {address}\ncontacts:",
        ),
        "meeting": (
            "contacts:",
            "meetings:\n  - id: ee-ylde-m\n    kind: workshop\n    starts: '2027-03-04 10:00'\n"
            "    ends: '2027-03-04 12:00'\n    venue: Saal\n    contact: ee-ylde-social\n"
            f"    announced: 2026-01-01\n    web: {address}\ncontacts:",
        ),
    }
    sample.edit(PLACE, *text[where])
    expected = "a page on the web: a messenger belongs under chats, with its number"
    assert f": expected {expected}, found '{address}'" in one(sample)


@pytest.mark.parametrize(
    ("old", "new", "twice"),
    [
        ("        languages:", '      - number: "+3727361300"\n        languages:', "+3727361300"),
        ("    email:", "    chats:\n" + "      - kind: viber\n        number: \"+372 5464 0007\"\n" * 2 + "    email:", "viber +37254640007"),
        ("    email:", "    chats:\n" + "      - kind: web\n        url: https://example.org/\n" * 2 + "    email:", "https://example.org/"),
    ],
)  # fmt: skip
def test_no_line_of_a_contact_comes_twice(sample, old, new, twice):
    sample.edit(PLACE, old, new)
    assert one(sample).endswith(f"s: expected each entry once, found {twice} twice")


def test_a_number_in_two_spellings_is_a_repeated_number():
    phones = [{"number": "0 800 91119"}, {"number": "+370 800 91119"}]
    places = read_places(ROOT, LANGUAGES, date.today())
    contact = places.countries["lt"].record.contacts[1]
    again = contact.model_dump(mode="json", exclude_unset=True) | {"phones": phones}
    with pytest.raises(ValidationError) as refused:
        type(contact).model_validate(again, context={"country": "lt", "today": date.today()})
    told = [error["ctx"] for error in refused.value.errors() if error["loc"] == ("phones",)]
    assert told == [{"expected": "each entry once", "found": "+37080091119 twice"}]


def test_one_number_may_be_rung_and_written_to(sample):
    put(sample, "+372 5464 0007")
    kinds = ("sms", "whatsapp", "viber", "telegram")
    chats = "".join(f'      - kind: {kind}\n        number: "+372 5464 0007"\n' for kind in kinds)
    sample.edit(PLACE, "    email:", f"    chats:\n{chats}    email:")
    assert problems(sample) == []


# Emergency numbers need no confirmation


@pytest.mark.parametrize("line", ["phone", "sms"])
def test_a_contact_for_emergency_has_emergency_numbers_alone(sample, line):
    new = {
        "phone": '"112"\n      - number: "+372 5464 0007"',
        "sms": '"112"\n    chats:\n      - kind: sms\n        number: "+372 5464 0007"',
    }[line]
    sample.edit(COUNTRY, '"112"', new)
    count = {"phone": 2, "sms": 1}[line]
    expected = "only emergency numbers (112) for the role emergency"
    assert one(sample).endswith(f": expected {expected}, found a list of {count}")


def test_an_emergency_number_is_confirmed_by_nobody_and_needs_it_not(sample):
    sample.edit(COUNTRY, "- emergency", "- police\n      - emergency")
    places = read_places(sample.root, LANGUAGES, date.today())
    emergency, child = places.countries["ee"].record.contacts
    assert not emergency.needs_confirmation and not emergency.unconfirmed and emergency.good_until is None
    assert child.needs_confirmation and child.unconfirmed


def test_the_card_of_an_emergency_number_says_nothing_of_confirmation(sample):
    sample.edit("docs/et/help.md", "child-helpline, shelter", "emergency, child-helpline")
    for code in ("lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "child-helpline, shelter", "emergency, child-helpline")
    sample.build("ee/ylde")
    for folder, language in (("", "et"), ("ru/", "ru")):
        words = WORDS[language]
        text = sample.read(f"ee/ylde/{folder}help.html")
        emergency, child, *_ = re.findall(r'<li class="card">(.*?)</li>', text, re.S)
        assert "Emergency ee" in emergency and words["card-unknown"] not in emergency
        assert words["card-sourced"].format(source="example.org", date=words["sources-undated"]) in emergency
        assert words["card-unknown"] in child
    first, *_, last = json.loads(sample.read("ee/ylde/contacts.json"))
    said = {service["name"]: service.get("alert") for service in (first, last)}
    assert said["Ülde sotsiaaltöö"] and said["Child line ee"]
    (emergency,) = [
        s for s in json.loads(sample.read("ee/ylde/contacts.json")) if s["name"] == "Emergency ee"
    ]
    assert "alert" not in emergency


# How many


@pytest.mark.parametrize(
    ("key", "most", "entry"),
    [
        ("phones", 10, '      - number: "+372 736 13{:02}"\n'),
        ("chats", 5, "      - kind: web\n        url: https://example.org/{}\n"),
    ],
)
@pytest.mark.parametrize("more", [0, 1])
def test_the_number_of_phones_and_chats_of_a_contact_is_limited(sample, key, most, entry, more):
    lines = "".join(entry.format(number) for number in range(most + more))
    text = (sample.root / PLACE).read_text("utf-8")
    whole = re.sub(r"    phones:\n.*?    email:", f"    {key}:\n{lines}    email:", text, flags=re.S)
    sample.write(PLACE, whole.encode())
    expected = f"contacts[0].{key}: expected at most {most} entries, found a list of {most + 1}"
    assert [line.split(": ", 1)[1] for line in problems(sample)] == [expected] * more


@pytest.mark.parametrize("key", ["contacts", "meetings"])
@pytest.mark.parametrize("count", [20, 21])
def test_a_municipality_has_twenty_contacts_and_meetings_at_most(sample, key, count):
    entry = {
        "contacts": "  - id: ee-ylde-{0}\n    roles: [police]\n    organization: {{et: Ü{0}}}\n"
        "    email: x@example.ee\n    source: {{url: 'https://example.org/', date: undated}}\n",
        "meetings": "  - id: ee-ylde-{0}\n    kind: workshop\n    starts: '2027-03-04 10:00'\n"
        "    ends: '2027-03-04 12:00'\n    venue: Saal\n    organization: {{et: Amet}}\n    announced: 2026-01-01\n",
    }[key]
    head = (sample.root / PLACE).read_text("utf-8").partition("contacts:\n")[0]
    entries = "".join(entry.format(number) for number in range(count))
    sample.write(PLACE, f"{head}{key}:\n{entries}".encode())
    expected = [f"{PLACE}:4: {key}: expected at most 20 entries, found a list of 21"]
    assert problems(sample) == expected * (count - 20)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- social-services", "- police\n      - police", "roles: expected each entry once, found police twice"),
        ("          - ru", "          - et", "languages: expected each entry once, found et twice"),
        ("    email:", "    eligibility:\n      - men\n      - men\n    email:", "eligibility: expected each entry once, found men twice"),
        ("    email:", "    audiences:\n      - youth\n      - youth\n    email:", "audiences: expected each entry once, found youth twice"),
    ],
)  # fmt: skip
def test_nothing_is_listed_twice(sample, old, new, message):
    sample.edit(PLACE, old, new)
    assert one(sample).endswith(message)


@pytest.mark.parametrize(
    ("old", "key"),
    [("  et: Ülde vald\n", "name"), ("      et: Ülde sotsiaaltöö\n", "contacts[0].organization")],
)
@pytest.mark.parametrize("count", [12, 13])
def test_a_text_is_in_twelve_languages_at_most(sample, old, key, count):
    codes = ["lv", "lt", "ru", "en", "uk", "pl", "fi", "sv", "de", "fr", "es", "it"][: count - 1]
    sample.edit(PLACE, old, old + "".join(old.replace("et:", f"{code}:") for code in codes))
    lines = problems(sample)
    assert len(lines) == count - 12
    assert all(f"{key}: expected at most 12 entries, found the keys et, lv, " in line for line in lines)
    assert all(line.endswith(", it") for line in lines)


def test_a_working_group_has_thirty_seats_at_most(sample):
    seats = "    - seat: ngo\n      organization:\n        et: Amet\n" * 31
    group = f"working_group:\n  seats:\n{seats}  source:\n    url: https://example.org/\n    date: undated\n"
    sample.edit(PLACE, "contacts:", group + "contacts:")
    assert one(sample) == f"{PLACE}:5: working_group.seats: expected at most 30 entries, found a list of 31"


@pytest.mark.parametrize("length", [194, 206])
def test_hours_have_at_most_two_hundred_characters(sample, length):
    notation = "Mo " + ",".join(f"{hour:02}:00-{hour:02}:30" for hour in range(17))
    sample.edit(PLACE, "Mo-Fr 09:00-15:00", notation[:length])
    lines = problems(sample)
    assert len(lines) == (length > 200)
    expected = ": expected at most 200 characters, found 206 characters in 'Mo 00:00-00:30,"
    assert all(expected in line for line in lines)


@pytest.mark.parametrize(
    "address", ["https://bit.ly/x", "https://clck.ru/x", "https://x-org.translate.goog/"]
)
def test_an_address_that_leads_to_any_other_is_refused(sample, address):
    """The card would name the host of the short address, and open another."""
    sample.edit(PLACE, "    email:", f"    web: {address}\n    email:")
    expected = "the address of the page itself, because a short one can lead anywhere"
    assert one(sample).endswith(f": expected {expected}, found '{address}'")
