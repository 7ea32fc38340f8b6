"""LINE's limits on textV2: braces, substitutions, mentions and emoji."""

import re
from collections.abc import Iterator
from typing import Any

from bot.simulator.rules import (
    Detail,
    Json,
    Rule,
    by_type,
    fault,
    fields,
    matches,
    need,
    object_of,
    one_of,
    text,
    type_of,
)

MOST = 100
MOST_OF_A_KIND = 20
KEY = re.compile(r"[0-9A-Za-z_]{1,20}")
# What may stand in the text between other characters: a literal brace, or a key in braces.
PIECE = re.compile(r"\{\{|\}\}|\{([0-9A-Za-z_]{1,20})\}")


def _mentionee(value: Json, path: str) -> Iterator[Detail]:
    kind = type_of(value)
    yield from one_of("user", "all")(kind, f"{path}.type")
    if kind == "user":
        user = need(matches(r"U[0-9a-f]{32}", "Must be a user ID"))
        yield from fields(value, path, {"userId": user})


KINDS: dict[str, Rule] = {
    "mention": object_of({"mentionee": need(_mentionee)}),
    "emoji": object_of({"productId": need(text(100)), "emojiId": need(text(100))}),
}


def substitutions(value: Json, path: str) -> Iterator[Detail]:
    """Rule: a textV2 message whose braces pair and whose keys all stand for something."""
    given = value.get("substitution")
    if given is not None and not isinstance(given, dict):
        yield fault(f"{path}.substitution", "Must be an object")
        return
    yield from _amounts(given or {}, path)
    for key, entry in (given or {}).items():
        yield from _entry(key, entry, f"{path}.substitution.{key}")
    if isinstance(value.get("text"), str):
        yield from _braces(value["text"], given or {}, path)


def _amounts(given: dict[str, Any], path: str) -> Iterator[Detail]:
    if len(given) > MOST:
        yield fault(f"{path}.substitution", f"Size must be between 0 and {MOST}")
    for kind in KINDS:
        entries = [entry for entry in given.values() if isinstance(entry, dict)]
        if sum(entry.get("type") == kind for entry in entries) > MOST_OF_A_KIND:
            yield fault(f"{path}.substitution", f"At most {MOST_OF_A_KIND} of type {kind}")


def _entry(key: str, entry: Json, path: str) -> Iterator[Detail]:
    if not KEY.fullmatch(key):
        yield fault(path, "A key is 1 to 20 letters, digits or underscores")
    yield from by_type(KINDS)(entry, path)


def _braces(words: str, given: dict[str, Any], path: str) -> Iterator[Detail]:
    keys = {found[1] for found in PIECE.finditer(words) if found[1]}
    if "{" in PIECE.sub("", words) or "}" in PIECE.sub("", words):
        yield fault(f"{path}.text", "Braces must pair; write {{ and }} for themselves")
    for key in sorted(keys - given.keys()):
        yield fault(f"{path}.substitution.{key}", "Used in the text but not given")
