"""The real page, read once: as its book has it, with one decision of an editor's."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.book import Book, Decision, LeaveOut, Selector, Work
from publisher.tree.nodes import Collection
from tests.edition.making import collect

SEAM = Decision(
    "accept", "seam-misread", "reg.art_19", "同", "入", "第十七条“纳入学习计划”"
)


@pytest.fixture(scope="session")
def seed(page: Path) -> Collection:
    return collect(page.read_text("utf-8"), SEAM)


@pytest.fixture(scope="session")
def dangshi() -> Book:
    return Book(
        "dangshi",
        title="党史学习教育工作条例",
        works=(
            Work(Selector("regulation")),
            Work(Selector("press_qa"), "负责人就《条例》答记者问", "答记者问"),
        ),
        leave_out=(LeaveOut(Selector("news"), "同版其他新闻的续文"),),
    )
