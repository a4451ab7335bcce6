"""The cache on the disk: whole values or none, and not too many."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from publisher import jobs
from publisher.cache import clear, info, store_in
from publisher.cache.pickled import dumps, loads
from publisher.cache.store import Store, shrink
from publisher.read.spans import Bold, Reading
from publisher.source import Span
from publisher.tree.nodes import Strong, Text


def the_object(store: Store, digest: str) -> Path:
    return store.folder / "objects" / digest[:2] / digest[2:]


def test_an_object_comes_back_as_it_was_put(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    digest = store.put(b"some bytes")
    assert store.get(digest) == b"some bytes"
    assert store.get("0" * 64) is None


@pytest.mark.parametrize("damaged", [b"", b"some byte", b"some bytez"])
def test_a_damaged_object_that_nobody_asked_for_is_put_again(
    tmp_path: Path, damaged: bytes
) -> None:
    store = store_in(tmp_path)
    digest = store.put(b"some bytes")
    the_object(store, digest).write_bytes(damaged)
    store.put(b"some bytes")
    assert store.get(digest) == b"some bytes"


@pytest.mark.parametrize("damaged", [b"", b"some byte", b"some bytez", b"some bytes "])
def test_a_damaged_object_is_none_and_is_put_again(
    tmp_path: Path, damaged: bytes
) -> None:
    store = store_in(tmp_path)
    digest = store.put(b"some bytes")
    the_object(store, digest).write_bytes(damaged)
    assert store.get(digest) is None
    assert not the_object(store, digest).exists()
    store.put(b"some bytes")
    assert store.get(digest) == b"some bytes"


def test_a_trace_with_one_changed_byte_is_none(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.put_trace("a name", [{"pages": 24}])
    assert store.trace("a name") == [{"pages": 24}]
    (file,) = (each for each in store.folder.glob("traces-1/*/*"))
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert store.trace("a name") == []
        file.write_bytes(whole[:at])
        assert store.trace("a name") == []


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file where the folder should be")
    store = store_in(tmp_path)
    assert store.get(store.put(b"lost")) is None
    store.put_trace("a name", [1])
    assert store.trace("a name") == []


def test_the_least_recently_used_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISHER_CACHE_MIB", "1")
    store = store_in(tmp_path)
    digests = [store.put(bytes([n]) * 300_000) for n in range(4)]
    for n, digest in enumerate(digests):
        os.utime(the_object(store, digest), (n, n))
    assert store.get(digests[0]) is not None, "used now, so the last to go"
    shrink(store)
    left = [store.get(digest) is not None for digest in digests]
    assert left == [True, False, False, True]
    assert info(store).bytes == 600_000


def test_nothing_goes_while_there_is_room(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    digest = store.put(b"some bytes")
    shrink(store)
    assert store.get(digest) is not None


def test_a_cleared_cache_is_gone(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.put(b"some bytes")
    store.put_trace("a name", [1])
    assert (info(store).objects, info(store).traces) == (1, 1)
    assert clear(store) == 10 + len("[1]") + 65
    assert not store.folder.exists()


class Dangerous:
    """Runs a command where it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.system, ("touch ran",))


@pytest.mark.parametrize("value", [Dangerous(), jobs.build, Path, {1: os.getcwd}])
def test_a_cache_from_elsewhere_runs_no_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: object
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="not a value of ours"):
        loads(dumps(value))
    assert not Path("ran").exists()


def test_values_of_ours_come_back() -> None:
    value = {"a": (Span(0, 1, 2), Path("x"), None, frozenset({"y"}))}
    assert loads(dumps(value)) == value


def test_every_field_of_a_value_of_ours_comes_back() -> None:
    span = Span(0, 1, 2)
    text = Text("条", span=span)
    value = (Strong((text,), span=Span(0, 0, 9)), text, Bold(), Reading("tiáo"))
    found = loads(dumps(value))
    assert isinstance(found, tuple)
    assert repr(found) == repr(value)
    assert found[1].span == span  # no part of what makes two texts equal
    assert found[0].inlines[0] is found[1]
