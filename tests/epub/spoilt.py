"""EPUBs spoilt on purpose: one file changed at a time, everything else as it was."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

Change = Callable[[str, bytes], bytes | None]
"""A file's name and bytes → its new bytes; None leaves it out."""


def spoil(data: bytes, change: Change) -> bytes:
    """The EPUB with some file changed; nothing changed is a mistake of the test's."""
    out = io.BytesIO()
    touched = False
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            before = old.read(info)
            after = change(info.filename, before)
            touched = touched or after != before
            if after is not None:
                new.writestr(info, after, info.compress_type)
    assert touched, "nothing was spoilt"
    return out.getvalue()


def put(where: str, before: str, after: str, *, every: bool = False) -> Change:
    """A change of what matches a pattern in the files whose names match another."""

    def change(name: str, data: bytes) -> bytes:
        if not re.search(where, name):
            return data
        text = data.decode()
        count = 0 if every else 1
        return re.sub(before, after, text, count=count, flags=re.DOTALL).encode()

    return change
