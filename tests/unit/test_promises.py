"""A page promises only what each country's own contacts carry."""

import pytest

from campaign.claims.promises import STANDS_ON, Promises, Topic, carried_by
from campaign.model.contact import Audience
from campaign.model.places import WRITTEN
from campaign.model.roles import Role
from campaign.pages.page import PageSource
from campaign.pages.slots import check_markdown, with_slots

from ..project import PAGES
from ..records import places

WORDS = {Topic.WRITE: ("can write",), Topic.HELPLINE: ("helpline",), Topic.LAWYER: ("a lawyer",)}
CHAT = '    phones:\n      - number: "116 111"\n        free: true\n'


def page(text, path="youth/x.md", language="ru", front="title: x"):
    head = f"---\n{front}\n---\n"
    return PageSource(f"docs/{language}/{path}", language, path, f"{head}\n{text}\n", len(head))


def found(sample, text, **where):
    """The problems of a text. Both countries of the small project have a child helpline and show Russian."""
    carried = [carried_by(country) for country in places(sample).countries.values()]
    one = page(text, **where)
    assert not check_markdown(one.text, one.file, one.first_line, ("ee", "lv"))
    return [str(problem) for problem in Promises(carried, {"ru": WORDS}).problems(one)]


def test_a_promise_that_a_stand_in_would_have_to_carry_is_refused(sample):
    assert found(sample, "Call the helpline. <!-- promise: child-helpline -->") == []
    assert found(sample, "Call the helpline. <!-- promise: victim-support -->") == [
        "docs/ru/youth/x.md:5: expected this passage only for countries that have such a contact: no country has one, "
        "found the promise 'victim-support', for which ee, lv has no contact"
    ]


def test_a_promise_holds_in_the_countries_whose_contacts_carry_it(sample):
    sample.edit(
        "municipalities/ee/_country.yml",
        CHAT,
        CHAT + "    chats:\n      - kind: sms\n        number: 116111\n",
    )
    text = "You can write to the line. <!-- promise: written -->"
    (line,) = found(sample, text)
    assert "<!-- only: ee -->, found the promise 'written', for which lv has no contact" in line
    assert found(sample, f"<!-- only: ee -->\n\n{text}\n\n<!-- end -->") == []
    assert len(found(sample, f"<!-- only: lv -->\n\n{text}\n\n<!-- end -->")) == 1
    assert len(found(sample, f"<!-- only: ee -->\n\nx\n\n<!-- end -->\n\n{text}")) == 1
    assert found(sample, text, front="title: x\ncountries: [ee]") == []
    assert found(sample, text, language="et") == []  # which only Land ee shows


def test_a_contact_for_others_carries_no_promise(sample):
    sample.edit("municipalities/ee/_country.yml", CHAT, CHAT + "    audiences:\n      - professionals\n")
    text = "Call the helpline. <!-- promise: child-helpline -->"
    (line,) = found(sample, text)
    assert "for which ee has no contact" in line
    assert found(sample, text, path="professionals/x.md") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ask a lawyer.", "'a lawyer'"),
        ("Ask a  \nLawyer.", "'a Lawyer'"),
        ("- The helpline.\n- The helpline. <!-- promise: child-helpline -->", "'helpline'"),
        ("| a lawyer | x |", "'a lawyer'"),
        ("You can write. <!-- promise: child-helpline -->", "'can write'"),
        ("Ask [the helpline](../help.md).", "'helpline'"),
    ],
)
def test_a_word_of_a_promise_needs_a_mark_in_its_passage(sample, text, words):
    (line,) = found(sample, text)
    assert f"found {words} without this mark" in line
    assert found(sample, text, path="professionals/x.md") == []


@pytest.mark.parametrize(
    "text",
    [
        "We found no lawyer. <!-- promise: none -->",
        "We found no lawyer, but a helpline. <!-- promise: none --> <!-- promise: child-helpline -->",
        "## You can write {#x}",
        "Read [more](../can-write.md#helpline).",
        "A helpl ine",
        "ahelpline",
    ],
)
def test_a_passage_that_promises_nothing_needs_no_other_mark(sample, text):
    assert found(sample, text) == []


