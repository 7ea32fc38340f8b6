"""Pictures drawn by the project: SVG in, PNG out, with our own fonts and no others."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).parent
FONTS = [str(FOLDER / "fonts" / f"NotoSansJP-{weight}.otf") for weight in ("Regular", "Bold")]
FAMILY = "Noto Sans CJK JP"
EM = 100  # pixels at which texts are measured


def png(svg: str) -> bytes:
    """Draw an SVG; the same bytes on every machine of a kind, since no system font is loaded."""
    from resvg_py import svg_to_bytes

    return svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=FONTS, font_family=FAMILY
    )


def width(text: str) -> float:
    """Return how wide a text is in bold, in ems."""
    return float(_bold().getlength(text)) / EM


@cache
def _bold() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS[1], EM)


def icons() -> str:
    """Return the icons as SVG groups with ids, to be used in a picture."""
    text = (FOLDER / "icons.svg").read_text("utf-8")
    return text[text.index("<g ") : text.rindex("</svg>")]
