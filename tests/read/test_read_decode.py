from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.diagnostics import Diagnostic, Rule
from publisher.read import RULES, decode, read
from publisher.source import Source
from publisher.tree.walk import restore, texts

LAW = "第一条 为了规范管理，制定本条例。\n\n第二条 本条例自公布之日起施行。\n"


def take(raw: bytes) -> tuple[Source, list[str], list[str]]:
    """What a file's bytes give: the source, the texts of its tree, the findings."""
    found: list[Diagnostic] = []
    source = decode("a.txt", raw, found.append)
    collection = read([source], found.append)
    assert restore(collection, 1) == (source.text,)
    assert source.encode() == raw
    held = [text.text for d in collection.documents for text in texts(d)]
    return source, held, [d.rule.name for d in found if d.rule.name != "untitled"]


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_utf_8_keeps_its_byte_order_mark(bom: bytes) -> None:
    source, _, found = take(bom + LAW.encode())
    assert (source.text, source.bom, found) == (LAW, bom, [])


@pytest.mark.parametrize(
    ("bom", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
def test_utf_16_is_known_by_its_byte_order_mark(bom: bytes, encoding: str) -> None:
    source, _, found = take(bom + LAW.encode(encoding))
    assert (source.text, source.encoding, found) == (LAW, encoding, [])


TAIWAN = "第 1 條\n中央法規之制定、施行、適用，除憲法規定外，依本法之規定。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (LAW, "gb18030"),
        (TAIWAN, "gb18030"),
        (TAIWAN, "cp950"),
        (TAIWAN + "香港嘅條例。", "big5hkscs"),
        (LAW, "utf-16-le"),
        (TAIWAN, "utf-16-be"),
    ],
)
def test_an_encoding_without_a_mark_is_told_by_everyday_chinese(
    text: str, encoding: str
) -> None:
    source, _, found = take(text.encode(encoding))
    assert (source.text, source.encoding, found) == (
        text,
        encoding,
        ["guessed-encoding"],
    )


def test_what_was_guessed_is_said_by_name() -> None:
    found: list[Diagnostic] = []
    decode("a.txt", TAIWAN.encode("cp950"), found.append)
    assert "Big5" in found[0].message.en


def test_where_everyday_chinese_does_not_decide_another_judge_is_asked() -> None:
    names = (
        "赵钱孙李冯陈褚卫蒋沈韩杨朱秦尤许吕张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛\n"
        * 20
    )
    source, _, found = take(names.encode("gb18030"))
    assert (source.text, found) == (names, ["guessed-encoding"])


def test_noise_that_happens_to_be_gb18030_is_not_taken_for_chinese() -> None:
    raw = "凜凞刕剟囅囈嚲圞墺夐".encode("gb18030")
    _, held, found = take(raw)
    assert (held, found) == ([], ["binary-source"])


@pytest.mark.parametrize("raw", [b"", b" \r\n\r\n", b"\xef\xbb\xbf", "　\n".encode()])
def test_a_file_without_text_has_no_document_and_an_error(raw: bytes) -> None:
    _, held, found = take(raw)
    assert (held, found) == ([], ["empty-source"])


@pytest.mark.parametrize("raw", [b"\x89PNG\x00\x1a\n", bytes(range(256)), b"\xff" * 9])
def test_bytes_that_are_no_text_are_all_layout_and_an_error(raw: bytes) -> None:
    _, held, found = take(raw)
    assert (held, found) == ([], ["binary-source"])


def test_a_byte_order_mark_before_noise_is_no_promise() -> None:
    _, held, found = take(b"\xff\xfe\x00\xd8\x00")
    assert (held, found) == ([], ["binary-source"])


def test_a_few_broken_bytes_are_kept_out_of_the_text() -> None:
    raw = LAW.encode().replace("管理".encode(), b"\xe7\xae\xe7\x90\x86")
    _, held, found = take(raw)
    assert found == ["undecodable-bytes"]
    assert "".join(held).startswith("第一条为了规范理")


