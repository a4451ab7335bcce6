"""The cover picture (封面): the booklet's cover, on white, in black and vermilion."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from publisher.diagnostics import Problem, Words
from publisher.fonts import Face
from publisher.render.package import Cover

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIZE = (1600, 2560)
PAPER, INK, VERMILION = "#ffffff", "#000000", "#9c2a1f"
LEFT, RIGHT = 236, 1364
TOP, BOTTOM = 256, 2324
TITLE, LEADING = 152, 1.6
"""The title's largest size in pixels, and its lines' distance in sizes."""
FACES = (("song", 700), ("kai", 400))
"""The faces that set the title, and the words under it."""
NO_FACE = Words(
    "封面画不出：字体文件 {file} 读不出", "cannot draw the cover: {file} cannot be read"
)


def draw(cover: Cover, faces: Sequence[Face]) -> bytes:
    """The cover as JPEG, 1600 × 2560; the same bytes for the same words and faces.

    Raises:
        Problem: a face is missing or unreadable.
    """
    from PIL import Image
    from PIL.ImageDraw import Draw

    image = Image.new("RGB", SIZE, PAPER)
    brush = Draw(image)
    _rules(brush)
    longest = max((len(line) for line in cover.title), default=1)
    size = min(TITLE, int((RIGHT - LEFT) / (longest * 1.06)))
    y = 800.0 if len(cover.title) < 3 else 640.0
    song = _font(faces, "song", 700, size)
    for line in cover.title:
        _line(brush, line, y, song, INK, size * 0.06)
        y += size * LEADING
    _line(brush, cover.subtitle, y + 40, _font(faces, "kai", 400, 72), INK, 0)
    _line(brush, cover.publisher, 2180, _font(faces, "kai", 400, 60), VERMILION, 0)
    out = BytesIO()
    image.save(out, "JPEG", quality=88, subsampling=0, optimize=True)
    return out.getvalue()


def _rules(brush: ImageDraw) -> None:
    """The thick-and-thin rule (文武线) at head and foot, thick side out."""
    for thick, thin in ((TOP, TOP + 16), (BOTTOM - 7, BOTTOM - 18)):
        brush.rectangle((LEFT, thick, RIGHT, thick + 7), fill=VERMILION)
        brush.rectangle((LEFT, thin, RIGHT, thin + 1), fill=VERMILION)


def _line(  # noqa: PLR0913, PLR0917
    brush: ImageDraw, text: str, y: float, font: FreeTypeFont, fill: str, gap: float
) -> None:
    """One centred line around ``y``, its characters ``gap`` apart."""
    widths = [font.getlength(char) for char in text]
    x = (SIZE[0] - sum(widths) - gap * (len(text) - 1)) / 2
    for char, width in zip(text, widths, strict=True):
        brush.text((round(x), round(y)), char, fill, font, anchor="lm")
        x += width + gap


def _font(faces: Sequence[Face], role: str, weight: int, size: int) -> FreeTypeFont:
    """The face of a role whose weight is nearest, at a size in pixels."""
    from PIL import ImageFont

    found = [face for face in faces if face.role == role and face.file] or [
        face for face in faces if face.file
    ]
    face = min(found, key=lambda face: abs(face.weight - weight), default=None)
    if face is None:
        raise Problem(5, NO_FACE.fill(file=role))
    layout = ImageFont.Layout.BASIC  # the same with and without Raqm
    try:
        return ImageFont.truetype(
            str(face.file), size, face.index, layout_engine=layout
        )
    except OSError:
        raise Problem(5, NO_FACE.fill(file=face.file)) from None
