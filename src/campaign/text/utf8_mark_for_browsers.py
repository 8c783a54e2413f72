"""Adds the byte order mark: browsers then read a file as UTF-8, even if the host declares another charset."""

from __future__ import annotations

from codecs import BOM_UTF8

# The kinds of files that a browser decodes by the host's Content-Type. JSON and iCalendar are always UTF-8,
# and their readers do not expect the mark.
_MARKED = (".css", ".html", ".js")


def marked(path: str, data: bytes) -> bytes:
    """Return ``data`` of the file at ``path``, with the byte order mark if this kind of file needs one. The
    mark overrides the Content-Type and a meta element (Encoding Standard, "decode"; HTML, "determining the
    character encoding"), so a host's ``charset=windows-1251`` does no harm."""
    return BOM_UTF8 + data if path.endswith(_MARKED) and not data.startswith(BOM_UTF8) else data
