"""``make bench``: how well, and how fast, simplified becomes traditional and back.

A table of runs beside plain OpenCC, on the development corpora: Taiwan's statutes made
simplified (``tw2s``) and converted back, compared on the places where there is a choice
and with variant forms folded; each type that differs from ``s2tw`` on mainland laws,
with its reason; the queue of the audit; and the time. Writes
``build/bench-conversion.json``. Usage: ``python tests/bench_conversion.py``.

Going back and forth flatters every converter alike: what ``tw2s`` leaves is given away.
Read the ratio, not the rate.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import opencc

from publisher.book import Conversion
from publisher.edition.conversion.audit import audit
from publisher.edition.conversion.converter import Converter
from publisher.edition.conversion.schemes import converter
from publisher.read import read
from publisher.source import Source

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
PAGE = ROOT / "sources" / "dangshi" / "page.md"
FOLD = str.maketrans(
    "佈佔臺檯羣衆麪喫祕覈峯鑒瞭僱註託滙濕煙菸裏爲着週徑廻汙卹燬譭畫樑桿舖",
    "布占台台群眾麵吃秘核峰鑑了雇注托匯溼烟烟裡為著周逕回污恤毀毀劃梁杆鋪",
)
"""Glyphs, and spellings that are both right in Taiwan's statutes."""
Change = Callable[[str], str]


def lines(paths: list[Path]) -> list[str]:
    """Every line of some files."""
    return [line for path in paths for line in path.read_text("utf-8").splitlines()]


def house() -> Converter:
    """What an edition for Taiwan is made with."""
    made = converter("zh-Hant-TW", "zh-Hans")
    if made is None:
        raise SystemExit("there is no converter")
    return made


def there_and_back(statutes: list[str]) -> dict[str, float]:
    """Errors of both on Taiwan's own words, on the places with a choice."""
    own, plain = house(), opencc.OpenCC("s2tw").convert
    simplify = opencc.OpenCC("tw2s").convert
    several = {char for char, forms in own.candidates.items() if len(forms) > 1}
    wrong: Counter[str] = Counter()
    places = 0
    for gold in statutes:
        simple = simplify(gold)
        if len(simple) != len(gold):
            continue
        at = [n for n, char in enumerate(simple) if char in several]
        places += len(at)
        ways: tuple[tuple[str, Change], ...] = (("ours", own.convert), ("s2tw", plain))
        for name, change in ways:
            said = change(simple).translate(FOLD)
            wrong[name] += sum(said[n] != gold[n].translate(FOLD) for n in at)
    return {"places": places, **wrong, "ratio": wrong["ours"] / wrong["s2tw"]}


def differences(laws: list[str]) -> Counter[tuple[str, str, str, str]]:
    """Word, what plain s2tw writes, what we write, and why; with how often."""
    own = house()
    seen: Counter[tuple[str, str, str, str]] = Counter()
    for line in laws:
        trace = own.trace(line)
        for at, (ours, plain) in enumerate(zip(trace.text, trace.plain, strict=True)):
            if ours != plain:
                start = max(trace.edges.rfind(1, 0, at + 1), 0)
                word = line[start : trace.edges.find(1, at + 1)]
                why = trace.choices[at]
                seen[word, plain, ours, f"{why.by} {why.key}".strip()] += 1
    return seen


def queue(paths: list[Path]) -> Iterator[tuple[str, int, int, int]]:
    """Characters, types and places of the audit, file by file."""
    for path in paths:
        source = Source(path.name, path.read_text("utf-8"))
        documents = read([source], lambda _: None).documents
        found = audit(documents, "zh-Hant-TW", "zh-Hans", Conversion())
        if found:
            yield path.name, found.characters, len(found.kinds), found.places


def speeds(laws: list[str]) -> dict[str, float]:
    """Characters a second of processor time, in turns, the best of three."""
    own, plain = house(), opencc.OpenCC("s2tw").convert
    size = sum(map(len, laws))
    best: dict[str, float] = {}
    ways: dict[str, Callable[[str], object]] = {
        "ours": own.convert,
        "ours, with reasons": own.trace,
        "s2tw": plain,
    }
    for _ in range(3):
        for name, change in ways.items():
            start = time.process_time()
            for line in laws:
                change(line)
            rate = size / (time.process_time() - start)
            best[name] = max(best.get(name, 0.0), rate)
    return best


def main() -> None:
    """Print the tables and write them down."""
    if not CORPUS.is_dir():
        sys.exit("the development corpora are not beside this checkout")
    laws = sorted((CORPUS / "laws").glob("*.md"))
    texts = lines([*laws, PAGE])
    back = there_and_back(lines(sorted((CORPUS / "moj").glob("*.txt"))))
    print("Taiwan's statutes, simplified and back: errors where there is a choice")
    print(
        f"  places {back['places']:,}  ours {back['ours']}  s2tw {back['s2tw']}", end=""
    )
    print(f"  ours ÷ s2tw {back['ratio']:.2f}")
    changed = differences(texts)
    spelt = sum(n for (*_, why), n in changed.items() if why.startswith("spelling"))
    print(f"\nMainland laws and the page: {sum(changed.values())} characters differ")
    print(f"  from s2tw, {spelt} of them the spelling of the house; the others:")
    for (word, plain, ours, why), many in sorted(changed.items()):
        if not why.startswith("spelling"):
            print(f"  {word}  {plain} → {ours}  ×{many}  {why}")
    found = list(queue([*laws, PAGE]))
    places, characters = sum(f[3] for f in found), sum(f[1] for f in found)
    rate = places / characters * 10_000
    print(f"\nThe audit's queue: {places} places in {characters:,}", end="")
    print(f" characters, {rate:.1f} in 10,000")
    rates = speeds(texts)
    print("\nCharacters a second of processor time")
    for name, speed in rates.items():
        print(f"  {name:20}{speed:12,.0f}")
    record = {
        "there and back": back,
        "differences": [[*key, many] for key, many in sorted(changed.items())],
        "queue": found,
        "characters a second": rates,
    }
    out = ROOT / "build" / "bench-conversion.json"
    out.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
