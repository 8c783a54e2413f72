"""The one parser of web and e-mail addresses, so the same text is shown, checked and opened.

An address is accepted only in the form into which a browser normalises it (WHATWG's URL Standard). Any other
form could show the reader one host and open another.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from pydantic import ValidationError
from pydantic_core import Url

from ..errors import shown
from .characters import OddCharacter, named, odd_signs, other_alphabet

LONGEST = 500  # characters
LONGEST_EMAIL = 254  # RFC 5321 with its erratum 1690

_HOST = re.compile(r"[a-z][a-z0-9+.-]*:/*([^/?#\\]*)", re.I)
_NOT_IN_URL = re.compile(r"[\s<>\"'`{}|^\[\]\\⟦⟧\x00-\x1f\x7f-\x9f]|%(?![0-9A-Fa-f]{2})|#.*#")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\xa0]")
# Names of private networks (RFC 6761, 6762, 8375, and names that routers use), numeric host names, and names
# that lead to the address of a private network that they contain, or to the device itself.
_NOT_PUBLIC = re.compile(
    r"\.(?:localhost|local|internal|intranet|private|corp|home|lan|arpa|onion|test|invalid)$"
    r"|(?:\d+[.-]){3}\d+|(?:^|\.)(?:(?:nip|sslip|xip)\.io|lvh\.me|localtest\.me|fritz\.box)$"
)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_MAILBOX = re.compile(r"[A-Za-z0-9._+-]+")  # without ? & %, which would add to a mailto link
_EMAIL = "an e-mail address such as info@example.org"


class Refused(ValueError):
    """The reason why an address is refused: ``expected``, and ``found`` where it is more than the address."""

    def __init__(self, expected: str, found: str | None = None) -> None:
        self.expected, self.found = expected, found
        super().__init__(expected)


def check_address(value: str, schemes: tuple[str, ...]) -> None:
    """Raise `Refused` unless the address has one of the schemes and is in its normal form: a full host name
    in ASCII, no user name, nothing hidden, and a path that needs no rewriting."""
    full = " or ".join(f"{scheme}://" for scheme in schemes) + " and a full address"
    if len(value) > LONGEST:
        raise Refused(f"at most {LONGEST} characters", f"{len(value):,}")
    if not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise Refused(full)
    _refuse_hidden(value)
    if _NOT_IN_URL.search(value):
        raise Refused("an address without spaces, quotes, braces or markup")
    typed = _HOST.match(value)
    _refuse_mixed(typed[1] if typed else "")
    try:
        parsed = Url(value)
    except ValidationError:
        raise Refused(full) from None
    # Browsers read https://0 and https://0x7f.1 as IP addresses, and so does the parser.
    machine = not parsed.host or "." not in parsed.host or re.fullmatch(r"[0-9.]+", parsed.host)
    if machine or parsed.username or parsed.password:
        raise Refused("an address with a full host name and no user name")
    opens = str(parsed)
    if opens not in (value, f"{value}/"):
        foreign = next((named(sign) for sign in value if not sign.isascii()), None)
        found = f"{foreign} in {shown(value)}" if foreign else None
        raise Refused(f"{shown(opens)}, the form that browsers open", found)
    _check_host(parsed.host or "")
    _refuse_hidden(value, unquote_to_bytes(value).decode("utf-8", "ignore"))


def check_email(value: str) -> None:
    """Raise `Refused` unless the text is an e-mail address in the form in which mail is sent."""
    from email_validator import EmailNotValidError, validate_email  # late: most builds have no new value

    if len(value) > LONGEST_EMAIL:
        raise Refused(f"at most {LONGEST_EMAIL} characters", f"{len(value):,}")
    _refuse_hidden(value)
    mailbox, _, domain = value.rpartition("@")
    _refuse_mixed(domain)
    try:
        sent_to = validate_email(value, check_deliverability=False).ascii_domain
    except EmailNotValidError:
        raise Refused(_EMAIL) from None
    if not _MAILBOX.fullmatch(mailbox):
        raise Refused(_EMAIL)
    if sent_to != domain:
        foreign = next((named(sign) for sign in domain if not sign.isascii()), None)
        found = f"{foreign} in {shown(value)}" if foreign else None
        raise Refused(f"{shown(f'{mailbox}@{sent_to}')}, the form to which mail is sent", found)
    _check_host(domain)


def host(address: str) -> str:
    """Return the host as a card names it: ``just.ee`` for ``https://www.just.ee/en/x``. Never raises."""
    match = _HOST.match(address)
    return match[1].removeprefix("www.").rstrip(".") if match else ""


def _refuse_hidden(value: str, read: str | None = None) -> None:
    """Refuse invisible characters in the address, and in its decoded form ``read``."""
    text = value if read is None else read
    control = _HIDDEN.search(text)
    sign = next(odd_signs(text), None)
    if control:
        sign = OddCharacter.of(text, control.start(), named(control[0]), "")
    if sign:
        raise Refused("an address without hidden characters", sign.found)


def _refuse_mixed(typed: str) -> None:
    """Refuse a host if one of its labels mixes two alphabets: it looks like another host."""
    for label in re.split(r"[.\u3002\uff0e\uff61]", typed):
        if stranger := other_alphabet(label):
            found = f"{named(stranger)} in {shown(label)}"
            raise Refused("the letters of one alphabet in each part of a host's name", found)


def _check_host(name: str) -> None:
    """Refuse a host that a browser accepts but that domain name servers do not accept, or only some do."""
    if _NOT_PUBLIC.search(name):
        raise Refused("a host name that everybody on the internet can open")
    for label in name.split("."):
        if not _LABEL.fullmatch(label) or len(name) > 253:
            raise Refused("a host name of letters, digits and hyphens, with a single dot between its parts")
        if label.startswith("xn--"):
            try:
                _refuse_mixed(label[4:].encode().decode("punycode"))
            except UnicodeError:
                raise Refused("a host name that can be registered") from None
