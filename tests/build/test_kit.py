"""The printed kit: what stands on its sheets, what is refused, and what a printer and a screen reader get."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
import yaml
import zxingcpp
from PIL import Image, ImageChops, ImageStat

from campaign.kit import make_kits, typesetter
from campaign.kit.kit_items import ITEMS, TEMPLATES, chosen_items, on_one_sheet, printed_languages
from campaign.kit.printed_numbers import numbers_of
from campaign.kit.referral_wall_sheets import Orders
from campaign.kit.sheet_data import Sheets
from campaign.kit.typesetter import in_json
from campaign.model.contact import Audience
from campaign.model.places import FIRST
from campaign.model.roles import Role
from campaign.pages.language_marks import language_name
from campaign.source.municipalities import read_places

from ..project import ROOT, Sample, small_project, tree
from ..records import COUNTRY, PLACE, read_pages
from ..repository import WORDS

URL = "https://help.example.org/ylde/"
LINES = """\
  - id: ee-line
    roles:
      - trafficking-helpline
    organization:
      et: Nõuandeliin
      ru: Консультационная линия по торговле людьми
    phones:
      - number: "+372 660 7320"
        languages: [et, ru]
    schedule: "24/7"
    source:
      url: https://example.org/line
      date: 2024-05
numbers:
"""
ORDER = "referral:\n  adult:\n    - step: call\n      who: [trafficking-helpline]\n      consent: for-names\n"
SIGNS = """\
---
title: Signs
---

# Märgid {#signs}

Koht: <!-- municipality: name -->

<!-- only: lv -->

Läti seadus.

<!-- end -->

- ☐ **Esimene.** Vaata [siia](../help.md).
- ☐ Teine.

1. Helista <!-- phone: emergency -->.
2. Oota.
"""
SHEETS = [item for item in ITEMS if item.template != "handout" or item.variant == "signs"]


def printable(root: Path) -> Sample:
    """The small project with a line of the country, an order, and a page that is handed out."""
    sample = small_project(root)
    sample.edit(COUNTRY, "numbers:\n", LINES)
    sample.edit(COUNTRY, "contacts:\n", ORDER + "contacts:\n")
    for code in ("et", "lv", "ru"):
        sample.write(f"docs/{code}/professionals/signs.md", SIGNS)
    sample.edit(
        "mkdocs.yml", "- professionals/index.md", "- professionals/index.md\n  - professionals/signs.md"
    )
    return sample


def confirmed(sample: Sample) -> Sample:
    """Everything that stands on the sheets of ee/ylde is confirmed; the child line is on none of them."""
    for name in ("ee-line", "ee-ylde-social"):
        sample.confirm(name, date.today())
    sample.approve()
    return sample


@pytest.fixture
def project(tmp_path: Path) -> Sample:
    return printable(tmp_path / "project")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit of ee/ylde, confirmed, with an address."""
    sample = confirmed(printable(tmp_path_factory.mktemp("kit") / "project"))
    sample.site("ee/ylde", URL)
    return made(sample, "ee/ylde")


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(printable(tmp_path_factory.mktemp("kit") / "project"), "ee/ylde", "--draft")


def made(sample: Sample, place: str, *options: str) -> Path:
    done = sample.campaign("kit", place, *options)
    assert done.returncode == 0, done.stderr
    return sample.root / "kits" / place


def listed(kit: Path) -> list[dict[str, Any]]:
    return json.loads((kit / "kit.json").read_text("utf-8"))["files"]


def pdfs(kit: Path) -> list[Path]:
    return [kit / entry["file"] for entry in listed(kit) if entry["format"] == "PDF"]


def text(pdf: Path, *options: str) -> str:
    run = ["pdftotext", "-raw", *options, pdf, "-"]
    found = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    for mark, seen in (("\N{NO-BREAK SPACE}", " "), ("\N{ZERO WIDTH SPACE}", ""), ("\N{WORD JOINER}", "")):
        found = found.replace(mark, seen)
    return " ".join(found.split())


def test_a_kit_has_every_item_in_every_language_and_lists_it(finished):
    entries = listed(finished)
    expected = {item.file(code) for item in SHEETS for code in ("et", "ru")}
    assert {entry["file"] for entry in entries} == expected
    assert {path.name for path in finished.iterdir()} == expected | {"kit.json", "kit.zip"}
    assert all((finished / entry["file"]).stat().st_size == entry["bytes"] for entry in entries)
    with zipfile.ZipFile(finished / "kit.zip") as archive:
        assert set(archive.namelist()) == {f"ee-ylde/{name}" for name in expected | {"kit.json"}}
        assert archive.testzip() is None


def test_a_number_that_nobody_has_confirmed_is_refused_with_whom_to_ring_and_nothing_is_written(project):
    done = project.campaign("kit", "ee/ylde")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{COUNTRY}:36: ee-line: expected a contact that somebody has confirmed, found no confirmation",
        f"{PLACE}: expected texts that campaign approve ee/ylde has approved, found texts that nobody has approved as they are",
        f"{PLACE}:5: ee-ylde-social: expected a contact that somebody has confirmed, found no confirmation",
        "3 problems. Nothing was written.",
    ]
    assert not (project.root / "kits").exists()


def test_a_place_without_contacts_waits_for_the_countrys_line_alone(project):
    done = project.campaign("kit", "ee/teine", "--items", "cards")
    assert [line.split(": ")[1] for line in done.stderr.splitlines()[:-1]] == ["ee-line"]
    project.confirm("ee-line", date.today())
    kit = made(project, "ee/teine", "--items", "cards", "--languages", "ru")
    assert [path.name for path in sorted(kit.iterdir())] == [
        "cards-quiet-ru.pdf", "cards-ru.pdf", "kit.json", "kit.zip",
    ]  # fmt: skip
    assert "Teine" not in text(kit / "cards-ru.pdf")  # nothing on it is the place's own


