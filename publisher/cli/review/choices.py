"""What an editor may answer to a proposal: the keys of its question, and their help."""

from __future__ import annotations

from publisher.diagnostics import Words
from publisher.repair.offers import Offer


def question(offer: Offer) -> Words:
    """The question; nothing is offered in it that cannot be done."""
    if offer.record.kind == "join":
        return _SEAM
    return _PROPOSAL if offer.record.after else _DOUBT


def explained(offer: Offer) -> Words:
    """What each of these keys does."""
    decided = (_ACCEPT, _REJECT, _EDIT) if offer.record.after else (_REJECT, _EDIT)
    joins = offer.record.kind == "join"
    lines = (*((_JOINED, _APART) if joins else decided), *_ALWAYS)
    return Words("\n".join(w.zh for w in lines), "\n".join(w.en for w in lines))


_SEAM = Words(
    "[a]相接 [r]不接 [s]跳过 [u]撤销 [m]全段 [?]帮助 [q]退出 ›",
    "[a]joined [r]apart [s]kip [u]ndo [m]ore [?]help [q]uit ›",
)
_PROPOSAL = Words(
    "[a]采纳 [r]不采纳 [e]另改 [s]跳过 [u]撤销 [m]全段 [?]帮助 [q]退出 ›",
    "[a]ccept [r]eject [e]dit [s]kip [u]ndo [m]ore [?]help [q]uit ›",
)
_DOUBT = Words(
    "[e]改作 [r]不改 [s]跳过 [u]撤销 [m]全段 [?]帮助 [q]退出 ›",
    "[e]dit [r]eject [s]kip [u]ndo [m]ore [?]help [q]uit ›",
)
_JOINED = Words(
    "a 相接：两段本是一段，以依据为理由",
    "a joined: the two are one paragraph; the basis is the reason",
)
_APART = Words(
    "r 不接：两段各是一段；要写理由", "r apart: they are two; a reason is asked for"
)
_ACCEPT = Words(
    "a 采纳：照“改为”一行改，以依据为理由",
    "a accept: as the second line has it; the basis is the reason",
)
_REJECT = Words(
    "r 不采纳：照来源排印，列入编辑说明的存疑；要写理由（直接回车则写“照录来源”）",
    "r reject: print as found, and list it as a doubt; a reason is asked for",
)
_EDIT = Words(
    "e 另改：自己写改成什么，再写理由", "e edit: say yourself what it becomes, and why"
)
_ALWAYS = (
    Words(
        "s 或空格、回车：这次不定，下次再问",
        "s, space or Enter: leave it for another time",
    ),
    Words(
        "u 撤销上一步（可一直撤到开头）",
        "u undo the last step (as far back as you like)",
    ),
    Words("m 看整段", "m show the whole paragraph"),
    Words(
        "q 退出；已定的都已写在 decisions.toml",
        "q quit; what was decided is in decisions.toml already",
    ),
)
