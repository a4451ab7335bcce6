"""HTML → the plain text with marks that `read_markdown` reads.

Headings get ``#``, bold gets ``**``, tables and pictures are as in Markdown, numbers
that a browser would print before the points of a list are printed. What is not the
page's text (navigation, heads and feet, buttons) is left out, and that is reported.

Law: nothing is fetched, no entity is expanded, and time and memory are bounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.diagnostics import Diagnostic, Report, Words
from publisher.patterns import pattern
from publisher.read.encodings import characters
from publisher.read.hostile import Refused, guard, refuse
from publisher.read.rules import FURNITURE
from publisher.source import BYTES, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

HEAD = 4096
"""How many bytes are searched for the encoding that a page declares."""
CHARSET = pattern(rb"<(?:meta|\?xml)\b[^>]*(?:charset|encoding)\s*=\s*[\"']?([\w-]+)")
EMBEDDED = pattern(r"data:[\w/+.;=-]{0,80};base64,[A-Za-z0-9+/=%\s]*")


def read_page(name: str, raw: bytes, report: Report) -> Source:
    """The text of a saved web page, as a source."""
    declared = CHARSET.search(raw[:HEAD].lower())
    page = characters(name, raw, report, declared[1].decode() if declared else "")
    if page.encoding == BYTES:
        return page
    try:
        text = extract(page.text, report)
    except Refused as refused:
        return refuse(name, refused, report)
    return Source(name, text)


def extract(page: str, report: Report) -> str:
    """The text of a page.

    Raises:
        Refused: it is built as attacks are.
    """
    from publisher.read.html.flow import flow
    from publisher.read.html.furniture import clear, own_words
    from publisher.read.html.title import titled

    page = EMBEDDED.sub("data:", page)
    guard(page)
    root = _parse(page)
    if root is None:
        return ""
    body = root if root.tag == "body" else root.find(".//body")
    if body is None:
        return ""
    left_out = clear(body)
    lines = flow(body)
    kept = own_words([line.plain for line in lines])
    own = set(kept)
    left_out += [line.plain for at, line in enumerate(lines) if at not in own]
    if left_out:
        _tell(left_out, report)
    return titled(root, [lines[at] for at in kept])


def _parse(page: str) -> _Element | None:
    """The page as a tree; what is no HTML is mended, as browsers do.

    Raises:
        Refused: it is nested too deep, or a part of it is too long.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise Refused("网页嵌套过深，或有一段过长", "it is nested too deep or too long")
    return root


def _tell(left_out: list[str], report: Report) -> None:
    count = sum(len("".join(text.split())) for text in left_out)
    first = " / ".join(" ".join(text.split())[:24] for text in left_out[:6])
    message = Words(
        f"网页上有 {count} 字不是正文，没有读入：{first}",
        f"{count} characters of the page are not its text and were left out: {first}",
    )
    report(Diagnostic(FURNITURE, message, hint=FURNITURE.cure))
