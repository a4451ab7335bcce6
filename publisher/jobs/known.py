"""What a build knows already: settings, readings and outputs of earlier builds.

Each of the three stages is asked for with no more than it may depend on: an output is
made from its book without the other editions, so that what is not handed over cannot
count. The rest is found out by reading (`publisher.inputs`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from publisher import pipeline
from publisher.book import Allow, Book, Edition
from publisher.cache import Cache, Json, Wanted, parts, traces
from publisher.cache.pickled import dumps, loads
from publisher.cache.traces import LOST, NEVER, READING, Found
from publisher.diagnostics import Diagnostic, Words
from publisher.inputs import Input, recording
from publisher.pipeline import Loaded, Output, Reading
from publisher.source import Source

if TYPE_CHECKING:
    from publisher.render.printed import Printed

Kept = TypeVar("Kept")
ABOVE = {READING, "settings"}
"""The parts whose change made the book be read again."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a build says of a reading, without its tree."""

    sources: tuple[Source, ...]
    digests: tuple[str, ...]
    allowed: tuple[Allow, ...]
    found: tuple[Diagnostic, ...]
    characters: int
    """The printed characters of the source (字数), without space and editor's words."""
    repairs: Mapping[str, Mapping[str, int]]
    """How many of each rule, by status."""
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A book's reading: its facts, and its tree as bytes once it is asked for."""

    facts: Facts
    key: str
    """Tells this reading apart; empty if a file changed meanwhile."""
    tree: str
    """The object that holds the `Reading`."""
    why: Words | None
    """Why it was read now; None if it was known."""
    data: bytes = b""
    """The `Reading` itself, if it was made now."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the pages of a printed edition begin, without saying it."""

    key: str
    """Tells it apart."""
    object: str
    """Holds it, in the cache."""


@dataclass(frozen=True, slots=True)
class Known:
    """One output that was made before."""

    pages: int | None
    bytes: int
    sha256: str
    faces: tuple[tuple[str, str], ...]
    sheets: float | None
    found: tuple[Diagnostic, ...]
    beside: tuple[tuple[str, str], ...] = ()
    """Name and sha256 of each further file of the edition."""
    composed: int = 0
    plain: tuple[tuple[str, int], ...] = ()
    """As in `pipeline.Output`."""
    printed: Pages | None = None
    """Of a printed one, where its pages begin."""


def load(cache: Cache, path: Path) -> Loaded:
    """A book's settings.

    Raises:
        Problem: as `pipeline.load`.
    """
    folder = path if path.is_dir() else path.parent
    whole = os.path.abspath(path)  # noqa: PTH100  (no links resolved)
    own = {
        "code": parts.code(),
        "libraries": parts.libraries(),
        "path": parts.short(str(path)),
        "beside": parts.beside(folder),
    }
    wanted = Wanted(f"load {whole}", own, folder)
    found = cache.look(wanted)
    if found.key and (kept := _object(cache, found.result["loaded"], Loaded)):
        return kept
    with recording() as record:
        loaded = pipeline.load(path)
    result = {"loaded": cache.store.put(dumps(loaded))}
    cache.keep(wanted, record.inputs(), "", result)
    return loaded


def for_reading(loaded: Loaded) -> Loaded:
    """The book as its reading may see it: without its editions."""
    return replace(loaded, book=replace(loaded.book, editions=(), fail_on="never"))


def wanted_reading(loaded: Loaded) -> Wanted:
    """What is asked for when a book is to be read."""
    book = for_reading(loaded).book
    return _wanted(f"read {book.id}", loaded.folder, settings=book)


def reading(cache: Cache, wanted: Wanted) -> Read | Words:
    """A book's reading, or why it is not known."""
    found = cache.look(wanted)
    if not found.key:
        return found.why
    facts = _object(cache, found.result["facts"], Facts)
    if facts is None:
        return LOST
    return Read(facts, found.key, found.result["tree"], None)


def keep_reading(
    cache: Cache,
    wanted: Wanted,
    facts: Facts,
    data: bytes,
    read: tuple[Input, ...] | None,
) -> tuple[str, str]:
    """Keep a reading; the key that tells it apart, and the object with its tree."""
    result = {"facts": cache.store.put(dumps(facts)), "tree": cache.store.put(data)}
    return cache.keep(wanted, read, "", result), result["tree"]


def key_of_reading(wanted: Wanted, read: tuple[Input, ...] | None) -> str:
    """The key that a reading will have when it is kept."""
    return "" if read is None else traces.key(wanted, read)


def tree(cache: Cache, loaded: Loaded, read: Read) -> bytes:
    """The bytes of a book's `Reading`; made again if the cache let them go."""
    found = read.data or cache.store.get(read.tree)
    return found or dumps(read_now(for_reading(loaded))[1])


def read_now(loaded: Loaded) -> tuple[Facts, Reading, tuple[Input, ...] | None]:
    """Read a book's files; each finding is kept once."""
    found: list[Diagnostic] = []
    with recording() as record:
        reading = pipeline.read_book(loaded, found.append)
    facts = Facts(
        reading.sources,
        reading.digests,
        reading.allowed,
        tuple(dict.fromkeys(found)),
        _characters(loaded.book, reading),
        _repairs(reading),
        pipeline.versions(),
    )
    return facts, reading, record.inputs()


