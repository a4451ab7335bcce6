from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.source import Source, Span
from publisher.tree import walk
from publisher.tree.nodes import (
    AdoptionNote,
    Answer,
    Article,
    Attachment,
    Byline,
    Caption,
    Cell,
    Collection,
    Continuation,
    Division,
    Document,
    Fixed,
    Footnote,
    Gap,
    Heading,
    Image,
    Item,
    Layout,
    Marked,
    Note,
    Notice,
    Omission,
    Paragraph,
    Point,
    Prose,
    Question,
    Reference,
    Ruby,
    Run,
    SignOff,
    Strong,
    Table,
    Text,
    Toc,
    TocEntry,
)

ITEM = Item((1, 0), Text("（一）"), (Text("甲；"),), (Paragraph(2, (Text("续"),)),))
TABLE = Table(
    ((Cell((Text("名"),)), Cell((Text("数"),))), (Cell((Text("甲"),)),)),
    header=1,
    caption=Caption((Text("表1"),)),
)
IMAGE = Image("a.png", (Text("图"),), Caption((Text("图1"),)))
POINT = Point((2, 0), Text("二、"), (Text("点"),), (Prose((Text("段"),)), TABLE, IMAGE))
ITEM = replace(ITEM, figures=(IMAGE,))
ITEM = replace(ITEM, items=(Item((1, 0), Text("1."), (Text("目"),)),))
ARTICLE = Article(
    (3, 0),
    Text("第三条"),
    (Paragraph(1, (Text("款："),), (ITEM,), (TABLE,)),),
    id="art_3",
)
EVERY_KIND = Document(
    "regulation",
    (Text("题"), Note("编者")),
    (
        Division("chapter", (1, 0), Text("第一章"), (Text("总则"),), (ARTICLE,)),
        Paragraph(1, (Text("散款"),)),
        Heading((Text("小题"),)),
        Question(1, Text("问："), (Text("何？"),)),
        Answer(1, Text("答："), (Text("此。"), Gap("〔下缺〕"))),
        Answer(2, None, (Strong((Text("再"),)),)),
        Heading((Marked((Text("着"), Ruby((Text("重"),), "zhòng")), "emphasis"),)),
        Heading((Fixed((Text("乾"),), (("zh-Hant", "乾"),)),)),
        Prose((Reference((Text("第三条"),), None, ("art_3",)),), items=(ITEM,)),
        Byline((Text("记者 某"),)),
        SignOff((Text("（某社电）"),)),
        Continuation((Text("（上接第1版）"),), "from", 1),
        Omission((Text("……"),)),
        Notice("〔缺〕"),
        Toc((Text("目录"),), (TocEntry((Text("总则"),), Text("第一章")),)),
        POINT,
        TABLE,
        IMAGE,
        Footnote((1, 0), Text("①"), (Text("注"),)),
        Attachment((1, 0), Text("附件1"), (Text("样式"),), (ARTICLE,)),
    ),
    note=AdoptionNote((Text("（某日通过）"),)),
)
THIRD = "第三条款：（一）甲；续1.目图图1表1名数甲"
READ = (
    f"题（某日通过）第一章总则{THIRD}散款小题问：何？答：此。再着重乾"
    "第三条（一）甲；续1.目图图1记者 某（某社电）（上接第1版）……目录第一章总则"
    f"二、点段表1名数甲图图1表1名数甲图图1①注附件1样式{THIRD}"
)


def test_every_character_is_met_once_in_reading_order() -> None:
    assert "".join(text.text for text in walk.texts(EVERY_KIND)) == READ


def test_ink_leaves_out_space_and_what_the_editor_added() -> None:
    assert walk.ink(EVERY_KIND) == READ.replace(" ", "")


def test_runs_and_labels_together_are_all_the_text() -> None:
    run_text = [walk.plain(run) for _, run in walk.runs(EVERY_KIND)]
    marks = [mark.text for _, mark in walk.labels(EVERY_KIND)]
    assert sorted("".join(run_text + marks)) == sorted(READ)


