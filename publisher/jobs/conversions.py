"""What an upgrade of dictionaries did to an edition since its last build."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from publisher.diagnostics import Diagnostic

ACCOUNT = "conversion.json"
Words: TypeAlias = dict[tuple[str, str], Mapping[str, str]]


def changed_since(target: Path, beside: Mapping[str, bytes]) -> list[Diagnostic]:
    """The words that are printed otherwise than the last account has them.

    With the same versions nothing is told: then it was the editor's own doing.
    """
    if ACCOUNT not in beside:
        return []
    new = _read(beside[ACCOUNT])
    try:
        old = _read(target.with_name(ACCOUNT).read_bytes())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []  # no account, or none of ours: there is nothing to compare
    if old[0] == new[0]:
        return []
    from publisher.edition.conversion.memory import changes

    before, after = old[1], new[1]
    return [
        found for key in after for found in changes(before.get(key, {}), after[key])
    ]


def _read(data: bytes) -> tuple[object, Words]:
    told: dict[str, Any] = json.loads(data)
    words: Words = {
        (each["script"], each["source"]): dict(each["words"])
        for each in told["conversions"]
    }
    return told["versions"], words
