"""What can keep lines from being composed (family T)."""

from __future__ import annotations

from publisher.diagnostics import Rule, Severity, Words

PLAIN_PARAGRAPH = Rule(
    "T001",
    "plain-paragraph",
    Severity.WARNING,
    Words(
        "这几段没有按中文规则排行：右边不齐，标点不挤压。",
        "These paragraphs are set without the rules of Chinese lines: their right edge "
        "is ragged and their punctuation is not compressed.",
    ),
    "a style sheet of the book's own that gives a paragraph ``word-spacing``",
    Words(
        "看样式表里是否有所列的属性，或正文里是否有所列的字符，去掉即可。",
        "Take away the property or the characters that the message names.",
    ),
)
OTHER_ENGINE = Rule(
    "T002",
    "other-engine",
    Severity.WARNING,
    Words(
        "排行程序是照 WeasyPrint 70.0 的内部写的；装的若不是它，"
        "全书就都照 WeasyPrint 自己的办法排行。",
        "The composer is written against the inside of WeasyPrint 70.0; with another "
        "one every line of the book is set as WeasyPrint sets it.",
    ),
    "a machine with WeasyPrint 71 beside this version of the tool",
    Words(
        "按 constraints.txt 重装：运行 make book。",
        "Install what constraints.txt says: run make book.",
    ),
)
RULES: tuple[Rule, ...] = (PLAIN_PARAGRAPH, OTHER_ENGINE)
