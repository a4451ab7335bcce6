"""What WeasyPrint leaves undone: labels of pages, tags of notes, faces it missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pydyf

CHARACTERS = re.compile(rb"<[0-9a-f]+> <([0-9a-f]+)>")
"""<0123> <4e2d> in a ToUnicode map: a glyph, and the characters it stands for."""


def label_pages(pdf: pydyf.PDF, front: int) -> None:
    """Number ``front`` pages i, ii … and those after them from 1 (ISO 32000 12.4.2).

    `publisher.render.printed.labels` says the same in words.
    """
    import pydyf

    roman = pydyf.Dictionary({"S": "/r"})
    from_one = pydyf.Dictionary({"S": "/D", "St": 1})
    nums = [0, roman, front, from_one]
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(nums)})


def tag_notes(pdf: pydyf.PDF) -> None:
    """Tag footnotes as Note with an ID each, as PDF/UA-1 7.9 wants them.

    WeasyPrint tags the footnote area of a page with elements that stand beside the
    page's own, directly under Document, as NonStruct.
    """
    import pydyf

    elements = {
        element.reference: element for element in _elements(pdf) if "S" in element
    }
    document = next(e for e in elements.values() if e["S"] == "/Document")
    numbers = count(1)
    for area in _kids(document, elements):
        if area["S"] == "/NonStruct":
            for note in _kids(area, elements):
                note["S"] = "/Note"
                note["ID"] = pydyf.String(f"note-{next(numbers)}")


def link_once(pdf: pydyf.PDF) -> None:
    """Leave each link one annotation, its own (PDF/UA-1 7.18.5).

    WeasyPrint gives every box inside a link an annotation of its own, tagged with
    whatever the box is.
    """
    elements = {element.reference: element for element in _elements(pdf)}
    held = {made.reference: made for made in pdf.objects if made.number is not None}
    dropped = set()
    for element in elements.values():
        above = elements.get(element["P"])
        while above and above["S"] != "/Link":
            above = elements.get(above["P"])
        for kid in list(element["K"]) if above else ():
            target = held.get(kid)
            if isinstance(target, dict) and target.get("Type") == "/OBJR":
                element["K"].remove(kid)
                dropped.add(target["Obj"])
    for page in held.values():
        if isinstance(page, dict) and page.get("Type") == "/Page":
            kept = [a for a in page.get("Annots", ()) if a not in dropped]
            if "Annots" in page:
                page["Annots"][:] = kept


def scope_heads(pdf: pydyf.PDF) -> None:
    """Say of each head of a table what it heads (PDF/UA-1 7.5, ISO 32000-1 14.8.5.7).

    One in the head of a table heads its column, any other its row.
    """
    import pydyf

    elements = {element.reference: element for element in _elements(pdf)}
    for element in elements.values():
        if element["S"] == "/TH":
            row = elements[element["P"]]
            above = elements.get(row["P"], row)
            scope = "/Column" if above["S"] == "/THead" else "/Row"
            element["A"] = pydyf.Dictionary({"O": "/Table", "Scope": scope})


def other_faces(pdf: pydyf.PDF, families: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Faces in the PDF that are of none of the families, and what each sets."""
    ours = tuple(family.replace(" ", "-") for family in families)
    held = {made.reference: made for made in pdf.objects if made.number is not None}
    for font in held.values():
        if (
            isinstance(font, dict)
            and font.get("Type") == "/Font"
            and "ToUnicode" in font
        ):
            name = bytes(font["BaseFont"]).decode().partition("+")[2]
            if not name.startswith(ours):
                table = b"\n".join(held[font["ToUnicode"]].stream)
                codes = (bytes.fromhex(c.decode()) for c in CHARACTERS.findall(table))
                yield name, "".join(code.decode("utf-16-be") for code in codes)


def _elements(pdf: pydyf.PDF) -> Iterator[pydyf.Dictionary]:
    import pydyf

    for held in pdf.objects:
        if isinstance(held, pydyf.Dictionary) and held.get("Type") == "/StructElem":
            yield held


def _kids(
    element: pydyf.Dictionary, elements: dict[bytes, pydyf.Dictionary]
) -> list[pydyf.Dictionary]:
    return [elements[kid] for kid in element["K"] if kid in elements]
