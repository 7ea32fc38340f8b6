"""Cards: one look for everything that is more than a sentence, drawn as Flex."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages import MAX_ALT, MAX_BUTTON_LABEL, Button, Flex, utf16

SASH = "#C8402F"  # the vermilion of an ekiden sash
INK, SOFT, PALE = "#222222", "#6B6B6B", "#E6E1DA"


@dataclass(frozen=True)
class Row:
    """A labelled value."""

    label: str
    value: str


@dataclass(frozen=True)
class Note:
    """A paragraph; a strong one stands out."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Bar:
    """A labelled bar filled to a share between 0 and 1."""

    label: str
    share: float


@dataclass(frozen=True)
class Small:
    """Fine print: where something comes from."""

    text: str


@dataclass(frozen=True)
class Swatch:
    """A colour with its number and what it means."""

    colour: str
    label: str
    value: str


Part = Row | Note | Bar | Small | Swatch
Line = Button | tuple[Button, ...]  # a button, or a few short ones side by side


def card(
    title: str,
    parts: Sequence[Part | None],
    buttons: Sequence[Line] = (),
    *,
    kicker: str = "",
    quick: Sequence[Button] = (),
    filled: Container[int] = (0,),
) -> Flex:
    """Return a card: a small line above, a title, rows and notes, and buttons below.

    `filled` are the places of the buttons that stand out.
    """
    shown = [part for part in parts if part is not None]
    bubble: dict[str, Any] = {"type": "bubble", "body": _body(kicker, title, shown)}
    if buttons:
        bubble["footer"] = _footer(buttons, filled)
    return Flex(_alt(title, shown), bubble, tuple(quick))


def carousel(cards: Sequence[Flex], quick: Sequence[Button] = ()) -> Flex:
    """Return several cards side by side; their words stand one after the other."""
    contents = {"type": "carousel", "contents": [dict(one.contents) for one in cards]}
    return Flex(_cut("\n\n".join(one.alt for one in cards)), contents, tuple(quick))


def _alt(title: str, parts: Sequence[Part]) -> str:
    """Say the whole card in words, for notifications and where Flex is not shown."""
    return _cut("\n".join([title, *(_words(part) for part in parts)]))


def _cut(words: str) -> str:
    while utf16(words) > MAX_ALT:
        words = words[: len(words) - 50]
    return words


def _words(part: Part) -> str:
    match part:
        case Row(label, value) | Swatch(_, label, value):
            return f"{label}: {value}"
        case Note(text, _) | Small(text):
            return text
        case Bar(label, share):
            return f"{label}: {share:.0%}"


def _body(kicker: str, title: str, parts: Sequence[Part]) -> dict[str, Any]:
    head = [_text(kicker, size="xs", color=SASH, weight="bold")] if kicker else []
    head.append(_text(title, size="lg", color=INK, weight="bold"))
    drawn = [_draw(part) for part in parts]
    rest = [{"type": "separator", "margin": "lg", "color": PALE}, *drawn] if drawn else []
    return {"type": "box", "layout": "vertical", "spacing": "md", "contents": [*head, *rest]}


def _draw(part: Part) -> dict[str, Any]:
    match part:
        case Row(label, value):
            cells = [
                _text(label, size="sm", color=SOFT, flex=3),
                _text(value, size="sm", color=INK, flex=8),
            ]
            return {"type": "box", "layout": "horizontal", "spacing": "md", "contents": cells}
        case Note(text, strong):
            return _text(
                text,
                size="sm",
                color=INK if strong else SOFT,
                weight="bold" if strong else "regular",
            )
        case Small(text):
            return _text(text, size="xxs", color=SOFT)
        case Swatch(colour, label, value):
            return _swatch(colour, label, value)
        case Bar(label, share):
            return _bar(label, min(max(share, 0.0), 1.0))


def _swatch(colour: str, label: str, value: str) -> dict[str, Any]:
    patch = {
        "type": "box",
        "layout": "vertical",
        "width": "36px",
        "height": "20px",
        "backgroundColor": colour,
        "cornerRadius": "4px",
        "contents": [{"type": "filler"}],
    }
    number = _text(label, size="sm", color=INK, weight="bold", flex=1)
    words = _text(value, size="sm", color=SOFT, flex=8)
    cells = [patch, number, words]
    return {"type": "box", "layout": "horizontal", "spacing": "md", "contents": cells}


def _bar(label: str, share: float) -> dict[str, Any]:
    fill = {
        "type": "box",
        "layout": "vertical",
        "height": "8px",
        "width": f"{share:.0%}",
        "backgroundColor": SASH,
        "cornerRadius": "4px",
        "contents": [{"type": "filler"}],
    }
    track = {
        "type": "box",
        "layout": "vertical",
        "height": "8px",
        "backgroundColor": PALE,
        "cornerRadius": "4px",
        "contents": [fill],
    }
    words = _text(label, size="xs", color=SOFT)
    return {"type": "box", "layout": "vertical", "spacing": "sm", "contents": [words, track]}


def _footer(lines: Sequence[Line], filled: Container[int]) -> dict[str, Any]:
    drawn = [_line(line, filled=index in filled) for index, line in enumerate(lines)]
    return {"type": "box", "layout": "vertical", "spacing": "sm", "contents": drawn}


def _line(line: Line, *, filled: bool) -> dict[str, Any]:
    if not isinstance(line, tuple):
        return _button(line, filled=filled)
    drawn = [_button(one, filled=filled and index == 0) for index, one in enumerate(line)]
    return {"type": "box", "layout": "horizontal", "spacing": "sm", "contents": drawn}


def _button(button: Button, *, filled: bool) -> dict[str, Any]:
    made = {"type": "button", "height": "sm", "action": button.action(MAX_BUTTON_LABEL)}
    return made | ({"style": "primary", "color": SASH} if filled else {"style": "secondary"})


def _text(text: str, **style: Any) -> dict[str, Any]:
    return {"type": "text", "text": text, "wrap": True} | style
