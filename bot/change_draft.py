"""A change of a session before it is made: what a coach chose so far, kept with the question."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.turn import Turn
from models import dialog
from models.session import TrainingSession

FARTHEST = timedelta(days=60)
HOURS = range(5, 23)  # nobody trains outside these; a time there is a typing error


@dataclass(frozen=True)
class Draft:
    """A session as the coach saw it (its revision), and what is to become of it."""

    session: int
    revision: int
    day: str = ""
    at: str = ""
    place: str = ""
    cancelled: bool = False
    reason: str = ""

    @property
    def memo(self) -> dict[str, Any]:
        """The draft as a question's memo."""
        return asdict(self)

    @property
    def starts_at(self) -> datetime | None:
        """The new start, if one was chosen."""
        return datetime.fromisoformat(self.at) if self.at else None

    def at_time(self, moment: datetime) -> Draft:
        """Return the draft with a new start."""
        return replace(self, at=moment.astimezone(UTC).isoformat())

    def values(self, found: TrainingSession) -> dict[str, Any]:
        """Return what changes about the session."""
        wished: dict[str, Any] = {"cancelled": self.cancelled}
        wished |= {"cancelled_reason": self.reason if self.cancelled else ""}
        if self.at:
            wished["starts_at"] = self.starts_at
        if self.place:
            wished |= {"place_ja": self.place, "place_en": self.place, "map_url": ""}
        return {name: value for name, value in wished.items() if getattr(found, name) != value}


def begin(turn: Turn, found: TrainingSession) -> Draft:
    """Return a draft that changes nothing yet."""
    day = turn.local(found.starts_at).date().isoformat()
    kept = {"cancelled": found.cancelled, "reason": found.cancelled_reason}
    return Draft(found.key, found.revision, day, **kept)  # type: ignore[arg-type]


def open_draft(turn: Turn, found: TrainingSession) -> Draft:
    """Return the draft of the open question when it is about this session, else a new one."""
    asked = dialog.open_question(turn.db, turn.chat.id, turn.line_id or "", turn.now)
    memo = (asked.memo or {}) if asked and asked.question.startswith("changes.") else {}
    return Draft(**memo) if memo.get("session") == found.key else begin(turn, found)


def picked(turn: Turn) -> datetime | None:
    """Return the local time a picker chose; None for what is none."""
    postback = turn.event.get("postback")
    params = postback.get("params") if isinstance(postback, dict) else None
    chosen = params.get("datetime") if isinstance(params, dict) else None
    try:
        read = datetime.fromisoformat(chosen) if isinstance(chosen, str) else None
    except ValueError:
        return None
    return read.replace(tzinfo=turn.zone) if read and read.tzinfo is None else None


def fault(turn: Turn, moment: datetime) -> str:
    """Return the text that says why a session cannot be at a local moment, or nothing."""
    ahead = moment.replace(tzinfo=None) - turn.local_now.replace(tzinfo=None)
    if ahead <= timedelta():
        return "past"
    late = moment.hour == HOURS[-1] and moment.minute > 0
    return "odd" if ahead > FARTHEST or moment.hour not in HOURS or late else ""
