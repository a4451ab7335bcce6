"""Mixed pages made from clean laws, with the truth: which line is whose, which joins.

Two or three documents run through one another as on a newspaper page (A1 B1 A2 B2 …):
a law, an interview about it, another law, news. Paragraphs are cut in the middle of a
sentence where a column ends; a seam may lose or change a character. Same seed, same
page. The laws are in two halves: one to look at while the reader is worked on, the
other only to measure.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from publisher.numerals import to_chinese
from publisher.read import read
from publisher.source import Source, Span
from publisher.tree.nodes import Collection
from publisher.tree.walk import texts

Half = Literal["look", "measure"]
Style = Literal["plain", "list", "lost", "signed"]
"""What else is wrong: columns that end inside lists of points, a line that is lost
(often what a broken paragraph goes on with), a sign-off before the end of the news."""
HALF_WIDTH = str.maketrans("，：；？！（）", ",:;?!()")
ARTICLE = re.compile(
    r"第\s*[\d一二三四五六七八九十百千零〇-]+\s*([条條])(?:之[一二三四五])?"
)
ITEM = re.compile(r"[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、")
HEADING = re.compile(r"#+\s|第\s*[一二三四五六七八九十]+\s*[编編章节節]\s*\S*$")
PATTERNS = ("A1B1A2B2", "A1B1A2B2", "A1BA2", "A1B1A2B2A3")


@dataclass(frozen=True)
class Part:
    """A line of a document; ``joined`` when it goes on with the one before it."""

    text: str
    body: bool = True
    joined: bool = False


@dataclass(frozen=True)
class Page:
    name: str
    text: str
    owner: dict[int, int]
    joins: dict[tuple[int, int], bool]
    """Left and right line; whether another document stands between them."""


@dataclass
class Tally:
    """What was found on pages, added up."""

    found: int = 0
    wanted: int = 0
    made: int = 0
    across: int = 0
    wanted_across: int = 0
    owned: int = 0
    lines: int = 0
    sure: int = 0
    """Wrong joins with a confidence of 0.9 or more."""
    right: list[float] = field(default_factory=list)
    wrong: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, self.wanted + self.made)

    @property
    def recall(self) -> float:
        return self.across / max(1, self.wanted_across)

    @property
    def ownership(self) -> float:
        return self.owned / max(1, self.lines)

    def __str__(self) -> str:
        return (
            f"joins F1 {self.f1:.4f} ({self.found} of {self.wanted}, made {self.made})"
            f", across {self.recall:.4f} of {self.wanted_across}, ownership "
            f"{self.ownership:.4f}, wrong and sure {self.sure}"
        )


def pages(
    shared: Path, half: Half, seeds: Sequence[int], style: Style = "plain"
) -> Iterator[Page]:
    """One page a seed."""
    stock = _stock(shared, half)
    for seed in seeds:
        yield _page(stock, seed, style)


def damaged(shared: Path) -> Iterator[Page]:
    """The composites that came with the development set."""
    for path in sorted((shared / "corpus" / "damaged").glob("D*.md")):
        truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
        owner = {int(n): ord(d) for n, d in truth["line_owner"].items()}
        joins = {
            (j["left"], j["right"]): j["kind"] == "interleave" for j in truth["joins"]
        }
        yield Page(path.stem, path.read_text("utf-8"), owner, joins)


def tally(found: Iterator[Page]) -> Tally:
    """Read pages and compare with the truth."""
    out = Tally()
    for page in found:
        source = Source(f"{page.name}.md", page.text)
        _compare(out, page, source, read([source], lambda _: None))
    return out


def _compare(out: Tally, page: Page, source: Source, got: Collection) -> None:
    def line(span: Span) -> int:
        return source.locate(span.start)[0]

    made = {(line(j.left), line(j.right)): j.confidence for j in got.joins}
    found = made.keys() & page.joins.keys()
    out.found += len(found)
    out.wanted += len(page.joins)
    out.made += len(made)
    out.across += sum(page.joins[key] for key in found)
    out.wanted_across += sum(page.joins.values())
    out.right += [made[key] for key in found]
    wrong = made.keys() - page.joins.keys()
    out.wrong += [made[key] for key in wrong]
    out.sure += sum(made[key] >= 0.9 for key in wrong)
    text = page.text.split("\n")
    for key in sorted(made.keys() ^ page.joins.keys()):
        sign = f"wrong {made[key]}" if key in made else "missed"
        seam = f"{text[key[0] - 1][-10:]}｜{text[key[1] - 1][:10]}"
        out.notes.append(f"{page.name} {sign} {key} {seam}")
    mine = {
        line(text.span): index
        for index, document in enumerate(got.documents)
        for text in texts(document)
    }
    overlap = Counter((owner, mine.get(n)) for n, owner in page.owner.items())
    match: dict[int, int] = {}
    for (owner, index), _ in overlap.most_common():
        if index is not None and owner not in match and index not in match.values():
            match[owner] = index
    stray = [n for n, o in page.owner.items() if mine.get(n) != match.get(o, -1)]
    out.lines += len(page.owner)
    out.owned += len(page.owner) - len(stray)
    if stray:
        out.notes.append(f"{page.name} strays {stray[:12]} ({len(stray)})")


# ---------------------------------------------------------------- documents


@dataclass(frozen=True)
class _Stock:
    laws: tuple[tuple[Part, ...], ...]
    taiwan: tuple[tuple[Part, ...], ...]
    prose: tuple[tuple[Part, ...], ...]


def _stock(shared: Path, half: Half) -> _Stock:
    corpus = shared / "corpus"
    laws = [
        law
        for path in sorted((corpus / "laws").glob("*.md"))
        if path.name[:2] not in ("03", "08", "10", "16", "18", "19", "20", "24")
        for law in _laws(path.read_text("utf-8"))
    ]
    taiwan = [
        law
        for path in sorted((corpus / "moj").glob("*.txt"))
        if path.stem not in ("F0000028", "K0060019", "S0110006", "D0120011")
        for law in _laws(path.read_text("utf-8"))
    ]
    prose = [
        tuple(_prose(next((corpus / "laws").glob(f"{n}*")).read_text("utf-8")))
        for n in ("19", "20")
    ]
    seed = (shared / "seed" / "page.md").read_text("utf-8").split("\n")
    for start, end in ((137, 153), (157, 183)):
        prose.append(tuple(_stitched(filter(None, seed[start - 1 : end]))))
    start = 0 if half == "look" else 1
    return _Stock(tuple(laws[start::2]), tuple(taiwan[start::2]), tuple(prose))


def _laws(text: str) -> Iterator[tuple[Part, ...]]:
    """A law, or the laws that a long one gives when it is cut at its headings."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [line for line in lines if line and not line.startswith("<!--")]
    for at in range(len(lines) - 1, 0, -1):  # a stop that a break took from its line
        if lines[at][0] in "，。、；":
            lines[at - 1] += lines.pop(at)
    title, rest = lines[0].lstrip("# "), lines[1:]
    piece: list[Part] = []
    count = made = 0
    chapters = sections = 0
    for line in rest:
        bare = line.lstrip("# ").replace("**", "")
        if HEADING.match(line):
            if count > 45:
                yield _titled(title, made, piece)
                piece, count, made, chapters = [], 0, made + 1, 0
            if "编" in bare[:6] or "編" in bare[:6]:
                continue
            unit = re.search(r"[章节節]", bare[:8])
            if not unit:
                continue
            chapters, sections = (
                (chapters + 1, 0) if unit[0] == "章" else (chapters, sections + 1)
            )
            name = bare[unit.end() :].strip()
            number = to_chinese(chapters if unit[0] == "章" else sections)
            level = "##" if unit[0] == "章" else "###"
            piece.append(Part(f"{level} 第{number}{unit[0]} {name}", body=False))
        elif found := ARTICLE.match(bare):
            count += 1
            arabic = bool(re.search(r"\d", found[0]))
            number = f" {count} " if arabic else to_chinese(count)
            said = bare[found.end() :].strip()
            piece.append(Part(f"**第{number}{found[1]}** {said}"))
        elif count and piece[-1].text.endswith("** "):  # 第 1 條 on a line of its own
            piece[-1] = Part(piece[-1].text + bare)
        elif count:
            piece.append(Part(bare))
    if count > 8:
        yield _titled(title, made, piece)


