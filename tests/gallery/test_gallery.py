"""The gallery's table names pages that there are, and a shot makes a picture of one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.gallery.gallery import (
    BOOKS,
    CAMERAS,
    READERS,
    Shot,
    build,
    found,
    looked,
    shots,
)

ONE = tuple(s for s in shots() if (s.book, s.edition) == ("sample", "booklet"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ONE, tmp_path_factory.mktemp("gallery"))["sample", "booklet"]


def test_every_shot_has_a_name_of_its_own_a_book_and_a_camera() -> None:
    table = shots()
    assert len({shot.name for shot in table}) == len(table)
    assert {shot.book for shot in table} == set(BOOKS)
    assert {shot.camera for shot in table} == set(CAMERAS)
    editions = {shot.edition for shot in table}
    assert editions >= {"booklet", "large-print", "a4", "booklet-tw", "booklet-hk"}


def test_every_shot_of_the_sample_finds_its_page(built: Path) -> None:
    numbers = [found(shot, looked(built)).number for shot in ONE]
    assert len(numbers) > 5
    assert all(0 < number <= len(looked(built).pages) for number in numbers)


def test_a_shot_of_what_is_nowhere_is_an_error(built: Path) -> None:
    shot = Shot("x", "sample", "booklet", "书里没有的话")
    with pytest.raises(LookupError, match="no page shows"):
        found(shot, looked(built))


@pytest.mark.parametrize("camera", sorted(CAMERAS.keys() - READERS.keys()))
def test_a_camera_makes_a_picture(built: Path, tmp_path: Path, camera: str) -> None:
    shot = Shot("x", "sample", "booklet", "借还图书", camera)
    CAMERAS[camera](shot, built, tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")
    assert [path.name for path in tmp_path.iterdir()] == ["x.png"]


@pytest.mark.parametrize("camera", sorted(READERS))
def test_a_reader_shows_a_page_of_an_epub(tmp_path: Path, camera: str) -> None:
    shot = next(s for s in shots() if s.camera == camera and "vertical" in s.name)
    made = build((shot,), tmp_path / "books")[shot.book, shot.edition]
    CAMERAS[camera](shot, made, tmp_path / "x.png")
    with Image.open(tmp_path / "x.png") as picture:
        darkest, lightest = picture.convert("L").getextrema()
    assert lightest > 200  # type: ignore[operator]
    assert darkest < 100  # type: ignore[operator]
