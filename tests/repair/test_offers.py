"""Offers: a decision made from one is found again, alone and among all others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import pytest

from publisher.book import Decision
from publisher.check import check
from publisher.diagnostics import Diagnostic
from publisher.read import decode, read
from publisher.repair import repair, undo
from publisher.repair.offers import Offer, offers
from publisher.repair.passages import Reading
from publisher.repair.proposed import propose
from publisher.source import Source
from publisher.tree import walk
from publisher.tree.nodes import Collection
from tests.repair.mended import accept, mend, reject

Verdict: TypeAlias = Literal["accept", "reject"]
FAILED = {"stale-decision", "ambiguous-decision", "broken-decision"}


def unheard(_: Diagnostic) -> None:
    """What is not tested here."""


def desk(
    source: Source, decisions: Sequence[Decision]
) -> tuple[Collection, list[Offer], set[str]]:
    """A source as it is with decisions, what is still offered, and what was found."""
    found: list[Diagnostic] = []
    checked: list[Diagnostic] = []
    original = read((source,), found.append, decisions)
    repaired = repair(original, decisions, found.append)
    check(repaired, checked.append)
    collection = propose(repaired, original, checked, decisions, found.append)
    waiting = list(offers(Reading(collection, undo(collection))))
    return collection, waiting, {d.rule.name for d in found}


def decide(source: Source) -> None:
    """Take every offer, one after the other, and then refuse them all."""
    _, found, _ = desk(source, ())
    waiting = sorted(found, key=lambda offer: offer.place)  # joins first at their seams
    for verdict in ("accept", "reject"):
        decisions: list[Decision] = []
        left = {offer.place for offer in waiting}
        for offer in waiting:
            if offer.place not in left:
                continue  # a join that was decided has taken its line elsewhere
            after = offer.record.after or "〇"
            decisions.append(offer.decide(verdict, after, "试"))
            collection, now, names = desk(source, decisions)
            assert not names & FAILED, (source.name, decisions[-1])
            gone = left - {other.place for other in now}
            assert offer.place in gone, (source.name, decisions[-1])
            joins = offer.record.kind == "join"
            assert joins or gone == {offer.place}, (source.name, decisions[-1])
            left -= gone
            assert walk.restore(undo(collection), 1) == (source.text,)


TEXT = """# 学校安全条例

第一条 学校應當建立安全管理制度,配备专职人员,坚持马克思主义主义,落实 and 执行。

第二条 坚持马克思主义,由教育部门负责解释 and 监督实施,學校依照办理,學生同此。

近日,《学校安全条例》公布,负责人就有关问题回答了记者提问。

问:请介绍一下主要内容。

答:《学校安全条例》第二条规定,“坚持马克思主义,由教育部门负责说明和监督实施”。
"""


def test_every_offer_of_a_text_can_be_taken_and_refused() -> None:
    decide(Source("a.md", TEXT))


def test_every_offer_of_the_page_can_be_taken_and_refused(page: Path) -> None:
    decide(decode("page.md", page.read_bytes(), unheard))


def test_every_offer_of_damaged_texts_can_be_taken_and_refused(shared: Path) -> None:
    paths = sorted((shared / "corpus" / "damaged").glob("*.md"))
    assert paths
    for path in paths:
        decide(decode(path.name, path.read_bytes(), unheard))


def test_a_decision_leaves_the_proposals_beside_it_open() -> None:
    text = "第一条 学校應當建立安全管理制度，配备专职人员，负责监督实施。\n"
    both = accept("reg.art_1", "校應當建", "校应當建", rule="stray-traditional")
    mended = mend(text, both)
    states = [
        (r.before, r.after, r.status) for r in mended.records("stray-traditional")
    ]
    assert states == [("應", "应", "applied"), ("當", "当", "suggested")]
    no = Decision(
        "reject", "stray-traditional", "reg.art_1", "校應當建", "校應当建", "照录"
    )
    states = [
        (r.before, r.after, r.status)
        for r in mend(text, no).records("stray-traditional")
    ]
    assert states == [("應", "应", "suggested"), ("當", "当", "rejected")]
    plain = mend(text, reject("reg.art_1", "校應當建", "stray-traditional"))
    assert {r.status for r in plain.records("stray-traditional")} == {"rejected"}


@pytest.mark.parametrize(
    ("where", "before", "rule", "carried_out"),
    [
        ("reg.art_7", "建立安全管理制度", "editor", True),
        ("reg.art_2", "安全管理制度", "editor", True),
        ("qa.q_1__ans_1", "建立安全", "editor", True),
        ("reg.art_7", "建立", "editor", False),
        ("reg.art_7", "學", "stray-traditional", True),
        ("reg.art_7", "学校", "editor", False),
        ("reg.art_7", "没有的话", "editor", False),
    ],
)
def test_words_that_went_elsewhere_are_followed_if_there_is_no_doubt(
    where: str, before: str, rule: str, *, carried_out: bool
) -> None:
    text = "第一条 學校建立安全管理制度。\n\n第二条 学校依照办理，学校负责。\n"
    mended = mend(text, accept(where, before, "改" + before[1:], rule=rule))
    names = mended.names()
    assert ("moved-decision" in names) is carried_out
    assert ("stale-decision" in names) is not carried_out
    if carried_out:
        (note,) = (d for d in mended.found if d.rule.name == "moved-decision")
        assert note.where == "reg.art_1__para_1"
        assert where in note.message.en
        assert "改" in mended.words("reg.art_1")


SEAMS = (
    "（上接第1版）会议强调，要抓好各项工作落实，不断\n\n"
    "（上接第2版）大家表示，将认真学习有关精神，努力\n\n推进各项工作取得实效。\n"
)


def joins(verdict: str, before: str) -> tuple[list[str], set[str]]:
    decision = Decision(
        "accept" if verdict == "accept" else "reject",
        "join",
        "news",
        before,
        "",
        "版面",
    )
    collection, _, found = desk(Source("a.md", SEAMS), [decision])
    runs = [walk.plain(run) for d in collection.documents for _, run in walk.runs(d)]
    states = [f"{r.status} {r.reason}" for r in collection.repairs if r.kind == "join"]
    return runs + states, found


def test_a_join_is_where_the_editor_says_and_nowhere_else() -> None:
    own, found = joins("accept", "精神，努力\n推进各项")
    assert any(text.endswith("努力推进各项工作取得实效。") for text in own)
    assert "applied 版面" in own
    assert not found & {"ambiguous-join", *FAILED}
    other, found = joins("reject", "精神，努力\n推进各项")
    assert any(text.endswith("不断推进各项工作取得实效。") for text in other)
    assert "rejected 版面" in other
    assert not found & FAILED
    other, _ = joins("accept", "落实，不断\n推进各项")
    assert any(text.endswith("不断推进各项工作取得实效。") for text in other)


@pytest.mark.parametrize(
    ("verdict", "before"),
    [
        ("accept", "精神，努力推进各项"),
        ("accept", "没有\n推进各项"),
        ("reject", "没有\n推进各项"),
        ("accept", "推进各项\n精神，努力"),
    ],
)
def test_a_decision_about_a_seam_that_is_not_there_is_reported(
    verdict: str, before: str
) -> None:
    _, found = joins(verdict, before)
    assert "stale-decision" in found
