"""LINE's limits on templates, image maps and Flex: each just met, just passed, named."""

import pytest
from simulator_objects import (
    FAMILY,
    HTTPS,
    box,
    bubble,
    buttons,
    card,
    carousel,
    column,
    columns,
    flex,
    imagemap,
    padded,
    pictures,
    says,
    template,
    words,
)

from bot.simulator.limits import findings

BODY = ".contents.body.contents[0]"
KB = 1024


def confirm(count=2, text="t"):
    return template("confirm", text=text, actions=[says()] * count)


def icon_in(layout):
    return card(box({"type": "icon", "url": HTTPS}, layout=layout))


def button(label):
    return card({"type": "button", "action": says(label)})


# how it is built, just within, just past, the property LINE would name
TABLE = [
    (lambda n: buttons() | {"altText": "a" * n}, 1500, 1501, ".altText"),
    (buttons, 4, 5, ".template.actions"),
    (lambda n: buttons(text="あ" * n), 160, 161, ".template.text"),
    (lambda n: buttons(text="あ" * n, title="t"), 60, 61, ".template.text"),
    (lambda n: buttons(text="a" * n, thumbnailImageUrl=HTTPS), 60, 61, ".template.text"),
    (lambda n: buttons(title="あ" * n), 40, 41, ".template.title"),
    (lambda n: buttons(label=FAMILY * n), 20, 21, ".template.actions[0].label"),
    (lambda kind: template(kind, text="t", actions=[says()]), "buttons", "list", ".template.type"),
    (lambda n: confirm(text="あ" * n), 240, 241, ".template.text"),
    (confirm, 2, 1, ".template.actions"),
    (confirm, 2, 3, ".template.actions"),
    (lambda n: columns(*[column()] * n), 10, 11, ".template.columns"),
    (lambda n: columns(column(text="あ" * n)), 120, 121, ".template.columns[0].text"),
    (lambda n: columns(column(text="a" * n, title="t")), 60, 61, ".template.columns[0].text"),
    (lambda n: columns(column(n)), 3, 4, ".template.columns[0].actions"),
    (lambda n: columns(column(2), column(n)), 2, 1, ".template.columns"),
    (
        lambda more: columns(column(title="t"), column(**more)),
        {"title": "t"},
        {},
        ".template.columns",
    ),
    (pictures, 10, 11, ".template.columns"),
    (lambda n: pictures(label="あ" * n), 12, 13, ".template.columns[0].action.label"),
    (imagemap, 1040, 1039, ".baseSize.width"),
    (lambda n: imagemap(count=n), 50, 51, ".actions"),
    (lambda n: imagemap(text="a" * n), 400, 401, ".actions[0].text"),
    (lambda n: flex(bubble(words()), "a" * n), 1500, 1501, ".altText"),
    (lambda n: padded(bubble(words()), n), 30 * KB, 30 * KB + 1, ".contents"),
    (lambda n: padded(bubble(words("あ" * 10_000)), n), 30 * KB, 30 * KB + 1, ".contents"),
    (lambda n: padded(carousel(12, "a" * 3500), n), 50 * KB, 50 * KB + 1, ".contents"),
    (lambda n: flex(carousel(n)), 12, 13, ".contents.contents"),
    (lambda n: button("あ" * n), 40, 41, f"{BODY}.action.label"),
    (lambda url: card({"type": "image", "url": url}), HTTPS, "http://example.com", f"{BODY}.url"),
    (lambda text: card(words(text)), "a", "", f"{BODY}.text"),
    (lambda name: card(words(**{name: True})), "wrap", "warp", f"{BODY}.warp"),
    (lambda kind: card({"type": kind}), "separator", "table", f"{BODY}.type"),
    (lambda colour: card(words(color=colour)), "#d9583b", "red", f"{BODY}.color"),
    (lambda size: card(words(size=size)), "18px", "huge", f"{BODY}.size"),
    (icon_in, "baseline", "vertical", f"{BODY}.contents[0].type"),
    (flex, bubble(words()), {"type": "bubble"}, ".contents"),
]


@pytest.mark.parametrize(("build", "within", "past", "named"), TABLE)
def test_a_limit_holds_and_is_named(build, within, past, named):
    assert findings([build(within)]) == []
    assert f"messages[0]{named}" in [found["property"] for found in findings([build(past)])]
