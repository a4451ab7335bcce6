"""Law: undoing all repairs, from the records alone, gives the file back, every byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.book import Decision
from publisher.repair import repair, undo
from publisher.repair.edits import Edit, apply
from publisher.source import NOWHERE
from publisher.tree import walk
from publisher.tree.nodes import Collection
from tests.repair.mended import Mended, accept, mend, unheard

STARTS = [
    "第一条 ",
    "**第二条** ",
    "第三条 ",
    "(一)",
    "（二）",
    "问:",
    "答:",
    "## 第一章 ",
    "# ",
    "",
]
ENDS = ["。\n", "\n\n", "\r\n", "", ";\n\n"]
WORDS = [
    "甲乙,丙",
    "党(组)",
    "宣讲宣讲",
    " and ",
    "丁",
    "第一条",
    "**强**",
    "“引”",
    "1,0",
    "鄆县",
    "的",
    "甲\u200b乙",
    "\u00a0",
    "\ufeff",
    "學(xué)習(xí)",
    "?!法》",
]
LINES = st.builds(
    lambda start, words, end: start + "".join(words) + end,
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    st.sampled_from(ENDS),
)
CHOICES = st.tuples(
    st.integers(0, 99),
    st.integers(0, 30),
    st.integers(1, 5),
    st.text("改和,第三条", max_size=4),
)


def restored(mended: Mended, raw: bytes) -> bool:
    (text,) = walk.restore(undo(mended.collection), 1)
    return mended.source.encode(text) == raw


def decisions(
    collection: Collection, choices: list[tuple[int, int, int, str]]
) -> list[Decision]:
    """Decisions about stretches that really stand in the tree."""
    out = []
    runs = [run for d in collection.documents for run in walk.runs(d)]
    for which, start, size, after in choices if runs else ():
        node, run = runs[which % len(runs)]
        whole = walk.plain(run)
        first = start % max(len(whole), 1)
        words = whole[first : first + size]
        owners = [
            d.id for d in collection.documents if run in [r for _, r in walk.runs(d)]
        ]
        where = owners[0] if owners[0] == node else f"{owners[0]}.{node}"
        out.append(accept(where, words, after))
    return out


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=12), st.lists(CHOICES, max_size=4))
def test_repairs_and_decisions_can_all_be_taken_back(
    lines: list[str], choices: list[tuple[int, int, int, str]]
) -> None:
    raw = "".join(lines).encode()
    plain = mend(raw)
    mended = mend(raw, *decisions(plain.collection, choices))
    assert restored(mended, raw)
    assert undo(mended.collection).documents == mended.read.documents
    for record in mended.collection.repairs:
        if record.kind == "replace":
            span = record.span
            assert mended.source.text[span.start : span.end] == record.before


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_repairing_what_is_repaired_changes_nothing(lines: list[str]) -> None:
    once = mend("".join(lines)).collection
    again = repair(replace(once, joins=(), splits=()), (), unheard)
    assert [
        r for r in again.repairs[len(once.repairs) :] if r.status == "applied"
    ] == []
    assert again.documents == once.documents


def test_the_page_goes_back_byte_for_byte(page: Path) -> None:
    raw = page.read_bytes()
    mended = mend(raw)
    assert restored(mended, raw)
    assert undo(mended.collection).documents == mended.read.documents


@pytest.mark.parametrize("name", [f"D0{n}.md" for n in range(1, 7)])
def test_damaged_pages_go_back_byte_for_byte(shared: Path, name: str) -> None:
    raw = (shared / "corpus" / "damaged" / name).read_bytes()
    assert restored(mend(raw), raw)


def test_an_undo_that_forgot_a_record_is_caught() -> None:
    mended = mend("第一条 甲,乙 and 丙。\n")
    records = mended.collection.repairs
    for index in range(len(records)):
        kept = (*records[:index], *records[index + 1 :])
        short = replace(mended.collection, repairs=kept)
        (text,) = walk.restore(undo(short), 1)
        assert text != mended.source.text


def test_nothing_to_undo_gives_the_same_collection() -> None:
    mended = mend("第一条 甲乙。\n")
    assert undo(mended.collection) is mended.collection
    assert apply(mended.collection, ()) is mended.collection


def test_an_edit_elsewhere_changes_nothing() -> None:
    mended = mend("第一条 甲乙。\n")
    assert (
        apply(mended.collection, [Edit(NOWHERE, "丙")]).documents
        == mended.read.documents
    )
