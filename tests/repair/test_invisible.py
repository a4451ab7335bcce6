from __future__ import annotations

import pytest

from publisher.repair import undo
from publisher.tree import walk
from tests.repair.mended import mend, reject


@pytest.mark.parametrize(
    ("read", "repaired", "count"),
    [
        ("规范\u200b管理。", "规范管理。", 1),
        ("规范\u200b\ufeff\u2060管理。", "规范管理。", 3),
        ("共\u00a05\u00a0项。", "共 5 项。", 2),
        ("甲\u00a0\u00a0乙。", "甲  乙。", 2),
        ("as in 5\u00a0km or so。", "as in 5\u00a0km or so。", 0),
        (
            "标识\U0001f468\u200d\U0001f469为准。",
            "标识\U0001f468\u200d\U0001f469为准。",
            0,
        ),
        ("甲\u2002乙\u3000丙。", "甲\u2002乙\u3000丙。", 0),
        ("甲 and\u00a0乙。", "甲和乙。", 0),
    ],
)
def test_unseen_characters_go_where_they_mean_nothing(
    read: str, repaired: str, count: int
) -> None:
    mended = mend(f"第一条 {read}\n")
    words = [walk.plain(run) for node, run in walk.runs(mended.node("reg.art_1"))]
    assert words == [repaired]
    assert len(mended.records("invisible-character")) == count
    (text,) = walk.restore(undo(mended.collection), 1)
    assert text == mended.source.text


def test_a_paragraph_of_nothing_else_is_left_as_it_is() -> None:
    mended = mend("第一条 任务是：\n\n（一）\u00ad\n\n（二）甲。\n")
    assert mended.records("invisible-character") == []


def test_the_editor_may_keep_one() -> None:
    no = reject("reg.art_1", "规范\u200b管理", "invisible-character")
    mended = mend("第一条 规范\u200b管理。\n", no)
    assert "\u200b" in mended.words("reg.art_1")
