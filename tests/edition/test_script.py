from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.book import Book, Script
from publisher.diagnostics import Diagnostic
from publisher.edition import convert
from publisher.edition.conversion.schemes import SCHEMES as CHOOSING
from publisher.edition.conversion.schemes import converter
from publisher.edition.lines import CHAINS, LENGTH, changer, evenly, script_of
from publisher.edition.quotes import restyle_document
from publisher.edition.script import (
    change_document,
    convert_document,
    convert_run,
    recognise,
)
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.nodes import (
    AdoptionNote,
    Collection,
    Division,
    Document,
    Event,
    Fixed,
    Gap,
    Note,
    Notice,
    Prose,
    Reference,
    Ruby,
    Run,
    Strong,
    Text,
)
from tests.conftest import ROOT
from tests.edition.making import BARE, SCRIPTS, collect, edition, made, unheard

SCHEMES = {"zh-Hant-TW": "s2tw", "zh-Hant-HK": "s2hk", "zh-Hant": "s2t"}


TAIWAN = "# 某某條例\n\n第一條 為了發展國家語言，特制定本條例。\n"


def test_a_traditional_source_is_known_by_its_characters() -> None:
    (document,) = collect(TAIWAN).documents
    assert recognise(document, "zh-Hans-CN").lang == "zh-Hant-TW"
    assert recognise(document, "zh-Hant-HK").lang == "zh-Hant-HK"
    told = replace(document, lang="zh-Hant")
    assert recognise(told, "zh-Hans-CN") is told
    (simplified,) = collect("# 某某条例\n\n第一条 鄆城县发展。\n").documents
    assert recognise(simplified, "zh-Hant-TW") is simplified


def test_a_traditional_source_is_not_converted_to_traditional_again() -> None:
    (document,) = made(TAIWAN, "zh-Hant-TW").documents
    assert walk.ink(document) == walk.ink(collect(TAIWAN).documents[0])


def test_a_bare_file_keeps_its_script_unless_another_is_asked_for() -> None:
    bare = made(TAIWAN, None)
    assert (bare.lang, bare.edition.script) == ("zh-Hant-TW", "zh-Hant-TW")
    assert "發展國家" in walk.ink(bare.documents[0])
    assert bare.apparatus.converted == ()
    for book in (BARE, Book("b"), Book("b", language="zh-Hant-TW")):
        asked = made(TAIWAN, "zh-Hans", book)
        assert asked.lang == "zh-Hans"
        assert "发展国家" in walk.ink(asked.documents[0])
        assert asked.apparatus.converted == (("reg", "zh-Hant-TW"),)


def test_an_edition_that_nobody_gave_a_script_has_that_of_the_books_language() -> None:
    kept = made(TAIWAN, None, Book("b", language="zh-Hant-TW"))
    assert (kept.lang, kept.apparatus.converted) == ("zh-Hant-TW", ())
    asked = made(TAIWAN, None, Book("b"))
    assert (asked.lang, asked.apparatus.converted) == (
        "zh-Hans",
        (("reg", "zh-Hant-TW"),),
    )


def test_words_of_a_source_are_quoted_as_they_are_in_its_own_script() -> None:
    text = TAIWAN.rstrip()[:-1]
    (gap,) = made(f"{text}，在這裏\n", None).apparatus.missing
    assert gap.last_words.endswith("裏")


def test_a_phrase_is_seen_whole_whatever_markup_is_inside_it() -> None:
    split: Run = (Text("理"), Strong((Reference((Text("发"),), None, ()),)), Text("店"))
    new = convert_run(split, changer("zh-Hant-TW", "zh-Hans"))
    assert walk.plain(new) == "理髮店"
    assert new[1] == Strong((Reference((Text("髮"),), None, ()),))
    alone = convert_run((Text("发"),), changer("zh-Hant-TW", "zh-Hans"))
    assert walk.plain(alone) == "發"


