"""What validators pass and readers suffer from: each defect has a rule's name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from publisher.check.epub import EPUB_CHECKS, Examined, Expected, examine
from publisher.diagnostics import Diagnostic, Severity
from publisher.read.epub import read_epub
from publisher.render import render_epub
from publisher.render.printed import KINDS
from publisher.tree.walk import ink
from publisher.write.epub import write
from tests.epub import books
from tests.epub.conftest import Made, loaded, taiwan
from tests.epub.spoilt import Change, put, spoil

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def findings(data: bytes, expected: Expected | None = None) -> list[Diagnostic]:
    out: list[Diagnostic] = []
    publication = read_epub("book.epub", data, out.append)
    if publication:
        examine(Examined(publication, NOW, expected), out.append)
    return out


def names(data: bytes, expected: Expected | None = None) -> set[str]:
    return {each.rule.name for each in findings(data, expected)}


def test_our_own_books_have_no_findings(made: Made) -> None:
    expected = Expected("".join(map(ink, made.prepared.documents)))
    assert findings(made.data, expected) == []
    assert names(made.data) == set()  # 尚书 is told to be simplified


BLIND: dict[str, tuple[Change, str]] = {
    "no landmarks": (
        put("nav", '<nav epub:type="landmarks".*?</nav>', ""),
        "missing-landmarks",
    ),
    "all text in English": (
        put(r"xhtml|opf|ncx", "zh-Hans", "en", every=True),
        "text-language",
    ),
    "another language in the metadata": (
        put("opf", "<dc:language>zh-Hans", "<dc:language>zh-Hant"),
        "language-mismatch",
    ),
    "no page direction": (
        put("opf", ' page-progression-direction="ltr"', ""),
        "no-page-direction",
    ),
    "no way back from a note": (
        put(r"text/reg\.xhtml", '<a class="back".*?</a>', ""),
        "note-without-return",
    ),
    "no cover": (put("opf", ' properties="cover-image"', ""), "no-cover-image"),
    "no sorting form": (
        put("opf", '<meta refines="#title-1" property="file-as">.*?</meta>', ""),
        "no-file-as",
    ),
    "a traditional character": (
        put(r"text/reg\.xhtml", "第3条", "第3條"),
        "text-differs",
    ),
    "a traditional character, the tree unknown": (
        put(r"text/reg\.xhtml", "第3条", "第3條"),
        "other-script-character",
    ),
    "a page number that leads elsewhere": (
        put("nav", r"#page-3\">3<", '#page-2">3<'),
        "page-list-mismatch",
    ),
    "changed in the future": (
        put("opf", "2024-02-05T12:00:00Z", "2034-02-05T00:00:00Z"),
        "future-date",
    ),
    "a heading that is none": (
        put(r"text/reg\.book_2", r"<h(\d) (class=\"chapter\".*?)</h\1>", r"<p \2</p>"),
        "lost-heading",
    ),
    "a chapter not in the contents": (
        put(
            "nav",
            r'<li class="to-division"><a href="text/reg\.book_2[^"]*chp_3">'
            r"(?:(?!</li>).)*</li>\s*</ol>\s*</li>",
            "",
        ),
        "contents-mismatch",
    ),
}
"""The twelve of the evidence, of which epubcheck and Ace see one."""


@pytest.mark.parametrize("defect", BLIND)
def test_what_validators_pass_is_found(defect: str, numbered: Made) -> None:
    change, rule = BLIND[defect]
    data = spoil(numbered.data, change)
    tree = "".join(map(ink, numbered.prepared.documents))
    expected = None if "unknown" in defect else Expected(tree)
    found = [d for d in findings(data, expected) if d.rule.name == rule]
    assert found
    assert all(d.place.startswith("book.epub") for d in found)
    assert rule not in names(numbered.data, expected)


OTHERS: dict[str, tuple[Change, str]] = {
    "a landmark of two words": (
        put(
            "nav", 'epub:type="bodymatter" href', 'epub:type="bodymatter chapter" href'
        ),
        "missing-landmarks",
    ),
    "no beginning": (
        put("nav", 'epub:type="bodymatter"', 'epub:type="toc"'),
        "missing-landmarks",
    ),
    "an NCX that says other words": (
        put("ncx", "版权页", "版権页"),
        "contents-mismatch",
    ),
    "an entry that says other words": (
        put("nav", ">第1条<", ">第9条<"),
        "contents-mismatch",
    ),
    "no contents": (
        put("nav", 'epub:type="toc"', 'epub:type="loi"'),
        "contents-mismatch",
    ),
    "two languages of one page": (
        put(r"reg\.xhtml", 'xml:lang="zh-Hans"', 'xml:lang="zh-Hant"'),
        "text-language",
    ),
    "no language": (
        put(r"reg\.xhtml", ' lang="zh-Hans" xml:lang="zh-Hans"', ""),
        "text-language",
    ),
    "Chinese that is neither": (
        put("opf", "<dc:language>zh-Hans", "<dc:language>zh"),
        "language-mismatch",
    ),
    "a note that nothing calls": (
        put(r"reg\.xhtml", '<a class="call[^>]*>①</a>', ""),
        "note-without-return",
    ),
    "a call without its note": (
        put(r"reg\.xhtml", '<aside class="footnote.*?</aside>', ""),
        "note-without-return",
    ),
    "no time": (put("opf", "2024-02-05T12:00:00Z", "yesterday"), "future-date"),
    "levels skipped": (
        put(r"reg\.xhtml", r"<(/?)h2", r"<\1h4", every=True),
        "lost-heading",
    ),
    "no old list of pages in step": (
        put("ncx", r"#page-3\"", '#page-2"'),
        "page-list-mismatch",
    ),
    "no list of pages": (
        put("nav", '<nav epub:type="page-list".*?</nav>', ""),
        "page-list-mismatch",
    ),
    "pages of nobody knows which print": (
        put("opf", '<meta property="pageBreakSource">.*?</meta>', ""),
        "page-list-mismatch",
    ),
    "a claim that is untrue": (
        put("opf", ">unlocked<", ">MathML<"),
        "accessibility-claim",
    ),
    "pages that are not claimed": (
        put("opf", ">pageBreakMarkers<", ">readingOrder<"),
        "accessibility-claim",
    ),
    "an old word": (
        put("opf", ">unlocked<", ">printPageNumbers<"),
        "accessibility-claim",
    ),
    "a claim that nobody signs": (
        put(
            "opf",
            "</metadata>",
            '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 '
            "Level AA</meta></metadata>",
        ),
        "accessibility-claim",
    ),
    "no hazards told": (
        put("opf", '<meta property="schema:accessibilityHazard">none</meta>', ""),
        "accessibility-claim",
    ),
    "pictures kept secret": (
        put("opf", '<meta property="schema:accessMode">visual</meta>', ""),
        "accessibility-claim",
    ),
    "a file of a megabyte": (
        put(r"qa\.xhtml", "</section>", "<p>" + "长" * 100_000 + "</p></section>"),
        "large-file",
    ),
    "an id of Han characters": (
        put(r"qa\.xhtml", 'id="qa.q_1"', 'id="问一"'),
        "unsafe-name",
    ),
    "an id that stands twice": (
        put(r"qa\.xhtml", 'id="qa.q_1"', 'id="reg.art_1"'),
        "unsafe-name",
    ),
    "no role": (put(r"qa\.xhtml", ' role="doc-footnote"', ""), "missing-role"),
    "a link to nowhere": (
        put(r"nav", 'href="text/qa.xhtml#qa.q_2"', 'href="text/qa.xhtml#qa.q_9"'),
        "dead-link",
    ),
    "a picture without words": (
        put("cover.xhtml", 'alt="[^"]*"', 'alt=""'),
        "picture-without-words",
    ),
    "vertical lines in a book that turns ltr": (
        put("css", "html {", "html { writing-mode: vertical-rl;"),
        "mixed-writing-mode",
    ),
    "one paragraph vertical": (
        put("css", "p {", "p { writing-mode: vertical-rl;"),
        "mixed-writing-mode",
    ),
    "no identifier": (put("opf", 'id="pub-id"', 'id="other"'), "missing-metadata"),
    "no title": (put("opf", "<dc:title.*</dc:title>", ""), "missing-metadata"),
    "a style of its own": (
        put(r"qa\.xhtml", "<p ", '<p style="color: black" '),
        "bare-markup",
    ),
    "an empty paragraph": (
        put(r"qa\.xhtml", "</section>", "<p> </p></section>"),
        "bare-markup",
    ),
    "breaks for space": (put(r"qa\.xhtml", "</p>", "<br/><br/></p>"), "bare-markup"),
    "a broken page": (put(r"qa\.xhtml", "</p>", ""), "unreadable-file"),
}


@pytest.mark.parametrize("defect", OTHERS)
def test_what_else_is_wrong_is_found(defect: str, numbered: Made) -> None:
    change, rule = OTHERS[defect]
    assert rule in names(spoil(numbered.data, change))


def test_a_file_that_is_gone_or_not_listed_is_found(numbered: Made) -> None:
    gone = spoil(numbered.data, lambda n, d: None if n.endswith("book.css") else d)
    assert "dead-link" in names(gone)
    unlisted = put("opf", '<item href="css/book.css"[^>]*>', "")
    assert "dead-link" in names(spoil(numbered.data, unlisted))


def test_findings_name_the_file_and_the_line(numbered: Made) -> None:
    data = spoil(numbered.data, put(r"qa\.xhtml", "<p ", '<p style="color: red" '))
    (finding,) = (d for d in findings(data) if d.rule.name == "bare-markup")
    assert re.fullmatch(r"book\.epub!EPUB/text/qa\.xhtml:\d+:1", finding.place)


def test_pages_of_the_print_that_have_no_mark_are_told(numbered: Made) -> None:
    expected = Expected(
        "".join(map(ink, numbered.prepared.documents)),
        lost=("7",),
        bare=(("i–ii", KINDS["cover"]),),
    )
    told = {d.rule.name: d for d in findings(numbered.data, expected)}
    assert told["page-not-placed"].level is Severity.ERROR
    assert told["pages-without-mark"].level is Severity.NOTE
    assert "i–ii（封面）" in told["pages-without-mark"].message.zh


def test_every_rule_of_epubs_is_shown_to_speak() -> None:
    shown = {rule for _, rule in (*BLIND.values(), *OTHERS.values())}
    known = {row.rule.name for row in EPUB_CHECKS}
    assert known - shown == {"page-not-placed", "pages-without-mark"}  # shown above


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("第3條", "other-script-character"),
        ('<span lang="zh-Hant" xml:lang="zh-Hant">第3條</span>', ""),
        ('<span xml:lang="zh-Hant">第3條</span>', ""),
        ('<span lang="ja">第3條</span>', ""),
        ('<span lang="zh-Hant">第3條</span>條', "other-script-character"),
        ('<span lang="zh-Hant">说</span>', "other-script-character"),
        ('<span lang="zh-Hant"><b lang="zh-Hans">说</b>酶着</span>', ""),
    ],
)
def test_characters_are_looked_at_in_the_language_of_their_text(
    numbered: Made, words: str, known: str
) -> None:
    data = spoil(numbered.data, put(r"text/reg\.xhtml", "第3条", words))
    found = [d for d in findings(data) if d.rule.name == "other-script-character"]
    assert [d.rule.name for d in found] == [known] * bool(known)


def test_a_files_name_is_quoted_and_says_so() -> None:
    """The imprint cannot convert it, and no editor could cure a finding about it."""
    prepared = taiwan()
    imprint = replace(
        books.imprint(loaded().of("zh-Hant-TW")),
        pictures=books.PICTURES,
        sources=(("环保税法.md", "d25c" * 16, "网页"), ("條例.md", "0" * 64, "")),
    )
    data = write(render_epub(prepared, imprint), imprint)
    assert names(data) == set()
    with ZipFile(BytesIO(data)) as file:
        page = file.read("EPUB/text/colophon.xhtml").decode()
    marked = '<span lang="zh-Hans" xml:lang="zh-Hans">环保税法.md</span>（網頁）'
    assert marked in page
    assert "<dd>條例.md</dd>" in page
