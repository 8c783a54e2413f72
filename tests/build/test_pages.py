"""What ``campaign check`` says of pages: parity between languages, plainness, the glossary."""

from campaign.contacts.card import until_note
from campaign.pages.ui_strings import read_words
from campaign.today import day_in, now

from ..project import tree
from ..repository import WORDS

LONG = " ".join(["sõna"] * 29) + "."


def test_a_page_that_differs_from_the_others_is_an_error_with_both_places(sample):
    sample.edit("docs/ru/help.md", "## Here {#here}", "## Here {#there}")
    assert sample.problems() == [
        "docs/ru/help.md:23: expected 'heading {#here}' as in docs/et/help.md:23, found 'heading {#there}'"
    ]
    sample.edit("docs/ru/help.md", "## Here {#there}\n", "")
    assert sample.problems() == [
        "docs/ru/help.md:21: expected 'heading {#here}' as in docs/et/help.md:23, found none after this line"
    ]


def test_another_link_or_one_too_many_is_an_error(sample):
    sample.edit("docs/lv/index.md", "(help.md)", "(help.md#here)")
    sample.edit("docs/ru/index.md", "[Help](help.md)", "[Help](help.md) [Again](help.md)")
    assert sample.problems() == [
        "docs/lv/index.md:9: expected 'link to help.md' as in docs/et/index.md:9, found 'link to help.md#here'",
        "docs/ru/index.md:9: expected the same as in docs/et/index.md, found 'link to help.md', which is missing in et, lv",
    ]


def test_a_long_sentence_and_a_long_average_are_errors(sample):
    sample.edit("docs/et/help.md", "Estonian law.", LONG)
    assert sample.problems() == ["docs/et/help.md:11: expected at most 28 words in a sentence, found 29"]
    middle = (" ".join(["sõna"] * 20) + ". ") * 15
    sample.edit("docs/et/help.md", LONG, middle)
    assert sample.problems() == [
        "docs/et/help.md:4: expected at most 15 words in a sentence on average, found 16.1"
    ]


def test_a_word_that_the_glossary_avoids_is_an_error(sample):
    sample.write(
        "i18n/glossary/et.yml",
        """\
        terms:
          - term: nõuandeliin
            avoid:
              - abitelefon
            why: The name of the line.
        """,
    )
    sample.edit(
        "docs/et/help.md", "Estonian law.", "Helista. Abitelefonil vastatakse. Lasteabitelefon on muu."
    )
    assert sample.problems() == ["docs/et/help.md:11: expected 'nõuandeliin', found 'Abitelefon'"]


def test_wrong_front_matter_is_an_error_with_its_line(sample):
    sample.edit("docs/et/help.md", "title: et help", "titel: et help")
    sample.edit("docs/et/safety.md", "title: et safety.md", "countries: [ee, lv]")
    sample.edit("docs/lv/help.md", "title: lv help", "title: <b>lv</b>")
    sample.write("docs/ru/help.md", "# Help\n")
    assert sample.problems() == [
        "docs/et/help.md:2: titel: expected title, sources, countries, source_language, moved_from, reviewed, allowed "
        "(did you mean 'title'?), found the key 'titel'",
        "docs/et/safety.md:2: title: expected a value, which is required, found nothing",
        "docs/lv/help.md:2: title: expected plain text on one line, without markup, braces or links, found '<b>lv</b>'",
        "docs/ru/help.md:1: expected --- title: … --- at the top, found no front matter",
    ]


def test_a_missing_page_is_a_warning_and_counted(sample):
    (sample.root / "docs/ru/professionals/index.md").unlink()
    done = sample.campaign("check")
    assert done.returncode == 0
    assert (
        "warning: docs/ru/professionals/index.md is missing; another language's text is shown\n"
        in done.stdout
    )
    assert sample.build("ee/ylde").splitlines()[0].endswith(", 1 page is missing.")
    (sample.root / "docs/ru/about/site.md").unlink()
    assert sample.build("ee/ylde").splitlines()[0].endswith(", 2 pages are missing.")


