"""The doors of the repository's places, in Chromium: what a reader needs to find a place among 192."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from campaign.portal.door_pages import Doors

from ..chromium import serve
from ..project import ROOT
from ..repository import checked

HEAVIEST = 10_000  # bytes after gzip -9, with everything
FOUND = 0.98  # of the spellings of a country, with the right place first
TYPE = """words => words.map(function (word) {
  var field = document.getElementById('place');
  field.value = word;
  field.dispatchEvent(new Event('input'));
  return [].map.call(document.querySelectorAll('#filter a'), function (a) { return a.getAttribute('href'); });
})"""


@pytest.fixture(scope="module")
def project():
    return checked().project


@pytest.fixture(scope="module")
def doors(project, tmp_path_factory) -> Path:
    """The doors alone, without the copies: they are made without MkDocs."""
    folder = tmp_path_factory.mktemp("doors")
    made = Doors(project, project.places.municipalities.keys())
    pages = made.main([*project.places.countries])
    for code in project.places.countries:
        pages |= made.country(code)
    for path, data in pages.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def address(doors):
    with serve(doors) as address:
        yield address


def names(doors: Path) -> list[str]:
    return sorted(path.relative_to(doors).as_posix() for path in doors.rglob("*.html"))


def test_a_door_weighs_little_with_everything_inside(doors):
    sizes = {name: len(gzip.compress((doors / name).read_bytes(), 9, mtime=0)) for name in names(doors)}
    assert len(sizes) > len(list(doors.iterdir()))
    assert {name: size for name, size in sizes.items() if size > HEAVIEST} == {}


@pytest.mark.parametrize("name", ["index.html", "ee/index.ru.html", "lv/index.html"])
def test_a_door_is_one_request_and_its_policy_refuses_nothing_of_its_own(browser, address, name):
    page = browser.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address + name)
    page.wait_for_load_state("networkidle")
    assert asked == [address + name]
    assert said == []
    page.close()


@pytest.mark.parametrize("path", sorted((ROOT / "tests/spellings").glob("*.yml")), ids=lambda path: path.stem)
def test_people_find_their_place_first_as_they_spell_it(page, address, path):
    wanted = {
        str(typed): slug
        for kind in yaml.safe_load(path.read_text("utf-8")).values()
        for typed, slug in kind.items()
    }
    page.goto(f"{address}{path.stem}/index.html")
    found = dict(zip(wanted, page.evaluate(TYPE, [*wanted]), strict=True))
    missed = {
        typed: links[:2]
        for typed, links in found.items()
        if not links or links[0].split("/")[0] != wanted[typed]
    }
    assert len(missed) <= (1 - FOUND) * len(wanted), missed


def test_the_spellings_are_many():
    files = (ROOT / "tests/spellings").glob("*.yml")
    assert (
        sum(len(kind) for file in files for kind in yaml.safe_load(file.read_text("utf-8")).values()) >= 600
    )


def test_another_alphabet_of_the_door_changes_nothing(page, address):
    page.goto(f"{address}ee/index.ru.html")
    assert [links[0] for links in page.evaluate(TYPE, ["Нарва", "narvas", "Kärdla", "Пярну"])] == [
        "narva/ru/index.html", "narva/ru/index.html", "hiiumaa/ru/index.html", "parnu/ru/index.html",
    ]  # fmt: skip


def test_what_is_typed_stays_on_the_page_and_enter_opens_the_first_place(page, address):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}ee/index.html")
    page.get_by_role("searchbox").type("narvas")
    assert asked == [f"{address}ee/index.html"]
    assert page.url == f"{address}ee/index.html"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}ee/narva/index.html")
    assert not [url for url in asked if "narvas" in url]
    page.go_back()
    assert page.get_by_role("searchbox").input_value() == ""
    assert page.locator("#filter li").count() == 0


def test_nothing_found_says_so_and_escape_clears(page, address):
    page.goto(f"{address}ee/index.en.html")
    page.get_by_role("searchbox").type("qqqq")
    page.get_by_text("Nothing found. The numbers below are for the whole country.").wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("searchbox").input_value() == ""


@pytest.mark.parametrize("language", ["et", "ru"])
def test_without_script_every_place_is_three_actions_from_the_main_door(browser, address, project, language):
    page = browser.new_context(java_script_enabled=False).new_page()
    for code, country in project.places.countries.items():
        if language not in country.languages:
            continue
        page.goto(f"{address}index.{language}.html")
        page.locator(f'.countries a[href^="{code}/"]').click()  # one
        assert not page.locator("#filter").is_visible()
        for inside in ("#all details", "#all ~ details"):
            reached = 0
            for group in page.locator(inside).all():
                group.locator("summary").click()  # two
                reached += group.locator("a").filter(visible=True).count()  # three
            expected = len([*project.places.of(code)])
            assert reached == expected or (not country.record.counties and reached == 0 and "~" in inside)
    page.context.close()


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        *(
            (name, "light")
            for name in ("index.ru.html", "ee/index.ru.html", "lt/index.html", "ru/index.html")
        ),
        ("index.ru.html", "dark"),
        ("ru/index.html", "dark"),
    ],
)
def test_a_door_fits_a_narrow_phone_and_axe_finds_nothing(browser, address, name, scheme):
    page = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme).new_page()
    page.goto(address + name)
    page.evaluate("[].forEach.call(document.querySelectorAll('details'), function (d) { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.evaluate(
        "[].filter.call(document.querySelectorAll('main a, summary'), function (a) {"
        " var box = a.getBoundingClientRect(); return box.width < 24 || box.height < 24; }).length"
    )
    assert small == 0
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
    page.context.close()


def test_the_exit_of_a_door_leads_to_the_country_s_quiet_page(page, address, project):
    leads = {}
    page.route("https://**", lambda route: route.fulfill(body="quiet"))
    for code, country in project.places.countries.items():
        page.goto(f"{address}{code}/index.html")
        page.locator("a.exit").click()
        page.wait_for_url("https://**")
        leads[code] = page.url == next(iter(country.record.exits.values()))
    assert all(leads.values()), leads
