"""The pulse: tells a monitor elsewhere, once a minute, that all is well; its silence is the alarm.

Nothing is said with it. A monitor inside cannot tell that the whole host is gone; this one can.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog
from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError

from bot.faults import seen_in

EVERY = 60.0  # seconds
PATIENCE = Timeout(connect=3.05, read=5.0)
log = structlog.get_logger()


class Pulse:
    """Calls the monitor's address while nothing is wrong."""

    def __init__(self, url: str, faults: Callable[[], list[str]]) -> None:
        self._url, self._faults = url, faults
        self._pool = PoolManager(headers={"User-Agent": "tasuki"}, retries=False)

    def run(self, stop: threading.Event) -> None:
        """Beat every minute until told to stop."""
        while not stop.wait(EVERY):
            self.beat()

    def beat(self) -> bool:
        """Say that all is well, if it is; the address is a secret and stands in no log."""
        try:
            found = self._faults()
        except Exception as error:
            log.error("pulse.not_looked", **seen_in(error))
            return False
        if found:
            log.warning("pulse.withheld", faults=found)
            return False
        return self._call()

    def _call(self) -> bool:
        how = {"timeout": PATIENCE, "redirect": False, "preload_content": False}
        try:
            answer = self._pool.request("GET", self._url, **how)  # type: ignore[arg-type]
        except (HTTPError, OSError) as error:
            log.warning("pulse.no_answer", fault=type(error).__name__)
            return False
        answer.close()  # whatever it says is of no interest, and may be endless
        if not 200 <= answer.status < 300:
            log.warning("pulse.refused", status=answer.status)
            return False
        return True