REGIONAL = """\
  - id: ee-region-{slug}
    roles:
      - victim-support
    service_area: [{slug}]
    organization:
      et: Abi {slug}
    phones:
      - number: "{number}"
    source:
      url: https://secret.example.net/{slug}
      date: undated
      publisher: Amet {slug}
      withheld: true
"""


def sheet(sample: Sample, place: str, item: str) -> str:
    """The JSON of a sheet in Estonian."""
    municipality = read_places(sample.root, WORDS, date.today()).municipalities[place]
    pages, orders = read_pages(sample.root), Orders(ROOT, WORDS, "et")
    (found,) = chosen_items([item])
    return in_json(Sheets(municipality, WORDS, pages, orders, draft=True).data(found, "et")).decode()


def test_the_sheets_have_the_numbers_of_the_help_page_own_then_regional_then_national(project):
    numbers = {"ylde": "+372 605 4861", "teine": "+372 605 4862"}
    regional = "".join(REGIONAL.format(slug=slug, number=number) for slug, number in numbers.items())
    project.edit(COUNTRY, "contacts:\n", "contacts:\n" + regional)
    poster = {slug: sheet(project, f"ee/{slug}", "poster-a4") for slug in numbers}
    assert "ee-ylde-social.phones" in poster["ylde"] and "ee-region" not in poster["ylde"]
    assert "ee-region-teine.phones" in poster["teine"] and "Teine vald" in poster["teine"]
    project.edit(PLACE, "    email:", "    show: readers-once-confirmed\n    email:")
    assert "ee-region-ylde.phones" in sheet(project, "ee/ylde", "poster-a4")


@pytest.mark.parametrize("item", ["handout-signs", "order-adult-a4", "stickers-quiet", "share-1"])
def test_a_sheet_without_anything_of_the_places_own_is_the_same_in_every_place(project, item):
    assert sheet(project, "ee/ylde", item) == sheet(project, "ee/teine", item)
    assert sheet(project, "ee/ylde", "poster-a4") != sheet(project, "ee/teine", "poster-a4")


def test_a_sheet_that_shows_the_address_is_the_places_own(project):
    project.site("ee/ylde", URL)
    for item, own in (
        ("poster-a4", True),
        ("share-1", True),
        ("handout-signs", False),
        ("order-adult-a4", False),
    ):
        assert ("help.example.org" in sheet(project, "ee/ylde", item)) == own, item


def test_each_number_of_a_kit_is_one_that_readers_of_the_place_see_first():
    for place in read_places(ROOT, WORDS, date.today()).municipalities.values():
        first = {contact.id for contact in place.shown(Audience.EVERYONE, [FIRST])}
        kinds = {number.contact.id: number.kind for number in numbers_of(place)}
        assert kinds.keys() <= first | {place.country.phone(Role.EMERGENCY)[0].id}, place
        assert {name for name, kind in kinds.items() if kind == "own"} == first & place.local, place


def test_no_sheet_names_the_address_of_a_withheld_source(project):
    regional = REGIONAL.format(slug="ylde", number="+372 605 4861")
    project.edit(COUNTRY, "contacts:\n", "contacts:\n" + regional)
    project.edit(COUNTRY, "who: [trafficking-helpline]", "who: [victim-support]")
    project.edit(PLACE, "    email:", "    show: readers-once-confirmed\n    email:")
    for item in ("poster-a4", "order-adult-a4"):
        assert "Amet ylde" in sheet(project, "ee/ylde", item), item
        assert "secret.example" not in sheet(project, "ee/ylde", item), item


def test_no_number_but_a_confirmed_one_is_in_a_finished_kit(finished):
    for pdf in pdfs(finished):
        words = text(pdf)
        assert WORDS["et"]["kit-draft"] not in words and WORDS["ru"]["kit-draft"] not in words
        assert "116 111" not in words, pdf.name  # the child line, which nobody has confirmed
    assert "+372 660 73 20" in text(finished / "poster-a4-et.pdf")
    assert "+372 736 13 00" in text(finished / "poster-a4-et.pdf")


def test_every_page_and_every_piece_of_a_draft_says_so(draft):
    for pdf in pdfs(draft):
        entry = next(entry for entry in listed(draft) if entry["file"] == pdf.name)
        word = WORDS[entry["languages"][0]]["kit-draft"]
        with pikepdf.open(pdf) as opened:
            pages = len(opened.pages)
            assert str(opened.docinfo["/Title"]).startswith(word)
        for page in range(1, pages + 1):
            assert word in text(pdf, "-f", str(page), "-l", str(page)), pdf.name
    for name, pieces in (("cards", 10), ("shoe-card", 24), ("stickers", 12), ("strips", 10)):
        for file in (f"{name}-et.pdf", f"{name}-quiet-et.pdf"):
            assert text(draft / file).count(WORDS["et"]["kit-draft"]) >= pieces, file


@pytest.mark.parametrize("how", ["rung", "page-opened"])
def test_the_dates_are_those_of_the_confirmations(tmp_path, how):
    sample = printable(tmp_path / "project")
    sample.confirm("ee-line", "2026-11-20")
    sample.confirm("ee-ylde-social", "2026-11-02", how=how)
    project = make_kits.Kits(sample.root, tmp_path / "out", ("ee/ylde",), ("poster-a4",), ("et",), draft=True)
    project.run(datetime.fromisoformat("2026-11-28T12:00+00:00"), print)
    words = text(tmp_path / "out/ee/ylde/poster-a4-et.pdf")
    place = read_places(sample.root, WORDS, date.today()).municipalities["ee/ylde"]
    until = min(number.contact.good_until for number in numbers_of(place) if number.contact.good_until)
    dated = WORDS["et"]["kit-dates"].split("{until}")[0].format(date="2. november 2026").strip()
    assert dated in words
    assert f"{until.day}." in words and str(until.year) in words


def test_the_same_inputs_give_the_same_bytes_on_another_day(project, tmp_path):
    folders = []
    for day in ("2026-11-28", "2027-03-01"):
        kits = make_kits.Kits(
            project.root, tmp_path / day, ("ee/ylde",), ("cards", "poster", "share"), ("ru",), draft=True
        )
        kits.run(datetime.fromisoformat(f"{day}T12:00+00:00"), print)
        folders.append(tree(tmp_path / day))
    assert folders[0] == folders[1] and len(folders[0]) == 9


