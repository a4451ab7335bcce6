"""Word files as an office makes them: built-in styles, automatic numbers, tables."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

LEVEL = re.compile(
    r"(?P<chapter>第[零一二三四五六七八九十百]+章)|(?P<section>第[一二三四五六七八九十]+节)"
    r"|\**(?P<article>第[零一二三四五六七八九十百]+条)\**|(?P<item>（[一二三四五六七八九十]+）)"
)
LEVELS = {"chapter": 0, "section": 1, "article": 2, "item": 3}
DEFINITION = """<w:abstractNum {ns} w:abstractNumId="90">
<w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
<w:lvlText w:val="第%1章"/><w:suff w:val="space"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
<w:lvlText w:val="第%2节"/></w:lvl>
</w:abstractNum>"""
ARTICLES = """<w:abstractNum {ns} w:abstractNumId="91">
<w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
<w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="（%2）"/><w:suff w:val="nothing"/></w:lvl>
</w:abstractNum>"""


def packed(word: Word) -> bytes:
    """The bytes of a Word file."""
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def law(markdown: str) -> bytes:
    """A Markdown law as a Word file: its numbers are Word's, not text."""
    word = Document()
    define(word, DEFINITION, ARTICLES)
    headed, articles = lists(word, 90), lists(word, 91)
    for line in markdown.splitlines():
        text = line.strip().lstrip("# ")
        if not text or text.startswith("<!--"):
            continue
        if line.startswith("# "):
            word.add_paragraph(text, style="Title")
        elif not (found := LEVEL.match(text)):
            level = len(line) - len(line.lstrip("#"))
            style = f"Heading {level}" if level else None
            word.add_paragraph(text.replace("**", ""), style=style)
        elif found["chapter"] or found["section"]:
            level = 0 if found["chapter"] else 1
            made = word.add_paragraph(style=f"Heading {level + 1}")
            made.add_run(text[found.end() :].strip())
            number(made, headed, level)
        else:
            made = word.add_paragraph(text[found.end() :].strip())
            number(made, articles, 0 if found["article"] else 1)
    return packed(word)


def define(word: Word, *definitions: str) -> None:
    """Put definitions of lists into a file, before the lists themselves."""
    part = word.part.numbering_part.element
    first = part.find(qn("w:num"))
    for definition in definitions:
        made = parse_xml(definition.format(ns=nsdecls("w")))
        first.addprevious(made) if first is not None else part.append(made)


def lists(word: Word, definition: int, start: int = 0) -> int:
    """Begin a list of that definition; gives its id."""
    made = word.part.numbering_part.element.add_num(definition)
    if start:
        made.add_lvlOverride(0).add_startOverride(start)
    return int(made.numId)


def number(paragraph: Paragraph, list_id: int, level: int) -> None:
    """Make a paragraph one of a list."""
    made = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>'
    made += f'<w:numId w:val="{list_id}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(made))  # noqa: SLF001


def repacked(raw: bytes, **parts: bytes | str) -> bytes:
    """The same archive with parts replaced or added; ``__`` is a slash."""
    new = {name.replace("__", "/"): data for name, data in parts.items()}
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for info in old.infolist():
            if info.filename not in new:
                made.writestr(info.filename, old.read(info))
        for name, data in new.items():
            made.writestr(name, data)
    return out.getvalue()
