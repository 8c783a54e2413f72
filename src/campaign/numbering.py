"""What a country's file says of the telephone numbers that may stand in the files of the country."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from .fields import ExceptionNumber, ShortCode, Text
from .record import Record, some


class Numbers(Record):
    """``emergency`` numbers need no confirmation and stand in the country's file alone. ``short_codes`` and
    ``exceptions`` say why each may stand: what the code is, and why a number of another country or of a kind
    that may cost more is there."""

    emergency: Annotated[tuple[ShortCode, ...], AfterValidator(some)]
    short_codes: dict[ShortCode, Text] = {}
    exceptions: dict[ExceptionNumber, Text] = {}


def in_force(numbers: Numbers, info: ValidationInfo) -> Numbers:
    """From here on they hold for the rest of the file: its contacts come after them in the model."""
    if info.context is not None:
        info.context["numbers"] = numbers
    return numbers
