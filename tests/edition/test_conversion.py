"""The converter: OpenCC's own conversion, word edges, layers, and reasons."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import opencc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.book import Conversion, Override, Script, Spelling
from publisher.edition.conversion.converter import Converter
from publisher.edition.conversion.dictionaries import SchemeName, scheme
from publisher.edition.conversion.layers import patterns, spelling, text_of
from publisher.edition.conversion.schemes import converter
from publisher.edition.conversion.tables import read, related
from publisher.edition.lines import convert
from tests.conftest import ROOT

SCHEMES: tuple[SchemeName, ...] = get_args(SchemeName)


def plain(name: SchemeName) -> Converter:
    """OpenCC's scheme: no word edges, no layers."""
    return Converter(scheme(name), bounded=False)


def tw(text: str, book: Conversion = Conversion()) -> str:  # noqa: B008
    return convert(text, "zh-Hant-TW", None, book)


def said(*rows: str, names: str = "") -> Conversion:
    """A book's decisions, written as ``conversions.tsv`` has them."""
    found = read("\n".join(rows), "conversions.tsv", lambda _: None)
    named = read(names, "names.tsv", lambda _: None, names=True)
    return Conversion(overrides=found.rows, names=named.rows)


# ---------------------------------------------------------------- OpenCC, byte for byte


@pytest.mark.parametrize("name", SCHEMES)
def test_without_edges_and_layers_it_is_opencc_over_the_corpus(
    shared: Path, name: SchemeName
) -> None:
    own, theirs, seen = plain(name), opencc.OpenCC(name), 0
    for path in sorted((shared / "corpus").glob("*/*.[mt][dx]*")):
        text = path.read_text("utf-8")
        assert own.convert(text) == theirs.convert(text), path.name
        seen += len(text)
    assert seen > 600_000


def pieces(name: SchemeName) -> st.SearchStrategy[str]:
    """Texts put together from the dictionary's own phrases, whole and broken."""
    made = scheme(name)
    keys = [*made.phrases.values, *made.before.phrases.values, *made.candidates]
    keys += made.after.phrases.values
    keys += made.after.phrases.values.values()
    whole = st.sampled_from(sorted(set(keys)))
    broken = st.builds(lambda key, at: key[at:], whole, st.integers(0, 2))
    return st.lists(whole | broken | st.text(max_size=1), max_size=6).map("".join)


@pytest.mark.parametrize("name", SCHEMES)
def test_without_edges_and_layers_it_is_opencc_on_any_text(name: SchemeName) -> None:
    own, theirs = plain(name), opencc.OpenCC(name)

    @settings(
        max_examples=300,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],  # the first example loads all
    )
    @given(pieces(name))
    def same(text: str) -> None:
        # OpenCC refuses a lone surrogate, and some schemes lose a NUL
        text = text.encode("utf-8", "ignore").decode().replace("\0", "")
        assert own.convert(text) == theirs.convert(text)

    same()


# ---------------------------------------------------------------- word edges


@pytest.mark.parametrize(
    ("text", "edged"),
    [
        ("判断发行", "判斷發行"),  # not 断发
        ("被发明的", "被發明的"),  # not 被发 (BYVoid/OpenCC#1497)
        ("参与制造", "參與製造"),  # not 与制
        ("展示了如何", "展示了如何"),  # not 了如
        ("更换发动机", "更換發動機"),  # not 换发
        ("限额发放", "限額發放"),  # not 额发
        ("产业关系统计", "產業關係統計"),  # 关系, though 系统 is a word too
        ("慰问金发给家属", "慰問金發給家屬"),  # not 金发
        ("理发店发卡", "理髮店發卡"),
    ],
)
def test_a_phrase_may_not_straddle_the_edge_of_a_word(text: str, edged: str) -> None:
    assert tw(text) == edged


def test_what_the_issue_prints_is_printed() -> None:
    lines = "新征程\n判断发行\n换发证书\n行政复议\n被发明的\n参与制造\n展示了如何"
    wanted = "新征程\n判斷發行\n換發證書\n行政復議\n被發明的\n參與製造\n展示了如何"
    assert [tw(line) for line in lines.split()] == wanted.split()


