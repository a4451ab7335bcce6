from __future__ import annotations

import pytest

from tests.repair.test_proposals import proposed


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("為加強學(xué)習(xí)工作。", [("學(xué)習(xí)", "學習")]),
        ("為加強學（xué）習（xí）工作。", [("學（xué）習（xí）", "學習")]),
        ("前往甪(lù)直鎮。", []),
        (
            "學(xué)校重(zhòng)視成長(zhǎng)。",
            [("學(xué)", "學"), ("重(zhòng)", "重"), ("長(zhǎng)", "長")],
        ),
        ("函数f(x)和g(x)。", []),
        ("公司(inc)有(ltd)。", []),
    ],
)
def test_readings_behind_several_characters_are_taken_for_a_converters(
    text: str, proposal: list[tuple[str, str]]
) -> None:
    assert proposed(f"第一条 {text}\n", "pinyin-insertion") == proposal


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("根据?!教育法》的规定。", [("?!", "《")]),
        ("根据《宪法》和?!教育法》的规定。", [("?!", "《")]),
        ("根据《教育法?!的规定。", [("?!", "》")]),
        ("真的?!他说。", []),
        ("《真的?!》一书。", []),
        ("他问?!《教育法》呢。", []),
    ],
)
def test_a_title_mark_that_became_other_marks_is_proposed(
    text: str, proposal: list[tuple[str, str]]
) -> None:
    assert proposed(f"第一条 {text}\n", "lost-title-mark") == proposal
