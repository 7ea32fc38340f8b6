"""Typed button data: a frozen dataclass that packs into a postback and back."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pydantic import TypeAdapter, ValidationError

from bot.messages import MAX_DATA, LimitError


class NotOurs(ValueError):  # noqa: N818 - it is no error of ours: data made by hand
    """Postback data that no button of ours carries."""


def name_of(kind: type) -> str:
    """Return the name under which a kind of button travels: feature and class."""
    return f"{kind.__module__.rsplit('.', 1)[-1]}.{kind.__name__}"


def pack(value: Any) -> str:
    """Return a button's data; LimitError when it would be longer than LINE takes."""
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"a button is a dataclass, not {value!r}")
    data = name_of(type(value)) + "?" + urlencode(asdict(value))
    if len(data) > MAX_DATA:
        raise LimitError(f"{name_of(type(value))} packs into {len(data)} characters")
    return data


def unpack(data: str, kinds: dict[str, type]) -> Any:
    """Return the button that was tapped; NotOurs for anything else."""
    name, _, query = data.partition("?")
    if name not in kinds:
        raise NotOurs(name[:40])
    try:
        fields = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
        return TypeAdapter(kinds[name]).validate_python(fields)
    except (ValidationError, ValueError) as error:
        raise NotOurs(name) from error
