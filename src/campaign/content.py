"""What a file of a copy holds. Its digest is known before it is put together: most files need no more."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache


class Content:
    """Bytes as they are. Equal digests mean equal bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.digest = hashlib.sha1(data).digest()

    @property
    def data(self) -> bytes:
        return self._data


class Filled(Content):
    """Texts with a value between each two; ``text_digest`` stands for all of the texts."""

    def __init__(self, text: Sequence[bytes], text_digest: bytes, values: Sequence[bytes]) -> None:
        self._text = text
        self._values = values
        self.digest = hashlib.sha1(text_digest + b"".join(map(_digest, values))).digest()

    @property
    def data(self) -> bytes:
        pieces = [self._text[0]]
        for value, text in zip(self._values, self._text[1:], strict=True):
            pieces += (value, text)
        return b"".join(pieces)


@lru_cache(512)  # more values than the copies at hand have in common
def _digest(value: bytes) -> bytes:
    return hashlib.sha1(value).digest()
