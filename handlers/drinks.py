"""Noting what was drunk, with today's total, and a word to pause near the ceiling."""

from __future__ import annotations

from bot import hydration, hydration_words
from bot.answers import millilitres
from bot.feature import Feature
from bot.hydration import Missing
from bot.messages import Say, Text
from bot.turn import Answer, Ask, Turn
from models import health

on = Feature("drinks")
LEAST_ML, MOST_ML = 1, 2000


class Millilitres:
    """An amount in mL, litres or cups."""

    open_ended = False

    def read(self, turn: Turn) -> int | None:
        """Read the amount within what one can have drunk."""
        ml = millilitres(turn.library, turn.text)
        return ml if ml is not None and LEAST_ML <= ml <= MOST_ML else None

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """Return the usual sizes."""
        return tuple(Say(f"{ml} mL") for ml in (100, 200, 300, 500))


AMOUNT = Millilitres()


@on.word
def how_much(turn: Turn) -> Answer:
    """Ask how much was drunk."""
    if not _may_note(turn):
        return _unnoted(turn)
    return Ask("drinks.amount", [Text(turn.say("ask"), AMOUNT.offers(turn))])


@on.phrase
def drank(turn: Turn, ml: int = hydration.GLASS_ML) -> Answer:
    """Note an amount told in a phrase."""
    if not _may_note(turn):
        return _unnoted(turn)
    if LEAST_ML <= ml <= MOST_ML:
        return _note(turn, ml)
    return Ask("drinks.amount", [Text(turn.say("amount_again"), AMOUNT.offers(turn))])


@on.answer("amount", AMOUNT)
def amount(turn: Turn, ml: int) -> Answer:
    """Note the amount that was asked for."""
    return _note(turn, ml) if _may_note(turn) else _unnoted(turn)


def _note(turn: Turn, ml: int) -> Text:
    row = health.Drink(person_id=turn.person.key, at=turn.at, message_id=turn.message_id)
    row.ml = ml
    health.keep(turn.db, turn.person, row)
    body = hydration.body_of(turn.db, turn.person)
    ahead = hydration.ahead(turn.db, turn.person, turn.now, turn.zone)
    plan = hydration.plan(turn.db, body, ahead)
    today, lately = hydration.drunk(turn)
    lines = [turn.say("noted", ml=ml)]
    if body.missing is not Missing.DOCTOR:
        lines = [turn.say("noted_total", ml=ml, today=today)]
        lines += hydration_words.limits(turn, plan)
    if lately > hydration.ceiling(plan):
        lines.insert(1, turn.say("pause"))
    if body.missing is Missing.DOCTOR:
        lines.append(turn.say("ask_doctor"))
    return Text("\n".join(lines))


def _may_note(turn: Turn) -> bool:
    return health.has_consent(turn.db, turn.person, health.HEALTH)


def _unnoted(turn: Turn) -> Text:
    return Text(turn.say("unnoted"), hydration_words.mend(turn, Missing.CONSENT))
