"""Languages and characters: what a book says it is in, and what it is in.

Voices, dictionaries and fonts are chosen by the language that is told; a wrong one
makes a voice read Chinese as English letters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from publisher.check.epub.examined import Examined, found
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.patterns import pattern
from publisher.read.epub import Element, Page
from publisher.read.epub.publication import XML, local

TEXT_LANGUAGE = Rule(
    "W103",
    "text-language",
    Severity.ERROR,
    Words(
        "正文是汉字，却没有标作中文（或反过来）。朗读、断行、字体都跟着语言走。",
        "The text is Chinese and is not said to be (or the reverse). Voices, line "
        "breaks and fonts follow the language that is told.",
    ),
    '<html lang="en"> over a page of Chinese',
    Words(
        "在 html 上写 lang 和 xml:lang，如 zh-Hans、zh-Hant-TW。",
        "Write lang and xml:lang on html: zh-Hans, zh-Hant-TW.",
    ),
)
LANGUAGES = Rule(
    "W104",
    "language-mismatch",
    Severity.ERROR,
    Words(
        "书目、页面、目录所说的语言不一致，阅读器各取其一。",
        "The package, its pages and its contents name different languages, and each "
        "reader believes another of them.",
    ),
    "dc:language zh-Hant over pages in zh-Hans",
    Words(
        "dc:language、package、每个 html、nav、ncx 都写同一个。",
        "Name one in dc:language, package, every html, nav and ncx.",
    ),
)
OTHER_SCRIPT = Rule(
    "W112",
    "other-script-character",
    Severity.WARNING,
    Words(
        "简体版里有繁体字，或繁体版里有简体字；不是来源如此，就是转换漏了或后来改坏了。",
        "A simplified edition has traditional characters or the reverse: the source "
        "has them, or a conversion missed them, or somebody changed the file.",
    ),
    "第一條 in a book that is in zh-Hans",
    Words("与来源对照。", "Compare the source."),
)
TEXT_DIFFERS = Rule(
    "W115",
    "text-differs",
    Severity.ERROR,
    Words(
        "EPUB 里的文字与文稿不一样：丢了、多了或改了字。",
        "The text of the EPUB is not that of the tree: something is lost, new or "
        "changed.",
    ),
    "a template of the book's own that leaves a paragraph out",
    Words("检查本书自己的 templates/。", "Look through the book's own templates/."),
)
HAN = pattern(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
LATIN = pattern(r"[A-Za-z]")
ENOUGH = 20
"""Characters that tell a language."""
SHOWN = 8


def spoken(examined: Examined) -> Iterator[Diagnostic]:
    """Pages whose language is not that of their characters."""
    for page in examined.publication.pages.values():
        root = page.root
        if not page.lang:
            yield found(TEXT_LANGUAGE, examined, _NONE, page.name, root)
        elif root.get("lang") and root.get(f"{XML}lang") not in {
            None,
            root.get("lang"),
        }:
            message = _BOTH.fill(
                one=root.get("lang"), other=root.get(f"{XML}lang") or ""
            )
            yield found(TEXT_LANGUAGE, examined, message, page.name, root)
        elif wrong := _misnamed(page):
            yield found(TEXT_LANGUAGE, examined, wrong, page.name, root)


def _misnamed(page: Page) -> Words | None:
    text = page.words
    han, latin = len(HAN.findall(text)), len(LATIN.findall(text))
    chinese = page.lang.lower().split("-")[0] in {"zh", "ja", "ko", "yue", "lzh", "cmn"}
    if not chinese and han >= ENOUGH and han > latin:
        return _NOT_CHINESE.fill(lang=page.lang, count=han)
    if chinese and not han and latin > 10 * ENOUGH:
        return _NO_HAN.fill(lang=page.lang)
    return None


def mixed(examined: Examined) -> Iterator[Diagnostic]:
    """Languages that are told differently in different places."""
    book = examined.publication
    told = [(e.text or "").strip() for e in book.dc("language")]
    known = {tag.lower() for tag in told}
    if not known:
        return
    places: list[tuple[str, str, Element]] = [
        (book.opf_name, book.opf.get(f"{XML}lang") or "", book.opf)
    ]
    places += [(p.name, p.lang, p.root) for p in book.pages.values()]
    if book.ncx is not None:
        places.append((book.ncx_name, book.ncx.get(f"{XML}lang") or "", book.ncx))
    for name, lang, element in places:
        if lang and lang.lower() not in known:
            message = _DIFFERENT.fill(lang=lang, told=", ".join(told))
            yield found(LANGUAGES, examined, message, name, element)
    for element in book.dc("language"):
        if (element.text or "").strip().lower() == "zh":
            yield found(LANGUAGES, examined, _NO_SCRIPT, book.opf_name, element)


def foreign(examined: Examined) -> Iterator[Diagnostic]:
    """Characters that the script of the book does not have."""
    book = examined.publication
    allowed = set(examined.expected.ink) if examined.expected else set()
    for page in book.pages.values():
        other = other_script(page.lang)
        if not other:
            continue
        standards, kind = other
        seen = Counter(page.words)
        strange = [
            char
            for char in seen
            if char not in allowed and HAN.match(char) and foreign_to(char, standards)
        ]
        if strange:
            message = kind.fill(
                chars="".join(sorted(strange)[:SHOWN]), count=len(strange)
            )
            at = _holding(page, strange[0])
            yield found(OTHER_SCRIPT, examined, message, page.name, at)


def other_script(lang: str) -> tuple[tuple[str, str], Words] | None:
    """The old standards of a book's own script and of the other, and what to say."""
    tag = lang.lower()
    if tag.startswith(("zh-hans", "zh-cn", "zh-sg")):
        return ("gb2312", "big5"), _TRADITIONAL
    if tag.startswith(("zh-hant-hk", "zh-hk", "zh-mo")):
        return ("big5hkscs", "gb2312"), _SIMPLIFIED
    if tag.startswith(("zh-hant", "zh-tw")):
        return ("big5", "gb2312"), _SIMPLIFIED
    return None


