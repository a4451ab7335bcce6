"""The laws of a reading, on generated lines and on the whole development set."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.numerals import to_chinese as chinese
from publisher.tree.nodes import Article, Document
from tests.read.invariants import LAWS, Whole, broken, same_again, whole
from tests.read.test_read_conservation import BREAKS, LINES

FILES = ["laws/0*", "laws/1*", "laws/2*", "laws/30*", "moj/*.txt", "damaged/*.md"]
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"])


@pytest.mark.parametrize("pattern", FILES)
def test_every_file_of_the_development_set_keeps_the_laws(
    shared: Path, pattern: str
) -> None:
    paths = sorted((shared / "corpus").glob(pattern))
    assert paths
    for path in paths:
        seen = whole(path.read_bytes(), name=path.name)
        clean = path.parent.name != "damaged"
        assert [*broken(seen, clean=clean), *same_again(seen)] == [], path.name


def test_the_seed_keeps_the_laws(page: Path) -> None:
    seen = whole(page.read_bytes())
    assert [*broken(seen), *same_again(seen)] == []


@given(LINES, BREAKS)
@settings(max_examples=250, deadline=None)
def test_any_lines_keep_the_laws(lines: list[str], stop: str) -> None:
    assert broken(whole(stop.join(lines).encode("utf-8", "surrogatepass"))) == []


@given(st.lists(LINES, min_size=2, max_size=3))
@settings(max_examples=60, deadline=None)
def test_several_files_keep_the_laws(files: list[list[str]]) -> None:
    raws = ["\n".join(f).encode("utf-8", "surrogatepass") for f in files]
    assert broken(whole(*raws)) == []


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_keep_the_laws(raw: bytes) -> None:
    assert broken(whole(raw)) == []


SENTENCES = st.lists(
    st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=12), min_size=1, max_size=4
).map("，".join)
ARTICLES = st.lists(
    st.tuples(SENTENCES, st.lists(SENTENCES, max_size=3), st.lists(SENTENCES)),
    min_size=1,
    max_size=6,
)
GAPS = st.sampled_from([" ", "  ", "\u3000", "\u2002"])


@given(ARTICLES, GAPS, GAPS, ENCODINGS)
@settings(max_examples=120, deadline=None)
def test_a_clean_law_is_not_repaired_and_reads_as_it_is_written_down(
    articles: list[tuple[str, list[str], list[str]]],
    gap: str,
    wide: str,
    encoding: str,
) -> None:
    lines = ["# 某条例", f"## 第一章{wide}总则"]
    for number, (said, points, more) in enumerate(articles, 1):
        lines.append(f"第{chinese(number)}条{gap}{said}{'：' if points else '。'}")
        last = len(points)
        lines += [
            f"（{chinese(n)}）{point}{'。' if n == last else '；'}"
            for n, point in enumerate(points, 1)
        ]
        lines += [f"{each}。" for each in more]
    seen = whole("\n\n".join(lines).encode(encoding))
    assert [*broken(seen, clean=True), *same_again(seen)] == []


def test_each_law_is_seen_to_be_broken() -> None:
    seen = whole(
        "# 某条例\n\n第一条 依照第二条办理，甲乙丙丁戊\n\n己庚辛壬。\n\n（一）甲；\n\n"
        "（二）乙 and 丙。\n\n第二条 将第三条修改为：“甲。\n\n“乙。”\n".encode()
    )
    assert broken(seen) == []
    told = {said.partition(":")[0] for made in spoilt(seen) for said in broken(made)}
    assert told == {law.__name__ for law in LAWS}


def spoilt(seen: Whole) -> list[Whole]:
    """The same reading, wrong in one way each."""
    (document,) = seen.read.documents
    first, second = (b for b in document.body if isinstance(b, Article))
    para = first.body[0]
    items = tuple(replace(item, id="") for item in para.items)
    quoted = replace(second.body[1], items=para.items)
    wrong: list[Document] = [
        replace(document, body=(second, first)),
        replace(document, body=(first, replace(second, number=(9, 0)))),
        replace(document, body=(first, replace(second, id=first.id))),
        replace(document, body=(replace(first, body=(para, para)), second)),
        replace(document, body=(replace(first, body=(replace(para, items=items),)),)),
        replace(document, body=(replace(second, body=(second.body[0], quoted)),)),
        replace(document, body=(first,)),
    ]
    out = [
        replace(
            seen,
            read=replace(seen.read, documents=(made,)),
            mended=replace(seen.mended, documents=(made,)),
            found=(),
        )
        for made in wrong
    ]
    joins = tuple(replace(j, right=second.label.span) for j in seen.read.joins)
    out.append(replace(seen, read=replace(seen.read, joins=joins)))
    twice = (document, replace(document, id="reg-2"))
    out.append(replace(seen, read=replace(seen.read, documents=twice)))
    return out
