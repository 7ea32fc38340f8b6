"""Linking each person to the menu of their role and language: told to LINE until it has done it.

Nothing is queued: what ought to be is compared with what LINE was last told, so no handler has to
remember anything, and any number of workers may do it.
"""

from __future__ import annotations

import json
import threading

import structlog

from bot.faults import seen_in
from bot.inbox import Clock
from bot.line import Line, Outcome
from models import rich_menu
from models.database import Database
from models.rich_menu import Wish

AT_ONCE = 20  # people in one step
EVERY = 2.0  # seconds between looks
SETTLED = (200, 400, 403)  # refused for this person: asking again will not help
log = structlog.get_logger()


class MenuLinks:
    """Asks LINE to show people their menus."""

    def __init__(self, database: Database, line: Line, clock: Clock) -> None:
        self._database, self._line, self._clock = database, line, clock

    def run(self, stopped: threading.Event) -> None:
        """Keep the menus right until told to stop."""
        while not stopped.is_set():
            try:
                if self.step():
                    continue
            except Exception as error:
                log.error("menus.failed", **seen_in(error))
            stopped.wait(EVERY)

    def step(self) -> int:
        """Link some people; return for how many it is settled, done or refused for good."""
        with self._database.read() as db:
            wishes = rich_menu.wishes(db, self._clock(), AT_ONCE)
        settled = 0
        for wish in wishes:
            outcome = self._ask(wish)
            settled += outcome.status in SETTLED
            if outcome.status not in SETTLED and not self._is_theirs_alone(outcome, wish):
                break
        return settled

    def doubt_all(self) -> None:
        """Tell LINE everyone's menu again, whatever it was told before."""
        with self._database.write() as db:
            rich_menu.doubt_all(db, self._clock())

    def _ask(self, wish: Wish) -> Outcome:
        with self._database.write() as db:
            rich_menu.asking(db, wish, self._clock())
        outcome = self._line.link_menu(wish.line_id, wish.menu)
        if outcome.status in SETTLED:
            with self._database.write() as db:
                rich_menu.done(db, wish, self._clock())
        return outcome

    def _is_theirs_alone(self, outcome: Outcome, wish: Wish) -> bool:
        """Say whether only this person has to wait; a menu that LINE has no more is forgotten."""
        log.warning("menus.put_off", status=outcome.status)
        if outcome.status != 404:
            return False
        there = self._there()
        if there is None or wish.menu in there or not wish.menu:
            return there is not None
        with self._database.write() as db:  # python app.py richmenu makes them anew
            rich_menu.keep_installed(db, there)
        return False

    def _there(self) -> set[str] | None:
        """Return the menus that LINE has: one 404 may be a person's, or a proxy's."""
        listed = self._line.get("/v2/bot/richmenu/list")
        try:
            found = json.loads(listed.body)["richmenus"] if listed.status == 200 else None
            return found if found is None else {str(menu["richMenuId"]) for menu in found}
        except (ValueError, KeyError, TypeError):
            return None