def _titled(title: str, made: int, piece: list[Part]) -> tuple[Part, ...]:
    """A document of its own, its paragraphs without those that a bare number left."""
    body = [p for p in piece if not p.text.endswith("** ")]
    name = f"{title}{to_chinese(made + 1)}" if made else title
    note = "（2019年3月14日第十届代表大会常务委员会第八次会议通过）"
    return (Part(f"# {name}", body=False), Part(note, body=False), *body)


def _stitched(lines: Iterable[str]) -> Iterator[Part]:
    """News from the real page, without the breaks that it has itself."""
    text = ""
    for line in lines:
        text += line
        if text[-1] in "。：”…" or text[0] == "#":
            yield Part(text, body="，" in text or "," in text)
            text = ""


def _prose(text: str) -> Iterator[Part]:
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if not line.startswith("<!--"):
            yield Part(line, body=line[0] != "#" and len(line) > 30)


def _interview(law: Sequence[Part], chance: random.Random) -> tuple[Part, ...]:
    """Questions and answers that quote a law."""
    title = law[0].text.lstrip("# ")
    short = "條例" if "條" in "".join(p.text for p in law[:6]) else "条例"
    quotable = [
        (found[0].replace(" ", ""), p.text.split("** ", 1)[-1])
        for p in law
        if (found := ARTICLE.search(p.text[:14])) and p.text[-1] == "。"
    ]
    chance.shuffle(quotable)
    out = [
        f"近日，《{title}》（以下简称《{short}》）公布。有关负责人回答了记者的提问。",
        f"问：为什么要制定《{short}》？",
        f"答：制定《{short}》，是完善有关制度的重要举措，也是回应群众关切的现实需要。",
        f"起草历时两年，多次听取意见。《{short}》的出台，对于保障各方权益将有积极作用。",
    ]
    for number in range(chance.randint(3, 6)):
        ask = chance.choice(["在这方面有哪些规定", "还有哪些制度安排", "如何落实责任"])
        out.append(f"问：《{short}》{ask}？")
        quoted = quotable[number * 2 : number * 2 + chance.randint(1, 2)]
        said = "".join(
            f"《{short}》{where}规定，{what.rstrip('。')}。" for where, what in quoted
        )
        out.append(f"答：对此，《{short}》作了专门规定。{said}")
        if chance.random() < 0.6:
            out.append(
                chance.choice(
                    [
                        "这些规定明确了各方责任，有利于把制度优势转化为治理效能。",
                        "下一步，将抓紧制定配套文件，加强宣传解读和业务培训。",
                        "通过上述规定，进一步理顺了工作机制，压实了主体责任。",
                    ]
                )
            )
    out[-1] += "（新华社北京3月14日电）"
    return tuple(Part(line) for line in out)


