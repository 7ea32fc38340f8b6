"""LINE's limits on Flex: which component may stand where, and sizes in bytes."""

from collections.abc import Iterator
from typing import Any

from bot.simulator.counting import json_bytes
from bot.simulator.limits_flex_parts import BOX, COMPONENTS, colour, kind, ratio, tap
from bot.simulator.rules import (
    Detail,
    Field,
    Json,
    Rule,
    fault,
    fields,
    flag,
    list_of,
    may,
    need,
    object_of,
    one_of,
    type_of,
    url,
)

BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024
IN_BASELINE = ("icon", "text", "filler", "spacer")
IN_BOX = tuple(name for name in COMPONENTS if name != "icon")


def _component(among: tuple[str, ...]) -> Rule:
    """Rule: one of the components that may stand in this place, with all it holds."""

    def check(value: Json, path: str) -> Iterator[Detail]:
        name = type_of(value)
        if name not in among:
            yield from one_of(*among)(name, f"{path}.type")
        elif name == "box":
            inside = IN_BASELINE if value.get("layout") == "baseline" else IN_BOX
            spec = BOX | {"contents": need(list_of(_component(inside), 0, None))}
            yield from fields(value, path, spec, strict=True)
        else:
            yield from fields(value, path, COMPONENTS[name], strict=True)
            yield from _said(value, path)

    return check


def _said(value: dict[str, Any], path: str) -> Iterator[Detail]:
    if value["type"] == "text" and not value.get("text") and not value.get("contents"):
        yield fault(f"{path}.text", "May not be empty")


def _hero(value: Json, path: str) -> Iterator[Detail]:
    if isinstance(value, dict) and value.get("type") == "video":
        yield from fields(value, path, VIDEO, strict=True)
    else:
        yield from _component(("box", "image"))(value, path)


BLOCK = object_of({"backgroundColor": colour, "separator": may(flag), "separatorColor": colour})
VIDEO = {
    "type": kind,
    "url": need(url()),
    "previewUrl": need(url()),
    "altContent": need(_component(("box", "image"))),
    "aspectRatio": ratio,
    "action": tap,
}
PARTS = ("header", "hero", "body", "footer")
BUBBLE: dict[str, Field] = {
    "type": need(one_of("bubble")),
    "size": may(one_of("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")),
    "direction": may(one_of("ltr", "rtl")),
    "styles": may(object_of(dict.fromkeys(PARTS, may(BLOCK)), strict=True)),
    "header": may(_component(("box",))),
    "hero": may(_hero),
    "body": may(_component(("box",))),
    "footer": may(_component(("box",))),
    "action": tap,
}


def _bubble(value: Json, path: str) -> Iterator[Detail]:
    yield from fields(value, path, BUBBLE, strict=True)
    if isinstance(value, dict) and not any(part in value for part in PARTS):
        yield fault(path, "At least one block must be specified")
    if json_bytes(value) > BUBBLE_BYTES:
        yield fault(path, f"A bubble may have at most {BUBBLE_BYTES} bytes")


def container(value: Json, path: str) -> Iterator[Detail]:
    """Rule: a bubble of at most 30 KB, or a carousel of at most 12 and 50 KB."""
    if not isinstance(value, dict) or value.get("type") != "carousel":
        yield from _bubble(value, path)
        return
    spec = {"type": kind, "contents": need(list_of(_bubble, 1, 12))}
    yield from fields(value, path, spec, strict=True)
    if json_bytes(value) > CAROUSEL_BYTES:
        yield fault(path, f"A carousel may have at most {CAROUSEL_BYTES} bytes")
