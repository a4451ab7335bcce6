"""What a page may read, what is reported, and how a failure is told."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from publisher import fonts
from publisher.diagnostics import Diagnostic, Problem
from publisher.render import render_print
from publisher.render.voices import MISSING_GLYPH, audit
from publisher.source import Span
from publisher.tree.nodes import Document, Gap, Note, Prose, Text
from publisher.write.pdf import _fold, _identifier, write
from publisher.write.pdf.fetch import inside
from publisher.write.pdf.rules import (
    BLOCKED_FETCH,
    LAYOUT_ENGINE,
    OTHER_FACE,
    RULES,
)
from tests.print.making import FACES, article, imprint, made, prepared, regulation

PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4"
    "z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
)


def own(folder: Path, body: str) -> Path:
    """A book's templates with an own title page."""
    (folder / "print").mkdir(parents=True)
    (folder / "print" / "title.html").write_text(f'<div class="half">{body}</div>')
    return folder


def rules(found: list[Diagnostic]) -> list[str]:
    return [diagnostic.rule.name for diagnostic in found]


def test_rules_have_codes_of_their_own() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES) == 4
    assert all(rule.code.startswith("W") for rule in RULES)


def test_a_books_own_template_wins_over_ours(tmp_path: Path) -> None:
    folder = own(tmp_path / "templates", "本书自己的扉页")
    html = render_print(prepared(), imprint(folder))
    assert "本书自己的扉页" in html
    assert 'class="cover generated"' in html


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x.png",
        "file:///etc/passwd",
        "../outside.png",
        "link.png",
        "ftp://example.org/x.png",
    ],
)
def test_nothing_outside_the_book_is_read(tmp_path: Path, url: str) -> None:
    book = tmp_path / "book"
    folder = own(book / "templates", f'<img src="{url}" alt="x">')
    (tmp_path / "outside.png").write_bytes(b"secret")
    (book / "link.png").symlink_to(tmp_path / "outside.png")
    _, found = made(prepared(), folder, roots=(book,))
    assert "blocked-fetch" in rules(found)
    assert set(rules(found)) <= {BLOCKED_FETCH.name, LAYOUT_ENGINE.name}


def test_files_of_the_book_and_data_are_read(tmp_path: Path) -> None:
    import base64

    (tmp_path / "dot.png").write_bytes(base64.b64decode(PNG.partition(",")[2]))
    body = f'<img src="dot.png" alt="a"><img src="{PNG}" alt="b">'
    _, found = made(prepared(), own(tmp_path / "templates", body), roots=(tmp_path,))
    assert found == []


def test_a_url_is_judged_by_the_file_it_leads_to(tmp_path: Path) -> None:
    root = tmp_path / "book"
    root.mkdir()
    (root / "in 书.txt").write_text("x")
    (tmp_path / "out.txt").write_text("x")
    (root / "loop").symlink_to("loop")
    base = root.as_uri()
    assert inside((root / "in 书.txt").as_uri(), [root]) == root / "in 书.txt"
    assert inside(f"{base}/%2e%2e/out.txt", [root]) is None
    assert inside(f"{base}/../out.txt", [root]) is None
    assert inside(f"{base}/none", [root]) is None
    assert inside(f"{base}/loop", [root]) is None
    assert inside(base, [root]) is None
    assert inside("file://host" + str(root), [root]) is None
    assert inside("file:///a%00b", [root]) is None


def test_the_layout_engine_s_complaints_are_reported(tmp_path: Path) -> None:
    body = '<p style="no-such-property: 1">题</p>'
    _, found = made(prepared(), own(tmp_path, body))
    assert rules(found) == ["layout-engine"]
    assert "no-such-property" in found[0].message.en


def test_a_character_without_a_glyph_is_named_with_its_place() -> None:
    body = Prose(
        (
            Text("楷\ue000", span=Span(0, 10, 12)),
            Note("\ue001"),
            Gap("\ue002"),
            Text("\uf0e0a", span=Span(0, 20, 21)),
        ),
        "lede",
        id="lede_1",
    )
    label = article(1, "第一\ue004条", "\ue000")
    document = replace(regulation(body, label), given_title="\ue005")
    found = audit(prepared(document), FACES.of("zh-Hans"))
    told = [(d.message.en[-7:-1], d.span, d.where) for d in found]
    where = "reg.lede_1"
    assert ("U+E000", Span(0, 11, 12), where) in told
    assert ("U+F0E0", Span(0, 20, 21), where) in told
    wanted = {"U+E000", "U+E001", "U+E002", "U+F0E0", "U+E004", "U+E005"}
    assert {d.message.en[-7:-1] for d in found} == wanted
    assert all(d.rule is MISSING_GLYPH for d in found)


def test_a_face_that_is_not_in_the_table_is_an_error(tmp_path: Path) -> None:
    body = '<p style="font-family: DejaVu Sans">Aя</p>'
    _, found = made(prepared(), own(tmp_path, body))
    assert rules(found) == [OTHER_FACE.name]
    assert "Aя came out in DejaVu-Sans" in found[0].message.en


def test_blanks_fill_the_last_sheet() -> None:
    for body in range(1, 9):
        pages = [*range(body), "blank", "blank", "blank", "back"]
        folded = _fold(pages)
        assert len(folded) % 4 == 0
        assert folded[:body] == list(range(body))
        assert folded[-1] == "back"


def test_the_identifier_does_not_know_where_fonts_are_kept() -> None:
    plain = imprint()
    placed = replace(plain, font_css='@font-face { src: url("file:///somewhere/a") }')
    html = render_print(prepared(), placed)
    assert "somewhere" in html
    moved = replace(plain, font_css=placed.font_css.replace("somewhere", "elsewhere"))
    other = render_print(prepared(), moved)
    assert _identifier(html, placed) == _identifier(other, moved)


def test_a_layout_that_fails_is_a_problem_without_a_traceback() -> None:
    edition = prepared()
    html = "<html lang='zh'><body>no pages of ours</body></html>"
    with pytest.raises(Problem) as caught:
        write(html, edition, imprint(), (), lambda _: None)
    assert caught.value.status == 4


def test_a_font_in_fonts_sets_its_role(tmp_path: Path) -> None:
    kai = next(face for face in FACES.of("zh-Hans") if face.role == "kai")
    assert kai.file is not None
    (tmp_path / "LXGWWenKai-Regular.ttf").symlink_to(kai.file)
    table = Path(fonts.__file__).parent.parent / "fonts" / "fonts.toml"
    (tmp_path / "fonts.toml").write_text(table.read_text("utf-8"), "utf-8")
    faces = fonts.load(tmp_path)
    ours = replace(
        imprint(),
        faces=faces.of("zh-Hans"),
        css_fonts=faces.css("zh-Hans"),
        font_css=faces.font_css("zh-Hans"),
    )
    document: Document = regulation(Prose((Text("导语"),), "lede", id="lede_1"))
    edition = prepared(document)
    found: list[Diagnostic] = []
    html = render_print(edition, ours)
    roots = (tmp_path, kai.file.parent)
    made_pdf = write(html, edition, ours, roots, found.append)
    assert found == []
    with pikepdf.open(BytesIO(made_pdf.data)) as pdf:
        held = pdf.pages[0].Resources.Font.values()
        names = {str(font.BaseFont).partition("+")[2] for font in held}
    assert "publisher-kai" in names
    assert "LXGW-WenKai" not in names
