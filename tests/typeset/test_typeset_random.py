"""Documents that nobody would write, made by chance: faster must be the same bytes."""

from __future__ import annotations

from contextlib import nullcontext
from random import Random

import pytest
from weasyprint import HTML

from publisher.typeset import Settings, composing
from publisher.typeset.swift import swiftly

WORDS = (
    "为了加强管理，制定本条例。第三条规定的“办法”由国务院另行制定——"
    "另有规定的除外（含A1类、GB/T 15834）。"
)
LOOKS = (
    *("color: red", "background: yellow", "border: 1px solid", "padding: 2px"),
    *("font-size: 9px", "letter-spacing: 1px", "text-decoration: underline"),
    *("vertical-align: super", "position: relative; top: 2px", "opacity: .5"),
    *("visibility: hidden", "display: inline-block", "float: left", "float: right"),
    *("line-height: 30px", "font-weight: bold", "margin: 0 4px", "columns: 2"),
    *("position: absolute", "position: fixed", "overflow: hidden", "display: flex"),
    *("text-indent: 3em", "text-align: center", "break-before: page", "page: a"),
    *(
        "break-inside: avoid",
        "transform: rotate(2deg)",
        "position: relative; z-index: 2",
    ),
    *("border-radius: 4px", "display: grid", "white-space: nowrap"),
)
HEADS = ("top-left", "top-right", "bottom-center", "left-middle", "top-left-corner")
SAID = ("counter(page)", "string(h)", "string(h, last)", "string(h, start)", "'页'")
KINDS = ("", ":left", ":right", ":first", " a", ":nth(2n)")
CLASSES = "abcdef"
BEFORE = (
    "",
    "",
    "p",
    "div",
    "p:first-child",
    "p + p",
    "#n1",
    "#n2 >",
    "div:not(#n3) >",
)
INLINE = ("b", "i", "em", "span", "sup", "a href=#n2", "a href=#n5")


class Made:
    """One document."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311
        self.names = 0
        body = "".join(self.block() for _ in range(self.chance.randint(4, 9)))
        self.html = (
            f"<!DOCTYPE html><html lang=zh-Hans><style>{self.css()}</style>{body}"
        )

    def css(self) -> str:
        look, chance = self.look, self.chance
        rules = [
            "@page { size: 300px 330px; margin: 40px 30px }",
            "@page :left { margin-left: 50px }",
            "h2 { string-set: h content(); bookmark-level: 2 }",
            "body { margin: 0; font: 12px/18px 'Noto Serif CJK SC' }",
            "p { margin: 0; text-indent: 2em; text-align: justify }",
        ]
        for head in chance.sample(HEADS, chance.randint(0, 4)):
            said = f"content: {chance.choice(SAID)} 'x'; {look()}"
            rules.append(f"@page{chance.choice(KINDS)} {{ @{head} {{ {said} }} }}")
        for each in CLASSES:
            before = chance.choice(BEFORE)
            rules.append(f"{before} .{each} {{ {look()}; {look()} }}")
        return "\n".join(rules)

    def look(self) -> str:
        return self.chance.choice(LOOKS)

    def given(self) -> str:
        chance, said = self.chance, ""
        if chance.random() < 0.4:
            said += f" class={chance.choice(CLASSES)}"
        if chance.random() < 0.2:
            said += f" style='{self.look()}'"
        if chance.random() < 0.3:
            self.names += 1
            said += f" id=n{self.names}"
        return said

    def run(self, depth: int = 0) -> str:
        chance, out = self.chance, ""
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(WORDS))
            out += WORDS[at : at + chance.randint(0, 40)]
            if depth < 3 and chance.random() < 0.5:
                tag = chance.choice(INLINE)
                out += f"<{tag}{self.given()}>{self.run(depth + 1)}</{tag.split()[0]}>"
        return out

    def block(self, depth: int = 0) -> str:
        some = range(self.chance.randint(1, 4))
        match self.chance.randrange(10):
            case 0 | 1 if depth < 3:
                inside = "".join(self.block(depth + 1) for _ in some)
                return f"<div{self.given()}>{inside}</div>"
            case 2:
                return f"<h2{self.given()}>{WORDS[: len(some) * 3]}</h2>"
            case 3:
                cells = "".join(f"<tr><td{self.given()}>{self.run()}" for _ in some)
                return f"<table{self.given()}>{cells}</table>"
            case 4:
                points = "".join(f"<li{self.given()}>{self.run()}</li>" for _ in some)
                return f"<ul{self.given()}>{points}</ul>"
            case 5:
                note = f"<span style='float: footnote'>{self.run(2)}</span>"
                return f"<p{self.given()}>{self.run()}{note}{self.run()}</p>"
            case _:
                return f"<p{self.given()}>{self.run()}</p>"


def pdf(html: str, *, fast: bool) -> bytes:
    with swiftly() if fast else nullcontext(), composing(Settings(), lambda _: None):
        page = HTML(string=html)
        made = page.write_pdf(uncompressed_pdf=True, pdf_variant="pdf/ua-1")
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize("seed", range(18))
def test_bytes_are_those_of_weasyprint(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = Made(seed).html
    fast = pdf(html, fast=True)
    monkeypatch.setenv("PUBLISHER_PLAIN", "lines")
    assert fast == pdf(html, fast=False)
