"""A language on a page of another: how its texts are marked, what it is called, which way it is written."""

from __future__ import annotations

from markupsafe import Markup

from ..model.opening_hours import locale_of
from .ui_strings import Words, filled


def direction(language: str) -> str:
    """``ltr`` or ``rtl``, as CLDR has it."""
    return "rtl" if locale_of(language).character_order == "right-to-left" else "ltr"


def language_name(code: str, language: str) -> str:
    """What readers of ``language`` call the language ``code``: "Estonian"."""
    return str(locale_of(language).languages[code])


def written_in(code: str, language: str, words: Words) -> str:
    """What readers of ``language`` are told of a page in the language ``code``: "in Estonian"."""
    return filled(words["in-language"], language=language_name(code, language))


def marked(language: str, page_language: str) -> Markup:
    """The attributes of a text on a page of ``page_language``: none where it is in the page's own language,
    and its direction where it is another (WCAG 3.1.2)."""
    if language == page_language:
        return Markup()
    other = direction(language)
    turned = f' dir="{other}"' if other != direction(page_language) else ""
    return Markup(f' lang="{language}"{turned}')
