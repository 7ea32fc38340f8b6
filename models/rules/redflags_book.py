"""The book of red flags: what content/redflags.toml says, read once and checked."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from models.rules.reading import normalise

_FILE = Path(__file__).parent.parent / "content" / "redflags.toml"
_LONGEST = 10_000  # LINE's 5,000 with room; some characters unfold to eighteen
_APART = re.compile(r"(?<![^\s。!?、,])(\S) (?=\S(?![^\s。!?、,]))")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")


class Flag(StrEnum):
    """What a text calls for, most urgent first."""

    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    DOCTOR_TODAY = "doctor_today"


@dataclass(frozen=True)
class Sign:
    """One danger: a word of every group close together, and what makes it harmless."""

    name: str
    flag: Flag
    groups: tuple[tuple[str, ...], ...]
    near: int
    any_order: bool
    unless: tuple[str, ...]
    despite: frozenset[str]


@dataclass(frozen=True)
class Book:
    """The content file, ready to be used."""

    signs: tuple[Sign, ...]
    idioms: tuple[str, ...]
    between: tuple[str, ...]
    guards: dict[str, re.Pattern[str]]


def plain(text: str) -> str:
    """Return the normal form that words of the book are compared in.

    Lines end sentences, apostrophes go, and l e t t e r s typed apart come together.
    """
    joined = normalise("。".join(text.splitlines()))[:_LONGEST].translate(_APOSTROPHES)
    return _APART.sub(r"\1", joined)


@cache
def book() -> Book:
    """Return the book; ValueError or re.error where the file is wrong."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    order = list(Flag)
    lists = {f"@{name}": words for name, words in data["lists"].items()}
    signs = sorted((_sign(row, lists) for row in data["sign"]), key=lambda s: order.index(s.flag))
    guards = {name: re.compile("|".join(p.splitlines())) for name, p in data["guards"].items()}
    return Book(tuple(signs), _words(data["idioms"]), _words(data["between"]), guards)


def _sign(row: dict[str, Any], lists: dict[str, list[str]]) -> Sign:
    return Sign(
        name=row["name"],
        flag=Flag(row["flag"]),
        groups=tuple(_words(_spread(group, lists)) for group in row["all"]),
        near=row.get("near", 0),
        any_order=row.get("any_order", False),
        unless=_words(row.get("unless", [])),
        despite=frozenset(row.get("despite", [])),
    )


def _spread(group: list[str], lists: dict[str, list[str]]) -> list[str]:
    return [word for entry in group for word in (lists[entry] if entry[0] == "@" else [entry])]


def _words(words: list[str]) -> tuple[str, ...]:
    return tuple(plain(word) for word in words)
