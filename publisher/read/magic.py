"""Files that are no text, known by how they begin; an editor may take them for text."""

from __future__ import annotations

from publisher.diagnostics import Words

_WORD = Words(
    "看来是 Word 文件。请在 Word 里打开，另存为“纯文本”，编码选 UTF-8。",
    "It looks like a Word file. Open it in Word and save it as plain text, in UTF-8.",
)
_RICH_TEXT = Words(
    "看来是 RTF 文件。请用文字处理软件打开，另存为“纯文本”，编码选 UTF-8。",
    "It looks like an RTF file. Open it in a word processor and save it as plain "
    "text, in UTF-8.",
)
_ZIP = Words(
    "看来是压缩包，或 WPS、EPUB 一类的文件。请解开，或打开后另存为纯文本（UTF-8）。",
    "It looks like a ZIP archive, or a document kept in one. Unpack it, or open it and "
    "save it as plain text, in UTF-8.",
)
_PDF = Words(
    "看来是 PDF。请导出其中的文字；扫描的 PDF 要先做文字识别。存成纯文本（UTF-8）。",
    "It looks like a PDF. Export its text (a scan needs OCR first) and save that as "
    "plain text, in UTF-8.",
)
_PICTURE = Words(
    "看来是图片。请先做文字识别，把结果存成纯文本（UTF-8）。",
    "It looks like a picture. Read it with OCR first and save the result as plain "
    "text, in UTF-8.",
)
_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _WORD),  # .doc, and .wps
    (rb"{\rtf", _RICH_TEXT),
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", _ZIP),
    (b"%PDF-", _PDF),
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),  # JPEG
)


def known(raw: bytes) -> Words | None:
    """What a file seems to be and what to do with it; None where it may be text."""
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, words in _BEGINNINGS:
        if start.startswith(beginning):
            return _WORD if words is _ZIP and b"word/" in raw else words
    return None
