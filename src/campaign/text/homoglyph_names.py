"""Whether two names look alike to a reader, even if they have different letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters of the Cyrillic, Greek and Latin alphabets, with the plain letter that each looks like: the part of
# Unicode Technical Standard 39, confusables.txt, that names in these countries may need; and the small
# Cyrillic letters that look like small capitals (в, к, м, н, т).
_LETTERS = {
    "A": "ΑА", "B": "ΒВБ", "C": "СҪϹ", "D": "ĐÐƉ", "E": "ΕЕɆ", "F": "ϜƑ", "G": "ԌǤƓ", "H": "ΗНĦҢӇ",
    "I": "ΙІӀǀƗ", "J": "ЈͿɈ", "K": "ΚКҚꝀҞƘ", "L": "Ł", "M": "ΜМϺӍ", "N": "ΝƝ", "O": "ΟОØΘѲӨƟ", "P": "ΡРƤ",
    "Q": "Ԛ", "R": "Ʀ", "S": "Ѕ", "T": "ΤТŦҬƬȾ", "U": "Ʉ", "V": "Ѵ", "W": "Ԝ", "X": "ΧХҲ", "Y": "ΥУҮҰƳ",
    "Z": "ΖƵȤ",
    "a": "αаɑᴀ", "b": "вьƅɓƃƀʙ", "c": "сϲᴄȼҫ", "d": "đԁɗɖƌᴅ", "e": "еҽɇᴇ", "f": "ƒꞙꜰ", "g": "ɡɠǥƍɢ",
    "h": "һнɦћħʜ", "i": "ιіıɩɪɨӏ", "j": "јϳɉᴊ", "k": "кκƙқᴋ", "l": "łɭƚɫʟ", "m": "мɱᴍ", "n": "ηɳƞɴ",
    "o": "οоøσөѳɵᴏ", "p": "ρрƥᴘ", "q": "ԛʠ", "r": "гғᴦɼɽʀ", "s": "ѕʂƽꜱ", "t": "тτŧƭᴛ", "u": "υʋᴜ",
    "v": "νѵᴠ", "w": "ωѡԝɯᴡ", "x": "хχҳ",
    "y": "уүγƴɏʏ", "z": "ᴢƶʐȥ", "ae": "ÆӔæӕ", "oe": "Œœ", "bl": "Ыы", "lo": "Юю", "3": "ЗзƷӠ",
}  # fmt: skip
_PLAIN = {ord(letter): plain for plain, letters in _LETTERS.items() for letter in letters}
_SIGNS = str.maketrans({"0": "o", "1": "l", "|": "l", "i": "l"})
# Signs and digits that are also written for a letter, as in "La$teabi".
_ALSO = str.maketrans(
    {"$": "s", "5": "s", "@": "a", "4": "a", "€": "e", "3": "e", "!": "l", "8": "b", "7": "t"}
)
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "MODIFIER", "FEMININE", "MASCULINE")
_EMPTY = "\u115f\u1160\u3164\uffa0"  # Hangul fillers: letters without a shape
_WORD = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"[(\[{（].*?[)\]}）]")


def skeletons(name: str) -> frozenset[str]:
    """Return a name reduced to what a reader sees: without case, accents, gaps, signs and invisible letters,
    and with plain letters for those that look like them. The set also has the name without its brackets,
    because readers take ``Lasteabi (Narva)`` for ``Lasteabi``. Names that look alike share a skeleton."""
    whole = _without_marks(unicodedata.normalize("NFKC", name))
    found = set()
    for text in {
        part.translate(form) for part in (whole, _IN_BRACKETS.sub(" ", whole)) for form in ({}, _ALSO)
    }:
        # A capital and its small letter may look like different letters, so both are tried.
        found |= {_letters(text.translate(_PLAIN).casefold()), _letters(text.casefold().translate(_PLAIN))}
    return frozenset(found - {""})


def letter_of_no_known_alphabet(name: str) -> str | None:
    """Return the first letter of an alphabet that no language of the sites is written in; None if there is
    none. Some have letters like the Latin ones: a name in Lisu capitals can look like any other."""
    for sign in name:
        known = unicodedata.name(sign, "").startswith(_ALPHABETS)
        if unicodedata.category(sign)[0] == "L" and not known:
            return sign
    return None


@lru_cache(4096)  # in a preview most names are as they were
def skeletons_within(name: str) -> frozenset[str]:
    """Return the skeletons of the name and of any consecutive words in it: ``Narva Lasteabi`` includes that
    of ``Lasteabi``, and ``Narva lasteabikeskus`` does not."""
    words = _WORD.findall(unicodedata.normalize("NFKC", name))
    rows = (
        " ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)
    )
    return skeletons(name).union(*map(skeletons, rows))


def _letters(text: str) -> str:
    kept = "".join(sign for sign in text.translate(_SIGNS) if sign.isalnum() and sign not in _EMPTY)
    return kept.replace("rn", "m").replace("vv", "w")


def _without_marks(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
