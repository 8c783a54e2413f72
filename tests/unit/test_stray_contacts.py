"""Numbers, addresses, handles and links that stand in a page instead of in the contacts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.page_checks.stray_finder import Finder

PAGE = "docs/et/help.md"
OWN = ("112", "124", "116 006", "0 800 91119", "+372 660 7320", "+7 800 200 01 22")
FINDER = Finder(OWN)
ANY_NUMBER = "expected a slot such as <!-- phone: ROLE -->, or a text under allowed in the front matter"
ANY_LINK = "expected a slot such as <!-- contacts: ROLE -->, or an address under sources in the front matter"


def found(text, allowed=()):
    return [(loose.kind, loose.text) for loose in FINDER.find(text, allowed)]


@pytest.mark.parametrize(
    "number",
    [
        "112", "1 1 2", "1-1-2", "116 006", "116006", "116-006", "1 1 6 0 0 6", "116\N{NO-BREAK SPACE}006",
        "+372 660 7320", "660 7320", "6607320", "66 07 320", "00372 6607320", "8 800 200 01 22",
        "+7 (800) 200-01-22", "0 800 91119", "8 800 91119", "800 91119", "116 123", "80002012", "+372 12345",
        "+371 67105048", "+44 20 7946 0018", "736 1300", "+370 616 91119", "8-800-333-00-16",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "around", ["Call {} now.", "({})", "- {}", "**{}**", "| {} |", "[{}](help.md)", "x\n{}"]
)
def test_a_number_is_found_in_any_spacing(number, around):
    assert found(around.format(number)) == [("number", number)]


def test_a_number_is_found_through_marks_entities_and_line_ends():
    assert found("**116** 006") == [("number", "116** 006")]
    assert found("116&nbsp;006, &#49;&#49;2") == [("number", "116\N{NO-BREAK SPACE}006"), ("number", "112")]
    assert [(loose.line, loose.text) for loose in FINDER.find("a\n\nb 116\n006 c\nd 112")] == [
        (2, "116 006"),
        (4, "112"),
    ]
    assert found("116 006 / 112 või 660 7320") == [
        ("number", "116 006"),
        ("number", "112"),
        ("number", "660 7320"),
    ]


@pytest.mark.parametrize("element", ["<br>", "<br/>", "</span>", '<span class="x">', "<sub>", "</sub><sup>"])
def test_a_number_is_found_through_elements(element):
    assert found(f"Call 116{element}006 now") == [("number", f"116{element}006")]
    assert found(f"Call +372 660{element}7320") == [("number", f"+372 660{element}7320")]
    assert found('<abbr title="116 006">x</abbr>') == [("number", "116 006")]


@pytest.mark.parametrize(
    "gap",
    [
        "\u0640", "\u30fc", "\u2009", "\u2003", "\u202f", "\u3000", "\u2212", "\u2012", "\u2014", "\u2015", "\u2043", "\ufe63", "·", "•", "=", "~", "∼", ",", ";",
        ":", "'", "’", '"', "+", "|", "^", "%", "&", "#", "§", "→", "…", "...", " - ", "\u2009–\u2009", "\u200b", "\u00ad", "\u2060", "\u200d",
        "\ufe0f\u20e3", "     ", " .  . ", "\t",
    ],
)  # fmt: skip
def test_any_character_except_letters_and_digits_may_separate_digits(gap):
    for number in (
        f"116{gap}006",
        f"+372{gap}660{gap}7320",
        f"660{gap}7320",
        f"736{gap}1300",
        f"+371{gap}67105048",
    ):
        assert found(f"Call {number} now") == [("number", number)], gap
    assert found(f"Call 1{gap}1{gap}2 now") == [("number", f"1{gap}1{gap}2")], gap


@pytest.mark.parametrize(
    "number",
    [
        "９００ １２３４", "１１２", "٣٧١ ٦٧١٠٥٠٤٨", "+٣٧٢ ٦٦٠ ٧٣٢٠", "१১२", "①①②", "¹¹²", "₁₁₂", "⑴⑴⑵", "𝟏𝟏𝟐", "1️⃣1️⃣2️⃣",
        "9OO 1234", "+372 73З 13ОО", "1l2", "1І2", "О8ОО 91119", "&#0000049;12", "&#x31;12", "116&shy;006", "116&#8201;006", "1&#10;1&#10;2",
    ],
)  # fmt: skip
def test_a_number_is_found_in_any_digits(number):
    assert [kind for kind, _ in found(f"Call {number} now")] == ["number"]


def test_a_line_end_that_is_written_as_an_entity_moves_no_line():
    assert [(loose.line, loose.text) for loose in FINDER.find("a&#10;b&NewLine;c\nd 112")] == [(1, "112")]


def test_numbers_in_a_list_are_told_one_by_one():
    assert found("Call +372 660 7320, 112; 736 1300, or 116 123 / 124") == [
        ("number", "+372 660 7320"),
        ("number", "112"),
        ("number", "736 1300"),
        ("number", "116 123"),
        ("number", "124"),
    ]
    assert found("Call 660, 7320") == [("number", "660, 7320")]


def test_more_digits_than_any_number_has_are_told_too():
    (loose,) = found("Call 12 34 12 34 12 34 12 34 12 34 now")
    assert loose == ("number", "12 34 12 34 12 34 12 34 12 34")


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("See evil.app/abi now", "link", "evil.app/abi"),
        ("See palunabi．ee now", "link", "palunabi．ee"),
        ("See palunabi。ee now", "link", "palunabi。ee"),
        ("Write to sto＠raad．tartu．ee", "email", "sto＠raad．tartu．ee"),
        ("tel：112", "link", "tel：112"),
        ("1https://example.org/a", "link", "1https://example.org/a"),
        ("_https://example.org/a", "link", "https://example.org/a"),
        ("&commat;helper_ee", "handle", "@helper_ee"),
    ],
)
def test_addresses_are_found_in_any_form_of_their_signs(text, kind, shown):
    assert found(text) == [(kind, shown)]


@pytest.mark.parametrize(
    "text",
    [
        "in 2016 and 2017", "2016-2017", "2014–2016", "2023-06-14", "2023-06", "21.01.2019", "3.2.2023", "1/2/2023",
        "180 days", "24/7", "§ 154-1", "154-1", "1-24", "12-4", "§ 11-2", "2011/36/EU", "2004/81/EÜ", "RT I, 03.02.2023, 1",
        "Nr. 1V-988/I-327/A1-758", "№ 2411-XII", "112.5", "3,112 people", "1 000 000", "5 000 000 euros", "2 076 €",
        "09:00-17:00", "8.30-12.00", "51003 Tartu", "page 11\n2. Next", "11\n\n2", "1124", "x112", "a12",
        "in 2020 116 were counted", "[x](help.md#here)", "[x](../a/b.md)",
        "e.g. this", "т.ч. 2020", "poster.pdf", "[x](sheet.svg)", "a @ b", "@", "pvz. taip", "CBSS.Its",
        "2016, 2017, 2018", "2016; 2017", "3,112 people", "12,345,678", "5,000,000", "09:00, 17:00", "at 9:30, 12:30", "parts 1, 2, 4",
        "1, 1, 2", "CO2", "10l", "II", "HOOL", "1 § 2", "5 % of 100", "index.html", "aa.bb.md", "[x](aa.bb.md)",
        "<!-- phone: emergency -->", "<!-- only: ee -->", "{#when-you-call}", "Note: call", "ratio 3:1", "and/or",
    ],
)  # fmt: skip
def test_a_text_without_numbers_and_links_is_accepted(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("Write to sto@raad.tartu.ee.", "email", "sto@raad.tartu.ee"),
        ("[x](mailto:a@example.org)", "link", "mailto:a@example.org"),
        ("Ask @helper_ee there", "handle", "@helper_ee"),
        ("t.me/abc", "link", "t.me/abc"),
        ("wa.me/37254640007", "link", "wa.me/37254640007"),
        ("viber://chat?number=1", "link", "viber://chat?number=1"),
        ("[x](tel:112)", "link", "tel:112"),
        ("<https://example.org/a>", "link", "https://example.org/a"),
        ("[x](http://example.org)", "link", "http://example.org"),
        ("[x]: https://example.org/a?b=1", "link", "https://example.org/a?b=1"),
        ("[x](//example.org/a)", "link", "//example.org/a"),
        ('<a href="//example.org">', "link", "//example.org"),
        ("[x](example.dev/a)", "link", "example.dev/a"),
        ("See www.palunabi.ee/abi.", "link", "www.palunabi.ee/abi"),
        ("See palunabi.ee today", "link", "palunabi.ee"),
    ],
)
def test_addresses_handles_and_links_are_found(text, kind, shown):
    assert found(text) == [(kind, shown)]


def test_an_allowed_text_is_accepted_only_as_a_whole():
    assert found("law § 112 and § 1124", ["§ 112"]) == []
    assert found("§ 112, and 112", ["§ 112"]) == [("number", "112")]
    source = "https://example.org/a"
    assert found(f"<{source}>, [x]({source}).", [source]) == []
    assert found(f"{source}/b", [source]) == [("link", f"{source}/b")]


@settings(deadline=None)
@given(st.text(alphabet="0123456789 +-()./*\n@:wtme#[]<>&;ab\N{NO-BREAK SPACE}٣", max_size=60))
def test_the_search_for_numbers_ends_in_any_text(text):
    for loose in FINDER.find(text):
        assert 0 <= loose.line <= text.count("\n")


def test_a_page_is_told_which_contact_fits(sample):
    sample.edit(
        "municipalities/ee/_country.yml",
        "contacts:\n",
        "contacts:\n  - id: ee-web\n    roles:\n      - legal-aid\n    organization:\n      et: W\n"
        '    phones:\n      - number: "+7 800 200 01 22"\n'
        '    web: https://www.abi.example.ee/x\n    chats:\n      - kind: whatsapp\n        number: "+372 5464 0007"\n'
        "    source:\n      url: https://example.org/\n      date: undated\n",
    )
    sample.edit(
        "municipalities/ee/_country.yml",
        "numbers:\n",
        'numbers:\n  exceptions:\n    "+78002000122": Example\n',
    )
    sample.edit(
        PAGE,
        "Estonian law.",
        "Ring 11 2, 116111, ٧٣٦ ١٣٠٠, 8 800 200 01 22.\nWrite to sotsiaal@example.ee, [here](https://abi.example.ee/y), wa.me/37254640007.\n"
        "Or +44 20 7946 0018, @nobody, [there](https://example.net/), kiri@example.net.",
    )
    lines = [line for line in sample.problems() if "as in" not in line]
    assert lines == [
        f"{PAGE}:11: expected <!-- phone: child-helpline -->, which is ee-child or lv-child, found '116111'",
        f"{PAGE}:11: expected <!-- phone: legal-aid -->, which is ee-web, found '8 800 200 01 22'",
        f"{PAGE}:11: expected <!-- contacts: social-services -->, which is ee-ylde-social, found '٧٣٦ ١٣٠٠'",
        f"{PAGE}:12: expected <!-- contacts: legal-aid -->, which is ee-web, found 'https://abi.example.ee/y'",
        f"{PAGE}:12: expected <!-- contacts: social-services -->, which is ee-ylde-social, found 'sotsiaal@example.ee'",
        f"{PAGE}:12: expected <!-- contacts: legal-aid -->, which is ee-web, found 'wa.me/37254640007'",
        f"{PAGE}:13: {ANY_NUMBER}, found '+44 20 7946 0018'",
        f"{PAGE}:13: {ANY_NUMBER}, found '@nobody'",
        f"{PAGE}:13: {ANY_LINK}, found 'https://example.net/'",
        f"{PAGE}:13: {ANY_NUMBER}, found 'kiri@example.net'",
    ]
    done = sample.campaign("build")
    assert (done.returncode, (sample.root / "sites").exists()) == (1, False)


def test_the_office_that_answers_for_a_copy_has_a_slot_of_its_own(sample):
    sample.edit(
        "municipalities/ee/teine.yml",
        "name:",
        'contact_point:\n  organization:\n    et: Amet\n  phone: "+372 444 8120"\n  email: amet@example.ee\n'
        "  web: https://teine.example.ee/\nname:",
    )
    sample.edit(PAGE, "Estonian law.", "Ring 444 8120, amet@example.ee, https://teine.example.ee/abi.")
    fits = "expected <!-- municipality: contact-point -->, which is ee/teine"
    assert sample.problems() == [
        f"{PAGE}:11: {fits}, found '444 8120'",
        f"{PAGE}:11: {fits}, found 'amet@example.ee'",
        f"{PAGE}:11: {fits}, found 'https://teine.example.ee/abi'",
    ]


def test_the_emergency_number_belongs_into_a_slot_too(sample):
    sample.edit(PAGE, "Call <!-- phone: emergency -->", "Call <!-- phone: emergency -->, that is 112,")
    assert sample.problems() == [
        f"{PAGE}:7: expected <!-- phone: emergency -->, which is ee-112 or lv-112, found '112'"
    ]


def test_front_matter_allows_its_sources_and_what_it_names(sample):
    for code in ("et", "lv", "ru"):
        sample.edit(
            f"docs/{code}/help.md",
            f"title: {code} help\n",
            f"title: {code} help\nsources:\n  - url: https://example.org/law\n    date: 2020\n"
            "allowed:\n  - § 112\n  - 116 111-2\n",
        )
        sample.edit(
            f"docs/{code}/help.md",
            "Estonian law.",
            "See § 112 and 116 111-2 at [the law](https://example.org/law).",
        )
    assert sample.campaign("check").stderr == ""
    sample.edit(PAGE, "  - § 112\n", "  - https://example.net/\n")
    assert sample.problems() == [
        f"{PAGE}:7: allowed[0]: expected plain text on one line, without markup, braces or links, found 'https://example.net/'"
    ]


@pytest.mark.parametrize(
    ("place", "text", "shown"),
    [
        ("et: Ülde sotsiaaltöö", "et: Ülde, tel 736 1300", "736 1300"),
        ("et: Ülde vald", "et: Ülde 112", "112"),
    ],
)
def test_words_of_a_contact_hold_no_numbers_either(sample, place, text, shown):
    sample.edit("municipalities/ee/ylde.yml", place, text)
    line, field = (9, "contacts[0].organization.et") if "tel" in text else (3, "name.et")
    assert sample.problems() == [
        f"municipalities/ee/ylde.yml:{line}: {field}: expected "
        "numbers and addresses in phones, chats, email or web of a contact, where they are confirmed, "
        f"found '{shown}'"
    ]