def test_the_trace_names_what_an_edge_blocked() -> None:
    made = converter("zh-Hant-TW", "zh-Hans")
    assert made is not None
    trace = made.trace("由人民法院判断发行")
    blocked = [trace.source[match.start : match.end] for match in trace.blocked]
    assert "断发" in blocked
    assert trace.plain.endswith("判斷髮行")
    assert trace.text.endswith("判斷發行")


def test_every_character_has_a_reason() -> None:
    book = said("协同发力\t協同發力\ttw\t例")
    made = converter("zh-Hant-TW", "zh-Hans", book)
    assert made is not None
    trace = made.trace("a系统，复议，协同发力公布里")
    reasons = [choice.by for choice in trace.choices]
    assert len(reasons) == len(trace.text) == len(trace.source)
    assert reasons[0] == "same"
    assert trace.choices[4].key == "复议"
    assert trace.choices[4].by == "legal-core"
    assert trace.choices[4].note
    assert trace.choices[7].by == "book"
    assert reasons[-1] == "default"


# ---------------------------------------------------------------- layers


def test_a_later_layer_wins() -> None:
    assert tw("行政复议") == "行政復議"  # legal-core over OpenCC
    assert tw("宣布占有") == "宣布占有"  # the spelling of law over OpenCC
    assert tw("宣布占有", Conversion(spelling="tw")) == "宣佈佔有"
    assert tw("行政复议", said("复议\t複議")) == "行政複議"  # the book over legal-core
    assert tw("宣布", said("宣布\t宣佈\ttw")) == "宣佈"  # the book over the spelling


def test_one_character_alone_is_written_so_everywhere_but_in_a_longer_entry() -> None:
    book = said("里\t裏", "公里\t公里")
    assert tw("这里，公里", book) == "這裏，公里"


def test_an_entry_for_a_region_is_for_that_region_alone() -> None:
    book = said("这里\t這裏\thk", "这里\t這裡\ttw")
    assert tw("这里", book) == "這裡"
    assert convert("这里", "zh-Hant-HK", None, book) == "這裏"
    other = said("台账\t台賬\thk")
    assert tw("台账", other) == tw("台账")


def test_a_name_keeps_the_characters_that_both_scripts_have() -> None:
    assert tw("于海东和余春里") == "於海東和餘春裡"
    book = said(names="于海东\n余春里\n钟离某\t鍾離某\t姓")
    assert tw("于海东和余春里，钟离某", book) == "于海東和余春里，鍾離某"


def test_a_name_is_kept_even_across_the_edges_of_words() -> None:
    book = said(names="发里程")
    assert tw("张发里程某", book) == "張發里程某"


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("行为系隐藏行为", "行為係隱藏行為"),
        ("（三）系生活不能自理的人", "（三）係生活不能自理的人"),
        ("配套系的审定，采取系犬绳等措施", "配套系的審定，採取繫犬繩等措施"),
        ("按周解缴，家庭日所在周为宣传周", "按週解繳，家庭日所在週為宣傳週"),
        ("注：1．本表；备 注", "註：1．本表；備 註"),
        ("禁止借收养名义，借他人名义", "禁止藉收養名義，借他人名義"),
        ("一出折子戏，一出站", "一齣折子戲，一出站"),
        ("范先生、余某和钟律师规范某些行为", "范先生、余某和鍾律師規範某些行為"),
        ("同志余旭、郁霞秋、钟扬、于漪等", "同志余旭、郁霞秋、鍾揚、于漪等"),
        ("抓一阵松一阵，管得松", "抓一陣鬆一陣，管得鬆"),
        ("准保护区不准进入", "準保護區不准進入"),
        ("权责发生制、统一印（监）制", "權責發生制、統一印（監）製"),
        ("洼淀、淀山湖的沉淀", "窪淀、淀山湖的沉澱"),
        ("院、系，各系主任", "院、系，各系主任"),
        ("应留下游自然需用之水，留下游客", "應留下游自然需用之水，留下遊客"),
        ("满28周的，第4周以上", "滿28週的，第4週以上"),
        ("二十八周", "二十八週"),
        ("十四周岁", "十四周歲"),
        ("第三分编 准 合 同", "第三分編 準 合 同"),
        ("准驾车型，以登记为准", "准駕車型，以登記為準"),
        ("死刑复核，函复，复工", "死刑複核，函覆，復工"),
        ("人员编制，绘制，制式，制售", "人員編制，繪製，制式，製售"),
        ("数罪并罚，并处罚金，撤乡并镇", "數罪併罰，並處罰金，撤鄉併鎮"),
        ("系安全带，维系，系指，水系", "繫安全帶，維繫，係指，水系"),
    ],
)
def test_families_of_words_in_law(text: str, twice: str) -> None:
    assert tw(text) == twice


