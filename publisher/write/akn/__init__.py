"""Documents → Akoma Ntoso 1.0 (the OASIS standard; its XML namespace says 3.0).

A regulation becomes an ``act``, everything else a ``doc``; several documents become a
``documentCollection``. An ``eId`` is the node's own id, with the document's id in front
where there are several. Law: the characters are those of the tree, in its order, and
nothing that the source does not say is filled in, save what the schema demands of
``meta`` (an unknown date is 0001-01-01 with the name ``unknown``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from publisher.tree.nodes import (
    AdoptionNote,
    Attachment,
    Block,
    Document,
    Prose,
    Toc,
)
from publisher.write.akn.blocks import Maker
from publisher.write.akn.meta import identify_collection, meta
from publisher.write.akn.xml import NAMESPACE, Element, add, indent

if TYPE_CHECKING:
    from publisher.tree.nodes import Run


__all__ = ["NAMESPACE", "write"]


def write(documents: Sequence[Document]) -> bytes:
    """All documents as one XML file; one that is valid even where there are none."""
    from lxml import etree

    root = etree.XML(f'<akomaNtoso xmlns="{NAMESPACE}"/>')
    if len(documents) == 1:
        _document(root, documents[0], "")
    else:
        _collection(root, documents)
    indent(root)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _collection(root: Element, documents: Sequence[Document]) -> None:
    whole = add(root, "documentCollection", name="collection")
    identify_collection(whole)
    body = add(whole, "collectionBody")
    for document in documents:
        _document(
            add(body, "component", eId=f"cmp_{document.id}"), document, document.id
        )
    if not documents:
        add(add(body, "component", eId="cmp_1"), "interstitial")


def _document(parent: Element, document: Document, prefix: str) -> None:
    made = Maker(f"{prefix}__" if prefix else "", document.lang)
    act = document.kind == "regulation"
    whole = add(parent, "act" if act else "doc", name=document.kind)
    meta(whole, document, made.prefix)
    if document.title or document.note:
        _preface(whole, document.title, document.note, made)
    opening, enacting, attached = _parts(document.body)
    if opening:
        preamble = add(whole, "preamble")
        for block in opening:
            made.flow(preamble, block)
    body = add(whole, "body" if act else "mainBody")
    if act:
        made.provisions(body, enacting)
    else:
        made.contents(body, enacting)
    if not len(body):
        add(add(body, "hcontainer", name="empty"), "content")
    if attached:
        _attachments(whole, attached, document, made)


def _preface(
    whole: Element, title: Run, note: AdoptionNote | None, made: Maker
) -> None:
    preface = add(whole, "preface")
    if title:
        line = add(add(preface, "longTitle"), "p")
        made.inlines(add(line, "docTitle"), title)
    if note:
        made.inlines(add(preface, "block", name="adoptionNote"), note.run)


def _parts(
    body: Sequence[Block],
) -> tuple[Sequence[Block], Sequence[Block], Sequence[Attachment]]:
    """What stands before the first provision, the provisions, and what is attached."""
    opens = 0
    while opens < len(body):
        block = body[opens]
        if not (isinstance(block, Toc) or _opening(block)):
            break
        opens += 1
    closes = len(body)
    while closes > opens and isinstance(body[closes - 1], Attachment):
        closes -= 1
    attached = [each for each in body[closes:] if isinstance(each, Attachment)]
    return body[:opens], body[opens:closes], attached


def _opening(block: Block) -> bool:
    return isinstance(block, Prose) and block.kind == "preamble" and not block.items


def _attachments(
    whole: Element, attached: Sequence[Attachment], document: Document, made: Maker
) -> None:
    all_ = add(whole, "attachments")
    for number, each in enumerate(attached, 1):
        one = add(all_, "attachment", eId=made.prefix + each.id)
        made.head(one, each.label, each.heading)
        inner = add(one, "doc", name="attachment")
        meta(inner, document, f"{made.prefix}{each.id}__", f"att_{number}")
        body = add(inner, "mainBody")
        made.contents(body, each.body)
        if not len(body):
            add(add(body, "hcontainer", name="empty"), "content")
