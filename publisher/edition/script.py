"""Turn a tree, or a line, into another script of Chinese, character for character.

OpenCC picks characters by phrase: 发 is 髮 in 理发 and 發 in 发展. So a whole run is
converted at once, whatever markup is inside it, and cut back at the same offsets.

Laws: a run keeps its length; ids, numbers, spans, Latin and addresses keep their
characters; words are never exchanged (``s2twp`` is not here, and must not be: it makes
物件 of 对象). ``s2t`` is for zh-Hant alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from types import MappingProxyType

from publisher.book import Script
from publisher.diagnostics import (
    Diagnostic,
    Problem,
    Report,
    Rule,
    Severity,
    Words,
)
from publisher.edition.marks import Change, map_marks, refill
from publisher.edition.places import where
from publisher.source import NOWHERE
from publisher.tree import walk
from publisher.tree.nodes import Document, Run, Text

SAMPLE = 2000
"""How many characters of a document tell its script."""
OPENCC = "1.4.2"
"""The version whose output this project has read and vouches for."""
CHAINS: Mapping[tuple[Script, Script], tuple[str, ...]] = MappingProxyType(
    {
        ("zh-Hans", "zh-Hant-TW"): ("s2tw",),
        ("zh-Hans", "zh-Hant-HK"): ("s2hk",),
        ("zh-Hans", "zh-Hant"): ("s2t",),
        ("zh-Hant-TW", "zh-Hans"): ("tw2s",),
        ("zh-Hant-HK", "zh-Hans"): ("hk2s",),
        ("zh-Hant", "zh-Hans"): ("t2s",),
        ("zh-Hant", "zh-Hant-TW"): ("t2tw",),
        ("zh-Hant", "zh-Hant-HK"): ("t2hk",),
        ("zh-Hant-TW", "zh-Hant"): ("tw2t",),
        ("zh-Hant-HK", "zh-Hant"): ("hk2t",),
        ("zh-Hant-TW", "zh-Hant-HK"): ("tw2t", "t2hk"),
        ("zh-Hant-HK", "zh-Hant-TW"): ("hk2t", "t2tw"),
    }
)
"""OpenCC's schemes, in turn, from one script to another."""
ADDRESS = re.compile(r"(?:https?|ftp)://[^\s，。；：、（）《》「」“”<>]+")
"""``http://例.cn/路径``: looked up, not read, so it keeps its characters."""

LENGTH = Rule(
    "E003",
    "conversion-changed-length",
    Severity.ERROR,
    Words(
        "繁简转换须逐字对应，否则条文引用与注码会错位。"
        "此段因此改为逐字转换，须人工核对。",
        "Conversion must be character for character, or references and notes would "
        "slip. The run was converted one character at a time and needs reading.",
    ),
    "",
    Words(
        "请核对此段；并检查 OpenCC 的版本与词典。",
        "Read the run, and look at the version and dictionaries of OpenCC.",
    ),
)
_LENGTH = Words(
    "转换后字数不符：“{text}”由 {before} 字变为 {after} 字，改为逐字转换",
    "conversion changed the length of {text!r} from {before} to {after}; "
    "it was done character by character",
)
_OTHER_OPENCC = Words(
    "需要 OpenCC {wanted}，实际装有的 opencc 模块是 {found}",
    "OpenCC {wanted} is needed, but the module opencc that is installed is {found}",
)
_OTHER_HINT = Words(
    "opencc-python-reimplemented、opencc-py 等包会覆盖同名模块：请卸载它们，"
    f"再运行 pip install --force-reinstall opencc=={OPENCC}",
    "packages such as opencc-python-reimplemented and opencc-py overwrite the module "
    "of that name: uninstall them, then pip install --force-reinstall "
    f"opencc=={OPENCC}",
)


def convert(text: str, script: Script, from_script: Script | None = None) -> str:
    """A line of text in another script; quotation marks stay as they are.

    ``from_script`` is by default zh-Hans, and zh-Hant-TW when the target is zh-Hans.

    Raises:
        Problem: (5) another package has taken the place of OpenCC.
    """
    default: Script = "zh-Hant-TW" if script == "zh-Hans" else "zh-Hans"
    return evenly(text, changer(script, from_script or default))


def changer(script: Script, from_script: Script) -> Change:
    """What converts between two scripts; it may be kept, and costs nothing twice.

    Raises:
        Problem: (5) another package has taken the place of OpenCC.
    """
    if script == from_script:
        return str
    for scheme in CHAINS[from_script, script]:
        _converter(scheme)
    return partial(_through, CHAINS[from_script, script])


