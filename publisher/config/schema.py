"""The JSON Schema of ``book.toml``, made from the tables that check it."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from publisher.config.kinds import (
    Array,
    Choice,
    Day,
    Either,
    Flag,
    Kind,
    Named,
    Number,
    Table,
    Text,
)

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def schema_of(kind: Kind) -> dict[str, Json]:
    """One kind of value as JSON Schema (draft 2020-12)."""
    match kind:
        case Text():
            return {"type": "string", "pattern": f"^(?:{kind.pattern})$"}
        case Choice():
            words: dict[str, Json] = {"type": "string", "enum": list(kind.words)}
            if not kind.also:
                return words
            pattern: Json = f"^(?:{kind.also})$"
            return {"anyOf": [words, {"type": "string", "pattern": pattern}]}
        case Number():
            name = "integer" if kind.whole else "number"
            return {"type": name, "minimum": kind.low, "maximum": kind.high}
        case Day():
            return {"type": "string", "format": "date"}
        case Flag():
            return {"type": "boolean"}
        case Array():
            bounds: dict[str, Json] = {}
            if kind.length:
                bounds = {"minItems": kind.length, "maxItems": kind.length}
            return {"type": "array", "items": schema_of(kind.of), **bounds}
        case Table():
            return _table(kind)
        case Named():
            return {
                "type": "object",
                "propertyNames": schema_of(kind.names),
                "additionalProperties": schema_of(kind.of),
            }
        case Either():
            return {"anyOf": [schema_of(option) for option in kind.of]}
        case _:
            assert_never(kind)


def _table(kind: Table) -> dict[str, Json]:
    properties: dict[str, Json] = {
        name: {**schema_of(key.kind), "description": f"{key.about.en} {key.about.zh}"}
        for name, key in kind.keys.items()
    }
    required: list[Json] = [name for name, key in kind.keys.items() if key.required]
    out: dict[str, Json] = {"type": "object", "properties": properties}
    if required:
        out["required"] = required
    return {**out, "additionalProperties": False}
