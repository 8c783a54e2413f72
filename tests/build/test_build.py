"""Real builds of a small project: what a copy holds, and that it equals MkDocs' own build."""

import gzip
import json
import re

import brotli
import pytest

from ..project import OTHER, tree

BUILT = ("ee/ylde", "ee/teine", "lv/vieta")


def test_a_copy_equals_a_direct_build(sample, tmp_path):
    sample.site("ee/teine", "https://teine.example.org/abi/")
    sample.build()
    for place in BUILT:
        sample.mkdocs(place, tmp_path / place)
        assert tree(tmp_path / place) == tree(sample.root / "sites" / place)
    # The hash of the inputs among them, though the direct build read its base from the finished folder.
    hashes = {json.loads(sample.read(f"{place}/campaign.json"))["inputs"] for place in BUILT}
    assert len(hashes) == 3


def test_the_place_decides_the_number_and_the_language_the_words(sample):
    sample.build()
    estonian = sample.read("ee/ylde/ru/help.html")
    assert "Estonian law" in estonian
    assert "Latvian law" not in estonian
    assert 'href="tel:+3727361300"' in estonian
    assert '<h3>Детский телефон доверия: <span lang="et">Child line ee</span></h3>' in estonian
    assert "Child line lv" not in estonian
    latvian = sample.read("lv/vieta/ru/help.html")
    assert "Latvian law" in latvian
    assert "+372" not in latvian
    assert '<html lang="lv">' in sample.read("lv/vieta/index.html")


def test_no_slot_is_left_and_no_contact_of_another_place_appears(sample):
    sample.build()
    for path, content in tree(sample.root / "sites").items():
        text = content.decode()
        assert not re.search(r"⟦|⟧|<!--|\{\{|\{%", text), path
        assert (re.search("736.?1300", text) is not None) <= path.startswith("ee/ylde/"), path


def test_a_stand_in_is_shown_where_a_place_has_nobody_for_a_role(sample):
    sample.build()
    own = sample.read("ee/ylde/help.html")
    assert "Ülde sotsiaaltöö" in own.split('id="here"')[0]  # social services stand in for a shelter
    other = sample.read("ee/teine/help.html")
    assert "Emergency ee" in other.split('id="here"')[0]  # and 112 at the end of the chain
    assert other.count('<li class="card">') == 3


def test_a_places_own_contact_comes_before_its_countrys_and_does_not_replace_it(sample):
    sample.edit("municipalities/ee/ylde.yml", "- social-services", "- child-protection")
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "contacts: child-helpline", "contacts: child-protection")
    sample.build("ee")
    own, other = (sample.read(f"ee/{slug}/help.html") for slug in ("ylde", "teine"))
    assert own.index("Ülde sotsiaaltöö") < own.index("Child line ee")
    assert "Child line ee" in other and "Ülde sotsiaaltöö" not in other


def test_only_professionals_see_email_and_street_addresses(sample):
    sample.build()
    assert "sotsiaal@example.ee" not in sample.read("ee/ylde/help.html")
    assert "Raekoja plats 3" not in sample.read("ee/ylde/help.html")
    assert "sotsiaal@example.ee" in sample.read("ee/ylde/professionals/index.html")
    assert "Raekoja plats 3" in sample.read("ee/ylde/professionals/index.html")


def test_a_number_in_a_sentence_names_who_stands_in(sample):
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "phone: emergency", "phone: trafficking-helpline")
    sample.build("ee")
    assert (
        'Call <a class="tel" href="tel:112">112</a> (<span lang="et">Emergency ee</span>) now.'
        in sample.read("ee/ylde/ru/help.html")
    )


def test_pages_without_own_slots_differ_between_copies_only_in_the_name_of_the_place(sample):
    sample.build()
    own, other = (sample.read(f"ee/{slug}/safety.html") for slug in ("ylde", "teine"))
    assert own.count("Ülde vald") == other.count("Teine vald") == 2  # at the top and in the footer
    assert own.replace("Ülde vald", "Teine vald") == other
    assert sample.read("ee/ylde/help.html") != sample.read("ee/teine/help.html")


