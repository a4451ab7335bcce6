"""What else is in a folder, for a name that is not."""

from __future__ import annotations

from pathlib import Path

from publisher.config.validate import nearest
from publisher.diagnostics import NOTHING, Words

TEXTS = (".md", ".markdown", ".txt")
MOST = 6
"""Names listed at most."""


def neighbours(path: Path) -> Words:
    """A hint: the name in the same folder that was meant, or the few texts there."""
    if path.is_symlink():
        return _LEADS.fill(to=path.readlink())
    try:
        names = sorted(each.name for each in path.parent.iterdir())
    except (OSError, ValueError):  # a folder that is not there, or no name at all
        return NOTHING
    if near := nearest(path.name, names):
        return Words(f"是不是 {near}？", f"did you mean {near}?")
    names = [name for name in names if name.lower().endswith(TEXTS)]
    if not names or len(names) > MOST:
        return NOTHING
    zh, en = "、".join(names), ", ".join(names)
    return Words(f"那里有：{zh}", f"there is: {en}")


_LEADS = Words("它指向 {to}，那里没有文件", "it leads to {to}: nothing is there")
