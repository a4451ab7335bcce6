from __future__ import annotations

from pathlib import Path

from publisher import jobs


def test_a_character_that_the_cover_cannot_show_is_named(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text("# 某条例\n\n第一条 甲。\n", "utf-8")
    settings = 'schema = 1\n[book]\nid = "x"\ntitle = "某\U0001f600条例"\n'
    source = '[[source]]\nfile = "text.md"\n'
    (tmp_path / "book.toml").write_text(settings + source, "utf-8")
    results = jobs.build([tmp_path], ["epub"], tmp_path / "out")
    found = [d for each in results.findings for d in each.diagnostics]
    named = [d.message.en for d in found if d.rule.name == "missing-glyph"]
    assert len(named) == 1
    assert "U+1F600" in named[0]
