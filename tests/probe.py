"""A feature for tests of the corridor alone: it notes, asks, greets, fails and speaks by clock."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import app
from bot.feature import Feature
from bot.media import Location
from bot.messages import Text
from bot.parts import build_router
from bot.photos import Photo
from bot.questions import Matter, Number
from bot.router import Router
from bot.turn import Answer, Ask, Occurrence, Turn
from models import allowance, health, person
from models.policy import ALL, GROUPS, POLICY

on = Feature("probe")
TEXTS = """
[words]
fail = { ja = ["壊れて"], en = ["break"] }
ask = { ja = ["たずねて"], en = ["ask me"] }
look = { ja = ["みて"], en = ["look here"] }
[phrases]
note = { ja = ["メモ{ml}"], en = ["note {ml}"] }
[say]
noted = { ja = "{ml} ml、書きました。", en = "{ml} ml noted." }
how_many = { ja = "いくつ?", en = "How many?" }
how_many_again = { ja = "数でどうぞ。", en = "A number, please." }
seen = { ja = "{what}を見ました。", en = "I saw {what}." }
got = { ja = "{n}ですね。", en = "{n} it is." }
welcome = { ja = "ようこそ。", en = "Welcome." }
due = { ja = "{n}の時間です。", en = "Time for {n}." }
"""
SEEN: list[object] = []
FAILS = {"times": 10**9}


@on.word
def fail(turn: Turn) -> Answer:
    """Fail as often as the test wants."""
    if FAILS["times"] > 0:
        FAILS["times"] -= 1
        raise ValueError("as ordered")
    return Text(turn.say("welcome"))


@on.phrase
def note(turn: Turn, ml: int) -> Answer:
    """Keep something derived from what was typed."""
    one = health.Drink(person_id=turn.person.key, at=turn.at, ml=ml, message_id=turn.message_id)
    turn.db.add(one)
    return Text(turn.say("noted", ml=ml))


@on.word
def ask(turn: Turn) -> Answer:
    """Ask for a number."""
    return Ask("probe.how_many", [Text(turn.say("how_many"))])


@on.answer("how_many", Number(1, 10))
def how_many(turn: Turn, number: object) -> Answer:
    """Take the number."""
    return Text(turn.say("got", n=number))


@on.word
def look(turn: Turn) -> Answer:
    """Ask for anything."""
    return Ask("probe.matter", [Text(turn.say("how_many"))])


@on.answer("matter", Matter())
def matter(turn: Turn, found: str | Photo | Location) -> Answer:
    """Take a text, a photo or a place."""
    SEEN.append(found)
    return Text(turn.say("seen", what=type(found).__name__))


@on.event("memberJoined")
def met(turn: Turn) -> Answer:
    """Greet whoever joined."""
    return Text(turn.say("welcome"))


@on.clock("probe.due")
def due(turn: Turn, occurrence: Occurrence) -> Answer:
    """Speak when the clock says; fail for whoever is called Odd."""
    if turn.member and turn.member.name == "Odd":
        raise ValueError("as ordered")
    return Text(turn.say("due", n=occurrence.subject))


def router(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Router:
    """Return the product's router with the probe in it, for the length of a test."""
    for command in on.commands():
        monkeypatch.setitem(POLICY, command, (ALL, GROUPS))
    monkeypatch.setitem(FAILS, "times", 10**9)
    return _router(folder)


def router_in(folder: Path) -> Router:
    """Return the same for the life of a process."""
    POLICY.update((command, (ALL, GROUPS)) for command in on.commands())
    allowance.BURST = 10**6  # a siege speaks faster than any person
    return _router(folder)


def _router(folder: Path) -> Router:
    texts = folder / "texts"
    if not (texts / "probe.toml").exists():
        shutil.copytree(app.HERE / "handlers" / "texts", texts, dirs_exist_ok=True)
        (texts / "probe.toml").write_text(TEXTS, encoding="utf-8")
    return build_router([*app.features(), on], texts)


def crowd(db: object, many: int, now: object) -> list[int]:
    """Enter many people and return their ids."""
    made = [
        person.Person(line_id=f"U{n:032x}", name="Any", created_at=now, reachable_at=now)
        for n in range(many)
    ]
    db.add_all(made)
    db.flush()
    return [one.key for one in made]
