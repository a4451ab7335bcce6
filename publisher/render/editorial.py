"""编辑说明: what the editor tells the reader about the text, in plain Chinese.

It states what is missing and that nothing was supplied, and lists every change. The
fixed heads are 缺文 接续 标点 校改 存疑; others appear only where there is something
to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from publisher.book import Typography
from publisher.edition.gaps import HEAD_GAP, TAIL_GAP, skip_text
from publisher.edition.prepared import Apparatus, Change, Missing, Prepared
from publisher.numerals import to_chinese
from publisher.render import columns, tables
from publisher.render.contents import nameless, title_of
from publisher.tree.nodes import Document

Say = Callable[..., str]
"""Turns a sentence of ours into the edition's script, then fills in its values."""

SCRIPTS = {
    "zh-Hans": "简体",
    "zh-Hant-TW": "繁体（台湾）",
    "zh-Hant-HK": "繁体（香港）",
    "zh-Hant": "繁体",
}

_MARKS = {
    ",": "逗号",
    ".": "句号",
    ":": "冒号",
    ";": "分号",
    "?": "问号",
    "!": "叹号",
    "(": "前括号",
    ")": "后括号",
    "[": "前方括号",
    "]": "后方括号",
    '"': "引号",
    "'": "单引号",
    "%": "百分号",
    "~": "波浪号",
    "-": "连接号",
    "<": "前书名号",
    ">": "后书名号",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table (三线表): its heads and its rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    """Of each column, in hundredths of the measure."""
    heights: tuple[int, ...] = ()
    """Of each row, in grid lines."""


@dataclass(frozen=True, slots=True)
class Part:
    """One head with its paragraphs and perhaps a table; no head for the opening."""

    head: str
    paragraphs: tuple[str, ...]
    table: Table | None = None


def sayer(convert: Callable[[str], str]) -> Say:
    """How generated sentences are said in one edition."""

    def say(sentence: str, **values: object) -> str:
        return convert(sentence).format(**values)

    return say


def count(number: int) -> str:
    """How many, as running text says it: 七, but 321."""
    return to_chinese(number) if 0 < number <= 10 else str(number)


def quoted(document: Document) -> str:
    """A document's title as a sentence names it, in 《》 unless it holds 《》."""
    title = title_of(document)
    return title if "《" in title or document.given_title else f"《{title}》"


def parts(prepared: Prepared) -> Iterator[Part]:
    """The whole note, in its fixed order."""
    say = sayer(prepared.convert)
    note = prepared.apparatus
    yield Part("", tuple(_opening(prepared, say)))
    if note.selected:
        text = say("本册为节选，所选为{what}；条文编号一仍其旧。", what=note.selected)
        yield Part(say("节选"), (text,))
    if note.missing:
        yield Part(say("缺文"), tuple(_missing(prepared, say)))
    if note.joins:
        yield Part(say("接续"), (_joins(note, say),))
    if note.widths or note.splits:
        yield Part(say("标点"), tuple(_marks(note, say)))
    if note.changed:
        heads = (say("处所"), say("来源作"), say("本册作"), say("依据"))
        yield Part(say("校改"), (), _table(heads, note.changed, prepared))
    if note.doubts:
        heads = (say("处所"), say("来源作（照录）"), say("疑当作"), say("理由"))
        text = say("下列各处疑有讹误而无确据，本册照录来源，不作改动。")
        yield Part(say("存疑"), (text,), _table(heads, note.doubts, prepared))
    if note.left_out:
        yield Part(say("未收"), tuple(_left_out(note, say)))
    if note.allowed:
        text = say("核校所见下列各项，编者已知其故，照此付印。")
        two = (say("处所"), say("缘由"))
        table = _ruled(two, note.allowed, prepared.edition.typography)
        yield Part(say("认可"), (text,), table)


def _opening(prepared: Prepared, say: Say) -> Iterator[str]:
    names = [quoted(document) for document in prepared.documents]
    held = say("、").join(names[:-1])
    held = say("{held}及{last}", held=held, last=names[-1]) if held else names[-1]
    text = say("本册收{held}。", held=held)
    if prepared.apparatus.mixed:
        text += say("各文在来源中交错排列，本册按文意分列，各自接续。")
    yield text
    yield from _conversion(prepared, say)
    grey = prepared.edition.typography.ink == "grey"
    ink = say("灰色楷体") if grey else say("朱红楷体")
    text = say("正文之中，黑色文字皆出来源，{ink}皆编者所加", ink=ink)
    given = any(d.given_title and not nameless(d) for d in prepared.documents)
    yield text + (say("；编者所拟标题另加注。") if given else say("。"))


def _conversion(prepared: Prepared, say: Say) -> Iterator[str]:
    """Which documents were put into another script, from which and into which."""
    converted = dict(prepared.apparatus.converted)
    for script in dict.fromkeys(converted.values()):
        held = [d for d in prepared.documents if converted.get(d.id) == script]
        whole = len(held) == len(prepared.documents)
        yield say(
            "{what}文字由{before}转换为{after}，引号依当地习惯。",
            what=say("本册") if whole else say("、").join(map(quoted, held)),
            before=say(SCRIPTS[script]),
            after=say(SCRIPTS[prepared.edition.script]),
        )


def _missing(prepared: Prepared, say: Say) -> Iterator[str]:
    titles = {document.id: quoted(document) for document in prepared.documents}
    gaps = [gap for gap in prepared.apparatus.missing if gap.document in titles]
    several = len(gaps) > 1
    for gap in gaps:
        title = titles[gap.document]
        text = say("{title}：", title=title) if several else ""
        if gap.cut_in and gap.last_words:
            text += say(
                "来源文本止于{place}“{words}”{many}字：",
                place=gap.cut_in.removeprefix(title),
                words=gap.last_words,
                many=count(len(gap.last_words)),
            )
        text += say("{what}。", what=lacking(gap, title, say, full=True))
        if gap.claim:
            text += say("{claim}，所缺由此得知。", claim=gap.claim)
        marks = [say(HEAD_GAP)] * gap.head + [say(TAIL_GAP)] * bool(gap.last_words)
        if gap.skipped:
            marks.append(say(skip_text("、".join(gap.skipped))))
        text += say("本册不据他本补入")
        if marks:
            text += say("，缺处标{marks}", marks="".join(marks))
        yield text + say("。")


SEVERAL = 4
"""How many unseen numbers are told one by one where there is little room."""


def lacking(gap: Missing, title: str, say: Say, *, full: bool = False) -> str:
    """第二十五条未完，第二十六条至第三十四条及第六章全缺.

    A number that is skipped may be lost without its text: that is told as it is. Only
    ``full`` says all of them.
    """
    if gap.bare:
        return say("仅存{what}", what=gap.bare)
    chapters = say("、").join(label for label, _ in gap.chapters)
    gone = say("及").join(part for part in (gap.articles, chapters) if part)
    place = gap.cut_in.removeprefix(title)
    said = [say("开头不在来源之中")] if gap.head else []
    if gap.begins:
        said.append(say("条文自{first}起", first=gap.begins))
    if gap.last_words:
        said.append(say("{place}未完", place=place) if place else say("末尾未完"))
    if gone:
        told = "{gone}全缺" if gap.claim else "{gone}未见"
        said.append(say(told, gone=gone))
    if gap.unseen:
        said.append(_unseen(gap, say, full=full))
    if gap.unattached:
        said.append(say("{what}未见", what=gap.unattached))
    return say("，").join(said) or say("来源有缺")


def _unseen(gap: Missing, say: Say, *, full: bool) -> str:
    names = [unseen.name for unseen in gap.unseen]
    shown = names if full or len(names) <= SEVERAL else names[:SEVERAL]
    text = say("、").join(shown)
    if len(shown) < len(names):
        text += say("等{many}处", many=count(len(names)))
    unbroken = gap.unbroken and all(unseen.before for unseen in gap.unseen)
    return text + say("之序号未见") + (say("（条文序号相连）") if unbroken else "")


def _joins(note: Apparatus, say: Say) -> str:
    mixed = sum(join.interleaved for join in note.joins)
    plain = len(note.joins) - mixed
    kinds = []
    if plain:
        kinds.append(say("栏末断句{many}处", many=count(plain)))
    if mixed:
        how = "两文交错断句{many}处" if note.mixed else "隔有他文断句{many}处"
        kinds.append(say(how, many=count(mixed)))
    seams = say("，").join(
        say("{at}“{left}｜{right}”", at=join.place, left=join.left, right=join.right)
        for join in note.joins
    )
    return say(
        "{kinds}，已据文意接合：{seams}。", kinds=say("、").join(kinds), seams=seams
    )


def _marks(note: Apparatus, say: Say) -> Iterator[str]:
    if note.widths:
        total = sum(many for *_, many in note.widths)
        each = say("、").join(
            say("{name}{many}", name=say(_MARKS.get(before, after)), many=many)
            for before, after, many in note.widths
        )
        yield say(
            "来源之半角标点{total}处，一律改为全角：{each}。", total=total, each=each
        )
    if note.splits:
        places = say("、").join(dict.fromkeys(note.splits))
        yield say("{places}，来源有连排之处，今各自起行。", places=places)


def _table(
    heads: tuple[str, ...], changes: Sequence[Change], prepared: Prepared
) -> Table:
    say = sayer(prepared.convert)
    rows: list[tuple[str, ...]] = []
    basis = ""
    for change in changes:
        same = change.basis == basis and len(basis) > 2
        told = say("同上") if same else change.basis
        basis = change.basis
        rows.append((change.place, change.before, change.after or say("待核"), told))
    return _ruled(heads, rows, prepared.edition.typography)


def _ruled(
    heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], typography: Typography
) -> Table:
    widths = columns.shares(heads, rows, typography)
    ems = columns.held(widths, typography)
    heights = [tables.height(row, ems) for row in rows] if ems else []
    return Table(heads, tuple(rows), widths, tuple(heights))


def _left_out(note: Apparatus, say: Say) -> Iterator[str]:
    undecided = [left for left in note.left_out if left.undecided]
    if undecided:
        names = say("、").join(
            say("{name}（{lines}行）", name=left.name, lines=left.lines)
            for left in undecided
        )
        yield say("来源另有{names}，本册未收：book.toml 未定其取舍。", names=names)
    for reason in dict.fromkeys(
        left.reason for left in note.left_out if not left.undecided
    ):
        names = say("、").join(
            say("{name}（{lines}行）", name=left.name, lines=left.lines)
            for left in note.left_out
            if left.reason == reason and not left.undecided
        )
        why = reason.rstrip("。")
        yield say("来源另有{names}，本册未收：{why}。", names=names, why=why)
