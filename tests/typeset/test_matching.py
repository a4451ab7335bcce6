"""Rules asked for once for all that look alike are those of each element by itself."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint import CSS, HTML

from publisher.typeset.swift.matching import Matching
from publisher.typeset.swift.styles import query_all

PAGE = """<html lang="zh"><body class="a b" id="top">
<div class="a"><p>甲<p class="b">乙<p id="three" data-x="1">丙
<p lang="en"><b>丁</b><i></i></div>
<div class="a c"><p>甲<p class="b">乙<p>丙<b lang="zh-TW">戊</b></div>
<ul><li>一<li class="b">二<li>三</ul><ul lang="en-GB"><li>one<li>two</ul>
<table><tr><td>1<td>2<tr><td>3<td>4<td>5</table><a href="x.html">己</a><a>庚</a>
<fieldset disabled><legend>辛</legend><input><p><button>壬</button></fieldset>
</body></html>"""
SELECTORS = (
    *("*", "p", "P", ".b", "#three", "p.b", ".a p", ".a > p", "body > .a", "[data-x]"),
    *("[data-x='1']", "[lang]", "[lang=en]", "[lang|=zh]", "[href$=html]", ":root"),
    *(":lang(en)", "p:lang(zh)", ":lang(zh) b", ".c :not(.b)", ":is(.b, i)", "a:link"),
    *("p + p", ".b ~ p", "p:first-child", "p:last-child", "td:nth-child(2)", "i:empty"),
    *("tr:nth-child(2) td", "td:last-child", "li:not(:last-child)", ".b + p b"),
    *("div:has(b)", "p:has(+ .b)", "p:only-of-type", "li:nth-last-child(1)"),
    *(
        "p::before",
        ".b::first-line",
        ":not(p)",
        ":enabled",
        "button:disabled",
        "legend",
    ),
    *("#top p", "p:not(#three)", ":is(#three, i)", "#three ~ p", "#three > b"),
    *("li:nth-of-type(2)", "li:nth-child(1 of .b)", "[class~=c] p", "[class^=a]"),
)


@pytest.mark.parametrize("only", ["", *SELECTORS])
def test_of_all_elements(only: str) -> None:
    chosen = [only] if only else SELECTORS
    styles = [
        CSS(string="\n".join(f"{each} {{ color: #{n:03x} }}" for n, each in rules))
        for rules in (list(enumerate(chosen)), list(enumerate(reversed(chosen)))[:20])
    ]
    sheets = [(styles[0], "author", None), (styles[1], "user", (0, 0, 7))]
    matching = Matching(sheets)
    for element in HTML(string=PAGE).wrapper_element.iter_subtree():
        expected = [
            (each, each[2] or specificity, pseudo, rule)
            for each in sheets
            for specificity, _, pseudo, rule in each[0].matcher.match(element)
        ]
        rules, matches = matching.of(element)
        assert matches == expected
        assert rules == tuple((id(rule), weight) for _, weight, _, rule in expected)


def test_what_looks_alike_is_asked_once() -> None:
    sheet = CSS(string="p { color: red } .a .b { color: blue } #top { color: green }")
    matching = Matching([(sheet, "author", None)])
    for element in HTML(string=PAGE * 2).wrapper_element.iter_subtree():
        matching.of(element)
    assert len(matching.known) < len(matching.seen)
    assert None not in matching.known.values()


@pytest.mark.parametrize(
    "asked",
    [
        *(("p",), ("title", "meta"), ("svg",), ("rect", "b"), ("html",), ("none",)),
        *(("p.b",), ("P",), ("b", "*"), ("b:not(#three b)", "li"), ()),
    ],
)
def test_elements_by_their_names(asked: tuple[str, ...]) -> None:
    page = PAGE.replace("<p>", "<!-- p --><svg><rect /></svg><p>", 1)
    page = page.replace("<body", "<title>b</title><meta name=p><body")
    root = HTML(string=page).wrapper_element
    expected = list(root.query_all(*asked))
    found = list(query_all(root, *asked))
    assert [each.etree_element for each in found] == [
        each.etree_element for each in expected
    ]
    assert list(map(_around, found)) == list(map(_around, expected))


def _around(wrapper: Any) -> tuple[Any, ...]:  # noqa: ANN401  (has no types)
    above = [each.etree_element for each in wrapper.ancestors]
    before = [each.etree_element for each in wrapper.previous_siblings]
    return wrapper.index, above, before, wrapper.in_html_document
