"""Texts in translators' files, and back: what comes back unchanged, what is refused, what is written."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.exchange.insert_translations import Change, rebuilt_page
from campaign.exchange.po_file import as_po, read_po
from campaign.exchange.returned_translations import Entry
from campaign.exchange.take_translations import exchange_units, take
from campaign.exchange.tokens import has_words, protected, restored, token_faults, used
from campaign.exchange.translatable_passages import Kind, passages
from campaign.exchange.units import units_of
from campaign.exchange.xliff_file import as_xliff, read_xliff
from campaign.pages.page import page_sources
from campaign.today import now
from campaign.translation.states import read_translations, source_pages

from ..project import ROOT, small_project, tree
from ..repository import WORDS as OUR_WORDS
from .test_translations import say, states

HELP = """\
---
title: {title}
---

# {title}

{call} <!-- phone: emergency --> now, or [{write}](help.md#here){{ .quiet }}. It is **free** at 18.

- {one}
- ☐ {two}

| {head} | {other} |
| --- | --- |
| {cell} | [{here}](#here) |

<!-- only: ee -->

{law}

<!-- end -->

<!-- contacts: child-helpline, shelter -->

## {here} {{#here}}

{last}

<!-- contacts: own -->
"""
EN = dict(
    title="Help page", call="Call", write="write to them", one="One thing", two="Another thing", head="Place",
    other="Where to look", cell="A cell of words", here="In this place", law="The law of Estonia.", last="Come in person.",
)  # fmt: skip
ET = dict(
    title="Abi leht", call="Helista", write="kirjuta neile", one="Üks asi", two="Teine asi", head="Koht",
    other="Kust vaadata", cell="Sõnadega lahter", here="Siin kohas", law="Eesti seadus.", last="Tule ise kohale.",
)  # fmt: skip
RU = dict(
    title="Первая страница", call="Звони", write="напиши им", one="Одно дело", two="Другое дело", head="Место",
    other="Где смотреть", cell="Ячейка слов", here="Здесь на месте", law="Закон Эстонии.", last="Приходи лично.",
)  # fmt: skip
FORMATS = ("x.po", "x.xliff", "x2.xliff")
CALL = "{1} now, or [write to them]{2}{3}. It is **free** at 18."


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A small project whose help page has each kind of passage, in four languages; nobody changes it."""
    sample = small_project(tmp_path_factory.mktemp("exchange") / "project")
    for code, words in (("en", EN), ("et", ET), ("lv", ET), ("ru", RU)):
        text = HELP.format(**words)
        text = text.replace("It is **free** at 18.", "See on **tasuta** 18.") if words is ET else text
        text = (
            text.replace("It is **free** at 18.", "Это **даром** 18.").replace("now, or", "или")
            if words is RU
            else text
        )
        sample.write(f"docs/{code}/help.md", text.encode())
        if code == "en":
            for name in ("index.md", "professionals/index.md", "safety.md", "about/site.md", "find.md"):
                page = (sample.root / f"docs/et/{name}").read_text("utf-8")
                sample.write(f"docs/en/{name}", page.encode())
    say(sample, "translated", "--all")
    assert "no problem" in say(sample, "check")
    return sample


def exported(sample, file, language="et", *arguments):
    version = ["--xliff", "2.0"] if "2" in file else []
    say(sample, "exchange", "-l", language, "--out", file, *version, *arguments)
    return (sample.root / file).read_text("utf-8")


def returned(sample, file, text, *arguments):
    (sample.root / file).write_text(text, "utf-8")
    return sample.campaign("take", file, *arguments)


def edit(text, old, new, count=1):
    assert old in text, old
    return text.replace(old, new, count)


# What the repository has


@pytest.mark.parametrize("language", ["et", "lt", "lv", "ru", "uk"])
def test_each_page_of_the_repository_comes_back_byte_for_byte_when_every_passage_is_written_again(language):
    """Also a page that the language does not have: then the source's own text is written into it."""
    pages = page_sources(ROOT)[0]
    units = units_of(read_translations(ROOT), pages, OUR_WORDS, language)
    written = {page.path: page for page in pages if page.language == language}
    done = 0
    for path, source in source_pages(pages).items():
        own = [unit for unit in units if unit.text.page == path]
        entry = Entry("", 0, "", "", False, "")
        changes = [Change(unit, entry, (unit.target or unit.source).text) for unit in own]
        flat = [one for one in changes if "\n" not in one.unit.place.text]
        target = written.get(path)
        assert rebuilt_page(source, target, flat).text == (target or source).source
        done += len(flat)
    assert done > 1000
    assert len({unit.id for unit in units}) == len(units)


@pytest.mark.parametrize("file", FORMATS)
def test_a_file_of_the_whole_repository_that_comes_back_untouched_changes_nothing(file, tmp_path):

    units = exchange_units(ROOT, "uk")
    text = (
        as_po(units, "uk").encode()
        if file == "x.po"
        else as_xliff(units, "uk", "2.0" if "2" in file else "1.2")
    )
    (tmp_path / file).write_bytes(text)
    taken = take(ROOT, tmp_path / file, now())
    assert (taken.texts, taken.difference) == ({}, "")


# A small project


@pytest.mark.parametrize("file", FORMATS)
def test_one_corrected_passage_is_one_changed_line_and_a_record(whole, file):
    before = tree(whole.root)
    text = exported(whole, file)
    done = returned(whole, file, edit(text, "Teine asi", "Teine hea asi"), "--dry-run")
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^[-+](?!--|\+\+).*", done.stdout, re.M) == ["-- ☐ Teine asi", "+- ☐ Teine hea asi"]
    assert "docs/et/help.md: 1 passage changed." in done.stdout
    assert "1 text recorded as translated." in done.stdout
    after = tree(whole.root)
    del after[file]
    before.pop(file, None)
    assert after == before


# What to damage in a translation, with what, and what the refusal says.
DAMAGE = {
    "a lost slot": ("{1} ", "", "{1} (<!-- phone: emergency -->) nowhere"),
    "a doubled slot": ("{1} ", "{1} {1} ", "{1} (<!-- phone: emergency -->) twice"),
    "a foreign slot": ("{1} ", "{1} {9} ", "expected it nowhere, as in the source, found {9} once"),
    "a lost address": ("]{2}", "]", "{2} ((help.md#here)) nowhere"),
    "lost attributes": ("{3}", "", "{3} ({ .quiet }) nowhere"),
    "a number instead of a slot": ("{1}", "112", "{1} (<!-- phone: emergency -->) nowhere"),
    "a token with a word in it": ("{1}", "{one}", "{1} (<!-- phone: emergency -->) nowhere"),
    "a token with half of its braces": (" now", " {now", "a brace that belongs to no token"),
    "a typed slot": (" now", " <!-- phone: police --> now", "found '<'"),
    "another number": ("18.", "16.", "found the number 16"),
    "a lost number": (" 18.", ".", "found no number 18"),
    "one more number": (" now", " 24 now", "found the number 24"),
    "a broken mark": ("**tasuta**", "**tasuta*", "'**' 1 times"),
    "a lost mark": ("**tasuta**", "tasuta", "'**' 0 times"),
    "a lost bracket": ("[kirjuta neile]", "kirjuta neile]", "'[' 0 times"),
    "a new link": ("tasuta", "tasuta https://example.org", "'https:', as in a link"),
    "a link in words": ("tasuta", "tasuta www.example.org", "'www.', as in a link"),
    "a tag": ("tasuta", "<b>tasuta</b>", "'<'"),
    "another script": ("kirjuta", "пиши", "'пиши', with letters of another script"),
    "one letter of another script": ("kirjuta", "kirjut\u0430", "with letters of another script"),
    "a hidden character": ("kirjuta", "kirju\u200bta", "U+200B"),
    "a mark of a table": ("Sõnadega lahter", "Sõnadega | lahter", "'|' 1 times"),
    "a heading": ("Eesti seadus.", "# Eesti seadus.", "'# Eesti se' at its start"),
    "a list": ("Eesti seadus.", "- Eesti seadus.", "at its start"),
    "a quotation": ("Eesti seadus.", "> Eesti seadus.", "'>'"),
    "an empty text": ("Eesti seadus.", "", "found an empty text"),
    "a telephone number": ("Eesti seadus.", "Eesti +372 5555 5555.", "found the number 372"),
    "a name that is not quiet": ("Abi leht", "Politsei leht", "'politsei'"),
}  # fmt: skip


def written_as(file, text):
    """A text with tokens as a format writes it."""
    if file == "x.po":
        return text
    tag, name = ("ph", "disp") if "2" in file else ("x", "equiv-text")
    values = {"1": "&lt;!-- phone: emergency --&gt;", "2": "(help.md#here)", "3": "{ .quiet }"}
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def token(match):
        shown = f' {name}="{values[match[1]]}"' if match[1] in values else ""
        return f'<{tag} id="{match[1]}"{shown}/>'

    return re.sub(r"\{(\w+)\}", token, text)


def in_translation(file, text, old, new):
    """The file with another text in the first translation that has the old one."""
    old, new = written_as(file, old), written_as(file, new)
    pattern = r'msgstr "[^"\n]*"' if file == "x.po" else r"<target.*?</target>"
    place = next(match for match in re.finditer(pattern, text) if old in match[0])
    return text[: place.start()] + place[0].replace(old, new, 1) + text[place.end() :]


def test_each_damage_is_refused_with_its_unit_and_line(whole):
    good = exported(whole, "x.po", "et", "help.md")
    before = tree(whole.root / "docs") | tree(whole.root / "i18n")
    for kind, (old, new, expected) in DAMAGE.items():
        bad = in_translation("x.po", good, old, new)
        done = returned(whole, "x.po", bad)
        assert done.returncode == 1, kind
        first = done.stderr.splitlines()[0]
        assert expected in first, (kind, done.stderr)
        line = int(re.match(r"x\.po:(\d+): help\.md#\w+/[0-9a-f]{8}: ", first)[1])
        rows = zip(good.splitlines(), bad.splitlines(), strict=False)
        damaged = next(number for number, (old_row, row) in enumerate(rows, 1) if old_row != row)
        assert 0 <= damaged - line <= 15, kind  # comments come first
        assert done.stderr.endswith("Nothing was written.\n")
    assert tree(whole.root / "docs") | tree(whole.root / "i18n") == before


@pytest.mark.parametrize("file", FORMATS[1:])
def test_xliff_says_the_same_as_po_also_when_it_is_damaged(whole, file):
    po, xliff = (exported(whole, name, "et", "help.md") for name in ("x.po", file))
    for kind, (old, new, _) in DAMAGE.items():
        (whole.root / "x.po").write_text(in_translation("x.po", po, old, new), "utf-8")
        (whole.root / file).write_text(in_translation(file, xliff, old, new), "utf-8")
        there, here = read_po(whole.root / "x.po"), read_xliff(whole.root / file)
        assert here.language == there.language == "et"
        assert [(one.id, one.source, one.target, one.open, one.version) for one in here.entries] == [
            (one.id, one.source, one.target, one.open, one.version) for one in there.entries
        ], kind


FILES = {
    "no PO": ("x.po", lambda text: "{not a file", "a PO file that can be read"),
    "cut off in a string": ("x.po", lambda text: text[: text.rindex('msgstr "') + 10], "a PO file that can be read"),
    "another encoding": ("x.po", lambda text: text.encode("utf-16"), "a file in UTF-8"),
    "cut off XML": ("x.xliff", lambda text: text[: len(text) // 2], "XML that cannot be read"),
    "a document type": ("x.xliff", lambda text: text.replace("<xliff", '<!DOCTYPE a [<!ENTITY b "c">]><xliff', 1), "a document type"),
    "another kind of XML": ("x.xliff", lambda text: "<html/>", "expected XLIFF 1.2 or 2.0"),
    "a source that was edited": ("x.po", lambda text: text.replace('"Another thing"', '"Another thong"'), "'Another thing', as campaign exchange wrote it"),
    "a unit of another page": ("x.po", lambda text: text.replace("help.md#here/", "hilf.md#here/", 1), "a unit that is not in the present sources"),
    "a unit twice": ("x.po", lambda text: text + text[text.index("#. Title in help.md") :], "a second unit with this name"),
    "no language": ("x.po", lambda text: text.replace("Language: et", "Language: "), "language: expected one of the languages"),
    "two languages": ("x.xliff", lambda text: text.replace('target-language="et"', 'target-language="lv"', 1), "2 target languages"),
    "the path of another file": ("x.po", lambda text: str(Path(__file__).resolve()), "Syntax error in po file (line 1)"),
    "an unknown encoding": ("x.xliff", lambda text: f'<?xml version="1.0" encoding="evil"?>{text.partition("?>")[2]}', "XML in an unknown encoding"),
    "an encoding of Python's that is none": ("x.xliff", lambda text: f'<?xml version="1.0" encoding="undefined"?>{text.partition("?>")[2]}', "XML in an unknown encoding"),
    "a codec that makes no text": ("x.xliff", lambda text: f'<?xml version="1.0" encoding="hex"?>{text.partition("?>")[2]}', "XML in an unknown encoding"),
    "deep XML": ("x.xliff", lambda text: "<a>" * 99 + "</a>" * 99, "more than 50 times"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_not_what_was_written_is_refused(whole, kind):
    file, damage, expected = FILES[kind]
    text = damage(exported(whole, file))
    (whole.root / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    done = whole.campaign("take", file)
    assert done.returncode == 1
    assert expected in done.stderr
    assert done.stderr.startswith(file)


def test_another_ending_is_refused(whole):
    whole.write("x.po", "x")
    assert "expected no names of places, because" in whole.campaign("take", "x.po", "ee").stderr
    assert "ends in" in whole.campaign("exchange", "-l", "et", "--out", "x.csv").stderr
    assert (
        "--language: expected one of the languages"
        in whole.campaign("exchange", "-l", "xx", "--out", "x.po").stderr
    )
    assert (
        "did you mean 'help.md'?" in whole.campaign("exchange", "-l", "et", "--out", "x.po", "hlp.md").stderr
    )


def test_tokens_may_change_their_order(whole):
    text = exported(whole, "x.po")
    old = "Helista {1} now, or [kirjuta neile]{2}{3}."
    done = returned(whole, "x.po", edit(text, old, "[Kirjuta neile]{2}{3} või helista {1}."), "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "+[Kirjuta neile](help.md#here){ .quiet } või helista <!-- phone: emergency -->." in done.stdout


def test_what_a_program_does_to_spaces_and_unknown_notes_changes_nothing(whole):
    text = exported(whole, "x.xliff").replace("<note>", "<note>\n  ").replace("</target>", "\n</target>")
    done = returned(whole, "x.xliff", text)
    assert done.stdout == "The file changes nothing.\nNothing was written.\n", done.stderr


@pytest.fixture
def own(whole, tmp_path):
    """A copy of the small project that a test may change."""
    import shutil

    from ..project import Sample

    shutil.copytree(whole.root, tmp_path / "own")
    return Sample(tmp_path / "own")


def test_a_changed_source_is_a_hint_and_the_new_translation_is_current_again(own):
    own.edit("docs/en/help.md", "Another thing", "Quite another thing")
    assert states(own, "help.md#top")["et"] == "behind"
    text = exported(own, "x.po", "et", "--open")
    assert text.count("fuzzy") == 1
    assert '#| msgid "Another thing"' in text
    assert 'msgid "Quite another thing"\nmsgstr "Teine asi"' in text
    done = returned(own, "x.po", edit(text, "Teine asi", "Hoopis teine asi"))  # still fuzzy
    assert (
        "a person must still look at 1 unit" in done.stdout and states(own, "help.md#top")["et"] == "behind"
    )
    text = edit(exported(own, "x.po", "et", "--open"), "#, fuzzy\n", "")
    assert "1 text recorded" in returned(own, "x.po", text).stdout
    assert states(own, "help.md#top")["et"] == "current"
    assert states(own, "help.md#top")["ru"] == "behind"


def test_somebody_elses_change_is_never_overwritten(own):
    text = exported(own, "x.po")
    own.edit("docs/et/help.md", "Teine asi", "Teine parem asi")
    done = returned(own, "x.po", edit(text, "Üks asi", "Üks hea asi"))  # the other passage is left alone
    assert done.returncode == 0, done.stderr
    assert "- Üks hea asi\n- ☐ Teine parem asi" in (own.root / "docs/et/help.md").read_text("utf-8")
    done = returned(own, "x.po", edit(text, "Teine asi", "Teine halb asi"))
    assert (
        done.returncode == 1
        and "a change of an older translation, which is now 'Teine parem asi'" in done.stderr
    )


@pytest.mark.parametrize("file", FORMATS)
def test_a_page_that_is_missing_is_written_whole_or_not_at_all(own, file):
    (own.root / "docs/ru/help.md").rename(own.root / "russian.md")
    russian = (own.root / "russian.md").read_text("utf-8")
    # Without its help page Russian is no language of the sites, but it can be translated.
    for country in ("ee", "lv"):
        own.edit(f"municipalities/{country}/_country.yml", "  - ru\n", "")
    own.edit("municipalities/ee/ylde.yml", "          - ru\n", "")
    text = exported(own, file, "ru", "help.md")
    assert returned(own, file, text).stdout.startswith("The file changes nothing.")
    half = filled(file, text, {"Another thing": RU["two"]})
    done = returned(own, file, half)
    assert done.returncode == 1 and "an empty text" in done.stderr
    sources = {EN[key]: RU[key] for key in EN}
    sources["Call {1} now, or [write to them]{2}{3}. It is **free** at 18."] = (
        "Звони {1} или [напиши им]{2}{3}. Это **даром** 18."
    )
    sources["[In this place]{1}"] = "[Здесь на месте]{1}"
    done = returned(own, file, filled(file, text, sources))
    assert done.returncode == 0, done.stderr
    assert (own.root / "docs/ru/help.md").read_text("utf-8") == russian
    assert states(own, "help.md#top")["ru"] == "current"


def filled(file, text, translations):
    """The file as a translator fills it in."""
    for source, target in translations.items():
        if file == "x.po":
            text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
            continue
        source, target = (as_help(file, words) for words in (source, target))
        text = re.sub(
            f"(<source[^>]*>{re.escape(source)}</source>)",
            lambda match, target=target: f"{match[1]}\n<target>{target}</target>",
            text,
        )
    return text


def as_help(file, text):
    text = text if "{2}" in text else text.replace("{1}", "{4}")
    written = written_as(file, text)
    tag, name = ("ph", "disp") if "2" in file else ("x", "equiv-text")
    return written.replace(f'<{tag} id="4"/>', f'<{tag} id="1" {name}="(#here)"/>')


def test_a_new_section_comes_into_its_place(own):
    part = "## New {#new}\n\nSome more words.\n\n"
    own.edit("docs/en/help.md", "## In this place", part + "## In this place")
    text = exported(own, "x.po", "et", "--open")
    assert text.count('msgstr ""\n\n') == 2
    text = filled("x.po", text, {"New": "Uus osa", "Some more words.": "Veel mõned sõnad."})
    done = returned(own, "x.po", text)
    # The other languages do not have the section yet: the check says so, and nothing is written.
    assert done.returncode in (0, 1)
    for code in ("lv", "ru"):
        own.edit(
            f"docs/{code}/help.md",
            f"## {(ET if code == 'lv' else RU)['here']}",
            part + f"## {(ET if code == 'lv' else RU)['here']}",
        )
    if done.returncode:
        done = returned(own, "x.po", text)
    assert done.returncode == 0, done.stderr
    estonian = (own.root / "docs/et/help.md").read_text("utf-8")
    assert "shelter -->\n\n## Uus osa {#new}\n\nVeel mõned sõnad.\n\n## Siin kohas {#here}" in estonian
    assert states(own, "help.md#new")["et"] == "current"


def test_a_section_with_other_paragraphs_is_one_unit(own):
    own.edit("docs/et/help.md", "Tule ise kohale.", "Tule ise.\n\nKohale.")
    say(own, "translated", "help.md", "-l", "et")
    text = exported(own, "x.po", "et", "help.md#here")
    assert text.count("msgctxt") == 1 and "A whole" not in text
    done = returned(own, "x.po", edit(text, "Kohale.", "Kohapeale."))
    assert done.returncode == 0, done.stderr
    assert "Tule ise.\n\nKohapeale.\n\n<!-- contacts: own -->" in (own.root / "docs/et/help.md").read_text(
        "utf-8"
    )


def test_words_of_the_interface_come_back_at_their_keys(own):
    text = exported(own, "x.po", "et", "danger")
    before = (own.root / "i18n/et.yml").read_text("utf-8").splitlines()
    done = returned(own, "x.po", re.sub(r'msgstr "([^"]+)\?"', r'msgstr "Kas \1: jah?"', text))
    assert done.returncode == 0, done.stderr
    after = (own.root / "i18n/et.yml").read_text("utf-8").splitlines()
    (changed,) = ((old, new) for old, new in zip(before, after, strict=True) if old != new)
    assert changed[1].startswith('danger: "Kas ')


def test_a_machines_text_is_marked_until_a_person_takes_the_mark_away(own):
    say(own, "translated", "help.md#here", "-l", "et", "--machine")
    for file in FORMATS:
        text = exported(own, file, "et", "help.md#here")
        assert "A machine has made this translation" in text
    assert 'state-qualifier="mt-suggestion"' in exported(own, "x.xliff", "et", "help.md#here")
    text = exported(own, "x.po", "et", "help.md#here")
    assert returned(own, "x.po", text).stdout.startswith("Not recorded: a person must still look at 2 units.")
    assert "1 text recorded" in returned(own, "x.po", text.replace("#, fuzzy\n", "")).stdout
    assert states(own, "help.md#here")["et"] == "current"


@pytest.mark.parametrize("file", ["x.po", "x.xliff"])  # the program does not read XLIFF 2.0
def test_a_translators_program_reads_and_writes_the_files(own, file):
    """pomerge of the translate-toolkit, which Weblate builds on, writes the whole file in its own way."""
    text = exported(own, file, "et", "help.md")
    (own.root / f"new-{file}").write_text(edit(text, "Teine asi", "Teine hea asi"), "utf-8")
    program = Path(sys.executable).parent / "pomerge"
    subprocess.run(
        [program, "--progress=none", "-t", file, "-i", f"new-{file}", "-o", f"out-{file}"],
        cwd=own.root,
        check=True,
        timeout=60,
    )
    assert (own.root / f"out-{file}").read_text("utf-8") != text
    done = own.campaign("take", f"out-{file}")
    assert done.returncode == 0, done.stderr
    assert "docs/et/help.md: 1 passage changed." in done.stdout
    assert "- ☐ Teine hea asi\n" in (own.root / "docs/et/help.md").read_text("utf-8")


# Tokens and passages by themselves

TOKENS = st.sampled_from(
    [
        "<!-- phone: emergency -->",
        "<!-- end -->",
        "(help.md#x)",
        "{#id}",
        "{ width=3 }",
        "<abbr title='a'>",
        "</abbr>",
        "&nbsp;",
        "`code`",
        "{name}",
    ]
)
WORDS = st.text(
    st.characters(exclude_characters="{}<>()[]`&\\\n\r", exclude_categories=["Cs", "Cc"]), max_size=12
)
TEXTS = st.lists(st.one_of(WORDS, TOKENS.map(lambda token: f"[x]{token}"))).map("".join)


@pytest.mark.parametrize("token", ["9" * 5000, "\N{ARABIC-INDIC DIGIT ONE}", "0", "01", "\x1b[2J", ""])
def test_a_token_that_nobody_wrote_is_told(token):
    faults = token_faults(f"a {{{token}}}", [used("a {1}")], ("(help.md)",))
    assert [expected for _, expected in faults] == [
        "it once, as in the source",
        "it nowhere, as in the source",
    ]
    assert all(found.isprintable() and len(found) < 100 for found, _ in faults)
    assert "(help.md)" not in faults[1][0]


@given(TEXTS)
def test_a_text_is_the_same_after_its_tokens_are_put_back(text):
    made = protected(text)
    assert restored(made.text, made.tokens) == text
    assert not token_faults(made.text, [used(made.text)], made.tokens)
    assert all(count == 1 for count in used(made.text).values())


@given(TEXTS, st.randoms())
def test_every_lost_or_doubled_token_is_found_and_every_order_is_taken(text, random):
    made = protected(text)
    pieces = re.findall(r"\{\d+\}|[^{}]+", made.text)
    random.shuffle(pieces)
    wanted = used(made.text)
    assert not token_faults("".join(pieces), [wanted], made.tokens)
    tokens = [piece for piece in pieces if piece.startswith("{")]
    for one in tokens:
        assert len(token_faults("".join(pieces).replace(one, ""), [wanted], made.tokens)) == 1
        assert len(token_faults("".join(pieces) + one, [wanted], made.tokens)) == 1
    assert token_faults("".join(pieces) + "{99}", [wanted], made.tokens)


@given(TEXTS, st.randoms())
def test_equal_tokens_of_a_translation_get_the_numbers_of_the_source(text, random):
    source = protected(text)
    tokens = list(source.tokens)
    random.shuffle(tokens)
    target = protected("".join(f"[x]{token}" for token in tokens), source.tokens)
    assert target.tokens == source.tokens
    assert used(target.text) == used(source.text)


def test_the_passages_of_a_page_are_its_words_and_nothing_else(whole):
    (page,) = (page for page in page_sources(whole.root)[0] if page.file == "docs/en/help.md")
    found = [passage for own in passages(page).values() for passage in own]
    assert Counter(passage.kind for passage in found) == {
        Kind.TITLE: 1, Kind.HEADING: 2, Kind.PARAGRAPH: 3, Kind.ITEM: 2, Kind.CELL: 4,
    }  # fmt: skip
    assert all(page.source[passage.start : passage.end] == passage.text for passage in found)
    rest = page.source
    for passage in sorted(found, key=lambda one: one.start, reverse=True):
        rest = rest[: passage.start] + rest[passage.end :]
    assert not has_words(rest.replace("title:", ""))
