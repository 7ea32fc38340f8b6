"""The small rules LINE's limits are written with: each looks at one value and names its faults."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.counting import utf16

Json = Any  # what a request holds before it has been looked at
Detail = dict[str, str]
Rule = Callable[[Any, str], Iterator[Detail]]
HTTPS = ("https",)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# LINE wants URLs percent-encoded: only these characters may stand in one.
URL_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


@dataclass(frozen=True)
class Field:
    """A property of an object: its rule, and whether it must be there."""

    rule: Rule
    required: bool


Spec = Mapping[str, Field]


def need(rule: Rule) -> Field:
    """Say that a property must be there."""
    return Field(rule, required=True)


def may(rule: Rule) -> Field:
    """Say that a property may be left out."""
    return Field(rule, required=False)


def fault(path: str, message: str) -> Detail:
    """Name one fault the way LINE's error bodies do."""
    return {"message": message, "property": path}


def fields(value: Json, path: str, spec: Spec, *, strict: bool = False) -> Iterator[Detail]:
    """Check an object's properties; with `strict` also refuse those LINE does not know."""
    if not isinstance(value, dict):
        yield fault(path, "Must be an object")
        return
    for name, field in spec.items():
        here = f"{path}.{name}" if path else name
        if value.get(name) is not None:
            yield from field.rule(value[name], here)
        elif field.required:
            yield fault(here, "May not be empty")
    for name in value.keys() - spec.keys() if strict else ():
        yield fault(f"{path}.{name}", "Unknown property")


def type_of(value: Json) -> str | None:
    """Return an object's `type`, or None where there is none to speak of."""
    kind = value.get("type") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else None


def by_type(table: Mapping[str, Rule]) -> Rule:
    """Rule: an object whose `type` is in the table, obeying the rule it stands for."""

    def check(value: Json, path: str) -> Iterator[Detail]:
        kind = type_of(value)
        if kind is not None and kind in table:
            yield from table[kind](value, path)
        else:
            yield from one_of(*table)(kind, f"{path}.type")

    return check


def object_of(spec: Spec, *, strict: bool = False) -> Rule:
    """Rule: an object with these properties."""
    return lambda value, path: fields(value, path, spec, strict=strict)


def list_of(rule: Rule, low: int, high: int | None) -> Rule:
    """Rule: a list of `low` to `high` entries, each obeying `rule`."""

    def check(value: Json, path: str) -> Iterator[Detail]:
        if not isinstance(value, list):
            yield fault(path, "Must be an array")
            return
        if len(value) < low or (high is not None and len(value) > high):
            yield fault(path, f"Size must be between {low} and {high}")
        for index, entry in enumerate(value):
            yield from rule(entry, f"{path}[{index}]")

    return check


def text(high: int, count: Callable[[str], int] = utf16, low: int = 1) -> Rule:
    """Rule: a string of `low` to `high` units as `count` counts them."""

    def check(value: Json, path: str) -> Iterator[Detail]:
        if not isinstance(value, str):
            yield fault(path, "Must be a string")
        elif low and not value:
            yield fault(path, "May not be empty")
        elif not low <= count(value) <= high:
            yield fault(path, f"Length must be between {low} and {high}")

    return check


def matches(pattern: str, message: str = "Invalid value") -> Rule:
    """Rule: a string that matches a pattern from end to end."""
    compiled = re.compile(pattern)

    def check(value: Json, path: str) -> Iterator[Detail]:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield fault(path, message)

    return check


def one_of(*values: str) -> Rule:
    """Rule: one of these words."""

    def check(value: Json, path: str) -> Iterator[Detail]:
        if not isinstance(value, str) or value not in values:
            yield fault(path, f"Must be one of the following values: [{', '.join(values)}]")

    return check


def number(low: float, high: float, *, whole: bool = False) -> Rule:
    """Rule: a number from `low` to `high`, both included."""

    def check(value: Json, path: str) -> Iterator[Detail]:
        kinds = int if whole else int | float
        if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
            yield fault(path, f"Must be a number between {low} and {high}")

    return check


def flag(value: Json, path: str) -> Iterator[Detail]:
    """Rule: true or false."""
    if not isinstance(value, bool):
        yield fault(path, "Must be a boolean")


def anything(value: Json, path: str) -> Iterator[Detail]:
    """Rule: LINE lays down nothing that could be checked here."""
    yield from ()


def url(high: int = 2000, schemes: tuple[str, ...] = HTTPS) -> Rule:
    """Rule: a percent-encoded URL of at most `high` characters in one of `schemes`."""

    def check(value: Json, path: str) -> Iterator[Detail]:
        yield from text(high)(value, path)
        if isinstance(value, str) and value and not _is_url(value, schemes):
            yield fault(path, f"Invalid URI: must be percent-encoded {' or '.join(schemes)}")

    return check


def _is_url(value: str, schemes: tuple[str, ...]) -> bool:
    if not URL_CHARACTERS.fullmatch(value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if schemes == HTTPS and parts.scheme == "http":
        return (
            parts.hostname in LOOPBACK
        )  # LINE takes none of it; a demo on this machine has no https
    has_address = parts.netloc if parts.scheme in ("http", "https") else parts.path or parts.netloc
    return parts.scheme in schemes and bool(has_address)
