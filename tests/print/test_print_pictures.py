"""A picture is printed where the source names it, if its file is in the book."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from publisher.inspect import inspect
from publisher.inspect.claims import composition
from publisher.pictures import size
from publisher.tree.walk import ink
from tests.print import pdf_text
from tests.print.conftest import Printed
from tests.print.designs import printed


def png(width: int, height: int) -> bytes:
    """A white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return start + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x11\x08\x00\x20\x00\x40\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (png(3, 2), (3, 2)),
        (JPEG, (64, 32)),
        (b"GIF89a\x0a\x00\x14\x00rest", (10, 20)),
        (b'<?xml version="1.0"?><svg width="12" height="8px">', (12, 8)),
        (b'<svg xmlns="x" viewBox="0 0 30 40.5">', (30, 40.5)),
        (b"<svg>", None),
        (b"", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff\xc0\x00", None),
        (b"\xff\xd8\xff\xe0\xff\xff", None),
        (b"%PDF-1.7", None),
        (png(0, 5), None),
        (b"GIF87a\xff\xff\xff\xff", None),
    ],
)
def test_the_size_is_read_from_the_first_bytes(
    data: bytes, wanted: tuple[float, float] | None
) -> None:
    assert size(data) == wanted


LONG = "正文若干，" * 30
TEXT = f"""# 办法

第一条　图如下。

![服务标识](pictures/a%20b.png)

图一　标识

第二条　{LONG}完。

![不在书里](../outside.png)

![网上的](https://example.org/x.png)

![坏的](broken.png)

第三条　正文。
"""


def book(folder: Path, width: int, height: int) -> Printed:
    (folder / "own" / "pictures").mkdir(parents=True)
    (folder / "own" / "pictures" / "a b.png").write_bytes(png(width, height))
    (folder / "own" / "broken.png").write_bytes(b"no picture")
    (folder / "outside.png").write_bytes(png(5, 5))
    (folder / "own" / "text.md").write_text(TEXT, "utf-8")
    return printed(folder / "own" / "text.md", "booklet", folder)


def test_a_picture_of_the_book_is_shown_and_others_are_described(
    tmp_path: Path,
) -> None:
    made = book(tmp_path, 200, 100)
    assert made.html.count("<img ") == 1
    assert 'src="pictures/a%20b.png" alt="服务标识"' in made.html
    assert "width: 150.0pt; height: 75.0pt" in made.html
    assert [d.message.en for d in made.found if d.rule.code.startswith("W")] == []
    wanted = "".join(ink(document) for document in made.prepared.documents)
    assert pdf_text.ink(made.path) == wanted


@pytest.mark.parametrize("sides", [(4000, 1000), (900, 4000), (30, 30)])
def test_a_picture_is_never_larger_than_the_page_and_leaves_the_grid_alone(
    tmp_path: Path, sides: tuple[int, int]
) -> None:
    made = book(tmp_path, *sides)
    claims = composition(inspect(made.path))
    assert claims is not None
    assert len(claims.remainders) == 1
    style = made.html.partition("<img ")[2].partition(">")[0]
    width = float(style.partition("width: ")[2].partition("pt")[0])
    height = float(style.partition("height: ")[2].partition("pt")[0])
    assert width <= 294
    assert height <= 21 * 18
    assert width / height == pytest.approx(sides[0] / sides[1], rel=0.01)
