"""``publisher schema``: the settings as JSON Schema."""

from __future__ import annotations

import click

from publisher.cli.options import as_json, common
from publisher.cli.voice import print_json
from publisher.config import schema


@click.command("schema")
@as_json
@common
def command(*, json_: bool) -> int:
    """Print the JSON Schema of book.toml, for editors that check while typing.

    book.toml 的 JSON Schema。It is always JSON; --json changes nothing.
    """
    del json_
    print_json(schema())
    return 0
