"""Answers about a race: one's own start and breakfast, as runners type them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from bot.messages import Say
from bot.turn import Turn
from models.rules import clock


@dataclass(frozen=True)
class Block:
    """Someone named their start block instead of an hour."""

    name: str


@dataclass(frozen=True)
class StartTold:
    """A start: an hour, minutes after the gun, or a block."""

    open_ended: bool = False

    def read(self, turn: Turn) -> time | int | Block | None:
        """Read the start."""
        words = turn.texts.lists["with_the_gun"].values()
        if clock.same(turn.text, [word for each in words for word in each]):
            return 0
        at, minutes = clock.clock_time(turn.text), clock.minutes_after(turn.text)
        named = clock.block(turn.text)
        if at is not None or minutes is not None:
            return at if at is not None else minutes
        return Block(named) if named else None

    def offers(self, turn: Turn) -> tuple[Say, ...]:
        """Return the start with the gun, which is one tap."""
        return (Say(turn.texts.lists["with_the_gun"][turn.language][0]),)


@dataclass(frozen=True)
class HourTold:
    """An hour of the day."""

    open_ended: bool = False

    def read(self, turn: Turn) -> time | None:
        """Read the hour."""
        return clock.clock_time(turn.text)

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """An hour is typed, so nothing is offered."""
        return ()