def test_a_changed_copy_has_every_run_and_label_changed() -> None:
    def doubled(text: Text) -> tuple[Text, ...]:
        return (text, text)

    after = walk.map_document(
        EVERY_KIND,
        lambda run: walk.map_texts(run, doubled),
        lambda mark: Text(mark.text * 2),
    )
    pairs = (mark.text * 2 for _, mark in walk.labels(EVERY_KIND))
    assert [mark.text for _, mark in walk.labels(after)] == list(pairs)
    assert len("".join(t.text for t in walk.texts(after))) == 2 * len(READ)
    assert sum(isinstance(n, Note | Gap) for n in walk.walk(after)) == 2


def test_what_has_nothing_changed_in_it_is_not_copied() -> None:
    def same(text: Text) -> tuple[Text, ...]:
        return (text,)

    after = walk.map_document(
        EVERY_KIND, lambda run: walk.map_texts(run, same), lambda mark: mark
    )
    assert after is EVERY_KIND


def test_the_texts_of_runs_and_the_labels_are_all_texts() -> None:
    held = [text for _, run in walk.runs(EVERY_KIND) for text in walk.texts_of(run)]
    held += [mark for _, mark in walk.labels(EVERY_KIND)]
    assert sorted(map(id, held)) == sorted(map(id, walk.texts(EVERY_KIND)))


def test_a_document_without_a_note_stays_without() -> None:
    bare = replace(EVERY_KIND, note=None)
    after = walk.map_document(bare, lambda run: run, lambda mark: mark)
    assert after == bare


RUN = (
    Text("甲乙", span=Span(0, 0, 2)),
    Note("注"),
    Strong((Text("丙丁", span=Span(0, 2, 4)),)),
    Text("和", span=Span(0, 4, 9)),
)


def test_a_run_is_cut_inside_markup_and_its_spans_with_it() -> None:
    left, right = walk.slice_run(RUN, 0, 3), walk.slice_run(RUN, 3, 5)
    assert (walk.plain(left), walk.plain(right)) == ("甲乙丙", "丁和")
    assert [text.span for inline in right for text in walk.texts(inline)] == [
        Span(0, 3, 4),
        Span(0, 4, 9),
    ]


@pytest.mark.parametrize(("start", "end", "kept"), [(0, 2, 1), (2, 5, 0), (0, 1, 0)])
def test_the_editors_mark_stays_with_the_part_before_it(
    start: int, end: int, kept: int
) -> None:
    cut = walk.slice_run(RUN, start, end)
    assert sum(isinstance(inline, Note) for inline in cut) == kept


def test_a_mark_before_all_text_stays_with_the_first_part() -> None:
    assert walk.slice_run((Note("注"), Text("甲")), 0, 1)[0] == Note("注")


def test_a_stretch_replaced_as_a_whole_cannot_be_cut() -> None:
    whole = (Text("和和", span=Span(0, 0, 5)),)
    assert walk.slice_run(whole, 0, 2) == whole
    with pytest.raises(ValueError, match="replaced as a whole"):
        walk.slice_run(whole, 0, 1)


def collection(*pieces: Text | Layout) -> Collection:
    held = tuple(p for p in pieces if isinstance(p, Text))
    rest = tuple(p for p in pieces if isinstance(p, Layout))
    return Collection((Document("prose", held, ()),), rest)


def test_a_file_is_put_together_again_from_the_tree_alone() -> None:
    two = Text("乙", span=Span(0, 2, 3))
    one = Text("甲", span=Span(0, 0, 1))
    end = Layout("\n", span=Span(0, 1, 2))
    assert walk.restore(collection(two, one, end), 1) == ("甲\n乙",)


@pytest.mark.parametrize(
    "pieces",
    [
        (Text("甲", span=Span(0, 1, 2)),),
        (Text("甲", span=Span(0, 0, 1)), Text("甲", span=Span(0, 0, 1))),
    ],
)
def test_a_missing_or_doubled_stretch_is_noticed(pieces: tuple[Text, ...]) -> None:
    with pytest.raises(ValueError, match="file 0"):
        walk.restore(collection(*pieces), 1)


