"""What is known for drinking: the body, the session ahead, its weather, and the plan for both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Turn
from models import health, school, session, sweat
from models.person import Person
from models.rules import heat, hydration
from models.rules.hydration import BY_THIRST_MINUTES, HIGHEST_ML_PER_H, FluidPlan
from models.rules.pace import training_paces
from models.session import Lesson, TrainingSession

WARM_C = 18.0  # [E] air from which a winter-trained runner is in heat
AFTER_SUMMER_C = 21.0  # [E] the same for one who has trained through a summer
AFTER_SUMMER = range(7, 12)  # the months in which one is used to heat
LONG_MINUTES = 90.0  # [E] from here on everybody carries a drink, whatever the table says
LIKELY_KMH = (4.0, 22.0)  # [E] a lesson's mean speed outside this says nothing about running
WALKING_PACE_KMH = 7.0  # [E] for a class without a goal
LOOKS_BACK = timedelta(hours=2)
AROUND = timedelta(hours=3)
GLASS_ML = 200


class Missing(StrEnum):
    """Why someone gets no number of their own, in the order in which it is asked."""

    CONSENT = "consent"
    SCREENING = "screening"
    DOCTOR = "doctor"
    WEIGHT = "weight"


@dataclass(frozen=True)
class Body:
    """A weight in kg, or what stands in the way of a personal number; `factor` where measured."""

    kg: float = 0.0
    missing: Missing | None = None
    factor: float | None = None

    @property
    def may_hear_amounts(self) -> bool:
        """Whether they are screened and free to have numbers, also without a weight."""
        return self.missing in {None, Missing.WEIGHT}


@dataclass(frozen=True)
class Ahead:
    """A session with its lesson and its air in °C; `is_normal` where that is the month's mean."""

    session: TrainingSession
    lesson: Lesson | None
    celsius: float
    is_normal: bool

    @property
    def minutes(self) -> int:
        """How long is run."""
        return self.lesson.minutes if self.lesson else self.session.minutes

    @property
    def is_long(self) -> bool:
        """Whether it lasts longer than one can drink to thirst alone."""
        return self.minutes > BY_THIRST_MINUTES


def body_of(db: Session, person: Person) -> Body:
    """Return what may be computed for a person; nothing without consent and screening."""
    if not health.has_consent(db, person, health.HEALTH):
        return Body(missing=Missing.CONSENT)
    if any(health.screening(db, person).values()):
        return Body(missing=Missing.DOCTOR)
    if not health.may_have_numbers(db, person):
        return Body(missing=Missing.SCREENING)
    kg = health.weight_kg(db, person)
    if kg is None:
        return Body(missing=Missing.WEIGHT)
    return Body(kg, factor=sweat.factor(db, person))


def ahead(db: Session, person: Person, now: datetime, zone: ZoneInfo) -> Ahead | None:
    """Return the running or next session of a person's class, or of the first class coached."""
    class_ = school.class_of(db, person) or next(iter(school.coached_by(db, person)), None)
    coming = session.upcoming(db, [class_.key], now, 3) if class_ else []
    return next((look_at(db, s, zone) for s in coming if not s.cancelled), None)


def ran_at(db: Session, person: Person, at: datetime, zone: ZoneInfo) -> Ahead | None:
    """Return the session of a person's class around an instant."""
    class_ = school.class_of(db, person)
    if class_ is None:
        return None
    found = session.on_day(db, class_.key, at - AROUND, at + AROUND)
    return look_at(db, found, zone) if found and not found.cancelled else None


def look_at(db: Session, one: TrainingSession, zone: ZoneInfo) -> Ahead:
    """Return a session with its lesson and its weather."""
    month = one.starts_at.astimezone(zone).month
    known = one.temperature is not None
    celsius = one.temperature if one.temperature is not None else heat.normal(month).mean_c
    return Ahead(one, session.lesson(db, one), celsius, is_normal=not known)


def is_hot(one: Ahead, zone: ZoneInfo) -> bool:
    """Say whether a session is run in heat: warm air, or a WBGT at which JSPO says to ease off."""
    month = one.session.starts_at.astimezone(zone).month
    humidity, warm = heat.normal(month).humidity, WARM_C
    if month in AFTER_SUMMER:
        warm = AFTER_SUMMER_C
    advice = heat.training_advice(heat.wbgt_simple(one.celsius, humidity))
    return one.celsius >= warm or advice >= heat.HeatAdvice.EASE


def plan(db: Session, body: Body, one: Ahead | None) -> FluidPlan | None:
    """Return the plan of this body for a session; None where one drinks to thirst."""
    if body.missing or one is None:
        return None
    speed = _speed(db, one)
    return hydration.session_advice(one.minutes, body.kg, speed, one.celsius, factor=body.factor)


def is_for_everybody(one: Ahead, zone: ZoneInfo) -> bool:
    """Say whether nobody should leave a drink at home: heat, or 90 minutes and more."""
    return is_hot(one, zone) or one.minutes >= LONG_MINUTES


def is_worth_a_reminder(db: Session, body: Body, one: Ahead, zone: ZoneInfo) -> bool:
    """Say whether thirst may not be enough: heat, 90 minutes, or a loss over 2 % without a sip.

    Who is light, slow and cool drinks too much rather than too little. Source: domain 1.3, 2 %.
    """
    if is_for_everybody(one, zone):
        return True
    planned = plan(db, body, one)
    return planned is not None and planned.two_percent > 0


def ceiling(plan: FluidPlan | None) -> int:
    """Return the highest mL/h for someone: the plan's, else what nobody exceeds."""
    return plan.cap if plan else int(HIGHEST_ML_PER_H)


def drunk(turn: Turn) -> tuple[int, int]:
    """Return the millilitres noted today and within the last two hours."""
    midnight = datetime.combine(turn.today, time(), turn.zone)
    lately = max(midnight, turn.at - LOOKS_BACK)
    today = health.drunk_ml(turn.db, turn.person, midnight)
    return today, health.drunk_ml(turn.db, turn.person, lately)


def _speed(db: Session, one: Ahead) -> float:
    """Return km/h of the lesson, else the class's easy pace."""
    if one.lesson and one.lesson.km:
        speed = one.lesson.km / one.lesson.minutes * 60
        if LIKELY_KMH[0] <= speed <= LIKELY_KMH[1]:
            return speed
    goal = school.class_by_id(db, one.session.class_id).goal_seconds
    return 3600 / training_paces(goal).easy[1] if goal else WALKING_PACE_KMH
