"""Which law a citation is of: its name before 第…条, and what short names mean.

本法, the document's own title and a short name for it mean the document itself; so does
no name at all. 《…》 and a bare …法 mean another law; 同法 and 该法 the one named last.
In a 施行細則 本法 means the law that the rules carry out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from publisher.patterns import pattern

GENRES = (
    "办法|辦法|条例|條例|规则|規則|规定|規定|决定|決定|细则|細則|章程|规程|規程|准则|準則"
    "|标准|標準|通则|通則|纲要|綱要|要点|要點|意见|意見|通知|解释|解釋|公约|公約|宪法|憲法"
    "|修正案|法典|法"
)
# 本法, 本条例, 本实施细则, 本办法
OWN = pattern(
    r"本(?:实施|實施|施行|暂行|暫行|试行|議事|议事|管理|组织|組織)?"
    rf"(?P<genre>{GENRES})(?:的|之)?$"
)
# 同法, 该条例, 前述办法
LAST = pattern(rf"(?:[同该該]|前述|上述|前开|前開)(?:{GENRES})(?:的|之)?$")
# （以下简称刑法）, between a title and 第…条
ASIDE = pattern(r"[（(][^（()）]{1,40}[）)]$")
# 刑法, 性侵害犯罪防治法, without 《》
BARE = pattern(
    r"(?P<name>[\u4e00-\u9fff]{0,24}(?:(?<![依方办辦执執违違合非守此用各有无無])法|法典"
    r"|宪法|憲法|条例|條例|细则|細則|规则|規則|通则|通則|规程|規程|章程|公约|公約"
    r"|(?:办|辦)法|准则|準則|标准|標準))(?:的|之)?$"
)
# 應服從依行政法院組織法, 刑法和民法: what stands before a bare name
EDGE = pattern(
    r".*(?:依照|依据|依據|依|根据|根據|按照|违反|違反|适用|適用|准用|準用|符合|参照|參照"
    r"|所称|所稱|(?:(?<=[法典例罪])|(?<=行[为為]))(?:以及|或者|或|及|和|与|與|、))"
)
START = pattern(
    r"(?:以及|或者|或|及|和|与|與|将|將|除|对(?!外)|對(?!外)|在|为|為|犯|按|由)+"
)
# 构成刑法, 中华人民共和国宪法: codes that are cited without a verb
CODE = pattern(
    r".*?(?P<name>(?:中华人民共和国|中華民國)?(?:刑法|民法|民法典|宪法|憲法))"
)
SHORT = (
    r"[“\"「『‘]?《?(?P<short>[^《》“”\"「」『』‘’（）()，,；;]{1,30})》?[”\"」』’]?"
)
# 《中华人民共和国刑法》（以下简称《刑法》）; 依公司法（以下簡稱本法）
DEFINED = pattern(
    r"(?:《(?P<title>[^《》]{1,80})》|(?P<bare>[\u4e00-\u9fff]{1,30}))"
    r"[（(][^（()）]{0,16}以下(?:统|統)?(?:简称|簡稱|称|稱)(?:为|為)?[:：]?"
    rf"{SHORT}[）)]"
)
# 公司法施行細則; 某法实施办法
CARRIED = pattern(
    r"(?P<law>.+(?:法|条例|條例|规定|規定))(?:施行|实施|實施)(?:细则|細則|办法|辦法|规则|規則)"
)
# 某省实施《某法》办法
CARRYING = pattern(r"(?:施行|实施|實施)《?(?P<law>[^《》]+法)》?(?:的)?(?:若干)?")
# 依公司法第三條規定訂定之; 根据《某法》，制定
BASIS = pattern(
    r"(?:根据|根據|依据|依據|依照|依)(?:《([^《》]{1,60})》|([\u4e00-\u9fff]{1,24}?法)(?=[第，（(]))"
    r"(?=[^。]{0,60}(?:制定|制订|訂定|定之))"
)
# 某法修正案（九）; 关于修改《某法》的决定
AMENDING = pattern(
    r"(?P<law>.+)修正案|(?:修改|修正|废止|廢止)[《〈](?P<title>[^》〉]+).*(?:决定|決定)"
)
TITLED = pattern(rf"(?:{GENRES})$")
TAIL = pattern(r"(?:\s|[（(][^（()）]*[）)])+$")
LONGEST = 30
"""The most characters a short name has."""
REACH = 120
"""How far before a citation the law's name is looked for, in characters."""
Naming: TypeAlias = Literal["", "own", "other", "last"]


