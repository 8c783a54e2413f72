"""Finds phone numbers in a text, in the digits of any script and with any separators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache

REGIONS = ("EE", "LV", "LT", "RU")
SHORTEST = 7  # digits of a national number in these regions
_COUNTRY = 3  # digits of a country's code at most
_LONGEST_CODE = 4  # digits of a short code such as 112; 116 xxx is safe to find in any spacing
_LONGEST = 17  # digits of an international number with its 00; more digits are several numbers
_MOST = 40  # digits that are examined together

BLANK = "\N{REPLACEMENT CHARACTER}"  # replaces a passage that is not a number; no number extends across it
# Possible separators of digits: all except letters, digits, and the ends of a paragraph or a table cell. A
# plus begins a number unless it is directly between two digits.
_SIGN = rf"(?:_|[^\w\n|+{BLANK}]|(?<=\d)[+|](?=\d))"
_BLANKS = r"[^\S\n]*+"
_GAP = rf"{_BLANKS}(?:{_SIGN}{_BLANKS}){{0,3}}+"
_RUN = re.compile(rf"(?<![^\W_])\+?\d(?:{_GAP}\d){{2,{_MOST - 1}}}+")

_YEAR = r"(?:19|20)\d\d"
_AND = r"\s?[^\w\s|+]\s?"  # between two years; not a space alone, which numbers contain
_NO_NUMBER = re.compile(
    rf"(?=\d)(?<!\d)(?:{_YEAR}-\d\d(?:-\d\d)?|\d\d?[./]\s?\d\d?[./]\s?{_YEAR}|{_YEAR}(?:{_AND}{_YEAR})+"
    r"|\d\d?[.:]\d\d\s?[-–]\s?\d\d?[.:]\d\d|(?<!\d[:])(?:[01]?\d|2[0-4]):[0-5]\d(?![:]\d)"
    r"|\d{1,3}(?:[ \xa0.,]000){2,})(?!\d)"
)
# Numbers that are found even if nobody has them: free ones, Europe's 116 xxx, international ones.
_SURE = re.compile(r"[08]?800\d{5,7}|116\d{3}|(?:\+|00)\d{7,15}")
# Latin and Cyrillic letters that are read as digits in a word that also has digits: 9OO, 1l2, 73З.
_LIKE_DIGITS = str.maketrans("OoОоIlІіЗз", "0000111133")
_DIGITS_AND_ALIKE = re.compile(r"(?<!\w)[\dOoОоIlІіЗз]{3,}+(?!\w)")
_FULL_STOPS = "\u3002\uff61"  # dots in a host name, though their Unicode class does not say so


def plain_signs(text: str) -> str:
    """Return the text with an ASCII character for each equivalent (digits of any script, full-width letters),
    and a digit for each letter that is read as one. All positions stay the same."""
    if not text.isascii():
        text = text.translate({ord(sign): _plain(sign) for sign in set(text) if not sign.isascii()})
    return _DIGITS_AND_ALIKE.sub(_as_digits, text)


def _as_digits(word: re.Match[str]) -> str:
    return word[0].translate(_LIKE_DIGITS) if any(sign.isdigit() for sign in word[0]) else word[0]


@lru_cache(4096)
def _plain(sign: str) -> str:
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    if sign in _FULL_STOPS:
        return "."
    form = unicodedata.normalize("NFKC", sign)
    if len(form) == 1 and form.isascii() and form != " ":
        return form
    return (
        "-" if unicodedata.category(sign) == "Lm" else sign
    )  # such as the Arabic and the Japanese long dash


def digits_of(text: str) -> str:
    """Return all digits of a text, from any script and between any characters."""
    pairs = zip(text, plain_signs(text), strict=True)
    return "".join(plain for sign, plain in pairs if _counts(sign) or _counts(plain))


def _counts(sign: str) -> bool:
    """Whether a character is a number, also as a letter, such as the Chinese 一 (one)."""
    return unicodedata.category(sign)[0] == "N" or unicodedata.numeric(sign, None) is not None


def without_dates(text: str) -> str:
    """Return the text with years, dates, hours and round sums blanked."""
    return _NO_NUMBER.sub(blanked, text)


def blanked(match: re.Match[str]) -> str:
    """Return one `BLANK` for each character of the match, and keep its line ends."""
    return re.sub(r"[^\n]", BLANK, match[0])


class Numbers:
    """Finds numbers. The numbers ``ours`` of the contacts are found in any spacing."""

    def __init__(self, ours: Iterable[str]) -> None:
        self._written = list(ours)

    @cached_property
    def _ours(self) -> dict[int, Collection[str]]:
        """All forms of our numbers in digits alone, by length, the longest first."""
        return _by_length(self._written)

    @cached_property
    def _short(self) -> dict[int, Collection[str]]:
        """Those forms that are shorter than a national number: only these can be in a run that is shorter."""
        near = [number for number in self._written if len(only_digits(number)) < SHORTEST + _COUNTRY]
        return {size: forms for size, forms in _by_length(near).items() if size < SHORTEST}

    def find(self, text: str, shortest: int = 1) -> Iterator[tuple[int, int]]:
        """Yield start and end of each number in a text from `plain_signs`, from ``shortest`` digits on."""
        for run in _RUN.finditer(text):
            for start, end in list(self._listed(run[0])) or self._in(run[0]):
                if len(only_digits(run[0][start:end])) >= shortest:
                    yield run.start() + start, run.start() + end

    def _listed(self, run: str) -> Iterator[tuple[int, int]]:
        """Yield the numbers in a run that is a list of numbers."""
        position = 0
        for part in re.split(r"([,;]\s)", run):
            yield from ((position + start, position + end) for start, end in self._in(part))
            position += len(part)

    def _in(self, run: str) -> Iterator[tuple[int, int]]:
        """Yield the numbers in a run of digits and gaps: ours in any spacing, others in usual spacing."""
        places = [index for index, sign in enumerate(run) if sign.isdigit()]
        digits = only_digits(run)
        whole = (0 if run.startswith("+") else places[0], places[-1] + 1) if places else (0, 0)
        if _SURE.fullmatch(("+" if run.startswith("+") else "") + digits):
            yield whole
        elif found := self._one_of_ours(run, digits, places) or _usual(run, digits, places):
            start, end = found
            yield from self._in(run[:start])
            yield start, end
            yield from ((end + s, end + e) for s, e in self._in(run[end:]))
        elif len(digits) > _LONGEST:
            yield whole  # nobody can interpret so many digits, and no text needs them

    def _one_of_ours(self, run: str, digits: str, places: list[int]) -> tuple[int, int] | None:
        known = self._short if len(digits) < SHORTEST else self._ours
        for size, forms in known.items():
            for at in range(len(digits) - size + 1):
                if digits[at : at + size] in forms:
                    start, end = places[at], places[at + size - 1] + 1
                    if _stands_alone(run, start, end):
                        return start, end
        return None


def _usual(run: str, digits: str, places: list[int]) -> tuple[int, int] | None:
    """Return the first and longest number between two gaps of the run that one of our regions can have."""
    if not SHORTEST <= len(digits) <= _LONGEST:
        return None
    cuts = [0, *(i for i in range(1, len(places)) if places[i] > places[i - 1] + 1), len(places)]
    for first, start in enumerate(cuts[:-1]):
        for end in reversed(cuts[first + 1 :]):
            if end - start >= SHORTEST and _is_national(digits[start:end]):
                begin = places[start] - (start == 0 and run.startswith("+"))
                return begin, places[end - 1] + 1
    return None


@lru_cache(4096)
def _is_national(digits: str) -> bool:
    """Whether one of the regions has such a number, with or without its national prefix."""
    return any(pattern.fullmatch(digits) for pattern in _patterns())


@lru_cache(1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of each region's national numbers, from Google's metadata."""
    from phonenumbers import PhoneMetadata  # imported late: most builds have no new text

    patterns = []
    for region in REGIONS:
        known = PhoneMetadata.metadata_for_region(region)
        assert known is not None
        kinds = (
            known.fixed_line, known.mobile, known.toll_free, known.premium_rate, known.shared_cost,
            known.personal_number, known.voip, known.pager, known.uan, known.voicemail,
        )  # fmt: skip
        forms = {kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern}
        prefix = known.national_prefix_for_parsing
        before = f"(?:{prefix})?" if prefix else ""
        patterns.append(re.compile(f"{before}(?:{'|'.join(sorted(forms))})"))
    return tuple(patterns)


