"""The faces that an EPUB carries if it is to carry any: the book's characters alone.

Which characters a face sets follows the style sheet: 楷体 for what `KAI` names, bold
for headings and labels, and the text face for all. It is found in the finished pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape

from publisher.edition.prepared import Prepared
from publisher.patterns import pattern
from publisher.render.epub.pagebreaks import TAG, TOKEN, parted
from publisher.render.package import META, PLAIN, WOFF2, XHTML, XML, Cut, File, Licence

KAI = frozenset({"editor", "lede", "byline", "continuation", "note", "to-missing"})
"""Classes that the style sheet sets in 楷体."""
BOLD = frozenset({"b", "strong", "dt", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
APPLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<display_options>
<platform name="*"><option name="specified-fonts">true</option></platform>
</display_options>
"""
"""Without it Apple Books does not use the faces that a book carries."""
CLASS = pattern(r'\sclass="([^"]*)"')


def faces(files: Iterable[File], prepared: Prepared) -> Iterator[File]:
    """The font files and their licences; none unless the edition asks for them."""
    if prepared.edition.fonts == "none":
        return
    used = _used(files)
    for role in dict.fromkeys(role for role, _ in used):
        name = f"licence-{role}"
        yield File(name, f"{META}{name}.txt", PLAIN, Licence(role))
    yield File("apple", f"{META}com.apple.ibooks.display-options.xml", XML, APPLE)
    for (role, weight), characters in used.items():
        cut = Cut(role, weight, "".join(sorted(characters)))
        name = f"{role}-{weight}"
        yield File(f"font-{name}", f"fonts/{name}.woff2", WOFF2, cut)


def _used(files: Iterable[File]) -> dict[tuple[str, int], set[str]]:
    out: dict[tuple[str, int], set[str]] = {
        ("song", 400): set(),
        ("song", 700): set(),
        ("kai", 400): set(),
    }
    for file in files:
        if file.media_type == XHTML and isinstance(file.content, bytes):
            for face, text in _spoken(file.content.decode()):
                out[face] |= set(text)
                out["song", 400] |= set(text)  # what stands in where kai has no glyph
    return {face: {c for c in held if c >= " "} for face, held in out.items() if held}


def _spoken(text: str) -> Iterator[tuple[tuple[str, int], str]]:
    """Each stretch of text of a page, and the face that sets it."""
    stack: list[tuple[str, int]] = [("song", 400)]
    for token in TOKEN.findall(parted(text)[1]):
        if token[0] != "<":
            yield stack[-1], unescape(token)
        elif token[1] == "/":
            stack.pop()
        elif token[1] != "!" and token[-2] != "/":
            stack.append(_face(token, stack[-1]))


def _face(token: str, above: tuple[str, int]) -> tuple[str, int]:
    words = CLASS.search(token)
    tag = TAG.match(token)
    if words and not KAI.isdisjoint(words[1].split()):
        return "kai", 400
    if tag and tag[1] in BOLD:
        return ("kai", 400) if above[0] == "kai" else ("song", 700)
    return above
