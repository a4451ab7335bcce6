"""``book.toml`` and ``decisions.toml``: what they say, each way to get them wrong."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from publisher import config
from publisher.book import Allow, Decision, LeaveOut, Selector, SourceFile, Work
from publisher.config import broken
from publisher.config.desk import DECISIONS_TOML
from publisher.config.schema import schema_of
from publisher.config.tables import BOOK_TOML
from publisher.diagnostics import Problem

GOOD = """\
schema = 1
[book]
id = "dang-shi_1.0"
title = "某某条例"
subtitle = "附答记者问"
authority = "某机关"
publisher = "某编印"
language = "zh-Hans-CN"
dates = { issued = 2024-02-05, approved = 2024-01-18 }
rights = "公开"

[[source]]
file = "page.md"
sha256 = "D25c845e2dcea8d1f6336bff2a9104ed8e911de324ce0628c23248d382a514ec"
origin = "识别文本"

[[document]]
from = { kind = "regulation", title = "某某条例" }
[[document]]
from = { kind = "press_qa" }
title = "答记者问"
short_title = "问答"
[[leave_out]]
from = { kind = "news" }
reason = "无关"

[edition.booklet]
format = "pdf"

[check]
fail_on = "warning"
allow = [{ rule = "skipped-number", where = "reg.art_19", reason = "缺页" }]
"""
LEAST = """\
schema = 1
[book]
id = "a"
title = "甲"
[[source]]
file = "page.md"
"""


def write(folder: Path, text: str, decisions: str = "") -> Path:
    path = folder / "book.toml"
    path.write_text(text, "utf-8")
    if decisions:
        (folder / "decisions.toml").write_text(decisions, "utf-8")
    return path


def refused(folder: Path, text: str, decisions: str = "") -> tuple[str, str, str]:
    """Where, what (en) and hint (en) of the problem that a book.toml makes."""
    with pytest.raises(Problem) as caught:
        config.load(write(folder, text, decisions))
    problem = caught.value
    assert problem.status == 3
    assert problem.message.zh
    assert problem.message.en
    assert bool(problem.hint.zh) == bool(problem.hint.en)
    place = problem.place.removeprefix(f"{folder}/")
    return place, problem.message.en, problem.hint.en


def test_everything_that_can_be_said_is_understood(tmp_path: Path) -> None:
    book = config.load(write(tmp_path, GOOD))
    assert (book.id, book.title, book.subtitle) == (
        "dang-shi_1.0",
        "某某条例",
        "附答记者问",
    )
    assert (book.authority, book.publisher, book.rights) == ("某机关", "某编印", "公开")
    assert book.dates == {"approved": date(2024, 1, 18), "issued": date(2024, 2, 5)}
    digest = "D25c845e2dcea8d1f6336bff2a9104ed8e911de324ce0628c23248d382a514ec"
    assert book.sources == (SourceFile("page.md", digest, "识别文本"),)
    assert book.works == (
        Work(Selector("regulation", "某某条例")),
        Work(Selector("press_qa"), "答记者问", "问答"),
    )
    assert book.leave_out == (LeaveOut(Selector("news"), "无关"),)
    assert book.allow == (Allow("skipped-number", "reg.art_19", "缺页"),)
    assert book.fail_on == "warning"
    assert [each.name for each in book.editions] == ["booklet"]
    assert not book.bare


def test_the_least_book_gets_the_four_editions(tmp_path: Path) -> None:
    book = config.load(write(tmp_path, LEAST))
    names = ["booklet", "epub", "booklet-tw", "epub-tw"]
    assert [each.name for each in book.editions] == names
    assert book.language == "zh-Hans-CN"
    assert book.decisions == ()


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes(b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode())
    assert config.load(path).id == "a"
    path.write_bytes(b"\xef\xbb\xbf" + (LEAST + "x = 1").replace("\n", "\r\n").encode())
    with pytest.raises(Problem) as caught:
        config.load(path)
    assert caught.value.place.endswith("book.toml:7:1")


WRONG = [
    # text, place, what, hint
    (LEAST + "orign = 1", "7:1", "unknown key “orign”", "did you mean “origin”?"),
    ("scheme = 1", "1:1", "unknown key “scheme”", "did you mean “schema”?"),
    (
        LEAST.replace("title", "titel"),
        "4:1",
        "unknown key “titel”",
        "did you mean “title”?",
    ),
    (LEAST + "qqq = 1", "7:1", "unknown key “qqq”", "known: file, origin, sha256"),
    (
        LEAST.replace('"甲"', "3"),
        "4:1",
        "“title” must be text in quotes, not a num",
        "",
    ),
    (LEAST.replace('"甲"', "true"), "4:1", "text in quotes, not true or false", ""),
    (
        LEAST.replace('"甲"', "[1]"),
        "4:1",
        "must be text in quotes, not a list of 1",
        "",
    ),
    (LEAST.replace('"甲"', "{}"), "4:1", "must be text in quotes, not a table", ""),
    (LEAST.replace('"甲"', "12:00:00"), "4:1", "in quotes, not a time of day", ""),
    (LEAST.replace('"甲"', '" "'), "4:1", "“title” cannot be “ ”", "must not be empty"),
    (LEAST.replace('"a"', '"a/b"'), "3:1", "“id” cannot be “a/b”", "names a folder"),
    (LEAST.replace('"a"', '".."'), "3:1", "“id” cannot be “..”", "names a folder"),
    (LEAST.replace("id", "#"), "2:1", "“id” is missing", "Names the folder"),
    ("schema = 1\n", "1:1", "“book” is missing", "The book."),
    ("", "1:1", "“schema” is missing", "version of this format"),
    (LEAST.replace("schema = 1", "schema = 2"), "1:1", "only schema = 1", ""),
    (LEAST.replace("= 1", "= true"), "1:1", "a whole number, not true or false", ""),
    (LEAST.replace("= 1", "= 1.0"), "1:1", "a whole number, not a number", ""),
    (LEAST.replace("= 1", "= -1"), "1:1", "must be from 0 to 1e+06, not -1", ""),
    ("schema = 1\nbook = 3\nsource = []", "2:1", "“book” must be a table", ""),
    (LEAST + "[check]\nfail_on = 3", "8:1", "must be text in quotes, not a number", ""),
    ("schema = 1\nsource = 3", "2:1", "“source” must be a list [a table, …]", ""),
    ('schema=1\nsource=[]\nbook={id="a",title="b"}', "2:1", "at least one", ""),
    ("schema = 1\nedition = 3", "2:1", "“edition” must be a table", ""),
    (LEAST + '[edition."a b"]', "7:1", "“a b” cannot be “a b”", "names a folder"),
    (
        LEAST.replace('"甲"', '"甲"\ndates = { issued = "2024-02-05" }'),
        "5:11",
        "“issued” must be a date without quotes such as 2024-02-05, not text",
        "",
    ),
    (
        LEAST.replace('"甲"', '"甲"\ndates = { issued = 2024-02-05T00:00:00 }'),
        "5:11",
        "a date without quotes",
        "",
    ),
    (
        LEAST.replace('"甲"', '"甲"\ndates = { isued = 2024-02-05 }'),
        "5:11",
        "unknown key “isued”",
        "did you mean “issued”?",
    ),
    (LEAST + 'sha256 = "abc"', "7:1", "“sha256” cannot be “abc”", "64 hexadecimal"),
    (LEAST.replace("page.md", "../page.md"), "6:1", "is outside the book's", "without"),
    (
        LEAST.replace("page.md", "/etc/passwd"),
        "6:1",
        "is outside the book's",
        "without",
    ),
    (LEAST.replace("page.md", "C:page.md"), "6:1", "is outside the book's", "without"),
    (LEAST.replace("page.md", r"a\\..\\b"), "6:1", "is outside the book's", "without"),
    (LEAST.replace("page.md", r"a\u0000"), "6:1", "cannot be", "control characters"),
    (LEAST + '[[source]]\nfile = "./page.md"', "8:1", "is named twice", ""),
    (LEAST + '[[source]]\nfile = "page.md"', "8:1", "is named twice", ""),
    (
        LEAST + '[[document]]\nfrom = { kind = "qa" }',
        "8:10",
        "“kind” cannot be “qa”",
        "known: decision, news, press_qa, prose, regulation",
    ),
    (
        LEAST + '[[document]]\nfrom = { kind = "new" }',
        "8:10",
        "“kind” cannot be “new”",
        "did you mean “news”?",
    ),
    (LEAST + '[[document]]\ntitle = "x"', "7:1", "“from” is missing", "Which document"),
    (
        LEAST + '[[document]]\nfrom = {kind="news"}\n' * 2,
        "10:1",
        "this document is listed above",
        "",
    ),
    (
        LEAST
        + '[[document]]\nfrom = {kind="news"}\n'
        + '[[leave_out]]\nfrom = {kind="news"}\nreason="x"',
        "10:1",
        "is to be printed and is left out",
        "",
    ),
    (
        LEAST + '[[leave_out]]\nfrom = {kind="news"}',
        "7:1",
        "“reason” is missing",
        "Why (required).",
    ),
    (
        LEAST + '[[leave_out]]\nfrom = {kind="news"}\nreason = "  "',
        "9:1",
        "“reason” cannot be",
        "must not be empty",
    ),
    (
        LEAST + '[check]\nallow = [{ rule = "skipped-number", where = "reg" }]',
        "8:10",
        "“reason” is missing",
        "Why (required).",
    ),
    (
        LEAST + '[check]\nallow = [\n  { rule = "*", where = "reg", reason = "x" },\n]',
        "9:5",
        "“rule” cannot be “*”",
        "no wildcards",
    ),
    (
        LEAST
        + '[check]\nallow = [{ rule = "skipped-number", where = "reg.*", reason="x"}]',
        "8:37",
        "“where” cannot be “reg.*”",
        "no wildcards",
    ),
    (
        LEAST
        + '[check]\nallow = [{ rule = "skipped-numbr", where = "reg", reason = "x" }]',
        "8:12",
        "there is no rule “skipped-numbr”",
        "did you mean “skipped-number”?",
    ),
    (
        LEAST + '[check]\nfail_on = "errors"',
        "8:1",
        "“fail_on” cannot be “errors”",
        "did you mean “error”?",
    ),
]


@pytest.mark.parametrize(("text", "place", "what", "hint"), WRONG)
def test_each_mistake_is_named_with_its_place(
    tmp_path: Path, text: str, place: str, what: str, hint: str
) -> None:
    where, message, advice = refused(tmp_path, text)
    assert where == f"book.toml:{place}"
    assert what in message
    assert hint in advice


BROKEN = [
    ("schema = \n", "1:10"),
    ("schema = 1\n[book\n", "2:6"),
    ("schema = 1\nschema = 2\n", "2:11"),
    ('a = "x', "1:7"),
    ("d = 2024-02-30\n", "1:5"),
]
SAID = [
    ("title = “某某”\n", "等号后面的值不成样子", "中文引号"),
    ('title = "某某”\n', "引号没有配对", "中文引号"),
    ('title ＝ "某某"\n', "键名后面缺等号 =", "半角的 ="),
    ('标题 = "某某"\n', "", "键名是英文小写"),
    ('title = "a" "b"\n', "值后面还有多余的字", "是否齐全"),
    ("[book\n", "表名后面缺右括号 ]", "是否齐全"),
    ("[[source]\n", "表名后面缺右括号 ]]", "是否齐全"),
    ("[book]\n[book]\n", "写了两次", "是否齐全"),
    ("a = [1\n", "方括号 [ 没有配对", "是否齐全"),
    ("a = {b = 1\n", "花括号 { 没有配对", "是否齐全"),
    ("a = 1\na = 2\n", "同一个键写了两次", "是否齐全"),
    ("a = 2024-02-30\n", "没有这个日期", "是否齐全"),
    ('a = "C:\\甲"\n', "反斜杠", "是否齐全"),
    ("a = 'x\n", "引号没有配对", "是否齐全"),
    ('a = """x\n', "引号没有配对", "是否齐全"),
]


