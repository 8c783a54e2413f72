"""The key ``moved_from`` of a page: its earlier addresses, each of one page alone."""

import pytest

KEY = "moved_from:\n  - {}\n"


def moved(sample, page, old, languages=("et", "lv", "ru")):
    for code in languages:
        sample.edit(f"docs/{code}/{page}", "---\ntitle", f"---\n{KEY.format(old)}title")


def test_an_old_address_is_loud_without_harm_and_a_new_one_is_not(sample):
    sample.write("i18n/glossary/et.yml", "quiet:\n  - leaving home\nterms: []\n")
    moved(sample, "help.md", "youth/leaving-home.md")
    assert sample.campaign("check").returncode == 0
    for code in ("et", "lv", "ru"):
        text = (sample.root / f"docs/{code}/find.md").read_bytes()
        sample.write(f"docs/{code}/leaving-home.md", text + b"\n<!-- contacts: own -->\n")
    sample.edit("mkdocs.yml", "  - help.md", "  - help.md\n  - leaving-home.md")
    assert [line for line in sample.problems() if "quiet" in line] == [
        f"docs/{code}/leaving-home.md: expected a quiet title and address, because both stay in the browser's "
        "history, found 'leaving-home.md', which contains 'leaving home'"
        for code in ("et", "lv", "ru")
    ]


@pytest.mark.parametrize(
    ("old", "found"),
    [
        (
            "find.md",
            "a path at which no page is any more, found 'find.md', which is the page docs/et/find.md",
        ),
        (
            "help.md",
            "a path at which no page is any more, found 'help.md', which is the page docs/et/help.md",
        ),
        *(
            (
                old,
                f"the path of a page below the folder of a language, such as youth/online.md, found '{old}'",
            )
            for old in (
                "old",
                "old.html",
                "../old.md",
                "/old.md",
                "Old.md",
                "ru/help.md",
                "404.md",
                "a//b.md",
                "a_b.md",
            )
        ),
    ],
)
def test_a_wrong_path_is_a_problem_in_each_language(sample, old, found):
    moved(sample, "help.md", old)
    assert sample.problems() == [
        f"docs/{code}/help.md:3: moved_from[0]: expected {found}" for code in ("et", "lv", "ru")
    ]


def test_a_path_belongs_to_one_page_and_to_all_its_languages(sample):
    moved(sample, "help.md", "old.md")
    moved(sample, "find.md", "old.md", ["et"])
    moved(sample, "safety.md", "older.md", ["et", "lv"])
    assert sample.problems() == [
        "docs/et/help.md:3: moved_from[0]: expected each earlier path on one page only, found 'old.md', which docs/et/find.md names already",
        "docs/lv/find.md:2: moved_from: expected old.md as in docs/et/find.md, found none",
        "docs/lv/help.md:3: moved_from[0]: expected each earlier path on one page only, found 'old.md', which docs/et/find.md names already",
        "docs/ru/find.md:2: moved_from: expected old.md as in docs/et/find.md, found none",
        "docs/ru/help.md:3: moved_from[0]: expected each earlier path on one page only, found 'old.md', which docs/et/find.md names already",
        "docs/ru/safety.md:2: moved_from: expected older.md as in docs/et/safety.md, found none",
    ]
    sample.edit("docs/et/find.md", KEY.format("old.md"), "")
    for code in ("et", "lv"):
        sample.edit(f"docs/{code}/safety.md", KEY.format("older.md"), "")
    sample.edit("docs/et/help.md", "  - old.md\n", "  - old.md\n  - old.md\n")
    assert sample.problems() == [
        "docs/et/help.md:4: moved_from[1]: expected each path once, found 'old.md' twice"
    ]
