"""``publisher schema``: the settings as JSON Schema."""

from __future__ import annotations

import click

from publisher.cli import helping
from publisher.cli.options import as_json, common
from publisher.cli.usage import OneOf
from publisher.cli.voice import print_json
from publisher.config import BOOK, TABLES, schema
from publisher.diagnostics import Words

_SAYS = Words(
    """写出 book.toml 的 JSON Schema，供编辑器边写边查。

FILE 也可以是 decisions.toml 或 notes.toml。总是 JSON，加不加 --json 都一样。""",
    """Print the JSON Schema of book.toml, for editors that check while typing.

FILE may be decisions.toml or notes.toml instead. It is always JSON; --json changes
nothing.""",
)


@helping.command("schema", says=_SAYS)
@click.argument("file", type=OneOf(list(TABLES)), default=BOOK)
@as_json
@common
def command(file: str, *, json_: bool) -> int:
    """Print the settings as JSON Schema."""
    del json_
    print_json(schema(file))
    return 0
