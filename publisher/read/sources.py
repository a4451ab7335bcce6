"""Bytes → a source: the one door, and the suffix of the name decides.

Law: any bytes under any suffix give a source, and never an exception.
"""

from __future__ import annotations

from publisher.diagnostics import Report
from publisher.read.encodings import characters
from publisher.source import Source


def decode(name: str, raw: bytes, report: Report) -> Source:
    """Make a source of a file's bytes.

    Of a text file ``source.text`` is all of its characters.
    """
    return characters(name, raw, report)