def _characters(book: Book, reading: Reading) -> int:
    from publisher.edition.works import printed
    from publisher.tree import walk

    documents = printed(reading.collection, book, lambda _: None)
    return sum(len(walk.ink(document)) for document in documents)


def _repairs(reading: Reading) -> dict[str, dict[str, int]]:
    seen: dict[str, dict[str, int]] = {}
    for repair in reading.collection.repairs:
        counted = seen.setdefault(repair.rule, {})
        counted[repair.status] = counted.get(repair.status, 0) + 1
    return seen


def for_edition(loaded: Loaded, edition: Edition) -> Loaded:
    """The book as one edition may see it."""
    editions = dict.fromkeys((edition, *siblings(loaded.book, edition)))
    return replace(
        loaded, book=replace(loaded.book, editions=tuple(editions), fail_on="never")
    )


def siblings(book: Book, edition: Edition) -> tuple[Edition, ...]:
    """The editions that an edition names: an EPUB its other scripts, and its print."""
    if edition.format != "epub":
        return ()
    others = [e for e in book.editions if e.format == "epub" and e.name != edition.name]
    return (*others, *((edition.print,) if edition.print else ()))


def name_of(loaded: Loaded, edition: Edition) -> str:
    """What the traces of an output are known by."""
    return f"make {loaded.book.id} {edition.name}"


def wanted_output(
    loaded: Loaded, edition: Edition, reading: str, printed: Pages | None = None
) -> Wanted:
    """What is asked for when an output is.

    An EPUB that is told where the pages of its print begin depends on that and not on
    how the print is set; its siblings it only names.
    """
    book = for_edition(loaded, edition).book
    named = siblings(loaded.book, edition)
    more: dict[str, object] = {}
    if edition.format == "epub":
        more["siblings"] = tuple((e.name, e.format, e.script) for e in named)
        if edition.print:
            more["printed"] = printed.key if printed else edition.print
    return _wanted(
        name_of(loaded, edition),
        loaded.folder,
        settings=replace(book, editions=()),
        edition=replace(edition, print=None),
        faces=parts.faces(),
        **{READING: reading},
        **parts.environment(),
        **more,
    )


def output(cache: Cache, wanted: Wanted) -> tuple[Known | None, Found]:
    """An output that was made from the same things, or why there is none."""
    found = cache.look(wanted)
    if not found.key:
        return None, found
    kept: Json = found.result
    late = _object(cache, kept["found"], tuple)
    if late is None:
        return None, Found(why=LOST)
    faces = tuple((file, digest) for file, digest in kept["faces"])
    size = kept["bytes"], kept["sha256"]
    beside = tuple((name, digest) for name, digest in kept["beside"])
    plain = tuple((why, count) for why, count in kept["plain"])
    pages = Pages(*kept["printed"]) if kept["printed"] else None
    known = Known(
        kept["pages"],
        *size,
        faces,
        kept["sheets"],
        late,
        beside,
        kept["composed"],
        plain,
        pages,
    )
    return known, found


def kept_pages(cache: Cache, printed: Printed | None) -> Pages | None:
    """Keep where the pages of a printed edition begin."""
    if printed is None:
        return None
    return Pages(parts.short(printed), cache.store.put(dumps(printed)))


def pages_of(cache: Cache, pages: Pages | None) -> Printed | None:
    """Where they begin, if the cache still holds it."""
    from publisher.render.printed import Printed

    return _object(cache, pages.object, Printed) if pages else None


def keep_output(
    cache: Cache,
    wanted: Wanted,
    made: Known,
    output: Output,
    read: tuple[tuple[Input, ...] | None, str],
) -> None:
    """Keep an output with all that was read for it."""
    if not wanted.parts[READING]:
        return
    beside = [(name, cache.store.put(data)) for name, data in output.beside]
    result = {
        "pages": made.pages,
        "bytes": made.bytes,
        "sha256": cache.store.put(output.data),
        "beside": beside,
        "faces": made.faces,
        "sheets": made.sheets,
        "composed": made.composed,
        "plain": made.plain,
        "found": cache.store.put(dumps(made.found)),
        "printed": made.printed and [made.printed.key, made.printed.object],
    }
    cache.keep(wanted, *read, result)


def why(found: Found, read: Read) -> Words:
    """Why an output is made: what made its book be read again, else its own reason."""
    if read.why is None or read.why == NEVER or found.part not in ABOVE:
        return found.why
    return read.why


def _wanted(name: str, folder: Path, **values: object) -> Wanted:
    own = {"code": parts.code(), "libraries": parts.libraries()}
    own["beside"] = parts.beside(folder)
    for part, value in values.items():
        own[part] = value if isinstance(value, str) else parts.short(value)
    return Wanted(name, own, folder)


def _object(cache: Cache, digest: str, kind: type[Kept]) -> Kept | None:
    """An object of the cache, if it is there, whole and what it should be."""
    data = cache.store.get(digest)
    if data is None:
        return None
    try:
        found = loads(data)
    except ValueError:
        return None
    return found if isinstance(found, kind) else None
