"""The page is computed from the edition's typography."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.book import Measure, Typography
from publisher.diagnostics import Problem
from publisher.render import page


def number(value: str) -> float:
    return float(value.removesuffix("pt"))


def test_the_booklet_is_the_page_of_the_design() -> None:
    tokens = page.tokens(Typography(), {"song": '"A"'})
    assert tokens["measure"] == "294pt"
    assert number(tokens["fore"]) == pytest.approx(24.28 * 72 / 25.4, abs=0.05)
    assert number(tokens["foot"]) == pytest.approx(17.55 * 72 / 25.4, abs=0.05)
    sizes = {name: tokens[f"s-{name}"] for name in ("cover", "title", "head1", "tiny")}
    assert sizes == {"cover": "32pt", "title": "22pt", "head1": "18pt", "tiny": "7.5pt"}
    assert (tokens["line-small"], tokens["weight"]) == ("13.5pt", "400")
    assert tokens["song"] == '"A"'


def test_large_print_follows_from_its_body_size() -> None:
    typography = Typography(
        page=(524.4, 737), measure=Measure(25, 21), size=16, leading=28
    )
    tokens = page.tokens(typography, {})
    names = ("cover", "title", "head1", "head2", "head3", "small", "tiny")
    wanted = ["44pt", "32pt", "26pt", "22pt", "18pt", "14pt", "12pt"]
    assert [tokens[f"s-{name}"] for name in names] == wanted
    assert (tokens["line-small"], tokens["weight"]) == ("21pt", "500")


def test_one_colour_printers_get_a_grey() -> None:
    assert page.tokens(Typography(), {})["zhu"] == "#9c2a1f"
    assert page.tokens(replace(Typography(), ink="grey"), {})["zhu"] == "#4a4a4a"


@pytest.mark.parametrize("measure", [Measure(40, 27), Measure(28, 40)])
def test_a_type_area_that_does_not_fit_is_refused(measure: Measure) -> None:
    with pytest.raises(Problem, match="does not fit") as caught:
        page.tokens(replace(Typography(), measure=measure), {})
    assert caught.value.status == 3
