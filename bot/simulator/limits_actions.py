"""LINE's limits on actions and on quick replies."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from bot.simulator.counting import graphemes
from bot.simulator.rules import (
    Detail,
    Field,
    Json,
    Rule,
    fault,
    fields,
    list_of,
    matches,
    may,
    need,
    object_of,
    one_of,
    text,
    type_of,
    url,
)

URI_SCHEMES = ("http", "https", "line", "tel")
PICKERS: Mapping[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "datetime": datetime.fromisoformat,
}
PICKER_SHAPES = {
    "date": r"(19|20)\d\d-\d\d-\d\d|2100-\d\d-\d\d",
    "time": r"\d\d:\d\d",
    "datetime": r"((19|20)\d\d-\d\d-\d\d|2100-\d\d-\d\d)[Tt]\d\d:\d\d",
}
DATA = need(text(300))

ACTIONS: dict[str, dict[str, Field]] = {
    "postback": {
        "data": DATA,
        "displayText": may(text(300, graphemes)),
        "text": may(text(300, graphemes)),
        "inputOption": may(one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")),
        "fillInText": may(text(300, graphemes)),
    },
    "message": {"text": need(text(300, graphemes))},
    "uri": {"uri": need(url(1000, URI_SCHEMES)), "altUri": may(object_of({}))},
    "datetimepicker": {
        "data": DATA,
        "mode": need(one_of(*PICKERS)),
        "initial": may(text(16)),
        "max": may(text(16)),
        "min": may(text(16)),
    },
    "clipboard": {"clipboardText": need(text(1000))},
    "richmenuswitch": {"data": DATA, "richMenuAliasId": need(text(32))},
    "camera": {},
    "cameraRoll": {},
    "location": {},
}
QUICK_ONLY = ("camera", "cameraRoll", "location")
SPOKEN = ("postback", "message", "uri", "datetimepicker", "clipboard")


def action(label: Field, kinds: tuple[str, ...] = SPOKEN) -> Rule:
    """Rule: an action of one of `kinds`, its label as the place it stands in wants it."""

    def check(value: Json, path: str) -> Iterator[Detail]:
        kind = type_of(value)
        if kind not in kinds:
            yield from one_of(*kinds)(kind, f"{path}.type")
            return
        yield from fields(value, path, {"label": label, **ACTIONS[kind]})
        yield from _together(value, path)

    return check


def labelled(high: int) -> Field:
    """Say that an action needs a label of at most `high` grapheme clusters."""
    return need(text(high, graphemes))


def unlabelled(high: int) -> Field:
    """Say that an action may go without a label."""
    return may(text(high, graphemes, low=0))


def _together(value: dict[str, Any], path: str) -> Iterator[Detail]:
    if value["type"] == "postback" and "displayText" in value and "text" in value:
        yield fault(f"{path}.text", "displayText and text can't be used together")
    if value["type"] == "datetimepicker" and value.get("mode") in tuple(PICKERS):
        yield from _picker(value, path)


def _picker(value: dict[str, Any], path: str) -> Iterator[Detail]:
    shown = [name for name in ("initial", "max", "min") if isinstance(value.get(name), str)]
    for name in shown:
        if not _is_moment(value["mode"], value[name]):
            yield fault(f"{path}.{name}", "Must be a moment of the mode, 1900 to 2100")
    low, high = value.get("min"), value.get("max")
    if isinstance(low, str) and isinstance(high, str) and low.lower() >= high.lower():
        yield fault(f"{path}.max", "Must be later than min")


def _is_moment(mode: str, moment: str) -> bool:
    if any(matches(PICKER_SHAPES[mode])(moment, "")):
        return False
    try:
        PICKERS[mode](moment.upper())
    except ValueError:
        return False
    return True


QUICK_REPLY: Rule = object_of(
    {
        "items": need(
            list_of(
                object_of(
                    {
                        "type": need(one_of("action")),
                        "imageUrl": may(url()),
                        "action": need(action(labelled(20), SPOKEN + QUICK_ONLY)),
                    }
                ),
                1,
                13,
            )
        )
    }
)
