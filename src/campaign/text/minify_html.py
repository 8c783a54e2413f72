"""Removes the line breaks between the blocks of HTML: browsers ignore them, readers pay for them."""

from __future__ import annotations

import re

_BLOCK = (
    r"</?(?:body|details|div|dd|dl|dt|footer|h[1-6]|head|header|html|li|main|meta|nav|ol|p|section|summary"
    r"|table|tbody|td|th|thead|title|tr|ul)\b[^<>]*>"
)
_BREAKS = re.compile(rf"({_BLOCK})\s*\n\s*|\s*\n\s*(?={_BLOCK})")


def without_breaks(html: str) -> str:
    """Return ``html`` without the line breaks, and the spaces around them, that touch the start or the end of
    a block. A break between words, or between links, is a space that readers see, and stays."""
    return _BREAKS.sub(r"\1", html)
