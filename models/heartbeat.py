"""Heartbeats of the loops, the demo's clock, and what LINE says about the channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import Instant, instant

CLOCK = "clock:"  # begins the name of a row about a host's clock
DATABASE, LINE = "the database", "LINE"  # whose clock a host's is compared with
FRESH = timedelta(minutes=2)
GONE = timedelta(days=1)


@dataclass(frozen=True)
class ClockSkew:
    """By how many seconds a host's clock is ahead of another clock: LINE's or the database's."""

    host: str
    other: str
    seconds: float


class Heartbeat(SQLModel, table=True):
    """When a loop last went round (real time)."""

    __tablename__ = "heartbeat"

    name: str = Field(primary_key=True)
    at: datetime = instant()
    detail: str = ""


class DemoClock(SQLModel, table=True):
    """How far the demo's clock is ahead of the real one; one row, read only in the demo."""

    __tablename__ = "demo_clock"

    id: int = Field(default=1, primary_key=True)
    seconds: float = 0.0


class Channel(SQLModel, table=True):
    """The bot as LINE knows it; one row, refreshed by the workers."""

    __tablename__ = "channel"

    id: int = Field(default=1, primary_key=True)
    user_id: str
    basic_id: str
    name: str


def beat(db: Session, name: str, at: datetime, detail: str = "") -> None:
    """Note that a loop is alive."""
    db.merge(Heartbeat(name=name, at=at, detail=detail))


def all_beats(db: Session) -> dict[str, datetime]:
    """Return when each loop was last alive."""
    loops = select(Heartbeat).where(~col(Heartbeat.name).startswith(CLOCK))
    return {row.name: row.at for row in db.exec(loops)}


def note_clocks(db: Session, host: str, at: datetime, skews: dict[str, float]) -> None:
    """Keep by how many seconds a host's clock differs from others; forget hosts long gone."""
    for other, seconds in skews.items():
        db.merge(Heartbeat(name=f"{CLOCK}{other}:{host}", at=at, detail=f"{seconds:.1f}"))
    gone = col(Heartbeat.name).startswith(CLOCK) & (col(Heartbeat.at) < at - GONE)
    db.execute(delete(Heartbeat).where(gone))


def clocks(db: Session, now: datetime) -> list[ClockSkew]:
    """Return what the hosts whose workers are alive found out about their clocks."""
    fresh = col(Heartbeat.name).startswith(CLOCK) & (col(Heartbeat.at) >= now - FRESH)
    found = db.exec(select(Heartbeat).where(fresh).order_by(col(Heartbeat.name)))
    apart = [(row.name.removeprefix(CLOCK).partition(":"), row.detail) for row in found]
    return [ClockSkew(host, other, float(seconds)) for (other, _, host), seconds in apart]


def database_clock(db: Session) -> datetime:
    """Return the time by the database's own clock."""
    told = db.scalar(select(func.current_timestamp(type_=Instant())))
    assert told is not None
    return told


def demo_offset(db: Session) -> timedelta:
    """Return how far the demo's clock is ahead."""
    row = db.get(DemoClock, 1)
    return timedelta(seconds=row.seconds if row else 0.0)


def set_demo_offset(db: Session, offset: timedelta) -> None:
    """Move the demo's clock."""
    db.merge(DemoClock(id=1, seconds=offset.total_seconds()))


def channel(db: Session) -> Channel | None:
    """Return what is known of the channel."""
    return db.get(Channel, 1)


def set_channel(db: Session, info: dict[str, str]) -> None:
    """Keep what LINE says about the bot."""
    names = {"user_id": info["userId"], "basic_id": info.get("basicId", "")}
    db.merge(Channel(id=1, name=info.get("displayName", ""), **names))
