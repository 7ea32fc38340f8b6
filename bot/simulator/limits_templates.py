"""LINE's limits on template messages and image maps."""

from collections.abc import Iterator

from bot.simulator.counting import graphemes
from bot.simulator.limits_actions import action, labelled, unlabelled
from bot.simulator.rules import (
    Detail,
    Json,
    Rule,
    anything,
    by_type,
    fault,
    fields,
    list_of,
    matches,
    may,
    need,
    number,
    object_of,
    one_of,
    text,
    url,
)

BUTTON = action(labelled(20))
COLOUR = matches(r"#[0-9A-Fa-f]{6}", "Must be a colour such as #RRGGBB")
PICTURE = {
    "thumbnailImageUrl": may(url()),
    "imageBackgroundColor": may(COLOUR),
    "title": may(text(40, graphemes)),
    "defaultAction": may(action(unlabelled(20))),
}
LOOK = {
    "imageAspectRatio": may(one_of("rectangle", "square")),
    "imageSize": may(one_of("cover", "contain")),
}


def _words(value: Json, alone: int) -> Rule:
    """Rule: text, shorter where a picture or a title stands with it."""
    with_more = isinstance(value, dict) and ("thumbnailImageUrl" in value or "title" in value)
    return text(60 if with_more else alone, graphemes)


def _buttons(value: Json, path: str) -> Iterator[Detail]:
    spec = {"text": need(_words(value, 160)), "actions": need(list_of(BUTTON, 1, 4))}
    yield from fields(value, path, PICTURE | LOOK | spec)


def _confirm(value: Json, path: str) -> Iterator[Detail]:
    spec = {"text": need(text(240, graphemes)), "actions": need(list_of(BUTTON, 2, 2))}
    yield from fields(value, path, spec)


def _column(value: Json, path: str) -> Iterator[Detail]:
    spec = {"text": need(_words(value, 120)), "actions": need(list_of(BUTTON, 1, 3))}
    yield from fields(value, path, PICTURE | spec)


def _carousel(value: Json, path: str) -> Iterator[Detail]:
    yield from fields(value, path, LOOK | {"columns": need(list_of(_column, 1, 10))})
    columns = value.get("columns")
    if not isinstance(columns, list) or not all(isinstance(column, dict) for column in columns):
        return
    counts = {len(c["actions"]) for c in columns if isinstance(c.get("actions"), list)}
    if len(counts) > 1:
        yield fault(f"{path}.columns", "All columns must have the same number of actions")
    for name in ("thumbnailImageUrl", "title"):
        if len({name in column for column in columns}) > 1:
            yield fault(f"{path}.columns", f"All columns must have {name}, or none")


IMAGE_COLUMN = object_of(
    {"imageUrl": need(url()), "action": need(action(unlabelled(12)))},
)
TEMPLATES: dict[str, Rule] = {
    "buttons": _buttons,
    "confirm": _confirm,
    "carousel": _carousel,
    "image_carousel": object_of({"columns": need(list_of(IMAGE_COLUMN, 1, 10))}),
}
# One of the four templates.
template = by_type(TEMPLATES)

SIDE = need(number(0, 1_000_000, whole=True))
AREA = object_of({"x": SIDE, "y": SIDE, "width": SIDE, "height": SIDE})
MAP_ACTIONS = {
    "uri": object_of(
        {"linkUri": need(url(1000, ("http", "https", "line", "tel"))), "area": need(AREA)}
    ),
    "message": object_of({"text": need(text(400)), "area": need(AREA)}),
    "clipboard": object_of({"clipboardText": need(text(1000)), "area": need(AREA)}),
}
IMAGEMAP = {
    "baseUrl": need(url()),
    "altText": need(text(1500)),
    "baseSize": need(
        object_of(
            {
                "width": need(number(1040, 1040, whole=True)),
                "height": need(number(1, 1_000_000, whole=True)),
            }
        )
    ),
    "actions": need(list_of(by_type(MAP_ACTIONS), 0, 50)),
    "video": may(
        object_of(
            {
                "originalContentUrl": need(url()),
                "previewImageUrl": need(url()),
                "area": need(AREA),
                "externalLink": may(anything),
            }
        )
    ),
}
