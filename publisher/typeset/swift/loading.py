"""WeasyPrint, loaded in half the time and with 15 MB less.

Two thirds of the time that it takes to load go into parsing C declarations, always the
same, and into FontTools, which only variable fonts, compressed fonts and pictures in
fonts need. The declarations are kept parsed (`declarations`); FontTools is loaded when
it is asked for. Both only if WeasyPrint's own files are, to the byte, those that this
was written for; else it is loaded as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from publisher.inputs import unrecorded
from publisher.plain import plain

FILES = ("text/ffi.py", "text/fonts.py", "pdf/fonts.py")
"""What is looked into."""
LATER = {
    "weasyprint.text.fonts": {
        "TTFont": "fontTools.ttLib",
        "woff2": "fontTools.ttLib",
    },
    "weasyprint.pdf.fonts": {
        "TTFont": "fontTools.ttLib",
        "TTLibError": "fontTools.ttLib",
        "ttFont": "fontTools.ttLib",
        "subset": "fontTools",
        "instantiateVariableFont": "fontTools.varLib.instancer",
    },
}
"""Module → what it takes from FontTools, and from where."""
_LOCK = Lock()


def load() -> None:
    """Load WeasyPrint, if that has not been done."""
    with _LOCK:
        if "weasyprint" in sys.modules or plain("loading") or plain("swift"):
            import_module("weasyprint")
            return
        made = _declared()
        if made is None:
            import_module("weasyprint")
            return
        with _instead({"cffi": _Cffi("cffi", made), **_stand_ins()}):
            import_module("weasyprint")


def installed() -> str:
    """The sha256 of the files of the WeasyPrint that is installed; "" without one."""
    spec = find_spec("weasyprint")
    if spec is None or spec.origin is None:
        return ""
    folder, digest = Path(spec.origin).parent, sha256()
    try:
        with unrecorded():
            for name in FILES:
                digest.update((folder / name).read_bytes())
    except OSError:
        return ""
    return digest.hexdigest()


def fits() -> bool:
    """Whether what is kept of WeasyPrint is of the one that is installed."""
    return _declared() is not None


def _declared() -> Any:  # noqa: ANN401  (cffi has no types)
    """What stands for ``cffi.FFI()`` with all declarations; None if it cannot."""
    from publisher.typeset.swift.declarations import ARGUMENTS, WRITTEN_FOR

    if installed() != WRITTEN_FOR:
        return None
    try:
        from _cffi_backend import FFI

        return FFI("weasyprint", **ARGUMENTS)
    except Exception:  # noqa: BLE001  (another cffi: it says so in many ways)
        return None


class _Cffi(ModuleType):
    """Stands for the module ``cffi`` while WeasyPrint is loaded."""

    def __init__(self, name: str, made: Any) -> None:  # noqa: ANN401
        super().__init__(name)
        self.made = made

    def FFI(self) -> Any:  # noqa: ANN401, N802  (cffi's name for it)
        """All that cffi offers, and declarations that need not be parsed."""
        names = [name for name in dir(self.made) if not name.startswith("_")]
        held: dict[str, Any] = {name: getattr(self.made, name) for name in names}
        return type("FFI", (), {**held, "cdef": staticmethod(_nothing)})()


def _nothing(_: str) -> None:
    """Declared already."""


class _Later:
    """Stands for one name of FontTools until it is used."""

    def __init__(self, place: str, name: str) -> None:
        self.__dict__.update(place=place, name=name)

    def __getattr__(self, key: str) -> Any:  # noqa: ANN401
        return getattr(_real(self.place, self.name), key)

    def __call__(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        return _real(self.place, self.name)(*given, **named)


def _real(place: str, name: str) -> Any:  # noqa: ANN401
    """The thing itself; from now on WeasyPrint has all of them itself."""
    for module, names in LATER.items():
        held = sys.modules[module]
        for each, where in names.items():
            if isinstance(getattr(held, each), _Later):
                setattr(held, each, _found(where, each))
    return _found(place, name)


def _found(place: str, name: str) -> Any:  # noqa: ANN401
    module = import_module(place)
    if not hasattr(module, name):
        import_module(f"{place}.{name}")
    return getattr(module, name)


def _stand_ins() -> dict[str, ModuleType]:
    """Modules that hold nothing but what WeasyPrint takes from them."""
    out: dict[str, ModuleType] = {}
    for names in LATER.values():
        for name, place in names.items():
            module = out.setdefault(place, ModuleType(place))
            setattr(module, name, _Later(place, name))
    return out


@contextmanager
def _instead(modules: dict[str, ModuleType]) -> Iterator[None]:
    """While it lasts, these modules are found instead of those of their names."""
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
