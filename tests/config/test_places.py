"""Places of TOML values: every key that tomllib reads is found where it stands."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from publisher.config.places import Path, places

TEXT = '''\
# a comment with = and [brackets]
top = 1   # and = one here
"quoted key" = 'it''s = # not'
dotted . inner = "a \\" # = b"

[table]
multi = """
fake = "1"
[not.a.table]
""""
literal = \'\'\'
x = 'y'
\'\'\'
list = [ 1, # one ]
  [2, "]"],
  { a = 1, b.c = [true] },
]
[table.sub]
when = 2024-02-05
[[row]]
n = 1
[[row]]
n = 2
[row.inner]
m = 3
[[row.deep]]
z = { }
[[row.deep]]
z = [ ]
last = -0.5e3'''.replace("it''s", "it is")


def paths(value: object, path: Path = ()) -> set[Path]:
    match value:
        case dict():
            own = {(*path, key) for key in value}
            return own.union(*(paths(v, (*path, k)) for k, v in value.items()))
        case list():
            return set().union(*(paths(v, (*path, n)) for n, v in enumerate(value)))
        case _:
            return set()


def word_at(text: str, offset: int) -> str:
    return text[offset:].split("=", maxsplit=1)[0].split("]", maxsplit=1)[0].strip(" [")


def test_every_key_is_found() -> None:
    found = places(TEXT)
    assert paths(tomllib.loads(TEXT)) <= set(found.keys)


def test_keys_are_found_where_they_stand() -> None:
    found = places(TEXT)
    cases: dict[Path, str] = {
        ("top",): "top",
        ("quoted key",): '"quoted key"',
        ("dotted", "inner"): "inner",
        ("table",): "table",
        ("table", "literal"): "literal",
        ("table", "list", 2, "b", "c"): "c",
        ("table", "sub"): "table.sub",
        ("row", 1): "row",
        ("row", 1, "inner", "m"): "m",
        ("row", 1, "deep", 1, "last"): "last",
    }
    for path, word in cases.items():
        assert word_at(TEXT, found.keys[path]) == word
    first, second = found.keys["row", 0, "n"], found.keys["row", 1, "n"]
    assert TEXT[first:].startswith("n = 1")
    assert TEXT[second:].startswith("n = 2")


def test_values_in_lists_are_found_where_they_stand() -> None:
    found = places(TEXT)
    assert TEXT[found.of(("table", "list", 1, 1)) :].startswith('"]"')
    assert TEXT[found.of(("table", "list", 0)) :].startswith("1, # one")


def test_what_is_not_there_has_the_place_of_what_holds_it() -> None:
    found = places(TEXT)
    assert found.of(("table", "absent")) == found.keys["table",]
    assert found.of(("absent",)) == 0
    assert places("").of(("a", "b")) == 0


KEYS = st.sampled_from(["a", "b-1", '"c d"', "'e'"])
SCALARS = st.sampled_from(['"x = y"', "'#'", "1", "true", "2024-01-01", '"""\n]"""'])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda v: "[ " + ",\n # c\n".join(v) + " ]"),
        st.dictionaries(KEYS, inner, max_size=3).map(
            lambda d: "{ " + ", ".join(f"{k} = {v}" for k, v in d.items()) + " }"
        ),
    ),
    max_leaves=6,
)


@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=3), max_size=4))
def test_any_file_has_a_place_for_each_of_its_keys(
    tables: list[dict[str, str]],
) -> None:
    lines = []
    for n, table in enumerate(tables):
        lines.append(f"[[rows]] # {n}")
        lines += [f"{key} = {value}" for key, value in table.items()]
    text = "\n".join(lines)
    found = places(text)
    assert paths(tomllib.loads(text)) <= set(found.keys)
    for offset in found.keys.values():
        assert text[offset] in "[abc\"'e"
