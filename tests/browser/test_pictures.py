"""An editor's picture: what is refused, with the remedy, and that a good one shows in a real browser."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from PIL import Image, PngImagePlugin

from campaign.checks.check import check_project
from campaign.errors import CampaignError

from ..chromium import serve

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>'
SIZE = "{ width=40 height=20 }"
PLAIN = "a plain SVG of shapes: save it as plain or optimised SVG, or as PNG or WebP"
INSIDE = "only url(#id) of the same picture"
METADATA = "expected a picture saved without metadata, found data on camera, place or program (Exif, XMP)"
WORDS = "expected ![what it shows](../pictures/sign.svg), or ![](../pictures/sign.svg){ role=presentation } for a decoration"
ROOM = f"expected {SIZE}, or less of both in the same proportion"


def pixels(kind="PNG", width=40, height=20, frames=1, **settings):
    images = [Image.new("RGB", (width, height), (200, 9 * number, 0)) for number in range(frames)]
    if frames > 1:
        settings |= {"save_all": True, "append_images": images[1:], "duration": 100}
    content = io.BytesIO()
    images[0].save(content, kind, **settings)
    return content.getvalue()


def author():
    data = PngImagePlugin.PngInfo()
    data.add_text("Author", "The office of Narva")
    return data


def exif():
    data = Image.Exif()
    data[0x010F] = "Camera"
    return data


def show(sample, name, content, text="![A sign](../pictures/{name})" + SIZE):
    """A picture on the help page of every language, in line 7."""
    sample.write(f"docs/pictures/{name}", content)
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "Call ", text.replace("{name}", name) + "\n\nCall ")


def messages(sample):
    try:
        check_project(sample.root, datetime(2026, 11, 28, 12, tzinfo=UTC))
    except CampaignError as error:
        return str(error).splitlines()
    return []


GOOD = {
    "a drawing": ("sign.svg", SVG),
    "a drawing with a style of its own": ("sign.svg", SVG.replace("<path", "<style>@media print{path{fill:red}}</style><path")),
    "a drawing that refers to itself": ("sign.svg", SVG.replace("<path", '<clipPath id="a"/><path clip-path="url(#a)"')),
    "a PNG": ("sign.png", pixels()),
    "a PNG of twice the pixels": ("sign.png", pixels(width=80, height=40)),
    "a WebP": ("sign.webp", pixels("WEBP")),
    "a WebP without loss": ("sign.webp", pixels("WEBP", lossless=True)),
}  # fmt: skip


@pytest.mark.parametrize("picture", GOOD)
def test_a_good_picture_is_no_problem(sample, picture):
    show(sample, *GOOD[picture])
    assert messages(sample) == []


BAD = {
    "a script": ("sign.svg", SVG.replace("<path", "<script>alert(1)</script><path"), f":1: expected {PLAIN}, found <script>"),
    "a handler": ("sign.svg", SVG.replace("<path", '<path onload="x"'), f":1: expected {PLAIN}, found onload on <path>"),
    "HTML": ("sign.svg", SVG.replace("<path", "<foreignObject/><path"), f":1: expected {PLAIN}, found <foreignObject>"),
    "HTML without a name of its own": ("sign.svg", SVG.replace("<path", '<b xmlns="http://www.w3.org/1999/xhtml"/><path'), f":1: expected {PLAIN}, found <b>"),
    "a link": ("sign.svg", SVG.replace("<path", '<a href="https://example.org/"/><path'), f":1: expected {PLAIN}, found <a>"),
    "a picture from elsewhere": ("sign.svg", SVG.replace("<path", '\n<image href="https://example.org/a.png"/><path'), f":2: expected {PLAIN}, found <image>"),
    "a colour from elsewhere": ("sign.svg", SVG.replace("<path", '<path fill="url(https://example.org/#a)"'), f":1: expected {INSIDE}, found fill='url(https://example.org/#a)' on <path>"),
    "a style from elsewhere": ("sign.svg", SVG.replace("<path", '<style>\n@import "https://example.org/a.css";</style><path'), f":2: expected {INSIDE}, found '@import \"https://example.org/a.css\";' in <style>"),
    "a style in disguise": ("sign.svg", SVG.replace("<path", r'<path style="fill:u\72l(//example.org/)"'), f":1: expected {INSIDE}, found style='fill:u\\\\72l(//example.org/)' on <path>"),
    "a style sheet": ("sign.svg", '<?xml-stylesheet href="https://example.org/a.css"?>' + SVG, f":1: expected {PLAIN}, found <?xml-stylesheet"),
    "an entity": ("sign.svg", '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, f":1: expected {PLAIN}, found a DOCTYPE, which may hold entities"),
    "copies of copies": ("sign.svg", SVG.replace("<path", '<use href="#a"/><path'), f":1: expected {PLAIN}, found <use>"),
    "something that moves": ("sign.svg", SVG.replace("<path", "<animate/><path"), f":1: expected {PLAIN}, found <animate>"),
    "words": ("sign.svg", SVG.replace("<path", "<text>112</text><path"), ":1: expected no words in a picture, because only words in the page are translated and read aloud, found <text>"),
    "the notes of a program": ("sign.svg", SVG.replace("viewBox", 'xmlns:i="urn:i" i:file="/home/a" viewBox'), f":1: expected {PLAIN}, found file, which is of another program, on <svg>"),
    "no namespace": ("sign.svg", SVG.replace(' xmlns="http://www.w3.org/2000/svg"', ""), ':1: expected <svg xmlns="http://www.w3.org/2000/svg">, found <svg> outermost'),
    "no size": ("sign.svg", SVG.replace(' viewBox="0 0 40 20"', ""), ':1: expected viewBox="0 0 WIDTH HEIGHT", found no viewBox and no width and height'),
    "half a drawing": ("sign.svg", SVG[:-8], ":1: expected SVG, found text that is not XML (unclosed token)"),
    "a drawing in other bytes": ("sign.svg", SVG.encode("utf-16"), ": expected UTF-8 text, found bytes that are not UTF-8"),
    "a GIF named PNG": ("sign.png", b"GIF89a", ": expected a PNG, as its name says, found a picture that cannot be read to its end"),
    "a drawing named PNG": ("sign.png", SVG, ": expected a PNG, as its name says, found a picture that cannot be read to its end"),
    "a PNG named WebP": ("sign.webp", pixels(), ": expected a WEBP, as its name says, found a picture that cannot be read to its end"),
    "half a PNG": ("sign.png", pixels()[:-20], ": expected a PNG, as its name says, found a picture that cannot be read to its end"),
    "half a WebP": ("sign.webp", pixels("WEBP")[:-20], ": expected a WEBP, as its name says, found a picture that cannot be read to its end"),
    "a PNG that moves": ("sign.png", pixels(frames=3), ": expected a picture that does not move, found a picture that moves"),
    "a WebP that moves": ("sign.webp", pixels("WEBP", frames=3), ": expected a picture that does not move, found a picture that moves"),
    "the camera in a PNG": ("sign.png", pixels(exif=exif()), f": {METADATA}"),
    "an author in a PNG": ("sign.png", pixels(pnginfo=author()), f": {METADATA}"),
    "the camera in a WebP": ("sign.webp", pixels("WEBP", exif=exif()), f": {METADATA}"),
    "too many pixels": ("sign.png", pixels(width=4_000, height=10), ": expected at most 1600 pixels each way, found 4000 × 10"),
    "too many bytes": ("sign.svg", SVG + "<!--" + "x" * 20_500 + "-->", ": expected at most 20,480 bytes, found 20,596"),
    "a name with capitals": ("Sign.svg", SVG, ": expected a name of small letters a-z, digits and single hyphens, found 'Sign'"),
}  # fmt: skip


def test_everything_that_breaks_a_rule_in_a_drawing_is_told_at_once(sample):
    """What is inside a refused element goes with it, and a wrong first element is not a picture without a size."""
    drawing = SVG.replace("<svg ", '<svg onload="x" ').replace(
        "<path", "\n<script><b/></script>\n<text>112</text>\n<path"
    )
    show(sample, "sign.svg", drawing.replace("</svg>", '\n<path style="fill:url(//example.org/)"/>\n'))
    assert messages(sample) == [
        f"docs/pictures/sign.svg:1: expected {PLAIN}, found onload on <svg>",
        f"docs/pictures/sign.svg:2: expected {PLAIN}, found <script>",
        "docs/pictures/sign.svg:3: expected no words in a picture, because only words in the page are translated and "
        "read aloud, found <text>",
        f"docs/pictures/sign.svg:5: expected {INSIDE}, found style='fill:url(//example.org/)' on <path>",
        "docs/pictures/sign.svg:6: expected SVG, found text that is not XML (no element found)",
    ]


def test_everything_that_breaks_a_rule_in_a_picture_is_told_at_once(sample):
    show(sample, "sign.png", pixels(frames=3, pnginfo=author()))
    assert messages(sample) == [
        "docs/pictures/sign.png: expected a picture that does not move, found a picture that moves",
        f"docs/pictures/sign.png: {METADATA}",
    ]


@pytest.mark.parametrize("fault", BAD)
def test_a_picture_that_breaks_a_rule_is_refused_with_the_remedy(sample, fault):
    name, content, told = BAD[fault]
    show(sample, name, content)
    assert messages(sample) == [f"docs/pictures/{name}{told}"]


SHOWN_WRONGLY = {
    "no words": (f"![](../pictures/sign.svg){SIZE}", f"{WORDS}, found the picture '../pictures/sign.svg' without words"),
    "its file for words": (f"![sign.svg](../pictures/sign.svg){SIZE}", f"{WORDS}, found the picture '../pictures/sign.svg' without words"),
    "words on decoration": ("![A sign](../pictures/sign.svg){ role=presentation width=40 height=20 }", "expected words or role=presentation, found both on '../pictures/sign.svg'"),
    "no room": ("![A sign](../pictures/sign.svg)", f"{ROOM}, found the picture '../pictures/sign.svg' without width and height"),
    "half a room": ("![A sign](../pictures/sign.svg){ width=40 }", f"{ROOM}, found the picture '../pictures/sign.svg' without width and height"),
    "room in other proportions": ("![A sign](../pictures/sign.svg){ width=40 height=40 }", f"{ROOM}, found width=40 height=40 on '../pictures/sign.svg'"),
    "HTML without words": ('<img src="../pictures/sign.svg" width="40" height="20">', f"{WORDS}, found the picture '../pictures/sign.svg' without words"),
}  # fmt: skip


@pytest.mark.parametrize("fault", SHOWN_WRONGLY)
def test_a_picture_that_is_shown_wrongly_is_told_in_each_language(sample, fault):
    text, told = SHOWN_WRONGLY[fault]
    show(sample, "sign.svg", SVG, text)
    assert messages(sample) == [f"docs/{code}/help.md:7: {told}" for code in ("et", "lv", "ru")]


def test_decoration_in_one_language_is_decoration_in_all(sample):
    show(sample, "sign.svg", SVG)
    sample.edit(
        "docs/ru/help.md", "![A sign](../pictures/sign.svg){", "![](../pictures/sign.svg){ role=presentation"
    )
    assert messages(sample) == [
        "docs/ru/help.md:7: expected 'picture ../pictures/sign.svg' as in docs/et/help.md:7, "
        "found 'picture without words ../pictures/sign.svg'"
    ]


def test_a_missing_picture_and_an_unused_picture_are_problems(sample):
    show(sample, "sign.svg", SVG)
    (sample.root / "docs/pictures/sign.svg").rename(sample.root / "docs/pictures/sing.svg")
    gone = "found the picture '../pictures/sign.svg', which is not there"
    expected = "expected a picture that is in docs/ (did you mean 'pictures/sing.svg'?)"
    assert messages(sample) == [
        f"docs/et/help.md:7: {expected}, {gone}",
        f"docs/lv/help.md:7: {expected}, {gone}",
        "docs/pictures/sing.svg: expected only pictures that pages show, found a picture that no page shows",
        f"docs/ru/help.md:7: {expected}, {gone}",
    ]


def test_the_pictures_of_a_page_are_weighed_together(sample):
    heavy = SVG + "<!--" + "x" * 15_000 + "-->"
    show(sample, "one.svg", heavy)
    assert messages(sample) == []
    show(sample, "two.svg", heavy)
    assert messages(sample) == [
        f"docs/{code}/help.md: expected at most 20,480 bytes of pictures on a page, found 30,192"
        for code in ("et", "lv", "ru")
    ]


@pytest.mark.parametrize("kind", ["svg", "png", "webp"])
def test_a_picture_shows_under_the_content_policy_from_a_server_and_from_a_folder(sample, browser, kind):
    content = SVG if kind == "svg" else pixels(kind.upper(), width=80, height=40)
    show(sample, f"sign.{kind}", content)
    sample.build("ee")
    folder = sample.root / "sites/ee/ylde"
    with serve(folder) as address:
        for base in (address, f"file://{folder}/"):
            for path in ("help.html", "ru/help.html"):
                page = browser.new_page()
                said = []
                page.on("console", lambda message, said=said: said.append(message.text))
                page.goto(base + path)
                assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1
                picture = page.locator("main img")
                assert picture.get_attribute("alt") == "A sign"
                assert picture.evaluate("i => i.decode().then(() => [i.naturalWidth > 0, i.width, i.height])") == [
                    True, 40, 20,
                ]  # fmt: skip
                assert said == []
                page.close()


def test_a_wide_picture_stays_on_a_narrow_screen_in_its_proportions(sample, browser):
    wide = pixels(width=800, height=400)
    show(sample, "sign.png", wide, "![A sign](../pictures/{name}){ width=800 height=400 }")
    sample.build("ee/ylde")
    page = browser.new_page(viewport={"width": 320, "height": 480})
    page.goto(f"file://{sample.root}/sites/ee/ylde/help.html")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    width, height = page.locator("main img").evaluate("i => [i.clientWidth, i.clientHeight]")
    assert width == 2 * height
    page.close()


def test_a_picture_beside_its_page_belongs_to_the_language(sample):
    for code in ("et", "lv", "ru"):
        sample.write(f"docs/{code}/sign.svg", SVG.replace("M0", f"M{len(code)}"))
        sample.edit(f"docs/{code}/help.md", "Call ", f"![A sign](sign.svg){SIZE}\n\nCall ")
    sample.build("ee", "lv")
    for path in ("ee/ylde/sign.svg", "ee/ylde/ru/sign.svg", "lv/vieta/sign.svg"):
        assert "<svg" in sample.read(path)
    assert not list((sample.root / "sites/lv").rglob("et"))
