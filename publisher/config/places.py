"""Where each key and each value of a TOML file stands.

``tomllib`` gives values without places. This reads the same text once more, only to
note offsets; it is given nothing that ``tomllib`` has not accepted, so it checks
nothing. A path is the keys from the top, with list positions counted from 0, as in
``("check", "allow", 0, "where")``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from publisher.patterns import pattern

Path: TypeAlias = tuple[str | int, ...]

BLANK = pattern(r"(?:[ \t\r\n]|#[^\n]*)*")
"""Space, line ends and comments between things."""
KEY = pattern(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
"""One part of a key: ``title``, ``"the title"`` or ``'the title'``."""
STRING = pattern(
    r'"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'{3}(?:[^']|'{1,2}(?!'))*'{3,5}"
    r"""|"(?:[^"\\]|\\.)*"|'[^']*'""",
    re.DOTALL,
)
SCALAR = pattern(r"[^,\]}#\r\n]+")
"""A number, a date, true or false."""


@dataclass(frozen=True, slots=True)
class Places:
    """Offsets of keys and of values by path."""

    keys: Mapping[Path, int]
    values: Mapping[Path, int]

    def of(self, path: Path) -> int:
        """The offset to show for a path: the key's, else its value's, else above."""
        while path:
            for table in (self.keys, self.values):
                if path in table:
                    return table[path]
            path = path[:-1]
        return 0


def places(text: str) -> Places:
    """The places of everything in a TOML text that ``tomllib`` accepts."""
    scan = _Scan(text)
    scan.document()
    return Places(scan.keys, scan.values)


class _Scan:
    """A cursor over the text. Line ends inside values need no telling apart."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.keys: dict[Path, int] = {}
        self.values: dict[Path, int] = {}
        self.count: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        while self.skip():
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)

    def skip(self) -> bool:
        """Step over what is blank; whether anything is left."""
        found = BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at < len(self.text)

    def header(self) -> Path:
        opened = self.at
        listed = self.text.startswith("[[", opened)
        self.at += 2 if listed else 1
        path: Path = ()
        for part, _ in self.parts():
            path = self.inside((*path, part))
        if listed:
            path = path[:-1] if isinstance(path[-1], int) else path
            self.count[path] = self.count.get(path, -1) + 1
            self.keys.setdefault(path, opened)
            path = (*path, self.count[path])
        self.keys.setdefault(path, opened)
        self.at = self.text.index("]", self.at) + (2 if listed else 1)
        return path

    def inside(self, path: Path) -> Path:
        """A path through ``[[lists]]``: the last table of each is meant."""
        return (*path, self.count[path]) if path in self.count else path

    def parts(self) -> list[tuple[str, int]]:
        """A dotted key with the offset of each part."""
        out: list[tuple[str, int]] = []
        self.skip()
        while found := KEY.match(self.text, self.at):
            out.append((_unquote(found[0]), self.at))
            self.at = found.end()
            self.skip()
            if self.text[self.at] != ".":
                break
            self.at += 1
            self.skip()
        return out

    def pair(self, table: Path) -> None:
        path = table
        for part, offset in self.parts():
            path = (*path, part)
            self.keys.setdefault(path, offset)
        self.at = self.text.index("=", self.at) + 1
        self.value(path)

    def value(self, path: Path) -> None:
        self.skip()
        self.values[path] = self.at
        char = self.text[self.at]
        if char == "[":
            self.array(path)
        elif char == "{":
            self.inline(path)
        else:
            form = STRING if char in "\"'" else SCALAR
            found = form.match(self.text, self.at)
            self.at = found.end() if found else len(self.text)

    def array(self, path: Path) -> None:
        self.at += 1
        number = 0
        while self.skip() and self.text[self.at] != "]":
            self.value((*path, number))
            number += 1
            self.comma()
        self.at += 1

    def inline(self, path: Path) -> None:
        self.at += 1
        while self.skip() and self.text[self.at] != "}":
            self.pair(path)
            self.comma()
        self.at += 1

    def comma(self) -> None:
        if self.skip() and self.text[self.at] == ",":
            self.at += 1


def _unquote(key: str) -> str:
    """A key without its quotes; escapes in keys are not undone (nobody writes them)."""
    return key[1:-1] if key[0] in "\"'" else key
