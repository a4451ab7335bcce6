"""Frozen dataclasses of ours are what `dataclasses` would make."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from publisher import frozen
from publisher.tree.nodes import Item, Reference, Text

Decorator = Callable[[type], Any]
OURS: Decorator = frozen.dataclass(frozen=True, slots=True)
THEIRS: Decorator = dataclasses.dataclass(frozen=True, slots=True)


def base() -> type:
    class Base:
        """What all have."""

        span: int = dataclasses.field(default=7, kw_only=True, compare=False)

    return Base


def derived(parent: type) -> type:
    class Derived(parent):  # type: ignore[misc]
        """With all that a field can be."""

        name: str
        parts: tuple[int, ...] = ()
        notes: list[int] = dataclasses.field(default_factory=list, repr=False)

    return Derived


def made(by: Decorator) -> Any:  # noqa: ANN401
    return by(derived(by(base())))


@pytest.mark.parametrize("by", [OURS, THEIRS])
def test_a_class_takes_says_and_compares_what_its_fields_say(by: Decorator) -> None:
    kind = made(by)
    one, other = kind("甲", (1,)), kind("甲", parts=(1,), span=9)
    assert one == other
    assert one != kind("乙", (1,))
    assert one != ("甲", (1,), [])
    assert repr(one).endswith("Derived(span=7, name='甲', parts=(1,))")
    assert kind.__match_args__ == ("name", "parts", "notes")
    assert [f.name for f in dataclasses.fields(kind)] == [
        *("span", "name", "parts", "notes"),
    ]
    assert one.notes is not other.notes
    with pytest.raises(TypeError):
        kind("甲", (1,), [], 9)


@pytest.mark.parametrize("by", [OURS, THEIRS])
def test_an_object_does_not_change_and_a_copy_may_differ(by: Decorator) -> None:
    one = made(by)("甲", span=3)
    with pytest.raises(dataclasses.FrozenInstanceError, match="'name'"):
        one.name = "乙"
    with pytest.raises(dataclasses.FrozenInstanceError, match="'name'"):
        del one.name
    assert not hasattr(one, "__dict__")
    assert dataclasses.replace(one, name="乙").name == "乙"
    assert dataclasses.replace(one, name="乙").span == 3
    assert copy.copy(one).span == 3


@pytest.mark.parametrize("by", [OURS, THEIRS])
def test_hashes_follow_comparison_and_a_method_of_its_own_stays(by: Decorator) -> None:
    class Own:
        """Compared by its size."""

        text: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own) and len(other.text) == len(self.text)

        def __hash__(self) -> int:
            return len(self.text)

    class Plain:
        """Compared by what it holds."""

        text: str
        span: int = dataclasses.field(default=0, compare=False)

    own, plain = by(Own), by(Plain)
    assert hash(own("三个字")) == 3
    assert len({plain("甲"), plain("甲", 5), plain("乙")}) == 2


def test_replacing_is_what_dataclasses_would_do() -> None:
    text = Text("第三条", span=dataclasses.replace(Text("").span, start=4))
    other = frozen.replace(text, text="第四条")
    assert (other.text, other.span) == ("第四条", text.span)
    with pytest.raises(TypeError):
        frozen.replace(text, words="第四条")  # type: ignore[call-arg]
    one = made(THEIRS)("甲", span=3)
    assert frozen.replace(one, name="乙") == dataclasses.replace(one, name="乙")


def test_a_node_is_the_same_after_pickling() -> None:
    text = Text("第三条", span=dataclasses.replace(Text("").span, start=4))
    node = Item((1, 0), text, (Reference((text,), None, ("art_3",)),), id="a")
    back = pickle.loads(pickle.dumps(node))  # noqa: S301
    assert back == node
    assert (back.id, back.label.span) == ("a", text.span)


def test_a_class_that_asks_for_more_is_left_to_dataclasses() -> None:
    class Ordered:
        """Has an order."""

        at: int

    by: Any = frozen.dataclass
    kind = by(frozen=True, slots=True, order=True)(Ordered)
    assert kind(1) < kind(2)
