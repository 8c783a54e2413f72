"""Which texts are behind their source: states, records, and what the commands, the check and a release say."""

from __future__ import annotations

import csv
import io

import pytest

from campaign.pages.page import PageSource
from campaign.translation.sections import sections, text_digest
from campaign.translation.states import State, behind_for_readers, read_translations
from campaign.translation.translation_records import find_records, written
from campaign.translation.word_diff import Change, in_one_line, word_diff

from ..project import PAGES, ROOT, small_project, tree

HELP = "help.md#here"


@pytest.fixture
def english(sample, in_english):
    """The small project with pages in English too, and everything recorded as translated."""
    for path, data in in_english.items():
        sample.write(path, data)
    return sample


@pytest.fixture(scope="module")
def in_english(tmp_path_factory):
    """The pages in English and the records of that project."""
    sample = small_project(tmp_path_factory.mktemp("english") / "project")
    for path, text in PAGES.items():
        sample.write(f"docs/en/{path}", text.format(code="en"))
    for path in ("safety.md", "about/site.md"):
        sample.write(f"docs/en/{path}", f"---\ntitle: en {path}\n---\n\n# {path}\n")
    sample.write("docs/en/find.md", "---\ntitle: en contents\n---\n")
    say(sample, "translated", "--all")
    files = tree(sample.root)
    return {path: data for path, data in files.items() if path.startswith(("docs/en/", "i18n/translated/"))}


def say(sample, *arguments, input=None):
    done = sample.campaign(*arguments, input=input)
    assert done.returncode == 0, done.stderr
    return done.stdout


def states(sample, name):
    found = read_translations(sample.root).texts
    return {text.language: str(text.state) for text in found if text.name == name}


def rewrite(sample, language, old, new, path="help.md"):
    sample.edit(f"docs/{language}/{path}", old, new)


def everywhere(state):
    return dict.fromkeys(("et", "lv", "ru"), state)


def test_without_records_every_text_is_unread_and_recording_makes_it_current(english):
    assert states(english, HELP) == everywhere("current")
    for file in (english.root / "i18n/translated").iterdir():
        file.unlink()
    assert states(english, HELP) == everywhere("unread")
    say(english, "translated", HELP, "-l", "lv")
    assert states(english, HELP) == everywhere("unread") | {"lv": "current"}


@pytest.mark.parametrize(
    ("name", "before", "after", "states_"),
    [
        ("a source that changes", "## Here", "## There", everywhere("behind")),
        ("a line break", "## Here {#here}\n\n", "## Here   {#here}\n\n\n", everywhere("current")),
        ("a slot", "<!-- contacts: own -->", "<!-- contacts: shelter -->", everywhere("behind")),
        ("a section that goes on", "{#here}\n\n", "{#here}\n\nMore.\n\n", everywhere("behind")),
    ],
)
def test_what_counts_as_a_change_of_a_source(english, name, before, after, states_):
    rewrite(english, "en", before, after)
    assert states(english, HELP) == states_
    assert states(english, "help.md#top") == everywhere("current")


def test_a_changed_title_is_a_change_of_the_top(english):
    rewrite(english, "en", "title: en help", "title: en help now")
    assert states(english, "help.md#top") == everywhere("behind")
    assert states(english, HELP) == everywhere("current")


def test_a_translation_that_changes_alone_is_ahead_and_others_stay(english):
    rewrite(english, "et", "## Here", "## Siin")
    assert states(english, HELP) == everywhere("current") | {"et": "ahead"}


def test_a_typo_in_a_translation_does_not_hide_that_it_is_behind(english):
    rewrite(english, "en", "## Here", "## There")
    rewrite(english, "et", "## Here", "## Heree")
    assert states(english, HELP) == everywhere("behind")
    say(english, "translated", HELP, "-l", "et")
    assert states(english, HELP) == everywhere("behind") | {"et": "current"}


def test_a_source_that_returns_to_its_old_text_is_no_change(english):
    rewrite(english, "en", "## Here", "## There")
    rewrite(english, "en", "## There", "## Here")
    assert states(english, HELP) == everywhere("current")


def test_a_section_that_moves_keeps_its_state(english):
    part = "\n## Moved {#moved}\n\nSome words.\n"
    for code in ("en", "et", "lv", "ru"):
        english.edit(f"docs/{code}/help.md", "## Here", part.strip() + "\n\n## Here")
    say(english, "translated", "help.md#moved")
    rewrite(english, "en", "Some words.", "Other words.")
    for code in ("en", "et", "lv", "ru"):
        text = (english.root / f"docs/{code}/help.md").read_text("utf-8")
        start, end = text.index("## Moved"), text.index("## Here")
        english.write(f"docs/{code}/help.md", (text[:start] + text[end:]).encode())
        index = (english.root / f"docs/{code}/index.md").read_text("utf-8")
        english.write(f"docs/{code}/index.md", f"{index}\n{text[start:end]}".encode())
    assert states(english, "index.md#moved") == everywhere("behind")
    assert states(english, HELP) == everywhere("current")