def test_what_is_fixed_keeps_its_characters_or_has_those_the_editor_wants() -> None:
    to: tuple[tuple[Script, str], ...] = (("zh-Hant-TW", "乾"),)
    run: Run = (
        Fixed((Text("发"), Strong((Text("“干”"),)))),
        Ruby((Fixed((Text("干"),), to), Text("发")), "发"),
    )
    document = Document("prose", (), (Prose(run, id="prose_1"),), id="prose")
    wanted: dict[Script, str] = {"zh-Hant-TW": "乾", "zh-Hant": "干", "zh-Hans": "干"}
    for script, word in wanted.items():
        quoted = restyle_document(document, script, unheard)
        (block,) = convert_document(quoted, script, unheard).body
        assert isinstance(block, Prose)
        assert block.run[0] == run[0]
        new = "发" if script == "zh-Hans" else "發"
        assert block.run[1] == Ruby((Fixed((Text(word),), to), Text(new)), new)


def test_a_note_inside_a_phrase_does_not_part_it_and_is_converted_too() -> None:
    run: Run = (Text("理"), Note("来源作“发”"), Text("发"))
    document = Document("prose", (), (Prose(run, id="prose_1"),), id="prose")
    new = convert_document(document, "zh-Hant-TW", unheard)
    (block,) = new.body
    assert isinstance(block, Prose)
    assert block.run == (Text("理"), Note("來源作“發”"), Text("髮"))
    assert new.lang == "zh-Hant-TW"


def test_each_region_has_its_own_characters() -> None:
    said = [convert("这里说明税务", script) for script in SCRIPTS]
    assert said == ["这里说明税务", "這裡說明稅務", "這裏説明税務", "這裏說明稅務"]


def test_words_are_never_exchanged() -> None:
    assert convert("支持对象发布社区软件", "zh-Hant-TW") == "支持對象發布社區軟件"


def test_every_pair_of_scripts_has_a_way() -> None:
    scripts: tuple[Script, ...] = get_args(Script)
    pairs = {(a, b) for a in scripts for b in scripts if a != b}
    assert set(CHAINS) | set(CHOOSING) == pairs
    assert not set(CHAINS) & set(CHOOSING)
    schemes = [*CHOOSING.values(), *(s for chain in CHAINS.values() for s in chain)]
    assert not any("p" in scheme for scheme in schemes)
    for source, target in pairs:
        assert len(convert("汉語", target, source)) == 2


def test_s2t_is_for_zh_hant_alone() -> None:
    users = {pair for pair, scheme in CHOOSING.items() if scheme == "s2t"}
    assert users == {("zh-Hans", "zh-Hant")}


def test_a_line_goes_back_to_simplified_from_taiwan_unless_told_otherwise() -> None:
    assert convert("臺灣裡", "zh-Hans") == "台湾里"
    assert convert("台灣裏", "zh-Hans", "zh-Hant-HK") == "台湾里"
    assert convert("不變", "zh-Hant-TW", "zh-Hant-TW") == "不變"
    assert convert("裏税", "zh-Hant-TW", "zh-Hant-HK") == "裡稅"


@pytest.mark.parametrize(
    ("lang", "script"),
    [
        ("zh-Hans-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hant-TW"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("zh-Hant-MO", "zh-Hant-HK"),
        ("zh-Hant", "zh-Hant"),
    ],
)
def test_a_language_tag_tells_the_script(lang: str, script: Script) -> None:
    assert script_of(lang) == script


LATIN = "See https://example.cn/中国/历史?a=1&b=2, and “don’t” 1/2 A-Z é ß."


def test_nothing_changes_in_latin_or_in_an_address() -> None:
    assert convert(LATIN, "zh-Hant-TW") == LATIN
    text = "见http://例.cn/发展/index.html，发展"
    assert convert(text, "zh-Hant-TW") == "見http://例.cn/发展/index.html，發展"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("登录http://a.gov.cn网站填报，", "登錄http://a.gov.cn網站填報，"),
        ("登录http://a.gov.cn/网站填报", "登錄http://a.gov.cn/網站填報"),
        (
            "在https://a.cn/b?c=1,或拨打12366热线",
            "在https://a.cn/b?c=1,或撥打12366熱線",
        ),
        ("（http://a.cn/b.html）发布", "（http://a.cn/b.html）發布"),
        ("(ftp://a.cn/b)发布.", "(ftp://a.cn/b)發布."),
        ("HTTP网站http://发展", "HTTP網站http://發展"),
        ("http://a.cn/查询或拨打12366/热线", "http://a.cn/查詢或撥打12366/熱線"),
        ("www.tax.cn网站，a@tax.cn邮箱", "www.tax.cn網站，a@tax.cn郵箱"),
    ],
)
def test_what_follows_an_address_is_converted(text: str, wanted: str) -> None:
    assert convert(text, "zh-Hant-TW") == wanted


