"""Law: whatever was read can be repaired and checked, and says where it hurts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.check.checked import checked

STARTS = [
    "第一条 ",
    "第三条 ",
    "第三条之一 ",
    "## 第二章 ",
    "## 第一编 ",
    "（二）",
    "1．",
    "问：",
    "答：",
    "附件一：",
    "| 甲 | ",
    "# ",
    "#### 第一节 ",
    "",
]
WORDS = [
    "《条例》",
    "共三章、九条。",
    "“甲",
    "乙”",
    "（丙",
    "丁）",
    "第九条规定",
    "，",
    "。",
    "的",
    "第二章“总则”",
    "本条例第一条规定，“甲乙丙丁戊己庚辛”",
    "甲乙丙丁戊己庚壬",
    "见附件二",
    "续表",
    "\ue123",
    "\u200b",
    "１２",
    "學(xué)",
    "?!",
    "(丙）",
    "。第三章 管理",
]
LINES = st.builds(
    lambda start, words: start + "".join(words) + "\n\n",
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(WORDS), max_size=6),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=14))
def test_every_finding_of_any_text_has_a_place_and_words(lines: list[str]) -> None:
    text = "".join(lines)
    for finding in checked(text):
        assert finding.where
        assert finding.message.zh
        assert "{" not in finding.message.zh + finding.message.en
        assert 0 <= finding.span.start < finding.span.end <= len(text)
