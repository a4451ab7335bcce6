"""Pages that are kept while somebody edits: always the file that a cold build makes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from xml.etree.ElementTree import Element, tostring
from xml.etree.ElementTree import fromstring as parsed

import pytest

from publisher import assets, fonts, pipeline
from publisher.diagnostics import Diagnostic, Problem
from publisher.jobs.known import for_edition, for_reading, read_now
from publisher.pipeline import Output
from publisher.write.pdf import kept
from publisher.write.pdf.kept.book import BOOK, Kept
from publisher.write.pdf.kept.places import between
from publisher.write.pdf.kept.trees import BEGIN, Change, in_order, merged, same
from publisher.write.pdf.pages import _texts
from publisher.write.pdf.rules import LAYOUT_ENGINE

NAME = "desk of a test"
WORDS = "为了加强管理，根据有关法律，制定本办法；另有规定的“除外”。"
SETTINGS = """schema = 1
[book]
id = "laws"
title = "借阅办法"
[[source]]
file = "law.md"
[[source]]
file = "talk.md"
"""
TALK = """# 负责人就《借阅办法》答记者问

问：为什么制定办法？

答：为了读者。{words}

问：怎样执行？

答：分步执行。{words}

| 项目 | 期限 |
|------|------|
| 图书 | 三十日 |
| 期刊 | 七日 |

问：还有什么？

