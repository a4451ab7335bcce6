"""What is read is in the record, whoever reads it and however."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher import inputs
from publisher.inputs import GONE, Input, digest, per_file, recording, unrecorded


def read_with_os(path: Path) -> None:
    os.close(os.open(path, os.O_RDONLY))


def look_for(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        path.with_name("absent").read_bytes()


READS: dict[str, Callable[[Path], object]] = {
    "Path": Path.read_bytes,
    "open": lambda path: open(path).close(),  # noqa: PTH123
    "bytes": lambda path: open(os.fsencode(path)).close(),  # noqa: PTH123
    "os.open": read_with_os,
    "digest": lambda path: digest(str(path)),
    "relative": lambda path: Path(os.path.relpath(path)).read_text(),
}


@pytest.mark.parametrize("way", READS)
def test_each_way_to_read_a_file_is_recorded(tmp_path: Path, way: str) -> None:
    file = tmp_path / "file"
    file.write_text("words")
    with recording() as record:
        READS[way](file)
    found = record.inputs()
    assert found == (Input(str(file), digest(str(file))),)


def test_a_file_that_is_not_there_is_an_input_too(tmp_path: Path) -> None:
    with recording() as record:
        look_for(tmp_path / "file")
    assert record.inputs() == (Input(str(tmp_path / "absent"), GONE),)


def test_a_listed_folder_is_told_by_its_names(tmp_path: Path) -> None:
    with recording() as record:
        list(tmp_path.glob("*.md"))
        list(os.scandir(tmp_path))
    before = record.inputs()
    (tmp_path / "new.md").write_text("")
    with recording() as record:
        list(tmp_path.iterdir())
    after = record.inputs()
    assert before
    assert after
    assert [each.path for each in before + after] == [f"{tmp_path}/"] * 2
    assert before != after


def test_what_is_written_is_no_input(tmp_path: Path) -> None:
    with recording() as record:
        (tmp_path / "out").write_bytes(b"1")
        with (tmp_path / "out").open("ab") as file:
            file.write(b"2")
        tmp_path.joinpath("folder").mkdir()
    assert record.inputs() == ()


def test_a_file_that_changes_while_it_is_read_makes_a_record_void(
    tmp_path: Path,
) -> None:
    file = tmp_path / "file"
    file.write_text("words")
    with recording() as record:
        file.read_bytes()
        file.write_text("other words")
    assert record.inputs() is None


def test_a_record_around_a_record_hears_of_it_too(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
    with recording() as outer:
        (tmp_path / "a").read_bytes()
        with recording() as inner:
            (tmp_path / "b").read_bytes()
        with unrecorded():
            (tmp_path / "c").read_bytes()
    assert [Path(path).name for path in inner.seen] == ["b"]
    assert sorted(Path(path).name for path in outer.seen) == ["a", "b"]


def test_what_is_kept_of_a_file_is_recorded_each_time_and_made_anew_if_it_changed(
    tmp_path: Path,
) -> None:
    made = []

    @per_file
    def length(file: str, factor: int) -> int:
        made.append(file)
        return factor * len(Path(file).read_bytes())

    file = tmp_path / "file"
    file.write_text("four")
    assert [length(str(file), 1), length(str(file), 2), length(str(file), 1)] == [
        4,
        8,
        4,
    ]
    assert len(made) == 2
    with recording() as record:
        length(str(file), 1)
    assert list(record.seen) == [str(file)]
    file.write_text("eleven more")
    assert length(str(file), 1) == 11


def test_a_large_file_is_read_again_only_if_its_state_changed(tmp_path: Path) -> None:
    file = tmp_path / "face.ttc"
    file.write_bytes(b"a" * (inputs.SMALL + 1))
    os.utime(file, ns=(0, 0))
    fresh = digest(str(file))
    assert str(file) not in inputs.known(), "its entry changed a moment ago"
    now = inputs.state(str(file))
    inputs.remember({str(file): (now, "known")})
    assert digest(str(file)) == "known"
    file.write_bytes(b"b" * (inputs.SMALL + 1))
    os.utime(file, ns=(0, 0))
    changed = digest(str(file))
    assert changed not in ("known", fresh), "same size, same time, other entry"


def test_a_small_file_is_always_read(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("words")
    inputs.remember({str(file): (inputs.state(str(file)), "not this")})
    assert digest(str(file)) != "not this"
