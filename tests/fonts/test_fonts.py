"""Which font file sets what."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from publisher import assets, fonts, sfnt
from publisher.diagnostics import Problem

TABLE = assets.fonts() / "fonts.toml"


@pytest.fixture(scope="module")
def faces() -> fonts.Faces:
    return fonts.load(assets.fonts())


def test_every_script_has_a_face_for_every_role(faces: fonts.Faces) -> None:
    for script in ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK", "zh-Hant"):
        assert {face.role for face in faces.of(script)} == set(fonts.ROLES)
        assert set(faces.css(script)) == set(fonts.ROLES)
        assert faces.font_css(script) == ""
    assert faces.absent == ()


def test_regions_take_their_own_faces(faces: fonts.Faces) -> None:
    assert faces.css("zh-Hans")["song"] == '"Noto Serif CJK SC"'
    assert faces.css("zh-Hant-TW")["song"] == '"Noto Serif CJK TC"'
    assert faces.css("zh-Hant-HK")["hei"] == '"Noto Sans CJK HK"'


def test_a_face_knows_its_file(faces: fonts.Faces) -> None:
    face = next(f for f in faces.of("zh-Hans") if f.role == "kai")
    assert face.file is not None
    assert face.sha256 == sha256(face.file.read_bytes()).hexdigest()
    assert face.version[0].isdigit()
    assert face.licence == "OFL-1.1"
    assert ord("楷") in face.characters


def test_licence_texts_are_kept_beside_the_table() -> None:
    table = TABLE.read_text("utf-8")
    for line in table.splitlines():
        if line.startswith("licence_file"):
            name = line.split('"')[1]
            assert "OPEN FONT LICENSE" in (TABLE.parent / name).read_text("utf-8")


def test_characters_without_a_glyph_are_named_by_role(faces: fonts.Faces) -> None:
    ours = faces.of("zh-Hans")
    texts = {"song": "中文\ue000\n", "kai": "楷\ue001楷\ue001", "none": "x"}
    wanted = (("song", "\ue000"), ("kai", "\ue001"), ("none", "x"))
    assert fonts.missing(texts, ours) == wanted
    assert fonts.missing({"song": "“中文”，①"}, ours) == ()


def test_a_missing_font_is_a_problem_with_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(TABLE, tmp_path)
    for name in ("XDG_DATA_HOME", "XDG_DATA_DIRS", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    faces = fonts.load(tmp_path)
    assert len(faces.absent) == len(faces.faces)
    assert faces.absent[0].sha256 == faces.absent[0].version == ""
    assert faces.absent[0].characters == frozenset()
    with pytest.raises(Problem) as caught:
        faces.of("zh-Hans")
    assert caught.value.status == 5
    line = "apt-get install fonts-lxgw-wenkai fonts-noto-cjk fonts-noto-cjk-extra"
    assert line in caught.value.hint.en


def test_a_file_put_into_fonts_wins(tmp_path: Path, faces: fonts.Faces) -> None:
    kai = next(f for f in faces.of("zh-Hans") if f.role == "kai")
    assert kai.file is not None
    shutil.copy(TABLE, tmp_path)
    shutil.copy(kai.file, tmp_path / "LXGWWenKaiTC-Regular.ttf")
    mine = fonts.load(tmp_path)
    assert mine.css("zh-Hant-TW")["kai"] == '"publisher kai"'
    assert mine.css("zh-Hans")["kai"] == '"LXGW WenKai"'
    rule = mine.font_css("zh-Hant-TW")
    assert 'font-family: "publisher kai"; font-weight: 400' in rule
    assert (tmp_path / "LXGWWenKaiTC-Regular.ttf").as_uri() in rule


def test_a_role_is_taken_over_only_when_all_its_weights_are_there(
    tmp_path: Path,
) -> None:
    shutil.copy(TABLE, tmp_path)
    (tmp_path / "NotoSerifSC-Regular.otf").write_bytes(b"")
    assert fonts.load(tmp_path).css("zh-Hans")["song"] == '"Noto Serif CJK SC"'


@pytest.mark.parametrize("text", [None, "[role", "[role.song]\nname = 'x'"])
def test_a_broken_table_is_a_problem(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "fonts.toml").write_text(text)
    with pytest.raises(Problem) as caught:
        fonts.load(tmp_path)
    assert caught.value.status == 3


def test_code_points_are_a_set() -> None:
    held = sfnt.Characters([(3, 5), (6, 7), (7, 8), (20, 20)])
    assert list(held) == [3, 4, 5, 6, 7, 8, 20]
    assert len(held) == 7
    assert [code in held for code in (2, 3, 8, 9, 19, 20, 21)] == [
        *(False, True, True, False, False, True, False)
    ]
    assert len(held.firsts) == 2
    for ranges in ([], [(1, 3)], [(4, 4), (7, 30)], [(0, 99)]):
        other = sfnt.Characters(ranges)
        assert {*held} & {*other} == {*(held & other)} == {*(held & frozenset(other))}
    assert {*(held & held)} == {*held}
    assert 3 not in sfnt.Characters()
    assert {3, 9} & held == {3}
    assert held | {9} == {3, 4, 5, 6, 7, 8, 9, 20}
    assert {3, 9} - held == {9}
    assert held - {3} == {4, 5, 6, 7, 8, 20}


def test_the_version_of_a_face_is_the_one_that_fonttools_finds() -> None:
    from fontTools.ttLib import TTFont

    files = [
        path for path in fonts.system_folders() for path in path.rglob("*.[ot]t[fc]")
    ]
    for file in files:
        collection = file.read_bytes()[:4] == b"ttcf"
        with TTFont(file, fontNumber=0 if collection else -1, lazy=True) as font:
            assert sfnt.version(file, 0) == font["name"].getDebugName(5), file
    assert files


def test_the_characters_of_a_face_are_those_that_fonttools_finds() -> None:
    """Every font of this machine: of both forms, alone and in collections."""
    from fontTools.ttLib import TTFont

    files = [
        path for path in fonts.system_folders() for path in path.rglob("*.[ot]t[fc]")
    ]
    forms: set[int] = set()
    for file in files:
        collection = file.read_bytes()[:4] == b"ttcf"
        with TTFont(file, fontNumber=0 if collection else -1, lazy=True) as font:
            table = font["cmap"]
            best = table.getBestCmap() or {}
            names = {font.getGlyphName(0)}
            wanted = {code for code, name in best.items() if name not in names}
            forms.update(each.format for each in table.tables if each.isUnicode())
        found = sfnt.characters(file, 0)
        if found is not None:
            assert wanted <= found <= best.keys(), file
    assert {4, 12} <= forms


def face_of(file: Path) -> fonts.Face:
    return fonts.Face("song", "hans", 400, "一", "One", file, 0, "", "")


def font(file: Path, version: str = "Version 2.001") -> None:
    """A font of one character, 一."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    made = FontBuilder(1000)
    made.setupGlyphOrder([".notdef", "one"])
    made.setupCharacterMap({0x4E00: "one"})
    made.setupGlyf({".notdef": Glyph(), "one": Glyph()})
    made.setupHorizontalMetrics({".notdef": (500, 0), "one": (1000, 0)})
    made.setupHorizontalHeader()
    made.setupNameTable({"familyName": "One", "version": version})
    made.setupPost()
    made.save(file)