答：没有了。{words}
""".format(words=WORDS * 9)
NOTES = "".join(
    f'[[note]]\nwhere = "reg.art_{n}"\ntext = "本条之数"\nnote = "注释之{n}。"\n'
    for n in (3, 7, 8, 20)
)


def law(title: str, chapters: int, articles: int) -> str:
    """A law of so many chapters with so many articles each."""
    lines, number = [f"# {title}", ""], count(1)
    for chapter in range(1, chapters + 1):
        lines += [f"## 第{han(chapter)}章　规定之{han(chapter)}", ""]
        for _ in range(articles):
            n = next(number)
            own = f"{WORDS * (n * 7 % 5 + 1)}本条之数为{han(n)}。"
            lines += [f"第{han(n)}条　{own}", ""]
            if n % 4 == 0:
                lines += ["（一）第一项的内容；", "", f"（二）{WORDS}", ""]
    return "\n".join(lines)


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    ten = ("十" if tens == 1 else digits[tens] + "十") if tens else ""
    return ten + (digits[ones] if ones else "")


def edited(text: str, chance: random.Random) -> str:
    """One edit as editors make them: characters, lines, articles, chapters."""
    at, lines = chance.randrange(len(text)), text.split("\n")
    line = chance.randrange(2, len(lines))
    match chance.randrange(8):
        case 0 | 1:
            return text[:at] + chance.choice("的了，。、“”条第") + text[at:]
        case 2 | 3:
            return text[:at] + text[at + 1 :]
        case 4:
            lines.insert(line, "　　另起一段的话，" * chance.randrange(1, 9))
        case 5:
            del lines[line : line + chance.randrange(1, 4)]
        case 6:
            lines[line] += "一句加得很长的话，后面的页要动；" * chance.randrange(1, 30)
        case _:
            lines.insert(line, f"\n## 第{han(chance.randrange(1, 20))}章　新的一章\n")
    return "\n".join(lines)


class Desk:
    """A book of two files that somebody works on."""

    def __init__(self, folder: Path) -> None:
        self.files = {"law.md": law("借阅办法", 6, 5), "talk.md": TALK}
        self.folder = folder
        (folder / "book.toml").write_text(SETTINGS, "utf-8")
        (folder / "notes.toml").write_text(NOTES, "utf-8")

    def build(
        self, *, warm: bool, name: str = "booklet"
    ) -> tuple[Output, list[Diagnostic]]:
        for file, text in self.files.items():
            (self.folder / file).write_text(text, "utf-8")
        loaded, found = pipeline.load(self.folder), list[Diagnostic]()
        _, reading, _ = read_now(for_reading(loaded))
        (edition,) = (e for e in loaded.book.editions if e.name == name)
        own = for_edition(loaded, edition)
        with kept.keeping(NAME) if warm else nullcontext():
            return pipeline.make(own, reading, edition, found.append), found

    @property
    def book(self) -> Kept:
        held = kept.DESKS[NAME][BOOK]
        assert isinstance(held, Kept)
        return held


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    kept.forget()
    yield Desk(tmp_path)
    kept.forget()


@pytest.mark.parametrize(
    ("seed", "edition"), [(0, "booklet"), (1, "booklet-tw"), (2, "booklet")]
)
def test_after_each_edit_the_file_is_that_of_a_cold_build(
    seed: int, edition: str, desk: Desk
) -> None:
    first = dict(desk.files)
    chance = random.Random(seed)  # noqa: S311
    desk.build(warm=True, name=edition)
    for _ in range(12):
        if chance.random() < 0.2:
            desk.files = dict(first)
        name = chance.choice(["law.md", "law.md", "talk.md"])
        desk.files[name] = edited(desk.files[name], chance)
        warm = desk.build(warm=True, name=edition)
        cold = desk.build(warm=False, name=edition)
        assert warm[0].data == cold[0].data
        assert warm == cold


def folio(output: Output, where: str) -> int:
    assert output.printed
    starts = (start for start in output.printed.starts if start.where == where)
    return int(next(starts).label)


def test_no_more_pages_are_laid_out_than_an_edit_can_touch(desk: Desk) -> None:
    desk.build(warm=True)
    before = list(desk.book.documents.pages)
    desk.files["law.md"] = desk.files["law.md"].replace("第十五条　为", "第十五条　与")
    warm, _ = desk.build(warm=True)
    after = desk.book.documents.pages
    assert len(after) == len(before) > 12
    laid = [n for n, page in enumerate(after) if page is not before[n]]
    assert 1 <= len(laid) <= 5
    assert laid == list(range(laid[0], laid[-1] + 1))
    assert warm.data == desk.build(warm=False)[0].data


def linked(text: str) -> str:
    """Every third article cites another one: its page holds a link."""
    lines = text.split("\n")
    cited = [n for n, line in enumerate(lines) if line.startswith("第")][::3]
    for n in cited:
        lines[n] += f"依照本办法第{han(n % 20 + 1)}条处理。"
    return "\n".join(lines)


@pytest.mark.parametrize("plain", ["", "objects", "swift", "file"])
def test_pages_are_tagged_as_they_were(
    plain: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for those that an edit touched, or whose tags count something."""
    monkeypatch.setenv("PUBLISHER_PLAIN", plain)
    desk.files["law.md"] = linked(desk.files["law.md"])
    desk.build(warm=True)
    before = [page.tagging for page in desk.book.documents.pages]
    assert any(each.links for each in before if each) or plain == "file"
    for old, new in (
        ("第十五条　为", "第十五条　与"),
        ("第二十六条　", "第二十六条　" + WORDS * 60),
    ):
        desk.files["law.md"] = desk.files["law.md"].replace(old, new)
        warm, cold = desk.build(warm=True), desk.build(warm=False)
        assert warm[0].data == cold[0].data
        after = [page.tagging for page in desk.book.documents.pages]
        same = [each for each in after if each and any(each is one for one in before)]
        assert same or plain == "file"
        before = after


def test_pages_with_notes_or_tables_are_tagged_each_time(desk: Desk) -> None:
    """Blank ones have nothing to keep."""
    desk.build(warm=True)
    told = [page for page in desk.book.documents.pages if not page.tagging]
    shown = ["".join(text for _, text in _texts(page)) for page in told]
    apart = [text for text in shown if text]
    assert all("注释之" in text or "三十日" in text for text in apart)
    assert len(apart) > 2


