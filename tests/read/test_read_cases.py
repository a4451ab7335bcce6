from __future__ import annotations

from publisher.diagnostics import Diagnostic
from publisher.read import decode, read
from publisher.tree.walk import restore
from tests.read.golden import Case, complain, show


def test_the_tree_is_what_the_case_says(case: Case) -> None:
    found: list[Diagnostic] = []
    source = decode("case.md", case["source"].encode(), found.append)
    collection = read([source], found.append)
    assert restore(collection, 1) == (source.text,)
    case.expect("tree", show(collection))
    case.expect("diagnostics", complain(found, source))