def spoilt(file: Path, tag: str, at: int, number: int) -> None:
    """Write another 16-bit number into a table."""
    from struct import pack_into

    from fontTools.ttLib import TTFont

    with TTFont(file) as held:
        start = held.reader.tables[tag].offset
    data = bytearray(file.read_bytes())
    pack_into(">H", data, start + at, number)
    file.write_bytes(data)


def test_a_name_table_that_promises_too_much_is_left_to_fonttools(
    tmp_path: Path,
) -> None:
    file = tmp_path / "one.ttf"
    font(file)
    assert face_of(file).version == "2.001"
    spoilt(file, "name", 2, 9000)
    assert sfnt.version(file, 0) is None
    assert face_of(file).version == "2.001"


@pytest.mark.parametrize(
    ("at", "number"),
    [(2, 9000), (16, 0xFFFF), (26, 40), (48, 500)],
    ids=["subtables", "place", "segments", "glyphs"],
)
def test_a_broken_table_of_characters_has_none(
    tmp_path: Path, at: int, number: int
) -> None:
    file = tmp_path / "one.ttf"
    font(file)
    assert face_of(file).characters == {0x4E00}
    spoilt(file, "cmap", at, number)
    assert sfnt.characters(file, 0) is None
    assert face_of(file).characters == frozenset()


def test_a_font_without_names_has_no_version(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    file = tmp_path / "one.ttf"
    font(file)
    with TTFont(file) as held:
        del held["name"]
        held.save(tmp_path / "none.ttf")
    assert face_of(tmp_path / "none.ttf").version == ""