def test_pages_behind_a_new_page_have_their_new_folios(desk: Desk) -> None:
    one, _ = desk.build(warm=True)
    long = WORDS * 60
    desk.files["law.md"] = desk.files["law.md"].replace("第三条　", f"第三条　{long}")
    other, _ = desk.build(warm=True)
    assert folio(other, "qa") > folio(one, "qa")
    assert other.data == desk.build(warm=False)[0].data


def test_a_running_head_changes_on_all_its_pages(desk: Desk) -> None:
    desk.build(warm=True)
    desk.files["law.md"] = desk.files["law.md"].replace("规定之二", "新的规定")
    assert desk.build(warm=True)[0].data == desk.build(warm=False)[0].data


def test_notes_behind_a_new_note_are_numbered_anew(desk: Desk) -> None:
    desk.build(warm=True)
    notes = NOTES.replace("art_3", "art_5", 1) + NOTES[: NOTES.index("[[", 3)]
    (desk.folder / "notes.toml").write_text(notes, "utf-8")
    assert desk.build(warm=True)[0].data == desk.build(warm=False)[0].data


def test_other_settings_lay_all_out_anew(desk: Desk) -> None:
    desk.build(warm=True)
    before = list(desk.book.documents.pages)
    own = SETTINGS + '[edition.booklet]\nformat = "pdf"\nhanging = true\n'
    (desk.folder / "book.toml").write_text(own, "utf-8")
    assert desk.build(warm=True)[0].data == desk.build(warm=False)[0].data
    assert not set(desk.book.documents.pages) & set(before)


KAI = next(f for f in fonts.load(assets.fonts()).of("zh-Hans") if f.role == "kai")
FACES = [Path(str(KAI.file).replace("Regular", name)) for name in ("Regular", "Bold")]
"""Two faces of one family."""


