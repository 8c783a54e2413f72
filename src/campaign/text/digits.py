"""Finds phone numbers in a text, in whatever digits they are written and whatever stands between those."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache

REGIONS = ("EE", "LV", "LT", "RU")
SHORTEST = 7  # digits of a national number in these regions
_COUNTRY = 3  # digits of a country's code at most
_LONGEST_CODE = 4  # digits of a short code such as 112; 116 xxx is safe to find in any spacing
_LONGEST = 17  # digits of an international number with its 00; more than these are several numbers
_MOST = 40  # digits that are taken apart together

BLANK = "\N{REPLACEMENT CHARACTER}"  # stands where something was that is no number; no number goes across it
# What may stand between the digits of a number: everything that is no letter and no digit, but the end of a
# paragraph and of a table's cell. A plus begins a number, unless it stands right between two digits.
_SIGN = rf"(?:_|[^\w\n|+{BLANK}]|(?<=\d)[+|](?=\d))"
_BLANKS = r"[^\S\n]*+"
_GAP = rf"{_BLANKS}(?:{_SIGN}{_BLANKS}){{0,3}}+"
_RUN = re.compile(rf"(?<![^\W_])\+?\d(?:{_GAP}\d){{2,{_MOST - 1}}}+")

_YEAR = r"(?:19|20)\d\d"
_AND = r"\s?[^\w\s|+]\s?"  # between two years: no space alone, which numbers have
_NO_NUMBER = re.compile(
    rf"(?=\d)(?<!\d)(?:{_YEAR}-\d\d(?:-\d\d)?|\d\d?[./]\s?\d\d?[./]\s?{_YEAR}|{_YEAR}(?:{_AND}{_YEAR})+"
    r"|\d\d?[.:]\d\d\s?[-–]\s?\d\d?[.:]\d\d|(?<!\d[:])(?:[01]?\d|2[0-4]):[0-5]\d(?![:]\d)"
    r"|\d{1,3}(?:[ \xa0.,]000){2,})(?!\d)"
)
# Numbers wherever they stand, in service or not: free ones, Europe's 116 xxx, international ones.
_SURE = re.compile(r"[08]?800\d{5,7}|116\d{3}|(?:\+|00)\d{7,15}")
# Letters that are read as digits, in a word that has digits beside them: 9OO, 1l2. Latin and Cyrillic.
_LIKE_DIGITS = str.maketrans("OoОоIlІі", "00001111")
_DIGITS_AND_ALIKE = re.compile(r"(?<!\w)[\dOoОоIlІі]{3,}+(?!\w)")
_FULL_STOPS = "\u3002\uff61"  # read as dots in a host's name, though their class does not say so


def plain_signs(text: str) -> str:
    """The text with an ASCII character for each that stands for one, such as digits of any script and
    full-width letters, and for letters that are read as digits. Each character stays in its place."""
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
    return form if len(form) == 1 and form.isascii() and form != " " else sign


def digits_of(text: str) -> str:
    """All digits of a text, whatever they look like and stand among."""
    pairs = zip(text, plain_signs(text), strict=True)
    return "".join(plain for sign, plain in pairs if "N" in (_class(sign), _class(plain)))


def _class(sign: str) -> str:
    return unicodedata.category(sign)[0]


def without_dates(text: str) -> str:
    """The text, with years, dates, hours and round sums blanked."""
    return _NO_NUMBER.sub(blanked, text)


def blanked(match: re.Match[str]) -> str:
    """As many blanks as the match has characters, and its line ends."""
    return re.sub(r"[^\n]", BLANK, match[0])


class Numbers:
    """Looks for numbers. ``ours`` are found in any spacing, as they stand in the contacts."""

    def __init__(self, ours: Iterable[str]) -> None:
        self._written = list(ours)

    @cached_property
    def _ours(self) -> dict[int, Collection[str]]:
        """All that our numbers may look like in digits alone, by length, the longest first."""
        return _by_length(self._written)

    @cached_property
    def _short(self) -> dict[int, Collection[str]]:
        """The same with fewer digits than a national number has: no other number need be taken apart."""
        near = [number for number in self._written if len(only_digits(number)) < SHORTEST + _COUNTRY]
        return {size: forms for size, forms in _by_length(near).items() if size < SHORTEST}

    def find(self, text: str, shortest: int = 1) -> Iterator[tuple[int, int]]:
        """Start and end of each number in a text of `plain_signs`, in their order; of those with
        ``shortest`` digits at least."""
        for run in _RUN.finditer(text):
            for start, end in list(self._listed(run[0])) or self._in(run[0]):
                if len(only_digits(run[0][start:end])) >= shortest:
                    yield run.start() + start, run.start() + end

    def _listed(self, run: str) -> Iterator[tuple[int, int]]:
        """The numbers in a run that is a list of them."""
        position = 0
        for part in re.split(r"([,;]\s)", run):
            yield from ((position + start, position + end) for start, end in self._in(part))
            position += len(part)

    def _in(self, run: str) -> Iterator[tuple[int, int]]:
        """The numbers in a run of digits and gaps: ours in any spacing, others as usually written."""
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
            yield whole  # of more digits nobody can say what they are, and no text needs them

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
    """The first and longest number in the run that one of our regions gives, between two gaps."""
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
    """Whether one of the regions has such a number, with or without the prefix that is dialled before it."""
    return any(pattern.fullmatch(digits) for pattern in _patterns())


@lru_cache(1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The national numbers of each region, from Google's metadata."""
    from phonenumbers import PhoneMetadata  # late, as in `fields`: most builds have no new text

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
    """Whether the digits from ``start`` to ``end`` are a number. Those of a short code stand all together
    or all apart, and not in a decimal: neither 1-24 nor 124.5 nor 3,124 is 124."""
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
    """The digits of a number as they are dialled, and without the country's code or the leading 0."""
    digits = only_digits(number)
    yield digits
    if number.startswith("+"):
        import phonenumbers

        yield str(phonenumbers.parse(number).national_number)
    elif digits.startswith("0"):
        yield digits[1:]


def _by_length(numbers: Iterable[str]) -> dict[int, Collection[str]]:
    """All that these numbers may look like in digits alone, the longest first."""
    found: dict[int, set[str]] = {}
    for number in numbers:
        for form in forms(number):
            found.setdefault(len(form), set()).add(form)
    return {size: frozenset(found[size]) for size in sorted(found, reverse=True)}


def only_digits(number: str) -> str:
    """``+372 660 7320`` as ``3726607320``."""
    return re.sub(r"\D", "", number)
