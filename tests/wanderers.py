"""Random members in random dialogs: any word, phrase, odd text, tap, picture, at any time."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from typing import Any

from bot.parts import build_engine
from bot.profiles import Profiles
from tests.actor import Actor, actions, words
from tests.letters import Letters
from tests.mortality import Killed
from tests.world import World

ODD_WORDS = """
６２．５ -3 nan 1e999 ٣ 1_000 三百 はい、いいえ サブ4 3:50 1時間46分 {{7*7}} ${jndi} %s%n 全員に送信
やめる cancel たぶん 送る はい yes 7 0 10 450 1200 6:30 明日 相川 よく眠れた 膝 10km ハーフ 58 180
"""
ODD = (
    *re.split(r"\s+", ODD_WORDS.strip()),
    "300ml 500ml",
    "62,5 kg",
    "🍎" * 40,
    "あ" * 4999,
    "'; DROP TABLE person; --",
    "\ud800",
    "a\x00b",
)
SAMPLES = {
    "number": "6",
    "ml": "300",
    "minutes": "45分",
    "place": "膝",
    "class_code": "VY4HK9TD",
    "typed_code": "VY4HK9TD",
    "code": "4321",
    "day": "明日",
    "text": "がんばります",
    "distance": "10km",
    "run_time": "49:30",
}
TOLD = (
    "水 300",
    "水５００ml",
    "体重 54.5",
    "体重 66",
    "目標 3:50",
    "目標 完走",
    "10km 49:30",
    "5k 24:30",
)
NEVER = {"privacy", "screening"}  # what erases or withdraws would take the confirmed values along
FINAL = ("消す", "削除", "取り消", "撤回", "Delete", "delete", "Undo", "Withdraw")


class Wanderers:
    """The cast, doing anything at all."""

    def __init__(self, world: World, cast: list[Actor], seed: int) -> None:
        self.world, self.cast = world, cast
        self.chance = random.Random(seed)
        self.letters = Letters(world)
        self.done: list[str] = []
        self.sent: set[str] = set()
        self._last: dict[str, Any] | None = None
        self._words, self._phrases = _vocabulary(world)

    def step(self) -> int:
        """Let somebody do something; return what the webhook answered (200 where none was)."""
        one = self.chance.choice(self.cast)
        deed = self.chance.choices(
            (self._told, self._word, self._phrase, self._odd, self._tap, self._other, self._again,
             self._two, self._time),
            (24, 12, 8, 16, 22, 4, 6, 4, 3),
        )[0]  # fmt: skip
        events = deed(one)
        if not events:
            return 200
        self._last = events[0]
        self.sent |= {event["webhookEventId"] for event in events}
        status = self.letters.post(*events)
        self.settle()
        return status

    def settle(self) -> None:
        """Work until all is done; whoever dies is followed by somebody new."""
        while True:
            try:
                self.world.settle()
                return
            except Killed:
                self.world.restarts_after_lease()
                self.world.engine = build_engine(self.world.parts, Profiles(self.world.line))
                self.world.delivery = self.world.sender()

    def _say(self, one: Actor, text: str) -> list[dict[str, Any]]:
        self.done.append(f"{one.id[-4:]}: {text[:40]!r}")
        return [self.letters.text(one.id, text)]

    def _told(self, one: Actor) -> list[dict[str, Any]]:
        return self._say(one, self.chance.choice(TOLD))

    def _word(self, one: Actor) -> list[dict[str, Any]]:
        return self._say(one, self.chance.choice(self._words))

    def _phrase(self, one: Actor) -> list[dict[str, Any]]:
        return self._say(one, self.chance.choice(self._phrases))

    def _odd(self, one: Actor) -> list[dict[str, Any]]:
        return self._say(one, self.chance.choice(ODD))

    def _tap(self, one: Actor) -> list[dict[str, Any]]:
        """Tap something seen lately, or long ago, or on somebody else's phone."""
        bubbles = self.chance.choices((one, self.chance.choice(self.cast)), (9, 1))[0].shown()
        found = [
            a for b in bubbles[-self.chance.choice((1, 3, 200)) :] for a in actions(b["message"])
        ]
        found = [a for a in found if not any(w in str(a.get("label")) for w in FINAL)]
        if not found:
            return []
        action = self.chance.choice(found)
        if action["type"] == "message":
            return self._say(one, action["text"])
        if "data" not in action:
            return []
        self.done.append(f"{one.id[-4:]}: taps {action.get('label')!r}")
        params = {"datetime": "2026-12-01T19:00"} if action["type"] == "datetimepicker" else None
        postback = {"data": action["data"]} | ({"params": params} if params else {})
        return [self.letters.event("postback", one.id, postback=postback)]

    def _other(self, one: Actor) -> list[dict[str, Any]]:
        kind = self.chance.choice(("image", "sticker", "location", "audio", "file"))
        self.done.append(f"{one.id[-4:]}: sends {kind}")
        message = {"type": kind, "id": f"{kind}{self.chance.random()}", "quoteToken": "q"}
        return [self.letters.event("message", one.id, message=message)]

    def _again(self, _one: Actor) -> list[dict[str, Any]]:
        """Let the last event come once more, as LINE may."""
        self.done.append("the last one again")
        return [self._last] if self._last else []

    def _two(self, one: Actor) -> list[dict[str, Any]]:
        """Send two at once, the later one first."""
        first, second = self._told(one), self._odd(one)
        second[0]["timestamp"] += 1000
        return second + first

    def _time(self, _one: Actor) -> list[dict[str, Any]]:
        """Let time pass, a week at most, with all that the clock makes due."""
        hours = self.chance.choice((1, 5, 30, 24 * 7))
        self.done.append(f"{hours} h pass")
        self.world.clock.at += timedelta(hours=hours)
        self.world.real_seconds += hours * 3600
        self.world.ticker.plan(self.world.clock.at)
        self.settle()
        return []


def _vocabulary(world: World) -> tuple[list[str], list[str]]:
    """Return every waking word and one text a phrase, of all features."""
    texts = [t for name, t in world.engine._router.texts.items() if name not in NEVER]
    spoken = [w for t in texts for name in t.words for w in t.waking_words(name)]
    sources = [p for t in texts for name in t.phrases for p in t.waking_phrases(name)]
    return spoken, [_sample(source) for source in sources]


def _sample(source: str) -> str:
    """Return a text that fits a phrase: options left out, the first of several taken."""
    while "[" in source:
        source = re.sub(r"\[[^\[\]]*\]", "", source)
    while "(" in source:
        source = re.sub(r"\(([^()|]*)[^()]*\)", r"\1", source)
    return re.sub(r"\{(\w+)\}", lambda m: SAMPLES.get(m[1], "それ"), source)


def said(actor: Actor) -> list[str]:
    """Return what the bot said to someone, in order."""
    return [words(b["message"]) for b in actor.shown()]