@lru_cache(None)
def foreign_to(char: str, standards: tuple[str, str]) -> bool:
    """Whether the other script's old standard alone has a character."""
    own, other = (_encodes(char, standard) for standard in standards)
    return other and not own


def _encodes(char: str, standard: str) -> bool:
    try:
        char.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


def _holding(page: Page, char: str) -> Element:
    """The innermost element with a character."""
    held = page.body
    for element in page.body.iter():
        texts = (element.text or "", *((child.tail or "") for child in element))
        if any(char in text for text in texts):
            return element
    return held


def differing(examined: Examined) -> Iterator[Diagnostic]:
    """Text that is not the tree's, where the tree is known."""
    if examined.expected is None:
        return
    wanted, got = examined.expected.ink, ink(examined)
    if wanted == got:
        return
    at = next(
        (n for n, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b),
        min(len(wanted), len(got)),
    )
    message = _DIFFERS.fill(wanted=wanted[at : at + 12], got=got[at : at + 12])
    yield found(TEXT_DIFFERS, examined, message)


def ink(examined: Examined) -> str:
    """The characters of a book of ours that are the source's."""
    pages = examined.publication.read
    return "".join("".join("".join(_kept(p.body)) for p in pages).split())


def _kept(element: Element) -> Iterator[str]:
    if "generated" in (element.get("class") or "").split() or local(element) in {
        "rt",
        "rp",
    }:
        return
    yield element.text or ""
    for child in element:
        yield from _kept(child)
        yield child.tail or ""


_NONE = Words("没有标明语言", "no language is told")
_BOTH = Words(
    "lang 是 {one}，xml:lang 是 {other}", "lang is {one} and xml:lang is {other}"
)
_NOT_CHINESE = Words(
    "标作 {lang}，却有 {count} 个汉字",
    "it is marked {lang} and has {count} Han characters",
)
_NO_HAN = Words(
    "标作 {lang}，却没有汉字", "it is marked {lang} and has no Han character"
)
_DIFFERENT = Words(
    "这里是 {lang}，书目说是 {told}", "here {lang}, in the metadata {told}"
)
_NO_SCRIPT = Words(
    "语言只写 zh，没有说简体（zh-Hans）还是繁体（zh-Hant）",
    "zh does not tell simplified (zh-Hans) from traditional (zh-Hant)",
)
_TRADITIONAL = Words(
    "简体版里有繁体字“{chars}”（共 {count} 种）",
    "traditional characters in a simplified book: {chars} ({count} kinds)",
)
_SIMPLIFIED = Words(
    "繁体版里有简体字“{chars}”（共 {count} 种）",
    "simplified characters in a traditional book: {chars} ({count} kinds)",
)
_DIFFERS = Words(
    "文稿是“{wanted}”，EPUB 里是“{got}”", "the tree has {wanted!r}, the EPUB {got!r}"
)