def test_the_message_names_the_word_and_the_marks_that_keep_its_promise(sample):
    assert found(sample, "You can write.") == [
        "docs/ru/youth/x.md:5: expected a mark <!-- promise: … --> in the passage, with one of written, because it "
        "promises 'write'; or with none if it promises nothing, found 'can write' without this mark"
    ]


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        ("A <!-- promise: lawyer -->", "one or more of the roles emergency, "),
        ("A <!-- promise: none, shelter -->", "one or more of the roles emergency, "),
        ("A <!-- promise: writen -->", "or only none (did you mean 'written'?)"),
        ("## A <!-- promise: shelter -->", "this slot in a sentence, not in a heading"),
    ],
)
def test_other_words_in_a_mark_are_problems(bad, expected):
    (problem,) = check_markdown(bad, "docs/et/x.md", 1, ("ee",))
    assert expected in problem.expected


def test_a_mark_leaves_nothing_on_the_page():
    text = "Call. <!-- promise: shelter, written -->\n\nMore <!-- promise: none --> words."
    assert with_slots(text, "et", Audience.YOUTH) == "Call.\n\nMore words."


def test_every_topic_stands_on_roles_that_exist():
    assert set(STANDS_ON) == set(Topic)
    assert {role for roles in STANDS_ON.values() for role in roles} <= {*Role, WRITTEN}


GLOSSARY = "quiet: []\npromises:\n  lawyer:\n    - {word}\nterms: []\n"
ASK = {"et": "Küsi juristilt.", "lv": "Jautā juristam.", "ru": "Спросите юриста."}


def test_the_whole_check_reads_marks_and_the_list_of_words(sample):
    """A mark is the same in every language; ``none`` is about a word of one language."""
    before = PAGES["help.md"].partition("<!-- contacts")[0]
    line = before.count("\n") + 1
    for code, sentence in ASK.items():
        text = before.format(code=code)
        sample.edit(f"docs/{code}/help.md", text, f"{text}{sentence}\n\n")
        sample.write(f"i18n/glossary/{code}.yml", GLOSSARY.format(word="юрист" if code == "ru" else "jurist"))
    assert [said.partition(": ")[0] for said in sample.problems()] == [
        f"docs/{code}/help.md:{line}" for code in ASK
    ]
    sample.edit("docs/lv/help.md", ASK["lv"], f"{ASK['lv']} <!-- promise: none -->")
    assert len(sample.problems()) == 2
    for code in ("et", "ru"):
        sample.edit(f"docs/{code}/help.md", ASK[code], f"{ASK[code]} <!-- promise: legal-aid -->")
    said = "\n".join(sample.problems())
    assert f"docs/et/help.md:{line}: " in said and "for which ee has no contact" in said
    assert f"docs/ru/help.md:{line}: " in said and "for which ee, lv has no contact" in said
    assert "docs/lv/help.md" in said and "'<!-- promise: legal-aid -->' as in docs/" in said


def test_the_list_of_words_is_checked(sample):
    for code, lists in {"et": "  wrote:\n    - x\n", "lv": "  write: x\n", "ru": "  - x\n"}.items():
        sample.write(f"i18n/glossary/{code}.yml", f"quiet: []\npromises:\n{lists}terms: []\n")
    topics = "write, lawyer, helpline, interpreter, safe-place"
    assert sample.problems() == [
        f"i18n/glossary/et.yml:3: promises.wrote: expected one of {topics} (did you mean 'write'?), found 'wrote'",
        "i18n/glossary/lv.yml:3: promises.write: expected a list with a word in each line, found no such list",
        f"i18n/glossary/ru.yml:2: promises: expected a list of words under each of {topics}, found no such lists",
    ]
