"""Turn a tree into another script of Chinese, character for character.

Characters are picked by phrase: 发 is 髮 in 理发 and 發 in 发展. So a whole run is
converted at once, whatever markup is inside it, and cut back at the same offsets.

Laws: a run keeps its length; ids, numbers and spans stay, and so does what is fixed.
"""

from __future__ import annotations

from dataclasses import replace

from publisher.book import UNSETTLED, Conversion, Script
from publisher.diagnostics import Diagnostic, Report
from publisher.edition.lines import Change, changer, evenly, scheme_of, script_of
from publisher.edition.marks import map_marks, refill
from publisher.edition.places import where
from publisher.source import NOWHERE
from publisher.tree import walk
from publisher.tree.nodes import Document, Run, Text

SAMPLE = 2000
"""How many characters of a document tell its script."""


def recognise(document: Document, language: str) -> Document:
    """A document with the script that its characters are in.

    No reader tells: Chinese of both scripts has one language tag until its characters
    are looked at. ``language``, the book's, decides between Taiwan and Hong Kong.
    """
    if script_of(document.lang) != "zh-Hans":
        return document
    text = _sample(document)
    traditional = _changes(text, scheme_of("t2s"))
    # the dictionary of s2t takes 28 MB, and is asked only where there is something
    if not traditional or traditional <= _changes(text, scheme_of("s2t")):
        return document
    named = script_of(language)
    return replace(document, lang="zh-Hant-TW" if named == "zh-Hans" else named)


def _sample(document: Document) -> str:
    """The first of a document's ink."""
    out = ""
    for text in walk.texts(document):
        out += "".join(text.text.split())
        if len(out) >= SAMPLE:
            break
    return out[:SAMPLE]


def _changes(text: str, change: Change) -> int:
    pairs = zip(text, evenly(text, change), strict=True)
    return sum(old != new for old, new in pairs)


def convert_document(
    document: Document, script: Script, report: Report, book: Conversion = UNSETTLED
) -> Document:
    """A document in another script, the editor's words included; ids stay."""
    if (source := script_of(document.lang)) == script:
        return replace(document, lang=script)
    change = changer(script, source, book)
    return replace(change_document(document, change, report, script), lang=script)


def change_document(
    document: Document, change: Change, report: Report, to: Script | None = None
) -> Document:
    """A document with each run changed as a whole; a misfit is reported in place."""
    owners = (node_id for node_id, _ in walk.runs(document))

    def run(old: Run) -> Run:
        place = where(document, next(owners))

        def said(found: Diagnostic) -> None:
            report(_at(found, old, place))

        return convert_run(old, change, said, to)

    def label(old: Text) -> Text:
        text = evenly(old.text, change, report)
        return old if text == old.text else replace(old, text=text)

    new = walk.map_document(document, run, label)
    return map_marks(new, lambda text: evenly(text, change, report))


def convert_run(
    run: Run, change: Change, report: Report | None = None, to: Script | None = None
) -> Run:
    """A run changed as one string and cut back at the same offsets.

    What is fixed stays, or is as the editor wants it in the script ``to``.

    A label is no part of its run: a space stands between them in print, so no phrase
    goes across.
    """
    return refill(run, evenly(walk.plain(run), change, report), to)


def _at(found: Diagnostic, run: Run, place: str) -> Diagnostic:
    text = next((text for inline in run for text in walk.texts(inline)), None)
    return replace(found, span=text.span if text else NOWHERE, where=place)
