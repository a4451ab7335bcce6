"""Look into any PDF, so that anyone can check what is claimed of its pages.

``inspect`` gives the facts, ``publisher.inspect.claims`` what they say about
composition: how many lines are flush, on the grid, and without a mark that may not
stand at the end of a line. All in points.
"""

from __future__ import annotations

from pathlib import Path

from publisher.diagnostics import Problem, Words
from publisher.inspect.facts import Facts
from publisher.refusals import reason

_UNREADABLE = Words("{path} 读不出：{why}", "cannot read {path}: {why}")


def inspect(path: Path) -> Facts:
    """What a PDF is and where its lines stand.

    Raises:
        Problem: 3, it cannot be read, is encrypted or is no PDF; 4, one of its pages
            is broken.
    """
    from publisher.inspect.catalogue import variants
    from publisher.inspect.glyphs import described, opened, pages

    data = _bytes(path)
    with opened(path, data) as document:
        version, tagged, language, said = described(document)
        held, fonts = pages(path, document)
    claimed, encrypted = variants(data)
    return Facts(
        version=version,
        variants=claimed,
        tagged=tagged,
        encrypted=encrypted,
        language=language,
        title=said.get("Title", ""),
        author=said.get("Author", ""),
        producer=said.get("Producer", ""),
        fonts=fonts,
        pages=held,
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = reason(error)
        words = Words(
            _UNREADABLE.zh.format(path=path, why=why.zh),
            _UNREADABLE.en.format(path=path, why=why.en),
        )
        raise Problem(3, words, place=str(path)) from None