def test_a_site_url_brings_addresses_and_without_one_there_are_none(sample):
    url = "https://ylde.example.org/abi/"
    sample.site("ee/ylde", url)
    sample.build()
    head = sample.read("ee/ylde/ru/help.html")
    assert f'<link rel="canonical" href="{url}ru/help.html">' in head
    assert f'<link rel="alternate" hreflang="et" href="{url}help.html">' in head
    assert f'<link rel="alternate" hreflang="x-default" href="{url}help.html">' in head
    assert f"<loc>{url}ru/help.html</loc>" in sample.read("ee/ylde/sitemap.xml")
    assert not (sample.root / "sites/ee/teine/sitemap.xml").exists()
    assert 'rel="canonical"' not in sample.read("ee/teine/ru/help.html")


def test_a_missing_page_is_in_the_first_language_of_the_fallbacks_that_has_it(sample):
    sample.edit("municipalities/ee/_country.yml", "  - ru\n", "  - ru\n  - lv\n")
    sample.edit("i18n/lv.yml", "falls-back-to: en ru\n", "falls-back-to: en ru et\n")
    front, slot = "countries:\n  - ee\n---\n\n", "<!-- contacts: child-helpline -->\n"
    for code in ("et", "ru"):
        text = f"---\ntitle: More {code}\n{front}# More {code}\n\n[Help](help.md)\n\n{slot}"
        sample.write(f"docs/{code}/more.md", text)
    sample.edit("mkdocs.yml", "  - help.md", "  - help.md\n  - more.md")
    sample.build("ee/ylde")
    page = sample.read("ee/ylde/lv/more.html")
    assert '<html lang="lv">' in page
    assert '<div lang="ru"><h1 id="more-ru">More ru</h1><p><a href="help.html">Help</a></p>' in page
    assert sample.read("ee/ylde/lv/help.html").count('href="more.html" hreflang="ru"') == 1
    sample.mkdocs("ee/ylde", sample.root / "direct")
    assert tree(sample.root / "direct") == tree(sample.root / "sites/ee/ylde")
    sample.edit("i18n/lv.yml", "falls-back-to: en ru et\n", "falls-back-to: eng ru\n")
    expected = "expected languages of i18n/, the first that has the page: ar, en, et, lt, lv, ru, uk, uz, found 'eng'"
    assert sample.problems() == [f"i18n/lv.yml:3: falls-back-to: {expected}"]


def test_a_page_missing_in_a_language_falls_back_and_says_so(sample):
    sample.site("ee/ylde", "https://ylde.example.org/")
    for code in ("et", "lv"):
        sample.write(
            f"docs/{code}/more.md", "---\ntitle: More\n---\n\n# More\n\n<!-- contacts: child-helpline -->\n"
        )
    sample.edit("mkdocs.yml", "  - help.md", "  - help.md\n  - more.md")
    sample.build("ee")
    page = sample.read("ee/ylde/ru/more.html")
    assert '<html lang="ru">' in page
    assert '<div lang="et">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in page
    assert 'class="notice"' in page
    assert 'hreflang="et" lang="et">' in page.split('class="notice"')[1]
    assert "E-posti" not in page
    assert "ru/more.html" not in sample.read("ee/ylde/sitemap.xml")
    assert 'hreflang="ru"' not in sample.read("ee/ylde/more.html").split("</head>")[0]
    assert '<div class="contacts" lang="ru">' in page
    cards = page.split('class="cards"')[1].split("</ul>")[0]
    assert "круглосуточно" in cards.lower() or "сутки" in cards.lower()


def test_a_page_for_one_country_is_not_in_the_copies_of_others(sample):
    for code in ("et", "lv", "ru"):
        sample.write(
            f"docs/{code}/law.md",
            "---\ntitle: L\ncountries:\n  - ee\n---\n\n# Law\n\n<!-- contacts: own -->\n",
        )
    sample.edit("mkdocs.yml", "  - help.md", "  - help.md\n  - law.md")
    sample.build()
    assert (sample.root / "sites/ee/ylde/law.html").exists()
    assert not (sample.root / "sites/lv/vieta/law.html").exists()
    assert "law.html" in sample.read("ee/ylde/index.html")
    assert "law.html" not in sample.read("lv/vieta/index.html")
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/index.md", "[Help](help.md)", "[Law](law.md)")
    done = sample.campaign("build")
    assert done.returncode == 1
    assert (
        "docs/ru/index.md:9: expected a page for the same countries, or the link between <!-- only: COUNTRY --> "
        "and <!-- end -->, found the link 'law.md' to a page that lv does not have\n" in done.stderr
    )


