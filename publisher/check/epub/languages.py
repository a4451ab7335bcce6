"""Languages and characters: what a book says it is in, and what it is in.

Voices, dictionaries and fonts are chosen by the language that is told; a wrong one
makes a voice read Chinese as English letters.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.check.epub.examined import Examined, found
from publisher.check.scripts import HAN, foreign_to, other_script
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.patterns import pattern
from publisher.read.epub import Element, Page
from publisher.read.epub.publication import XML, local, types

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
    Words(
        '与来源对照；照录的话标明它的语言，如 lang="zh-Hans"。',
        "Compare the source; name the language of words that are quoted as they are, "
        'as in lang="zh-Hans".',
    ),
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
    """Characters that the script of their text does not have."""
    allowed = set(examined.expected.ink) if examined.expected else set()
    for page in examined.publication.pages.values():
        for lang, words in _written(page).items():
            other = other_script(lang)
            if not other:
                continue
            standards, kind = other
            strange = [
                char
                for char in dict.fromkeys(words)
                if char not in allowed and foreign_to(char, standards)
            ]
            if strange:
                message = kind.fill(
                    chars="".join(sorted(strange)[:SHOWN]), count=len(strange)
                )
                at = _holding(page, strange[0], lang)
                yield found(OTHER_SCRIPT, examined, message, page.name, at)


def _written(page: Page) -> dict[str, str]:
    """What a page shows, by the language that each text is said to be in."""
    if not any(map(_told, page.body.iter())):
        return {page.lang: page.words}
    out: dict[str, str] = {}
    for lang, text, _ in _texts(page.body, page.lang):
        out[lang] = out.get(lang, "") + text
    return out


def _texts(element: Element, lang: str) -> Iterator[tuple[str, str, Element]]:
    """Each text of an element: its language, itself, and the innermost element."""
    if local(element) in UNREAD or "noteref" in types(element):
        return
    own = _told(element) or lang
    yield own, element.text or "", element
    for child in element:
        yield from _texts(child, own)
        yield own, child.tail or "", element


UNREAD = frozenset({"script", "style", "rt", "rp"})


def _told(element: Element) -> str:
    return element.get("lang") or element.get(f"{XML}lang") or ""


def _holding(page: Page, char: str, lang: str) -> Element:
    """The innermost element with a character, in a text of some language."""
    for told, text, element in _texts(page.body, page.lang):
        if told == lang and char in text:
            return element
    return page.body


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
_DIFFERS = Words(
    "文稿是“{wanted}”，EPUB 里是“{got}”", "the tree has {wanted!r}, the EPUB {got!r}"
)
