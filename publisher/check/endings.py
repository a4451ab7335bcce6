"""Paragraphs that end without a stop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from publisher.check.places import Place, nodes
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.patterns import pattern
from publisher.read.ruled import JOIN
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Answer,
    Collection,
    Document,
    Item,
    Paragraph,
    Prose,
    Question,
)

UNTERMINATED_PARAGRAPH = Rule(
    "C203",
    "unterminated-paragraph",
    Severity.WARNING,
    Words(
        "段末没有句号一类的标点，后半段可能落在别处，或标点漏认。",
        "A paragraph ends without a stop: the rest of it may stand elsewhere, or the "
        "mark was lost.",
    ),
    "第一条 有关部门应当按照规定,组织开展宣传工作\n\n第二条 本条例自公布之日起施行。\n",
    Words(
        "对照原件；要补的，在 decisions.toml 中写明；下一段就是下文的，"
        "在那里写一条 join 接上。",
        "Compare the original; write the repair in decisions.toml. Where the next "
        "paragraph is the rest of it, a `join` there puts them together.",
    ),
)
OPEN_END = pattern(r"[〇㐀-䶿一-鿿\U00020000-\U0003ffffA-Za-z0-9，,、]$")
"""A last character that no sentence ends with."""
RUNNING = pattern(r"[，。；,;]")
"""A mark that only running text has: headings, signatures and lists have none."""
LOOSE = frozenset(("Paragraph", "Prose"))
"""Kinds of paragraph that have no mark of their own, and may be the rest of another."""
SHOWN = 10
"""How many characters on each side tell a seam from others."""
SENTENCES = frozenset(("Paragraph", "Question", "Answer"))
SHORT = 25
"""What is longer is a sentence, in an article, a question or an answer."""
MOST = 0.2
"""Where more paragraphs of a kind end so, it is the way of the text."""


def unterminated(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each paragraph that ends without a stop, where most have one."""
    for document in collection.documents:
        listed = tuple(_paragraphs(document))
        opened = [
            (kind, place, after)
            for (kind, place), after in zip_longest(listed, listed[1:])
            if _open(kind, place.text.rstrip())
        ]
        usual = Counter(kind for kind, _ in listed)
        often = Counter(kind for kind, *_ in opened)
        for kind, place, after in opened:
            last = after is None
            if often[kind] <= MOST * usual[kind] + 1 and not (
                last and document.tail_missing
            ):
                end = place.text.rstrip()
                yield Diagnostic(
                    UNTERMINATED_PARAGRAPH,
                    _OPEN.fill(end=end[-10:]),
                    place.span(len(end) - 1),
                    place.where,
                    _cure(place, *after) if after else UNTERMINATED_PARAGRAPH.cure,
                )


def _cure(place: Place, kind: str, after: Place) -> Words:
    """What to do: if the next paragraph may be the rest, how a decision joins them."""
    left, right = place.text.rstrip()[-SHOWN:], after.text.lstrip()[:SHOWN]
    labelled = kind not in LOOSE or after.where.endswith("__para_1")
    if labelled or '"' in left + right:
        return UNTERMINATED_PARAGRAPH.cure
    seam = f"{left}\\n{right}"
    return _JOIN.fill(rule=JOIN, where=place.where, seam=seam, after=left + right)


def _open(kind: str, text: str) -> bool:
    """Whether a paragraph breaks off: not a heading, a signature, a row of a list."""
    if not OPEN_END.search(text) or text[0] == "|":
        return False
    sentence = kind in SENTENCES and len(text) > SHORT
    return sentence or RUNNING.search(text[:-1]) is not None


def _paragraphs(document: Document) -> Iterator[tuple[str, Place]]:
    """Each paragraph, with the name of its kind."""
    for node in nodes(document):
        match node:
            case Paragraph() | Item() | Prose() | Question() | Answer():
                text = walk.plain(node.run)
                if text.strip():
                    where = anchor(document, node.id)
                    yield _kind(node), Place(where, text, node.run)
            case _:
                pass


def _kind(node: Paragraph | Item | Prose | Question | Answer) -> str:
    """What a paragraph is compared with: others of its kind, an item with its list."""
    name = type(node).__name__
    return node.id.rpartition("__")[0] if isinstance(node, Item) else name


_JOIN = Words(
    "对照原件；要补的，在 decisions.toml 中写明；下一段就是它的下文的，在那里写 "
    '[[accept]] rule = "{rule}", where = "{where}", before = "{seam}", '
    'after = "{after}", reason = "…"，把两段接上。',
    "Compare the original; write the repair in decisions.toml. If the next paragraph "
    'is the rest of it, join them there: [[accept]] rule = "{rule}", '
    'where = "{where}", before = "{seam}", after = "{after}", reason = "…".',
)
_OPEN = Words("段末没有标点：…{end}", "the paragraph has no stop: …{end}")
