"""版权页: where the text is from, how whole it is, and what the book was made with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.edition.prepared import Prepared
from publisher.render import Imprint
from publisher.render.contents import title_of
from publisher.render.editorial import SCRIPTS, Say, lacking, quoted, sayer

_EDITIONS = {"booklet": "读本", "large-print": "大字本", "a4": "A4 本"}
_DATES = {
    "approved": "批准",
    "issued": "发布",
    "effective": "施行",
    "repealed": "废止",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One term and what is said of it; ``open`` where the editor has to fill it in."""

    term: str
    lines: tuple[str, ...]
    open: bool = False
    quoted: tuple[str, ...] = ()
    """What lines begin with and is nobody's to convert: the names of files."""


def full_title(prepared: Prepared) -> str:
    """党史学习教育工作条例（附答记者问）."""
    book = prepared.book
    title = book.title or title_of(prepared.documents[0])
    added = subtitle(prepared)
    return f"{title}（{added}）" if added else title


def subtitle(prepared: Prepared) -> str:
    """附答记者问; for an excerpt 节选, since it may lack what the subtitle promises."""
    excerpt = prepared.apparatus.selected
    return prepared.convert("节选") if excerpt else prepared.book.subtitle


def rows(prepared: Prepared, imprint: Imprint) -> Iterator[Row]:
    """The page's rows, in order."""
    say, book = sayer(prepared.convert), prepared.book
    yield Row(say("书名"), (full_title(prepared),))
    if book.authority:
        yield Row(say("发布机关"), (book.authority,))
    name = book.publisher or say("〔编印单位〕")
    yield Row(say("编印"), (name,), open=not book.publisher)
    if book.rights:
        yield Row(say("版权"), (book.rights,))
    names = tuple(name for name, *_ in imprint.sources)
    yield Row(say("文本来源"), tuple(_sources(imprint, say)), quoted=names)
    if dates := _dates(prepared, say):
        yield Row(say("文本日期"), (dates,))
    yield Row(say("完整程度"), tuple(_completeness(prepared, say)))
    yield Row(say("整理"), (_repairs(prepared, say),))
    if converted := _conversion(prepared, say):
        yield Row(say("转换"), tuple(converted))
    yield Row(say("版本"), (_edition(prepared, say),))
    yield Row(say("开本"), (_format(prepared, say),))
    fonts = dict.fromkeys((face.name, face.version) for face in imprint.faces)
    named = (f"{name} {version}".strip() for name, version in fonts)
    yield Row(say("字体"), (say("、").join(map(say, named)),))
    tools = (f"{name}\u00a0{version}" for name, version in imprint.tools)
    yield Row(say("排印"), (say("、").join(tools),))


def _sources(imprint: Imprint, say: Say) -> Iterator[str]:
    for name, digest, origin in imprint.sources:
        told = say("（{origin}）", origin=say(origin)) if origin else ""
        yield name + told
        if digest:
            yield f"SHA-256 {digest[:32]}"
            yield digest[32:]


def _dates(prepared: Prepared, say: Say) -> str:
    said = (
        say(
            "{year}年{month}月{day}日{act}",
            year=day.year,
            month=day.month,
            day=day.day,
            act=say(_DATES.get(key, key)),
        )
        for key, day in sorted(prepared.book.dates.items(), key=lambda item: item[1])
    )
    return say("，").join(said)


def _completeness(prepared: Prepared, say: Say) -> Iterator[str]:
    missing = {gap.document: gap for gap in prepared.apparatus.missing}
    for document in prepared.documents:
        gap = missing.get(document.id)
        state = lacking(gap, quoted(document), say) if gap else say("全")
        if prepared.apparatus.selected and not gap:
            state = say("节选")
        name = document.short_title or quoted(document)
        yield say("{name}：{state}", name=name, state=state)


def _repairs(prepared: Prepared, say: Say) -> str:
    note = prepared.apparatus
    counts = {
        "标点": sum(many for *_, many in note.widths),
        "径改": sum(change.safe for change in note.changed),
        "校改": sum(not change.safe for change in note.changed),
        "接续": len(note.joins),
        "存疑": len(note.doubts),
    }
    said = (
        say("{what}{many}处", what=say(what), many=many)
        for what, many in counts.items()
        if many
    )
    return say("、").join(said) or say("无改动")


def _conversion(prepared: Prepared, say: Say) -> list[str]:
    """How much was converted, how much of it is risky, and how much a person saw."""
    return [
        say(
            "转换{many}字，有字可选{choices}处，其中须核对{places}处、{kinds}类："
            "编者已定{reviewed}类，未定{open}类",
            many=each.characters,
            choices=each.choices,
            places=each.places,
            kinds=len(each.kinds),
            reviewed=len(each.kinds) - len(each.open),
            open=len(each.open),
        )
        for each in prepared.audits
    ]


def _edition(prepared: Prepared, say: Say) -> str:
    edition = prepared.edition
    known = (name for name in _EDITIONS if edition.name.startswith(name))
    name = next((say(_EDITIONS[name]) for name in known), edition.name)
    return f"{name}　{say(SCRIPTS[edition.script])}"


def _format(prepared: Prepared, say: Say) -> str:
    page = prepared.edition.typography
    width, height = (round(side / 72 * 25.4) for side in page.page)
    body = say(page.size_name) if page.size_name else f"{page.size:g} pt"
    return say(
        "{name}，{width} mm × {height} mm，版心{chars}字 × {lines}行，{body}",
        name=say(page.page_name),
        width=width,
        height=height,
        chars=page.measure.chars,
        lines=page.measure.lines,
        body=body,
    )