@given(st.text(st.characters(max_codepoint=0x2E7F, exclude_categories=["Cs"])))
def test_what_is_not_chinese_stays(text: str) -> None:
    for script in SCRIPTS:
        assert convert(text, script) == text


@given(st.text("发展理髮里后台制定准入复杂a1“「，㐀𠮷\x00\ud800"))
def test_a_line_keeps_its_length(text: str) -> None:
    for script in SCRIPTS:
        assert len(convert(text, script)) == len(text)


def test_a_lone_surrogate_stays_and_the_rest_is_converted() -> None:
    assert convert("发\ud800展", "zh-Hant-TW") == "發\ud800展"


def test_a_change_of_length_is_reported_and_done_by_character() -> None:
    """The scheme that exchanges words is the one that changes lengths."""
    forbidden = opencc.OpenCC("s2twp").convert
    assert len(forbidden("U盘发热")) != 4
    found: list[Diagnostic] = []
    assert evenly("U盘发热", forbidden, found.append) == "U盤發熱"
    assert [diagnostic.rule for diagnostic in found] == [LENGTH]
    assert evenly("好", lambda _: "很好") == "好"
    assert len(found) == 1


def test_labels_and_headings_are_converted_and_numbers_are_not() -> None:
    text = "# 某某条例\n\n## 第一章 总则\n\n第一条 为了发展。\n\n第二条 （一）节约；\n"
    (document,) = made(text, "zh-Hant-TW").documents
    assert [label.text for _, label in walk.labels(document)][:2] == [
        "第一章",
        "第一條",
    ]
    assert "總則" in walk.ink(document)


def ids(document: Document) -> list[str]:
    return [getattr(node, "id", "") for node in walk.walk(document)]


def test_ids_are_the_same_in_every_script(seed: Collection, dangshi: Book) -> None:
    editions = [made(seed, script, dangshi).documents for script in SCRIPTS]
    wanted = [ids(document) for document in editions[0]]
    assert all([ids(d) for d in documents] == wanted for documents in editions)
    assert "art_19__para_1" in wanted[0]


def _is_whole(documents: tuple[Document, ...], script: Script) -> int:
    """Every run is what its text becomes as a whole, spans and owners unchanged."""
    own = converter(script, "zh-Hans")
    assert own is not None
    seen = 0
    for document in documents:
        new = convert_document(document, script, unheard)
        pairs = zip(walk.runs(document), walk.runs(new), strict=True)
        for (owner, old), (same, run) in pairs:
            assert owner == same
            assert walk.plain(run) == own.convert(walk.plain(old))
            spans = [t.span for inline in run for t in walk.texts(inline)]
            assert spans == [t.span for inline in old for t in walk.texts(inline)]
            seen += 1
    return seen


@pytest.mark.parametrize("script", list(SCHEMES))
def test_each_run_of_the_page_is_converted_whole(
    seed: Collection, script: Script
) -> None:
    assert _is_whole(seed.documents, script) > 80