def test_a_minor_change_carries_over_those_that_followed_the_last_text_alone(english):
    rewrite(english, "en", "## Here", "## Over there")
    say(english, "translated", HELP, "-l", "et")
    rewrite(english, "en", "## Over there", "## Over  There")
    assert states(english, HELP) == everywhere("behind")
    before = {path: path.read_bytes() for path in (english.root / "i18n/translated").glob("[a-z][a-z].csv")}
    asked = say(english, "translated", HELP, "--minor", input="y\nn\n")
    assert "[-there-] {+There+}" in asked and "1 minor change recorded" in asked
    assert states(english, HELP) == everywhere("behind") | {"et": "current"}
    assert before == {path: path.read_bytes() for path in before}  # one line in one file says it for all
    rows = list(csv.reader(io.StringIO((english.root / "i18n/translated/minor.csv").read_text("utf-8"))))
    assert [row[0] for row in rows] == ["name", HELP]


def test_a_text_of_a_machine_is_unread_until_a_person_reads_or_changes_it(english):
    say(english, "translated", HELP, "-l", "ru", "--machine")
    assert states(english, HELP) == everywhere("current") | {"ru": "unread"}
    rewrite(english, "ru", "## Here", "## Tut")
    assert states(english, HELP)["ru"] == "ahead"
    say(english, "translated", HELP, "-l", "ru")
    assert states(english, HELP)["ru"] == "current"


def test_a_page_says_which_language_is_its_source(english):
    for code in ("en", "et", "lv", "ru"):
        english.edit(f"docs/{code}/help.md", "title:", "source_language: et\ntitle:")
    say(english, "translated", "help.md")
    rewrite(english, "et", "## Here", "## Siin")
    assert states(english, HELP) == {"en": "behind", "lv": "behind", "ru": "behind"}
    english.edit("docs/ru/help.md", "source_language: et\n", "")
    assert "docs/ru/help.md:2: source_language: expected en as in docs/en/help.md, found en" not in (
        problems := english.problems()
    )
    assert any(line.startswith("docs/ru/help.md:2: source_language: expected et") for line in problems)


def test_words_of_the_interface_have_states_by_key(english):
    english.edit("i18n/en.yml", "exit: ", "exit: Now ")
    assert {text.language for text in read_translations(english.root).texts if text.behind} == {
        "ar", "et", "lt", "lv", "ru", "uk", "uz",
    }  # fmt: skip
    say(english, "translated", "exit")
    assert set(states(english, "exit").values()) == {"current"}


def test_the_same_id_for_several_countries_is_told_apart_by_the_heading_above():
    text = "# T\n\n## One {#one}\n\n### Help {#help}\n\na\n\n## Two {#two}\n\n### Help {#help}\n\nb\n\n## Help {#help}\n\nc\n\n## Help {#help}\n"
    page = PageSource(
        "docs/en/x.md", "en", "x.md", f"---\ntitle: x\n---\n{text}", len("---\ntitle: x\n---\n")
    )
    names = [section.name for section in sections(page)]
    assert names == ["top", "one", "one.help", "two", "two.help", "help", "help.n2"]
    assert [section.line for section in sections(page)] == [4, 6, 8, 12, 14, 18, 22]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Call now.", "Call\n  now.", True),
        ("“Call” – now…", '"Call" - now...', True),
        ("Call\u00a0now.", "Call now.", True),
        ("Call now.", "Call now!", False),
        ("[a](x.md)", "[a](y.md)", False),
        ("**a**", "a", False),
        ("<!-- only: ee -->", "<!-- only: lv -->", False),
    ],
)
def test_only_what_a_reader_would_notice_changes_a_digest(one, other, same):
    assert (text_digest(one) == text_digest(other)) is same


def test_a_word_diff_keeps_both_texts():
    old, new = (
        "Call <!-- phone: emergency --> now, it is free.",
        "Call <!-- phone: police --> now, it is free.",
    )
    pieces = word_diff(old, new)
    assert " ".join(text for change, text in pieces if change is not Change.NEW) == old
    assert " ".join(text for change, text in pieces if change is not Change.GONE) == new
    assert in_one_line("a b c d e f g h i j k", "a b c d e f g h i j x") == "… g h i j [-k-] {+x+}"


def test_a_difference_sends_no_control_codes_to_the_terminal():
    assert in_one_line("a\x1b[2J b", "a b\u202e") == r"[-a\x1b[2J b-] {+a b\u202e+}"


