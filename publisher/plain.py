"""Switches: what is to be left plain, to find out where a fault comes from.

``PUBLISHER_PLAIN=gc,styles`` leaves out these two; ``all`` leaves out everything. Each
speed-up has such a name, and gives the same bytes with it and without it.
"""

from __future__ import annotations

import os
import re

WORDS = re.compile(r"[,\s]+")


def plain(name: str) -> bool:
    """Whether something is to be left out."""
    named = WORDS.split(os.environ.get("PUBLISHER_PLAIN", ""))
    return name in named or "all" in named
