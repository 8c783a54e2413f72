"""The states of all translations as a table for a terminal, and as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..files.csv_guard import guarded
from .states import State, Text, Translations
from .word_diff import in_one_line

_WORDS = "words"  # the row of the interface
_COLUMNS = ("language", "name", "state", "concern", "file", "line", "change of the source")


def counts_of(translations: Translations) -> dict[str, dict[str, Counter[State]]]:
    """Return the number of texts by page (empty for words), language and state, in the order of the
    sources."""
    found: dict[str, dict[str, Counter[State]]] = {}
    for text in translations.texts:
        counts = found.setdefault(text.page, {}).setdefault(text.language, Counter())
        counts[text.state] += 1
    return found


def in_words(counts: Counter[State] | None) -> str:
    """Return a cell: ``2 behind, 1 unread``, ``current`` or, for the source itself, ``source``."""
    if not counts:
        return "source"
    if counts[State.MISSING] == counts.total():
        return "missing"
    open_ = [f"{counts[state]} {state}" for state in State if counts[state] and state is not State.CURRENT]
    return ", ".join(open_) or "current"


def difference(text: Text) -> str:
    """Return how the source has changed since this translation, in one line; empty if it has not."""
    return in_one_line(text.old_source, text.source.text) if text.behind else ""


def as_table(translations: Translations, languages: Sequence[str]) -> str:
    """Return pages and languages as a table; below it each text that is neither current nor on a missing
    page, with the change of its source."""
    rows = counts_of(translations)
    heads = ["page", *languages]
    cells = [[page or _WORDS, *(in_words(row.get(code)) for code in languages)] for page, row in rows.items()]
    widths = [max(len(row[column]) for row in [heads, *cells]) for column in range(len(heads))]
    lines = [_line(row, widths) for row in [heads, *cells]]
    return "\n".join([*lines, *_open(translations, rows, languages), totals(translations, languages)])


def totals(translations: Translations, languages: Sequence[str]) -> str:
    """Return one line with the numbers of all states in these languages."""
    counts = Counter(text.state for text in translations.texts if text.language in languages)
    return ", ".join(f"{counts[state]:,} {state}" for state in State) + "."


def _open(
    translations: Translations, rows: dict[str, dict[str, Counter[State]]], languages: Sequence[str]
) -> Iterator[str]:
    for text in translations.texts:
        row = rows[text.page][text.language]
        whole_page = bool(text.page) and row[State.MISSING] == row.total()
        if text.language in languages and text.state is not State.CURRENT and not whole_page:
            concern = f" ({text.concern})" if text.concern and text.state is State.BEHIND else ""
            place = f"{text.file}:{text.line}" if text.line else text.file
            yield f"{text.language} {text.name}: {text.state}{concern}, {place}"
            if change := difference(text):
                yield f"    {change}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def as_csv(translations: Translations, languages: Iterable[str]) -> str:
    """Return one line for each text, with semicolons and a byte order mark, so that Excel opens it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for text in translations.texts:
        if text.language in languages:
            change = difference(text)
            place = (text.file, text.line or "", guarded(change))
            writer.writerow((text.language, text.name, text.state, text.concern or "", *place))
    return "\ufeff" + out.getvalue()
