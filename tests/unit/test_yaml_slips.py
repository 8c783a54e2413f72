"""Slips that YAML lets through or tells elsewhere: a value cut by a comment, blanks that are none, open quotes."""

from __future__ import annotations

import pytest

from campaign.errors import CampaignError
from campaign.files.yaml_document import CutText, parse_document

PLACE = "municipalities/ee/ylde.yml"
PAGE = "docs/et/help.md"
NUMBER = (
    'a number in quotes: international ("+372 …"), a short code of EE ("116 006") or a national freephone ("0 800 …"), '
    "with one space at a time between digits (did you mean +3727361300?)"
)


def cut(value, comment):
    return (
        f'expected the whole text in quotes, "{value} {comment}", '
        "or the comment on a line of its own, "
        f"found '{value}', cut off by the comment '{comment}'"
    )


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "field", "message"),
    [
        (PLACE, "Raekoja plats 3", "Raekoja plats 3 #12", 16, "contacts[0].address", cut("Raekoja plats 3", "#12")),
        (PLACE, "Raekoja plats 3", "Raekoja plats 3 # 12", 16, "contacts[0].address", cut("Raekoja plats 3", "# 12")),
        (PLACE, "Ülde vald", "Ülde vald\t# the parish", 3, "name.et", cut("Ülde vald", "# the parish")),
        (PLACE, "Ülde vald", "#Ülde", 3, "name.et", cut("", "#Ülde")),
        (PLACE, "Ülde sotsiaaltöö", "Ülde sotsiaaltöö\n        ja abi #1", 9, "contacts[0].organization.et", cut("Ülde sotsiaaltöö ja abi", "#1")),
        (PLACE, "name:\n  et: Ülde vald", "name: {et: Ülde vald #1\n  }", 2, "name.et", cut("Ülde vald", "#1")),
        ("i18n/ru.yml", "menu: ", "menu: Меню #1 ", None, "menu", 'expected the whole text in quotes, "Меню #1 '),
        (PAGE, "title: et help", "title: et help #1", 2, "title", cut("et help", "#1")),
        (PAGE, "title: et help", "title: et help\nallowed:\n  - § 112 #1", 4, "allowed[0]", cut("§ 112", "#1")),
    ],
)  # fmt: skip
def test_a_text_that_a_comment_cuts_is_told_with_the_whole_in_quotes(
    sample, path, old, new, line, field, message
):
    sample.edit(path, old, new)
    if line is None:
        text = (sample.root / path).read_text("utf-8")
        line = text[: text.index("Меню #1")].count("\n") + 1
    (told,) = sample.problems()
    assert told.startswith(f"{path}:{line}: {field}: {message}")


def test_words_of_the_search_and_of_the_glossary_are_not_cut_either(sample):
    sample.write("i18n/search/et.yml", "endings: le ga #st\nasked:\n  help.md: appi #abi\n")
    sample.write(
        "i18n/glossary/et.yml", "terms:\n  - term: abi #x\n    why: because\n    avoid:\n      - aps #y\n"
    )
    assert sample.problems() == [
        f"i18n/glossary/et.yml:2: terms[0].term: {cut('abi', '#x')}",
        f"i18n/glossary/et.yml:5: terms[0].avoid[0]: {cut('aps', '#y')}",
        f"i18n/search/et.yml:1: endings: {cut('le ga', '#st')}",
        f"i18n/search/et.yml:3: asked.help.md: {cut('appi', '#abi')}",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Raekoja plats 3", '"Raekoja plats 3 #12"'),
        ("Raekoja plats 3", "'Raekoja plats 3' # the town hall"),
        ("Raekoja plats 3", "Raekoja plats 3#12"),
        ("contacts:\n", "contacts: # of this place\n"),
        ("    phones:\n", "    # by day\n    phones:\n"),
        ("id: ee-ylde-social", "id: ee-ylde-social # stays"),
        ("date: 2021-01-25", "date: 2021-01-25   # printed"),
        ("Ülde vald", ">-\n    Ülde vald #1"),
    ],
)
def test_a_comment_that_cuts_no_text_is_accepted(sample, old, new):
    sample.edit(PLACE, old, new)
    done = sample.campaign("check")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_text_in_quotes_that_the_message_proposes_gives_the_whole_value():
    whole = parse_document("a: Raekoja plats 3 #12\n", "x").value["a"]
    assert isinstance(whole, CutText)
    quoted = whole.expected.split(", ")[1]
    assert parse_document(f"a: {quoted}\n", "x").value == {"a": "Raekoja plats 3 #12"}