# ---------------------------------------------------------------- damage


def _page(stock: _Stock, seed: int, style: Style) -> Page:
    chance = random.Random(seed)  # noqa: S311  (a page that can be made again)
    taiwan = chance.random() < 0.25 and style != "signed"
    laws = stock.taiwan if taiwan else stock.laws
    first, second = chance.sample(range(len(laws)), 2)
    kinds = ["qa", "qa", "law", "case"] if style != "signed" else ["qa", "case"]
    kind = "law" if taiwan else chance.choice(kinds)
    law = laws[first]
    other = {
        "qa": lambda: _interview(law, chance),
        "law": lambda: laws[second],
        "case": lambda: _news(stock, chance),
    }[kind]()
    width = chance.choice([0.0, 0.5, 1.0, 1.0])
    changes: list[Callable[[str], str]] = [
        lambda text: _narrow(text, width, chance),
        lambda text: _and(text, chance),
    ]
    a = _cut(_run_on(law, chance), chance.randint(1, 4), chance)
    b = _cut(_asked(other, chance), chance.randint(1, 3), chance)
    if chance.random() < 0.5:
        a = _broken_off(a, chance)
    pattern = chance.choice(PATTERNS)
    pieces = _deal(pattern, a, b, chance, listed=style == "list")
    if style == "lost":
        _lose(pieces, chance)
    elif style == "signed":
        _sign(pieces, chance)
    if not taiwan and chance.random() < 0.35 and kind == "qa":
        pieces.append((2, _tail(stock, chance)))
    return _print(f"{style}-{seed}-{kind}-{pattern}", pieces, changes)


