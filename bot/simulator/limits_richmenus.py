"""LINE's limits on rich menus, their images and their aliases."""

import io
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from bot.simulator.counting import graphemes
from bot.simulator.limits_actions import SPOKEN, action, unlabelled
from bot.simulator.rules import (
    Detail,
    Json,
    fault,
    fields,
    flag,
    list_of,
    matches,
    need,
    number,
    object_of,
    text,
)

LARGEST_IMAGE = 1024 * 1024  # bytes
FLATTEST = 1.45  # width to height
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}
ALIAS = matches(r"[a-z0-9_-]{1,32}", "Must be 1 to 32 of a-z, 0-9, _ and -")
ANY_ID = text(100)
USERS = list_of(matches(r"U[0-9a-f]{32}", "Must be a user ID"), 1, 500)
BOUNDS = object_of(
    {
        "x": need(number(0, 2500, whole=True)),
        "y": need(number(0, 2500, whole=True)),
        "width": need(number(1, 2500, whole=True)),
        "height": need(number(1, 2500, whole=True)),
    }
)
AREA = object_of(
    {
        "bounds": need(BOUNDS),
        "action": need(action(unlabelled(20), (*SPOKEN, "richmenuswitch"))),
    }
)
SIZE = {
    "width": need(number(800, 2500, whole=True)),
    "height": need(number(250, 1724, whole=True)),
}


def _size(value: Json, path: str) -> Iterator[Detail]:
    wrong = list(fields(value, path, SIZE))
    yield from wrong
    if not wrong and value["width"] / value["height"] < FLATTEST:
        yield fault(path, f"The width must be at least {FLATTEST} times the height")


MENU = {
    "size": need(_size),
    "selected": need(flag),
    "name": need(text(300, graphemes)),
    "chatBarText": need(text(14, graphemes)),
    "areas": need(list_of(AREA, 0, 20)),
}
NEW_ALIAS = {"richMenuAliasId": need(ALIAS), "richMenuId": need(ANY_ID)}
MOVED_ALIAS = {"richMenuId": need(ANY_ID)}
LINK_MANY = {"richMenuId": need(ANY_ID), "userIds": need(USERS)}
UNLINK_MANY = {"userIds": need(USERS)}


def image_fault(data: bytes, media_type: str, size: dict[str, int]) -> tuple[str, int] | None:
    """Say what LINE has against an image (and with which status), or None."""
    if media_type not in FORMATS:
        return "The media type of the uploaded file is unsupported.", 415
    if len(data) > LARGEST_IMAGE:
        return "The image is larger than 1 MB.", 413
    try:
        image = Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return "The image could not be read.", 400
    if image.format != FORMATS[media_type]:
        return "The image is not of its Content-Type.", 400
    if image.size != (size["width"], size["height"]):
        wanted = f"{size['width']}x{size['height']}"
        return f"The image must be of the rich menu's size, {wanted}.", 400
    return None
