from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from publisher.diagnostics import Diagnostic
from publisher.read import decode, read
from publisher.source import Source
from publisher.tree.nodes import Collection, SignOff
from publisher.tree.walk import plain, restore, walk
from tests.read.shuffled import Truth, deal, half_orders, riffle, truth, whole_orders


@pytest.fixture(scope="session")
def known(shared: Path) -> Truth:
    return truth(shared)


@pytest.fixture(scope="session")
def source(page: Path) -> Source:
    return decode("page.md", page.read_bytes(), lambda _: None)


@pytest.fixture(scope="session")
def collection(source: Source) -> Collection:
    return read([source], lambda _: None)


def test_the_page_has_its_ten_joins_and_each_line_its_document(known: Truth) -> None:
    order = sorted(n for lines in known.documents.values() for n in lines)
    result = deal(known, order)
    assert result.exact
    assert result.documents == 4


def test_documents_may_stand_in_any_order(known: Truth) -> None:
    wrong = [order for order in whole_orders(known) if not deal(known, order).exact]
    assert wrong == []


def test_documents_may_be_interleaved_anywhere_at_their_own_cuts(known: Truth) -> None:
    orders = islice(half_orders(known), 0, None, 6)  # all 180 hold; 30 are enough here
    wrong = [order for order in orders if not deal(known, order).exact]
    assert wrong == []


def test_a_page_dealt_like_cards_keeps_nearly_all_its_joins(known: Truth) -> None:
    results = [deal(known, riffle(known, seed, 15)) for seed in range(12)]
    found = sum(10 - len(result.missed) for result in results)
    strays = sum(len(result.strays) for result in results)
    assert found >= 0.97 * 120
    assert strays <= 0.08 * 92 * 12


def test_the_page_comes_back_out_of_the_tree(
    source: Source, collection: Collection
) -> None:
    assert restore(collection, 1) == (source.text,)


def test_the_documents_are_known_for_what_they_are(collection: Collection) -> None:
    assert [d.id for d in collection.documents] == ["reg", "qa", "news", "news-2"]
    regulation, interview, *news = collection.documents
    assert plain(regulation.title) == "党史学习教育工作条例"
    assert regulation.note
    assert [(e.date, e.act) for e in regulation.note.events] == [
        ("2024-01-18", "中共中央政治局常委会会议审议批准"),
        ("2024-02-05", "中共中央发布"),
    ]
    assert regulation.tail_missing
    assert not interview.title
    assert all(document.head_missing for document in news)
    ids = {node.id for node in walk(interview) if isinstance(node, SignOff)}
    assert ids == {"signoff_1"}


def test_run_on_items_and_questions_are_split_where_the_truth_says(
    known: Truth, source: Source, collection: Collection
) -> None:
    lines = {source.locate(split.start)[0] for split in collection.splits}
    assert lines >= known.splits - {177}  # a run of quotations may stay together
    assert {source.line(n)[:4] for n in lines - known.splits} <= {"(上接第"}


def test_the_cut_of_the_regulation_is_reported_once(source: Source) -> None:
    found: list[Diagnostic] = []
    read([source], found.append)
    cuts = [d for d in found if d.rule.name == "truncated"]
    assert [d.where for d in cuts] == ["reg.art_25__para_1"]
    assert source.locate(cuts[0].span.start)[0] == 117


def test_clean_laws_are_one_document_without_joins(shared: Path) -> None:
    joined = {}
    for path in sorted((shared / "corpus" / "laws").glob("*.md")):
        source = decode(path.name, path.read_bytes(), lambda _: None)
        collection = read([source], lambda _: None)
        assert restore(collection, 1) == (source.text,)
        assert len(collection.documents) == 1, path.name
        for join in collection.joins:
            right = source.text[join.right.start : join.right.end]
            joined[path.name] = right[:1]
    # 27 has a paragraph that begins with the stop of the one before it.
    assert set(joined.values()) <= {"。"}
