"""Pages at old addresses that lead on to the new ones, as ``moved_from`` in front matter says."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from ..contacts.card import card_environment
from ..model.contact import Audience
from ..model.roles import Role
from ..pages.language_marks import direction, marked
from ..pages.page import address, relative
from ..pages.slots import Slot
from ..site.page_scripts import read_scripts
from ..site.theme_context import Site


def moved_pages(site: Site, language: str) -> Iterator[tuple[str, str]]:
    """Yield path and HTML, with open slots, of each page at an old address in ``language``. The page has the
    exit if the new one has it, and a content policy. It is in no list, and no search engine keeps it."""
    partial = card_environment(site.root).get_template("moved.html")
    words, first = site.words[language], site.country.language
    for path in sorted(site.written):
        page = site.texts[f"{language}/{path}"]
        for old in page.meta.moved_from:
            readers = Audience.of(path).reads_for_help
            script = read_scripts(site.root, "exit.js")
            style = site.style(_html(path), "", language, fallback=False)
            here, there = (address(_html(name), language, first) for name in (old, path))
            yield (
                here,
                partial.render(
                    language=language,
                    direction=direction(language),
                    words=words,
                    policy=site.content_policy([script] if readers else [], style),
                    href=relative(there, here),
                    style=style,
                    script=script,
                    readers=readers,
                    target=Markup(str(Slot("exit", language, "-"))),
                    emergency=Markup(str(Slot("phone", language, Role.EMERGENCY))),
                    title=page.meta.title,
                    mark=marked(page.language, language),
                ),
            )


def _html(path: str) -> str:
    return path.removesuffix(".md") + ".html"
