"""Turns a parsed file into a record, or into problems that say what was found and what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from ..errors import CampaignError, Problem, instead, shown
from ..files.yaml_document import Document, KeyPath
from ..model.confirmations_and_approvals import COORDINATOR_FILE
from ..text.characters import named

Record = TypeVar("Record", bound=BaseModel)
_NAME = re.compile(
    r"(?<![^ ,(])[a-z][a-z0-9]+(?:-[a-z0-9]+)+(?![^ ,)])"
)  # of a closed list, such as legal-aid

_CONFIRMED = f"history in {COORDINATOR_FILE} of the country, where campaign confirm writes them"
# Keys that belong in another file or under another name, and what to write instead.
_ELSEWHERE = {
    "assured_date": _CONFIRMED,
    "assurer": _CONFIRMED,
    "site_url": f"the address in {COORDINATOR_FILE} of the country, under sites",
    "service_area": "the contact in _country.yml, where it belongs if it serves several places",
    "exit_url": "exit, with the name of one of the exits in _country.yml",
}


def validate(kind: type[Record], document: Document, context: Mapping[str, Any]) -> Record:
    """Return the document as a record of ``kind``; raise `CampaignError` with all its problems."""
    try:
        return kind.model_validate(document.value, context=dict(context))
    except ValidationError as error:
        # Pydantic also calls a list too short if it has entries but each of them is wrong.
        details = [each for each in error.errors() if each["type"] != "too_short" or not each["input"]]
        misspelt = {near for detail in details if (near := _near_key(kind, detail))}
        problems = [
            _problem(document, kind, detail)
            for detail in details
            if not (detail["type"] == "missing" and tuple(detail["loc"]) in misspelt)
        ]
        raise CampaignError(problems) from None


def _near_key(kind: type[BaseModel], detail: Any) -> KeyPath | None:
    """Return the path of the known key that somebody probably meant by an unknown key. That key is then not
    reported as missing."""
    path: KeyPath = tuple(detail["loc"])
    if detail["type"] != "extra_forbidden" or str(path[-1]) in _ELSEWHERE:
        return None
    close = get_close_matches(str(path[-1]), _fields(kind, path[:-1]), n=1)
    return (*path[:-1], close[0]) if close else None


def expected_instead(kind: Any, value: str) -> str | None:
    """Return what a type of field_types.py expects instead of ``value``; None if the value is good."""
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        return str(error.errors()[0]["ctx"]["expected"])
    return None


def option_problems(command: str, option: str, value: str, kind: Any) -> Iterator[Problem]:
    """Yield the problem of a command's option, or of an argument if ``option`` is empty."""
    try:
        value.encode()
        TypeAdapter(kind).validate_python(value)
    except UnicodeEncodeError:  # bytes of the command line that are no text
        yield Problem(command, 0, option, shown(value), "UTF-8 text")
    except ValidationError as error:
        context = error.errors()[0]["ctx"]
        yield Problem(command, 0, option, context.get("found") or shown(value), str(context["expected"]))


def _problem(document: Document, kind: type[BaseModel], detail: Any) -> Problem:
    path: KeyPath = tuple(detail["loc"])
    wrong_key = path[-1:] == ("[key]",) and path not in document.lines  # pydantic's mark, or a key so named
    if wrong_key:
        path = path[:-1]
        found = f"the key {shown(path[-1])}"
    elif detail["type"] == "missing":
        found = "nothing"
    elif detail["type"] == "extra_forbidden":
        found = f"the key {shown(path[-1])}"
    else:
        found = detail.get("ctx", {}).get("found") or _found(detail["input"])
    return document.problem(path, found, _expected(kind, path, detail))


def _found(value: object) -> str:
    if isinstance(value, dict):
        return "the keys " + ", ".join(value) if value else "no keys"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    return shown(value) + _hint(value)


def _hint(value: object) -> str:
    """Name the first character beyond ASCII: it may only look like the right one."""
    sign = next((sign for sign in value if not sign.isascii()), None) if isinstance(value, str) else None
    return f" with {named(sign)}" if sign else ""


def _expected(kind: type[BaseModel], path: KeyPath, detail: Any) -> str:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "refused":
            expected, value = str(context["expected"]), detail["input"]
            known = (
                _NAME.findall(expected) if isinstance(value, str) and "did you mean" not in expected else ()
            )
            return expected + instead(str(value), known)
        case "missing":
            return "a value, which is required"
        case "extra_forbidden":
            name, fields = str(path[-1]), _fields(kind, path[:-1])
            return _ELSEWHERE.get(name) or ", ".join(fields) + instead(name, fields)
        case "literal_error" | "enum":
            names = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            return names + instead(str(detail["input"]), names.split(", "))
        case "tuple_type" | "list_type":
            return "a list"
        case "too_short":
            return "at least one entry"
        case "too_long":
            return f"at most {context['max_length']} entries"
        case "dict_type":
            return "keys with values, one language each"
        case "model_type" | "model_attributes_type":
            return "keys with values"
        case "string_type":
            return "text"
        case "string_pattern_mismatch":
            return f"text of the form {context['pattern']}"
        case _:
            return str(detail["msg"])


def _fields(kind: type[BaseModel], path: KeyPath) -> list[str]:
    """Return the keys of the record at ``path``, from the annotations of the model."""
    for part in path:
        if isinstance(part, int) or part not in kind.model_fields:  # an index, or a key of a mapping
            continue
        inner = _record_in(kind.model_fields[part].annotation)
        if inner is None:
            break
        kind = inner
    return list(kind.model_fields)


def _record_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        inner = _record_in(argument)
        if inner is not None:
            return inner
    return None
