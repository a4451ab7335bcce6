# ruff: noqa: ANN401  (pikepdf has one type for all objects)
"""Read a PDF again: the text of the sources, told from the rest by its tags alone.

The documents stand under Art elements; what the editor adds inside them is tagged
NonStruct or Note. Content that no element claims (heads, folios) is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def ink(path: Path) -> str:
    """The source's characters as the PDF has them, in the order of its structure."""
    with pikepdf.open(path) as pdf:
        return "".join("".join(_tagged(pdf, "/Art", {"/NonStruct", "/Note"})).split())


def notes(path: Path) -> list[str]:
    """The text of each footnote."""
    with pikepdf.open(path) as pdf:
        return ["".join(part) for part in _each(pdf, "/Note")]


def _each(pdf: pikepdf.Pdf, tag: str) -> Iterator[list[str]]:
    read = _reader(pdf)
    for element in _find(pdf.Root.StructTreeRoot.K[0], tag):
        yield [read(page, mcid) for page, mcid in _content(element, set())]


def _tagged(pdf: pikepdf.Pdf, tag: str, without: set[str]) -> Iterator[str]:
    read = _reader(pdf)
    for element in _find(pdf.Root.StructTreeRoot.K[0], tag):
        for page, mcid in _content(element, without):
            yield read(page, mcid)


def _find(element: Any, tag: str) -> Iterator[Any]:
    if str(element.S) == tag:
        yield element
        return
    for kid in _kids(element):
        yield from _find(kid, tag)


def _kids(element: Any) -> list[Any]:
    return [k for k in element.K if isinstance(k, pikepdf.Dictionary) and "/S" in k]


def _content(element: Any, without: set[str]) -> Iterator[tuple[Any, int]]:
    if str(element.S) in without:
        return
    for kid in element.K:
        if isinstance(kid, int):
            yield element.Pg, kid
        elif "/S" in kid:
            yield from _content(kid, without)


def _reader(pdf: pikepdf.Pdf) -> Any:
    @cache
    def page(number: tuple[int, int]) -> dict[int, str]:
        return _marked(pdf.get_object(number))

    return lambda held, mcid: page(held.objgen).get(mcid, "")


def _marked(page: Any) -> dict[int, str]:
    """What each marked content sequence of a page shows."""
    fonts = {name: _decoder(font) for name, font in page.Resources.Font.items()}
    out: dict[int, str] = {}
    stack: list[int | None] = []
    decode: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name in {"BDC", "BMC"}:
            marks = operands[1] if len(operands) > 1 else {}
            mcid = marks.get("/MCID") if isinstance(marks, pikepdf.Dictionary) else None
            stack.append(None if mcid is None else int(mcid))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            decode = fonts[str(operands[0])]
        elif name in {"Tj", "TJ"} and stack and stack[-1] is not None:
            parts = operands[0] if name == "TJ" else [operands[0]]
            shown = "".join(_decode(p, decode) for p in parts if _is_text(p))
            out[stack[-1]] = out.get(stack[-1], "") + shown
    return out


def _is_text(part: Any) -> bool:
    return isinstance(part, pikepdf.String)


def _decode(part: Any, decode: dict[int, str]) -> str:
    raw = bytes(part)
    codes = (int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2))
    return "".join(decode[code] for code in codes)


def _decoder(font: Any) -> dict[int, str]:
    data = font.ToUnicode.read_bytes()
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL)
        for code, text in RANGE.findall(block)
    }


def baselines(path: Path, size: float) -> list[tuple[int, float]]:
    """Page number and distance from the top (pt) of each piece of text of one size.

    WeasyPrint draws in CSS pixels under a matrix that scales them by 3/4.
    """
    out = []
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            down = 0.0
            for instruction in pikepdf.parse_content_stream(page):
                operands: Any = instruction.operands
                if str(instruction.operator) == "Tm":
                    down = float(operands[5]) * 0.75
                elif str(instruction.operator) == "Tf":
                    drawn = float(operands[1]) * 0.75
                    out += [(number, down)] * (abs(drawn - size) < 0.01)
    return out