def script_of(lang: str) -> Script:
    """The script that a BCP 47 tag means: zh-Hans-CN, zh-TW, zh-Hant-HK …."""
    parts = lang.split("-")
    if "TW" in parts:
        return "zh-Hant-TW"
    if "HK" in parts or "MO" in parts:
        return "zh-Hant-HK"
    return "zh-Hant" if "Hant" in parts else "zh-Hans"


def recognise(document: Document, language: str) -> Document:
    """A document with the script that its characters are in.

    No reader tells: Chinese of both scripts has one language tag until its characters
    are looked at. ``language``, the book's, decides between Taiwan and Hong Kong.
    """
    if script_of(document.lang) != "zh-Hans":
        return document
    text = walk.ink(document)[:SAMPLE]
    simplified = _changes(text, _converter("s2t"))
    if _changes(text, _converter("t2s")) <= simplified:
        return document
    named = script_of(language)
    return replace(document, lang="zh-Hant-TW" if named == "zh-Hans" else named)


def _changes(text: str, change: Change) -> int:
    pairs = zip(text, evenly(text, change), strict=True)
    return sum(old != new for old, new in pairs)


def _through(schemes: tuple[str, ...], text: str) -> str:
    for scheme in schemes:
        text = _converter(scheme)(text)
    return text


@cache
def _converter(scheme: str) -> Change:
    import opencc

    found = getattr(opencc, "__version__", None)
    if found != OPENCC or not hasattr(opencc, "opencc_clib"):
        found = "?" if found is None else found
        where = getattr(opencc, "__file__", None) or ""
        words = _OTHER_OPENCC.fill(wanted=OPENCC, found=f"{found} ({where})")
        raise Problem(5, words, _OTHER_HINT)
    loaded: Change = opencc.OpenCC(scheme).convert
    return loaded


# ---------------------------------------------------------------- one to one


def evenly(text: str, change: Change, report: Report | None = None) -> str:
    """A text changed, as long as it was; addresses are left alone."""
    after = _changed(text, change)
    if len(after) != len(text):
        if report:
            words = _LENGTH.fill(text=text[:20], before=len(text), after=len(after))
            report(Diagnostic(LENGTH, words))
        after = "".join(_character(char, change) for char in text)
    for address in ADDRESS.finditer(text):
        start, end = address.span()
        after = after[:start] + text[start:end] + after[end:]
    return after


def _changed(text: str, change: Change) -> str:
    try:
        return change(text)
    except UnicodeEncodeError:  # a lone surrogate, which OpenCC refuses
        return "".join(_character(char, change) for char in text)


def _character(char: str, change: Change) -> str:
    if "\ud800" <= char <= "\udfff":
        return char
    after = change(char)
    return after if len(after) == 1 else char


# ---------------------------------------------------------------- trees


def convert_document(document: Document, script: Script, report: Report) -> Document:
    """A document in another script, the editor's words included; ids stay."""
    source = script_of(document.lang)
    change, to = changer(script, source), None if script == source else script
    return replace(change_document(document, change, report, to), lang=script)


def change_document(
    document: Document, change: Change, report: Report, to: Script | None = None
) -> Document:
    """A document with each run changed as a whole; a misfit is reported in place."""
    owners = (node_id for node_id, _ in walk.runs(document))

    def run(old: Run) -> Run:
        place = where(document, next(owners))

        def said(found: Diagnostic) -> None:
            report(_at(found, old, place))

        return convert_run(old, change, said, to)

    def label(old: Text) -> Text:
        return replace(old, text=evenly(old.text, change, report))

    new = walk.map_document(document, run, label)
    return map_marks(new, lambda text: evenly(text, change, report))


def convert_run(
    run: Run, change: Change, report: Report | None = None, to: Script | None = None
) -> Run:
    """A run changed as one string and cut back at the same offsets.

    What is fixed stays, or is as the editor wants it in the script ``to``.

    A label is no part of its run: a space stands between them in print, so no phrase
    goes across.
    """
    return refill(run, evenly(walk.plain(run), change, report), to)


def _at(found: Diagnostic, run: Run, place: str) -> Diagnostic:
    text = next((text for inline in run for text in walk.texts(inline)), None)
    return replace(found, span=text.span if text else NOWHERE, where=place)
