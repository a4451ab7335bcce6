# ruff: noqa: ANN401  (pikepdf has one type for all objects)
"""Where each glyph of a PDF stands, read from the content streams themselves.

Lines are told by their baselines, paragraphs by the structure tree; widths are those
that the PDF declares. Points, from the lower left corner of the page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

MAP = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: what it stands for, where it begins, how far it reaches."""

    text: str
    x: float
    y: float
    advance: float
    """As its face has it, without moves."""
    size: float
    font: str


@dataclass(slots=True)
class Block:
    """A paragraph of the structure tree, as lines from top to bottom."""

    tag: str
    lines: list[tuple[int, list[Glyph]]] = field(default_factory=list)
    """Page number (from 0) and the glyphs from left to right."""
    said: str = ""
    """The characters in the order of the tree."""

    @property
    def text(self) -> str:
        return "".join(text_of(line) for _, line in self.lines)


def text_of(line: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in line).replace(" ", "").replace("\u3000", "")


def blocks(
    path: Path, tags: str = "P LBody Lbl H1 H2 H3 H4 H5 H6 TD TH"
) -> list[Block]:
    """Every paragraph with the glyphs that stand in it, in the order of the tree."""
    with pikepdf.open(path) as pdf:
        held = [page_glyphs(page) for page in pdf.pages]
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        found = []
        for element in _elements(pdf.Root.StructTreeRoot.K, set(tags.split())):
            rows: dict[tuple[int, float], list[Glyph]] = defaultdict(list)
            for page, mcid in _content(element, None):
                number = numbers[page.objgen]
                for glyph in held[number].get(mcid, ()):
                    rows[number, _row(rows, number, glyph.y)].append(glyph)
            block = Block(str(element.S)[1:])
            for page, mcid in _content(element, None):
                block.said += text_of(held[numbers[page.objgen]].get(mcid, ()))
            for (number, _), row in sorted(
                rows.items(), key=lambda r: (r[0][0], -r[0][1])
            ):
                row.sort(key=lambda glyph: glyph.x)
                block.lines.append((number, row))
            found.append(block)
        return found


def _row(rows: Any, number: int, y: float) -> float:
    near = (key for page, key in rows if page == number and abs(key - y) < 6)
    return min(near, key=lambda key: abs(key - y), default=y)


def _elements(held: Any, tags: set[str]) -> Iterator[Any]:
    for element in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            if str(element.S)[1:] in tags:
                yield element
            elif "/K" in element:
                yield from _elements(element.K, tags)


def _content(element: Any, page: Any) -> Iterator[tuple[Any, int]]:
    page = element.get("/Pg", page)
    held = element.K
    for kid in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(kid, int):
            yield page, kid
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield kid.get("/Pg", page), int(kid.MCID)
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _content(kid, page)


def page_glyphs(page: Any) -> dict[int | None, list[Glyph]]:
    """The glyphs of a page by marked content; those outside under None."""
    return _Reader(page).read()


class _Reader:
    """Runs the text operators of one page."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.fonts = {str(n): _Font(f) for n, f in page.Resources.Font.items()}
        self.matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self.stack: list[Matrix] = []
        self.marks: list[int | None] = []
        self.out: dict[int | None, list[Glyph]] = defaultdict(list)
        self.spacing = self.size = self.x = self.y = 0.0
        self.font: _Font | None = None

    def read(self) -> dict[int | None, list[Glyph]]:
        for instruction in pikepdf.parse_content_stream(self.page):
            self._run(str(instruction.operator), list(instruction.operands))
        return self.out

    def _run(self, name: str, args: list[Any]) -> None:
        match name:
            case "q":
                self.stack.append(self.matrix)
            case "Q":
                self.matrix = self.stack.pop()
            case "cm":
                self.matrix = _times(_numbers(args), self.matrix)
            case "BDC" | "BMC":
                self.marks.append(_mcid(args))
            case "EMC":
                self.marks.pop()
            case "Tf":
                self.font, self.size = self.fonts[str(args[0])], float(args[1])
            case "Tc":
                self.spacing = float(args[0])
            case "Tm":
                self.x, self.y = 0.0, 0.0
                self.text = _numbers(args)
            case "TJ":
                self._show(args[0])
            case "Tj":
                self._show([args[0]])
            case _:
                pass

    def _show(self, parts: Any) -> None:
        assert self.font is not None
        a, _, _, _, e, f = _times(self.text, self.matrix)
        mark = next((m for m in reversed(self.marks) if m is not None), None)
        for part in parts:
            if not isinstance(part, pikepdf.String):
                self.x -= float(part) / 1000 * self.size
                continue
            for code, said, width in self.font.decode(bytes(part)):
                del code
                scale = abs(a)
                advance = width / 1000 * self.size
                self.out[mark].append(
                    Glyph(
                        said,
                        e + self.x * a,
                        f,
                        advance * scale,
                        self.size * scale,
                        self.font.name,
                    )
                )
                self.x += advance + self.spacing


class _Font:
    def __init__(self, font: Any) -> None:
        self.name = str(font.BaseFont).partition("+")[2]
        self.said = {
            int(code, 16): bytes.fromhex(said.decode()).decode("utf-16-be")
            for part in re.findall(
                rb"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes(), re.DOTALL
            )
            for code, said in MAP.findall(part)
        }
        self.widths: dict[int, float] = {}
        held = list(font.DescendantFonts[0].W)
        while held:
            first, widths, *held = held
            for offset, width in enumerate(widths):
                self.widths[int(first) + offset] = float(width)

    def decode(self, raw: bytes) -> Iterator[tuple[int, str, float]]:
        for at in range(0, len(raw), 2):
            code = int.from_bytes(raw[at : at + 2], "big")
            yield code, self.said[code], self.widths[code]


def _numbers(args: list[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, args)
    return a, b, c, d, e, f


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _mcid(args: list[Any]) -> int | None:
    marks = args[1] if len(args) > 1 else None
    return (
        int(marks.MCID)
        if isinstance(marks, pikepdf.Dictionary) and "/MCID" in marks
        else None
    )