@pytest.mark.parametrize(
    ("old", "new", "line", "sign"),
    [
        ("    phones:", "\u00a0\u00a0\u00a0\u00a0phones:", 10, "U+00A0 NO-BREAK SPACE"),
        ("    phones:", "\u00a0\u00a0  phones:", 10, "U+00A0 NO-BREAK SPACE"),
        ("  et: Ülde vald", "\u2003\u2003et: Ülde vald", 3, "U+2003 EM SPACE"),
        ("contacts:", "contacts:\u00a0", 4, "U+00A0 NO-BREAK SPACE"),
        ("    email: ", "    email:\u00a0", 15, "U+00A0 NO-BREAK SPACE"),
        ("      - social", "      -\u00a0social", 7, "U+00A0 NO-BREAK SPACE"),
        ("    schedule:", "\u200b    schedule:", 17, "U+200B ZERO WIDTH SPACE"),
        ("    source:", "    \u00a0\n    source:", 18, "U+00A0 NO-BREAK SPACE"),
    ],
)  # fmt: skip
def test_a_no_break_space_after_a_mark_of_yaml_is_named_with_its_line(sample, old, new, line, sign):
    sample.edit(PLACE, old, new)
    told = sample.problems()
    assert all(problem.startswith(f"{PLACE}:{line}: ") for problem in told), told
    assert all(f", found {sign} in " in problem for problem in told), told


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: b\nc: 'd\ne: f\ng: h\n", 2),
        ('a: b\nc: "d\ne: f\ng: h\n', 2),
        ("a: b\nc: [d, e\nf: g\nh: i\n", 2),
        ("a: b\nc: {d: e\nf: g\n", 2),
        ("a: b\nc: [\n", 2),
        ("a:\n  - [b,\n     'c\n\n\nd: e\n", 3),
        ("a: b\nc\nd: e\n", 2),
        ("a: b\n\tc: d\n", 2),
        ("a: b\nc: d: e\n", 2),
        ("a:\n  - b\n c: d\n", 3),
        ("a: b\n\n\nc: @d\n", 4),
        ("a: b\nc: 'it's'\n", 2),
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", 2),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_no_yaml_is_told_at_the_line_where_it_begins(text, line, end):
    with pytest.raises(CampaignError) as error:
        parse_document(text.replace("\n", end), "f.yml")
    (problem,) = error.value.problems
    assert problem.line == line
    assert problem.found.startswith("text that is not YAML (")
    assert problem.expected == "YAML"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("EE-001", "ЕЕ-001", "1: iso_3166_2: expected a code of ISO 3166-2, in Latin capitals and digits (\"EE-793\"), found 'ЕЕ-001' with U+0415 CYRILLIC CAPITAL LETTER IE"),
        ("EE-001", "EE\u2013001", "1: iso_3166_2: expected a code of ISO 3166-2, in Latin capitals and digits (\"EE-793\"), found 'EE\u2013001' with U+2013 EN DASH"),
        ("- social-services", "- ѕhelter", "7: contacts[0].roles[0]: expected the letters of one alphabet in a word, found U+0455 CYRILLIC SMALL LETTER DZE in 'ѕhelter'"),
        ("- social-services", "- приют", "7: contacts[0].roles[0]: expected police, child-protection, social-services, municipal-office, family-centre, shelter, night-shelter, legal-aid, migrant-advice, referral-coordinator, found 'приют' with U+043F CYRILLIC SMALL LETTER PE"),
        ("736 1300", "736\u20131300", f"11: contacts[0].phones[0].number: expected {NUMBER}, found '+372 736\u20131300' with U+2013 EN DASH"),
        ("736 1300", "736\u00a01300", f"11: contacts[0].phones[0].number: expected {NUMBER}, found '+372 736\\xa01300' with U+00A0 NO-BREAK SPACE"),
        ("2021-01-25", "2021\u201101\u201125", "20: contacts[0].source.date: expected YYYY-MM-DD, YYYY-MM, YYYY, YYYY/YYYY or undated, found '2021\u201101\u201125' with U+2011 NON-BREAKING HYPHEN"),
        ("Mo-Fr 09", "Мо-Fr 09", "17: contacts[0].schedule: expected \"24/7\" or days and times such as \"Mo-Fr 09:00-17:00\" or \"Mo,We 08:30-12:00; Th 08:30-12:00,14:00-17:00\", found 'Мо-Fr 09:00-15:00' with U+041C CYRILLIC CAPITAL LETTER EM"),
        ("          - ru", "          - ру", "14: contacts[0].phones[0].languages[1]: expected a two-letter language code of ISO 639-1, found 'ру' with U+0440 CYRILLIC SMALL LETTER ER"),
    ],
)  # fmt: skip
def test_a_letter_that_only_looks_like_the_right_one_is_named(sample, old, new, message):
    sample.edit(PLACE, old, new)
    (told,) = sample.problems()
    assert told == f"{PLACE}:{message}"
