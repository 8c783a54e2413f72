"""Marks texts as translated, and changes of a source as minor, in the records of translations."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..errors import CampaignError, Problem, instead, shown
from .states import Text, Translations
from .translation_records import MACHINE, Record, Records
from .word_diff import in_one_line


@dataclass(frozen=True)
class MinorChange:
    """A change of a source that may be minor: ``before`` is what these languages were made from."""

    text: Text
    before: str
    languages: tuple[str, ...]
    difference: str


def chosen(translations: Translations, names: Collection[str], languages: Collection[str] = ()) -> list[Text]:
    """Return the texts of these names in these languages. A name is a page (``help.md``), a section
    (``help.md#when-you-call``) or the key of a word (``exit``); no name stands for all texts, and no language
    for all languages. Raise `CampaignError` for unknown ones."""
    texts = [text for text in translations.texts if not languages or text.language in languages]
    command = "campaign translated"
    problems = [
        Problem(
            command, 0, "--language", shown(code), f"one of the languages {', '.join(translations.languages)}"
        )
        for code in languages
        if code not in translations.languages
    ]
    known = {text.name for text in translations.texts} | {text.page for text in translations.texts} - {""}
    for name in names:
        if name not in known:
            expected = f"a page, a section (help.md#ID) or a word{instead(name, known)}"
            problems.append(Problem(command, 0, "", shown(name), expected))
    if problems:
        raise CampaignError(problems)
    return [text for text in texts if not names or text.name in names or text.page in names]


def record(
    translations: Translations, texts: Iterable[Text], *, machine: bool = False
) -> tuple[Records, list[Text]]:
    """Return the records in which these texts are translations of the present source, and the texts whose
    record is new. Missing texts are left out. ``machine``: no person has read them."""
    records = _copied(translations.records)
    done = []
    for text in texts:
        if text.here is None:
            continue
        new = Record(text.source.digest, text.here.digest, MACHINE if machine else "")
        own = records.of.setdefault(text.language, {})
        if own.get(text.name) != new:
            done.append(text)
        own[text.name] = new
        records.sources[text.source.digest] = text.source.text
    _forget_absent(translations, records)
    return records, done


def minor_changes(texts: Iterable[Text]) -> list[MinorChange]:
    """Return each old source text from which some of these texts were made: one change for each, as languages
    may be behind by different changes."""
    found: dict[tuple[str, str], list[Text]] = {}
    for text in texts:
        if text.behind and text.record:
            found.setdefault((text.name, text.record.source), []).append(text)
    return [
        MinorChange(
            behind[0],
            before,
            tuple(text.language for text in behind),
            in_one_line(behind[0].old_source, behind[0].source.text),
        )
        for (_, before), behind in found.items()
    ]


def as_minor(translations: Translations, changes: Iterable[MinorChange]) -> Records:
    """Return the records in which these changes are minor: the translations stay what they were."""
    records = _copied(translations.records)
    for change in changes:
        line = (change.text.name, change.before, change.text.source.digest)
        if line not in records.minor:
            records.minor.append(line)
    return records


def _copied(records: Records) -> Records:
    of = {language: dict(own) for language, own in records.of.items()}
    return Records(of, dict(records.sources), list(records.minor))


def _forget_absent(translations: Translations, records: Records) -> None:
    """Remove the records of texts that no source has any more, except of a section that may be on another
    page now."""
    names = {text.name for text in translations.texts}
    for language, own in records.of.items():
        wanting = {
            text.section
            for text in translations.texts
            if text.language == language and text.page and text.name not in own
        }
        for name in [name for name in own if name not in names]:
            if name.partition("#")[2] not in wanting:
                del own[name]
