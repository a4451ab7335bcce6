"""A PDF's objects as the bytes of a file (ISO 32000-1 7.5), each made once.

pydyf can write a file too, but makes every object twice, the second time to number the
file by its content, and compresses as hard as zlib can, which takes four times as long
and saves a few bytes. ``PUBLISHER_PLAIN=file`` leaves it to pydyf, and so does another
pydyf than the one that `publisher.typeset.guard` knows.
"""

from __future__ import annotations

import zlib
from hashlib import md5
from operator import sub
from struct import Struct
from typing import TYPE_CHECKING, Any, BinaryIO

import pydyf

from publisher.write.pdf.kept import desk

if TYPE_CHECKING:
    from publisher.write.pdf.kept.tagged import Tagger

LEVEL = 7
"""9 makes a book 0.4 % smaller, and takes four times as long."""
COMMENT = b"%\xf0\x9f\x96\xa4"
"""Bytes over 127 say that the file is binary (7.5.2)."""
FREE, LOOSE, PACKED = 0, 1, 2
"""Kinds of objects in a cross-reference stream (7.5.8.3)."""
TOGETHER = 500
"""Objects in one stream: a reader need not unpack all for one, and a stream that is as
it was while watching need not be packed again. More in one save a thousandth."""
ENTRY = Struct(">BII")
"""Kind; where in the file, or in which stream; 0, or the place in that stream."""
STREAMS = "streams"
"""What compressed streams are kept as, by what is in them."""
ELEMENT = ("Type", "S", "K", "Pg", "P")
"""What most objects have: elements of the structure, with an array of kids."""
UP = 12
"""A predictor: of each row, what is to be added to the row above (RFC 2083 6.4)."""


def write(  # noqa: PLR0913  (pydyf's, and one)
    pdf: pydyf.PDF,
    output: BinaryIO,
    version: object = None,
    identifier: object = None,
    compress: object = None,  # noqa: ARG001  (it always is)
    *,
    tagger: Tagger | None = None,
) -> None:
    """Write all objects, those without a stream packed together in some (7.5.7).

    To be called as ``pydyf.PDF.write`` is, and only once. ``tagger`` knows objects
    that are bytes already, and keeps others for the next time.
    """
    if pdf.info:
        pdf.add_object(pdf.info)
    body = _Body(output)
    body.put(b"%PDF-" + _bytes(version or b"1.7"))
    body.put(COMMENT)
    entries = [(FREE, 0, 0xFFFF)] * len(pdf.objects)
    known: dict[int, list[bytes]] = tagger.known if tagger else {}
    numbers: list[int] = []
    packed: list[bytes] = []
    for number, held in enumerate(pdf.objects):
        if number in known:
            numbers.extend(range(number, number + len(known[number])))
            packed.extend(known[number])
        elif held.free != "n":
            continue
        elif held.compressible:
            numbers.append(number)
            packed.append(_bytes(held))
        else:
            entries[held.number] = (LOOSE, body.at, 0)
            body.stream(held.number, held.extra, _content(held), held.compress)
            held.stream = []  # nobody asks for it any more
    if tagger:
        tagger.keep(pdf, numbers, packed)
    for at in range(0, len(numbers), TOGETHER):
        stream, some = len(entries), numbers[at : at + TOGETHER]
        for place, number in enumerate(some):
            entries[number] = (PACKED, stream, place)
        entries.append((LOOSE, body.at, 0))
        _pack(body, stream, some, packed[at : at + TOGETHER])
    entries.append((LOOSE, body.at, 0))
    _refer(body, pdf, entries, identifier)


