"""Fuzz the reader by hand: ``python -m tests.read.fuzz MINUTES [SEED]``.

Texts of the development set and of the property tests are cut, doubled, swapped,
spliced and spoilt, as text, web pages and Word files, and each is read, repaired,
checked and written down again. Whatever raises, breaks a law of reading or takes longer
than its size allows is printed once a kind, with its bytes, and the run ends with 1.
"""

from __future__ import annotations

import json
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from publisher.tree import dump, markdown
from publisher.write import akn
from tests.read.invariants import broken, whole
from tests.read.test_read_conservation import LETTERS
from tests.read.word import law

ROOT = Path(__file__).resolve().parents[3] / "shared" / "corpus"
STARTS = (
    *("第一条 ", "第二条　", "第 3-1 條", "**第四条** ", "第一章 总则", "## 第二章"),
    *("第一编 甲", "（一）", "(二)", "一、", "二、", "1．", "2.", "①", "a）", "问："),
    *("答:", "# 标题", "## 小标题", "（上接第1版）", "——", "……", "续表", "附件一：甲"),
    *("（2024年1月1日通过）", "记者 张三", "近日，", "（新华社北京2月19日电）", "目录"),
    *("附则", "<!-- a -->", " ", "| 甲 | 乙 |", "|---|:-:|", "┌──┬──┐", "│甲│乙│"),
    *("└──┴──┘", "![图](a.png)", "表1 乙", "5.1 甲", "5.1.1 乙", "壹 總則", "（刪除）"),
    *("将第三条修改为：“", "“第三条 ", "“（一）", "国发〔2020〕5号", "　　", "    "),
    *(
        "法規名稱：",
        "修正日期：民國 94 年 06 月 10 日",
        "法規類別：",
        "附：",
        "二、《某法》",
    ),
    *("《某公约》", "[1] ", "[2] 甲", "+--+--+", "+==+==+", "|甲|乙|"),
)
WORDS = (
    *("第二条第一款", "前款", "前两条", "本法第三条至第五条", "《丙〈丁〉法》第一条"),
    *(
        "（以下简称丙法）",
        "同法",
        "第（一）、（二）项",
        "“",
        "”",
        "「",
        "」",
        "（",
        "）",
    ),
    *("：", "；", "。", "，", " and ", "學(xué)", "?!", "\u200b", "\ufeff", "\x07"),
    *("宣讲宣讲", "鄆", "\ue123", "１２", "（下转第3版）", "。问：甲？答：乙。", "**"),
    *(
        "甲[1]",
        "[2]，",
        "（一）甲；（二）乙",
        "六章、三十四条",
        "《条例》第一条规定，“甲乙丙丁戊己”",
    ),
)
TAGS = (
    *("<p>", "</p>", "<br>", "<div class='TRS_Editor'>", "</div>", "<table>", "<tr>"),
    *(
        "<td>",
        "</td>",
        "<ol>",
        "<li>",
        "<h1>",
        "</h1>",
        "<b>",
        "</b>",
        "&nbsp;",
        "&#0;",
    ),
    *("<!--", "-->", "<![if !supportLists]>", "<o:p></o:p>", "<script>", "</script>"),
    *("<sup>1</sup>", "<pre>", "<a href='x'>", "</a>", "&#xD800;", "<nav>", "</nav>"),
)


@dataclass
class Run:
    """What a run did, and the first input of each kind of failure."""

    tried: Counter[str] = field(default_factory=Counter)
    failures: dict[str, bytes] = field(default_factory=dict)
    slowest: tuple[float, str, int] = (0.0, "", 0)


def lines(chance: random.Random) -> str:
    """A page of lines such as laws have, and a few characters."""
    stop = chance.choice(["\n", "\n\n", "\r\n", "\r"])
    out = []
    for _ in range(chance.randint(0, 24)):
        words = chance.choices(WORDS, k=chance.randint(0, 5))
        some = "".join(chance.choices(LETTERS, k=chance.randint(0, 12)))
        out.append(chance.choice(STARTS) + "".join(words) + some)
    return stop.join(out)


def spoilt(stock: Sequence[str], chance: random.Random) -> str:
    """A piece of a real text with its lines moved, cut, doubled, mixed and misread."""
    one = _piece(chance.choice(stock), chance)
    for _ in range(chance.randint(1, 12)):
        if not one:
            break
        at = chance.randrange(len(one))
        match chance.randrange(8):
            case 0:
                del one[at]
            case 1:
                one.insert(at, one[chance.randrange(len(one))])
            case 2:
                cut = chance.randint(0, len(one[at]))
                one[at : at + 1] = [one[at][:cut], one[at][cut:]]
            case 3:
                one[at : at + 2] = ["".join(one[at : at + 2])]
            case 4:
                other = _piece(chance.choice(stock), chance)
                one[at:at] = other[: chance.randint(1, 20)]
            case 5:
                cut = chance.randint(0, len(one[at]))
                wrong = chance.choice(WORDS + STARTS)
                one[at] = one[at][:cut] + wrong + one[at][cut + 1 :]
            case 6:
                one[at] = chance.choice(STARTS) + one[at]
            case _:
                chance.shuffle(one)
    return chance.choice(["\n", "\n\n"]).join(one)


