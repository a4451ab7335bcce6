"""Frozen dataclasses that are made quickly: there are two hundred at each start.

``dataclasses`` writes the source of six methods for each class and compiles it at once,
a third of a millisecond a class. Here a class has the fields, the arguments and the
meaning that ``dataclasses`` would give it (``fields``, ``replace`` and ``match`` know
it), but its constructor is compiled when the first object is made, comparison and hash
when they are first asked for, and what is the same for all classes is shared.

Only ``@dataclass(frozen=True, slots=True)`` is; whatever else is asked for, and a class
with a ``__post_init__``, is left to ``dataclasses``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from dataclasses import dataclass, replace  # those that type checkers know
else:

    def dataclass(cls=None, /, **asked):  # noqa: ANN001, ANN003, ANN201
        """As ``dataclasses.dataclass``."""
        if cls is None:
            return lambda made: dataclass(made, **asked)
        if asked != {"frozen": True, "slots": True} or hasattr(cls, "__post_init__"):
            return dataclasses.dataclass(cls, **asked)
        return _frozen(cls)

    def replace(made, /, **changes):  # noqa: ANN001, ANN003, ANN201
        """As ``dataclasses.replace``."""
        known = _STATES.get(made.__class__)
        if known is None:
            return dataclasses.replace(made, **changes)
        names, state = known
        return made.__class__(**(dict(zip(names, state(made), strict=True)) | changes))


__all__ = ["dataclass", "replace"]

Method: TypeAlias = Callable[..., Any]
Fields: TypeAlias = tuple[dataclasses.Field[Any], ...]
_FIELDS = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)
"""Leaves to ``dataclasses`` what needs no compiler: the fields and the slots."""
_STATES: dict[type, tuple[Sequence[str], Callable[[Any], Sequence[object]]]] = {}
"""The names of the fields of each class, and what gives their values."""


def _frozen(bare: type) -> type:
    """A class with slots, and the methods of a frozen dataclass but for its own."""
    bare.__doc__ = bare.__doc__ or bare.__name__
    cls: type = _FIELDS(bare)
    known = dataclasses.fields(cls)
    compared = [field.name for field in known if field.compare]

    def make(self: object, /, *given: object, **named: object) -> None:
        made = _compiled(cls, "__init__", *_constructor(known))
        made(self, *given, **named)

    def equal(self: object, other: object) -> Any:  # noqa: ANN401  (NotImplemented)
        return _compiled(cls, "__eq__", _comparison(compared))(self, other)

    def hashed(self: object) -> Any:  # noqa: ANN401
        return _compiled(cls, "__hash__", _hashing(compared))(self)

    names = [field.name for field in known]
    methods = _SHARED | _pickling(names)
    _STATES[cls] = names, methods["__getstate__"]
    methods |= {"__init__": make, "__eq__": equal, "__hash__": hashed}
    for name, method in methods.items():
        if cls.__dict__.get(name) is None:
            setattr(cls, name, method)
    return cls


def _compiled(cls: type, name: str, source: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401
    """A method from its source, which has numbers for values; the class has it now."""
    space: dict[str, Any] = {f"v{at}": value for at, value in enumerate(values)}
    space |= {"put": object.__setattr__, "MISSING": dataclasses.MISSING}
    exec(f"def {name}{source}", space)  # noqa: S102  (names of fields, and no more)
    method = space[name]
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    setattr(cls, name, method)
    return method


def _constructor(known: Fields) -> tuple[str, list[object]]:
    """``(self, a, b=…, *, c=…)``, and the defaults."""
    heads: dict[bool, list[str]] = {False: ["self"], True: ["*"]}
    body, values = [" pass"], list[object]()
    for field in known:
        name = head = value = field.name
        if field.default is not dataclasses.MISSING:
            head = f"{name}=v{len(values)}"
            values.append(field.default)
        elif field.default_factory is not dataclasses.MISSING:
            head = f"{name}=MISSING"
            value = f"v{len(values)}() if {name} is MISSING else {name}"
            values.append(field.default_factory)
        heads[bool(field.kw_only)].append(head)
        body.append(f" put(self, {name!r}, {value})")
    named = heads[True] if len(heads[True]) > 1 else []
    return "\n".join([f"({', '.join(heads[False] + named)}):", *body]), values


def _comparison(names: Sequence[str]) -> str:
    return (
        "(self, other):\n"
        " if other.__class__ is not self.__class__:\n"
        "  return NotImplemented\n"
        f" return {_parts('self', names)} == {_parts('other', names)}"
    )


def _hashing(names: Sequence[str]) -> str:
    return f"(self):\n return hash({_parts('self', names)})"


def _parts(owner: str, names: Sequence[str]) -> str:
    return "(" + "".join(f"{owner}.{name}, " for name in names) + ")"


def _pickling(names: Sequence[str]) -> dict[str, Method]:
    """The state of an object is its values, in the order of the fields."""
    get = attrgetter(*names) if len(names) > 1 else None

    def state(self: object) -> Sequence[object]:
        return get(self) if get else [getattr(self, name) for name in names]

    def restore(self: object, values: Sequence[object]) -> None:
        for name, value in zip(names, values, strict=True):
            object.__setattr__(self, name, value)

    return {"__getstate__": state, "__setstate__": restore}


def _repr(self: Any) -> str:  # noqa: ANN401
    shown = (field.name for field in dataclasses.fields(self) if field.repr)
    parts = (f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({', '.join(parts)})"


def _keep(_: object, name: str, __: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _keep_all(_: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_SHARED: dict[str, Method] = {
    "__repr__": _repr,
    "__setattr__": _keep,
    "__delattr__": _keep_all,
}
