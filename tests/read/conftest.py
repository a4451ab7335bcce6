"""Golden cases of reading: prose with fenced source, tree and diagnostics blocks."""

from __future__ import annotations

import pytest

from tests.read.golden import Case, cases


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        accept = bool(metafunc.config.getoption("--accept", default=False))
        found = [Case(*parts, accept=accept) for parts in cases()]
        names = [f"{case.path.stem}: {case.heading}" for case in found]
        metafunc.parametrize("case", found, ids=names)
