"""Makes `publisher.typeset.swift.declarations` from the WeasyPrint that is installed.

``python -m tests.typeset.declaring``, whenever WeasyPrint is another one.
"""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from publisher.typeset.swift import loading

HEAD = '''"""WeasyPrint's C declarations as cffi has parsed them.

Made by ``python -m tests.typeset.declaring``.
"""

from __future__ import annotations

'''


def arguments() -> dict[str, Any]:
    """What cffi makes of the declarations: the arguments of its compiled ``FFI``."""
    from cffi import FFI

    spec = find_spec("weasyprint")
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).parent / "text" / "ffi.py"
    ffi = FFI()
    for declared in _declarations(ast.parse(source.read_text("utf-8"))):
        ffi.cdef(declared)
    ffi.set_source("weasyprint_declared", None)
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made.py"
        ffi.emit_python_code(str(made))
        return _call(ast.parse(made.read_text("utf-8")))


def _declarations(tree: ast.Module) -> list[str]:
    """The texts that are given to ``ffi.cdef``."""
    return [
        ast.literal_eval(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "cdef"
    ]


def _call(tree: ast.Module) -> dict[str, Any]:
    """The named arguments of the only call of a module."""
    (call,) = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {str(each.arg): ast.literal_eval(each.value) for each in call.keywords}


def main() -> None:
    """Write the module."""
    out = Path(loading.__file__).with_name("declarations.py")
    sha = loading.installed()
    said = f"WRITTEN_FOR = {sha!r}\nARGUMENTS = {arguments()!r}\n"
    out.write_text(HEAD + said, "utf-8")


if __name__ == "__main__":
    main()