class _Body:
    """The file so far."""

    def __init__(self, output: BinaryIO) -> None:
        self.output = output
        self.at = 0
        self.digest = md5(usedforsecurity=False)
        self.kept = desk()
        self.known: dict[bytes, bytes] = {}
        self.packed: dict[bytes, bytes] = {}
        if self.kept is not None:
            self.known = self.kept.get(STREAMS, {})
            self.kept[STREAMS] = self.packed

    def _compressed(self, content: bytes) -> bytes:
        made = self.known.get(content) or zlib.compress(content, LEVEL)
        if self.kept is not None:
            self.packed[content] = made
        return made

    def put(self, *lines: bytes) -> None:
        """Write lines."""
        data = b"\n".join((*lines, b""))
        self.output.write(data)
        self.digest.update(data)
        self.at += len(data)

    def stream(
        self, number: int, extra: dict[str, Any], content: bytes, compress: object
    ) -> None:
        """Write an object that is a stream (7.3.8)."""
        said = {**extra, "Length": len(content)}
        if compress:
            content = self._compressed(content)
            said |= {"Filter": "/FlateDecode", "Length": len(content)}
        head = b"%d 0 obj" % number
        self.put(head, _dictionary(said), b"stream", content, b"endstream", b"endobj")


def _pack(body: _Body, stream: int, numbers: list[int], packed: list[bytes]) -> None:
    """Write a stream of objects that are none themselves."""
    index, at = [], 0
    for number, data in zip(numbers, packed, strict=True):
        index.append(b"%d %d" % (number, at))
        at += len(data) + 1
    first = b" ".join(index)
    said = {"Type": "/ObjStm", "N": len(packed), "First": len(first) + 1}
    body.stream(stream, said, b"\n".join((first, *packed)), compress=True)


def _refer(
    body: _Body, pdf: pydyf.PDF, entries: list[tuple[int, int, int]], identifier: object
) -> None:
    """Write the cross-reference stream, which is the trailer too (7.5.8)."""
    start, size = body.at, ENTRY.size
    rows = b"".join(ENTRY.pack(*entry) for entry in entries)
    above = bytes(size) + rows
    moved = bytes(n & 0xFF for n in map(sub, rows, above))
    lines = (b"\2" + moved[n : n + size] for n in range(0, len(moved), size))
    digest = body.digest.hexdigest()
    named = identifier if isinstance(identifier, bytes) else digest
    names = (pydyf.String(named), pydyf.String(digest))
    said = {
        "Type": "/XRef",
        "Size": len(entries),
        "W": pydyf.Array((1, 4, 4)),
        "DecodeParms": pydyf.Dictionary({"Predictor": UP, "Columns": size}),
        "Root": pdf.catalog.reference,
        **({"Info": pdf.info.reference} if pdf.info else {}),
        "ID": pydyf.Array(names),
    }
    body.stream(len(entries) - 1, said, b"".join(lines), compress=True)
    body.put(b"startxref", b"%d" % start, b"%%EOF")


def _content(stream: pydyf.Stream) -> bytes:
    return b"\n".join([_bytes(each) for each in stream.stream])


def _bytes(value: Any) -> bytes:  # noqa: ANN401  (whatever pydyf can write)
    """What pydyf makes of a value, the frequent kinds first."""
    kind = type(value)
    if kind is bytes:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return value.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % value
    if kind is pydyf.Dictionary:
        return _dictionary(value)
    if kind is pydyf.Array:
        return b"[" + b" ".join([_bytes(each) for each in value]) + b"]"
    made: bytes = pydyf._to_bytes(value)  # noqa: SLF001
    return made


def _dictionary(said: dict[Any, Any]) -> bytes:
    if len(said) == len(ELEMENT) and tuple(said) == ELEMENT:
        kids = b" ".join([_bytes(each) for each in said["K"]])
        held = (said["Type"], said["S"], said["Pg"], said["P"])
        kind, name, page, above = map(_bytes, held)
        return b"<</Type %b/S %b/K [%b]/Pg %b/P %b>>" % (kind, name, kids, page, above)
    pairs = [b"/%b %b" % (_bytes(key), _bytes(value)) for key, value in said.items()]
    return b"<<" + b"".join(pairs) + b">>"
