"""Which script a text is in, by characters that the other does not have."""

from __future__ import annotations

import pytest

from publisher.book import Script
from publisher.check.scripts import foreign_to, language_of, other_script
from publisher.edition.lines import convert

TRADITIONAL: tuple[Script, ...] = ("zh-Hant-TW", "zh-Hant-HK", "zh-Hant")


@pytest.mark.parametrize("script", TRADITIONAL)
def test_nothing_that_conversion_makes_is_foreign_to_its_script(script: Script) -> None:
    other = other_script(script)
    assert other is not None
    every = "".join(map(chr, range(0x3400, 0xA000)))
    made = {char for char in convert(every, script) if foreign_to(char, other[0])}
    assert made == set()
    assert sum(foreign_to(char, other[0]) for char in every) > 1500


@pytest.mark.parametrize(
    ("name", "lang", "told"),
    [
        ("环保税法.md", "zh-Hant-TW", "zh-Hans"),
        ("環保稅法.md", "zh-Hant-TW", ""),
        ("環保稅法.md", "zh-Hans", "zh-Hant"),
        ("环保税法.md", "zh-Hans-CN", ""),
        ("环保稅法.md", "zh-Hant-HK", "zh"),
        ("page.md", "zh-Hant", ""),
        ("页.md", "en", ""),
    ],
)
def test_a_name_in_another_script_tells_its_language(
    name: str, lang: str, told: str
) -> None:
    assert language_of(name, lang) == told
