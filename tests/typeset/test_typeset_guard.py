"""What the hooks use of WeasyPrint is what they look at before they are let in."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream
from weasyprint.text.line_break import Layout

from publisher.typeset.hooks import differences, guard
from tests.conftest import ROOT

MODULES = sorted((ROOT / "publisher" / "typeset" / "hooks").glob("*.py"))
THEIRS = ("weasyprint", "pydyf")
CLASSES = (*filter(inspect.isclass, vars(boxes).values()), Layout, Stream)
METHODS = {
    name
    for each in CLASSES
    for base in each.__mro__
    if base.__module__.startswith(THEIRS)
    for name, value in vars(base).items()
    if inspect.isfunction(value)
}
"""The names of all methods of what the hooks are given."""


def imported(tree: ast.Module) -> dict[str, object]:
    """What a module takes of WeasyPrint, by the name that it has there."""
    out: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(THEIRS):
            module = import_module(node.module or "")
            for each in node.names:
                place = f"{module.__name__}.{each.name}"
                held = getattr(module, each.name, None)
                out[each.asname or each.name] = held or import_module(place)
    return out


def used(path: Path) -> Iterator[str]:
    """The functions of WeasyPrint that a module names, and the classes it calls.

    By their names: where a document has been composed ours stand for some of them.
    """
    tree = ast.parse(path.read_text("utf-8"))
    names = imported(tree)

    def found(node: ast.AST) -> object:
        if isinstance(node, ast.Name):
            return names.get(node.id)
        if isinstance(node, ast.Attribute):
            owner = found(node.value)
            if isinstance(owner, ModuleType | type):
                return getattr(owner, node.attr)
        return None

    for node in ast.walk(tree):
        each = found(node.func if isinstance(node, ast.Call) else node)
        if inspect.isfunction(each):
            yield each.__qualname__
        elif isinstance(node, ast.Call) and inspect.isclass(each):
            yield each.__init__.__qualname__


def methods(path: Path) -> Iterator[str]:
    """The methods that a module calls on what may be an object of WeasyPrint's."""
    tree = ast.parse(path.read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules = {each.asname or each.name for node in imports for each in node.names}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr=name)):
                own = isinstance(owner, ast.Name) and owner.id in modules
                if name in METHODS and not own and not name.startswith("__"):
                    yield name
            case _:
                pass


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_all_that_a_module_of_the_hooks_uses_is_guarded(path: Path) -> None:
    guarded = {function.__qualname__ for function in guard.SIGNATURES}
    assert set(used(path)) - guarded == set()
    assert set(methods(path)) - {name.split(".")[-1] for name in guarded} == set()


def test_something_is_found_to_be_used() -> None:
    functions = {each for path in MODULES for each in used(path)}
    assert {"Layout.__init__", "atomic_box", "resolve_percentages"} <= functions
    called = {name for path in MODULES for name in methods(path)}
    assert {"margin_width", "copy_with_children", "show_text"} <= called


def test_a_parameter_of_another_name_is_a_difference() -> None:
    assert differences() == []
    other = {**guard.SIGNATURES, boxes.Box.margin_width: "self outer"}
    found = differences("69.9", other)
    assert found == ["WeasyPrint 70.0", "Box.margin_width"]
