"""What WeasyPrint leaves undone: labels of pages, tags of notes, faces it missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Held:
    """What is in a PDF, by kind; gone through once."""

    elements: dict[bytes, pydyf.Dictionary] = field(default_factory=dict)
    """Elements of the structure, by what others name them with."""
    annotations: dict[bytes, bytes] = field(default_factory=dict)
    """What an element names an annotation with → the annotation."""
    pages: list[pydyf.Dictionary] = field(default_factory=list)
    fonts: list[pydyf.Dictionary] = field(default_factory=list)
    """Those that say which characters they show."""


def held(pdf: pydyf.PDF) -> Held:
    """Go through all objects of a PDF."""
    import pydyf

    out = Held()
    for made in pdf.objects:
        if not isinstance(made, pydyf.Dictionary):
            continue
        match made.get("Type"):
            case "/StructElem":
                out.elements[made.reference] = made
            case "/OBJR":
                out.annotations[made.reference] = made["Obj"]
            case "/Page":
                out.pages.append(made)
            case "/Font" if "ToUnicode" in made:
                out.fonts.append(made)
            case _:
                pass
    return out


def tag_notes(elements: Mapping[bytes, pydyf.Dictionary]) -> None:
    """Tag footnotes as Note with an ID each, as PDF/UA-1 7.9 wants them.

    WeasyPrint tags the footnote area of a page with elements that stand beside the
    page's own, directly under Document, as NonStruct.
    """
    import pydyf

    document = next(e for e in elements.values() if e["S"] == "/Document")
    numbers = count(1)
    for area in _kids(document, elements):
        if area["S"] == "/NonStruct":
            for note in _kids(area, elements):
                note["S"] = "/Note"
                note["ID"] = pydyf.String(f"note-{next(numbers)}")


def link_once(made: Held) -> None:
    """Leave each link one annotation, its own (PDF/UA-1 7.18.5).

    WeasyPrint gives every box inside a link an annotation of its own, tagged with
    whatever the box is.
    """
    dropped = set()
    inside: dict[bytes, bool] = {}
    for name in made.elements:
        if _in_link(name, made.elements, inside):
            kids = made.elements[name]["K"]
            for kid in [each for each in kids if each in made.annotations]:
                kids.remove(kid)
                dropped.add(made.annotations[kid])
    for page in made.pages:
        if "Annots" in page:
            page["Annots"][:] = [a for a in page["Annots"] if a not in dropped]


def _in_link(
    name: bytes, elements: Mapping[bytes, pydyf.Dictionary], known: dict[bytes, bool]
) -> bool:
    """Whether an element stands inside a link."""
    if name not in known:
        above = elements[name]["P"]
        known[name] = above in elements and (
            elements[above]["S"] == "/Link" or _in_link(above, elements, known)
        )
    return known[name]


def scope_heads(elements: Mapping[bytes, pydyf.Dictionary]) -> None:
    """Say of each head of a table what it heads (PDF/UA-1 7.5, ISO 32000-1 14.8.5.7).

    One in the head of a table heads its column, any other its row.
    """
    import pydyf

    for element in elements.values():
        if element["S"] == "/TH":
            row = elements[element["P"]]
            above = elements.get(row["P"], row)
            scope = "/Column" if above["S"] == "/THead" else "/Row"
            element["A"] = pydyf.Dictionary({"O": "/Table", "Scope": scope})


def other_faces(
    pdf: pydyf.PDF, fonts: Iterable[pydyf.Dictionary], families: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Faces in the PDF that are of none of the families, and what each sets."""
    ours = tuple(family.replace(" ", "-") for family in families)
    for font in fonts:
        name = bytes(font["BaseFont"]).decode().partition("+")[2]
        if not name.startswith(ours):
            number, _, _ = font["ToUnicode"].partition(b" ")
            table = b"\n".join(pdf.objects[int(number)].stream)
            codes = (bytes.fromhex(c.decode()) for c in CHARACTERS.findall(table))
            yield name, "".join(code.decode("utf-16-be") for code in codes)


def _kids(
    element: pydyf.Dictionary, elements: Mapping[bytes, pydyf.Dictionary]
) -> list[pydyf.Dictionary]:
    return [elements[kid] for kid in element["K"] if kid in elements]
