"""Those who besiege: people who write, a calendar that rings, and a LINE that has bad moments."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from app import real_clock
from bot.simulator import Simulator
from models.person import Person
from tests.crash import faults
from tests.crash.tally import BURST, STRANGER, addressed

LANES = 3
MOST_NOTES, MOST_NOTICES = 8, 40  # open ones: then no more are made, so a slow machine keeps up
BETWEEN_BURSTS = 1.0
BETWEEN_MOMENTS = 4.0
MOMENT = 0.1


class Crowd:
    """Says things for as long as it is told to; `planned` knows each message and since when."""

    def __init__(self, sim: Simulator, people: list[Person], seed: int, folder: Path) -> None:
        self._sim, self._people, self._seed, self._folder = sim, people, seed, folder
        self._talkers = people[4:STRANGER] + people[STRANGER + 1 :]  # none so often as to be paused
        self.notes: dict[str, float] = {}
        self.notices: dict[str, float] = {}
        self.tokens: dict[str, str] = {}

    @property
    def planned(self) -> dict[str, float]:
        """Every message that must be accepted, and since when."""
        return self.notes | self.notices

    def besiege(self, goes_on: Callable[[], bool], open_of: Callable[[Any], int]) -> None:
        """Write, ring and spoil for as long as it goes on; `open_of` counts what waits."""
        lanes = [lambda n=n: self._talk(n, goes_on, open_of) for n in range(LANES)]
        lanes += [lambda: self._ring(goes_on, open_of), lambda: self._darken(goes_on)]
        threads = [threading.Thread(target=lane) for lane in lanes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _talk(self, lane: int, goes_on: Callable[[], bool], open_of: Callable[[Any], int]) -> None:
        chance = Random(f"{self._seed}:{lane}")
        number = 10_000 * (lane + 1)
        while goes_on():
            if open_of(self.notes) < MOST_NOTES:
                number += 1
                self._say(
                    chance, self._talkers[(number * LANES + lane) % len(self._talkers)], number
                )
            time.sleep(chance.random() * 0.2)

    def _say(self, chance: Random, one: Person, number: int) -> None:
        """Post one event as LINE does: again until it is taken, and sometimes once too often."""
        event = self._event(one, number)
        self._sim.remember(event)
        self.tokens[event["replyToken"]] = one.line_id
        self.notes[f"{one.line_id} {number}"] = time.time()
        for again in range(500):
            copy = event | {"deliveryContext": {"isRedelivery": again > 0}}
            body = json.dumps({"destination": "U", "events": [copy]}).encode()
            self._sim.reply_tokens.renew(event["replyToken"], self._sim.clock.now())
            if self._sim.webhooks.post_now(body).ok and chance.random() < 0.8:
                return
            time.sleep(0.02)

    def _event(self, one: Person, number: int) -> dict[str, Any]:
        return {
            **{"type": "message", "mode": "active", "replyToken": f"token-{number}"},
            **{"webhookEventId": f"event-{self._seed}-{number}"},
            "timestamp": int(real_clock().timestamp() * 1000),
            "source": {"type": "user", "userId": one.line_id},
            "message": {"type": "text", "id": f"message-{number}", "text": f"note {number}"},
        }

    def _ring(self, goes_on: Callable[[], bool], open_of: Callable[[Any], int]) -> None:
        """Let notices fall due, many at one instant."""
        burst = 0
        while goes_on():
            if open_of(self.notices) < MOST_NOTICES:
                for number in range(burst * BURST, (burst + 1) * BURST):
                    for one in addressed(self._people, number):
                        self.notices[f"{one.line_id} {number}"] = time.time()
                with (self._folder / "bursts").open("a") as file:
                    file.write((real_clock() - timedelta(seconds=0.1)).isoformat() + "\n")
                burst += 1
            time.sleep(BETWEEN_BURSTS)

    def _darken(self, goes_on: Callable[[], bool]) -> None:
        """Refuse our token for a moment, and let the month be spent for a moment, in turn."""
        right, dark = self._sim.access_token, 0
        while goes_on():
            time.sleep(BETWEEN_MOMENTS)
            dark += 1
            if dark % 2:
                faults.refuse_token(self._sim, "renewed at LINE", right, mended=False)
            else:
                faults.spend_month(self._sim, spent=True)
            time.sleep(MOMENT)
            faults.refuse_token(self._sim, "", right, mended=True)
            faults.spend_month(self._sim, spent=False)