@pytest.mark.parametrize(("text", "what", "hint"), SAID)
def test_broken_toml_is_explained_in_chinese(
    tmp_path: Path, text: str, what: str, hint: str
) -> None:
    with pytest.raises(Problem) as caught:
        config.load(write(tmp_path, text))
    said = caught.value.message.zh
    assert what in said
    assert not re.search("Invalid|Expected|Cannot|Illegal|Un", said.partition("：")[2])
    assert hint in caught.value.hint.zh


def test_an_unusual_complaint_about_toml_stands_in_brackets() -> None:
    assert broken.explain("Odd thing").zh == "写法不对（Odd thing）"


def test_all_unknown_keys_are_named_at_once(tmp_path: Path) -> None:
    text = LEAST.replace("title", "titel") + 'orign = "x"\n[[edition.a.b]]\nqq = 1\n'
    place, message, hint = refused(tmp_path, text)
    assert (place, message) == ("book.toml:4:1", "unknown key “titel”")
    assert hint.splitlines()[:2] == [
        "did you mean “title”?",
        "line 7 has unknown key “orign” too; did you mean “origin”?",
    ]
    assert hint.splitlines()[2].startswith("line 8 has unknown key “b” too; known: ")


def test_what_the_book_names_is_kept_with_its_place(tmp_path: Path) -> None:
    book = config.load(write(tmp_path, GOOD, DECISIONS))
    places = [each.place for each in book.sources]
    places += [each.place for each in book.allow]
    places += [each.place for each in book.decisions]
    assert [place.removeprefix(f"{tmp_path}/") for place in places] == [
        "book.toml:13:1",
        "book.toml:32:12",
        "decisions.toml:4:1",
        "decisions.toml:11:1",
    ]
    assert book.works[0].select.place.endswith("book.toml:18:1")


