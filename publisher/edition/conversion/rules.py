"""What an audit has to say: rules named for what they can and cannot see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher.book import Conversion
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.edition.conversion.reasons import doubts_of, joined
from publisher.edition.conversion.tables import BAD_LINE

if TYPE_CHECKING:
    from publisher.edition.conversion.account import Audit, Kind

UNREVIEWED = Rule(
    "E031",
    "unreviewed-conversion",
    Severity.ERROR,
    Words(
        "book.toml 要求每处有风险的选字都经编者定过（conversion.fail_on_unreviewed），"
        "这一处还没有。看不见的风险它也管不着。",
        "book.toml asks that an editor has decided every risky choice of a character "
        "(conversion.fail_on_unreviewed); this one nobody has. It sees no more than "
        "the audit does.",
    ),
    "",
    Words(
        "用 publisher review 书 --conversions 定下，记入 conversions.tsv。",
        "Decide it with publisher review BOOK --conversions; conversions.tsv keeps it.",
    ),
)
TWO_RENDERINGS = Rule(
    "E032",
    "two-renderings",
    Severity.WARNING,
    Words(
        "同一本书里同一个词印成了两样，如“周歲”与“週歲”，必有一处不合体例。"
        "只看两个字以上、分词分得出的词；两处一同印错，它看不见。",
        "One word is printed in two ways in one book, as 周歲 and 週歲 may be: one of "
        "them breaks the house style. It compares words of two characters and more, as "
        "the segmenter cuts them; where both are wrong alike it sees nothing.",
    ),
    "",
    Words(
        "在 conversions.tsv 里为这个词写一行。",
        "Give the word a line in conversions.tsv.",
    ),
)
FOREIGN = Rule(
    "E033",
    "irreversible-character",
    Severity.NOTE,
    Words(
        "转换后再转回来，不是来源的字：简体来源里夹着繁体字（如“鄆”），或繁体来源里夹着简体字。"
        "它查来源，不查转换：选错的字照样转得回来，它看不见。",
        "Converted and converted back, it is not the source's character: the source "
        "has one of the other script, such as 鄆 in a simplified text. It checks the "
        "source, not the conversion: one chosen wrongly comes back all the same.",
    ),
    "",
    Words(
        "对照原件；要改的，在 decisions.toml 里改。",
        "Compare the original; correct it in decisions.toml.",
    ),
)
UNUSED = Rule(
    "E034",
    "unused-conversion",
    Severity.NOTE,
    Words(
        "conversions.tsv 的一行在书里没有用上：字写错了，或横跨词边，或那句话已改。",
        "A line of conversions.tsv is not used in the book: it is misspelt, straddles "
        "the edges of words, or its sentence is gone.",
    ),
    "",
    Words("删去这一行，或改成完整的词。", "Drop the line, or make it whole words."),
)
CHANGED = Rule(
    "E035",
    "conversion-changed",
    Severity.WARNING,
    Words(
        "词典或分词程序换了版本，有的词印得与上次不同；编者上次看过的不算数了。"
        "只比较上一次成品旁的 conversion.json 里记下的词。",
        "A dictionary or the segmenter was upgraded, and words are printed otherwise "
        "than last time, when somebody looked. It compares the words that the last "
        "conversion.json beside the output names, and no others.",
    ),
    "",
    Words(
        "看一遍；要留旧样，在 conversions.tsv 里写一行。",
        "Look at them; to keep the old form give it a line in conversions.tsv.",
    ),
)
LEFT = Rule(
    "E036",
    "unconverted-character",
    Severity.WARNING,
    Words(
        "转换之后仍有没转换的字：繁体版里有简体字，或简体版里有繁体字。读者一眼"
        "看得出来。多半是网址里的汉字，网址照来源印出。",
        "After conversion a character is still of the script that was left: simplified "
        "in a traditional edition, or the reverse. Every reader sees it. Mostly it is "
        "in a web address, which is printed as it is.",
    ),
    "",
    Words(
        '对照来源；本应如此的，在 notes.toml 里写 kind = "fixed"；'
        "要印成别的字，加 to = 那些字。",
        'Compare the source. Where it is right, mark it kind = "fixed" in notes.toml; '
        "to print other characters, add to = with them.",
    ),
)
RULES = (BAD_LINE, UNREVIEWED, TWO_RENDERINGS, FOREIGN, UNUSED, CHANGED, LEFT)

_UNREVIEWED = Words(
    "“{key}”印作“{said}”（{why}），共 {many} 处，还没有定",
    "{key} is printed {said} ({why}) in {many} place(s), and nobody has decided it",
)
_TWO = Words("“{key}”印成了{said}", "{key} is printed in several ways: {said}")
_FOREIGN = Words(
    "“{char}”转换后不能还原（还原成“{back}”），照来源印出",
    "{char} does not come back (it comes back as {back}); it is printed as it is",
)
_UNUSED = Words("“{key}”在书里没有用上", "{key} is not used in the book")


def findings(audit: Audit, book: Conversion) -> Iterator[Diagnostic]:
    """What an audit finds, each at its first place."""
    for each in audit.open if book.fail_on_unreviewed else ():
        yield _unreviewed(each)
    for split in audit.splits:
        said = [f"“{rendering}”" for rendering, _ in split.renderings]
        words = Words(
            _TWO.zh.format(key=split.key, said="、".join(said)),
            _TWO.en.format(key=split.key, said=", ".join(said)),
        )
        for _, places in split.renderings[1:]:
            yield Diagnostic(
                TWO_RENDERINGS,
                words,
                places[0].span,
                places[0].where,
                TWO_RENDERINGS.cure,
            )
    for found in audit.irreversible:
        words, place = _FOREIGN.fill(char=found.character, back=found.back), found.place
        yield Diagnostic(FOREIGN, words, place.span, place.where, FOREIGN.cure)
    for row in audit.unused:
        words = _UNUSED.fill(key=row.simplified)
        yield Diagnostic(UNUSED, words, hint=UNUSED.cure, place=row.place)


def _unreviewed(kind: Kind) -> Diagnostic:
    why = joined(doubts_of(kind.why))
    said = {"key": kind.key, "said": kind.rendering, "many": len(kind.places)}
    words = Words(
        _UNREVIEWED.zh.format(**said, why=why.zh),
        _UNREVIEWED.en.format(**said, why=why.en),
    )
    first = kind.places[0]
    return Diagnostic(UNREVIEWED, words, first.span, first.where, UNREVIEWED.cure)
