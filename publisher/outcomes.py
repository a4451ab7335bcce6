"""The rules that tell what became of the editor's decisions."""

from __future__ import annotations

from publisher.diagnostics import Rule, Severity, Words

EDITOR = Rule(
    "P300",
    "editor",
    Severity.NOTE,
    Words(
        "编辑在 decisions.toml 里写明、没有规则提出的改动（accept）或存疑（reject）。",
        "A repair ([[accept]]) or a doubt ([[reject]]) of the editor's own, which no "
        "rule proposed.",
    ),
    "（decisions.toml 中有一条 accept，所改之处没有规则提出建议。）",
    Words("无须处理。", "Nothing to do."),
)
STALE_DECISION = Rule(
    "P301",
    "stale-decision",
    Severity.ERROR,
    Words(
        "decisions.toml 里的一条决定在书里找不到着落：没有这个位置，或那里没有这些字。"
        "编辑定了的事不能悄悄落空。",
        "A decision finds nothing to act on: there is no such place, or the words are "
        "not there. What the editor decided must not get lost in silence.",
    ),
    "（一条决定所写的原文不在它所写的位置。）",
    Words(
        "按现在的文字改写 where 和 before，或删去这一条。",
        "Bring `where` and `before` up to date, or delete it.",
    ),
)
AMBIGUOUS_DECISION = Rule(
    "P302",
    "ambiguous-decision",
    Severity.ERROR,
    Words(
        "一条决定所写的原文在它所写的位置出现不止一次，或与另一条决定重叠，"
        "不知改哪一处，所以没有改。",
        "The words of a decision stand more than once at its place, or two decisions "
        "overlap; nothing was changed there.",
    ),
    "（一条决定所写的原文在那一条里出现两次。）",
    Words(
        "把 before 写长些，或把 where 写细些。",
        "Write a longer `before`, or a narrower `where`.",
    ),
)
BROKEN_DECISION = Rule(
    "P303",
    "broken-decision",
    Severity.ERROR,
    Words(
        "一条决定要改的字跨过了接缝、粗体或条文引用的边界，或只删序号不删文字，或没有"
        "改动什么，无法照办。",
        "The characters to be changed run across a seam, bold type or the edge of a "
        "reference, or a label would go without its text, or nothing would change; it "
        "cannot be carried out.",
    ),
    "（一条决定要改的字一半在接缝前、一半在接缝后。）",
    Words(
        "跨过边界的，分成两条，各在边界一侧；其余照所说的原因改写，或删去这一条。",
        "Where it crosses an edge, write two decisions, one on each side; else write "
        "it anew as the reason says, or delete it.",
    ),
)
MOVED_DECISION = Rule(
    "P304",
    "moved-decision",
    Severity.NOTE,
    Words(
        "决定所写的位置已没有这些字，全书只有另一处有：多半是来源添了页，条款的编号变了。"
        "决定已在新的位置照办。",
        "The words of a decision are not at its place any more, and stand in one other "
        "alone: the source has grown, and its nodes have other numbers. The decision "
        "was carried out there.",
    ),
    "（一条决定所写的原文移到了另一条里。）",
    Words(
        "核对无误后，把 where 改成新的位置。",
        "See that it is right, and write the new place as `where`.",
    ),
)
UNREAD_LABEL = Rule(
    "P305",
    "unread-label",
    Severity.WARNING,
    Words(
        "决定把一个序号改成了别的东西：条的序号改作款，章的序号改作节。印出来的是新的"
        "字样，编号、目录和引用却仍按原来的算。",
        "A decision makes a label something else: an article's a paragraph's, a "
        "chapter's a section's. The new words are printed, and numbers, contents and "
        "references still go by the old.",
    ),
    "（一条决定把“第三条”改为“第三款”。）",
    Words(
        "对照原件改写 after；层级读错了的，改来源文本。",
        "Compare with the original and write `after` anew; where the level itself is "
        "misread, mend the source.",
    ),
)
LEFT_BEHIND = Rule(
    "P306",
    "left-behind",
    Severity.WARNING,
    Words(
        "一条决定删去了文字，靠它才说得通的还在：问题删了，答还在；条文删了，序号还在。",
        "A decision deletes words, and what makes no sense without them is still "
        "there: an answer without its question, a label without its text.",
    ),
    "（一条决定删去一个问题，不删它的答。）",
    Words(
        "要删的，再写一条决定一并删去；条连序号一起删，before 写整行。",
        "Delete it too, by a decision of its own; for an article with its label write "
        "the whole line as `before`.",
    ),
)
