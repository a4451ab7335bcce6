"""Source text, and spans of it. Nothing changes the text; line ends stay too."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

BYTES = "latin-1"
"""The encoding of a source that is no text: each byte is one character."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one source file, in code points: ``text[start:end]``."""

    file: int
    start: int
    end: int

    def __len__(self) -> int:
        """How many code points of the source it covers."""
        return self.end - self.start


NOWHERE = Span(-1, 0, 0)
"""The span of what stands in no source: generated matter."""


@dataclass(frozen=True, slots=True)
class Source:
    r"""One input file: its name as shown to people, and its characters.

    ``encoding`` and ``bom`` say how the bytes were decoded, so that ``encode`` gives
    the very bytes back. A line ends at ``\n``, ``\r\n`` or a lone ``\r``.
    """

    name: str
    text: str
    encoding: str = "utf-8"
    bom: bytes = b""

    def encode(self, text: str | None = None) -> bytes:
        """The bytes of this source, or of another text written the same way.

        A lone surrogate stands for a byte that is not UTF-8 (PEP 383).
        """
        whole = self.text if text is None else text
        return self.bom + whole.encode(self.encoding, "surrogateescape")

    def locate(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both counted from 1, in code points."""
        starts = _line_starts(self.text)
        number = bisect_right(starts, offset)
        return number, offset - starts[number - 1] + 1

    def line(self, number: int) -> str:
        """A line without its end, counted from 1, fit to be shown to people."""
        starts = _line_starts(self.text)
        end = starts[number] if number < len(starts) else len(self.text)
        line = self.text[starts[number - 1] : end].rstrip("\r\n")
        return line.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@lru_cache(maxsize=64)
def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    for i, char in enumerate(text):
        if char == "\n" or (char == "\r" and text[i + 1 : i + 2] != "\n"):
            starts.append(i + 1)
    return tuple(starts)