def test_control_characters_are_kept_out_of_the_text() -> None:
    _, held, found = take("第一条 甲\x07乙\x85丙。".encode())
    assert ("".join(held), found) == ("第一条甲乙丙。", ["control-characters"])


FORMATS = [
    (b"PK\x03\x04\x14\x00..word/document.xml", "Word"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "Word"),
    (b"PK\x03\x04 mimetype", "ZIP"),
    (rb"{\rtf1\ansi plain letters}", "RTF"),
    (b"%PDF-1.7 all of it letters", "PDF"),
    (b"\xff\xd8\xff\xe0", "picture"),
]


@pytest.mark.parametrize(("raw", "name"), FORMATS)
def test_a_file_of_another_kind_is_named_and_what_to_do_with_it(
    raw: bytes, name: str
) -> None:
    assert take(raw)[1:] == ([], ["binary-source"])
    found: list[Diagnostic] = []
    decode("a.txt", raw, found.append)
    assert name in found[0].hint.en
    assert "纯文本" in found[0].hint.zh


SPOILT = [
    (b"", "empty-source", 1),
    (b"\0\1\2", "binary-source", 1),
    (LAW.encode("gb18030"), "guessed-encoding", 1),
    (LAW.encode().replace("公布".encode(), b"\xff"), "undecodable-bytes", 3),
    (LAW.replace("公布", "公\x07布").encode(), "control-characters", 3),
]


@pytest.mark.parametrize(("raw", "rule", "line"), SPOILT)
def test_of_two_files_the_spoilt_one_is_named_with_the_line(
    raw: bytes, rule: str, line: int
) -> None:
    found: list[Diagnostic] = []
    files = [("good.md", "# 甲\n\n乙。\n".encode()), ("bad.md", raw)]
    sources = [decode(n, r, found.append, i) for i, (n, r) in enumerate(files)]
    read(sources, found.append)
    (finding,) = [d for d in found if d.rule.name == rule]
    assert finding.span.file == 1
    assert sources[1].locate(finding.span.start)[0] == line
    assert "“bad.md”" in finding.message.zh
    assert "“bad.md”" in finding.message.en
    assert finding.hint.en


def test_a_doubtful_join_names_the_other_line() -> None:
    found: list[Diagnostic] = []
    (rule,) = [rule for rule in RULES if rule.name == "ambiguous-join"]
    read([Source("a.md", rule.example)], found.append)
    (finding,) = [d for d in found if d.rule is rule]
    assert "第 1 行“…作落实，不断”" in finding.message.zh
    assert "line 1, “…作落实，不断”" in finding.message.en
    assert "publisher outline" in finding.hint.zh


def test_a_number_used_twice_is_named_as_it_is_printed() -> None:
    found: list[Diagnostic] = []
    read([Source("a.md", "# 某条例\n\n第一条 甲。\n\n第一条 乙。\n")], found.append)
    (finding,) = [d for d in found if d.rule.name == "duplicate-number"]
    assert "“第一条”" in finding.message.zh
    assert "decisions.toml" in finding.hint.en


@given(st.binary(max_size=60))
def test_any_bytes_come_back(raw: bytes) -> None:
    take(raw)


SUFFIX = {
    "hostile-file": "html",
    "unreadable-file": "docx",
    "page-furniture": "html",
    "left-out": "docx",
}
"""What kind of file a rule's example is, where it is no text."""


@pytest.mark.parametrize(
    "rule", [r for r in RULES if r.name != "left-out"], ids=lambda rule: rule.name
)
def test_each_rule_speaks_on_its_example(rule: Rule) -> None:
    encoding = "gb18030" if rule.name == "guessed-encoding" else "utf-8"
    raw = rule.example.encode(encoding, "surrogateescape")
    name = f"example.{SUFFIX.get(rule.name, 'md')}"
    found: list[Diagnostic] = []
    read([decode(name, raw, found.append)], found.append)
    assert rule in [diagnostic.rule for diagnostic in found]


def test_rules_have_codes_of_their_own() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(rule.code[0] == "R" for rule in RULES)
