"""What a process that stays remembers, and when it forgets it."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from publisher import pipeline, remembered
from publisher.cache import pickled
from publisher.diagnostics import Diagnostic
from publisher.edition.prepared import Prepared
from publisher.jobs.known import read_now
from publisher.remembered import MEMORIES, MOST, remembering, tally
from tests.conftest import ROOT
from tests.jobs.test_watching import edited

ASKED: list[str] = []


def letters(text: str) -> str:
    ASKED.append(text)
    return text


def pairs(text: str) -> list[str]:
    return [a + b for a, b in pairwise(text)]


@pytest.fixture(autouse=True)
def _afresh() -> None:
    remembered.forget()
    ASKED.clear()


@pytest.mark.parametrize("seed", range(3))
def test_after_each_edit_a_book_is_read_and_prepared_as_if_for_the_first_time(
    seed: int, tmp_path: Path
) -> None:
    """A page of several documents, whose words are counted to deal its lines out."""
    chance = random.Random(seed)  # noqa: S311
    file = tmp_path / "page.md"
    text = (ROOT / "sources" / "dangshi" / "page.md").read_text("utf-8")

    def made() -> tuple[object, bytes, Prepared]:
        loaded, found = pipeline.load(file), list[Diagnostic]()
        facts, reading, _ = read_now(loaded)
        edition = loaded.book.editions[0]
        prepared = pipeline.prepared_of(loaded, reading, edition, found.append)
        told = replace(prepared, convert=str)
        return (facts, found), pickled.dumps(reading), told

    for _ in range(8):
        file.write_text(text, "utf-8")
        with remembering("a"):
            warm = made()
        assert warm == made()
        assert MEMORIES["a"].now, "it was asked for something"
        text = edited(text, chance)


def test_what_the_last_round_counted_is_not_counted_again() -> None:
    with remembering("a"):
        assert tally(letters, ["ab", "cd"]) == Counter("abcd")
    with remembering("a"):
        assert tally(letters, ["ab", "cd", "ef"]) == Counter("abcdef")
    assert ASKED == ["ab", "cd", "ef"]


def test_what_a_round_did_not_ask_for_is_forgotten() -> None:
    for asked in (True, False, True):
        with remembering("a"):
            if asked:
                tally(letters, ["ab"])
    assert ASKED == ["ab", "ab"]


def test_rounds_of_different_names_know_nothing_of_each_other() -> None:
    for name in ("a", "b", "a"):
        with remembering(name):
            tally(letters, ["ab"])
    assert ASKED == ["ab", "ab"]


def test_outside_a_round_nothing_is_kept() -> None:
    assert tally(letters, ["ab"]) == tally(letters, ["ab"]) == Counter("ab")
    assert ASKED == ["ab", "ab"]
    assert not MEMORIES


def test_a_round_that_fails_is_forgotten() -> None:
    def fail() -> None:
        with remembering("a"):
            tally(letters, ["ab"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not MEMORIES


def test_the_switch_leaves_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISHER_PLAIN", "remembered")
    with remembering("a"):
        assert tally(letters, ["ab"]) == Counter("ab")
    with remembering("a"):
        assert tally(letters, ["ab"]) == Counter("ab")
    assert ASKED == ["ab", "ab"]


def test_no_more_is_kept_than_so_many_rounds() -> None:
    for number in range(MOST + 5):
        with remembering(str(number)):
            tally(letters, ["ab"])
    assert len(MEMORIES) == MOST
    assert not any(memory.before for memory in MEMORIES.values())


def test_a_tally_after_each_edit_is_that_of_all_texts() -> None:
    chance = random.Random(7)  # noqa: S311
    texts = ["".join(chance.choices("abc", k=6)) for _ in range(30)]
    for _ in range(40):
        match chance.randrange(4):
            case 0:
                texts[chance.randrange(len(texts))] += chance.choice("abc")
            case 1:
                texts.insert(chance.randrange(len(texts)), chance.choice(texts))
            case 2:
                del texts[chance.randrange(len(texts))]
            case _:
                texts = ["".join(chance.choices("ab", k=4)) for _ in texts]
        with remembering("a"):
            whole, first = tally(pairs, texts), tally(pairs, texts[:5])
        for counted, of in ((whole, texts), (first, texts[:5])):
            assert counted == Counter(pair for text in of for pair in pairs(text))
            assert all(counted.values()), "what stands nowhere is in no tally"
