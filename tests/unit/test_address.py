"""What is shown of an address, what is checked of it and what opens are one and the same text."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import Url

from campaign.fields.field_types import Email, HttpsUrl, SourceUrl
from campaign.text.web_and_email_addresses import Refused, check_address, check_email, host

HIDDEN = "an address without hidden characters"
ONE_ALPHABET = "the letters of one alphabet in each part of a host's name"
HOST = "a host name of letters, digits and hyphens, with a single dot between its parts"
FULL = "https:// and a full address"


def opens(address):
    return f"'{address}', the form that browsers open"


@pytest.mark.parametrize(
    ("address", "found", "expected"),
    [
        ("https:///evil.example/chat", None, opens("https://evil.example/chat")),
        ("https:////evil.example/chat", None, opens("https://evil.example/chat")),
        ("https://@evil.example/", None, opens("https://evil.example/")),
        ("https://tartu.ee。evil.example/", "U+3002 IDEOGRAPHIC FULL STOP in 'https://tartu.ee。evil.example/'", opens("https://tartu.ee.evil.example/")),
        ("https://tartu．ee/", "U+FF0E FULLWIDTH FULL STOP in 'https://tartu．ee/'", opens("https://tartu.ee/")),
        ("https://tartu｡ee/", "U+FF61 HALFWIDTH IDEOGRAPHIC FULL STOP in 'https://tartu｡ee/'", opens("https://tartu.ee/")),
        ("https://ｔartu.ee/", "U+FF54 FULLWIDTH LATIN SMALL LETTER T in 'https://ｔartu.ee/'", HIDDEN),
        ("https://%74artu.ee/", None, opens("https://tartu.ee/")),
        ("https://tartu.ee%2eevil.example/", None, opens("https://tartu.ee.evil.example/")),
        ("https://TARTU.ee/", None, opens("https://tartu.ee/")),
        ("https://tartu.ee:443/", None, opens("https://tartu.ee/")),
        ("https://tartu.ee/a/../b", None, opens("https://tartu.ee/b")),
        ("https://tartu.ee/%2E%2e/b", None, opens("https://tartu.ee/b")),
        ("https://evil.example/\u202eee.utrat", "U+202E RIGHT-TO-LEFT OVERRIDE in 'https://evil.example/\\u202eee.utrat'", HIDDEN),
        ("https://tartu.ee/abi\u200b", "U+200B ZERO WIDTH SPACE in 'https://tartu.ee/abi\\u200b'", HIDDEN),
        ("https://tar\u00adtu.ee/", "U+00AD SOFT HYPHEN in 'https://tar\\xadtu.ee/'", HIDDEN),
        ("https://tartu.ee/\u3164", "U+3164 HANGUL FILLER in 'https://tartu.ee/\u3164'", HIDDEN),
        ("https://tartu.ee/a\u00a0b", "U+00A0 NO-BREAK SPACE in 'https://tartu.ee/a\\xa0b'", HIDDEN),
        ("https://tartu.ee/abi%E2%80%8B", "U+200B ZERO WIDTH SPACE in 'https://tartu.ee/abi\\u200b'", HIDDEN),
        ("https://tartu.ee/abi%0Akoju", "U+000A a control character in 'https://tartu.ee/abi\\nkoju'", HIDDEN),
        ("https://t\u0430rtu.ee/", "U+0430 CYRILLIC SMALL LETTER A in 't\u0430rtu'", ONE_ALPHABET),
        ("https://tart\u03c5.ee/", "U+03C5 GREEK SMALL LETTER UPSILON in 'tart\u03c5'", ONE_ALPHABET),
        ("https://xn--trtu-53d.ee/", "U+0430 CYRILLIC SMALL LETTER A in 't\u0430rtu'", ONE_ALPHABET),
        ("https://\u0430\u0440\u0440.ee/", "U+0430 CYRILLIC SMALL LETTER A in 'https://арр.ee/'", opens("https://xn--80a6aa.ee/")),
        ("https://пример.рф/x", "U+043F CYRILLIC SMALL LETTER PE in 'https://пример.рф/x'", opens("https://xn--e1afmkfd.xn--p1ai/x")),
        ("https://õnn.ee/", "U+00F5 LATIN SMALL LETTER O WITH TILDE in 'https://õnn.ee/'", opens("https://xn--nn-bka.ee/")),
        ("https://tartu.ee/tõrje", "U+00F5 LATIN SMALL LETTER O WITH TILDE in 'https://tartu.ee/tõrje'", opens("https://tartu.ee/t%C3%B5rje")),
        ("https://tartu.ee./", None, HOST),
        ("https://tartu..ee/", None, HOST),
        ("https://-tartu.ee/", None, HOST),
        ("https://tar_tu.ee/", None, HOST),
        (f"https://{'a' * 64}.ee/", None, HOST),
        ("https://tartu.ee\\@evil.example/", None, "an address without spaces, quotes, braces or markup"),
        ("https:\\\\evil.example/", None, FULL),
        ("https://tartu@evil.example/", None, "an address with a full host name and no user name"),
        ("https://tartu.ee:x@evil.example/", None, "an address with a full host name and no user name"),
        ("https://192.168.1.1/", None, "an address with a full host name and no user name"),
        ("https://0x7f.1/", None, "an address with a full host name and no user name"),
        ("https://[::1]/", None, "an address without spaces, quotes, braces or markup"),
        ("https://printer.local/", None, "a host name that everybody on the internet can open"),
        ("https://192.168.1.1.nip.io/", None, "a host name that everybody on the internet can open"),
        ("https://192-168-1-1.example.org/", None, "a host name that everybody on the internet can open"),
        ("https://7f000001.nip.io/", None, "a host name that everybody on the internet can open"),
        ("https://abi.localtest.me/", None, "a host name that everybody on the internet can open"),
        ("https://fritz.box/", None, "a host name that everybody on the internet can open"),
        ("https://abi.internal/", None, "a host name that everybody on the internet can open"),
        ("https://tartu/", None, "an address with a full host name and no user name"),
        ("https://xn--a.ee/", None, FULL),
        ("http://tartu.ee/", None, FULL),
        ("//tartu.ee/", None, FULL),
        (f"https://tartu.ee/{'a' * 500}", "517", "at most 500 characters"),
    ],
)  # fmt: skip
def test_an_address_that_would_open_another_is_refused_with_what_opens(address, found, expected):
    with pytest.raises(Refused) as refused:
        check_address(address, ("https",))
    assert (refused.value.found, refused.value.expected) == (found, expected)
    with pytest.raises(ValidationError):
        TypeAdapter(HttpsUrl).validate_python(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://tartu.ee/", "https://tartu.ee", "https://www.tartu.ee/et/t%C3%A4is?a=b&c=%EF%F0#d", "https://xn--nn-bka.ee/",
        "https://xn--e1afmkfd.xn--p1ai/x", "https://tartu.ee:8443/", "https://a-b.tartu.ee/,x;y=1~z//q", "https://1a.ee/",
    ],
)  # fmt: skip
def test_a_good_address_is_what_a_browser_opens(address):
    check_address(address, ("https",))
    assert str(Url(address)).removesuffix("/") == address.removesuffix("/")
    assert host(address) == Url(address).host.removeprefix("www.") + (":8443" if ":8443" in address else "")


def test_a_source_may_be_one_without_encryption():
    assert TypeAdapter(SourceUrl).validate_python("http://tartu.ee/a") == "http://tartu.ee/a"
    with pytest.raises(ValidationError):
        TypeAdapter(SourceUrl).validate_python("http:///tartu.ee/a")


@pytest.mark.parametrize(
    ("address", "found", "expected"),
    [
        ("info@t\u0430rtu.ee", "U+0430 CYRILLIC SMALL LETTER A in 't\u0430rtu'", ONE_ALPHABET),
        ("info@xn--trtu-53d.ee", "U+0430 CYRILLIC SMALL LETTER A in 't\u0430rtu'", ONE_ALPHABET),
        ("info@tartu。ee", "U+3002 IDEOGRAPHIC FULL STOP in 'info@tartu。ee'", "'info@tartu.ee', the form to which mail is sent"),
        ("info@Tartu.ee", None, "'info@tartu.ee', the form to which mail is sent"),
        ("info@õnn.ee", "U+00F5 LATIN SMALL LETTER O WITH TILDE in 'info@õnn.ee'", "'info@xn--nn-bka.ee', the form to which mail is sent"),
        ("info@почта.рф", "U+043F CYRILLIC SMALL LETTER PE in 'info@почта.рф'", "'info@xn--80a1acny.xn--p1ai', the form to which mail is sent"),
        ("info@tartu.ee\u200b", "U+200B ZERO WIDTH SPACE in 'info@tartu.ee\\u200b'", HIDDEN),
        ("inf\u043e@tartu.ee", None, "an e-mail address such as info@example.org"),
        ("info@tartu.ee.", None, "an e-mail address such as info@example.org"),
        ("info＠tartu.ee", None, "an e-mail address such as info@example.org"),
        ("a" * 250 + "@tartu.ee", "259", "at most 254 characters"),
    ],
)  # fmt: skip
def test_an_email_is_what_mail_is_sent_to(address, found, expected):
    with pytest.raises(Refused) as refused:
        check_email(address)
    assert (refused.value.found, refused.value.expected) == (found, expected)
    with pytest.raises(ValidationError):
        TypeAdapter(Email).validate_python(address)


@pytest.mark.parametrize(
    "text", ["", "https://", "https://[x", "https://exa℀mple.org/x", "mailto:a@b.ee", "//a.ee/x"]
)
def test_every_text_has_a_host_or_none(text):
    assert isinstance(host(text), str)


def test_a_loose_link_to_a_host_that_no_parser_takes_is_told(sample):
    sample.edit("docs/et/help.md", "Estonian law.", "See https://exa℀mple.org/x now.")
    (line,) = sample.problems()
    assert line == (
        "docs/et/help.md:11: expected a slot such as <!-- contacts: ROLE -->, or an address under sources in the "
        "front matter, found 'https://exa℀mple.org/x'"
    )


def test_a_card_names_the_host_that_its_link_opens(sample):
    sample.edit(
        "municipalities/ee/ylde.yml",
        "    email:",
        "    web: https://xn--nn-bka.ee/abi\n    email:",
    )
    sample.build("ee/ylde")
    assert 'href="https://xn--nn-bka.ee/abi"' in sample.read("ee/ylde/help.html")
    assert "õnn" not in sample.read("ee/ylde/help.html")
