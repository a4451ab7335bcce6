"""A Word file → HTML (mammoth) → the same way as a web page.

Word counts list numbers itself; mammoth does not. So before mammoth sees the file each
automatic number (第一条, 一、, （一）) is written into its paragraph as text, and each
paragraph style that has a place in the outline becomes a heading.

Law: nothing is taken out of the archive before its limits are known (`package`), and
mammoth is given only the parts that were looked through.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from publisher.diagnostics import Diagnostic, Report, Words
from publisher.read.hostile import Refused, refuse
from publisher.read.rules import LEFT_OUT
from publisher.source import Source

if TYPE_CHECKING:
    from mammoth.documents import Image

STYLES = "p.Title => h1:fresh\n" + "\n".join(
    f"p.Heading{level} => h{level}:fresh" for level in range(1, 7)
)
UNREAD = {
    "ins": ("修订", "tracked changes"),
    "del": ("修订", "tracked changes"),
    "commentReference": ("批注", "comments"),
    "oMath": ("公式", "formulas"),
    "object": ("嵌入对象", "embedded objects"),
    "chart": ("图表", "charts"),
    "altChunk": ("嵌入文件", "embedded files"),
}
"""Elements that mammoth leaves out or settles silently, and what people call them."""


def read_word(name: str, raw: bytes, report: Report) -> Source:
    """The text of a Word file, as a source."""
    try:
        text, unread = _extract(raw)
    except Refused as refused:
        return refuse(name, refused, report)
    if unread:
        zh, en = (sorted({UNREAD[tag][i] for tag in unread}) for i in (0, 1))
        message = Words(
            f"文件里有{'、'.join(zh)}，没有全部读成文字。",
            f"Not all of it was read as text: {', '.join(en)}.",
        )
        report(Diagnostic(LEFT_OUT, message, hint=LEFT_OUT.cure))
    return Source(name, text)


def _extract(raw: bytes) -> tuple[str, frozenset[str]]:
    """The text, and the tags of what was not read.

    Raises:
        Refused: it is no Word file, or is built as attacks are.
    """
    from publisher.read.docx.outline import settle
    from publisher.read.docx.package import open_package

    package = open_package(raw)
    unread = settle(package)
    return _lines(_html(package.pack())), unread & frozenset(UNREAD)


def pictures(raw: bytes) -> dict[str, bytes]:
    """The pictures of a Word file, by the names that its text gives them.

    Empty if it cannot be read: that was said when it was.
    """
    from publisher.read.docx.outline import settle
    from publisher.read.docx.package import MEDIA, open_package

    try:
        package = open_package(raw, MEDIA)
        settle(package)
        found: dict[str, bytes] = {}
        _html(package.pack(), found)
    except Refused:
        return {}
    return found


def _html(packed: bytes, found: dict[str, bytes] | None = None) -> str:
    """The file as HTML; ``found`` is given the pictures, if it is there."""
    import mammoth

    names: list[str] = []

    def picture(image: Image) -> dict[str, str]:
        names.append(f"image{len(names) + 1}.{image.content_type.split('/')[-1]}")
        if found is not None:
            with image.open() as held:
                found[names[-1]] = held.read()
        return {"src": names[-1]}

    try:
        made = mammoth.convert_to_html(
            BytesIO(packed),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(picture),
        )
    except Exception as error:  # a third party's reader, and any bytes may come
        why = type(error).__name__
        raise Refused(
            f"Word 文件读不出（{why}）",
            f"it cannot be read as a Word file ({why})",
            hostile=False,
        ) from error
    return str(made.value)


def _lines(page: str) -> str:
    from lxml import etree

    from publisher.read.html.flow import flow
    from publisher.read.html.title import titled

    if not page.strip():
        return ""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    body = root.find("body") if root is not None else None
    return titled(root, flow(body)) if body is not None else ""
