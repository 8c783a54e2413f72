"""Checks the pictures of pages: text alternatives, width and height, and the sum of their sizes."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from ..errors import Problem, instead, shown
from .html_reader import Element
from .links import Site

LARGEST_SIDE = 1_600  # pixels: an old phone has to decode them all
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_ELEMENTS = frozenset(  # without use and pattern: a few nested ones take hours to draw
    ("svg", "g", "defs", "title", "desc", "style", "clipPath", "mask", "linearGradient", "radialGradient",
     "stop", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
)  # fmt: skip
_TEXTS = frozenset(("text", "tspan", "textPath"))
_LOADS = re.compile(r"url\(\s*[\"']?(?![\"'#])|@(?!media\b)|\\|expression\(|(?:java|vb)script:|data:", re.I)
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")
_PLAIN_SVG = "a plain SVG of shapes: save it as plain or optimised SVG, or as PNG or WebP"


@dataclass(frozen=True)
class Picture:
    """A good picture. ``width`` and ``height`` are in its own pixels or units."""

    file: str
    size: int  # bytes
    width: float
    height: float


class _Refused(Exception):
    def __init__(self, found: str, expected: str, line: int = 0) -> None:
        super().__init__(found, expected)
        self.found, self.expected, self.line = found, expected, line


def read_picture(path: Path, root: Path) -> Picture | list[Problem]:
    """Return the picture in a plain file of docs/ of allowed size, or its problems."""
    file = path.relative_to(root).as_posix()
    content = path.read_bytes()
    wrong: list[_Refused] = []
    try:
        read = _svg(content, wrong) if path.suffix == ".svg" else _pixels(content, path.suffix, wrong)
        width, height = read
    except _Refused as refused:
        wrong.append(refused)
    if wrong:
        return [Problem(file, refused.line, "", refused.found, refused.expected) for refused in wrong]
    return Picture(file, len(content), width, height)


def _pixels(content: bytes, suffix: str, wrong: list[_Refused]) -> tuple[float, float]:
    from PIL import Image  # late: most projects have no such picture

    kind = {".png": "PNG", ".webp": "WEBP"}[suffix]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow warns of repairs and of very large pictures
            Image.open(io.BytesIO(content), formats=[kind]).verify()
            image = Image.open(io.BytesIO(content), formats=[kind])
            width, height = image.size
            if max(width, height) > LARGEST_SIDE:
                raise _Refused(f"{width} × {height}", f"at most {LARGEST_SIDE} pixels each way")
            image.load()
    except (OSError, ValueError, SyntaxError, Warning, EOFError) as error:
        raise _Refused("a picture that cannot be read to its end", f"a {kind}, as its name says") from error
    if getattr(image, "n_frames", 1) > 1:
        wrong.append(_Refused("a picture that moves", "a picture that does not move"))
    notes = {"exif", "xmp", "XML:com.adobe.xmp"} & image.info.keys() or getattr(image, "text", None)
    if notes or len(image.getexif()):
        raise _Refused("data on camera, place or program (Exif, XMP)", "a picture saved without metadata")
    return width, height


def _svg(content: bytes, wrong: list[_Refused]) -> tuple[float, float]:
    """Return width and height. Add to ``wrong`` what is refused; raise what ends the reading."""
    reader = _SvgReader(wrong)
    try:
        content.decode("utf-8")
        reader.parser.Parse(content, True)
    except UnicodeDecodeError:
        raise _Refused("bytes that are not UTF-8", "UTF-8 text") from None
    except expat.ExpatError as error:
        raise _Refused(
            f"text that is not XML ({expat.ErrorString(error.code)})", "SVG", error.lineno
        ) from None
    if reader.size is None:
        raise _Refused("no viewBox and no width and height", 'viewBox="0 0 WIDTH HEIGHT"', 1)
    return reader.size


class _SvgReader:
    """Refuses everything that is not on the lists above, with its line. What is inside a refused element is
    not read."""

    def __init__(self, wrong: list[_Refused]) -> None:
        self.size: tuple[float, float] | None = None
        self._wrong = wrong
        self._depth = 0
        self._refused = 0  # the depth of the refused element around this place
        self._style = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = lambda *_: self._end_at("a DOCTYPE, which may hold entities")
        self.parser.ProcessingInstructionHandler = lambda name, _: self._refuse(f"<?{name}")

    def _refuse(self, found: str, expected: str = _PLAIN_SVG) -> None:
        self._wrong.append(_Refused(found, expected, self.parser.CurrentLineNumber))

    def _end_at(self, found: str, expected: str = _PLAIN_SVG) -> NoReturn:
        raise _Refused(found, expected, self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._refused:
            return
        space, _, element = name.rpartition(" ")
        before = len(self._wrong)
        if self._depth == 1 and (space, element) != (_SVG, "svg"):
            # Everything else may be wrong only because of it.
            self._end_at(f"<{element}> outermost", f'<svg xmlns="{_SVG}">')
        if element in _TEXTS:
            self._refuse(
                f"<{element}>",
                "no words in a picture, because only words in the page are translated and read aloud",
            )
        elif space != _SVG or element not in _ELEMENTS:
            self._refuse(f"<{element}>")
        self._refused = self._depth if len(self._wrong) > before else 0
        for key, value in () if self._refused else attributes.items():
            self._attribute(element, key, value)
        if self._depth == 1:
            self.size = _size(attributes)
        self._style = element == "style"

    def _attribute(self, element: str, key: str, value: str) -> None:
        space, _, name = key.rpartition(" ")
        if name.lower().startswith("on"):
            self._refuse(f"{name} on <{element}>")
        elif name == "href" and not value.startswith("#"):
            self._refuse(f"href {shown(value)} on <{element}>", 'href="#id" of the same picture')
        elif space not in ("", _XLINK, "http://www.w3.org/XML/1998/namespace"):
            self._refuse(f"{name}, which is of another program, on <{element}>")
        elif _LOADS.search(value):
            self._refuse(f"{name}={shown(value)} on <{element}>", "only url(#id) of the same picture")

    def _end(self, _: str) -> None:
        if self._refused == self._depth:
            self._refused = 0
        self._depth -= 1
        self._style = False

    def _text(self, text: str) -> None:
        if self._style and _LOADS.search(text):
            self._refuse(f"{shown(text.strip())} in <style>", "only url(#id) of the same picture")


def _size(attributes: dict[str, str]) -> tuple[float, float] | None:
    box = attributes.get("viewBox", "").replace(",", " ").split()
    sides = [_NUMBER.fullmatch(side) for side in (box[2:] if len(box) == 4 else _written(attributes))]
    if len(sides) != 2 or not all(sides):
        return None
    width, height = (float(side[1]) for side in sides if side)
    return (width, height) if width and height else None


def _written(attributes: dict[str, str]) -> Iterator[str]:
    return (attributes.get(side, "") for side in ("width", "height"))


TOGETHER = 20_480  # bytes of all pictures of one page
_SIDE = re.compile(r"[1-9][0-9]{0,3}")
_FILE_NAME = re.compile(r"\S+\.\w{2,4}")


def picture_problems(
    sites: Collection[Site], files: Collection[str], pictures: Mapping[str, Picture], whole: bool
) -> Iterator[Problem]:
    """Yield the problems of the pages' pictures. ``files`` are all files of docs/ (``pictures/map.svg``),
    ``pictures`` the good ones among them. ``whole`` says whether ``sites`` has all countries."""
    used: set[str] = set()
    problems: set[Problem] = set()
    for site in sites:
        for markup in site.pages.values():
            shown_here: dict[str, int] = {}
            for element in markup.of("img"):
                if not element.stands_in(site.offer.country):
                    continue
                source = element.attributes.get("src", "")
                file = site.picture(markup.page, source)
                if file is None:
                    expected = f"a picture that is in docs/{instead(source, files)}"
                    found = f"the picture {shown(source)}, which is not there"
                    problems.add(Problem(markup.page.file, element.line, "", found, expected))
                    continue
                used.add(file)
                if picture := pictures.get(file):
                    shown_here[file] = picture.size
                    problems |= {
                        Problem(markup.page.file, element.line, "", *wrong)
                        for wrong in _shown_wrongly(element, picture)
                    }
            if (weight := sum(shown_here.values())) > TOGETHER:
                found = f"{weight:,}"
                expected = f"at most {TOGETHER:,} bytes of pictures on a page"
                problems.add(Problem(markup.page.file, 0, "", found, expected))
    yield from problems
    pages = [markup for site in sites for markup in site.pages.values()]
    for file in sorted({*files} - used) if whole else ():
        if any(page.may_have(file.rpartition("/")[2]) for page in pages):
            continue
        yield Problem(f"docs/{file}", 0, "", "a picture that no page shows", "only pictures that pages show")


def _shown_wrongly(element: Element, picture: Picture) -> Iterator[tuple[str, str]]:
    """Yield what is found and expected if an element shows its picture wrongly."""
    source, words = element.attributes.get("src", ""), element.attributes.get("alt", "").strip()
    decoration = element.attributes.get("role") == "presentation"
    if decoration and words:
        yield f"both on {shown(source)}", "words or role=presentation"
    if not decoration and (not words or _FILE_NAME.fullmatch(words)):
        expected = f"![what it shows]({source}), or ![]({source}){{ role=presentation }} for a decoration"
        yield f"the picture {shown(source)} without words", expected
    width, height = (element.attributes.get(side, "") for side in ("width", "height"))
    good = (
        f"{{ width={picture.width:.0f} height={picture.height:.0f} }}, or less of both in the same proportion"
    )
    if not (_SIDE.fullmatch(width) and _SIDE.fullmatch(height)):
        yield f"the picture {shown(source)} without width and height", good
    elif abs(int(width) * picture.height - int(height) * picture.width) > max(picture.width, picture.height):
        yield f"width={width} height={height} on {shown(source)}", good
