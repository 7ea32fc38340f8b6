"""The hotlines of the school's country: data a person can edit, checked when loaded."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter

from models.content_files import CONTENT

Words = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]


class Hotline(BaseModel):
    """A number to call, and when somebody answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Literal["ja", "en"]
    name: Words
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9+][0-9-]{2,19}$")]
    hours: Words


@cache
def load() -> tuple[Hotline, ...]:
    """Return every hotline in the order of the file."""
    raw = tomllib.loads((CONTENT / "hotlines.toml").read_text("utf-8"))
    return TypeAdapter(tuple[Hotline, ...]).validate_python(raw["hotline"])


def in_language(language: str) -> list[Hotline]:
    """Return the hotlines where a language is spoken."""
    return [line for line in load() if line.language == language]
