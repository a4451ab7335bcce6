"""What click says about a command line that was misspelt, in both languages."""

from __future__ import annotations

import click

from publisher.diagnostics import Words


def usage(error: click.ClickException) -> Words:
    """The error's own words; in Chinese for the common ones."""
    message = error.format_message()
    match error:
        case click.NoSuchOption():
            near = "、".join(sorted(error.possibilities or ()))
            zh = f"没有 {error.option_name} 这个选项"
            return Words(f"{zh}；是不是 {near}？" if near else zh, message)
        case click.MissingParameter():
            return Words(f"缺少参数：{message}", message)
        case click.BadParameter():
            return Words(f"参数的值不对：{message}", message)
        case _:
            return Words(f"命令的写法不对：{message}", message)
