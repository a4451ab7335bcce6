"""Texts made to be hard: each grows with a number, and its work may grow no faster.

``work`` measures one of them stage by stage, in seconds of the processor.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable

from publisher.check import CHECKS
from publisher.diagnostics import Diagnostic
from publisher.numerals import to_chinese as chinese
from publisher.read import decode, read
from publisher.repair import repair, undo
from publisher.tree import dump, markdown
from publisher.write import akn

FORMS = ("（一）乙：", "1.丙：", "（1）丁：", "①戊：", "a）己：")


def _articles(n: int) -> str:
    said = "第{}条 甲乙丙丁，依照本法第{}条办理。"
    return "# 某法\n\n" + "\n\n".join(
        said.format(chinese(i), chinese(max(1, i - 1))) for i in range(1, n + 1)
    )


def _nested(n: int) -> str:
    levels = "\n\n".join(FORMS[i % len(FORMS)] for i in range(50))
    return "\n\n".join(f"第{chinese(k)}条 甲：\n\n{levels}" for k in range(1, n + 1))


def _named(n: int) -> str:
    names = (chinese(i) for i in range(1, n + 1))
    return "第一条 " + "".join(f"《甲{a}法》（以下简称{a}法）第五条，" for a in names)


HARD: dict[str, tuple[Callable[[int], str], int]] = {
    "articles": (_articles, 5000),
    "one long line": (lambda n: "第一条 " + "甲乙(丙),丁戊己庚，" * n, 20_000),
    "unclosed quotes": (lambda n: "第一条 " + "“甲" * n + "。\n", 10_000),
    "unclosed amendments": (
        lambda n: "第一条 将第三条修改为：\n\n" + "“甲乙丙\n\n" * n,
        10_000,
    ),
    "points 50 deep": (_nested, 40),
    "（一） in one line": (lambda n: "（一）" * n, 333_333),
    "（一） a line": (lambda n: "（一）\n" * n, 20_000),
    "citations of another law": (
        lambda n: "第一条 " + "依照《某法》第五条第二款，" * n,
        6000,
    ),
    "citations of itself": (lambda n: "第一条 " + "依照本法第五条，" * n, 6000),
    "short names": (_named, 3000),
    "open ends": (
        lambda n: (
            "# 某法\n\n"
            + "\n\n".join(f"甲乙丙丁戊己庚辛{chinese(i)}" for i in range(1, n + 1))
        ),
        4000,
    ),
    "questions in one line": (lambda n: "问：甲？答：乙。" * n, 12_000),
    "rows without a rule": (lambda n: "第一条 甲：\n\n" + "| 甲 | 乙 |\n" * n, 10_000),
    "bold": (lambda n: "第一条 " + "**甲**乙" * n, 20_000),
    "wrapped": (
        lambda n: "第 1 條\n" + "    為使中華民國漁船及航行國內航線船舶依規\n" * n,
        8000,
    ),
    "documents": (lambda n: "# 甲法\n\n第一条 甲。\n\n" * n, 2000),
    "spaces": (lambda n: "第一条 甲" + " \u00a0" * n + "乙。\n", 100_000),
    "brackets": (lambda n: "第一条 " + "（丙" * n + "丁)" * n + "。\n", 20_000),
    "quotations": (
        lambda n: (
            "近日，公布。\n\n" + "《某条例》第一条“甲乙丙丁戊己庚辛”。" * n + "\n"
        ),
        4000,
    ),
    "folios": (lambda n: "甲部门负责乙部门\n— 1 —\n某市公报\n\n" * n, 4000),
    "bare numbers": (lambda n: "第一条 甲部门负责。\n4\n" * n, 4000),
    "rows of numbers": (
        lambda n: "".join(f"甲乙丙{chinese(1 + i % 99)} {i % 300}\n" for i in range(n)),
        8000,
    ),
    "numbers alone": (lambda n: "4\n5\n" * n, 10_000),
    "blank lines": (lambda n: "\n" * n + "第一条 甲。", 1_000_000),
}
"""Each text, and how large it is at its largest."""


def work(text: str) -> dict[str, float]:
    """What each stage takes for a text; Python's search for cycles is not counted."""
    gc.collect()
    gc.disable()
    try:
        return _work(text)
    finally:
        gc.enable()


def _work(text: str) -> dict[str, float]:
    took: dict[str, float] = {}
    began = time.process_time()

    def lap(stage: str) -> None:
        nonlocal began
        now = time.process_time()
        took[stage], began = now - began, now

    source = decode("a.md", text.encode(), _unheard)
    got = read((source,), _unheard)
    lap("read")
    mended = repair(got, (), _unheard)
    lap("repair")
    for row in CHECKS:
        list(row.find(mended))
        lap(row.rule.name)
    undo(mended)
    lap("undo")
    json.dumps(dump.outline(mended, [source]))
    lap("outline")
    "\n".join(markdown.page(mended.documents))
    lap("text")
    akn.write(mended.documents)
    lap("akn")
    return took


def _unheard(_: Diagnostic) -> None:
    """A report that nobody reads."""
