"""Law: repairing and checking take time in proportion to the text."""

from __future__ import annotations

import time

import pytest

from publisher.check import CHECKS
from publisher.check.references import PARENT_LAW, UNRESOLVED_REFERENCE
from publisher.repair import REPAIRS, repair
from publisher.repair.passages import Reading
from publisher.tree.nodes import Collection
from tests.check.checked import unheard
from tests.repair.mended import mend

REFERENCES = (UNRESOLVED_REFERENCE, PARENT_LAW)
"""They follow citations as reading does, and are timed with it."""
TEXTS = {
    "long line": "第一条 " + "甲乙(丙),丁\u200b戊\ue123，" * 3000 + "。\n",
    "quotes": "第一条 " + "“甲乙丙丁戊己庚辛" * 4000 + "。\n",
    "brackets": "第一条 " + "（丙" * 6000 + "丁)" * 6000 + "。\n",
    "spaces": "第一条 甲" + " \u00a0" * 9000 + "乙。\n",
    "points": "第一条 任务是：\n\n" + "（一）甲；\n\n" * 1500,
    "titles": "近日，公布。\n\n" + "《某条例》第一条“甲乙丙丁戊己庚辛”。" * 1500 + "\n",
}


def longest(collection: Collection, original: Collection) -> float:
    """The time of the slowest rule, in seconds of the processor."""
    reading = Reading(original, original)
    took = []
    for find in [row.find for row in REPAIRS]:
        began = time.process_time()
        list(find(reading))
        took.append(time.process_time() - began)
    for look in [row.find for row in CHECKS if row.rule not in REFERENCES]:
        began = time.process_time()
        list(look(collection))
        took.append(time.process_time() - began)
    return max(took)


@pytest.mark.parametrize("name", TEXTS)
def test_no_rule_takes_long_on_a_text_made_to_be_hard(name: str) -> None:
    mended = mend(TEXTS[name])
    assert repair(mended.read, (), unheard).documents == mended.collection.documents
    assert longest(mended.collection, mended.read) < 1.0
