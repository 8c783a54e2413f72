"""The page about translations: states by page and language, and each text that needs work. No copy has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..contacts.card import card_environment
from ..pages.ui_strings import Words
from ..translation.states import State, Text, Translations
from ..translation.states_as_table import counts_of
from ..translation.word_diff import word_diff


def translation_report(
    root: Path,
    words: Mapping[str, Words],
    translations: Translations,
    languages: Sequence[str],
    language: str,
) -> str:
    """Return the page as HTML in ``language``, about these ``languages``."""
    rows = counts_of(translations)
    return (
        card_environment(root)
        .get_template("translations.html")
        .render(
            language=language,
            words=words[language],
            names={code: own["language-name"] for code, own in words.items()},
            languages=languages,
            states=list(State),
            rows=rows,
            worst=_worst,
            open={code: [*_open(translations, rows, code)] for code in languages},
            diff=word_diff,
        )
    )


def _worst(counts: Counter[State]) -> State:
    return next(state for state in State if counts[state])


def _open(
    translations: Translations, rows: Mapping[str, Mapping[str, Counter[State]]], language: str
) -> list[Text]:
    """Return the texts that need work, the harmful ones first. The table is enough for missing pages."""
    texts = [
        text
        for text in translations.texts
        if text.language == language
        and text.state is not State.CURRENT
        and rows[text.page][language][State.MISSING] < rows[text.page][language].total()
    ]
    return sorted(texts, key=lambda text: (not text.harmful, list(State).index(text.state)))
