"""Every question the product can ask meets hostile text: nothing is kept, dies or is stuck."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

import app
from bot.turn import Chat, Place, Turn
from models import dialog, policy, tables
from models.inbox import EventState
from models.policy import Role
from models.rules.reading import readable
from tests.letters import Letters
from tests.test_odd_texts import NASTY
from tests.world import SETTINGS, START

NO_NUMBERS = [
    "1_000",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "1e3",
    "٣",
    "۳",
    "४",
    "0x10",
    "Ⅻ",
    "½",
]
SENSE = {
    "６２．５",
    "62,5",
    "-0",
    "−3",
    "全員に送信",
}  # of these something may be made, and is asked about
HOSTILE = [text for text in dict.fromkeys([*NO_NUMBERS, *NASTY]) if text not in SENSE]
THROUGH = ["a\0b", "\ud800", "🏃🏽‍♀️" * 500]  # what databases choke on
MEMO = {
    **dict.fromkeys(("draft", "spell", "session", "number", "class", "person", "race", "test"), 1),
    **{"km": 10, "usual": 15, "mark": 4, "words": "x", "level": 3, "day": "2026-11-20"},
    **{"question": "x", "answer": "x", "note": "x", "message_id": None, "choice": "yes"},
}
TAKES_ANY = {"meals.what"}  # a food is looked for under any name
LETS_GO = {"rsvp.reason"}  # optional: whatever is no reason leaves it
HANDLED = {EventState.DONE, EventState.IGNORED}


@pytest.fixture(scope="module")
def router():
    return app.router()


@pytest.fixture
def letters(world):
    return Letters(world)


def questions(router):
    """Return every question of every feature with what it expects: none is listed by hand."""
    found = [pair for one in router.features.values() for pair in one.answers.items()]
    assert len(found) >= 50
    return [(question, expected) for question, (_, expected) in found]


def turn(router, question, text):
    texts, chat = router.texts[question.split(".")[0]], Chat(Place.DIRECT, "U0")
    about = {"memo": MEMO, "text": readable(text)}
    return Turn(None, START, SETTINGS.zone, "ja", chat, texts, router.texts, "U0", **about)


def test_no_hostile_text_is_read_as_an_answer(router):
    read = {
        (question, text)
        for question, expected in questions(router)
        if not expected.open_ended and question not in TAKES_ANY
        for text in HOSTILE
        if expected.read(turn(router, question, text)) is not None
    }
    assert read == set()


def test_a_comma_is_a_decimal_one_and_full_width_is_read_as_it_looks(router):
    for text in ("６２．５", "62,5"):
        values = [e.read(turn(router, q, text)) for q, e in questions(router) if not e.open_ended]
        numbers = [v for v in values if isinstance(v, int | float | Decimal)]
        assert numbers
        assert all(62 <= v <= 62.5 for v in numbers)


@pytest.mark.timeout(400)  # fifty questions
def test_every_state_takes_hostile_text_and_goes_on(world, letters, router, clock, aiko, coach):
    before = everything(world)
    for question, expected in questions(router):
        clock.at += timedelta(minutes=2)  # nobody types that fast
        one = aiko if Role.MEMBER in policy.allowed(answerer(router, question)) else coach
        ask(world, one, question)
        assert letters.post(*(letters.text(one.id, text) for text in THROUGH)) == 200
        world.settle()
        if not (expected.open_ended or question in TAKES_ANY | LETS_GO):
            assert still_open(world, one) == question
    assert set(letters.states()) <= HANDLED, [row.fault for row in letters.rows() if row.fault]
    clock.at += timedelta(minutes=2)
    for one in (aiko, coach):
        one.says("やめる")
        assert still_open(world, one) is None
        assert one.says("メニュー")
    assert grown(before, everything(world)) == set()


def answerer(router, question):
    """Return the command that takes the answer."""
    return router.by_answer(question)[0].command


def ask(world, one, question):
    with world.database.write() as db:
        dialog.ask(db, one.id, one.id, question, MEMO, world.clock.now())


def still_open(world, one):
    with world.database.read() as db:
        asked = dialog.open_question(db, one.id, one.id, world.clock.now())
        return asked.question if asked else None


def everything(world):
    """Return how many rows each table holds."""
    with world.database.read() as db:
        held = tables.metadata.sorted_tables
        return {t.name: db.scalar(select(func.count()).select_from(t)) for t in held}


def grown(before, now):
    """Return the tables that hold more than before, apart from the corridor's own."""
    own = {"inbox", "outbox", "dialog", "message_state", "allowance", "audit", "confirm"}
    return {name for name in now if now[name] > before[name]} - own
