"""What a process that stays remembers, and when it forgets it."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest

from publisher import remembered
from publisher.remembered import MEMORIES, MOST, remembering, tally

ASKED: list[str] = []


@remembered.remembered
def backwards(text: str, *, twice: bool = False) -> str:
    ASKED.append(text)
    return text[::-1] * (1 + twice)


def pairs(text: str) -> list[str]:
    return [a + b for a, b in pairwise(text)]


@pytest.fixture(autouse=True)
def _afresh() -> None:
    remembered.forget()
    ASKED.clear()


def test_what_the_last_round_asked_for_is_not_asked_again() -> None:
    with remembering("a"):
        assert [backwards("ab"), backwards("ab"), backwards("cd")] == ["ba", "ba", "dc"]
    with remembering("a"):
        assert [backwards("ab"), backwards("ef")] == ["ba", "fe"]
    assert ASKED == ["ab", "cd", "ef"]


def test_what_a_round_did_not_ask_for_is_forgotten() -> None:
    for word in ("ab", "cd", "ab"):
        with remembering("a"):
            backwards(word)
    assert ASKED == ["ab", "cd", "ab"]


def test_rounds_of_different_names_know_nothing_of_each_other() -> None:
    for name in ("a", "b", "a"):
        with remembering(name):
            backwards("ab")
    assert ASKED == ["ab", "ab"]


def test_named_arguments_are_told_apart() -> None:
    with remembering("a"):
        assert backwards("ab", twice=True) == "baba"
        assert backwards("ab") == "ba"


def test_outside_a_round_nothing_is_kept() -> None:
    assert [backwards("ab"), backwards("ab")] == ["ba", "ba"]
    assert ASKED == ["ab", "ab"]
    assert not MEMORIES


def test_a_round_that_fails_is_forgotten() -> None:
    def fail() -> None:
        with remembering("a"):
            backwards("ab")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not MEMORIES


def test_the_switch_leaves_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISHER_PLAIN", "remembered")
    with remembering("a"):
        assert [backwards("ab"), backwards("ab")] == ["ba", "ba"]
        assert tally(pairs, ["aba"]) == Counter(["ab", "ba"])
    assert ASKED == ["ab", "ab"]


def test_no_more_is_kept_than_so_many_rounds() -> None:
    for number in range(MOST + 5):
        with remembering(str(number)):
            backwards("ab")
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
