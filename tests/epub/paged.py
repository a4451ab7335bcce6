# ruff: noqa: ANN401  (pikepdf has one type for all objects)
"""Read where printed pages begin: from a PDF itself, and from an EPUB itself.

Nothing of the product is used: the PDF's own labels, tags and content streams, and the
EPUB's own files. Signs of notes are left aside, since only their place is the same.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
from lxml import etree

from tests.print.pdf_text import _marked

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
SIGNS = re.compile("[①-⑳㉑-㉟㊱-㊿]")


def printed(path: Path) -> dict[str, str]:
    """For each page label of a PDF, all text of the documents on that page.

    The head of a table that is printed again on its next page is not in it; so no two
    tables of a test may have the same.
    """
    labels = pypdf.PdfReader(path).page_labels
    out, heads = {}, set()
    with pikepdf.open(path) as pdf:
        held = dict(_article(pdf.Root.StructTreeRoot.K[0]))
        for label, page in zip(labels, pdf.pages, strict=True):
            own = [
                (text, held[page.obj.objgen, mcid])
                for mcid, text in _marked(page.obj).items()
                if (page.obj.objgen, mcid) in held
            ]
            runs = [(h, list(g)) for h, g in groupby(own, key=lambda pair: pair[1])]
            told = [(head, "".join(text for text, _ in run)) for head, run in runs]
            again = bool(told) and told[0][0] and told[0][1] in heads
            heads |= {text for head, text in told if head}
            out[label] = _bare("".join(text for _, text in told[again:]))
    return out


def _article(
    element: Any, *, inside: bool = False, head: bool = False
) -> Iterator[tuple[Any, bool]]:
    """Each content of the documents but notes, and whether it is a table's head."""
    tag = str(element.S)
    inside = inside or tag == "/Art"
    if tag == "/Note":
        return
    head = head or tag in {"/THead", "/TH"}
    for kid in element.K:
        if isinstance(kid, int):
            if inside:
                yield (element.Pg.objgen, kid), head
        elif "/S" in kid:
            yield from _article(kid, inside=inside, head=head)


def marked(path: Path, most: int = 12) -> dict[str, tuple[str, str]]:
    """For each page mark of an EPUB: its file, and the characters that come after."""
    out = {}
    with zipfile.ZipFile(path) as packed:
        for name in _spine(packed):
            body = etree.fromstring(packed.read(name)).find(f"{XHTML}body")
            assert body is not None
            text, marks = "", []
            for piece in _pieces(body):
                if piece.startswith("\x00"):
                    marks.append((piece[1:], len(text)))
                else:
                    text += _bare(piece)
            for label, at in marks:
                assert label not in out, label
                out[label] = (name, text[at : at + most])
    return out


def _spine(packed: zipfile.ZipFile) -> list[str]:
    opf = etree.fromstring(packed.read("EPUB/content.opf"))
    hrefs = {item.get("id"): item.get("href") for item in opf.iter("{*}item")}
    return [f"EPUB/{hrefs[ref.get('idref')]}" for ref in opf.iter("{*}itemref")]


def _pieces(element: etree._Element) -> Iterator[str]:
    """Text of the documents in order; a mark is NUL and its label."""
    words = (element.get("class") or "").split()
    kind = element.get(f"{OPS}type") or ""
    if kind == "pagebreak":
        yield f"\x00{element.get('aria-label')}"
        return
    if "call" in words or "footnote" in kind.split() or "apart" in words:
        return
    if etree.QName(element).localname in {"rt", "rp"}:
        return
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""


def _bare(text: str) -> str:
    return SIGNS.sub("", "".join(text.split()))
