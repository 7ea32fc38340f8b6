"""What an answer to a question may look like."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any, Protocol

from bot.answers import number
from bot.choices import Choice
from bot.media import Location, place_in
from bot.messages import Say
from bot.photos import Photo
from bot.turn import Turn
from models.rules import goal, result
from models.rules.reading import read_code

__all__ = [
    "Choice", "ClassCode", "Distance", "Expected", "FinishTime", "FreeText",
    "Matter", "Number", "RunTime", "Scale",
]  # fmt: skip

FOUR_DIGITS = 1000


class Expected(Protocol):
    """Reads the answer to a question; None when it is no answer to it."""

    @property
    def open_ended(self) -> bool:
        """Whether any text is an answer (then words that wake something else come first)."""
        ...

    def read(self, turn: Turn) -> Any:
        """Return the value, or None."""
        ...

    def offers(self, turn: Turn) -> tuple[Say, ...]:
        """Return the quick replies to show when the answer was not understood."""
        ...


@dataclass(frozen=True)
class Number:
    """A number within a range, in any script; `unit` names the only units it may have.

    The units of a `unit` stand in the corridor's lists as `units_<unit>`; hours are turned into
    `minutes`.
    """

    low: float
    high: float
    open_ended: bool = False
    unit: str = ""

    def read(self, turn: Turn) -> Decimal | None:
        """Read the number."""
        return turn.number(self.low, self.high, self.unit)

    def keeps(self, turn: Turn) -> bool:
        """Whether it is a number, only not one of these."""
        return number(turn.library, turn.text) is not None

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """A number is typed, so nothing is offered."""
        return ()


@dataclass(frozen=True)
class Scale:
    """A whole number from 0 to `high`, a tap each; something between counts as the higher."""

    high: int = 10
    open_ended: bool = False

    def read(self, turn: Turn) -> int | None:
        """Read the number."""
        value = turn.number(0, self.high, "points")
        return None if value is None else ceil(value)

    def keeps(self, turn: Turn) -> bool:
        """Whether it is a number, only not one of these; a code of four digits is none."""
        typed = number(turn.library, turn.text)
        return typed is not None and typed < FOUR_DIGITS

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """Return one quick reply a number."""
        return tuple(Say(str(level)) for level in range(self.high + 1))


@dataclass(frozen=True)
class FreeText:
    """Any text up to a length; an optional one yields to whatever else the text can mean."""

    longest: int = 1000
    open_ended: bool = True
    optional: bool = False

    def read(self, turn: Turn) -> str | None:
        """Return the text as typed, without the ends."""
        text = turn.text.strip()
        return text if 0 < len(text) <= self.longest else None

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """Nothing can be offered for free text."""
        return ()


@dataclass(frozen=True)
class FinishTime:
    """A goal time for the marathon in seconds, as runners write it; 0 is to finish."""

    open_ended: bool = False

    def read(self, turn: Turn) -> int | None:
        """Read the time."""
        return goal.finish_time(turn.text)

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """A time is typed, so nothing is offered."""
        return ()


@dataclass(frozen=True)
class Distance:
    """How far someone ran, in km."""

    open_ended: bool = False

    def read(self, turn: Turn) -> float | None:
        """Read the distance; a bare number is km."""
        said = turn.number(result.NEAREST_KM, result.FARTHEST_KM)
        return result.distance_km(turn.text) or (float(said) if said is not None else None)

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """A distance is typed or tapped where it is asked."""
        return ()


@dataclass(frozen=True)
class RunTime:
    """In what time someone ran the `km` of the question's memo, in seconds."""

    open_ended: bool = False

    def read(self, turn: Turn) -> int | None:
        """Read the time."""
        return result.seconds(turn.text, float(turn.memo["km"]))

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """A time is typed, so nothing is offered."""
        return ()


@dataclass(frozen=True)
class ClassCode:
    """A code of letters and digits, in any width and case, with spaces or hyphens."""

    open_ended: bool = True  # 「settings」 has the shape of a code, and must not cost a try

    def read(self, turn: Turn) -> str | None:
        """Read the code, in capitals."""
        return read_code(turn.text)

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """A code is typed, so nothing is offered."""
        return ()


@dataclass(frozen=True)
class Matter:
    """What somebody wants to pass on: a text of any length, a photo or a place."""

    open_ended: bool = True
    brings: tuple[str, ...] = ("message.image", "message.location")

    def read(self, turn: Turn) -> str | Photo | Location | None:
        """Return the text as typed, the photo that was fetched, or the place."""
        if isinstance(turn.photo, Photo):
            return turn.photo
        return place_in(turn.event) or turn.text.strip() or None

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """Nothing can be offered for what is free."""
        return ()
