"""Bytes → characters: which encoding a file is in, told cheaply where that can be.

Law: any bytes give a source that writes them back; what was guessed is reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, Report, Words
from publisher.read.rules import BINARY, GUESSED, UNDECODABLE
from publisher.source import BYTES, Source, Span

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
CANDIDATES = ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
"""What a Chinese file without a mark may be in, likeliest first."""
NAMES = {"gb18030": "GB18030", "cp950": "Big5", "big5hkscs": "Big5-HKSCS"}
FAMILY = [
    *("gb18030", "gb2312", "gbk", "big5", "cp950", "big5hkscs", "hz"),
    *("utf_16_le", "utf_16_be", "utf_32", "shift_jis", "euc_jp", "euc_kr"),
]
"""What charset-normalizer may choose among."""
SAMPLE = 20_000
"""How many characters are looked at to tell whether a file looks Chinese."""
LIKELY = 0.15
"""The share of everyday characters from which a text is taken for Chinese."""
CLEARLY = 2.0
"""How many times likelier the best encoding must be than the next one."""
# The commonest characters of written Chinese in both scripts (about half of any text),
# and its punctuation.
EVERYDAY = frozenset(
    "的一是不了在人有他这中大来上国个到说们为子和地出也时年得就那要下以生会自之过家学对可里后"
    "小心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经面公同三已从"
    "动两长知民样现分将外但身些与高意进把法此实回二理点月明其种全工己者向情部正名定问力机给等"
    "业最间新位因重被电四第相次政使教西再平信北少关并内加化由代产入先五水万市体别处总场师书员"
    "性通目报立命活数件安表原应期常提何更反合系计或利受果界及务制解各任至物记边共接特直服建度"
    "统字交认论义元社术结六指非每管资条院变权展该治决保办运半七必强完区求品量程基式收设始历"
    "商容研广改议形委房际则首单据导专组济规项负责罚违章节编款附施监督机"
    "來國個說們為這時會過學對後無開見經動兩長樣現將與進實點種間問機給業電關內產萬應處總場師書"
    "員數統務規條項權設據議專縣選舉準備罰則該許產業編節當發從並體黨屬辦認論資運"
    "，。、；：？！（）《》“”「」『』〈〉—…　"
)


def characters(name: str, raw: bytes, report: Report, declared: str = "") -> Source:
    """Make a source of a text file's bytes; ``source.encode()`` gives them back.

    UTF-8 and what has a byte order mark are read as such, then an encoding that the
    file itself declares. Else GB18030, Big5 and UTF-16 are each tried for how much
    everyday Chinese comes out, and where that does not decide charset-normalizer is
    asked. What was guessed is reported.
    """
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            source = _exactly(name, raw[len(bom) :], encoding, bom)
            if source:
                return source
    return (
        _exactly(name, raw, "utf-8")
        or _declared(name, raw, declared)
        or _reported(_likeliest(name, raw), report)
        or _holed(name, raw, report)
        or _reported(_asked(name, raw), report)
        or no_text(name, raw, BINARY.cure, report)
    )


def _exactly(name: str, raw: bytes, encoding: str, bom: bytes = b"") -> Source | None:
    """The source, if the bytes decode and come back, and no NUL stands among them."""
    try:
        text = raw.decode(encoding)
        if text.encode(encoding) != raw:
            return None
    except (UnicodeError, LookupError):
        return None
    return None if "\0" in text else Source(name, text, encoding, bom)


def _declared(name: str, raw: bytes, declared: str) -> Source | None:
    """As the file says of itself; GB2312 is said of all that is in GB18030."""
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}
    label = declared.lower()
    return _exactly(name, raw, wider.get(label, label)) if declared else None


def _likeliest(name: str, raw: bytes) -> Source | None:
    """The encoding that gives clearly more everyday Chinese than the others."""
    tried = [source for c in CANDIDATES if (source := _exactly(name, raw, c))]
    scored = [(_everyday(source.text), source) for source in tried]
    if not scored:
        return None
    best, found = max(scored, key=lambda each: each[0])
    others = (score for score, other in scored if other.text != found.text)
    decided = best >= LIKELY and best >= CLEARLY * max(others, default=0)
    return found if decided else None


def _everyday(text: str) -> float:
    """The share of everyday characters among those that are not ASCII."""
    wide = [char for char in text[:SAMPLE] if char > "\x7f"]
    return sum(char in EVERYDAY for char in wide) / max(len(wide), 4)


def _asked(name: str, raw: bytes) -> Source | None:
    """What charset-normalizer says, where it comes out as usual characters."""
    from charset_normalizer import from_bytes

    best = from_bytes(raw[: 4 * SAMPLE], cp_isolation=FAMILY).best()
    source = _exactly(name, raw, best.encoding) if best else None
    wide = [char for char in source.text[:SAMPLE] if char > "\x7f"] if source else []
    usual = sum(map(_usual, wide))
    return source if wide and usual >= 0.6 * len(wide) else None


def _usual(char: str) -> bool:
    """Whether GB 2312 or Big5 has it among its punctuation or common characters."""
    return any(_codes(char))


def _codes(char: str) -> Iterator[bool]:
    for encoding, last in (("gb2312", 0xD7), ("big5", 0xC6)):
        code = char.encode(encoding, "ignore")
        yield len(code) == 2 and 0xA1 <= code[0] <= last


def _reported(source: Source | None, report: Report) -> Source | None:
    if source:
        encoding = NAMES.get(source.encoding, source.encoding.upper())
        message = Words(
            f"不是 UTF-8，按 {encoding} 读入。",
            f"not UTF-8; it was read as {encoding}.",
        )
        report(Diagnostic(GUESSED, message, hint=GUESSED.cure))
    return source


def _holed(name: str, raw: bytes, report: Report) -> Source | None:
    """As UTF-8 with holes, where most of it is UTF-8."""
    text = raw.decode("utf-8", "surrogateescape")
    holes = [i for i, char in enumerate(text) if "\udc80" <= char <= "\udcff"]
    if "\0" in text or len(holes) * 10 > len(text):
        return None
    message = Words(
        f"有 {len(holes)} 个字节不是 UTF-8，这里是第一个。",
        f"{len(holes)} bytes are not UTF-8; here is the first.",
    )
    first = Span(0, holes[0], holes[0] + 1)
    report(Diagnostic(UNDECODABLE, message, first, hint=UNDECODABLE.cure))
    return Source(name, text)


def no_text(name: str, raw: bytes, cure: Words, report: Report) -> Source:
    """Keep the bytes of what is no text."""
    message = Words("不是文本文件。", "not a text file.")
    report(Diagnostic(BINARY, message, hint=cure))
    return Source(name, raw.decode(BYTES), BYTES)
