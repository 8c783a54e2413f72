"""The JSON Schemas of the files in municipalities/, made from the records: pydantic reads the types of
the keys and the docstrings under them. Editors use the schemas to complete and check while somebody types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from ..fields.field_types import LONGEST_TEXT
from ..model.place_files import MunicipalityFile
from ..model.texts_to_approve import LONGEST
from .municipalities import SCHEMA_FILES


class _Generator(GenerateJsonSchema):
    """Pydantic's generator without null, defaults and key titles: people type these files."""

    schema_dialect = "http://json-schema.org/draft-07/schema#"  # the version that YAML servers know best

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: Any) -> JsonSchemaValue:
        values = self.generate_inner(schema["values_schema"])
        names = self.generate_inner(schema["keys_schema"])
        made = {"type": "object", "propertyNames": names, "additionalProperties": values}
        if least := schema.get("min_length", 1):  # a key without anything under it is a slip
            made["minProperties"] = least
        if "max_length" in schema:
            made["maxProperties"] = schema["max_length"]
        return made

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().model_schema(schema)
        if keys := schema["cls"].at_least_one_of:
            made["anyOf"] = [{"required": [key]} for key in keys]
        return made


class _MunicipalityGenerator(_Generator):
    """The generator for a municipality's file, whose texts must be shorter."""

    def generate_inner(self, schema: Any) -> JsonSchemaValue:
        made = super().generate_inner(schema)
        return made | {"maxLength": LONGEST} if made.get("maxLength") == LONGEST_TEXT else made


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
