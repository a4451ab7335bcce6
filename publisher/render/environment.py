"""The Jinja environment that every output's templates are rendered in."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import TypeAlias

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from publisher import assets
from publisher.diagnostics import Problem, Words
from publisher.patterns import pattern

Filter: TypeAlias = Callable[[str], str]


def environment(folders: Sequence[Path], **filters: Filter) -> Environment:
    """An environment over some folders of templates; the first that has a file wins.

    Text is escaped unless a template made it, and a name that is not there is an error.
    ``filters`` are those of the edition. The filter ``kind`` gives the name of a
    value's type in small letters, and ``places`` keeps 第十七条 on one line. Templates
    are text, not programs: they cannot reach Python, nor a file outside their folders.
    """
    # Templates that are not ours are a stranger's; ours alone need no guard, which
    # costs a quarter of the time.
    guarded = list(folders) != [assets.templates()]
    made = (ImmutableSandboxedEnvironment if guarded else Environment)(
        loader=_Inside([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED,
    )
    for name, function in filters.items():
        made.filters[name] = _asked(function)
    made.filters["kind"] = kind
    made.filters["places"] = places
    return made


def compiled(kind: str, *filters: str) -> None:
    """Compile our own templates of a kind (a folder), for editions to come."""
    made = environment([assets.templates()], **dict.fromkeys(filters, str))
    for name in made.list_templates():
        if name.startswith(f"{kind}/"):
            made.get_template(name)


def _asked(function: Filter) -> Callable[[Context, str], str]:
    """A filter that is asked each time that a template is rendered.

    Jinja asks a filter that takes no context while it compiles, if what it is given is
    constant; but what is compiled serves all editions.
    """

    @pass_context
    def ask(_: Context, text: str) -> str:
        return function(text)

    return ask


_Key: TypeAlias = tuple[type, tuple[str, ...], str, str]
COMPILED = 200
"""Templates that are kept; ours are two dozen."""


class _Compiled(BytecodeCache):
    """Templates compiled once a process, by name, text and all that they depend on."""

    def __init__(self) -> None:
        self.kept: dict[_Key, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, if it was compiled."""
        bucket.code = self.kept.get(_key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        if len(self.kept) >= COMPILED:
            self.kept.clear()
        if bucket.code:
            self.kept[_key(bucket)] = bucket.code


_COMPILED = _Compiled()


def _key(bucket: Bucket) -> _Key:
    made = bucket.environment
    return type(made), tuple(made.filters), bucket.key, bucket.checksum


class _Inside(FileSystemLoader):
    """Finds templates in folders, and nowhere else by way of a link."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template; ``TemplateNotFound`` if it lies outside."""
        try:
            text, found, fresh = super().get_source(environment, template)
        except UnicodeDecodeError as error:
            places = (Path(folder) / template for folder in self.searchpath)
            file = next(place for place in places if place.is_file())
            why = f"not UTF-8: {error}"
            raise TemplateSyntaxError(why, 1, template, str(file)) from error
        folders = [Path(folder).resolve() for folder in self.searchpath]
        if not any(Path(found).resolve().is_relative_to(f) for f in folders):
            raise TemplateNotFound(template)
        return text, found, fresh


@contextmanager
def told(folders: Sequence[Path]) -> Iterator[None]:
    """While it lasts, what is wrong with templates of a book's own is told by place.

    What goes wrong in ours alone is our fault, and passes.

    Raises:
        Problem: 4, a template cannot be read or rendered; with its file and line.
    """
    try:
        yield
    except Exception as error:
        own = folders[0]
        where = _where(error, own)
        if own == assets.templates() or not (
            isinstance(error, TemplateError) or where.startswith(str(own))
        ):
            raise
        why = error.message if isinstance(error, TemplateError) else repr(error)
        words = _BROKEN.fill(why=why)
        if isinstance(error, TemplateNotFound):
            words = _LACKING.fill(name=error.name)
        raise Problem(4, words, _HINT, where or str(own)) from error


def _where(error: Exception, own: Path) -> str:
    """The line of a template that an error comes from: the last in the book's own."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno}" for frame in frames]
    return next((line for line in lines[::-1] if line.startswith(f"{own}/")), "")


_BROKEN = Words("书自己的模板有错：{why}", "a template of the book's own: {why}")
_LACKING = Words(
    "书自己的模板要用 {name}，没有这个模板",
    "a template of the book's own asks for {name}, which is not there",
)
_HINT = Words(
    "改正这一行；删去这个文件，就用 publisher 自带的模板",
    "mend that line; without the file, publisher's own template is used",
)


PLACE = pattern(
    r"第[零〇一二三四五六七八九十百千0-9]+[编編章节節条條款项項段](?:之[一二三四五六七八九十]+)?"
    r"|答[问問][一二三四五六七八九十百]+"
)
"""第十七条, 答问七."""


def places(text: str) -> Markup:
    """Text with its places set so that no line breaks inside one."""
    whole, at = Markup('<span class="whole">{}</span>'), 0
    out = Markup()
    for found in PLACE.finditer(text):
        out += Markup.escape(text[at : found.start()]) + whole.format(found[0])
        at = found.end()
    return out + Markup.escape(text[at:])


def kind(value: object) -> str:
    """The name of a value's type, as templates tell nodes apart: ``article``."""
    return type(value).__name__.lower()