@pytest.mark.parametrize(
    ("text", "law", "common"),
    [
        ("污染防治，贪污，姦污", "污染防治，貪污，姦污", "汙染防治，貪汙，姦汙"),
        ("湿地保护，干湿", "濕地保護，乾濕", "溼地保護，乾溼"),
        (
            "家庭雇主、雇员，受雇，雇佣",
            "家庭雇主、雇員，受僱，僱傭",
            "家庭僱主、僱員，受僱，僱傭",
        ),
    ],
)
def test_the_spelling_of_law_is_that_of_taiwans_statutes(
    text: str, law: str, common: str
) -> None:
    assert tw(text) == law
    assert tw(text, Conversion(spelling="tw")) == common


@pytest.mark.parametrize("spelling", ["tw", "tw-legal"])
def test_taiwan_writes_these_so_in_law_and_out_of_it(spelling: Spelling) -> None:
    book = Conversion(spelling=spelling)
    wanted = "帳戶、轉帳、併帳，帳篷，排泄物，洩密、洩漏"
    assert tw("账户、转账、并账，帐篷，排泄物，泄密、泄漏", book) == wanted
    assert convert(wanted, "zh-Hans") == "账户、转账、并账，帐篷，排泄物，泄密、泄漏"
    assert convert("账户，排泄", "zh-Hant-HK") == "賬户，排泄"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("洗钱防制法", "洗錢防制法"),
        ("《空气污染防制法》", "《空氣污染防制法》"),
        ("烟害防制法第三条", "菸害防制法第三條"),
        ("防制作业要点，反制法", "防制作業要點，反制法"),
        ("中药制法", "中藥製法"),
    ],
)
def test_to_guard_against_is_not_to_make(text: str, made: str) -> None:
    assert tw(text) == made


def test_zh_hant_has_inherited_forms_but_none_that_both_standards_left() -> None:
    line = "这里为群众审核吃著着税"
    assert convert(line, "zh-Hant") == "這裏為群眾審核吃著着稅"
    assert plain("s2t").convert(line) == "這裏爲羣衆審覈喫著着稅"


def test_words_as_shipped_have_the_forms_of_each_region() -> None:
    forms = [convert("干群关系", to) for to in ("zh-Hant-TW", "zh-Hant-HK", "zh-Hant")]
    assert forms == ["幹群關係", "幹羣關係", "幹群關係"]


def test_hong_kong_has_opencc_forms_or_those_of_its_legislature() -> None:
    assert convert("税务说明", "zh-Hant-HK") == "税務説明"
    legal = Conversion(spelling="hk-legal")
    assert convert("税务说明", "zh-Hant-HK", None, legal) == "稅務說明"


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("乾隆年間的乾糧", "乾隆年间的干粮"),
        ("著作附著於土地，顯著", "著作附着于土地，显著"),
        ("答覆、覆議、覆核，覆蓋", "答复、复议、复核，覆盖"),
        ("瞭解與瞭望", "了解与瞭望"),
        ("賸餘計畫逕行", "剩余计划径行"),
        ("祇關於神祇", "只关于神祇"),
    ],
)
def test_the_way_back_chooses_as_well(text: str, simple: str) -> None:
    assert convert(text, "zh-Hans", "zh-Hant-TW") == simple


def test_the_book_decides_on_the_way_back_too() -> None:
    book = said("干坤\t乾坤\ttw", "余某\t餘某")
    assert convert("乾坤，餘某", "zh-Hans", "zh-Hant-TW", book) == "干坤，余某"
    assert convert("乾坤", "zh-Hans", "zh-Hant-HK", book) == "乾坤"


# ---------------------------------------------------------------- laws


SCRIPTS: tuple[Script, ...] = get_args(Script)