def _news(stock: _Stock, chance: random.Random) -> tuple[Part, ...]:
    news = chance.choice(stock.prose)
    if news[0].text[0] == "#":
        return news
    return (Part("# 会议在某地举行", body=False), *news)


def _tail(stock: _Stock, chance: random.Random) -> list[Part]:
    news = [p for p in chance.choice(stock.prose) if not p.text.startswith("# ")]
    start = Part("（上接第1版）", body=False)
    return [start, *news[len(news) // 2 :], Part("记者 李某某", body=False)]


def _run_on(parts: Sequence[Part], chance: random.Random) -> list[Part]:
    """Lists that stand in one line with what leads to them."""
    out: list[Part] = []
    share, run = chance.choice([0.0, 0.3, 0.6, 1.0]), False
    for part in parts:
        first = re.match(r"[（(]一[）)]|一、", part.text)
        if first:
            run = chance.random() < share
        if ITEM.match(part.text) and run and out and out[-1].text[-1] in "：；:;。":
            out[-1] = Part(out[-1].text + part.text)
        else:
            run = False
            out.append(part)
    return out


def _asked(parts: Sequence[Part], chance: random.Random) -> list[Part]:
    """Answers that stand in one line with their questions."""
    out: list[Part] = []
    for part in parts:
        asked = out and out[-1].text[:2] == "问：" and part.text[:2] == "答："
        if asked and chance.random() < 0.35:
            out[-1] = Part(out[-1].text + part.text)
        else:
            out.append(part)
    return out


def _middle(text: str, chance: random.Random) -> int:
    """A place in a sentence: not beside a stop on its left, and not near the ends."""
    low = 10 if text.startswith("**") else 6
    places = [
        i
        for i in range(low + 4, len(text) - 4)
        if text[i - 1] not in "。；：！？;:!?“‘《（(…”’》）)"
        and text[i] not in "。；：！？，、;:,!?”’》）)*"
        and not (text[i - 1].isascii() and text[i].isascii())
    ]
    return chance.choice(places) if places else 0


def _halve(part: Part, chance: random.Random) -> tuple[Part, ...]:
    at = _middle(part.text, chance) if part.body else 0
    if not at:
        return (part,)
    left, right = part.text[:at], part.text[at:]
    return replace(part, text=left), Part(right, joined=True)


def _cut(parts: Sequence[Part], times: int, chance: random.Random) -> list[Part]:
    """Paragraphs cut by the ends of columns inside the document."""
    chosen = set(chance.sample(range(2, len(parts)), min(times, len(parts) - 2)))
    out: list[Part] = []
    for index, part in enumerate(parts):
        out += _halve(part, chance) if index in chosen else (part,)
    return out


def _broken_off(parts: list[Part], chance: random.Random) -> list[Part]:
    """Without its end, in the middle of a sentence."""
    for at in range(int(len(parts) * chance.uniform(0.6, 0.95)), len(parts)):
        halves = _halve(parts[at], chance)
        if len(halves) == 2:
            return [*parts[:at], halves[0]]
    return parts


def _deal(
    pattern: str, a: list[Part], b: list[Part], chance: random.Random, *, listed: bool
) -> list[tuple[int, list[Part]]]:
    """The stretches of two documents in turns, each cut in the middle of a sentence."""
    clean = 0.5 if chance.random() < 0.3 else 0.0
    turns = [0 if name == "A" else 1 for name in re.findall(r"[AB]", pattern)]
    stretches = [
        iter(_stretches(parts, turns.count(which), clean, chance, listed=listed))
        for which, parts in enumerate((a, b))
    ]
    return [(which, next(stretches[which])) for which in turns]


def _lose(pieces: list[tuple[int, list[Part]]], chance: random.Random) -> None:
    """One line less: a paragraph, or what a broken one goes on with."""
    places: list[tuple[list[Part], int, bool]] = []
    for at, (which, parts) in enumerate(pieces):
        later = [part for w, rest in pieces[at + 1 :] if w == which for part in rest]
        following = [*parts[1:], *later[:1]]
        for i, (part, after) in enumerate(zip(parts, following, strict=False)):
            if part.body and not after.joined and (at > 1 or i > 2):
                places.append((parts, i, part.joined))
    halves = [place for place in places if place[2]]
    parts, i, _ = chance.choice(halves if halves and chance.random() < 0.6 else places)
    del parts[i]


def _sign(pieces: list[tuple[int, list[Part]]], chance: random.Random) -> None:
    """The agency's line at the end of a take, after which the news goes on."""
    stretch = next(parts for which, parts in pieces if which == 1)
    places = [i for i in range(3, len(stretch)) if not stretch[i].joined]
    places = [i for i in places if not stretch[i].text.startswith("答：")]
    if places:
        line = Part("（新华社北京3月14日电）", body=False)
        stretch.insert(chance.choice(places), line)


def _stretches(
    parts: list[Part],
    count: int,
    clean: float,
    chance: random.Random,
    *,
    listed: bool,
) -> Iterator[list[Part]]:
    left = list(parts)
    for number in range(count, 1, -1):
        size = max(3, int(len(left) * chance.uniform(0.7, 1.3) / number))
        size = min(size, len(left) - number)
        points = [i for i in range(3, len(left) - number) if ITEM.match(left[i].text)]
        inside = listed and bool(points)
        if inside:
            size = min((abs(i - size), i) for i in points)[1]
        if chance.random() >= clean:
            while (
                not inside and size < len(left) - number and len(left[size].text) < 24
            ):
                size += 1
            halves = _halve(left[size], chance)
            if len(halves) == 2:
                yield [*left[:size], halves[0]]
                left = [_noisy(halves[1], chance), *left[size + 1 :]]
                continue
        yield left[:size]
        left = left[size:]
    yield left


def _noisy(part: Part, chance: random.Random) -> Part:
    """A first character that the machine misread, or did not see."""
    if chance.random() >= 0.4:
        return part
    wrong = chance.choice(["同", "", "", "日", "口"])
    return replace(part, text=wrong + part.text[1:])


def _narrow(text: str, width: float, chance: random.Random) -> str:
    return "".join(
        char.translate(HALF_WIDTH) if chance.random() < width else char for char in text
    )


def _and(text: str, chance: random.Random) -> str:
    return text.replace("和", " and ", 1) if chance.random() < 0.03 else text


def _print(
    name: str,
    pieces: list[tuple[int, list[Part]]],
    changes: list[Callable[[str], str]],
) -> Page:
    lines: list[str] = []
    owner: dict[int, int] = {}
    joins: dict[tuple[int, int], bool] = {}
    last: dict[int, int] = {}
    for which, parts in pieces:
        for part in parts:
            text = part.text
            for change in changes:
                text = change(text)
            lines += [text, ""]
            number = len(lines) - 1
            owner[number] = which
            if part.joined:
                joins[last[which], number] = last[which] != number - 2
            last[which] = number
    return Page(name, "\n".join(lines), owner, joins)