def _stands_alone(run: str, start: int, end: int) -> bool:
    """Whether the digits from ``start`` to ``end`` are a number. The digits of a short code must be all
    together or all apart, and not in a decimal: 1-24, 124.5 and 3,124 are not 124."""
    if run[:start][-1:].isdigit() or run[end:][:1].isdigit():
        return False
    gaps = re.findall(r"\D+", run[start:end])
    digits = end - start - sum(map(len, gaps))
    if digits > _LONGEST_CODE:
        return True
    if re.match(r"[.,]\d", run[end:]) or re.search(r"\d[.,]$", run[:start]):
        return False
    alike = len({gap.strip() for gap in gaps}) <= 1 and not any(re.match(r"[,;]\s", gap) for gap in gaps)
    return not gaps or (len(gaps) == digits - 1 and alike)


def forms(number: str) -> Iterator[str]:
    """Yield the digits of a number as they are dialled, then without the country's code or the leading 0."""
    digits = only_digits(number)
    yield digits
    if number.startswith("+"):
        import phonenumbers

        yield str(phonenumbers.parse(number).national_number)
    elif digits.startswith("0"):
        yield digits[1:]


def _by_length(numbers: Iterable[str]) -> dict[int, Collection[str]]:
    """Return all forms of these numbers in digits alone, by length, the longest first."""
    found: dict[int, set[str]] = {}
    for number in numbers:
        for form in forms(number):
            found.setdefault(len(form), set()).add(form)
    return {size: frozenset(found[size]) for size in sorted(found, reverse=True)}


def only_digits(number: str) -> str:
    """Return the ASCII digits alone: ``3726607320`` for ``+372 660 7320``. `digits_of` reads any script."""
    return re.sub("[^0-9]", "", number)
