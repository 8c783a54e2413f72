"""Which telephone numbers the files of a country may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from .record import Record, some
from .types import ExceptionNumber, ShortCode, Text


class Numbers(Record):
    """``emergency`` numbers need no confirmation, and only the country's file may hold them. ``short_codes``
    says what each further code is. ``exceptions`` says of each number of another country or of a costly kind
    why it is needed."""

    emergency: Annotated[tuple[ShortCode, ...], AfterValidator(some)]
    short_codes: dict[ShortCode, Text] = {}
    exceptions: dict[ExceptionNumber, Text] = {}


def in_force(numbers: Numbers, info: ValidationInfo) -> Numbers:
    """From here on they hold for the rest of the file: its contacts come after them in the model."""
    if info.context is not None:
        info.context["numbers"] = numbers
    return numbers
