"""The mark that makes a browser read a file of a copy as UTF-8, whatever charset a host declares."""

from __future__ import annotations

from codecs import BOM_UTF8

# What a browser decodes by the Content-Type of the host. JSON and iCalendar are UTF-8 by their own rules, and
# their readers do not expect the mark.
_MARKED = (".css", ".html", ".js")


def marked(path: str, data: bytes) -> bytes:
    """``data`` of the file at ``path``, with the byte order mark where it needs one. The mark comes before
    the Content-Type and before a meta element (Encoding Standard, "decode"; HTML, "determining the character
    encoding"), so that a host's ``charset=windows-1251`` does no harm."""
    return BOM_UTF8 + data if path.endswith(_MARKED) and not data.startswith(BOM_UTF8) else data