def test_a_face_whose_file_changes_is_the_new_one(
    desk: Desk,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has the same name in the same place."""
    folder = tmp_path_factory.mktemp("fonts")
    shutil.copy(assets.fonts() / "fonts.toml", folder)
    monkeypatch.setattr(assets, "fonts", lambda: folder)
    files = set()
    for face in FACES:
        for style in ("Regular", "Medium", "SemiBold", "Bold"):
            shutil.copy(face, folder / f"NotoSerifSC-{style}.ttf")
        warm, cold = desk.build(warm=True), desk.build(warm=False)
        assert warm == cold
        files.add(cold[0].data)
    assert len(files) == len(FACES)


def test_a_face_that_a_template_names_is_the_new_one(desk: Desk) -> None:
    (desk.folder / "templates" / "print").mkdir(parents=True)
    style = (assets.templates() / "print" / "book.css").read_text("utf-8")
    rule = '@font-face { font-family: own; src: url("own.ttf") }'
    own = f"{style}{rule} article p {{ font-family: own }}"
    (desk.folder / "templates" / "print" / "book.css").write_text(own, "utf-8")
    files = set()
    for face in FACES:
        shutil.copy(face, desk.folder / "own.ttf")
        warm, cold = desk.build(warm=True), desk.build(warm=False)
        assert warm == cold
        files.add(cold[0].data)
    assert len(files) == len(FACES)


@pytest.mark.parametrize("at", ["三十日", "为什么制定"])
def test_a_glyph_that_no_face_has_is_told_once_and_can_go_again(
    at: str, desk: Desk
) -> None:
    """In a table, whose rules are drawn apart, and in text."""
    whole = desk.files["talk.md"]
    desk.build(warm=True)
    for lacking in ("\U00031350", "\U00031350\U00031351", ""):
        desk.files["talk.md"] = whole.replace(at, at + lacking, 1)
        warm, cold = desk.build(warm=True), desk.build(warm=False)
        assert warm[0].data == cold[0].data
        assert warm == cold
        said = [found for found in warm[1] if found.rule is LAYOUT_ENGINE]
        assert bool(said) == bool(lacking)


def test_nothing_is_kept_of_a_build_that_failed(desk: Desk) -> None:
    desk.build(warm=True)
    assert NAME in kept.DESKS
    desk.files = {"law.md": "", "talk.md": ""}
    with pytest.raises(Problem):
        desk.build(warm=True)
    assert NAME not in kept.DESKS
    assert kept.desk() is None


def test_of_so_many_outputs_those_go_that_were_made_first() -> None:
    kept.forget()
    names = [str(number) for number in range(kept.MOST)]
    for name in (*names, "0", "another"):
        with kept.keeping(name):
            held = kept.desk()
            assert held is not None
    assert list(kept.DESKS) == [*names[2:], "0", "another"]
    for _ in kept.DESKS.copy():
        kept.let_go()
    assert list(kept.DESKS) == ["another"], "the one that is made now"
    kept.forget()


@pytest.mark.parametrize("style", [None, "color: red"])
def test_an_element_that_begins_a_page_has_its_own_style_again(
    style: str | None,
) -> None:
    body = tree(
        '<body><article><p><i class="note">一</i></p></article>'
        "<article><p><i class='note'>二</i></p><p>三</p></article></body>"
    )
    article = body[1]
    if style:
        article.set("style", style)
    before = tostring(body)
    with between(body, [article, article[1]], []):
        assert article.get("style", "").endswith("counter-reset: footnote 1")
        assert article.get("style", "").startswith(style or "counter-reset")
    assert tostring(body) == before


def test_the_switch_leaves_it_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISHER_PLAIN", "kept")
    desk.build(warm=True)
    assert BOOK not in kept.DESKS[NAME]


def test_a_book_with_templates_of_its_own_is_laid_out_whole(desk: Desk) -> None:
    (desk.folder / "templates" / "print").mkdir(parents=True)
    style = (assets.templates() / "print" / "book.css").read_text("utf-8")
    own = style + "article .heading { text-align: left }"
    (desk.folder / "templates" / "print" / "book.css").write_text(own, "utf-8")
    for word in ("读者", "公众"):
        desk.files["law.md"] = desk.files["law.md"].replace("管理", word, 1)
        assert desk.build(warm=True) == desk.build(warm=False)
        assert BOOK not in kept.DESKS[NAME]


def tree(text: str) -> Element:
    return parsed(text)  # noqa: S314  (it stands below)


OLD = "<body><section><h2>一</h2><p>甲</p><p>乙</p><p>丙</p></section></body>"


@pytest.mark.parametrize(
    ("new", "first", "last"),
    [
        (OLD, None, None),
        (OLD.replace("乙", "乙乙"), "乙", "丙"),
        (OLD.replace("<p>乙</p>", ""), "乙", "丙"),
        (OLD.replace("<p>乙</p>", "<p>乙</p><p>新</p>"), "丙", "丙"),
        (OLD.replace("<p>丙</p>", ""), "乙", None),
        (OLD.replace("<p>乙</p>", '<p class="x">新</p><p>乙</p>'), "乙", None),
        (OLD.replace("<p>甲</p>", "<p>新</p><p>甲</p>"), "甲", None),
    ],
)
def test_what_changed_is_told_with_what_may_look_different(
    new: str, first: str | None, last: str | None
) -> None:
    """A paragraph that is another's first or last, or follows another kind."""
    ours, theirs = tree(OLD), tree(new)
    change = Change(in_order(ours))
    texts = {element.text: element for element in ours.iter()}
    ours[:] = merged(list(ours), list(theirs), change)
    assert same(ours, tree(new))
    if first is None:
        assert not change
        return
    assert change.first == change.before[texts[first]][BEGIN]
    after = in_order(ours)
    found = {at: element.text for element, (at, _) in after.items()}
    assert found.get(change.last(after)) == last


def test_elements_that_did_not_change_stay_the_same_objects() -> None:
    ours, theirs = tree(OLD), tree(OLD.replace("甲", "新"))
    before = list(ours.iter())
    ours[:] = merged(list(ours), list(theirs), Change(in_order(ours)))
    gone = [element for element in before if element not in set(ours.iter())]
    assert [element.text for element in gone] == ["甲"]