@pytest.mark.parametrize(("text", "place"), BROKEN)
def test_broken_toml_names_the_place_where_it_breaks(
    tmp_path: Path, text: str, place: str
) -> None:
    where, message, hint = refused(tmp_path, text)
    assert where == f"book.toml:{place}"
    assert message.startswith("this is not TOML: ")
    assert "(at " not in message
    assert "quotes" in hint


def test_brackets_nested_without_end_are_refused(tmp_path: Path) -> None:
    where, message, _ = refused(tmp_path, "a = " + "[" * 100_000)
    assert where == "book.toml"
    assert message == "brackets are nested too deep"


def test_a_file_in_another_encoding_is_refused_at_the_first_odd_byte(
    tmp_path: Path,
) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes(b"schema = 1\n[book]\ntitle = " + '"条例"'.encode("gb18030"))
    with pytest.raises(Problem) as caught:
        config.load(path)
    assert caught.value.place == f"{path}:3:10"
    assert caught.value.message.en == "it is not UTF-8"


def test_a_missing_settings_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        config.load(tmp_path / "book.toml")
    assert caught.value.status == 3
    assert caught.value.message.en.endswith(": there is no such file or folder")
    assert caught.value.message.zh.endswith("：没有这个文件或文件夹")


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    (tmp_path / "secret.md").write_text("x")
    (book / "page.md").symlink_to(tmp_path / "secret.md")
    assert "is outside" in refused(book, LEAST)[1]