def test_a_failed_build_leaves_the_old_sites_alone(sample):
    sample.build()
    before = tree(sample.root / "sites")
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/index.md", "help.md", "nowhere.md")
    done = sample.campaign("build")
    assert done.returncode == 1
    assert (
        "docs/lv/index.md:9: expected a page that exists, found the link 'nowhere.md', which leads nowhere\n"
        in done.stderr
    )
    assert tree(sample.root / "sites") == before


def test_a_build_makes_only_the_places_that_it_names(sample):
    assert sample.build("ee/teine").startswith("1 site in ")
    sites = sample.root / "sites"
    doors = ["index.html", "index.lv.html", "index.ru.html"]
    assert sorted(path.name for path in sites.iterdir()) == ["ee", *doors]
    assert sorted(path.name for path in (sites / "ee").iterdir()) == ["index.html", "index.ru.html", "teine"]
    assert sample.build("ee", "lv").startswith("3 sites in ")
    assert "4 contacts are unconfirmed" not in sample.build("lv")


def test_a_further_language_is_a_folder_a_file_of_words_and_one_entry(sample):
    sample.write("i18n/fi.yml", (sample.root / "i18n/en.yml").read_bytes().replace(b"English", b"Suomi", 1))
    for path in (sample.root / "docs/et").rglob("*.md"):
        name = path.relative_to(sample.root / "docs/et").as_posix()
        sample.write(f"docs/fi/{name}", path.read_bytes().replace(b"et ", b"fi "))
    sample.edit("municipalities/ee/_country.yml", "  - ru\n", "  - ru\n  - fi\n")
    sample.build("ee")
    assert '<html lang="fi">' in sample.read("ee/ylde/fi/help.html")
    assert 'help.html" lang="fi"' in sample.read("ee/ylde/ru/help.html")


def test_markup_from_a_municipality_never_reaches_a_page(sample):
    sample.edit("municipalities/ee/ylde.yml", "Raekoja plats 3", "A & B \"C\" 'D'")
    sample.build("ee/ylde")
    page = sample.read("ee/ylde/professionals/index.html")
    assert "A &amp; B &#34;C&#34; &#39;D&#39;" in page


def test_off_a_terminal_there_is_no_bar_and_no_colour(sample):
    done = sample.campaign("build")
    assert done.stderr == ""
    assert re.fullmatch(
        r"3 sites in \d+\.\d s in \S+/sites: 3 built, 0 unchanged, 0 removed; "
        r"3 of 5 contacts are unconfirmed, 0 expired, the texts of 3 municipalities are not approved\.\n"
        r"1 of 3 municipalities have a number of their own that readers see\.\n",
        done.stdout,
    )


@pytest.mark.parametrize("command", [[], ["build"], ["check"]])
def test_every_command_has_help_in_sentences(sample, command):
    done = sample.campaign(*command, "--help")
    assert done.returncode == 0
    assert ". " in done.stdout or ".\n" in done.stdout


def test_a_place_can_be_removed_and_added_again(sample):
    sample.build()
    (sample.root / "municipalities/ee/teine.yml").unlink()
    sample.build("ee")
    sample.write("municipalities/ee/teine.yml", OTHER)
    sample.build("ee/teine")
    assert "Teine vald" in sample.read("ee/teine/index.html")


def test_precompressed_files_lie_beside_the_plain_ones_and_hold_the_same(sample):
    sample.build("--precompress")
    folder = sample.root / "sites/ee/ylde"
    plain = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".gz", ".br")]
    assert len(plain) > 10
    for path in plain:
        assert gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) == path.read_bytes()
        assert brotli.decompress(path.with_name(path.name + ".br").read_bytes()) == path.read_bytes()
    sample.build()
    assert not (folder / "help.html.gz").exists()
