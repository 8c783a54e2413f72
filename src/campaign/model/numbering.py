"""The telephone numbers that the files of a country may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from .record import Record, some
from .types import ExceptionNumber, ShortCode, Text


class Numbers(Record):
    """``emergency`` numbers need no confirmation, and only the country's file may hold them. ``short_codes``
    names the service of each other code. ``exceptions`` gives the reason for each foreign or costly one."""

    emergency: Annotated[tuple[ShortCode, ...], AfterValidator(some)]
    short_codes: dict[ShortCode, Text] = {}
    exceptions: dict[ExceptionNumber, Text] = {}


def in_force(numbers: Numbers, info: ValidationInfo) -> Numbers:
    """Put the numbers into the validation context. The contacts of the file are validated after it."""
    if info.context is not None:
        info.context["numbers"] = numbers
    return numbers