DECISIONS = """\
[[accept]]
rule = "seam-misread"
where = "reg.art_19"
before = "同"
after = "入"
reason = "据第十七条"

[[reject]]
rule = "doubled-word"
where = "qa.q_4__ans_1"
before = "主义主义"
reason = "照录"
"""


def test_decisions_are_read_with_their_reasons(tmp_path: Path) -> None:
    book = config.load(write(tmp_path, LEAST, DECISIONS))
    assert book.decisions == (
        Decision("accept", "seam-misread", "reg.art_19", "同", "入", "据第十七条"),
        Decision("reject", "doubled-word", "qa.q_4__ans_1", "主义主义", "", "照录"),
    )


WRONG_DECISIONS = [
    (DECISIONS.replace("after", "aftr"), "5:1", "unknown key “aftr”", "“after”"),
    (DECISIONS.replace('after = "入"', ""), "1:1", "“after” is missing", "instead"),
    (DECISIONS.replace('reason = "照录"', ""), "8:1", "“reason” is missing", "Why"),
    (
        DECISIONS.replace("seam-mis", "seem-mis"),
        "2:1",
        "no rule “seem-mis",
        "“seam-mis",
    ),
    (DECISIONS.replace('"同"', '""'), "4:1", "“before” cannot be “”", ""),
    (DECISIONS.replace("reg.art_19", "reg.*"), "3:1", "“where” cannot be", "wildcard"),
    (
        DECISIONS + DECISIONS.replace("accept", "reject"),
        "16:1",
        "same words at the same place were decided",
        "",
    ),
]


