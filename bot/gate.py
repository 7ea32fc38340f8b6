"""The gate before LINE: shut for everybody while LINE refuses our token, tried by one at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot.line import Line
from models import alert, breaker
from models.breaker import Breaker
from models.database import Database

log = structlog.get_logger()


class Gate:
    """What all processes know of the token stands in one row; a pause lets one row through."""

    def __init__(self, database: Database, pause: float) -> None:
        self._database, self._pause = database, timedelta(seconds=pause)

    def lets_through(self, refused: Breaker | None, real_now: datetime) -> bool:
        """Say whether to send now; of all who ask after a pause, one may try a single row."""
        if refused is None or real_now < refused.until:
            return refused is None
        with self._database.write() as db:
            return breaker.probe(db, real_now, real_now + self._pause)

    def shut(self, db: Session, now: datetime, real_now: datetime) -> None:
        """Let nobody send for a while; what waits goes on waiting."""
        breaker.trip(db, now, real_now + self._pause)
        log.error(
            "delivery.token_refused",
            pause=self._pause.total_seconds(),
            do="check LINE_CHANNEL_ACCESS_TOKEN: python app.py doctor",
        )

    def ask(self, line: Line, refused: Breaker, now: datetime) -> None:
        """Ask LINE who we are where no row is left to try: a mended token is noticed as well."""
        if line.bot_info() is not None:
            with self._database.write() as db:
                self.open(db, refused, now)

    def open(self, db: Session, refused: Breaker, now: datetime) -> None:
        """Let everybody send again, and have it told how long nothing was sent."""
        breaker.mend(db)
        alert.token_was_refused(db, refused.since, now)