def test_a_kit_that_is_up_to_date_is_left_alone(project):
    kit = made(project, "ee/ylde", "--draft", "--items", "hanging")
    before = {path.name: path.stat().st_mtime_ns for path in kit.iterdir()}
    assert (
        "0 written, 1 unchanged" in project.campaign("kit", "ee/ylde", "--draft", "--items", "hanging").stdout
    )
    assert {path.name: path.stat().st_mtime_ns for path in kit.iterdir()} == before
    (kit / "hanging-et.pdf").write_bytes(b"")
    assert "1 written" in project.campaign("kit", "ee/ylde", "--draft", "--items", "hanging").stdout
    assert (kit / "hanging-et.pdf").stat().st_size > 1000


def codes(pdf: Path, dpi: int) -> list[str]:
    """What a phone reads in all QR codes of a PDF's pages, rendered with so many dots an inch."""
    folder = pdf.parent.parent
    stem = folder / f"{pdf.stem}-{dpi}"
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", pdf, stem], check=True, capture_output=True)
    found = []
    for picture in sorted(folder.glob(f"{stem.name}-*.pgm")):
        with Image.open(picture) as image:
            found += [code.text for code in zxingcpp.read_barcodes(image)]
        picture.unlink()
    return found


PIECES = {"poster": 1, "poster-all": 1, "leaflet": 1, "cards": 10, "strips": 1, "stickers": 12}


@pytest.mark.parametrize("dpi", [300, 180], ids=["full size", "60 %"])
def test_every_qr_code_leads_to_the_address_in_full_and_at_60_percent(finished, dpi):
    files = [
        (finished / entry["file"], PIECES[item.template], "" if entry["languages"][0] == "et" else "ru/")
        for entry in listed(finished)
        for item in ITEMS
        if (item.name == entry["item"] and item.template in PIECES and entry["languages"][0] == "ru")
        or (item.all_languages and item.name == entry["item"])
    ]
    assert len(files) == 10
    with ThreadPoolExecutor() as pool:
        for (pdf, count, path), found in zip(
            files, pool.map(lambda file: codes(file[0], dpi), files), strict=True
        ):
            assert found == [URL + path] * count, pdf.name


def test_a_code_is_described_by_its_address_as_one_would_type_it(finished):
    with pikepdf.open(finished / "poster-a4-ru.pdf") as pdf:
        told = {
            str(found.Alt)
            for found in pdf.objects
            if isinstance(found, pikepdf.Dictionary) and "/Alt" in found
        }
    assert (URL + "ru").removeprefix("https://") in told


def test_without_an_address_there_is_no_code_and_no_address(draft):
    for name in ("poster-a4-et.pdf", "cards-et.pdf"):
        assert codes(draft / name, 150) == []
        assert "example.org/" not in text(draft / name)


def test_every_pdf_is_tagged_titled_archivable_and_has_its_fonts_and_boxes(finished):
    files = pdfs(finished)
    assert len(files) > 40
    for pdf in files:
        entry = next(entry for entry in listed(finished) if entry["file"] == pdf.name)
        with pikepdf.open(pdf) as opened:
            root = opened.Root
            assert root.MarkInfo.Marked and root.StructTreeRoot.K is not None, pdf.name
            assert str(root.Lang) == entry["languages"][0]
            assert str(opened.docinfo["/Title"]) == entry["title"] and root.ViewerPreferences.DisplayDocTitle
            about = opened.open_metadata()
            assert about["pdfuaid:part"] == "1"
            assert about["pdfaid:part"] == "2" and about["pdfaid:conformance"] == "A"
            bleed = 8.5 if pdf.name.startswith(("poster", "leaflet")) else 0
            for page in opened.pages:
                media, trim = ([float(side) for side in page.obj[box]] for box in ("/MediaBox", "/TrimBox"))
                assert trim[0] - media[0] == pytest.approx(bleed, abs=0.01), pdf.name
                cut = sorted(round((trim[n + 2] - trim[n]) * 25.4 / 72) for n in (0, 1))
                assert cut == {"A4": [210, 297], "A3": [297, 420]}[entry["paper"]]
                assert [float(side) for side in page.bleedbox] == media
            fonts = [
                found
                for found in opened.objects
                if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor"
            ]
            assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts), pdf.name
            assert all("NotoSans" in str(font.FontName) for font in fonts)


@pytest.mark.parametrize("name", ["poster", "order-adult"])
def test_an_a3_sheet_is_its_a4_sheet_in_large(finished, tmp_path, name):
    """Cut to their trim boxes, with as many dots across, both are the same picture. The place of the code that
    is described for a screen reader is enlarged with it."""
    pictures, codes_at = [], []
    for paper in ("a4", "a3"):
        with pikepdf.open(finished / f"{name}-{paper}-ru.pdf") as pdf:
            page = pdf.pages[0]
            left, _, right, _ = (float(side) for side in page.trimbox.as_list())
            codes_at.append(
                [
                    (float(side) - left) / (right - left)
                    for element in pdf.objects
                    if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure"
                    for said in element["/A"]
                    for side in said["/BBox"].as_list()
                ]
            )
            page.cropbox = page.trimbox  # poppler cuts there
            pdf.save(tmp_path / f"{paper}.pdf")
        size = ["-scale-to-x", "827", "-scale-to-y", "1169"]
        run = ["pdftoppm", "-gray", "-singlefile", "-cropbox", *size, f"{paper}.pdf", paper]
        subprocess.run(run, cwd=tmp_path, check=True, capture_output=True)
        pictures.append(Image.open(tmp_path / f"{paper}.pgm"))
    assert ImageStat.Stat(ImageChops.difference(*pictures)).mean[0] < 2
    assert codes_at[0] == pytest.approx(codes_at[1], abs=0.001)
    assert len(codes_at[0]) == (4 if name == "poster" else 0)