@pytest.mark.parametrize(
    ("offset", "place"), [(0, (1, 1)), (2, (2, 1)), (5, (3, 1)), (7, (4, 1))]
)
def test_lines_end_at_each_of_the_three_line_ends(
    offset: int, place: tuple[int, int]
) -> None:
    source = Source("x", "甲\n乙\r\n丙\r丁")
    assert source.locate(offset) == place
    assert [source.line(n) for n in (1, 2, 3, 4)] == ["甲", "乙", "丙", "丁"]


def marked(run: Run, start: int, end: int) -> Run:
    return walk.enclose(run, start, end, lambda run, _, __: Marked(run, "emphasis"))


def test_a_stretch_is_enclosed_inside_others_and_divided_at_their_edges() -> None:
    a, b, whole = Text("甲乙"), Strong((Text("丙丁"),)), Text("戊")
    run: Run = (a, b, whole)
    one = Marked((Text("乙"),), "emphasis")
    two = Strong((Marked((Text("丙"),), "emphasis"), Text("丁")))
    assert marked(run, 1, 3) == (Text("甲"), one, two, whole)
    assert marked(run, 2, 5) == (a, Marked((b, whole), "emphasis"))
    assert marked(run, 0, 5) == (Marked(run, "emphasis"),)
    inner = Strong((Text("丙"), Marked((Text("丁"),), "emphasis")))
    assert marked(run, 3, 4) == (a, inner, whole)


def test_a_note_at_either_end_stays_outside_and_one_within_inside() -> None:
    run: Run = (Note("一"), Text("甲"), Note("二"), Text("乙"), Note("三"))
    assert marked(run, 0, 2) == (run[0], Marked(run[1:4], "emphasis"), run[4])
    assert marked(run, 0, 1) == (run[0], Marked(run[1:2], "emphasis"), *run[2:])


def test_each_part_knows_which_characters_of_the_whole_it_has() -> None:
    run: Run = (Text("甲乙"), Strong((Text("丙"), Strong((Text("丁戊"),)))), Text("己"))
    seen = []

    def make(inner: Run, start: int, end: int) -> Fixed:
        seen.append((walk.plain(inner), start, end))
        return Fixed(inner)

    new = walk.enclose(run, 1, 4, make)
    assert walk.plain(new) == "甲乙丙丁戊己"
    assert seen == [("乙", 0, 1), ("丙", 1, 2), ("丁", 2, 3)]


def test_a_reading_is_cut_with_its_characters_where_it_can_be() -> None:
    apart = Ruby((Text("条例", span=Span(0, 0, 2)),), "tiáo lì")
    assert walk.readings(apart) == (((Text("条"),), "tiáo"), ((Text("例"),), "lì"))
    assert walk.slice_run((apart,), 1, 2) == (Ruby((Text("例"),), "lì"),)
    whole = Ruby((Text("条例", span=Span(0, 0, 2)),), "tiáolì")
    assert walk.readings(whole) == (((Text("条例"),), "tiáolì"),)
    assert walk.slice_run((whole,), 0, 1) == (Ruby((Text("条"),), "tiáolì"),)
    assert walk.slice_run((whole,), 1, 2) == (Ruby((Text("例"),), ""),)
    fixed = Fixed((Text("乾隆", span=Span(0, 0, 2)),), (("zh-Hant", "甲乙"),))
    assert walk.slice_run((fixed,), 1, 2) == (
        Fixed((Text("隆"),), (("zh-Hant", "乙"),)),
    )


def test_a_reading_stands_also_where_a_repair_replaced_its_characters() -> None:
    ruby = Ruby((Text("条例", span=Span(0, 0, 5)),), "tiáo lì")
    assert [said for _, said in walk.readings(ruby)] == ["tiáo", "lì"]
