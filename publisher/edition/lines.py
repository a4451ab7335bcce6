"""A line of text in another script of Chinese, character for character.

Where there is a choice, `publisher.edition.conversion` makes it; where forms are only
exchanged (Taiwan's for Hong Kong's), the module ``opencc`` does.

Laws: a line keeps its length; Latin and addresses keep their characters; words are
never exchanged (``s2twp`` is not here, and must not be: it makes 物件 of 对象). ``s2t``
is for zh-Hant alone. Nothing is loaded here that a line does not need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType, ModuleType
from typing import TypeAlias

from publisher.book import UNSETTLED, Conversion, Script
from publisher.diagnostics import (
    Diagnostic,
    Problem,
    Report,
    Rule,
    Severity,
    Words,
)
from publisher.patterns import pattern

Change: TypeAlias = Callable[[str], str]
OPENCC = "1.4.2"
"""The version whose output this project has read and vouches for."""
CHAINS: Mapping[tuple[Script, Script], tuple[str, ...]] = MappingProxyType(
    {
        ("zh-Hant", "zh-Hant-TW"): ("t2tw",),
        ("zh-Hant", "zh-Hant-HK"): ("t2hk",),
        ("zh-Hant-TW", "zh-Hant"): ("tw2t",),
        ("zh-Hant-HK", "zh-Hant"): ("hk2t",),
        ("zh-Hant-TW", "zh-Hant-HK"): ("tw2t", "t2hk"),
        ("zh-Hant-HK", "zh-Hant-TW"): ("hk2t", "t2tw"),
    }
)
"""OpenCC's schemes, in turn, from one traditional script to another."""
ADDRESS = pattern(
    r"(?i:https?|ftp):/(?=/)"
    r"(?:(?:[/.?&=#][\u3400-\u9fff\U00020000-\U0003ffff]++)+(?=[/.?&=#][A-Za-z0-9%])"
    r"|[!-;=?-~])+"
)
"""``http://例.cn/路径/a.html``: looked up, not read, so it keeps its characters.

It ends with the last character of ASCII: what follows (登录http://a.cn网站) is prose.
Han characters are of the address only between two of its own marks.
"""

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


def convert(
    text: str,
    script: Script,
    from_script: Script | None = None,
    book: Conversion = UNSETTLED,
) -> str:
    """A line of text in another script; quotation marks stay as they are.

    ``from_script`` is by default zh-Hans, and zh-Hant-TW when the target is zh-Hans.

    Raises:
        Problem: (5) another package has taken the place of OpenCC.
    """
    default: Script = "zh-Hant-TW" if script == "zh-Hans" else "zh-Hans"
    return evenly(text, changer(script, from_script or default, book))


def changer(
    script: Script, from_script: Script, book: Conversion = UNSETTLED
) -> Change:
    """What converts between two scripts; it may be kept, and costs nothing twice.

    Raises:
        Problem: (5) another package has taken the place of OpenCC.
    """
    if script == from_script:
        return str
    from publisher.edition.conversion.schemes import converter

    own = converter(script, from_script, book)
    if own is not None:
        _opencc()
        return own.convert
    for scheme in CHAINS[from_script, script]:
        scheme_of(scheme)
    return partial(_through, CHAINS[from_script, script])


def script_of(lang: str) -> Script:
    """The script that a BCP 47 tag means: zh-Hans-CN, zh-TW, zh-Hant-HK …."""
    parts = lang.split("-")
    if "TW" in parts:
        return "zh-Hant-TW"
    if "HK" in parts or "MO" in parts:
        return "zh-Hant-HK"
    return "zh-Hant" if "Hant" in parts else "zh-Hans"


def _through(schemes: tuple[str, ...], text: str) -> str:
    for scheme in schemes:
        text = scheme_of(scheme)(text)
    return text


@cache
def scheme_of(scheme: str) -> Change:
    """One of OpenCC's schemes, as the module has it.

    Raises:
        Problem: (5) another package has taken the place of OpenCC.
    """
    loaded: Change = _opencc().OpenCC(scheme).convert
    return loaded


@cache
def _opencc() -> ModuleType:
    """The module ``opencc``, if it is OpenCC's.

    Raises:
        Problem: (5) another package has taken its place.
    """
    import opencc

    found = getattr(opencc, "__version__", None)
    if found != OPENCC or not hasattr(opencc, "opencc_clib"):
        found = "?" if found is None else found
        where = getattr(opencc, "__file__", None) or ""
        words = _OTHER_OPENCC.fill(wanted=OPENCC, found=f"{found} ({where})")
        raise Problem(5, words, _OTHER_HINT)
    module: ModuleType = opencc
    return module


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
