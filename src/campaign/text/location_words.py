"""Words that say where a place is, by language. In the texts of a contact whose address is never published,
none of them may stand.

They are looked for in the texts of every language: nobody's file has to name its language rightly. What is
beyond such a list: a place that is described ("beside the church"), and a number in words.
"""

from __future__ import annotations

import re

from .digits import digits_of

# Beginnings of words, also inside compounds, then whole words or their beginnings where shorter ones would
# be found in others. "māja", "house" and «дом» are missing: they are parts of many services' names.
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
    """The first word of a text that says where a place is, or its digits; None where it has none."""
    words = re.findall(r"[\w'’ʼ]+", text)
    return next((word for word in words if _SAYS_WHERE.search(word)), None) or digits_of(text) or None
