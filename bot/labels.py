"""What the buttons of an answer do, by their labels: typing a label is tapping it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.messages import Message
from models.rules.reading import word_key

TAPPED, TYPED = "data", "text"  # what a button sends: postback data, or words
# By label: which of the two, and what; nothing where it stands for itself or is in doubt.
Shown = dict[str, list[str]]


def of(messages: Iterable[Message]) -> Shown:
    """Return what each label stands for; one that stands for two things stands for none."""
    shown: Shown = {}
    doubtful: set[str] = set()
    for action in _actions([message.payload() for message in messages]):
        key, does = word_key(str(action.get("label") or "")), _deed(action)
        if key and does is not None and shown.setdefault(key, does) != does:
            doubtful.add(key)
    return {key: [] if key in doubtful else does for key, does in shown.items()}


def _deed(action: dict[str, Any]) -> list[str] | None:
    match action:
        case {"type": "postback", "data": str(data)}:
            return [TAPPED, data]
        case {"type": "message", "text": str(text), "label": str(label)}:
            return [TYPED, text] if word_key(text) != word_key(label) else []
        case _:
            return None


def _actions(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every action within messages."""
    if isinstance(node, list):
        for part in node:
            yield from _actions(part)
    elif isinstance(node, dict):
        if isinstance(node.get("action"), dict):
            yield node["action"]
        for part in node.values():
            yield from _actions(part)
