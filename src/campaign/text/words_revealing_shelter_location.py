"""Words for a location, by language. They are refused in the texts of a contact with a secret address.

Every text is checked against the words of all languages, so a file cannot avoid the check by naming a wrong
language. The list cannot find a location in other words ("beside the church") or a number in words.
"""

from __future__ import annotations

import re

from .find_phone_numbers import digits_of

# First beginnings of words, also inside compounds; then whole words, or beginnings that would also be found
# inside other words. "māja", "house" and «дом» are missing because many services have them in their names.
_WORDS = {
    "et": r"tänav|allee|kvartal|maantee|puiestee|korrus|korter|uksekell|trepiko[dj]a|aadress"
    r"|\b(?:väljak|plats|põik|hoov|(?:tn|mnt|pst|maja|majas|majja|majast)\b)",
    "lv": r"prospekt|gatv[eē]|krastmal|šķērsiel|alej|bulvār|šosej|laukum|dzīvokl|adres"
    r"|\b(?:iel[aāu]|kāpņu|durvju|pagalm|stāv[suaā]\b)",
    "lt": r"gatv[ėęi]|krantin|skver|prospekt|aikšt|laiptin|skambut|adres"
    r"|\b(?:alėj|plent|kiem|(?:aukšt|but|nam)(?:as|o|e|ą)\b)",
    "ru": r"улиц|переул|проспект|бульвар|шоссе|площад|набережн|алле[яею]|тупик|микрорайон|квартал|этаж"
    r"|квартир|подъезд|домофон|адрес"
    r"|\b(?:двор|корпус|просп|(?:ул|пер|пр|наб|мкр|корп)\b)",
    "uk": r"мікрорайон|вулиц|провул|проспект|бульвар|площ|набережн|квартир|під['’ʼ]їзд|домофон|адрес"
    r"|\b(?:шосе|поверх|двор|двір|(?:вул|пров)\b)",
    "en": r"street|avenue|embankment|boulevard|highway|doorbell|apartment|staircase|courtyard|address"
    r"|\b(?:road|square|floor|(?:lane|flat)\b)",
}
_SAYS_WHERE = re.compile("|".join(_WORDS.values()), re.I)


def says_where(text: str) -> str | None:
    """Return the first word of a text that describes a location, or its digits; None if there is none."""
    words = re.findall(r"[\w'’ʼ]+", text)
    return next((word for word in words if _SAYS_WHERE.search(word)), None) or digits_of(text) or None