@dataclass(frozen=True, slots=True)
class Named:
    """The name before a citation: where it begins, and how it names a law."""

    start: int
    how: Naming
    law: str = ""


@dataclass(frozen=True, slots=True)
class Laws:
    """What the names of laws mean in one document.

    ``parent`` is the law that the document carries out, ``amended`` the one it amends.
    """

    title: str
    defined: dict[str, str]
    parent: str
    amended: str

    def naming(self, text: str, floor: int, at: int) -> Named:
        """The name right before an offset of a text, not before ``floor``."""
        before = text[max(floor, at - REACH) : at]
        aside = ASIDE.search(before)
        head = before[: aside.start()] if aside else before
        if name := _titled(head):
            return self._named(
                name.strip("《》"), at - len(before) + len(head) - len(name)
            )
        if aside:
            if "以下" in aside[0]:
                bare = self._bare(head, at - len(aside[0]))
                return bare if bare.how else Named(at, "")
            return Named(at, "")
        if found := OWN.search(before):
            return self._own(found, at)
        if found := LAST.search(before):
            return Named(at - len(found[0]), "last")
        return self._bare(before, at)

    def _own(self, found: re.Match[str], at: int) -> Named:
        start, genre = at - len(found[0]), found["genre"]
        law = self.defined.get("本" + genre, "")
        if not law and not _bears(self.title, genre) and _bears(self.parent, genre):
            law = self.parent
        return Named(start, "other", law) if law else Named(start, "own")

    def _bare(self, before: str, at: int) -> Named:
        name, size = _bare(before[-28:])
        if name not in self.defined:
            known = self._defined(before, min(len(name), 2))
            name, size = (known, len(known)) if known else (name, size)
        return self._named(name, at - size) if name else Named(at, "")

    def _defined(self, before: str, least: int) -> str:
        """The longest short name that ends a text and is longer than so much."""
        sizes = range(min(LONGEST, len(before)), least, -1)
        return next((n for k in sizes if (n := before[-k:]) in self.defined), "")

    def _named(self, name: str, start: int) -> Named:
        law = self.defined.get(name, name)
        if self.title and short(law) == short(self.title):
            return Named(start, "own")
        return Named(start, "other", law)


def laws(title: str, texts: Iterable[str], opening: str) -> Laws:
    """Read what names mean from a title, all texts, and the first article's text."""
    defined: dict[str, str] = {}
    for text in texts:
        if "以下" in text:
            for found in DEFINED.finditer(text):
                if law := found["title"] or _bare(OWN.sub("", found["bare"]))[0]:
                    defined.setdefault(found["short"].strip(), law)
    bare = TAIL.sub("", title)
    amending = AMENDING.search(bare)
    amended = (amending["law"] or amending["title"]) if amending else ""
    return Laws(bare, defined, "" if amended else _parent(bare, opening), amended)


def short(title: str) -> str:
    """A title without the state's name and what stands in brackets after it."""
    bare = TAIL.sub("", title)
    return bare.removeprefix("中华人民共和国").removeprefix("中華民國")


def _titled(before: str) -> str:
    """The 《…》 that ends a text, titles inside it included."""
    if not before.endswith("》"):
        return ""
    depth = 0
    for at in range(len(before) - 1, -1, -1):
        depth += (before[at] == "》") - (before[at] == "《")
        if not depth:
            return before[at:]
    return ""


def _bears(title: str, genre: str) -> bool:
    """Whether a title says that its document is a 法, a 条例 …."""
    if genre == "法":
        return title.endswith(("法", "法典")) and not title.endswith(("办法", "辦法"))
    return title.endswith(genre)


def _bare(before: str) -> tuple[str, int]:
    """The law's name that ends a text without 《》, and how far it reaches back."""
    found = BARE.search(before)
    if not found:
        return "", 0
    name = found["name"]
    for edge in (EDGE, START):
        if cut := edge.match(name[:-1]):
            name = name[cut.end() :]
    if code := CODE.fullmatch(name):
        name = code["name"]
    return name, len(before) - found.start() - len(found["name"]) + len(name)


def _parent(title: str, opening: str) -> str:
    """The law that a document carries out, from its title or its first article."""
    if not TITLED.search(title) or _bears(title, "法"):
        return ""
    if found := CARRIED.fullmatch(title) or CARRYING.search(title):
        return found["law"]
    found = BASIS.search(opening)
    return (found[1] or found[2]) if found else ""
