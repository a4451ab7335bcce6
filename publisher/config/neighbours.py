"""What else is in a folder, for a name that is not."""

from __future__ import annotations

from pathlib import Path

from publisher.config.validate import nearest
from publisher.diagnostics import NOTHING, Words

MOST = 6
"""Names listed at most."""


def neighbours(path: Path) -> Words:
    """A hint: the name in the same folder that was meant, or the few that are there.

    Hidden files and settings are not named: nobody takes them for a text.
    """
    try:
        names = sorted(each.name for each in path.parent.iterdir())
    except OSError:
        return NOTHING
    names = [n for n in names if not n.startswith(".") and not n.endswith(".toml")]
    if near := nearest(path.name, names):
        return Words(f"是不是 {near}？", f"did you mean {near}?")
    if not names or len(names) > MOST:
        return NOTHING
    zh, en = "、".join(names), ", ".join(names)
    return Words(f"那里有：{zh}", f"there is: {en}")
