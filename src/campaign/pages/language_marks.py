"""A language on a page in another language: how its texts are marked, its name and its writing direction."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ..text.interpolation import filled
from ..text.opening_hours import comma, locale_of
from .ui_strings import Words


def direction(language: str) -> str:
    """Return ``ltr`` or ``rtl``, from CLDR."""
    return "rtl" if locale_of(language).character_order == "right-to-left" else "ltr"


def language_name(code: str, language: str) -> str:
    """Return the name of the language ``code`` in ``language``: "Estonian"."""
    return str(locale_of(language).languages[code])


def language_names(codes: Iterable[str], language: str) -> str:
    """Return the names of several languages in ``language``: "Estonian, Russian"."""
    return comma(language).join(language_name(code, language) for code in codes)


def written_in(code: str, language: str, words: Words) -> str:
    """Return the words for "in Estonian", in ``language``, for a page in the language ``code``."""
    return filled(words["in-language"], language=language_name(code, language))


def marked(language: str, page_language: str) -> Markup:
    """Return the attributes of a text on a page of ``page_language``: none if it is in the same language,
    else its language, and its direction if that differs (WCAG 3.1.2)."""
    if language == page_language:
        return Markup()
    other = direction(language)
    turned = f' dir="{other}"' if other != direction(page_language) else ""
    return Markup(f' lang="{language}"{turned}')
