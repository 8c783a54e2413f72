"""What ``campaign check`` says of pages: parity between languages, plainness, the glossary."""

from campaign.today import day_in, now

from ..project import tree

LONG = " ".join(["sõna"] * 29) + "."


def test_a_page_that_differs_from_the_others_is_an_error_with_both_places(sample):
    sample.edit("docs/ru/help.md", "## Here {#here}", "## Here {#there}")
    assert sample.problems() == [
        "docs/ru/help.md:23: found 'heading {#there}', allowed 'heading {#here}' as in docs/et/help.md:23"
    ]
    sample.edit("docs/ru/help.md", "## Here {#there}\n", "")
    assert sample.problems() == [
        "docs/ru/help.md:21: found no 'heading {#here}' after this line, allowed it as in docs/et/help.md:23"
    ]


def test_another_link_or_one_too_many_is_an_error(sample):
    sample.edit("docs/lv/index.md", "(help.md)", "(help.md#here)")
    sample.edit("docs/ru/index.md", "[Help](help.md)", "[Help](help.md) [Again](help.md)")
    assert sample.problems() == [
        "docs/lv/index.md:9: found 'link to help.md#here', allowed 'link to help.md' as in docs/et/index.md:9",
        "docs/ru/index.md:9: found 'link to help.md', which is missing in et, lv, allowed the same as in docs/et/index.md",
    ]


def test_a_long_sentence_and_a_long_average_are_errors(sample):
    sample.edit("docs/et/help.md", "Estonian law.", LONG)
    assert sample.problems() == ["docs/et/help.md:11: found a sentence of 29 words, allowed at most 28"]
    middle = (" ".join(["sõna"] * 20) + ". ") * 15
    sample.edit("docs/et/help.md", LONG, middle)
    assert sample.problems() == [
        "docs/et/help.md:4: found 16.1 words a sentence on average, allowed at most 15"
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
    assert sample.problems() == ["docs/et/help.md:11: found 'Abitelefon', allowed 'nõuandeliin'"]


def test_wrong_front_matter_is_an_error_with_its_line(sample):
    sample.edit("docs/et/help.md", "title: et help", "titel: et help")
    sample.edit("docs/lv/help.md", "title: lv help", "title: <b>lv</b>")
    sample.write("docs/ru/help.md", "# Help\n")
    assert sample.problems() == [
        "docs/et/help.md:2: titel: found the key 'titel', allowed title, sources, countries, allowed",
        "docs/et/help.md:2: title: found nothing, allowed a value, which is required",
        "docs/lv/help.md:2: title: found '<b>lv</b>', allowed plain text on one line, without markup, braces or links",
        "docs/ru/help.md:1: found no front matter, allowed --- title: … --- at the top",
    ]


def test_a_missing_page_is_a_warning_and_counted(sample):
    (sample.root / "docs/ru/professionals/index.md").unlink()
    done = sample.campaign("check")
    assert done.returncode == 0
    assert (
        "warning: docs/ru/professionals/index.md is missing; another language's text is shown\n"
        in done.stdout
    )
    assert sample.build("ee/ylde").endswith(", 1 page is missing.\n")
    (sample.root / "docs/ru/about/site.md").unlink()
    assert sample.build("ee/ylde").endswith(", 2 pages are missing.\n")


def test_a_language_that_is_only_begun_needs_its_first_three_pages(sample):
    sample.edit("municipalities/ee/_country.yml", "time_zone", "starts:\n  - uk\ntime_zone")
    for path in ("index.md", "help.md"):
        text = (sample.root / "docs/et" / path).read_bytes()
        sample.write(f"docs/uk/{path}", text)
    assert sample.problems() == [
        "municipalities/ee/_country.yml:7: starts[0]: found uk without docs/uk/safety.md, "
        "allowed a language that has them"
    ]
    sample.write("docs/uk/safety.md", (sample.root / "docs/et/safety.md").read_bytes())
    sample.build("ee")
    assert '<div lang="et">' in sample.read("ee/ylde/uk/professionals/index.html")


def test_a_release_refuses_contacts_that_nobody_confirmed_and_missing_pages(sample):
    sample.approve()
    sample.build()
    before = tree(sample.root / "sites")
    for command, outcome in (("check", "3 problems."), ("build", "3 problems. Nothing was written.")):
        done = sample.campaign(command, "--release")
        assert done.returncode == 1
        assert done.stderr.splitlines() == [
            "municipalities/ee/_country.yml:19: ee-child: found no confirmation, allowed a contact that somebody rang",
            "municipalities/ee/ylde.yml:5: ee-ylde-social: found no confirmation, allowed a contact that somebody rang",
            "municipalities/lv/_country.yml:19: lv-child: found no confirmation, allowed a contact that somebody rang",
            outcome,
        ]
    assert tree(sample.root / "sites") == before
    today, year_ago = day_in("Europe/Tallinn", now()), "2020-02-01"
    for name, day in (("ee-child", today), ("ee-ylde-social", year_ago), ("lv-child", today)):
        sample.confirm(name, day)
    (sample.root / "docs/ru/about/site.md").unlink()
    done = sample.campaign("check", "--release")
    assert done.stderr.splitlines() == [
        "docs/ru/about/site.md: found no page, allowed one in every language that offers it",
        "municipalities/ee/ylde.yml:5: ee-ylde-social: found a confirmation that held until 2021-01-31, "
        "allowed one that holds today",
        "2 problems.",
    ]
    sample.build()
    assert "1. veebruar 2020" in sample.read("ee/ylde/help.html")
    assert 'data-until="2021-01-31"' in sample.read("ee/ylde/help.html")