def test_no_word_of_any_page_is_outside_its_paper(finished):
    for pdf in pdfs(finished):
        with pikepdf.open(pdf) as opened:
            left, bottom, right, top = (float(side) for side in opened.pages[0].trimbox)
        boxes = subprocess.run(
            ["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True
        ).stdout
        words = re.findall(
            r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', boxes
        )
        assert words
        for x_min, y_min, x_max, y_max in (map(float, word) for word in words):
            assert left <= x_min and x_max <= right and bottom <= y_min and y_max <= top, pdf.name


ARABIC = ("في", "هنا", "رقم", "اتصل", "يمكنك", "مساعدة", "المساعدة", "الاستشارات")  # two letters to ten


def in_arabic(words: str) -> str:
    """The words of a language with an Arabic word in the place of each: no translation, but as long."""

    def word(match: re.Match[str]) -> str:
        if match[0].startswith("{"):  # the name of a value
            return match[0]
        return ARABIC[min(max(len(match[0]) - 2, 0), len(ARABIC) - 1)]

    texts = yaml.safe_load(words)
    told = {key: re.sub(r"\{\w+\}|[^\W\d_]+", word, text) for key, text in texts.items()}
    told |= {key: text for key, text in texts.items() if key == "falls-back-to"}
    return yaml.safe_dump(told, allow_unicode=True)


def test_a_language_that_is_only_begun_is_printed_only_if_it_is_named(arabic):
    place = read_places(arabic.parents[2], WORDS, date.today()).municipalities["ee/ylde"]
    assert place.country.record.starts == ("ar",)
    whole = list(place.country.record.languages)
    assert printed_languages(place, ()) == on_one_sheet(place, whole[0]) == whole
    assert printed_languages(place, ("ar",)) == ["ar"]
    assert on_one_sheet(place, "ar") == [*whole, "ar"]
    assert typesetter.fonts_for(["et", "ar"])[-1] == "Noto Sans Arabic" != typesetter.fonts_for(["et"])[-1]


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit of ee/ylde in a language that is written from right to left."""
    sample = confirmed(printable(tmp_path_factory.mktemp("kit") / "project"))
    sample.write("i18n/ar.yml", in_arabic((ROOT / "i18n/en.yml").read_text("utf-8")).encode())
    sample.edit(COUNTRY, "time_zone", "starts:\n  - ar\ntime_zone")
    for path in ("index.md", "help.md", "safety.md"):
        text = (sample.root / "docs/et" / path).read_text("utf-8")
        sample.write(f"docs/ar/{path}", text.replace("et ", "رقم ").encode())
    sample.write("docs/ar/professionals/signs.md", SIGNS.replace("Esimene", "اتصل").encode())
    sample.site("ee/ylde", URL)
    return made(sample, "ee/ylde", "--languages", "ar")


def test_a_kit_in_a_language_from_right_to_left_is_a_mirror_with_its_letters_and_its_numbers(arabic):
    entries = listed(arabic)
    assert {entry["item"] for entry in entries} == {item.name for item in SHEETS}
    for pdf in pdfs(arabic):
        with pikepdf.open(pdf) as opened:
            assert str(opened.Root.Lang) == "ar"
            fonts = {
                str(font.FontName).partition("+")[2]
                for font in opened.objects
                if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/FontDescriptor"
            }
        assert any(name.startswith("NotoSansArabic") for name in fonts), pdf.name
    places = subprocess.run(
        ["pdftotext", "-bbox", arabic / "poster-a4-ar.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    edges = {
        word.strip("\N{LEFT-TO-RIGHT MARK}"): (float(left), float(right))
        for left, right, word in re.findall(r'<word xMin="([^"]+)"[^>]*xMax="([^"]+)"[^>]*>([^<]+)<', places)
    }
    # On a sheet from left to right 112 is at the left edge. The country's code, with its +, is left of its number.
    assert edges["112"][0] > 300
    assert edges["+372"][1] < edges["660"][0]
    order = subprocess.run(
        ["pdftotext", "-bbox", arabic / "order-adult-a4-ar.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    edge = (210 - 14) * 72 / 25.4  # of the boxes, in which each step and its number stand
    assert max(float(right) for right in re.findall(r'xMax="([^"]+)"', order)) < edge + 0.1
    assert codes(arabic / "cards-ar.pdf", 300) == [URL + "ar/"] * 10


def test_a_label_of_one_arabic_word_stands_as_high_as_its_neighbours(arabic):
    run = ["pdftotext", "-bbox", arabic / "strips-ar.pdf", "-"]
    places = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    feet = {round(float(foot)) for foot in re.findall(r'<word [^>]*yMax="([^"]+)"', places)}
    feet = {foot for foot in feet if 96 <= foot * 25.4 / 72 <= 115}  # millimetres, below the pictograms
    first = min(feet)
    assert not [foot for foot in feet if 1 < foot - first < 10], feet  # the next lines are further away


@pytest.mark.parametrize(("kit", "code"), [("finished", "et"), ("arabic", "ar")])
@pytest.mark.parametrize("item", ["strips", "strips-quiet"])
def test_a_strip_has_its_number_where_an_office_printer_still_prints(kit, code, item, request):
    pdf = request.getfixturevalue(kit) / f"{item}-{code}.pdf"
    run = ["pdftotext", "-bbox", pdf, "-"]
    places = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    lowest = max(map(float, re.findall(r'<word [^>]*yMax="([^"]+)"', places)))
    assert 250 < lowest * 25.4 / 72 <= 297 - 6


@pytest.mark.parametrize(("kit", "code"), [("finished", "et"), ("arabic", "ar")])
@pytest.mark.parametrize("item", ["strips", "strips-quiet"])
def test_no_number_of_a_strip_is_where_the_strip_is_torn_off(kit, code, item, request):
    run = ["pdftotext", "-bbox", request.getfixturevalue(kit) / f"{item}-{code}.pdf", "-"]
    places = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    tops = [float(top) for top in re.findall(r'yMin="([^"]+)" [^>]*>[^<]*\d\d+<', places)]
    tear = 217 * 72 / 25.4
    below = [top - tear for top in tops if top > tear]
    assert len(below) >= 10
    assert min(below) > 15 * 72 / 25.4


@pytest.mark.parametrize(("kit", "code"), [("finished", "et"), ("arabic", "ar")])
@pytest.mark.parametrize("item", ["cards", "shoe-card", "stickers"])
def test_the_title_of_a_sheet_of_pieces_is_where_an_office_printer_still_prints(
    kit, code, item, request, tmp_path
):
    pdf = request.getfixturevalue(kit) / f"{item}-{code}.pdf"
    subprocess.run(["pdftoppm", "-r", "300", "-gray", "-singlefile", pdf, tmp_path / "page"], check=True)
    with Image.open(tmp_path / "page.pgm") as page:
        ink = ImageChops.invert(page).getbbox()
    assert ink is not None
    assert 6 <= ink[1] * 25.4 / 300 < 10


def test_a_quiet_strip_says_when_and_in_which_languages_beside_its_first_number_not_beside_112(finished):
    words = text(finished / "strips-quiet-et.pdf")
    assert words.count("+372 660 73 20 24/7 · eesti, vene 112 help.example.org/ylde") == 10


@pytest.mark.parametrize(("kit", "code"), [("finished", "et"), ("arabic", "ar")])
def test_each_number_of_a_step_is_inside_the_frame_of_its_step(kit, code, request):
    pdf = request.getfixturevalue(kit) / f"order-adult-a4-{code}.pdf"
    run = ["pdftotext", "-bbox", pdf, "-"]
    places = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    edges = re.findall(r'<word xMin="([^"]+)"[^>]*xMax="([^"]+)"', places)
    assert len(edges) > 40
    points = 72 / 25.4
    for left, right in edges:  # the frames are 182 mm wide, in the middle of the paper
        assert 14 * points <= float(left) and float(right) <= 196.1 * points


def test_a_list_from_right_to_left_has_the_arabic_comma(arabic):
    root = arabic.parents[2]
    place = read_places(root, WORDS, date.today()).municipalities["ee/ylde"]
    (poster,) = chosen_items(["poster-a4"])
    data = Sheets(place, WORDS, read_pages(root), Orders(ROOT, WORDS, "et"), draft=True).data(poster, "ar")
    assert "، ".join(language_name(code, "ar") for code in ("et", "ru")) in in_json(data).decode()


def test_the_words_of_a_drafts_band_stand_in_its_middle_in_every_script(arabic, tmp_path):
    options = ("--draft", "--items", "hanging", "--languages", "ar,et", "--out", str(tmp_path))
    assert Sample(arabic.parents[2]).campaign("kit", "ee/ylde", *options).returncode == 0
    for code in ("ar", "et"):
        pdf = tmp_path / f"ee/ylde/hanging-{code}.pdf"
        run = [
            "pdftoppm",
            "-r",
            "150",
            "-gray",
            "-singlefile",
            "-W",
            "1240",
            "-H",
            "58",
            pdf,
            pdf.with_suffix(""),
        ]
        subprocess.run(run, check=True)
        with Image.open(pdf.with_suffix(".pgm")) as band:  # 10 mm
            _, top, _, bottom = band.point(lambda grey: 255 * (grey > 200)).getbbox()
            assert abs(top - (band.height - bottom)) <= 3, code
            assert top > 3, code


def test_a_text_that_fits_in_whole_words_is_not_broken(project):
    name = "Narva Linna Sotsiaalabiamet"
    project.edit(PLACE, "et: Ülde sotsiaaltöö", f"et: {name}")
    assert name in text(made(project, "ee/ylde", *FEW) / "poster-a4-et.pdf")


def test_a_date_stands_in_one_line_and_as_figures_has_the_whole_year(project):
    for name in ("ee-line", "ee-ylde-social"):
        project.confirm(name, date.today())
    dates = json.loads(sheet(project, "ee/ylde", "poster-a4"))["dates"]["text"]
    assert re.search(r"Seisuga \d+\.\N{NO-BREAK SPACE}\w+\N{NO-BREAK SPACE}20\d\d;", dates)
    brief = json.loads(sheet(project, "ee/ylde", "stickers-quiet"))["brief"]["text"]
    assert re.fullmatch(r"\d\d\.\d\d\.20\d\d – \d\d\.\d\d\.20\d\d", brief)


def test_the_name_of_the_place_begins_a_sentence_with_a_capital_letter(project):
    project.edit(PLACE, "et: Ülde vald", "et: ülde vald")
    assert json.loads(sheet(project, "ee/ylde", "poster-a4"))["place"]["text"] == "Ülde vald"


def test_a_handout_does_not_name_the_source_of_the_emergency_number_as_if_it_were_its_own(project):
    assert json.loads(sheet(project, "ee/ylde", "handout-signs"))["dates"]["text"] == ""


def test_the_poster_in_all_languages_names_the_languages_of_a_line_in_these_languages(finished):
    words = text(finished / "poster-all.pdf")
    assert "eesti · русский" in words and WORDS["et"]["card-languages"] not in words


def test_a_sheet_says_what_the_places_own_number_is_for(finished):
    for name in ("cards", "strips", "poster-a4"):
        assert WORDS["ru"]["role-social-services"] in text(finished / f"{name}-ru.pdf"), name
    assert WORDS["ru"]["role-social-services"] not in text(finished / "cards-quiet-ru.pdf")


def test_the_desk_names_the_kind_of_service_and_not_what_a_person_in_need_is_told(finished):
    """A receptionist calls for somebody else. A name in the sheet's own language says enough."""
    assert WORDS["et"]["name-social-services"] not in text(finished / "desk-et.pdf")
    assert WORDS["ru"]["name-social-services"] in text(finished / "desk-ru.pdf")
    for language in ("et", "ru"):
        desk = text(finished / f"desk-{language}.pdf")
        assert not [role for role in Role if WORDS[language][f"role-{role}"] in desk], language


def test_lines_to_cut_along_are_black(finished, tmp_path):
    run = [
        "pdftoppm",
        "-r",
        "600",
        "-gray",
        "-singlefile",
        "-x",
        "450",
        "-y",
        "300",
        "-W",
        "50",
        "-H",
        "3000",
    ]
    subprocess.run([*run, finished / "cards-et.pdf", tmp_path / "edge"], check=True)
    with Image.open(tmp_path / "edge.pgm") as edge:  # the left edge of the cards is at 472 dots
        assert edge.getextrema()[0] < 50


def test_a_title_has_lines_of_about_the_same_length_and_no_word_is_cut_at_its_hyphen(finished):
    run = ["pdftotext", "-raw", finished / "leaflet-ru.pdf", "-"]
    lines = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    assert "происходит с вами?" in lines  # not "происходит с" and "вами?"
    assert not [line for line in lines if line.endswith("-")]
    run = ["pdftotext", "-raw", finished / "order-out-of-hours-a4-ru.pdf", "-"]
    lines = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    assert "ночью и в выходные" in (line.replace("\N{NO-BREAK SPACE}", " ") for line in lines)


def test_a_title_of_an_order_does_not_end_in_one_word_alone(finished):
    run = ["pdftotext", "-raw", finished / "order-out-of-hours-a4-ru.pdf", "-"]
    lines = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    title = WORDS["ru"]["order-out-of-hours"].split()
    ends = [line.split() for line in lines if line.split() and line.split()[-1] == title[-1]]
    assert 1 < len(ends[0]) < len(title) - 1  # neither "выходные" alone, nor all of the title in one line


def test_a_long_address_fits_on_small_paper(project):
    """Two lines on a shoe card, in letters that one line would need to have too small."""
    project.site("ee/ylde", "https://www.pohjapoolne-saarevald.ee/turvaline-tee/")
    kit = made(
        project, "ee/ylde", "--draft", "--items", "cards,shoe-card,strips,stickers", "--languages", "ru"
    )
    for name in ("cards", "cards-quiet", "shoe-card", "shoe-card-quiet"):
        words = text(kit / f"{name}-ru.pdf").replace(" ", "")
        assert "www.pohjapoolne-saarevald.ee/turvaline-tee/ru" in words, name


@pytest.mark.parametrize("path", ["saugus-kelias-zmonems-lietuvoje", "turvalineteekondinimkaubandusevastu"])
def test_no_line_of_an_address_ends_in_a_hyphen(project, path):
    """In its place it could be that of a broken word, and in another it would be one too many."""
    project.site("ee/ylde", f"https://abi.ee/{path}/")
    kit = made(project, "ee/ylde", "--draft", "--items", "shoe-card,strips", "--languages", "et")
    for pdf in pdfs(kit):
        whole = [word for word in text(pdf).split() if word.endswith(path)]
        assert len(whole) == (24 if pdf.name.startswith("shoe-card") else 11), pdf.name


def test_the_lines_of_a_place_where_nothing_may_hang_do_not_touch(finished, tmp_path):
    run = ["pdftoppm", "-r", "254", "-gray", "-singlefile", finished / "hanging-ru.pdf", tmp_path / "hanging"]
    subprocess.run(run, check=True)  # ten dots are a millimetre
    with Image.open(tmp_path / "hanging.pgm") as page:
        words = page.crop((270, 1700, 1940, 1820)).point(lambda shade: 255 * (shade < 160))
    rows = [words.crop((0, y, words.width, y + 1)).getbbox() is not None for y in range(words.height)]
    lines = "".join("x" if row else " " for row in rows).split()
    gap = "".join("x" if row else " " for row in rows).strip().count(" ")
    assert len(lines) == 2 and gap >= 5, (lines, gap)  # half a millimetre between the two


def test_the_words_of_a_list_stand_in_the_middle_of_their_marks(finished, tmp_path):
    """The k of the last good place is as high as a capital letter, and nothing of it is below the line."""
    assert WORDS["et"]["kit-hang-good-5"].startswith("k")
    run = ["pdftoppm", "-r", "254", "-gray", "-singlefile", finished / "hanging-et.pdf", tmp_path / "hanging"]
    subprocess.run(run, check=True)  # ten dots are a millimetre
    with Image.open(tmp_path / "hanging.pgm") as page:
        dark = page.point(lambda shade: 255 * (shade < 160))
    top = 580 + 4 * 130
    mark, letter = (dark.crop((x, top, right, top + 120)).getbbox() for x, right in ((150, 225), (270, 290)))
    assert mark and letter
    assert abs((mark[1] + mark[3]) / 2 - (letter[1] + letter[3]) / 2) <= 4  # 0.4 mm


@pytest.mark.parametrize("item", ["poster-a4", "shoe-card"])
def test_whole_words_may_be_four_sizes_smaller_than_broken_ones(finished, item):
    for code in ("et", "ru"):
        assert WORDS[code]["role-trafficking-helpline"] in text(finished / f"{item}-{code}.pdf")


def test_letters_of_a_card_are_black_so_a_printer_without_colours_makes_no_dots_of_them(finished, tmp_path):
    run = ["pdftoppm", "-r", "300", "-gray", "-singlefile", finished / "cards-et.pdf", tmp_path / "cards"]
    subprocess.run(run, check=True)
    with Image.open(tmp_path / "cards.pgm") as page:
        counts = page.histogram()
    assert counts[0] > 3 * sum(counts[1:100])  # dark greys are only at the edges of letters


@pytest.mark.parametrize(("name", "last"), [("cards-ru", (85, 4 * 55)), ("shoe-card-et", (120, 7 * 34))])
def test_the_last_piece_of_a_sheet_looks_like_the_first_that_is_read_aloud(finished, tmp_path, name, last):
    run = ["pdftoppm", "-r", "254", "-gray", "-singlefile", finished / f"{name}.pdf", tmp_path / name]
    subprocess.run(run, check=True)  # ten dots are a millimetre
    left = 20 if name.startswith("cards") else 15
    with Image.open(tmp_path / f"{name}.pgm") as page:
        first, other = (
            page.crop((10 * (left + x + 2), 10 * (y + 12), 10 * (left + x + 58), 10 * (y + 42)))
            for x, y in ((0, 0), last)
        )
    assert first.getbbox() and ImageChops.difference(first, other).getextrema()[1] < 128


@pytest.mark.parametrize(
    ("kit", "code"), [("finished", "et"), ("finished", "ru"), ("draft", "et"), ("arabic", "ar")]
)
@pytest.mark.parametrize("item", ["shoe-card", "shoe-card-quiet"])
def test_no_fold_of_a_shoe_card_runs_through_its_letters(kit, code, item, request, tmp_path):
    run = [
        "pdftoppm",
        "-r",
        "254",
        "-gray",
        "-singlefile",
        "-x",
        "150",
        "-y",
        "110",
        "-W",
        "600",
        "-H",
        "320",
    ]
    pdf = request.getfixturevalue(kit) / f"{item}-{code}.pdf"
    subprocess.run([*run, pdf, tmp_path / "card"], check=True)  # ten dots are a millimetre
    with Image.open(tmp_path / "card.pgm") as card:
        # Both end before the marks of the folds, and below the band of a draft, whose large mark is pale.
        down, across = card.crop((298, 40, 302, 305)), card.crop((15, 158, 585, 162))
        for fold in (down, across):
            assert fold.getextrema()[0] > 150, fold.size


def test_a_quiet_item_has_no_topic_word_and_no_picture(finished):
    for code in ("et", "ru"):
        quiet = yaml.safe_load((ROOT / f"i18n/glossary/{code}.yml").read_text("utf-8"))["quiet"]
        assert len(quiet) > 5
        for pdf in finished.glob(f"*-quiet-{code}.pdf"):
            words = text(pdf).lower()
            assert not [part for part in quiet if part in words], pdf.name
            assert WORDS[code]["kit-headline"].lower() not in words
            assert WORDS[code]["site-name"].lower() not in words


def test_a_handout_is_the_page_without_marks_links_and_other_countries(finished):
    words = text(finished / "handout-signs-et.pdf")
    assert "Märgid" in words and "Esimene. Vaata siia." in words and "1. Helista 112." in words
    assert "Läti" not in words and "](" not in words and "Koht" not in words


def test_no_page_of_a_handout_begins_with_the_text_that_ends_a_list(project):
    # So many lists that pages end at every part of one.
    lists = ["- a\n" * (row % 5 + 1) + "\nEnd.\n\n" + "Text.\n\n" * (row % 3) for row in range(200)]
    for code in ("et", "lv", "ru"):
        project.write(f"docs/{code}/professionals/signs.md", SIGNS.partition("## ")[0] + "".join(lists))
    kit = made(confirmed(project), "ee/ylde", "--items", "handout-signs", "--languages", "et")
    run = ["pdftotext", "-raw", kit / "handout-signs-et.pdf", "-"]
    pages = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split("\f")[:-1]
    assert len(pages) > 10
    assert not [page for page in pages if page.startswith("End")]


def test_an_order_for_the_wall_has_the_words_of_the_page(finished):
    words = text(finished / "order-adult-a3-ru.pdf")
    assert WORDS["ru"]["order-adult"] in words and WORDS["ru"]["step-call-title"] in words
    assert "+372 660 73 20" in words and WORDS["ru"]["order-ring"] not in words
    assert WORDS["ru"]["order-none"] in text(finished / "order-child-a4-ru.pdf")


def test_a_contact_without_a_number_has_its_address_on_the_wall_sheet_and_no_hours(project):
    line = '    phones:\n      - number: "+372 660 7320"\n        languages: [et, ru]\n    schedule: "24/7"\n'
    project.edit(COUNTRY, line, "    web: https://www.list.example.org/services\n")
    data = json.loads(sheet(project, "ee/ylde", "order-adult-a4"))
    (who,) = data["order"]["steps"][0]["who"]
    assert (who["number"], who["notes"]) == ("list.example.org", "")


LONG = "Ülde-Kauge-Alutaguse-Peipsiveere-Saaremaa-Lääneranna ühisvald"
FEW = ("--draft", "--items", "poster-a4", "--languages", "et")


def a_long_name(sample: Sample) -> None:
    sample.edit(PLACE, "Ülde vald", LONG)


def a_long_address(sample: Sample) -> None:
    sample.site("ee/ylde", f"https://help.example.org/{'a' * 70}/")


def six_numbers(sample: Sample) -> None:
    more = "".join(f'      - number: "+372 736 13{n}0"\n' for n in range(1, 6))
    sample.edit(PLACE, '      - number: "+372 736 1300"\n', more + '      - number: "+372 736 1300"\n')


@pytest.mark.parametrize("change", [a_long_name, a_long_address, six_numbers])
def test_what_is_long_but_fits_is_printed_whole(project, change):
    change(project)
    words = text(made(project, "ee/ylde", *FEW) / "poster-a4-et.pdf")
    assert {"a_long_name": LONG, "a_long_address": "a" * 70, "six_numbers": "+372 736 13 10"}[
        change.__name__
    ] in words
    assert "+372 736 13 00" not in words or change is not six_numbers


def test_a_card_that_has_no_room_for_its_sources_says_that_it_is_a_draft(project):
    office = "Väga pika nimega amet " * 5
    project.edit(COUNTRY, "      date: 2024-05\n", f"      date: 2024-05\n      publisher: {office}\n")
    options = ("--draft", "--items", "cards,desk", "--languages", "et")
    kit = made(project, "ee/ylde", *options)
    assert f"Ülde vald. {WORDS['et']['kit-draft']}" in text(kit / "cards-et.pdf")
    assert office.strip() in text(kit / "desk-et.pdf") and office.strip() not in text(kit / "cards-et.pdf")


TOO_LONG = "Kas " + "keegi " * 60
NO_FIT = "expected words that fit their box on poster-a4 in et at 28 pt, found a text that is too long"


@pytest.mark.parametrize(
    ("edits", "options", "lines"),
    [
        (
            [("i18n/et.yml", "kit-headline: Kas keegi otsustab sinu eest?", f"kit-headline: {TOO_LONG}")],
            FEW,
            [f"i18n/et.yml: kit-headline: {NO_FIT}"],
        ),
        (
            [("i18n/et.yml", "kit-headline: Kas keegi otsustab sinu eest?\n", "")],
            FEW,
            ["i18n/et.yml: kit-headline: expected a text (as in i18n/en.yml:"],
        ),
        (
            [(PLACE, "et: Ülde sotsiaaltöö", f"et: {'Ülipikk ' * 19}")],
            ("--draft", "--items", "shoe-card", "--languages", "et"),
            [
                f"{PLACE}: ee-ylde-social.organization: expected words that fit their box on shoe-card{quiet} in et at 4.6 pt, found a text that is too long"
                for quiet in ("", "-quiet")
            ],
        ),
        (
            [],
            ("--draft", "--items", "poster-a4,postcard"),
            ["campaign kit: --items: expected one of "],
        ),
        ([], ("--draft", "--languages", "xx"), ["campaign kit: --languages: expected a language of these places: et, ru, found 'xx'"]),
    ],
    ids=["a text too long", "words missing in one language", "a name too long", "an unknown item", "an unknown language"],
)  # fmt: skip
def test_what_cannot_be_printed_is_named_and_nothing_is_written(project, edits, options, lines):
    for file, old, new in edits:
        project.edit(file, old, new)
    done = project.campaign("kit", "ee/ylde", *options)
    assert done.returncode == 1
    found = done.stderr.splitlines()
    assert len(found) == len(lines) + 1 and found[-1].endswith("Nothing was written."), found
    for line, expected in zip(found, lines, strict=False):
        assert line.startswith(expected)
    assert not list(project.root.glob("kits/ee/*"))


def test_a_font_that_is_missing_is_named_with_its_package(project, monkeypatch):
    nothing = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    monkeypatch.setattr(typesetter, "_fonts", lambda: nothing)
    done = project.campaign("kit", "ee/ylde", "--draft")
    assert done.stderr.splitlines() == [
        "campaign kit: expected the font Noto Sans, regular and bold (Debian's package fonts-noto-core), found no such font on this system",
        "1 problem. Nothing was written.",
    ]
    assert not (project.root / "kits").exists()


def test_a_full_disk_leaves_the_old_kit_whole(project, monkeypatch):
    kit = made(project, "ee/ylde", *FEW)
    before = tree(kit)
    project.edit("i18n/et.yml", "kit-headline: Kas keegi", "kit-headline: Ega keegi")
    full = OSError(28, "No space left on device")
    monkeypatch.setattr("campaign.build.writer._write", lambda *_: (_ for _ in ()).throw(full))
    done = project.campaign("kit", "ee/ylde", *FEW)
    assert done.stderr.splitlines() == [
        "ee/ylde: could not be written: No space left on device",
        "1 problem. Nothing was written.",
    ]
    assert tree(kit) == before


def test_each_pictogram_is_a_plain_drawing_in_one_hand():
    files = sorted((ROOT / "overrides/pictograms").glob("*.svg"))
    assert len(files) >= 16
    for file in files:
        drawing = file.read_text("utf-8")
        assert drawing.startswith(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="3"'
        ), file.name
        assert set(re.findall(r"<([a-z]+)", drawing)) <= {"svg", "path", "circle", "rect"}
        assert len(drawing) < 600


def test_every_text_has_a_contrast_of_seven_to_one_on_its_ground():
    colours = dict(
        re.findall(r'#let ([a-z]+) = rgb\("#([0-9a-f]{6})"\)', (TEMPLATES / "kit.typ").read_text("utf-8"))
    )
    colours["white"] = "ffffff"

    def light(colour: str) -> float:
        parts = [int(colours[colour][at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for pair in (("ink", "white"), ("teal", "white"), ("white", "rust"), ("rust", "white"), ("ink", "sun")):
        dark, bright = sorted(map(light, pair))
        assert (bright + 0.05) / (dark + 0.05) >= 7, pair


def test_a_kit_beside_a_copy_is_linked_from_the_page_on_materials_with_format_and_size(project):
    page = "---\ntitle: Materials\n---\n\n# M\n\n<!-- municipality: kit -->\n"
    for code in ("et", "lv", "ru"):
        project.write(f"docs/{code}/professionals/materials.md", page)
    project.edit(
        "mkdocs.yml", "- professionals/index.md", "- professionals/index.md\n  - professionals/materials.md"
    )
    project.build("ee/ylde")
    assert WORDS["et"]["kit-none"] in project.read("ee/ylde/professionals/materials.html")
    refused = project.campaign("build", "ee/ylde", "--with-kit")
    assert (
        refused.returncode == 1
        and "ee-line: expected a contact that somebody has confirmed" in refused.stderr
    )
    confirmed(project)
    project.build("ee/ylde", "--with-kit")
    for path, folder, code in (("", "../kit/", "et"), ("ru/", "../../kit/", "ru")):
        read = project.read(f"ee/ylde/{path}professionals/materials.html")
        links = re.findall(r'<li><a href="([^"]+)">([^<]+)</a> \(([^)]+)\)</li>', read)
        assert (
            len(links)
            == len(
                [entry for entry in listed(project.root / "sites/ee/ylde/kit") if code in entry["languages"]]
            )
            + 1
        )
        for address, title, form in links:
            file = project.root / "sites/ee/ylde" / path / "professionals" / address
            assert address.startswith(folder) and file.is_file() and title
            size = file.stat().st_size
            shown = f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size // 1000} KB"
            assert form.split(", ")[0] == file.suffix[1:].upper() and form.endswith(shown)
        assert (f"{folder}poster-a4-{code}.pdf", "PDF, A4") in [
            (address, form[:7]) for address, _, form in links
        ]
    assert "1 unchanged" in project.build("ee/ylde", "--with-kit")
    project.build("ee/ylde")
    assert not (project.root / "sites/ee/ylde/kit").exists()
