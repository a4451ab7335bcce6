"""What all tests share: where things are, and the flag that accepts golden files."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite golden files")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The corpora and the scorer, which do not ship with the project."""
    if not SHARED.is_dir():
        pytest.skip("the shared corpora are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def page() -> Path:
    """The real, damaged page."""
    return ROOT / "sources" / "dangshi" / "page.md"
