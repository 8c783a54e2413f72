"""The JSON Schemas of the files in municipalities/, made from the records. Editors use them to complete and
check while somebody types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from ..model import coordinator_file as coordinator
from ..model import types as fields
from ..model.approved_texts import LONGEST
from ..model.coordinator_file import ENTRY_KEYS, Result
from ..model.opening_hours import FORMS
from ..model.place_files import MunicipalityFile, local_role
from ..model.record import each_once, some
from ..model.roles import ADDRESS_KEPT_BACK, LOCAL
from .municipalities import SCHEMA_FILES

_ADDRESS = r"[^\s<>\"'`{}\\⟦⟧]"
# What a schema can say about each type of types.py; `campaign check` checks the rest.
_TYPES: list[tuple[Any, JsonSchemaValue]] = [
    (
        fields.Text,
        {
            "type": "string",
            "description": "Plain text on one line, without markup, braces or links.",
            "minLength": 1,
            "maxLength": 300,
            "pattern": r"^(?!.*(://|javascript:|data:|vbscript:))[^<>{}⟦⟧\u0000-\u001f\u007f-\u009f]+$",
        },
    ),
    (
        fields.Slug,
        {
            "type": "string",
            "maxLength": fields.LONGEST_SLUG,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "examples": ["ee-tartu"],
        },
    ),
    (fields.IsoCode, {"type": "string", "pattern": "^[A-Z]{2}-[A-Z0-9]{1,3}$", "examples": ["EE-793"]}),
    (coordinator.SiteUrl, {"type": "string", "pattern": r"^https://[a-z0-9.-]+/([A-Za-z0-9._~-]+/)*$"}),
    (coordinator.ExitUrl, {"type": "string", "pattern": r"^https://[a-z0-9.-]+/[A-Za-z0-9._~/-]*$"}),
    (coordinator.Digest, {"type": "string", "pattern": "^[0-9a-f]{64}$"}),
    (fields.HttpsUrl, {"type": "string", "pattern": f"^https://{_ADDRESS}+$"}),
    (fields.WebUrl, {"type": "string", "pattern": f"^https://{_ADDRESS}+$"}),
    (fields.SourceUrl, {"type": "string", "pattern": f"^https?://{_ADDRESS}+$"}),
    (fields.Email, {"type": "string", "pattern": r"^[^@\s]+@[^@\s]+\.[^@\s]+$"}),
    (fields.LanguageCode, {"type": "string", "pattern": "^[a-z]{2}$", "examples": ["et", "ru"]}),
    (fields.Flag, {"type": "boolean"}),
    (
        fields.Schedule,
        {
            "type": "string",
            "description": FORMS,
            "maxLength": fields.LONGEST_SCHEDULE,
            "pattern": "^(24/7|(Mo|Tu|We|Th|Fr|Sa|Su)[A-Za-z0-9:,; -]*[0-9])$",
            "examples": ["24/7", "Mo-Fr 09:00-17:00"],
        },
    ),
    (
        fields.PhoneNumber,
        {
            "type": "string",
            "description": "In quotes, international, or a short code of the country.",
            "pattern": r"^\+?[0-9]+( [0-9]+)*$",
            "examples": ["+372 736 1300", "116 006"],
        },
    ),
    (fields.ShortCode, {"type": "string", "pattern": "^1[0-9]{1,5}$", "examples": ["116006"]}),
    (fields.ExceptionNumber, {"type": "string", "pattern": r"^\+[0-9]+$", "examples": ["+3726001247"]}),
    (fields.Day, {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$", "examples": ["2026-11-23"]}),
    (
        fields.SourceDate,
        {
            "anyOf": [
                {"type": "string", "pattern": r"^(undated|\d{4}|\d{4}/\d{4}|\d{4}-\d\d(-\d\d)?)$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ],
            "examples": ["2026-11-23", "2026-11", "2025/2026", "undated"],
        },
    ),
    (
        fields.TimeZone,
        {"type": "string", "pattern": "^[A-Za-z_]+/[A-Za-z_/+-]+$", "examples": ["Europe/Tallinn"]},
    ),
]
_TEXT = _TYPES[0][1]
_BY_FUNCTION = {get_args(alias)[-1].func: extra for alias, extra in _TYPES}

_DESCRIPTIONS = {
    "CountryFile.languages": "The languages of its sites; the first stands at the root.",
    "CountryFile.starts": "Languages that are only begun: at least index, help and safety are written.",
    "CountryFile.exits": "Quiet pages that the exit may lead to, by a name; the first is the usual one.",
    "CountryFile.codes": "The code of each municipality in ISO 3166-2, by the name of its file.",
    "CountryFile.numbers": "Which telephone numbers its files may hold.",
    "Numbers.emergency": "They need no confirmation; only contacts of this file may hold them.",
    "Numbers.short_codes": "The other short codes in use, and what each is.",
    "Numbers.exceptions": "Numbers of another country or of a costly kind, and why each is allowed.",
    "MunicipalityFile.iso_3166_2": "Its code in ISO 3166-2.",
    "MunicipalityFile.name": "The official name, in the nominative, by language.",
    "MunicipalityFile.exit": "Which of its country's exits it uses, if not the first.",
    "MunicipalityFile.time_zone": "Only where it is not the country's.",
    "MunicipalityFile.contact_point": "The office that answers for this copy; never a private person.",
    "MunicipalityFile.contacts": "Its own contacts; its country's stand in for the rest.",
    "Contact.id": "Stays for ever; no other contact in any file has it.",
    "Contact.roles": "What it is for; the first is the main one.",
    "Contact.organization": "Its name by language, at least in the country's first.",
    "Contact.description": "What a caller should know, by language; no numbers, hours or links.",
    "Contact.web": "Its own page.",
    "Contact.email": "Shown to professionals only.",
    "Contact.address": "Shown to professionals only; never of a place that shelters people.",
    "Contact.schedule": "When it is open, where all its lines are open together.",
    "Contact.audiences": "For whom alone; leave it out where it is for everybody.",
    "Contact.eligibility": "Whom it takes, as far as its source says.",
    "Contact.anonymous": "Whether one may call without a name.",
    "Contact.source": "Where every word of it was read.",
    "Phone.languages": "The languages that this line speaks.",
    "Phone.free": "Whether the call is free; leave it out where no source says.",
    "Phone.reachable_from": "Where the number works, if not as its form says.",
    "Phone.schedule": "When this line is open, if not as the contact.",
    "Chat.url": "Of a chat on the web, and of that alone.",
    "Chat.number": "Of every other kind.",
    "HistoryEntry.result": "What somebody found out.",
    "HistoryEntry.date": "The day on which somebody found it out.",
    "HistoryEntry.office": "The office or role that called; never a private person.",
    "HistoryEntry.digest": "The digest of the contact on that day.",
    "HistoryEntry.how": "The way in which somebody found the contact right.",
    "HistoryEntry.checked": "What was compared with the contact.",
    "HistoryEntry.why": "Why somebody doubts the contact, without a person's name.",
    "CoordinatorFile.history": "By the id of the contact; campaign confirm and doubt add entries.",
    "CoordinatorFile.sites": "Where each copy is; brings canonical addresses and a sitemap.",
    "CoordinatorFile.texts": "The digest of each municipality's approved texts; campaign approve writes it.",
    "Source.date": "The source's own date, as precise as it is printed, or undated.",
}

_REACHED_BY = ("phones", "chats", "web", "email", "address")
# Rules that combine several keys of a record.
_RULES: dict[str, JsonSchemaValue] = {
    "Contact": {
        "anyOf": [{"required": [key]} for key in _REACHED_BY],
        "if": {
            "properties": {"roles": {"contains": {"enum": sorted(ADDRESS_KEPT_BACK)}}},
            "required": ["roles"],
        },
        "then": {"not": {"required": ["address"]}},
    },
    "HistoryEntry": {
        "allOf": [
            {
                "if": {"properties": {"result": {"const": result}}, "required": ["result"]},
                "then": {
                    "required": [*keys],
                    "not": {
                        "anyOf": [
                            {"required": [key]}
                            for key in ("office", "digest", "how", "why", "checked")
                            if key not in keys and (key, result) != ("checked", Result.CONFIRMED)
                        ]
                    },
                },
            }
            for result, keys in ENTRY_KEYS.items()
        ]
    },
    "ContactPoint": {"anyOf": [{"required": [key]} for key in ("phone", "email", "web")]},
    "Chat": {
        "if": {"properties": {"kind": {"const": "web"}}, "required": ["kind"]},
        "then": {"required": ["url"], "not": {"required": ["number"]}},
        "else": {"required": ["number"], "not": {"required": ["url"]}},
    },
}


class _Generator(GenerateJsonSchema):
    """Pydantic's generator without null, defaults and key titles: people type these files."""

    longest_text: int | None = None  # set if shorter than `fields.Text` allows
    schema_dialect = "http://json-schema.org/draft-07/schema#"  # the version that YAML servers know best

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def function_after_schema(self, schema: Any) -> JsonSchemaValue:
        return self._typed(schema, super().function_after_schema(schema))

    def function_before_schema(self, schema: Any) -> JsonSchemaValue:
        return self._typed(schema, super().function_before_schema(schema))

    def _typed(self, schema: Any, made: JsonSchemaValue) -> JsonSchemaValue:
        function = schema["function"]["function"]
        if function is some:
            return made if made["type"] == "object" else made | {"minItems": 1}
        if function is each_once:
            return made | {"uniqueItems": True}
        if function is local_role:
            return {"type": "string", "enum": list(LOCAL)}
        known = dict(_BY_FUNCTION.get(function, made))
        return known | {"maxLength": self.longest_text} if self.longest_text and known == _TEXT else known

    def dict_schema(self, schema: Any) -> JsonSchemaValue:
        values = self.generate_inner(schema["values_schema"])
        names = self.generate_inner(schema["keys_schema"])
        most = {"maxProperties": schema["max_length"]} if "max_length" in schema else {}
        made = {"type": "object", "propertyNames": names, "additionalProperties": values, "minProperties": 1}
        return made | most

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().model_schema(schema)
        record = schema["cls"].__name__.removeprefix("Local")  # a municipality's records have the same keys
        for key, value in made.get("properties", {}).items():
            if description := _DESCRIPTIONS.get(f"{record}.{key}"):
                made["properties"][key] = value | {"description": description}
            if record == "CoordinatorFile":  # a section may be empty
                made["properties"][key].pop("minProperties")
        return made | _RULES.get(record, {})


class _MunicipalityGenerator(_Generator):
    longest_text = LONGEST


def schemas() -> dict[str, str]:
    """Return ``{"municipalities/municipality.schema.json": text, …}``; equal records give equal texts."""
    return {f"municipalities/{name}": _text(kind) for name, kind in SCHEMA_FILES.items()}


def _text(kind: type[BaseModel]) -> str:
    generator = _MunicipalityGenerator if kind is MunicipalityFile else _Generator
    schema = kind.model_json_schema(schema_generator=generator)
    return json.dumps({"$schema": _Generator.schema_dialect} | schema, ensure_ascii=False, indent=2) + "\n"


def first_line(kind: type[BaseModel]) -> str:
    """Return the comment that names the schema of a file in municipalities/COUNTRY/ for the editor."""
    name = next(name for name, known in SCHEMA_FILES.items() if known is kind)
    return f"# yaml-language-server: $schema=../{name}\n"


def write_schemas(root: Path) -> list[str]:
    """Write the schemas to municipalities/ and return the names of the files."""
    made = schemas()
    for name, text in made.items():
        (root / name).write_text(text, "utf-8")
    return list(made)
