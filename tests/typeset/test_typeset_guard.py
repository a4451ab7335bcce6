"""What the hooks use of WeasyPrint is what they look at before they are let in."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pydyf
import pytest
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.text.line_break import Layout

from publisher.typeset import guard
from publisher.typeset.swift import SPEEDUPS
from tests.conftest import ROOT

HOOKS = ROOT / "publisher" / "typeset" / "hooks"
PDF = ROOT / "publisher" / "write" / "pdf"
MODULES = [
    *((path, guard.LINES) for path in sorted(HOOKS.glob("*.py"))),
    *((path, guard.PAGES) for path in sorted((PDF / "kept").glob("*.py"))),
    (PDF / "parts.py", guard.PAGES),
    (PDF / "file.py", guard.FILE),
]
SWIFT = [
    path
    for path in sorted((ROOT / "publisher" / "typeset" / "swift").glob("*.py"))
    if path.stem != "speedups"
]
"""All but the table in which they say what they use."""
THEIRS = ("weasyprint", "pydyf")
CLASSES = (
    *filter(inspect.isclass, vars(boxes).values()),
    *(Layout, Stream, pydyf.PDF, Page, Font),
)
METHODS = {
    name
    for each in CLASSES
    for base in each.__mro__
    if base.__module__.startswith(THEIRS)
    for name, value in vars(base).items()
    if inspect.isfunction(value)
}
"""The names of all methods of what the hooks are given."""
OWN = {dict.__init__.__qualname__}
"""Of Python itself: a class of theirs has none of its own."""


def imported(tree: ast.Module) -> dict[str, object]:
    """What a module takes of WeasyPrint, by the name that it has there."""
    out: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            theirs = [each for each in node.names if each.name.startswith(THEIRS)]
            out |= {
                each.asname or each.name: import_module(each.name) for each in theirs
            }
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            THEIRS
        ):
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
        if inspect.isfunction(each) or inspect.ismethod(each):
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


@pytest.mark.parametrize(
    ("path", "known"), MODULES, ids=[f"{p.parent.name}-{p.stem}" for p, _ in MODULES]
)
def test_all_that_a_module_uses_is_guarded(path: Path, known: guard.Known) -> None:
    guarded = {name for names in known.signatures.values() for name in names}
    assert set(used(path)) - guarded - OWN == set()
    assert set(methods(path)) - {name.split(".")[-1] for name in guarded} == set()


@pytest.mark.parametrize("path", SWIFT, ids=[path.stem for path in SWIFT])
def test_all_that_a_speed_up_uses_is_looked_at(path: Path) -> None:
    expected = {each for row in SPEEDUPS.values() for each in row.expects()}
    guarded = {each.__qualname__ for each in expected}
    assert set(used(path)) - guarded - OWN == set()
    if imported(ast.parse(path.read_text("utf-8"))):
        called = {name.split(".")[-1] for name in guarded}
        assert set(methods(path)) - called == set()


def test_something_is_found_to_be_used() -> None:
    functions = {each for path, _ in MODULES for each in used(path)}
    assert {"Layout.__init__", "atomic_box", "resolve_percentages"} <= functions
    assert {"remake_page", "find_stylesheets", "_to_bytes"} <= functions
    assert "Document._build_layout_context" in functions
    called = {name for path, _ in MODULES for name in methods(path)}
    assert {"margin_width", "copy_with_children", "set_color"} <= called
    assert {"paint", "subset", "add_object"} <= called
    swift = {each for path in SWIFT for each in (*used(path), *methods(path))}
    assert {"strut", "content_to_boxes", "process_whitespace"} <= swift


@pytest.mark.parametrize("part", guard.PARTS)
def test_nothing_differs_in_what_is_installed(part: str) -> None:
    assert guard.differences(part) == ()


def test_what_differs_is_named_its_version_first() -> None:
    other = {
        "weasyprint.formatting_structure.boxes": {
            "Box.margin_width": "self outer",
            "Box.margin_height": "self",
            "Box.gone": "self",
        },
        "weasyprint.gone": {"function": ""},
    }
    known = guard.Known(("weasyprint", "pydyf"), other)
    found = guard.compared(known, {"weasyprint": "69.9", "pydyf": "0.13.0"})
    assert found == ["WeasyPrint 70.0", "Box.margin_width", "Box.gone", "function"]


OTHER_ENGINE = """
import builtins
import sys
import weasyprint
from weasyprint.layout import inline
weasyprint.__version__ = "71.0"
builtins._adjust_line_height = inline._adjust_line_height  # its own callers find it
del inline._adjust_line_height
from publisher import cli
sys.argv = ["publisher", *sys.argv[1:]]
cli.main()
"""


def test_with_another_engine_a_book_is_made_plainly_and_it_says_so(
    tmp_path: Path,
) -> None:
    source = tmp_path / "a.md"
    source.write_text("第一条　为了学习，制定本条例。\n", "utf-8")
    command = [sys.executable, "-c", OTHER_ENGINE, "build", str(source)]
    run = subprocess.run(
        [*command, "-e", "booklet", "-o", str(tmp_path / "out"), "-j", "1"],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert "T002" in run.stdout + run.stderr
    assert "WeasyPrint 71.0, _adjust_line_height" in run.stdout + run.stderr
    assert list((tmp_path / "out").rglob("*.pdf"))
    manifest = next((tmp_path / "out").rglob("manifest.json")).read_text("utf-8")
    assert '"composed": 0' in manifest