def test_each_run_of_a_law_is_converted_whole(shared: Path) -> None:
    law = shared / "corpus" / "laws" / "25-环境保护税法(2018-10-26).md"
    collection = collect(law.read_text("utf-8"))
    assert _is_whole(collection.documents, "zh-Hant-TW") > 40


CURLY = str.maketrans("「」『』", "“”‘’")


@pytest.mark.parametrize("script", list(SCHEMES))
def test_the_ink_of_an_edition_is_the_conversion_of_what_was_read(
    seed: Collection, dangshi: Book, script: Script
) -> None:
    own = converter(script, "zh-Hans")
    assert own is not None
    read = {document.id: document for document in seed.documents}
    for document in made(seed, script, dangshi).documents:
        old = read[document.id]
        assert len(walk.ink(document)) == len(walk.ink(old))
        for (_, was), (_, run) in zip(walk.runs(old), walk.runs(document), strict=True):
            assert walk.plain(run).translate(CURLY) == own.convert(walk.plain(was))


def test_a_run_that_changes_its_length_is_reported_at_its_place() -> None:
    found: list[Diagnostic] = []
    run: Run = (Text("U盘", span=Span(0, 3, 5)), Text("发热", span=Span(0, 5, 7)))
    document = Document("prose", (), (Prose(run, id="prose_1"),), id="prose")
    forbidden = opencc.OpenCC("s2twp").convert
    new = change_document(document, forbidden, found.append)
    assert new.body == (Prose((Text("U盤"), Text("發熱"))),)
    (diagnostic,) = found
    assert diagnostic.rule is LENGTH
    assert (diagnostic.where, diagnostic.span) == ("prose.prose_1", Span(0, 3, 5))


IMPOSTOR = """
__version__ = "0.1.7"
class OpenCC:
    def __init__(self, scheme): pass
    def convert(self, text): return text
"""
ASK = """
from publisher.diagnostics import Problem
from publisher.edition import convert
try:
    convert("汉", "zh-Hant-TW")
except Problem as problem:
    print(problem.status, problem.message.en, problem.hint.en)
"""


@pytest.mark.parametrize("version", ["0.1.7", "1.4.2"])
def test_it_does_not_start_beside_a_package_in_openccs_place(
    tmp_path: Path, version: str
) -> None:
    module = tmp_path / "opencc.py"
    module.write_text(IMPOSTOR.replace("0.1.7", version), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("5 OpenCC 1.4.2 is needed, but the module opencc")
    assert version in done.stdout
    assert "pip install" in done.stdout


def test_an_edition_in_the_sources_own_script_has_its_characters() -> None:
    text = "# 鄆城县条例\n\n第一条 “台”与「臺」照旧。\n"
    (document,) = made(text).documents
    assert walk.ink(document) == "鄆城县条例第一条“台”与「臺」照旧。"
    assert made(text).lang == "zh-Hans"
    assert made(text, "zh-Hant-TW").lang == "zh-Hant-TW"
    assert edition("zh-Hant").script == "zh-Hant"


def test_the_editors_words_are_converted_wherever_they_stand() -> None:
    bold = Strong((Text("强"), Note("发")))
    law = Reference((Text("法"), Gap("〔缺〕")), "发展法", ())
    block = Prose((bold, law), id="prose_1")
    division = Division(
        "chapter", (1, 0), Text("第一章"), (), (block, Notice("〔发〕"))
    )
    event = AdoptionNote((Text("发布"),), (Event("2024-02-05", "发布"),), id="note")
    document = Document("regulation", (), (division,), event, id="reg")
    new = convert_document(document, "zh-Hant", unheard)
    assert new.note == AdoptionNote((Text("發布"),), (Event("2024-02-05", "發布"),))
    (chapter,) = new.body
    assert isinstance(chapter, Division)
    assert chapter.body == (
        Prose(
            (
                Strong((Text("強"), Note("發"))),
                Reference((Text("法"), Gap("〔缺〕")), "發展法", ()),
            )
        ),
        Notice("〔發〕"),
    )
