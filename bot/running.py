"""Running a worker: client, engine, delivery and metronome, stopped together."""

from __future__ import annotations

import signal
import threading
from contextlib import suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import health
from bot.delivery import Delivery
from bot.faults import seen_in
from bot.line import Line
from bot.pace import Pace
from bot.parts import Parts, Ticker, build_engine
from bot.pulse import Pulse
from bot.quota import QuotaWatch
from bot.richmenu_links import MenuLinks
from bot.worker import Worker
from models import heartbeat, sqlite_file
from models.database import BusyError

ASK_AGAIN = 60.0  # seconds between tries to learn the bot's own address
LOOK_AGAIN = 15.0  # seconds between looks whether LINE is to be asked for the quota again
log = structlog.get_logger()


class RunningWorker:
    """A worker that works until it is stopped."""

    def __init__(self, parts: Parts, ticker: Ticker, line: Line, pace: Pace | None = None) -> None:
        delivery = Delivery(parts.database, line, parts.clock, pace)
        engine = build_engine(parts, line)
        self._parts, self._line = parts, line
        self._in_use = sqlite_file.in_use(parts.database)
        self.worker = Worker(parts.database, engine, delivery, parts.bell)
        self.delivery = delivery
        self.worker.start()
        self._stopped = threading.Event()
        threading.Thread(target=self._meet_channel, daemon=True).start()
        reserve = parts.settings.quota_reserve
        self._watch = QuotaWatch(parts.database, line, parts.clock, ticker.ahead, reserve)
        threading.Thread(target=self._watch_quota, daemon=True).start()
        links = MenuLinks(parts.database, line, parts.clock)
        threading.Thread(target=links.run, args=(self._stopped,), daemon=True).start()
        if url := parts.settings.heartbeat_url:
            pulse = Pulse(url, self._faults)
            threading.Thread(target=pulse.run, args=(self._stopped,), daemon=True).start()
        self._stop_ticking = ticker.start(self.worker.bell.ring)

    def stop(self) -> None:
        """Begin nothing new, stop planning, and finish what is held."""
        self._stopped.set()
        self.worker.take_no_more()  # first: a tick may wait for the database meanwhile
        self._stop_ticking()
        self.worker.stop()
        if self._in_use is not None:
            self._in_use.close()

    def _faults(self) -> list[str]:
        parts = self._parts
        return health.look(parts.database, parts.clock(), parts.real_clock())

    def _meet_channel(self) -> None:
        """Learn the bot's own id and address; until then links say less, nothing fails."""
        while not self._stopped.is_set():
            if info := self._line.bot_info():
                with suppress(BusyError, SQLAlchemyError), self._parts.database.write() as db:
                    heartbeat.set_channel(db, info)
                    return
            self._stopped.wait(ASK_AGAIN)

    def _watch_quota(self) -> None:
        """Keep the month's numbers fresh; also soon after the demo's clock was moved."""
        while not self._stopped.is_set():
            try:
                self._watch.look_if_due()
            except Exception as error:
                log.error("quota.failed", **seen_in(error))
            self._stopped.wait(LOOK_AGAIN)


def run_until_told(worker: RunningWorker) -> None:
    """Block until SIGTERM or Ctrl-C, then stop gracefully."""
    told = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: told.set())
    log.info("worker.started")
    told.wait()
    worker.stop()
    log.info("worker.stopped")
