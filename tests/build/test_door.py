"""The doors: each build leaves pages at the top that lead to the copies that are there, and to no others."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from ..project import Sample, counts, tree

DOOR = """\
tiles:
  ylde: 1 1
  teine: 2 1
names:
  ylde: Vana Ülde, Юльде
"""


@pytest.fixture
def sample(sample: Sample) -> Sample:
    sample.write("municipalities/ee/_door.yml", DOOR)
    return sample


def links(sample: Sample, door: str) -> set[str]:
    """What a door links to, without its exit, its languages and the ends of its own page."""
    found = re.findall(r'href="([^"#]+)"', sample.read(door))
    return {link for link in found if not link.startswith(("http", "tel:", "data:")) and ".." not in link}


def doors(sample: Sample) -> list[str]:
    sites = sample.root / "sites"
    return sorted(path.relative_to(sites).as_posix() for path in sites.glob("index*")) + sorted(
        path.relative_to(sites).as_posix() for path in sites.glob("*/index*")
    )


def test_each_country_has_a_door_in_each_of_its_languages_and_a_main_door_leads_to_them(sample):
    sample.build()
    assert doors(sample) == [
        "index.html", "index.lv.html", "index.ru.html",
        "ee/index.html", "ee/index.ru.html", "lv/index.html", "lv/index.ru.html",
    ]  # fmt: skip
    assert links(sample, "index.ru.html") >= {"ee/index.ru.html", "lv/index.ru.html"}
    assert links(sample, "index.lv.html") >= {"ee/index.html", "lv/index.html"}
    assert links(sample, "ee/index.html") == {"ylde/index.html", "teine/index.html", "index.ru.html"}
    assert links(sample, "ee/index.ru.html") == {"ylde/ru/index.html", "teine/ru/index.html", "index.html"}
    for door in doors(sample):
        folder = (sample.root / "sites" / door).parent
        for link in re.findall(r'href="([^"#:]+)"', sample.read(door)):
            assert (folder / link).is_file(), (door, link)


def test_the_map_has_one_square_for_each_place_of_the_file_and_names_lead_the_filter(sample):
    sample.build("ee")
    door = sample.read("ee/index.html")
    rows = door.partition('<div class="map">')[2].partition("</div>")[0].split("\n")
    assert [re.findall(r'href="(\w+)/|<(i)>', row) for row in rows if row] == [[("ylde", ""), ("teine", "")]]
    assert 'data-also="Vana Ülde,Юльде" href="ylde/index.html"' in door


def test_the_lines_of_the_country_are_on_its_door_with_source_and_state(sample):
    sample.build("ee")
    door = sample.read("ee/index.html")
    card = door.partition('<ul class="cards"')[2]
    assert 'href="tel:116111"' in card
    assert "Child line ee" in card
    assert "example.org (juuni 2023), veel kinnitamata." in card
    assert 'href="tel:112"' in door.partition("</header>")[0]


def test_a_build_of_one_place_adds_it_and_removes_no_other(sample):
    sample.build("ee/ylde")
    assert links(sample, "ee/index.html") == {"ylde/index.html", "index.ru.html"}
    assert not (sample.root / "sites/lv").exists()
    assert "lv/index.html" not in links(sample, "index.html")
    sample.build("ee/teine")
    assert links(sample, "ee/index.html") == {"ylde/index.html", "teine/index.html", "index.ru.html"}
    sample.build("lv")
    assert "ee/index.html" in links(sample, "index.html")
    assert "lv/index.html" in links(sample, "index.html")


def test_a_removed_place_leaves_its_door_and_a_place_with_an_address_needs_no_copy(sample):
    sample.build()
    (sample.root / "municipalities/ee/teine.yml").unlink()
    sample.edit("municipalities/ee/_door.yml", "  teine: 2 1\n", "")
    sample.build()
    assert links(sample, "ee/index.html") == {"ylde/index.html", "index.ru.html"}
    sample.site("lv/vieta", "https://help.example.lv/vieta/")
    sample.build("lv")
    assert 'href="https://help.example.lv/vieta/"' in sample.read("lv/index.html")
    assert 'href="https://help.example.lv/vieta/ru/"' in sample.read("lv/index.ru.html")


def test_a_place_whose_file_is_wrong_stays_on_the_door_as_long_as_its_copy_is_there(sample):
    sample.build()
    sample.edit("municipalities/ee/teine.yml", "iso_3166_2", "iso")
    sample.campaign("build")
    assert "teine/index.html" in links(sample, "ee/index.html")
    assert ">Teine</a>" in sample.read("ee/index.html")


def test_every_shard_writes_the_same_door_to_all_places(sample):
    sample.build("--shard", "1/2", "--out", str(sample.root / "one"))
    sample.build("--shard", "2/2", "--out", str(sample.root / "two"))
    one, two = (tree(sample.root / name) for name in ("one", "two"))
    made = {path for path in one if re.fullmatch(r"(?:\w\w/)?index[.a-z]*html", path)}
    assert "index.html" in made
    for path in made & two.keys():
        assert one[path] == two[path]
    door = next(data for path, data in {**one, **two}.items() if path == "ee/index.html")
    assert b"ylde/index.html" in door
    assert b"teine/index.html" in door


def test_the_door_of_a_language_that_is_no_longer_offered_goes(sample):
    sample.build("lv", "--precompress")
    sample.edit("municipalities/lv/_country.yml", "  - ru\n", "  - et\n")
    sample.write("sites/lv/index.own.html", "<h1>A page of the host</h1>")
    sample.build("lv")
    assert sorted(path.name for path in (sample.root / "sites/lv").glob("index*")) == [
        "index.et.html", "index.html", "index.own.html",
    ]  # fmt: skip


@pytest.mark.parametrize("change", ["edited", "deleted"])
def test_a_changed_door_is_found_and_written_again(sample, change):
    sample.build()
    door = sample.root / "sites/ee/index.html"
    before = door.read_bytes()
    if change == "edited":
        door.write_bytes(before.replace(b"112", b"113"))
    else:
        door.unlink()
    assert counts(sample.build()) == (3, 0, 3, 0)
    assert door.read_bytes() == before


def test_an_unchanged_door_is_not_written_again_and_a_changed_name_is(sample):
    sample.build()
    door = sample.root / "sites/ee/index.html"
    written = door.stat().st_mtime_ns
    sample.edit("docs/lv/help.md", "Latvian law.", "Latvian rule.")
    sample.build()
    assert door.stat().st_mtime_ns == written
    sample.edit("municipalities/ee/teine.yml", "Teine", "Kolmas")
    sample.build()
    assert "Kolmas" in sample.read("ee/index.html")


def test_compressed_doors_are_those_of_the_door_or_gone(sample):
    sample.build("--precompress")
    door = sample.root / "sites/ee/index.html"
    assert gzip.decompress(Path(f"{door}.gz").read_bytes()) == door.read_bytes()
    assert Path(f"{door}.br").is_file()
    sample.build()
    assert not Path(f"{door}.gz").exists()
    assert not Path(f"{door}.br").exists()


def test_a_page_of_the_host_is_not_replaced(sample):
    (sample.root / "sites").mkdir()
    page = sample.root / "sites/index.html"
    page.write_text("<h1>Our own page</h1>")
    done = sample.campaign("build")
    assert done.returncode == 1
    assert "sites/index.html: expected a door or nothing" in done.stderr
    assert page.read_text() == "<h1>Our own page</h1>"
    assert not (sample.root / "sites/ee").exists()


def test_every_fault_of_a_door_file_is_named(sample):
    sample.write(
        "municipalities/ee/_door.yml",
        "tiles:\n  ylde: 1 1\n  teine: 1 1\n  uld: 2 2\nnames:\n  kaugel: Kaugel\n",
    )
    assert sample.problems() == [
        "municipalities/ee/_door.yml:3: tiles.teine: expected a square of its own, found the square of ylde",
        "municipalities/ee/_door.yml:4: tiles.uld: expected the name of a municipality's file, without .yml, found 'uld'",
        "municipalities/ee/_door.yml:6: names.kaugel: expected the name of a municipality's file, without .yml, found 'kaugel'",
    ]
    sample.write("municipalities/ee/_door.yml", "tiles:\n  ylde: 0 1\n")
    assert "expected a column and a row from 1 to 30, such as 4 2" in sample.problems()[0]
