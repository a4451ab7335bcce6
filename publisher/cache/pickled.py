"""Values as bytes, and back: but only values of ours.

A cache lies in a folder that may have come from elsewhere. Reading it must not run
anybody's code, so nothing is made but the plain types of this package (its dataclasses
and enumerations), and dates and paths.
"""

from __future__ import annotations

import copyreg
import dataclasses
import enum
import io
import pickle
from collections.abc import Callable
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any

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
    written = io.BytesIO()
    _Writer(written, pickle.HIGHEST_PROTOCOL).dump(value)
    return written.getvalue()


def loads(data: bytes) -> object:
    """The value of some bytes.

    Raises:
        ValueError: they are none of ours, or of another version of us.
    """
    try:
        return _Ours(io.BytesIO(data)).load()
    except Exception as error:  # pickle raises whatever it runs into
        raise ValueError(f"not a value of ours: {error!r}") from error


class _Writer(pickle.Pickler):
    """Takes the fields of a frozen dataclass with slots, of which a tree is made.

    A dataclass looks its fields up anew for each of its values that is written.
    """

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401
        """How a value is made again; of all others pickle knows it."""
        kind = type(value)
        fields = _fields(kind)  # type: ignore[arg-type]
        return (_NEW, (kind,), fields(value)) if fields else NotImplemented


_NEW: Any = copyreg.__newobj__  # type: ignore[attr-defined]
"""Makes a value without its fields: an instruction of pickle's own."""


@cache
def _fields(kind: type[Any]) -> Callable[[object], tuple[object, ...]] | None:
    """What gives the fields of a value that `dataclasses` would look up."""
    if getattr(kind.__getstate__, "__module__", "") != dataclasses.__name__:
        return None
    names = [field.name for field in dataclasses.fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple([getattr(value, name) for name in names])


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