@settings(deadline=None)
@given(st.text("发展理里后制准复杂系只28周鍾乾著a1“「，㐀𠮷\x00\n\u3000\uf900\ud800"))
def test_a_text_keeps_its_length_and_has_a_reason_for_each_character(text: str) -> None:
    for source, to in (("zh-Hans", "zh-Hant-TW"), ("zh-Hant-TW", "zh-Hans")):
        made = converter(to, source)
        assert made is not None
        trace = made.trace(text)
        assert len(trace.text) == len(trace.choices) == len(text)
        assert trace.text == made.convert(text)


def rows(name: str) -> Iterator[list[str]]:
    for line in text_of(name).splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


@pytest.mark.parametrize("name", ["legal-core", "spelling", "simplified"])
def test_every_shipped_entry_is_well_formed(name: str) -> None:
    seen = set()
    for row in rows(name):
        simple, traditional, region, note = row
        assert len(simple) == len(traditional), row
        assert note, row
        key = traditional if name == "simplified" else simple
        assert (key, region) not in seen, row
        seen.add((key, region))
        if name != "simplified":
            pairs = zip(simple, traditional, strict=True)
            assert all(related(a, b) for a, b in pairs), row


def test_every_shipped_word_is_converted_as_its_entry_says() -> None:
    """None is kept from hitting: by edges of words, or by a longer entry's value."""
    house = converter("zh-Hant-TW", "zh-Hans")
    assert house is not None
    forms = spelling("tw-legal").forms
    for simple, traditional, *_ in rows("legal-core"):
        if len(simple) > 1:
            region = house.scheme.after.apply(traditional)
            spelt = (forms.get(a, b) for a, b in zip(simple, region, strict=True))
            assert house.convert(simple) == "".join(spelt), simple


def test_every_shipped_pattern_finds_one_character() -> None:
    for pattern in patterns():
        assert len(pattern.form) == 1
        assert pattern.note


def test_a_table_that_goes_back_has_no_second_meaning() -> None:
    assert related("复", "覆")
    assert related("里", "裡")
    assert related("里", "裏")
    assert not related("发", "発")
    assert not related("对", "物")


SPEED = 150_000
"""Characters a second of processor time: a third of what a quiet machine does."""


def test_it_is_fast(shared: Path) -> None:
    law = shared / "corpus" / "laws" / "00-民法典-合编.md"
    lines = law.read_text("utf-8").splitlines()
    made = converter("zh-Hant-TW", "zh-Hans")
    assert made is not None
    made.convert("先装好")
    start = time.process_time()
    for line in lines:
        made.convert(line)
    taken = time.process_time() - start
    assert sum(map(len, lines)) / taken > SPEED


LOADED = """
import sys
from publisher.edition.lines import convert
convert("发", "zh-Hant-TW")
heavy = {"jinja2", "weasyprint", "publisher.edition.preparing", "publisher.check"}
print(sorted(heavy & set(sys.modules)))
"""


def test_a_line_is_converted_without_what_a_book_needs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == "[]\n"


MADE = """
import sys
from publisher.book import Book
from publisher.config import edition
from publisher.edition import prepare
from publisher.read import read
from publisher.source import Source
text = "# 示例办法\\n\\n第一条 为了发展，制定本办法。\\n"
tree = read([Source("a.md", text)], lambda _: None)
book = Book("a", bare=True)
made = prepare(tree, book, edition(book, sys.argv[1]), lambda _: None)
asked = {"audit", "converter", "dictionaries", "layers", "memory", "risks"}
loaded = {n.rpartition(".")[2] for n in sys.modules if ".edition.conversion." in n}
print(len(made.audits), sorted(asked & loaded))
"""


@pytest.mark.parametrize(
    ("edition", "loaded"),
    [
        ("booklet", []),
        (
            "booklet-tw",
            ["audit", "converter", "dictionaries", "layers", "memory", "risks"],
        ),
    ],
)
def test_conversion_is_loaded_where_something_is_converted(
    edition: str, loaded: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MADE, edition],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == f"{int(bool(loaded))} {loaded}\n"


def test_an_override_is_a_plain_value() -> None:
    row = Override("复议", "復議", "tw", "例", "a:1:1")
    assert row == Override("复议", "復議", "tw", "例", "b:2:1")