def test_a_language_that_is_only_begun_needs_its_first_three_pages(sample):
    sample.edit("municipalities/ee/_country.yml", "time_zone", "starts:\n  - uk\ntime_zone")
    for path in ("index.md", "help.md"):
        text = (sample.root / "docs/et" / path).read_bytes()
        sample.write(f"docs/uk/{path}", text)
    assert sample.problems() == [
        "municipalities/ee/_country.yml:7: starts[0]: expected a language that has its required pages, "
        "found uk without docs/uk/safety.md"
    ]
    sample.write("docs/uk/safety.md", (sample.root / "docs/et/safety.md").read_bytes())
    sample.build("ee")
    assert '<div lang="ru">' in sample.read("ee/ylde/uk/professionals/index.html")  # Ukrainian's first choice
    notice = f'<p class="notice">{read_words(sample.root)["uk"]["not-read-yet"]}</p>'
    assert sample.read("ee/ylde/uk/help.html").count(notice) == 1
    for path in ("uk/professionals/index.html", "help.html", "ru/help.html"):  # texts of complete languages
        assert "notice" not in sample.read(f"ee/ylde/{path}").partition("<h1")[2].partition("<footer")[0]
    (sample.root / "docs/ru/professionals/index.md").unlink()
    sample.build("ee")
    assert '<div lang="et">' in sample.read("ee/ylde/uk/professionals/index.html")


def test_a_release_refuses_contacts_that_nobody_confirmed_and_missing_pages(sample):
    sample.approve()
    sample.build()
    before = tree(sample.root / "sites")
    counted = (
        "Of 5 contacts, 3 are in this list, 0 are confirmed, 2 need no confirmation, "
        "0 are on no page for readers. Of 18 texts, nobody has read 18 as they are now."
    )
    for command, outcome in (("check", ""), ("build", " Nothing was written.")):
        done = sample.campaign(command, "--release")
        assert done.returncode == 1
        assert done.stderr.splitlines() == [
            "Lines that people ring in danger (2):",
            "municipalities/ee/_country.yml:19: ee-child: expected a contact that somebody has confirmed, found no confirmation",
            "municipalities/lv/_country.yml:19: lv-child: expected a contact that somebody has confirmed, found no confirmation",
            "Offices (1):",
            "municipalities/ee/ylde.yml:5: ee-ylde-social: expected a contact that somebody has confirmed, found no confirmation",
            f"3 problems. {counted}{outcome}",
        ]
    assert tree(sample.root / "sites") == before
    today, year_ago = day_in("Europe/Tallinn", now()), "2020-02-01"
    for name, day in (("ee-child", today), ("ee-ylde-social", year_ago), ("lv-child", today)):
        sample.confirm(name, day)
    (sample.root / "docs/ru/about/site.md").unlink()
    done = sample.campaign("check", "--release")
    assert done.stderr.splitlines() == [
        "Offices (1):",
        "municipalities/ee/ylde.yml:5: ee-ylde-social: expected a confirmation that is good today, found a confirmation that was good until 2021-01-31",
        "Missing pages (1):",
        "docs/ru/about/site.md: expected a page in every language that offers it, found none",
        f"2 problems. {counted.replace('3 are in', '1 are in').replace('0 are confirmed', '2 are confirmed').replace('18', '17')}",
    ]
    sample.build()
    assert "1. veebruar 2020" in sample.read("ee/ylde/help.html")
    assert 'data-until="2021-01-31"' in sample.read("ee/ylde/help.html")


def test_a_page_says_until_when_a_sentence_holds_in_words(sample):
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "Estonian law.", "Estonian law. <!-- until: 2027-03-04 -->")
    sample.build("ee/ylde", "lv/vieta")
    for path, language in (("help.html", "et"), ("ru/help.html", "ru")):
        note = str(until_note("2027-03-04", language, WORDS[language]))
        assert f"Estonian law. {note}" in sample.read(f"ee/ylde/{path}")
        assert "2027-03-04" not in sample.read(f"lv/vieta/{path}")