def test_the_table_and_the_csv_say_where_and_what(english):
    rewrite(english, "en", "Call <!--", "Ring <!--")
    table = say(english, "translations")
    assert "lv help.md#top: behind (safety), docs/lv/help.md:5" in table
    assert "[-Call-] {+Ring+}" in table
    only = say(english, "translations", "-l", "lv")
    assert "et help.md#top" not in only
    rows = list(
        csv.reader(io.StringIO(say(english, "translations", "--csv").removeprefix("\ufeff")), delimiter=";")
    )
    (row,) = (row for row in rows if row[:2] == ["lv", "help.md#top"])
    assert row[2:6] == ["behind", "safety", "docs/lv/help.md", "5"]


def test_the_page_shows_every_text_that_needs_work_with_its_difference(english):
    rewrite(english, "en", "Call <!--", "Ring <b> <!--")
    say(english, "translations", "--out", "translations.html")
    page = (english.root / "translations.html").read_text("utf-8")
    assert page.count("<article") == 3
    assert "<del>Call</del> <ins>Ring &lt;b&gt;</ins> &lt;!-- phone: emergency --&gt;" in page
    assert "docs/lv/help.md:5" in page and '<html lang="en">' in page
    say(english, "translations", "-l", "lv", "--out", "translations.html")
    page = (english.root / "translations.html").read_text("utf-8")
    assert page.count("<article") == 1 and '<html lang="lv">' in page
    say(english, "translated", "help.md")
    say(english, "translations", "--out", "translations.html")
    assert "Every text follows its source." in (english.root / "translations.html").read_text("utf-8")


def test_the_check_counts_and_a_release_refuses_what_concerns_safety(english):
    english.approve()
    rewrite(english, "en", "Call <!--", "Ring <!--")
    said = say(english, "check")
    assert "translation into lv: 1 behind (1 about safety, the law or numbers) of" in said
    refused = english.campaign("check", "--release", "lv").stderr
    assert "docs/lv/help.md:5: top: expected a text that follows docs/en/help.md#top as it is now" in refused
    assert "run campaign translated help.md#top -l lv), found an older text about safety" in refused
    assert "docs/et/help.md:5: top" not in refused
    say(english, "translated", "help.md", "-l", "lv", "-l", "ru")
    assert "docs/lv/help.md:5: top" not in english.campaign("check", "--release", "lv").stderr


def test_readers_see_a_notice_only_where_an_old_text_can_harm(english):
    rewrite(english, "en", "# Start", "# Begin", "index.md")
    rewrite(english, "en", "## Here", "## There")
    pages = read_pages(english)
    assert behind_for_readers(english.root, pages) == {
        f"docs/{code}/help.md": {"here": "en"} for code in ("et", "lv", "ru")
    }


def read_pages(sample):
    from campaign.pages.page import page_sources

    return page_sources(sample.root)[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("et.csv", "name,source", "nome,source", "et.csv:1: expected name,source,translation,made"),
        ("et.csv", "help.md#here,", "help.md#here,x", "et.csv:LINE: help.md#here: expected a digest"),
        ("et.csv", "help.md#here,", "help.md#here,,", "et.csv:LINE: expected 4 columns"),
        ("sources.csv", "## Here", "## Hare", "expected the text of this digest"),
    ],
)
def test_a_damaged_record_is_a_problem(english, file, old, new, expected):
    text = (english.root / "i18n/translated" / file).read_text("utf-8")
    line = text[: text.index(old)].count("\n") + 1
    english.edit(f"i18n/translated/{file}", old, new)
    assert any(expected.replace("LINE", str(line)) in problem for problem in english.problems())
    assert english.campaign("translated", "--all").returncode == 1


def test_another_file_beside_the_records_is_a_problem(english):
    english.write("i18n/translated/notes.txt", "x")
    assert any("i18n/translated/notes.txt: expected only LANGUAGE.csv" in line for line in english.problems())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("translated",), "expected names or --all, found neither"),
        (("translated", "help.md", "--all"), "expected names or --all, found both"),
        (("translated", "help.md#her"), "did you mean 'help.md#here'?"),
        (("translated", "help.md", "-l", "xx"), "--language: expected one of the languages"),
        (("translations", "--out", "docs/x.html"), "--out: expected a folder outside"),
        (("translations", "--out", "page.md"), "--out: expected a name that ends in .html"),
        (("translations", "-l", "xx"), "--language: expected one of the languages"),
    ],
)
def test_a_wrong_name_is_refused(english, arguments, expected):
    done = english.campaign(*arguments)
    assert done.returncode == 1 and expected in done.stderr


def test_the_records_of_the_repository_are_what_the_command_writes():
    """Every digest has its text, and nothing is kept that no translation needs."""
    records, problems = find_records(ROOT)
    assert problems == []
    for file, text in written(records).items():
        assert (ROOT / file).read_text("utf-8") == text
    named = {record.source for own in records.of.values() for record in own.values()}
    assert named <= records.sources.keys()
    assert not find_records(ROOT)[1]
    assert not [
        text for text in read_translations(ROOT).texts if text.state is State.UNREAD and not text.machine
    ]
