"""Go through a document's runs and say what each of its citations means.

What was named or cited last counts until the article ends: 同法, 同条, and the place
that 第二款 alone goes on from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from publisher.patterns import pattern
from publisher.read.excerpts import excerpted
from publisher.read.references.laws import Laws, Named, laws
from publisher.read.references.provisions import ARTICLE, Provision, Provisions
from publisher.read.references.resolve import Sense, sense
from publisher.read.references.surfaces import citations, steps
from publisher.tree.nodes import Document, Run
from publisher.tree.walk import plain, runs

NOTHING = Sense()
QUOTES = pattern(r"[“”「」]")
# 前條第二項所列第一款: what stands between a citation and one that goes on from it
BELOW = pattern(r"所[列定稱称]|(?:所?[规規]定)?[的之]|中的?|本文")
THING = pattern(r"[\u4e00-\u9fff]")
# 前三项规定, and not 前三项污染物: what may follow a citation
CITING = pattern(
    r"[规規所的之中情行事以、和及或与與至内內外但则則不有者可应應為为於于將将除并並]"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in a run, by offsets of its plain text.

    ``start`` is where the name of a law before it begins, ``at`` where the citation
    itself does. ``law`` is another law's name; else ``sense`` says what it means here.
    """

    start: int
    at: int
    end: int
    law: str = ""
    sense: Sense = NOTHING


def follow(document: Document) -> Iterator[tuple[str, Run, list[Citation]]]:
    """Every run of a document, its owner's id, and its citations, in reading order."""
    listed = [(owner, run, plain(run)) for owner, run in runs(document)]
    known = Provisions(document)
    first = next(iter(known.series.get("", ())), None)
    opening = "".join(
        text
        for owner, _, text in listed
        if first and (one := known.owners.get(owner)) and one.up(ARTICLE) is first
    )
    named = laws(plain(document.title), [text for _, _, text in listed], opening)
    reader = _Reader(known, named, excerpted(document))
    for owner, run, text in listed:
        yield owner, run, reader.read(text, owner)


@dataclass(slots=True)
class _Reader:
    """Goes through a document; what was cited last counts within an article."""

    known: Provisions
    laws: Laws
    excerpts: Mapping[str, str]
    """The acts that paragraphs are excerpts of, by the paragraphs' ids."""
    here: Provision | None = None
    article: Provision | None = None
    last: Provision | None = None
    law: str = ""
    """The other law that was named last in this article, for 同法."""
    quoted: bool = False
    """Whether a quotation is open: in an amendment it goes on over paragraphs."""

    def read(self, text: str, owner: str) -> list[Citation]:
        """The citations of one run."""
        self._enter(owner)
        quotes = self._quotations(text)
        out: list[Citation] = []
        floor = 0
        for start, end in citations(text):
            named = self.laws.naming(text, floor, start)
            quoted = self.quoted ^ (bisect_right(quotes, start) % 2 == 1)
            below = bool(BELOW.fullmatch(text, floor, start))
            law = self._law(named, owner, quoted=quoted)
            if not named.how and not self.last and (below or text[start] == "同"):
                law = self.law or law  # 乙法第五条所列第一项, 同条第二款
            made = Citation(named.start, start, end, law or "")
            found = self._meant(made, text, below=below) if law == "" else made
            if found and law is not None:
                out.append(found)
                floor = end
            if law:
                self.law, self.last = law, None
        self.quoted ^= len(quotes) % 2 == 1
        return out

    def _meant(self, made: Citation, text: str, *, below: bool) -> Citation | None:
        """A citation of this document with its sense; None if it only counts things."""
        if not self.here:
            return None
        surface = text[made.at : made.end]
        found = sense(
            surface,
            self.here,
            self.known,
            self.last,
            own=made.start < made.at,
            below=below,
        )
        if not found.targets and _is_count(surface, text[made.end : made.end + 1]):
            return None
        self.last = found.last
        return replace(made, sense=found)

    def _enter(self, owner: str) -> None:
        """Begin a run: what was cited last is forgotten where an article ends."""
        self.here = self.known.owners.get(owner)
        article = self.here.up(ARTICLE) if self.here else None
        if article is not self.article or not article:
            self.last, self.law, self.quoted = None, "", False
        self.quoted = self.quoted and bool(self.laws.amended)
        self.article = article

    def _quotations(self, text: str) -> list[int]:
        """Where a run's quotations begin and end: opened again, but closed once."""
        inside, out = self.quoted, []
        for found in QUOTES.finditer(text):
            if (found[0] in "“「") is not inside:
                out.append(found.start())
                inside = not inside
        return out

    def _law(self, named: Named, owner: str, *, quoted: bool) -> str | None:
        """The other law a citation is of, "" for this one, None where nobody says."""
        excerpt = self.excerpts.get(owner, "")
        match named.how:
            case "other":
                return named.law
            case "last":
                return self.law or None
            case _ if excerpt:
                return excerpt
            case "own" if not quoted:
                return ""
            case _ if self.laws.amended:
                return self.laws.amended
            case _:
                return (self.law or None) if quoted else ""


def _is_count(surface: str, after: str) -> bool:
    """Whether what finds nothing only counts things, as in 前三项污染物."""
    said = steps(surface)
    if len(said) != 1 or said[0].unit not in "款项項目":
        return False
    if said[0].unit == "目":
        return True
    several = said[0].manner == "back" and said[0].number[0] > 1
    return (several and said[0].unit in "项項") or bool(
        THING.match(after) and not CITING.match(after)
    )
