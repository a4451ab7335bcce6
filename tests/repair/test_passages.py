from __future__ import annotations

from publisher.repair.edits import edits
from publisher.repair.passages import Passage, Reading, passages
from publisher.source import Span
from publisher.tree.nodes import Collection, Document, Prose, Text
from tests.repair.mended import mend


def passage(*texts: Text) -> Passage:
    document = Document("prose", (), (Prose(texts, id="prose_1"),), id="prose")
    (only,) = passages(document)
    return only


REPLACED = passage(
    Text("甲乙", span=Span(0, 0, 2)),
    Text("丙丁", span=Span(0, 2, 7)),
    Text("戊", span=Span(0, 9, 10)),
)


def test_a_stretch_is_given_in_the_spans_of_its_source() -> None:
    assert REPLACED.stretches(0, 4) == (Span(0, 0, 7),)
    assert REPLACED.stretches(1, 5) == (Span(0, 1, 7), Span(0, 9, 10))


def test_a_part_of_what_was_replaced_as_a_whole_has_no_source() -> None:
    assert REPLACED.stretches(0, 3) == ()
    assert REPLACED.spot(2) is None
    assert REPLACED.spot(1) == Span(0, 1, 2)


def test_places_of_the_source_are_found_in_the_passage() -> None:
    assert REPLACED.offset(Span(0, 1, 2)) == 1
    assert REPLACED.offset(Span(0, 2, 7)) == 2
    assert REPLACED.offset(Span(0, 2, 7), end=True) == 4
    assert REPLACED.offset(Span(0, 9, 10), end=True) == 5


def test_what_was_replaced_as_a_whole_is_not_changed_in_part() -> None:
    assert edits(REPLACED, 2, 3, "己") == ()
    assert edits(REPLACED, 2, 4, "己庚辛")[0].span == Span(0, 2, 7)


def test_nothing_is_made_of_a_change_of_nothing() -> None:
    assert edits(REPLACED, 0, 2, "甲乙") == ()


def test_an_empty_collection_can_be_read() -> None:
    nothing = Collection(())
    reading = Reading(nothing, nothing)
    assert reading.words == ""
    assert reading.within(Span(0, 0, 9)) == ""
    assert reading.passage_at(0, 0) is None
    assert reading.inside("reg") == ()
    assert mend("").collection.repairs == ()
