"""The only way a page can get at a file: from some folders, or from itself.

Nothing in a source becomes a URL. Templates of the book's own may name files in the
book's folder; a path is judged after links and ``..`` are resolved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from mimetypes import MimeTypes
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher


def fetcher(roots: Sequence[Path], refuse: Callable[[str], None]) -> URLFetcher:
    """A fetcher of ``data:`` URLs and of files under ``roots``; others are refused."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    known = MimeTypes()  # Python's own: what this machine adds is on no other

    class Fetcher(URLFetcher):  # type: ignore[misc]  # the library has no types
        """WeasyPrint asks for a subclass of its own."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = inside(url, roots)
            if path is None:
                refuse(url)
                raise ValueError(f"not a file of the book: {url}")
            kind = known.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return Fetcher(allowed_protocols=("data", "file"), allow_redirects=False)


def inside(url: str, roots: Sequence[Path]) -> Path | None:
    """The file that a URL names, if it truly is under one of the roots."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
        return None
    try:
        path = Path(url2pathname(parts.path)).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links in a circle
        return None
    held = any(path.is_relative_to(root.resolve()) for root in roots)
    return path if held and path.is_file() else None
