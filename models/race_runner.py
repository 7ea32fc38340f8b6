"""A member in a race: what they told about it, and the hours that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.race import Race

BREAKFAST_LEAD = timedelta(hours=3)  # domain 2.1: about three hours before the start
MARATHON_KM = 42.195
USUAL_SECONDS = 6 * 3600 + 1800  # [E] for someone who runs to finish
YES, NO, NOT_YET = "yes", "no", "not_yet"
ENTRY, START, BREAKFAST, SLEEPS = "entry", "start", "breakfast", "sleeps"
HOME, HOTEL = "home", "hotel"


@dataclass(frozen=True)
class RaceRunner:
    """A member in a race: what they told, and the hours that follow from it."""

    person_id: int
    race: Race
    goal_seconds: int | None = None  # for a marathon; None: not told; 0: to finish
    facts: dict[str, str] = field(default_factory=dict)
    class_id: int | None = None
    class_goal: int | None = None
    enrolled: datetime | None = None  # when they joined the term that leads up to it
    entered: datetime | None = None  # when they last came in: another race, or the goal late

    @property
    def entry(self) -> str | None:
        """Whether they are entered: yes, no, not_yet; None when it was never told."""
        return self.facts.get(ENTRY)

    @property
    def runs(self) -> bool:
        """Whether the race is theirs: the goal race until they say otherwise, others on a yes."""
        return self.entry == YES or (self.race.is_goal and self.entry is None)

    @property
    def since(self) -> datetime | None:
        """When the race became theirs; None for who is no member of its term."""
        return max(self.enrolled, self.entered or self.enrolled) if self.enrolled else None

    @property
    def offset_minutes(self) -> int:
        """Minutes from the gun to their own start; 0 where it was not told."""
        return int(self.facts.get(START, 0))

    @property
    def knows_start(self) -> bool:
        """Whether they told when they start."""
        return START in self.facts

    @property
    def starts_at(self) -> datetime:
        """Their own start."""
        return self.race.starts_at + timedelta(minutes=self.offset_minutes)

    @property
    def finishes_at(self) -> datetime:
        """Their likely finish: by their goal, else the class's, else the time most have."""
        marathon = self.goal_seconds or self.class_goal or USUAL_SECONDS
        return self.starts_at + timedelta(seconds=marathon * self.race.km / MARATHON_KM)

    @property
    def knows_breakfast(self) -> bool:
        """Whether they told when they have breakfast."""
        return BREAKFAST in self.facts

    @property
    def breakfast_at(self) -> datetime:
        """Their breakfast on race day; three hours before their start unless they said."""
        if not self.knows_breakfast:
            return self.starts_at - BREAKFAST_LEAD
        at = time.fromisoformat(self.facts[BREAKFAST])
        return datetime.combine(self.race.day, at, self.race.tz)

    @property
    def sleeps(self) -> str | None:
        """Where they sleep before the race: home or hotel; None when it was not told."""
        return self.facts.get(SLEEPS)
