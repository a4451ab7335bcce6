"""``publisher schema``: the settings as JSON Schema."""

from __future__ import annotations

import click

from publisher.cli.options import as_json, common
from publisher.cli.usage import OneOf
from publisher.cli.voice import print_json
from publisher.config import BOOK, TABLES, schema


@click.command("schema")
@click.argument("file", type=OneOf(list(TABLES)), default=BOOK)
@as_json
@common
def command(file: str, *, json_: bool) -> int:
    """Print the JSON Schema of book.toml, for editors that check while typing.

    book.toml 的 JSON Schema。FILE may be decisions.toml or notes.toml instead. It is
    always JSON; --json changes nothing.
    """
    del json_
    print_json(schema(file))
    return 0
