"""The tables of Flex: each component with its properties and what they may hold."""

from bot.simulator.limits_actions import action, labelled, unlabelled
from bot.simulator.rules import (
    Field,
    anything,
    flag,
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

LONGEST = 30 * 1024  # no text can be longer than the bubble it stands in
STEPS = "none|xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl|full"

colour = may(matches(r"#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?", "Must be #RRGGBB or #RRGGBBAA"))
size = may(matches(rf"{STEPS}|-?\d+(\.\d+)?(px|%)", "Must be a size such as md, 12px or 50%"))
ratio = may(matches(r"\d+(\.\d+)?:\d+(\.\d+)?", "Must be a ratio such as 20:13"))
tap = may(action(unlabelled(40)))
weight = may(one_of("regular", "bold"))
style = may(one_of("normal", "italic"))
decoration = may(one_of("none", "underline", "line-through"))
align = may(one_of("start", "end", "center"))
gravity = may(one_of("top", "bottom", "center"))
kind = need(anything)

PLACE: dict[str, Field] = {
    "type": kind,
    "margin": size,
    "position": may(one_of("relative", "absolute")),
    "offsetTop": size,
    "offsetBottom": size,
    "offsetStart": size,
    "offsetEnd": size,
}
FLEX = {"flex": may(number(0, 1_000_000, whole=True))}
BACKGROUND = {
    "type": need(one_of("linearGradient")),
    "angle": need(matches(r"\d+(\.\d+)?deg")),
    "startColor": Field(colour.rule, required=True),
    "endColor": Field(colour.rule, required=True),
    "centerColor": colour,
    "centerPosition": may(matches(r"\d+(\.\d+)?%")),
}
SPAN = {
    "type": need(one_of("span")),
    "text": need(text(LONGEST)),
    "size": size,
    "color": colour,
    "weight": weight,
    "style": style,
    "decoration": decoration,
}
TEXT = (
    PLACE
    | FLEX
    | {
        "text": may(text(LONGEST)),
        "contents": may(list_of(object_of(SPAN, strict=True), 1, None)),
        "size": size,
        "align": align,
        "gravity": gravity,
        "color": colour,
        "weight": weight,
        "style": style,
        "decoration": decoration,
        "wrap": may(flag),
        "lineSpacing": size,
        "action": tap,
        "maxLines": may(number(0, 1_000_000, whole=True)),
        "adjustMode": may(one_of("shrink-to-fit")),
        "scaling": may(flag),
    }
)
BUTTON = (
    PLACE
    | FLEX
    | {
        "action": need(action(labelled(40))),
        "color": colour,
        "style": may(one_of("primary", "secondary", "link")),
        "gravity": gravity,
        "height": may(one_of("sm", "md")),
        "adjustMode": may(one_of("shrink-to-fit")),
        "scaling": may(flag),
    }
)
IMAGE = (
    PLACE
    | FLEX
    | {
        "url": need(url()),
        "align": align,
        "gravity": gravity,
        "size": size,
        "aspectRatio": ratio,
        "aspectMode": may(one_of("cover", "fit")),
        "backgroundColor": colour,
        "action": tap,
        "animated": may(flag),
    }
)
ICON = PLACE | {"url": need(url()), "size": size, "aspectRatio": ratio, "scaling": may(flag)}
BOX = (
    PLACE
    | FLEX
    | {
        "layout": need(one_of("horizontal", "vertical", "baseline")),
        "spacing": size,
        "backgroundColor": colour,
        "borderColor": colour,
        "borderWidth": may(matches(r"none|light|normal|medium|semi-bold|bold|\d+(\.\d+)?px")),
        "cornerRadius": size,
        "width": size,
        "maxWidth": size,
        "height": size,
        "maxHeight": size,
        "paddingAll": size,
        "paddingTop": size,
        "paddingBottom": size,
        "paddingStart": size,
        "paddingEnd": size,
        "action": tap,
        "justifyContent": may(
            one_of(
                "flex-start", "center", "flex-end", "space-between", "space-around", "space-evenly"
            )
        ),
        "alignItems": may(one_of("flex-start", "center", "flex-end")),
        "background": may(object_of(BACKGROUND, strict=True)),
    }
)
COMPONENTS: dict[str, dict[str, Field]] = {
    "box": BOX,
    "button": BUTTON,
    "image": IMAGE,
    "icon": ICON,
    "text": TEXT,
    "separator": {"type": kind, "margin": size, "color": colour},
    "filler": {"type": kind} | FLEX,
    # No longer documented, still accepted, and found in many published bubbles.
    "spacer": {"type": kind, "size": size},
}
