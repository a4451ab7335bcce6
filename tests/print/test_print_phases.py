"""The contents laid out after the documents: the same file as in one phase."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from publisher.book import Measure, Typography
from publisher.edition.prepared import Prepared
from publisher.render import render_print
from publisher.tree.nodes import Division, Document, Text
from publisher.write.pdf import Pdf, phases, printed
from tests.print.making import article, imprint, made, prepared, regulation

WORDS = "为了加强管理，根据有关法律，制定本办法；另有规定的“除外”。"


def law(number: int, chapters: int) -> Document:
    """A document of some chapters; each has three articles."""
    divisions = tuple(
        Division(
            "chapter",
            (n, 0),
            Text(f"第{n}章"),
            (Text("规定"),),
            tuple(
                article(k, f"第{k}条", WORDS * (k % 5 + 1))
                for k in range(3 * n - 2, 3 * n + 1)
            ),
            id=f"chp_{n}",
        )
        for n in range(1, chapters + 1)
    )
    made = regulation(*divisions, title=f"办法之{number}")
    return replace(made, id="reg" if number == 1 else f"reg-{number}")


def book(documents: int, chapters: int) -> Prepared:
    small = replace(Typography(), measure=Measure(28, 27))
    laws = (law(n, chapters) for n in range(1, documents + 1))
    return prepared(*laws, typography=small)


def both(monkeypatch: pytest.MonkeyPatch, edition: Prepared) -> tuple[Pdf, Pdf]:
    monkeypatch.setenv("PUBLISHER_PLAIN", "phases")
    one, _ = made(edition)
    monkeypatch.setenv("PUBLISHER_PLAIN", "")
    two, _ = made(edition)
    return one, two


@pytest.mark.parametrize(
    ("documents", "chapters"), [(1, 1), (1, 40), (3, 4), (2, 25), (1, 90)]
)
def test_two_phases_give_the_file_that_one_gives(
    documents: int, chapters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = both(monkeypatch, book(documents, chapters))
    assert visible(two) == visible(one)
    assert two.printed == one.printed
    assert two.data == one.data


def visible(pdf: Pdf) -> list[tuple[str, str, list[Any]]]:
    """Label, text and boxes of each page."""
    file = pypdfium2.PdfDocument(io.BytesIO(pdf.data))
    out = []
    for number in range(len(file)):
        text = file[number].get_textpage()
        boxes = [text.get_charbox(k) for k in range(text.count_chars())]
        label = file.get_page_label(number)
        out.append((label, text.get_text_bounded(), boxes))
    return out


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many elements each layout of the engine had to do with."""
    import weasyprint

    seen: list[int] = []
    render = weasyprint.HTML.render

    def counting(html: Any, **options: Any) -> Any:  # noqa: ANN401
        seen.append(len(list(html.etree_element.iter())))
        return render(html, **options)

    with monkeypatch.context() as patch:
        patch.setattr(weasyprint.HTML, "render", counting)
        yield seen


def test_front_matter_and_documents_are_laid_out_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with counted(monkeypatch) as seen:
        made(book(1, 20))
    documents, front = seen
    assert front < documents
    monkeypatch.setenv("PUBLISHER_PLAIN", "phases")
    with counted(monkeypatch) as seen:
        made(book(1, 20))
    assert len(seen) == 1


def test_a_page_with_templates_of_its_own_is_laid_out_in_one_phase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counted(monkeypatch) as seen:
        made(book(1, 2), tmp_path)
    assert len(seen) == 1


def test_an_engine_that_is_not_the_known_one_lays_out_in_one_phase(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(phases, "as_written_for", lambda: False)
    with counted(monkeypatch) as seen:
        made(book(1, 2))
    assert len(seen) == 1


def test_pages_that_an_epub_names_are_the_same_both_ways(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edition = book(2, 12)
    html = render_print(edition, imprint())
    monkeypatch.setenv("PUBLISHER_PLAIN", "phases")
    one = printed(html, edition, imprint(), ())
    monkeypatch.setenv("PUBLISHER_PLAIN", "")
    two = printed(html, edition, imprint(), ())
    assert two == one
    assert [start.label for start in two.starts if start.where == "reg-2"]


def test_the_same_bytes_each_time() -> None:
    assert made(book(1, 12))[0].data == made(book(1, 12))[0].data
