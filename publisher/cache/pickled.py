"""Values as bytes, and back: but only values of ours.

A cache lies in a folder that may have come from elsewhere. Reading it must not run
anybody's code, so nothing is made but the plain types of this package (its dataclasses
and enumerations), and dates and paths.
"""

from __future__ import annotations

import dataclasses
import enum
import io
import pickle
from importlib import import_module

from publisher.diagnostics import Problem

PLAIN = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "timezone"),
    ("datetime", "timedelta"),
    ("pathlib", "PosixPath"),
    ("pathlib", "PurePosixPath"),
    ("types", "MappingProxyType"),
}


def dumps(value: object) -> bytes:
    """The bytes of a value."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def loads(data: bytes) -> object:
    """The value of some bytes.

    Raises:
        ValueError: they are none of ours, or of another version of us.
    """
    try:
        return _Ours(io.BytesIO(data)).load()
    except Exception as error:  # pickle raises whatever it runs into
        raise ValueError(f"not a value of ours: {error!r}") from error


class _Ours(pickle.Unpickler):
    """Finds the classes that may be made."""

    def find_class(self, module: str, name: str) -> object:
        """A class of ours, or a plain one."""
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if module.partition(".")[0] == "publisher" and "." not in name:
            found = getattr(import_module(module), name)
            if isinstance(found, type) and (
                dataclasses.is_dataclass(found)
                or issubclass(found, enum.Enum | Problem)
            ):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
