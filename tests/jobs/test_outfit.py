"""Templates and fonts on other machines: a book is made with those of home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from publisher import assets, fonts, jobs
from publisher.cache.store import Store
from publisher.diagnostics import Problem
from publisher.jobs import outfit, remote
from publisher.jobs.outfit import Outfit, lacking, worn
from tests.conftest import ROOT
from tests.jobs.farm import NAMES, build, farm
from tests.jobs.test_many import laws, sums


def checkout(folder: Path) -> Path:
    """Another copy of what a build runs from."""
    for name in ("publisher", "templates", "fonts"):
        skip = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    return folder


def own_kai(folder: Path) -> None:
    """A face of one's own for 楷体, in the checkout's folder of fonts."""
    faces = fonts.load(assets.fonts()).faces
    (kai,) = {f.file for f in faces if f.role == "kai" and f.file}
    shutil.copy(kai, folder / "fonts" / "LXGWWenKai-Regular.ttf")


def test_a_worker_whose_templates_and_fonts_differ_makes_the_same_books(
    tmp_path: Path,
) -> None:
    paths = laws(tmp_path / "laws", 2)
    other = checkout(tmp_path / "other")
    own_kai(other)
    for style in (other / "templates").rglob("*.css"):
        with style.open("a", encoding="utf-8") as file:
            file.write("\np { color: red !important }\n")
    (other / "templates" / "epub" / "nav.xhtml").unlink()
    table = other / "fonts" / "fonts.toml"
    said = table.read_text("utf-8").replace("Noto Serif CJK SC", "Noto Sans CJK SC")
    table.write_text(said, "utf-8")
    home = jobs.build(paths, NAMES, tmp_path / "home")
    with farm(tmp_path / "farm") as made:
        made.worker(PYTHONPATH=str(other))
        away = build(made, paths, tmp_path / "away")
    assert not away.failures
    assert sums(away) == sums(home)
    again = jobs.build(paths, NAMES, tmp_path / "away")
    assert all(each.cached for each in again.targets), "it is home's that were read"


def test_a_font_of_one_s_own_goes_to_the_workers(tmp_path: Path) -> None:
    """And is gone from them when another build comes."""
    paths = laws(tmp_path / "laws", 1)
    plain = jobs.build(paths, NAMES, tmp_path / "plain")
    own = checkout(tmp_path / "own")
    own_kai(own)

    def built(out: str, *options: str) -> dict[str, bytes]:
        command = [sys.executable, "-m", "publisher", "build", *map(str, paths)]
        named = (each for name in NAMES for each in ("-e", name))
        subprocess.run(
            [*command, *named, "-o", out, *options],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(own)},
            check=True,
        )
        files = (tmp_path / out).glob("*/*/*.*")
        return {f"{f.parent.name}/{f.name}": f.read_bytes() for f in sorted(files)}

    home = built("home")
    with farm(tmp_path / "farm") as made:
        made.worker()
        there = ("--engine", "dask", "--scheduler", made.address)
        assert built("away", *there) == home
        assert sums(build(made, paths, tmp_path / "next")) == sums(plain)
    booklet = plain.targets[1]
    assert home[f"booklet/{booklet.path.name}"] != booklet.path.read_bytes()


@pytest.mark.parametrize("how", ["a character of no face", "a template that asks"])
def test_what_other_fonts_of_home_may_set_is_set_at_home(
    how: str, tmp_path: Path
) -> None:
    """The worker has none: another face, or an empty box, would stand there."""
    book = tmp_path / "book"
    (book / "templates" / "print").mkdir(parents=True)
    if how == "a template that asks":
        style = (ROOT / "templates" / "print" / "book.css").read_text("utf-8")
        style += '\n.article { font-family: "DejaVu Sans" }\n'
        (book / "templates" / "print" / "book.css").write_text(style, "utf-8")
    (law,) = laws(tmp_path / "laws", 1)
    text = law.read_text("utf-8")
    (book / "text.md").write_text(text.replace("开放。", "开放ᚁabc。"), "utf-8")
    (book / "book.toml").write_text(
        'schema = 1\n[book]\nid = "own"\ntitle = "办法"\n[[source]]\n'
        'file = "text.md"\n',
        "utf-8",
    )
    bare = tmp_path / "bare"
    bare.mkdir()
    config = bare / "fonts.conf"
    config.write_text(outfit.CONFIGURATION.format(folder=bare))
    home = jobs.build([book], NAMES, tmp_path / "home")
    with farm(tmp_path / "farm") as made:
        made.worker(
            FONTCONFIG_FILE=str(config),
            HOME=str(bare),
            XDG_DATA_DIRS=str(bare),
            XDG_DATA_HOME=str(bare),
        )
        away = build(made, [book], tmp_path / "away")
    assert not away.failures
    assert sums(away) == sums(home)


def test_an_outfit_that_somebody_tidied_or_changed_is_put_right(tmp_path: Path) -> None:
    store, (own, places) = Store(tmp_path / "objects"), outfit.own()
    small = Outfit(own.ours)
    assert sorted(f"{p.name}/" for p in places.values() if p.suffix == ".toml")
    with worn(store, small):
        place = assets.templates()
        style = place / "print" / "book.css"
        whole = style.read_bytes()
    assert place != assets.templates()
    style.write_text("p { color: red }", "utf-8")
    (place / "print" / "book.html").unlink()
    with worn(store, small):
        assert assets.templates() == place
        assert style.read_bytes() == whole
        assert (place / "print" / "book.html").exists()


def test_what_a_machine_is_sent_can_be_read_by_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(remote.PLACE, raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"publisher-{os.getuid()}").mkdir(mode=0o755)
    remote.keep([b"a draft"])
    (place,) = tmp_path.iterdir()
    assert place.stat().st_mode & 0o777 == 0o700
    place.rename(tmp_path / "elsewhere")
    place.symlink_to("elsewhere")
    with pytest.raises(Problem, match="somebody else's, or a link"):
        remote.keep([b"a draft"])


@pytest.mark.parametrize("name", ["../evil.txt", "a/../../evil.txt", "/evil.txt"])
def test_what_is_sent_lies_nowhere_but_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="evil"):
        outfit.inside(tmp_path, name)


def test_a_mistake_is_told_at_the_place_that_it_has_at_home(tmp_path: Path) -> None:
    (law,) = laws(tmp_path / "laws", 1)
    own = law.parent / "templates" / "epub"
    own.mkdir(parents=True)
    (own / "colophon.xhtml").write_text("{% broken", "utf-8")
    with farm(tmp_path / "farm") as made:
        made.worker()
        away = build(made, [law], tmp_path / "away")
    failed = [each for each in away.failures if each.target.edition.format == "epub"]
    assert [each.problem.place for each in failed] == [f"{own}/colophon.xhtml:1"]


def test_only_what_a_machine_has_not_is_lacking(tmp_path: Path) -> None:
    store, (own, _) = Store(tmp_path / "objects"), outfit.own()
    assert not list(lacking(store, own))
    other = Outfit((*own.ours, ("templates/print/new.css", "0" * 64)), own.faces)
    assert list(lacking(store, other)) == ["0" * 64]


def test_variables_of_the_worker_reach_no_book_and_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_PATH", "/nowhere")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    before = dict(os.environ)
    with worn(Store(tmp_path / "objects"), Outfit()) as faces:
        assert "FONTCONFIG_PATH" not in os.environ
        assert faces.parent == Path(os.environ["XDG_DATA_HOME"])
        assert os.environ["HOME"].startswith(str(tmp_path))
    assert dict(os.environ) == before
