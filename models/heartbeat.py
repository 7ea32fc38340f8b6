"""Heartbeats of the loops, the demo's clock, and what LINE says about the channel."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, select

from models.columns import Instant, instant


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
    return {row.name: row.at for row in db.exec(select(Heartbeat))}


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
