"""Telephone numbers by libphonenumber: the one international form of a number, and whether it is harmless.

The card may show only numbers of the kinds in `ORDINARY`. Of the other kinds libphonenumber knows these
(measured with phonenumbers 9.0.43):
- in EE premium (900, 40xx) and personal numbers (70x);
- in LV premium (90) and shared cost (81);
- in LT premium (900, 902, 903, 909, 910), shared cost (808), personal (700, 705), company (706, 707) and
  internet numbers (801, 901);
- in RU premium (803, 809) and personal numbers (808).

It knows no pagers or voice mail in any of the four, no shared-cost or company numbers in EE and RU, and no
personal or company numbers in LV. It counts all of LV's 80 and RU's 804 as free, +7 840 and +7 940 as RU's,
and +7 6 and +7 7 as KZ's. A number of an unknown kind is either invalid and refused, or looks ordinary.
"""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from .find_phone_numbers import only_digits

# ITU-T E.164: at most 15 digits. Groups have one space between them, as on a card.
_FORM = re.compile(r"\+?[0-9]+(?: [0-9]+)*")
_MOST_DIGITS = 15
_TRUNK = "08"  # the prefix for calls inside some countries; it never follows the country's code

MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
ORDINARY = MOBILE | {PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE}
# No exception allows these: they are expensive in every country.
_NEVER_KIND = frozenset({PhoneNumberType.PREMIUM_RATE})
_NEVER_CODE = re.compile(r"\+(?:87|88|979)")  # satellites, global networks, international premium rate


def well_formed_instead(number: str, country: str) -> str | None:
    """Return what is expected instead of ``number`` in a file of ``country`` (``ee``). None if it is valid
    and written as in E.164, a national freephone number, or a possible short code. libphonenumber calls
    116006 invalid in EE and LV, 124 in RU and 113 in LT, though all four are in service."""
    region = country.upper()
    expected = (
        f'a number in quotes: international ("+372 …"), a short code of {region} ("116 006") '
        'or a national freephone ("0 800 …")'
    )
    if not _FORM.fullmatch(number):
        return f"{expected}, with one space at a time between digits" + _perhaps(number, region)
    digits = only_digits(number)
    if len(digits) > _MOST_DIGITS:
        return f"{expected}, of at most {_MOST_DIGITS} digits"
    parsed = _parsed(number, region)
    if parsed is None:
        return expected
    valid = phonenumbers.is_valid_number(parsed)
    if number.startswith("+"):
        return None if valid and _e164(parsed) == f"+{digits}" else expected + _perhaps(number, region)
    if digits.startswith("0800"):
        good = valid and phonenumbers.number_type(parsed) == PhoneNumberType.TOLL_FREE
    else:
        good = digits.startswith("1") and phonenumbers.is_possible_short_number_for_region(parsed, region)
    return None if good else expected + _perhaps(number, region)


def ordinary_instead(number: str, country: str) -> str | None:
    """Return what is expected instead of a well-formed ``number``; None if ordinary and the country's."""
    parsed = _parsed(number, country.upper())
    region = phonenumbers.region_code_for_number(parsed) if parsed else None
    if parsed is None or region != country.upper():
        whose = "no country" if region in (None, "001") else region
        found = f"this one is of {whose}"
    elif phonenumbers.number_type(parsed) not in ORDINARY:
        found = f"this one is {_kind(parsed)}"
    else:
        return None
    never = exception_instead(number, country)
    exception = "" if never else "; _country.yml may list it under numbers.exceptions, with a reason"
    return f"a fixed, mobile or freephone number of {country.upper()} ({found}{exception})"


def exception_instead(number: str, country: str) -> str | None:
    """Return what is expected instead of a well-formed ``number`` as an exception; None if it may be one."""
    parsed = _parsed(number, country.upper())
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        return 'an international number ("+372 …")'
    if phonenumbers.number_type(parsed) in _NEVER_KIND or _NEVER_CODE.match(_e164(parsed)):
        return "no number of a premium-rate, satellite or global network, which are never allowed"
    return None


def mobile_instead(number: str, country: str) -> str | None:
    """Return what is expected instead of ``number`` for messages; None if it is a mobile number."""
    parsed = _parsed(number, country.upper())
    if parsed and phonenumbers.number_type(parsed) in MOBILE:
        return None
    return "a mobile number, because no message reaches this number"


def toll_free_instead(number: str, country: str) -> str | None:
    """Return what is expected instead of ``free: true`` beside ``number``; None if libphonenumber knows that
    calls to the number are free. It does not know this of any short code."""
    parsed = _parsed(number, country.upper())
    if parsed and phonenumbers.number_type(parsed) == PhoneNumberType.TOLL_FREE:
        return None
    return f"no free: true, because {number} is not a freephone number"


def e164(number: str, country: str) -> str:
    """Return ``+37080091119``, the international form of a well-formed number that is not a short code."""
    parsed = _parsed(number, country.upper())
    assert parsed
    return _e164(parsed)


def _parsed(number: str, region: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _perhaps(number: str, region: str) -> str:
    """Return `` (did you mean +37042559243?)`` if the number can only mean that one, else an empty
    string."""
    digits = only_digits(number)[: 2 * _MOST_DIGITS]
    tries = [f"+{digits}" if number.startswith("+") else digits, f"+{digits}"]
    code = str(phonenumbers.country_code_for_region(region))
    rest = digits.removeprefix(code)
    if rest != digits and rest[:1] in [*_TRUNK]:
        tries.append(f"+{code}{rest[1:]}")
    for typed in tries:
        parsed = _parsed(typed, region)
        if parsed and phonenumbers.is_valid_number(parsed):
            return f" (did you mean {_e164(parsed)}?)"
    return ""


def _kind(number: PhoneNumber) -> str:
    """Return libphonenumber's word for the number's kind, such as ``premium rate``."""
    return PhoneNumberType.to_string(phonenumbers.number_type(number)).lower().replace("_", " ")
