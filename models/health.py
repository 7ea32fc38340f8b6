"""Health data, kept only with consent, all of it encrypted: screening, weight, drinks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, select

from models import deletion, outbox
from models.columns import FromMessage, instant, sealed
from models.deletion import What
from models.person import Person

TERMS, HEALTH = "terms", "health"
CONSENT_VERSION = 1
SCREENING = ("organs", "pregnancy", "medicines", "eating", "minor")


class NoConsentError(Exception):
    """Health data was to be kept without the person's consent."""


class Consent(SQLModel, table=True):
    """What a person agreed to, and when it was taken back."""

    __tablename__ = "consent"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    kind: str = Field(primary_key=True)
    version: int
    given_at: datetime = instant()
    withdrawn_at: datetime | None = instant(default=None, nullable=True)


class ScreeningAnswer(FromMessage, table=True):
    """The answer to one question of the screening, yes or no."""

    __tablename__ = "screening_answer"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    question: str = Field(primary_key=True)
    answer: Any = sealed("screening_answer.answer")


class BodyWeight(FromMessage, table=True):
    """The weight a member told us, in kg."""

    __tablename__ = "body_weight"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    at: datetime = instant()
    kg: Any = sealed("body_weight.kg")


class Drink(FromMessage, table=True):
    """A member drank something; `session_id` where a session's reminder was tapped."""

    __tablename__ = "drink"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = instant()
    session_id: int | None = Field(default=None, foreign_key="training_session.id")
    ml: Any = sealed("drink.ml")


def has_consent(db: Session, person: Person, kind: str) -> bool:
    """Say whether a person's consent of the current version stands."""
    row = db.get(Consent, (person.key, kind))
    return row is not None and row.withdrawn_at is None and row.version == CONSENT_VERSION


def consent(db: Session, person: Person, kind: str, now: datetime) -> None:
    """Note a consent."""
    db.merge(Consent(person_id=person.key, kind=kind, version=CONSENT_VERSION, given_at=now))
    db.flush()


def decline(db: Session, person: Person, kind: str, now: datetime) -> None:
    """Note that a consent was asked for and not given."""
    row = Consent(person_id=person.key, kind=kind, version=CONSENT_VERSION, given_at=now)
    row.withdrawn_at = now
    db.merge(row)
    db.flush()


def was_asked(db: Session, person: Person, kind: str) -> bool:
    """Say whether a person answered the question for a consent of the current version."""
    row = db.get(Consent, (person.key, kind))
    return row is not None and row.version == CONSENT_VERSION


def withdraw(db: Session, person: Person, kind: str, now: datetime) -> None:
    """Note that a consent was taken back; health data goes at once."""
    row = db.get(Consent, (person.key, kind))
    if row is not None:
        row.withdrawn_at = now
        db.add(row)
    if kind == HEALTH:
        erase(db, person, now)
        deletion.note(db, What.HEALTH, person.line_id, now)


def erase(db: Session, person: Person, now: datetime) -> None:
    """Delete every health row of a person, and what coaches have still to hear of one."""
    from models import carb
    from models.attendance import Feeling
    from models.pain import PainReport
    from models.race_taps import RaceHealth
    from models.sweat import Weighing, WeighingValue

    _take_back_words(db, person, now)
    carb.erase(db, person)
    told = (ScreeningAnswer, BodyWeight, PainReport, Drink, Feeling, RaceHealth)
    for table in (*told, WeighingValue, Weighing):
        db.execute(delete(table).where(col(table.person_id) == person.key))
    db.flush()


def _take_back_words(db: Session, person: Person, now: datetime) -> None:
    from models.pain import PainReport

    reports = db.exec(select(PainReport.id).where(PainReport.person_id == person.key))
    about = [f"pain:{number}" for number in reports] + [sign_subject(person)]
    outbox.cancel(db, col(outbox.OutboxRow.subject).in_(about), now=now)


def sign_subject(person: Person) -> str:
    """Return the name under which coaches are told of a sign that a runner noticed."""
    return f"race.sign:{person.key}"


def screening(db: Session, person: Person) -> dict[str, bool]:
    """Return the answers given so far, by question."""
    mine = select(ScreeningAnswer).where(ScreeningAnswer.person_id == person.key)
    return {row.question: row.answer for row in db.exec(mine)}


def keep(db: Session, person: Person, row: SQLModel) -> None:
    """Keep a health row; NoConsentError without the person's consent."""
    if not has_consent(db, person, HEALTH):
        raise NoConsentError(type(row).__name__)
    db.merge(row)
    db.flush()


def may_have_numbers(db: Session, person: Person) -> bool:
    """Say whether personal numbers may be given: screening complete and every answer no."""
    answers = screening(db, person)
    return all(answers.get(name) is False for name in SCREENING)


def weight_kg(db: Session, person: Person) -> float | None:
    """Return a person's weight, if it was told."""
    row = db.get(BodyWeight, person.key)
    return row.kg if row else None


def drunk_ml(db: Session, person: Person, since: datetime) -> int:
    """Return the millilitres a person noted since then."""
    mine = select(Drink).where(Drink.person_id == person.key, Drink.at >= since)
    return sum(row.ml for row in db.exec(mine))


def drank_before(db: Session, person: Person, session_id: int) -> bool:
    """Say whether the reminder of a session was tapped by this person already."""
    mine = select(Drink.id).where(Drink.person_id == person.key, Drink.session_id == session_id)
    return db.exec(mine).first() is not None
