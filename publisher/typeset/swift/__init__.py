"""WeasyPrint 70.0, faster: the same bytes, with less work.

Each speed-up is one row of `SPEEDUPS`: what it looks into, and what it puts there while
`swiftly` lasts. It is left out where a version or a signature is not the one that it
was written for, and where ``PUBLISHER_PLAIN`` names it; ``swift`` names all of them.
Two other packages know WeasyPrint's inside: `publisher.typeset.hooks`, and with
`publisher.write.pdf.kept` the pages that are kept; `publisher.typeset.guard` looks at
what these two use.
"""

from __future__ import annotations

import gc
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock
from types import ModuleType
from typing import Any

from publisher.plain import plain
from publisher.typeset.swift.loading import fits, load
from publisher.typeset.swift.speedups import SPEEDUPS, VERSIONS, Speedup

__all__ = ["SPEEDUPS", "Speedup", "left_out", "seldom_collected", "swiftly"]

BORROWERS = (
    *("weasyprint", "tinyhtml5"),
    *("publisher.typeset.hooks", "publisher.write.pdf.kept"),
)
"""Modules that name functions which another stands for, by what they begin with."""
_LOCK = Lock()
_DEPTH = [0]
_UNDO: list[Callable[[], None]] = []


YOUNG, MIDDLE, OLD = 1_000_000, 10, 10
"""When the garbage collector looks: not while one book is made, whose layout leaves few
circles behind (`leaving`), but before those of many add up. Python's own: 700, 10, 10.
"""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """While it lasts, the garbage collector walks all boxes of a book less often."""
    before = gc.get_threshold()
    if not plain("gc") and not plain("swift"):
        gc.set_threshold(YOUNG, MIDDLE, OLD)
    try:
        yield
    finally:
        _age()
        gc.set_threshold(*before)


def _age() -> None:
    """Count all that there is as old, so that it is not walked at once.

    Who does one piece of work after the other collects between them (`jobs.engine`).
    """
    if not gc.get_freeze_count():  # what others froze must stay so
        gc.freeze()
        gc.unfreeze()


@contextmanager
def swiftly() -> Iterator[None]:
    """While it lasts, WeasyPrint is faster, in the whole process."""
    with _LOCK:
        if not _DEPTH[0]:
            _install()
        _DEPTH[0] += 1
    try:
        with seldom_collected():
            yield
    finally:
        with _LOCK:
            _DEPTH[0] -= 1
            if not _DEPTH[0]:
                while _UNDO:
                    _UNDO.pop()()


def ready() -> None:
    """Load WeasyPrint, and all that makes it faster."""
    with swiftly():
        pass


def _install() -> None:
    if different():
        return
    for name, speedup in SPEEDUPS.items():
        if not plain(name) and not plain("swift") and as_expected(speedup):
            for old, new in speedup.replaces().items():
                _put(old, new)


def left_out() -> dict[str, str]:
    """Speed-ups that what is installed here does not allow, and why.

    To be asked while none is at work.
    """
    if other := different():
        return dict.fromkeys(("loading", *SPEEDUPS), ", ".join(other))
    spoilt = [name for name, each in SPEEDUPS.items() if not as_expected(each)]
    if not fits():
        spoilt.insert(0, "loading")
    return dict.fromkeys(spoilt, "WeasyPrint")


def different() -> list[str]:
    """The libraries that are not of the version that this was written for."""
    load()
    import cssselect2
    import pydyf
    import tinyhtml5
    import weasyprint

    found = {
        "WeasyPrint": weasyprint.__version__,
        "pydyf": pydyf.VERSION,
        "tinyhtml5": tinyhtml5.VERSION,
        "cssselect2": cssselect2.VERSION,
    }
    return [name for name, version in found.items() if version != VERSIONS[name]]


def as_expected(speedup: Speedup) -> bool:
    """Whether all that it looks into has the parameters it was written for."""
    try:
        return all(
            [*inspect.signature(function).parameters] == names.split()
            for function, names in speedup.expects().items()
        )
    except (AttributeError, ImportError):  # one of them is gone
        return False


def _put(old: Any, new: Any) -> None:  # noqa: ANN401  (WeasyPrint has no types)
    """Put a function where another one is: in its class, or wherever it is named.

    ``old`` may also be a class and the name of what it has none of.
    """
    if isinstance(old, tuple):
        owner, name = old
        setattr(owner, name, new)
        _UNDO.append(partial(delattr, owner, name))
        return
    owner, name = _owner(old)
    if isinstance(owner, type):
        setattr(owner, name, new)
        _UNDO.append(partial(setattr, owner, name, old))
        return
    _put_everywhere(old, new)
    _UNDO.append(partial(_put_everywhere, new, old))


def _put_everywhere(old: object, new: object) -> None:
    """Wherever a module names one, let it name the other.

    Also in modules that were loaded meanwhile, so that none keeps what was lent.
    """
    for module in _modules():
        for key, value in list(vars(module).items()):
            if value is old:
                setattr(module, key, new)


def _owner(old: Any) -> tuple[object, str]:  # noqa: ANN401
    function: Any = old.fget if isinstance(old, property) else old
    place: object = sys.modules[function.__module__]
    *classes, name = function.__qualname__.split(".")
    for each in classes:
        place = getattr(place, each)
    return place, name


def _modules() -> list[ModuleType]:
    """WeasyPrint's modules, its parser's, and ours that name a function of it."""
    held = list(sys.modules.items())
    return [module for name, module in held if name.startswith(BORROWERS)]
