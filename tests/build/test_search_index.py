"""The index of the search: whose text it holds, whom it names, and what an editor may write for it."""

from __future__ import annotations

import json
import re

import pytest

from campaign.copies.contact_search import contacts_script
from campaign.model.roles import Role
from campaign.pages.search_synonyms_and_endings import fold
from campaign.site.search_index import Entry, Section

from ..project import ROOT


def read_index(script: str) -> dict:
    """What the browser reads out of ``assets/search/LANG.js``."""
    found = re.fullmatch(r"window\.searchIndex = \{swap: (\[.*?\]), text: '(.*)'\};\n", script, re.S)
    cyrillic, latin = json.loads(found[1])
    text = found[2].replace("\\'", "'").replace("\\\\", "\\")
    return json.loads(text.translate(str.maketrans(cyrillic + latin, latin + cyrillic)))


def test_an_index_holds_its_countrys_text_without_slots_and_its_own_language_alone(sample):
    sample.edit("municipalities/ee/_country.yml", "time_zone", "starts:\n  - uk\ntime_zone")
    for path in ("index.md", "help.md", "safety.md"):
        text = (sample.root / "docs/et" / path).read_text("utf-8")
        sample.write(f"docs/uk/{path}", text.replace("et ", "uk ").encode())
    sample.edit("docs/et/help.md", "# Help", "# 'Abi' \\\\ \"abi\"")
    sample.build("ee/ylde")
    index = read_index(sample.read("ee/ylde/assets/search/et.js"))
    assert [page[:3] for page in index["pages"]] == [
        ["help.html", "et help", "everyone"],
        ["index.html", "et start", "everyone"],
        ["safety.html", "et safety.md", "everyone"],
        ["about/site.html", "et about/site.md", "about"],
        ["professionals/index.html", "et work", "professionals"],
    ]
    (opening, here) = index["pages"][0][4]
    assert opening == ["abi-abi", "'Abi' \\ \"abi\"", "Call … now.\nEstonian law."]
    assert here == ["here", "Here", ""]
    others = read_index(sample.read("ee/ylde/assets/search/uk.js"))
    assert [page[0] for page in others["pages"]] == ["help.html", "index.html", "safety.html"]


def test_of_a_long_section_an_index_holds_two_sentences_and_the_stems_of_the_others(sample):
    sample.edit("docs/et/help.md", "Estonian law.", "Estonian law. Third passport and third law.\n\n- Bread.")
    sample.build("ee/ylde")
    opening = read_index(sample.read("ee/ylde/assets/search/et.js"))["pages"][0][4][0]
    assert opening[2:] == ["Call … now.\nEstonian law.", "third passport bread"]


def test_an_index_keeps_the_text_of_readers_pages_and_the_stems_of_the_others():
    html = '<h1 id="a">Töö</h1><p>Esimene <b>lause</b>.</p><ul><li>☐ Teine</li></ul><h2 id="b">Edasi</h2>'
    assert Entry.of("x.html", "T", html).sections == (
        Section("a", "Töö", ("Esimene lause.", "Teine")),
        Section("b", "Edasi", ()),
    )
    assert fold("Õigus Žvejas ёлка п’ять") == "oigus zvejas елка пять"


@pytest.mark.parametrize("name", ["</script>'\"\\u0022\\", "a\u2028b\u2029c", "Ülde ⟦"])
def test_a_name_of_an_untrusted_file_stays_a_name(name):
    script = contacts_script([({"et": name}, Role.SHELTER, "help.html#x")], "et")
    assert "\u2028" not in script and "\u2029" not in script
    value = json.loads(script.removeprefix("window.searchContacts = ").removesuffix(";\n"))
    assert value == {"first": "et", "contacts": [[{"et": name}, "shelter", "help.html#x"]]}


def test_contacts_lead_to_the_first_page_that_shows_their_card(sample):
    sample.edit("municipalities/ee/ylde.yml", "et: Ülde sotsiaaltöö", "et: '\"Ülde\" \\'")
    sample.build("ee")
    script = sample.read("ee/ylde/assets/search/contacts.js")
    value = json.loads(script.removeprefix("window.searchContacts = ").removesuffix(";\n"))
    assert value["contacts"] == [
        [{"et": "Child line ee"}, "child-helpline", "help.html#help"],
        [{"et": '"Ülde" \\'}, "social-services", "help.html#help"],
    ]
    assert "736" not in script
    assert "Raekoja" not in script
    other = sample.read("ee/teine/assets/search/contacts.js")
    assert "Ülde" not in other


def test_what_is_wrong_in_a_lexicon_is_told_with_its_line(sample):
    sample.write(
        "i18n/search/et.yml", "endings: a š\nasked:\n  help.md: appi\n  nowhere.md: kuhu\nother: x\n"
    )
    assert sample.problems() == [
        "i18n/search/et.yml:1: endings: expected 's', without diacritics, found 'š'",
        "i18n/search/et.yml:4: asked: expected a page of docs/et/, found the key 'nowhere.md'",
        "i18n/search/et.yml:5: other: expected endings, grave, asked, found the key 'other'",
    ]
    sample.edit("i18n/search/et.yml", "other: x\n", "")
    sample.edit("i18n/search/et.yml", "  nowhere.md: kuhu\n", "")
    sample.edit("i18n/search/et.yml", "a š", "a s")
    sample.build("ee/ylde")
    index = read_index(sample.read("ee/ylde/assets/search/et.js"))
    assert (index["endings"], index["pages"][0][3]) == ("a s", "appi")


def test_every_language_of_the_interface_has_a_lexicon_and_searches():
    names = {path.stem for path in (ROOT / "i18n").glob("*.yml")}
    assert {path.stem for path in (ROOT / "i18n" / "search").glob("*.yml")} == names
    assert {path.stem for path in (ROOT / "tests" / "searches").glob("*.yml")} == names
