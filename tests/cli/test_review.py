"""The editor's desk: what is asked, what is written, and the way back."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.cli.review.kinds import KINDS
from publisher.cli.review.screen import excerpt
from publisher.cli.review.session import Session
from publisher.diagnostics import Problem
from publisher.report.terminal import columns
from publisher.tree import walk
from publisher.tree.nodes import Collection
from tests.conftest import ROOT

BOOK = """schema = 1
[book]
id = "desk"
title = "学校安全条例"
[[source]]
file = "page.md"
"""
TEXT = """# 学校安全条例

## 第一章 总则

第一条 学校應當建立安全管理制度，配备专职人员，坚持马克思主义主义。

第二条 坚持马克思主义，由教育部门负责解释和监督实施，學校依照办理。

近日，《学校安全条例》公布，负责人就有关问题回答了记者提问。

问：请介绍一下主要内容。

答：《学校安全条例》第二条规定，“坚持马克思主义，由教育部门负责说明和监督实施”。
"""
SEAMS = """（上接第1版）会议强调，要抓好各项工作落实，不断

（上接第2版）大家表示，将认真学习有关精神，努力

推进各项工作取得实效。
"""
KEPT = """# 编者的话：不要动我

[[reject]]   # 先例
rule = "editor"
where = "reg.art_2"
before = "依照办理"
reason = "存疑"
"""


def book(folder: Path, text: str = TEXT, decisions: str | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "book.toml").write_text(BOOK, "utf-8")
    (folder / "page.md").write_text(text, "utf-8")
    if decisions is not None:
        (folder / "decisions.toml").write_bytes(decisions.encode())
    return folder


def environ(**more: str) -> dict[str, str]:
    own = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LANG")}
    return {**own, "PYTHONPATH": str(ROOT), "TERM": "xterm", **more}


def review(
    *arguments: str | Path, keys: str = "", lang: str = "zh"
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "publisher", "--lang", lang, "review"]
    return subprocess.run(
        [*command, *map(str, arguments)],
        input=keys,
        capture_output=True,
        encoding="utf-8",
        env=environ(),
        check=False,
    )


def pending(folder: Path) -> list[dict[str, object]]:
    done = review(folder, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    listed = json.loads(done.stdout)
    assert listed["book"] == "desk"
    waiting: list[dict[str, object]] = listed["pending"]
    return waiting


def decided(folder: Path) -> list[tuple[str, str, str, str]]:
    data = tomllib.loads((folder / "decisions.toml").read_text("utf-8"))
    return [
        (verdict, each["rule"], each["before"], each["reason"])
        for verdict, entries in data.items()
        for each in entries
    ]


def test_what_waits_is_listed_without_asking(tmp_path: Path) -> None:
    waiting = pending(book(tmp_path))
    assert [(w["rule"], w["before"], w["after"]) for w in waiting] == [
        ("stray-traditional", "應", "应"),
        ("stray-traditional", "當", "当"),
        ("doubled-word", "坚持马克思主义主义", "坚持马克思主义"),
        ("stray-traditional", "學", "学"),
        ("misquoted", "说明", "解释"),
    ]
    assert {w["kind"] for w in waiting} == {"repairs"}
    assert (waiting[0]["line"], waiting[0]["column"]) == (5, 7)
    assert (waiting[0]["place"], waiting[4]["place"]) == ("第一条", "答问一")
    assert not (tmp_path / "decisions.toml").exists()


def test_accepting_everything_leaves_nothing_to_ask(tmp_path: Path) -> None:
    done = review(book(tmp_path), "--repairs", keys="a\n" * 5)
    assert done.returncode == 0, done.stderr
    assert "采纳 5 条，不采纳 0 条" in done.stdout
    assert pending(tmp_path) == []
    session = Session(tmp_path, KINDS)
    assert not [d for d in session.found if d.rule.code in ("P301", "P304", "C301")]
    said = "".join(map(walk.ink, session.reading.collection.documents))
    assert "学校应当建立安全管理制度，配备专职人员，坚持马克思主义。" in said
    assert "负责解释和监督实施”" in said
    assert review(tmp_path).stdout.startswith("没有待定的建议。\n")


def test_a_proposal_is_shown_with_its_line_and_a_caret_under_it(tmp_path: Path) -> None:
    shown = review(book(tmp_path), keys="s\ns\n?\nq\n").stdout
    lines = shown.splitlines()
    at = lines.index("3/5  第一条  doubled-word")
    assert lines[at + 1] == "page.md:5:25  reg.art_1__para_1"
    now, caret, then = lines[at + 2 : at + 5]
    assert now.startswith("原文   ")
    assert columns(now[: now.index("坚持马克思")]) == caret.index("^")
    assert caret.count("^") == columns("坚持马克思主义主义")
    assert "坚持马克思主义。" in then
    assert "把握" in lines[at + 6]
    assert "照来源排印" in shown
    english = review(tmp_path, keys="q\n", lang="en").stdout
    assert "[a]ccept [r]eject" in english
    assert "accepted: 0, rejected: 0, still open: 5." in english


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_explains_the_keys_that_are_offered_and_no_others(
    tmp_path: Path, lang: str
) -> None:
    doubt = "第三条 用好博物馆、纪念馆、烈士陵园等设施，革命旧址等红色资源。\n\n近日"
    book(tmp_path, TEXT.replace("近日", doubt))
    waits = len(pending(tmp_path))
    told = review(tmp_path, keys="?\ns\n" * waits, lang=lang).stdout
    seam = review(book(tmp_path / "b", SEAMS), keys="?\nq\n", lang=lang).stdout
    parts = (told + seam).split("›")
    helped = [(a, b) for a, b in pairwise(parts) if "\nm " in b]
    assert len(helped) == waits + 1
    for question, answer in helped:
        keys = re.findall(r"\[([are])\]", question.splitlines()[-1])
        assert sorted(re.findall(r"^([are]) \w", answer, re.MULTILINE)) == sorted(keys)
    assert {"".join(re.findall(r"\[([are])\]", q)) for q, _ in helped} == {
        "ar",
        "are",
        "er",
    }


def test_a_rejection_has_a_reason_its_own_or_the_usual_one(tmp_path: Path) -> None:
    folder = book(tmp_path)
    review(folder, keys="r 原报如此\nr\n\nr\n照原件\n")
    assert [reason for *_, reason in decided(folder)] == [
        "原报如此",
        "照录来源",
        "照原件",
    ]
    assert len(pending(folder)) == 2


def test_words_of_the_editors_own_replace_what_is_marked(tmp_path: Path) -> None:
    folder = book(tmp_path)
    review(folder, keys="s\ns\ne 唯物主义\n据原件\ne\n\nq\n")
    (one,) = decided(folder)
    assert one[0] == "accept"
    assert one[3] == "据原件"
    said = Session(folder, KINDS).reading.collection.documents[0]
    assert "人员，唯物主义。" in walk.ink(said)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_in_the_file_stays_and_undoing_gives_it_back(
    tmp_path: Path, end: str
) -> None:
    kept = KEPT.replace("\n", end)
    folder = book(tmp_path, decisions=kept)
    review(folder, keys="a\nr 甲\n")
    raw = (folder / "decisions.toml").read_bytes()
    assert raw.startswith(kept.encode())
    assert raw.count(b"\r\n") == (raw.count(b"\n") if end == "\r\n" else 0)
    assert len(tomllib.loads(raw.decode())["reject"]) == 2
    (folder / "decisions.toml").write_bytes(kept.encode())
    done = review(folder, keys="a\ns\nr\n\na\nu\nu\nu\nu\nu\nq\n")
    assert "没有可撤销的" in done.stdout
    assert (folder / "decisions.toml").read_bytes() == kept.encode()


def test_undoing_the_first_decision_takes_the_file_away_again(tmp_path: Path) -> None:
    folder = book(tmp_path)
    before = review(folder, keys="s\nu\na\nu\nq\n").stdout
    assert before.count("1/5  第一条") == 3
    assert not (folder / "decisions.toml").exists()


def test_what_somebody_else_wrote_meanwhile_is_not_undone(tmp_path: Path) -> None:
    session = Session(book(tmp_path), KINDS)
    ((kind, offer), *_) = session.waiting()
    session.decide(kind, offer, offer.decide("accept", "应", "甲"))
    file = tmp_path / "decisions.toml"
    file.write_text(file.read_text("utf-8") + "\n# 手记\n", "utf-8")
    with pytest.raises(Problem):
        session.undo()
    assert file.read_text("utf-8").endswith("# 手记\n")
    ((kind, offer), *_) = session.waiting()
    session.decide(kind, offer, offer.decide("accept", "当", "乙"))
    assert "# 手记" in file.read_text("utf-8")


def test_a_decision_that_would_not_be_carried_out_is_not_written(
    tmp_path: Path,
) -> None:
    session = Session(book(tmp_path, decisions=KEPT), KINDS)
    ((kind, offer), *_) = session.waiting()
    with pytest.raises(Problem):
        session.decide(kind, offer, offer.decide("accept", offer.now, "没有改"))
    with pytest.raises(Problem):
        session.decide(kind, offer, offer.decide("accept", "应", "换\n行"))
    assert (tmp_path / "decisions.toml").read_text("utf-8") == KEPT
    assert session.steps == []
    assert len(session.waiting()) == 5


def test_a_pipe_that_ends_quits_and_keeps_what_was_decided(tmp_path: Path) -> None:
    folder = book(tmp_path)
    done = review(folder, keys="accept\nr")
    assert done.returncode == 0
    assert "采纳 1 条" in done.stdout
    assert len(decided(folder)) == 1


def test_a_bare_file_and_wrong_settings_are_refused(tmp_path: Path) -> None:
    folder = book(tmp_path, decisions='[[accept]]\nrule = "duobled-word"\n')
    done = review(folder)
    assert done.returncode == 3
    assert "decisions.toml:" in done.stderr
    done = review(folder / "page.md")
    assert done.returncode == 2
    assert "publisher init" in done.stderr
    done = review(folder, book(tmp_path / "other"))
    assert done.returncode == 2


def test_documents_that_are_left_out_are_not_asked_about(tmp_path: Path) -> None:
    folder = book(tmp_path)
    more = (
        '[[document]]\nfrom = { kind = "press_qa" }\n'
        '[[leave_out]]\nfrom = { kind = "regulation" }\nreason = "另册"\n'
    )
    (folder / "book.toml").write_text(BOOK + more, "utf-8")
    assert [each["rule"] for each in pending(folder)] == ["misquoted"]


@pytest.mark.parametrize("rule", ["ambiguous-join"])
def test_what_the_book_allows_is_not_asked_about(tmp_path: Path, rule: str) -> None:
    folder = book(tmp_path, SEAMS)
    allow = (
        f'[check]\nallow = [{{ rule = "{rule}", where = "news-2", reason = "甲" }}]\n'
    )
    (folder / "book.toml").write_text(BOOK + allow, "utf-8")
    assert pending(folder) == []


def test_a_doubtful_join_is_undone_or_confirmed(tmp_path: Path) -> None:
    folder = book(tmp_path, SEAMS)
    (seam,) = pending(folder)
    assert seam["rule"] == "join"
    assert "不断推进" not in shown(folder)
    review(folder, keys="e\nr\n\n")
    assert "不断推进" in shown(folder)
    assert [(v, rule) for v, rule, *_ in decided(folder)] == [("reject", "join")]
    assert pending(folder) == []
    (folder / "decisions.toml").unlink()
    review(folder, keys="a\n")
    assert "努力推进" in shown(folder)
    assert pending(folder) == []
    session = Session(folder, KINDS)
    (record,) = (r for r in session.reading.collection.repairs if r.kind == "join")
    assert record.reason
    assert not [d for d in session.found if d.rule.name == "ambiguous-join"]


def shown(folder: Path) -> str:
    documents = Session(folder, KINDS).reading.collection.documents
    return "\n".join(map(walk.ink, documents))


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: "# 别的办法\n\n第一条 别的话。\n\n" + text,
        lambda text: text.replace("第二条 ", "第二条 新增的一款。\n\n"),
        lambda text: text.replace("第一条 ", "第一条 先说一句，"),
    ],
)
def test_decisions_outlive_changes_of_the_source(
    tmp_path: Path, edit: Callable[[str], str]
) -> None:
    folder = book(tmp_path)
    review(folder, keys="a\nr 甲\na\na\nr 乙\n")
    (folder / "page.md").write_text(edit(TEXT), "utf-8")
    session = Session(folder, KINDS)
    assert list(session.pending()) == []
    names = {d.rule.name for d in session.found}
    assert not names & {"stale-decision", "ambiguous-decision", "broken-decision"}
    moved = [d for d in session.found if d.rule.name == "moved-decision"]
    assert all("decisions.toml:" in d.place and d.where for d in moved)


def test_a_decision_on_the_first_line_that_is_gone_is_reported(tmp_path: Path) -> None:
    folder = book(tmp_path)
    review(folder, keys="s\ns\na\n")
    changed = TEXT.replace("，坚持马克思主义主义", "")
    (folder / "page.md").write_text(changed, "utf-8")
    done = review(folder, keys="q\n")
    assert "P301 stale-decision" in done.stderr
    assert "decisions.toml:4:1" in done.stderr


# ---------------------------------------------------------------- kills, terminals


def until(happened: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def test_a_session_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    folder = book(tmp_path, decisions=KEPT)
    with subprocess.Popen(
        [sys.executable, "-m", "publisher", "review", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        encoding="utf-8",
        env=environ(),
    ) as running:
        assert running.stdin
        running.stdin.write("a\na\n")
        running.stdin.flush()
        until(lambda: len(decided(folder)) == 3)
        running.kill()
    assert (folder / "decisions.toml").read_text("utf-8").startswith(KEPT)
    assert [v for v, *_ in decided(folder)].count("accept") == 2
    assert len(pending(folder)) == 3
    left = {path.name for path in folder.iterdir()}
    assert left == {"book.toml", "page.md", "decisions.toml"}


def on_terminal(
    folder: Path, send: Callable[[int, Callable[[str], None]], None]
) -> int:
    """A session on a pseudo-terminal; the exit code."""
    process, terminal = pty.fork()
    if process == 0:
        command = [sys.executable, "-m", "publisher", "--lang", "zh", "review"]
        os.execve(sys.executable, [*command, str(folder)], environ())  # noqa: S606
    seen = bytearray()

    def wait(words: str) -> None:
        while words.encode() not in seen:
            ready, _, _ = select.select([terminal], [], [], 60)
            assert ready, seen.decode(errors="replace")
            try:
                seen.extend(os.read(terminal, 65536))
            except OSError as gone:
                raise AssertionError(seen.decode(errors="replace")) from gone
        del seen[: seen.index(words.encode()) + len(words.encode())]

    send(terminal, wait)
    with contextlib.suppress(OSError):
        while os.read(terminal, 65536):
            pass
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def test_keys_on_a_terminal_need_no_enter(tmp_path: Path) -> None:
    folder = book(tmp_path)

    def send(terminal: int, wait: Callable[[str], None]) -> None:
        wait("1/5")
        for key, then in (("a", "2/5"), (" ", "3/5"), ("r", "理由")):
            wait("›")
            os.write(terminal, key.encode())
            wait(then)
        os.write(terminal, "原件如此\n".encode())
        wait("4/5")
        wait("›")
        os.write(terminal, b"q")
        wait("采纳 1 条，不采纳 1 条")

    assert on_terminal(folder, send) == 0
    assert [each[0] for each in decided(folder)] == ["accept", "reject"]
    assert decided(folder)[1][3] == "原件如此"


def test_ctrl_c_leaves_what_was_decided_and_says_130(tmp_path: Path) -> None:
    folder = book(tmp_path, decisions=KEPT)

    def send(terminal: int, wait: Callable[[str], None]) -> None:
        wait("›")
        os.write(terminal, b"a")
        wait("2/5")
        wait("›")
        os.write(terminal, b"\x03")
        wait("已中断")

    assert on_terminal(folder, send) == 130
    assert (folder / "decisions.toml").read_text("utf-8").startswith(KEPT)
    assert [each[0] for each in decided(folder)] == ["reject", "accept"]


def test_an_interrupt_while_a_reason_is_asked_writes_nothing(tmp_path: Path) -> None:
    folder = book(tmp_path)

    def send(terminal: int, wait: Callable[[str], None]) -> None:
        wait("›")
        os.write(terminal, b"r")
        wait("：")
        # No person is so quick: a signal between the prompt and the wait for keys is
        # heard with the next one.
        for _ in range(60):
            time.sleep(1)
            with contextlib.suppress(OSError):
                os.write(terminal, b"\x03")
            if select.select([terminal], [], [], 1)[0]:
                break
        wait("已中断")

    assert on_terminal(folder, send) == 130
    assert not (folder / "decisions.toml").exists()


def test_an_end_asked_for_by_the_system_is_an_interrupt(tmp_path: Path) -> None:
    folder = book(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "publisher", "review", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environ(),
    ) as running:
        assert running.stdout
        assert running.stdout.readline()
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 130


# ---------------------------------------------------------------- laws

STEPS = st.lists(
    st.sampled_from(["accept", "reject", "own", "skip", "undo"]), max_size=7
)


@given(STEPS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_undoing_all_gives_back_the_file_and_the_tree(
    tmp_path: Path, steps: list[str]
) -> None:
    folder = book(tmp_path, TEXT, KEPT)
    session = Session(folder, KINDS)
    before: Collection = session.reading.collection
    for step in steps:
        waiting = session.waiting()
        if step == "undo":
            session.undo()
        elif waiting and step == "skip":
            session.skip(waiting[0][1])
        elif waiting:
            kind, offer = waiting[0]
            after = "某" if step == "own" else offer.record.after
            verdict = "reject" if step == "reject" else "accept"
            decision = offer.decide(verdict, after, "甲“乙”\\丙")  # type: ignore[arg-type]
            held = (folder / "decisions.toml").read_bytes()
            try:
                session.decide(kind, offer, decision)
            except Problem:  # a quotation that was put right otherwise already
                assert kind.name == "repairs"
                assert (folder / "decisions.toml").read_bytes() == held
        raw = (folder / "decisions.toml").read_text("utf-8")
        assert raw.startswith(KEPT)
        done = session.counts()
        data = tomllib.loads(raw)
        assert len(data.get("accept", ())) == done["accepted"]
        assert len(data["reject"]) == 1 + done["rejected"]
        assert not [d for d in session.found if d.rule.code in ("P301", "P302", "P303")]
    while session.undo():
        pass
    assert (folder / "decisions.toml").read_text("utf-8") == KEPT
    assert session.reading.collection == before


@given(st.text("甲乙，。ab", max_size=80), st.data(), st.integers(10, 60))
def test_an_excerpt_fits_and_marks_the_right_characters(
    text: str, data: st.DataObject, width: int
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    head, middle, tail = excerpt(text, start, end, width)
    assert middle == text[start:end]
    assert text[:start].endswith(head.removeprefix("…"))
    assert text[end:].startswith(tail.removesuffix("…"))
    room = max(width, columns(middle) + 8)
    assert columns(head + middle + tail) <= room + 4
