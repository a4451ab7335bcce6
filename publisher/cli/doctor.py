"""``publisher doctor``: what this machine has, what it lacks, and what to do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module, metadata

import click

from publisher import assets, fonts
from publisher.cli import helping
from publisher.cli.options import as_json, common
from publisher.cli.voice import Voice, print_json, voice
from publisher.diagnostics import NOTHING, Problem, Words
from publisher.pipeline import LIBRARIES

MISSING = 5
PYTHON = (3, 11)

_SAYS = Words(
    """检查这台电脑缺什么。

缺了做书必需的东西，退出码为 5。""",
    """See whether this machine has all it needs.

The exit code is 5 if something is missing that books need.""",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``needed``: no book can be made without it."""

    name: str
    good: bool
    detail: str
    cure: Words = NOTHING
    needed: bool = True


@helping.command("doctor", says=_SAYS)
@as_json
@common
def command(*, json_: bool) -> int:
    """See whether this machine has all it needs."""
    spoken = voice()
    findings = list(examine())
    if json_:
        print_json({"checks": [_object(each, spoken) for each in findings]})
    else:
        for each in findings:
            click.echo(_line(each, spoken))
    lacking = [each for each in findings if each.needed and not each.good]
    if not json_:
        click.echo(spoken.words(_LACKING if lacking else _FINE))
    return MISSING if lacking else 0


def examine() -> Iterator[Finding]:
    """Look at everything in turn."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= PYTHON, version, _PYTHON)
    yield from (library(name, pin) for name, pin in required(_declared()))
    yield works("OpenCC (s2tw)", _convert_a_word, _OPENCC)
    yield works("WeasyPrint (Pango)", _load_weasyprint, _PANGO)
    yield speed()
    yield from _fonts()
    java = shutil.which("java")
    yield Finding("Java", bool(java), java or "–", _JAVA, needed=False)


def _declared() -> list[str]:
    try:
        return metadata.requires("publisher") or []
    except metadata.PackageNotFoundError:  # run from a checkout without installing
        return list(LIBRARIES)


def required(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Packages that are needed: name, and the exact version or empty.

    ``lines`` are as package metadata has them: ``weasyprint==70.0``, ``click>=8.1``.
    """
    for line in lines:
        if "extra ==" not in line:
            name, exact, version = line.partition("==")
            end = next((n for n, c in enumerate(line) if c in "<>=!~ ;["), len(line))
            yield (name, version) if exact else (line[:end], "")


def library(name: str, pin: str = "") -> Finding:
    """Whether a package is here, in the exact version where one is needed."""
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        found = ""
    good = bool(found) and pin in ("", found)
    wanted = f"{name}=={pin}" if pin else name
    return Finding(name, good, found or "–", _PIP.fill(pin=wanted))


def works(name: str, attempt: Callable[[], str], cure: Words) -> Finding:
    """Whether something does what it is needed for."""
    try:
        return Finding(name, good=True, detail=attempt())
    except Problem as problem:
        return Finding(name, good=False, detail=str(problem), cure=problem.hint)
    except (ImportError, OSError) as error:  # a package, or a library it loads
        return Finding(name, good=False, detail=str(error), cure=cure)


def _convert_a_word() -> str:
    """OpenCC, and none of the packages that put their own ``opencc`` in its place."""
    from publisher.edition import convert

    return f"发展 → {convert('发展', 'zh-Hant-TW')}"


def _load_weasyprint() -> str:
    return str(import_module("weasyprint").__version__)


def speed() -> Finding:
    """What makes layout faster, if it knows the libraries that are here."""
    name = "WeasyPrint (speed-ups)"
    try:
        from publisher.typeset.swift import left_out

        left = left_out()
    except (ImportError, OSError):  # said already
        return Finding(name, good=False, detail="–", needed=False)
    why = ", ".join(dict.fromkeys(left.values()))
    detail = f"{', '.join(left)} ← {why}" if left else "–"
    return Finding(name, not left, detail, _SLOW, needed=False)


def _fonts() -> Iterator[Finding]:
    """Each family by name, and whether all weights of it are here."""
    faces = fonts.load(assets.fonts()).faces
    for family in dict.fromkeys(face.family for face in faces):
        own = [face for face in faces if face.family == family]
        absent = [face for face in own if face.file is None]
        detail = next((str(face.file.parent) for face in own if face.file), "–")
        line = fonts.install_line(absent)
        yield Finding(family, not absent, detail, Words(line, line))


def _object(each: Finding, spoken: Voice) -> dict[str, object]:
    return {
        "name": each.name,
        "ok": each.good,
        "needed": each.needed,
        "detail": each.detail,
        "cure": None if each.good else spoken.words(each.cure) or None,
    }


def _line(each: Finding, spoken: Voice) -> str:
    mark = "✓" if each.good else "✗" if each.needed else "–"
    out = f"{mark} {each.name}  {each.detail}"
    cure = "" if each.good else spoken.words(each.cure)
    return f"{out}\n    {cure}" if cure else out


_PYTHON = Words("请安装 Python 3.11 或更新的版本", "install Python 3.11 or newer")
_PIP = Words("请运行：pip install {pin}", "run: pip install {pin}")
_OPENCC = Words(
    "请运行：pip install --force-reinstall opencc",
    "run: pip install --force-reinstall opencc",
)
_PANGO = Words(
    "请运行：apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "run: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
)
_SLOW = Words(
    "照样能做书，只是慢；按 constraints.txt 重装即可：make book",
    "books are made all the same, only slower; install what constraints.txt says: "
    "make book",
)
_JAVA = Words(
    "做书不需要；用 epubcheck 验 EPUB 时才需要：apt-get install default-jre-headless",
    "not needed for books, only for epubcheck: apt-get install default-jre-headless",
)
_FINE = Words("一切就绪。", "All is well.")
_LACKING = Words("缺的东西补上以后再做书。", "Books need what is marked ✗ above.")
