"""Notes and marks of ``notes.toml``: where they stand, and what is said of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.book import Decision, Highlight, Highlighted, Remark
from publisher.diagnostics import Diagnostic
from publisher.edition import remarks
from publisher.read import read
from publisher.repair import repair, undo
from publisher.source import Source
from publisher.tree import walk
from publisher.tree.nodes import (
    Collection,
    Enclosing,
    Fixed,
    Marked,
    Node,
    Note,
    Reference,
    Ruby,
    Run,
    Strong,
)

TEXT = (
    "# 某条例\n\n第一条 重视马克思主义的学习,制定本条例。\n\n"
    "第二条 违反本条例第一条规定的,应当**及时改正**;纪念日 and 重大事件,照本条例办。\n"
)
Setting = Remark | Highlighted


def unheard(_: Diagnostic) -> None:
    """What the other stages say is not what is tested here."""


def mark(
    where: str, text: str, kind: Highlight = "emphasis", reading: str = ""
) -> Highlighted:
    return Highlighted(where, text, kind, reading, place="notes.toml:3:1")


def desk(
    *settings: Setting, text: str = TEXT, decisions: tuple[Decision, ...] = ()
) -> tuple[Collection, Collection, list[Diagnostic]]:
    """The repaired tree, the same with the settings in it, and what was found."""
    original = read([Source("a.md", text)], unheard)
    repaired = repair(original, decisions, unheard)
    found: list[Diagnostic] = []
    noted = remarks.annotate(repaired, original, settings, found.append)
    assert list(map(walk.ink, noted.documents)) == list(
        map(walk.ink, repaired.documents)
    )
    assert walk.restore(undo(noted), 1) == (text,)
    return repaired, noted, found


def shown(run: Run) -> str:
    """A run, with brackets round what encloses and notes in place."""

    def one(node: Node) -> str:
        match node:
            case Note():
                return f"〔{node.text}〕"
            case Marked() | Ruby() | Fixed() | Strong() | Reference():
                inner = "".join(map(one, node.inlines))
                extra = f":{node.reading}" if isinstance(node, Ruby) else ""
                name = node.kind if isinstance(node, Marked) else type(node).__name__
                return f"{name[0]}[{inner}{extra}]"
            case _:
                return walk.ink(node)

    return "".join(map(one, run))


def noted(*settings: Setting) -> tuple[list[str], list[str]]:
    _, collection, found = desk(*settings)
    said = [shown(run) for d in collection.documents for _, run in walk.runs(d)]
    return said, [d.rule.name for d in found]


def test_a_note_is_called_after_its_words() -> None:
    said, found = noted(Remark("reg.art_1", "学习", "指党史学习。"))
    assert said[1] == "重视马克思主义的学习〔指党史学习。〕，制定本条例。"
    assert found == []


def test_words_may_be_given_as_the_source_has_them() -> None:
    for words in ("学习,制定", "学习，制定"):
        said, _ = noted(Remark("reg.art_1__para_1", words, "注"))
        assert said[1] == "重视马克思主义的学习，制定〔注〕本条例。"
    said, _ = noted(mark("reg", "纪念日 and 重大"))
    assert "e[纪念日和重大]事件" in said[2]


def test_a_note_at_a_label_is_called_where_the_text_begins() -> None:
    said, found = noted(Remark("reg.art_2", "第二条", "参见别法。"))
    assert said[2].startswith("〔参见别法。〕违反")
    assert found == []


def test_marks_are_nested_in_what_the_source_has_and_divided_at_its_edges() -> None:
    said, found = noted(
        mark("reg.art_2", "一条规定的，应当及时"),
        mark("reg.art_2", "改正", "name"),
        mark("reg.art_2", "第一条", "fixed"),
        Remark("reg.art_2", "应当及时", "注"),
    )
    assert found == []
    assert said[2].startswith(
        "违反R[本条例F[第e[一条]]]e[规定的，应当]S[e[及时]〔注〕p[改正]]；"
    )


def test_a_longer_mark_is_outside_whatever_their_order() -> None:
    said, _ = noted(
        mark("reg.art_1", "马克思", "name"), mark("reg.art_1", "马克思主义")
    )
    assert said[1].startswith("重视e[p[马克思]主义]的")


def test_a_reading_is_divided_with_its_characters_or_refused() -> None:
    where = "reg.art_2"
    said, found = noted(mark(where, "，应当及时", "ruby", "， yīng dāng jí shí"))
    assert "R[，应当:， yīng dāng]S[R[及时:jí shí]改正]" in said[2]
    assert found == []
    said, found = noted(mark(where, "应当及时", "ruby", "yīngdāng jíshí"))
    assert "应当S[及时改正]" in said[2]
    assert found == ["unfit-mark"]


def test_every_place_is_marked_only_where_the_editor_says_so() -> None:
    _, found = noted(mark("reg", "本条例"))
    assert found == ["ambiguous-note"]
    said, found = noted(Remark("reg", "本条例", "注", every=True))
    assert "".join(said).count("本条例〔注〕") == 3
    assert found == []


def test_what_no_longer_stands_is_reported_at_its_line_in_the_settings() -> None:
    _, _, found = desk(Remark("reg.art_9", "本条例", "注", place="notes.toml:2:1"))
    (stale,) = found
    assert (stale.rule.name, stale.where) == ("stale-note", "reg.art_9")
    assert stale.place == "notes.toml:2:1"
    _, _, found = desk(Remark("rge.art_1", "没有的", "注"))
    assert [d.hint.en for d in found] == ["did you mean reg.art_1?"]


def test_words_that_went_to_another_node_are_followed_and_said_to_be() -> None:
    _, collection, found = desk(Remark("reg.art_9", "马克思主义", "注"))
    (moved,) = found
    assert (moved.rule.name, moved.where) == ("moved-note", "reg.art_9")
    assert "reg.art_1__para_1" in moved.message.en
    said = [shown(run) for d in collection.documents for _, run in walk.runs(d)]
    assert "马克思主义〔注〕" in said[1]


def test_marks_of_one_kind_may_not_overlap_nor_stand_in_labels() -> None:
    said, found = noted(mark("reg.art_1", "马克思主义"), mark("reg.art_1", "主义的"))
    assert said[1].startswith("重视e[马克思主义]的")
    assert found == ["unfit-mark"]
    _, found = noted(mark("reg.art_2", "第二条"))
    assert found == ["unfit-mark"]


def test_a_mark_over_what_a_decision_changed_is_drawn() -> None:
    accept = Decision("accept", "editor", "reg.art_1", "马克思主义", "马列主义", "校")
    _, collection, found = desk(
        mark("reg.art_1", "列主义的", "title"), decisions=(accept,)
    )
    assert found == []
    (article,) = (b for b in collection.documents[0].body if b.id == "art_1")
    assert "w[列主义的]" in "".join(shown(run) for _, run in walk.runs(article))


WORDS = TEXT.replace("#", "").replace("*", "").split("\n")
PLACES = st.sampled_from(["reg", "reg.art_1", "reg.art_2", "reg.art_2__para_1", "x.y"])
KINDS: st.SearchStrategy[Highlight] = st.sampled_from(
    ["emphasis", "name", "title", "ruby", "fixed"]
)


@st.composite
def some(draw: st.DrawFn) -> Setting:
    line = draw(st.sampled_from([line for line in WORDS if line.strip()]))
    start = draw(st.integers(0, len(line) - 1))
    text = line[start : draw(st.integers(start + 1, len(line)))]
    where, every = draw(PLACES), draw(st.booleans())
    if draw(st.booleans()):
        return Remark(where, text, "注", every)
    return Highlighted(where, text, draw(KINDS), "yī " * len(text), every=every)


@given(st.lists(some(), max_size=8))
@settings(max_examples=200, deadline=None)
def test_no_note_and_no_mark_changes_a_character(given: list[Setting]) -> None:
    repaired, new, found = desk(*given)
    before = [walk.plain(run) for d in repaired.documents for _, run in walk.runs(d)]
    assert before == [walk.plain(r) for d in new.documents for _, r in walk.runs(d)]
    assert all(d.where and d.message.zh for d in found)
    nodes = [n for d in new.documents for n in walk.walk(d)]
    enclosing = (n for n in nodes if isinstance(n, Enclosing))
    assert all(walk.plain(node.inlines) for node in enclosing)
