"""Whether pages show their pictures rightly: with words for those who do not see them, in the room that they
take, and together no heavier than a page may be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from .links import Site
from .markup import Element
from .picture import Picture
from .problem import Problem, instead, shown

TOGETHER = 20_480  # bytes of all pictures of one page
_SIDE = re.compile(r"[1-9][0-9]{0,3}")
_FILE_NAME = re.compile(r"\S+\.\w{2,4}")


def picture_problems(
    sites: Iterable[Site], files: Collection[str], pictures: Mapping[str, Picture], whole: bool
) -> Iterator[Problem]:
    """What is wrong with the pictures of the pages. ``files`` are all that docs/ has (``pictures/map.svg``),
    ``pictures`` those of them that are good. ``whole`` says whether the sites are those of all countries."""
    used: set[str] = set()
    found: set[Problem] = set()
    for site in sites:
        for markup in site.pages.values():
            whole = whole and markup.whole
            shown_here: dict[str, int] = {}
            for element in markup.of("img"):
                if not element.stands_in(site.offer.country):
                    continue
                source = element.attributes.get("src", "")
                file = site.picture(markup.page, source)
                if file is None:
                    allowed = f"a picture that is in docs/{instead(source, files)}"
                    message = f"found the picture {shown(source)}, which is not there, allowed {allowed}"
                    found.add(Problem(markup.page.file, element.line, "", message))
                    continue
                used.add(file)
                if picture := pictures.get(file):
                    shown_here[file] = picture.size
                    found |= {
                        Problem(markup.page.file, element.line, "", m)
                        for m in _shown_wrongly(element, picture)
                    }
            if (weight := sum(shown_here.values())) > TOGETHER:
                message = (
                    f"found pictures of {weight:,} bytes together, allowed at most {TOGETHER:,} on a page"
                )
                found.add(Problem(markup.page.file, 0, "", message))
    yield from found
    for file in sorted({*files} - used) if whole else ():
        yield Problem(
            f"docs/{file}", 0, "", "found a picture that no page shows, allowed those that a page shows"
        )


def _shown_wrongly(element: Element, picture: Picture) -> Iterator[str]:
    source, words = element.attributes.get("src", ""), element.attributes.get("alt", "").strip()
    decoration = element.attributes.get("role") == "presentation"
    if decoration and words:
        yield f"found words and role=presentation on {shown(source)}, allowed one of the two"
    if not decoration and (not words or _FILE_NAME.fullmatch(words)):
        allowed = f"![what it shows]({source}), or ![]({source}){{ role=presentation }} for mere decoration"
        yield f"found the picture {shown(source)} without words, allowed {allowed}"
    width, height = (element.attributes.get(side, "") for side in ("width", "height"))
    good = (
        f"{{ width={picture.width:.0f} height={picture.height:.0f} }}, or less of both in the same proportion"
    )
    if not (_SIDE.fullmatch(width) and _SIDE.fullmatch(height)):
        yield f"found the picture {shown(source)} without width and height, allowed {good}"
    elif abs(int(width) * picture.height - int(height) * picture.width) > max(picture.width, picture.height):
        yield f"found width={width} height={height} on {shown(source)}, allowed {good}"