def _piece(text: str, chance: random.Random) -> list[str]:
    whole = [line for line in text.splitlines() if line.strip()]
    start = chance.randrange(max(1, len(whole)))
    return whole[start : start + chance.randint(1, 60)]


def page(stock: Sequence[str], chance: random.Random) -> str:
    """A web page of such lines among tags that do not close."""
    text = chance.choice([lines(chance), spoilt(stock, chance)])
    out = []
    for line in text.splitlines():
        out += chance.choices(TAGS, k=chance.randint(0, 3))
        out.append(line)
    return "\n".join(out)


def word(stock: Sequence[str], chance: random.Random) -> bytes:
    """A Word file of such lines, sometimes with bytes changed."""
    text = chance.choice([lines(chance), spoilt(stock, chance)])
    printable = "".join(c for c in text if c.isprintable() or c == "\n")
    raw = bytearray(law(printable))
    for _ in range(chance.choice([0, 0, 1, 4])):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def noise(stock: Sequence[str], chance: random.Random) -> bytes:
    """Bytes: of another encoding, cut in the middle, or any."""
    text = spoilt(stock, chance)
    name = chance.choice(["gb18030", "big5", "utf-16", "utf-8", "latin-1"])
    raw = bytearray(text.encode(name, "ignore"))
    for _ in range(chance.choice([0, 1, 8])):
        at = chance.randint(0, len(raw))
        raw[at : at + chance.randint(0, 2)] = chance.randbytes(chance.randint(0, 2))
    return bytes(raw)


def made(stock: Sequence[str], chance: random.Random) -> tuple[str, bytes]:
    """The name and the bytes of one input."""
    match chance.randrange(10):
        case 0 | 1 | 2:
            return "a.md", lines(chance).encode("utf-8", "surrogatepass")
        case 3 | 4 | 5 | 6:
            return "a.txt", spoilt(stock, chance).encode("utf-8", "surrogatepass")
        case 7:
            return "a.html", page(stock, chance).encode("utf-8", "surrogatepass")
        case 8:
            return "a.docx", word(stock, chance)
        case _:
            return chance.choice(["a.md", "a.html", "a.docx"]), noise(stock, chance)


def tried(name: str, raw: bytes) -> str:
    """What is wrong with an input, or nothing."""
    seen = whole(raw, name=name)
    if said := broken(seen):
        return said[0]
    json.dumps(dump.outline(seen.mended, seen.sources))
    akn.write(seen.mended.documents)
    "\n".join(markdown.page(seen.mended.documents))
    return ""


def once(run: Run, name: str, raw: bytes) -> None:
    """Try one input and note what came of it."""
    began = time.process_time()
    try:
        said = tried(name, raw)
    except Exception:  # noqa: BLE001  (whatever it is, it is what we look for)
        said = traceback.format_exc(limit=-3)
    took = time.process_time() - began
    run.tried[name] += 1
    run.slowest = max(run.slowest, (took / (2000 + len(raw)), name, len(raw)))
    if took > 2 + len(raw) / 5000:
        said = said or f"slow: {took:.1f} s for {len(raw)} bytes"
    kind = "".join(c for c in said[-90:] if not c.isdigit()) if said else ""
    if said and kind not in run.failures:
        run.failures[kind] = raw
        shown = shrunk(name, raw, said)
        print(f"--- {name}\n{said}\n{shown!r}"[:9000], flush=True)


def shrunk(name: str, raw: bytes, said: str) -> bytes:
    """Fewer lines that fail in the same way, for texts."""
    if name.endswith(".docx"):
        return raw

    def fails(rows: list[bytes]) -> bool:
        try:
            return tried(name, b"\n".join(rows))[:24] == said[:24]
        except Exception:  # noqa: BLE001
            return said.startswith("Traceback")

    rows, at = raw.split(b"\n"), 0
    while at < len(rows):
        less = rows[:at] + rows[at + 1 :]
        if fails(less):
            rows = less
        else:
            at += 1
    return b"\n".join(rows)


def main(minutes: float, seed: int) -> int:
    """Try inputs until the time is over."""
    paths = [p for p in sorted(ROOT.glob("*/*")) if p.suffix in (".md", ".txt")]
    stock = [p.read_text("utf-8") for p in paths]
    end, run = time.monotonic() + 60 * minutes, Run()
    number = seed
    while time.monotonic() < end:
        chance = random.Random(number)  # noqa: S311  (an input that can be made again)
        once(run, *made(stock, chance))
        number += 1
        if number % 2000 == 0:
            print(dict(run.tried), run.slowest, flush=True)
    print(dict(run.tried), run.slowest)
    print(f"{sum(run.tried.values())} inputs, {len(run.failures)} kinds of failure")
    return int(bool(run.failures))


if __name__ == "__main__":
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    sys.exit(main(minutes, int(sys.argv[2]) if len(sys.argv) > 2 else 0))