@pytest.mark.parametrize(("text", "place", "what", "hint"), WRONG_DECISIONS)
def test_each_mistake_in_a_decision_is_named_with_its_place(
    tmp_path: Path, text: str, place: str, what: str, hint: str
) -> None:
    where, message, advice = refused(tmp_path, LEAST, text)
    assert where == f"decisions.toml:{place}"
    assert what in message
    assert hint in advice


BARE = [
    ("page.md", "page"),
    ("第1版 a(1).md", "第1版 a(1)"),
    ("..hidden.md", "hidden"),
    ('a:b?"c".txt', "a-b-c-"),
    (" .md", "book"),
]


@pytest.mark.parametrize(("file", "id_"), BARE)
def test_a_bare_file_is_a_book_named_by_its_stem(file: str, id_: str) -> None:
    book = config.bare(Path("/somewhere") / file)
    assert book.id == id_
    assert book.sources == (SourceFile(file),)
    assert book.bare
    assert len(book.editions) == 4


def keys_of(schema: object) -> set[str]:
    """Every property that a JSON Schema names, at any depth."""
    match schema:
        case dict():
            own = set(schema.get("properties", {}))
            return own.union(*map(keys_of, schema.values()))
        case list():
            return set().union(*map(keys_of, schema))
        case _:
            return set()


def test_the_schema_names_every_key_and_no_others() -> None:
    schema = config.schema()
    assert json.loads(json.dumps(schema)) == schema
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["schema", "book", "source"]
    used = set(re.findall(r"(\w+) *=", GOOD)) | set(tomllib.loads(GOOD))
    assert used <= keys_of(schema)
    for key in ("extends", "measure", "page_list_from", "leave_out", "where"):
        assert key in keys_of(schema)


def test_the_schema_knows_every_kind_of_value() -> None:
    edition = schema_of(BOOK_TOML)["properties"]["edition"]  # type: ignore[index,call-overload]
    one = edition["additionalProperties"]["properties"]  # type: ignore[index,call-overload]
    assert one["format"]["enum"] == ["pdf", "epub"]  # type: ignore[index,call-overload]
    page = one["page"]["anyOf"]  # type: ignore[index,call-overload]
    named, spelt = cast("list[dict[str, Any]]", page[0]["anyOf"])  # type: ignore[index,call-overload]
    assert named["enum"][:5] == ["A5", "A4", "16开", "32开", "大32开"]
    assert re.fullmatch(spelt["pattern"], "大32K")
    assert page[1]["minItems"] == page[1]["maxItems"] == 2  # type: ignore[index,call-overload]
    decisions = schema_of(DECISIONS_TOML)
    assert "required" not in decisions


@pytest.mark.parametrize("character", ["\\n", "\\u0007", "\\u2028", "\\uFFFF"])
def test_a_character_that_no_book_can_hold_is_refused(
    tmp_path: Path, character: str
) -> None:
    settings = f'schema = 1\n[book]\nid = "x"\ntitle = "甲{character}乙"\n'
    (tmp_path / "book.toml").write_text(settings, "utf-8")
    with pytest.raises(Problem) as raised:
        config.load(tmp_path / "book.toml")
    assert raised.value.place.endswith("book.toml:4:1")
