"""Photos people send: looked at without trust, turned upright, made anew without what they tell.

A new picture is drawn from the pixels alone, so no place, camera or hidden data goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 10 * 1024 * 1024  # bytes fetched, and LINE's limit for what we send
LARGEST_PREVIEW = 1024 * 1024
MOST_PIXELS = 50_000_000  # a small file can unfold into gigabytes
MOST_COPIED = 16_000_000  # of these, three copies are in memory at a time
PLAIN = ("RGB", "L", "CMYK")  # are made smaller without a copy
EDGE, PREVIEW_EDGE = 2048, 480
QUALITY = 88
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class PhotoFault(StrEnum):
    """Why a photo is not there."""

    LATER = "later"
    GONE = "gone"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Photo:
    """A JPEG as it may be sent on, and a small one to show before it is opened."""

    original: bytes
    preview: bytes


def prepare(data: bytes) -> Photo | Literal[PhotoFault.TOO_LARGE, PhotoFault.UNREADABLE]:
    """Return the photo made anew, or why it cannot be used."""
    from PIL.Image import DecompressionBombError

    try:
        whole = _open(data)
    except DecompressionBombError:
        return PhotoFault.TOO_LARGE
    except Exception:  # the decoders raise whatever a spoilt file makes them stumble over
        return PhotoFault.UNREADABLE
    return _encode(whole) if whole else PhotoFault.TOO_LARGE


def _open(data: bytes) -> Image | None:
    """Return the upright picture on white, within our size; None when it is a bomb."""
    from PIL import Image, ImageOps  # the web process imports this module and draws nothing

    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            return None
        opened.draft("RGB", (EDGE, EDGE))  # a JPEG is read no larger than it is needed
        if opened.mode in PLAIN:
            opened.thumbnail((EDGE, EDGE))
        elif opened.width * opened.height > MOST_COPIED:
            return None
        shown = ImageOps.exif_transpose(opened).convert("RGBA")
    shown.thumbnail((EDGE, EDGE))
    white = Image.new("RGB", shown.size, "white")
    white.paste(shown, mask=shown)
    return white


def _encode(whole: Image) -> Photo | Literal[PhotoFault.TOO_LARGE]:
    small = whole.copy()
    small.thumbnail((PREVIEW_EDGE, PREVIEW_EDGE))
    made = Photo(_jpeg(whole), _jpeg(small))
    fits = len(made.original) <= LARGEST and len(made.preview) <= LARGEST_PREVIEW
    return made if fits else PhotoFault.TOO_LARGE


def _jpeg(image: Image) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
