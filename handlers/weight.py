"""Weight: told in a phrase or when asked, kept with consent, confirmed where it surprises."""

from __future__ import annotations

from decimal import Decimal

from bot import hydration_words
from bot.feature import Feature
from bot.hydration import Missing
from bot.messages import Text
from bot.questions import Choice, Number
from bot.turn import Answer, Ask, Turn
from models import health
from models.rules.hydration import BODY_LIMITS_KG

on = Feature("weight")
KG = Number(*BODY_LIMITS_KG, unit="kg")
SURE = Choice("sure", "yes", "no")
SURPRISING = 0.10  # of the weight known


@on.word
def weight(turn: Turn) -> Answer:
    """Ask for the weight."""
    if not health.has_consent(turn.db, turn.person, health.HEALTH):
        return _needs_consent(turn)
    known = health.weight_kg(turn.db, turn.person)
    return _ask(turn, turn.say("ask_known", kg=known) if known else turn.say("ask"))


@on.phrase
def told(turn: Turn, number: Decimal) -> Answer:
    """Take a weight told in a phrase."""
    low, high = BODY_LIMITS_KG
    if not health.has_consent(turn.db, turn.person, health.HEALTH):
        return _needs_consent(turn)
    return _take(turn, number) if low <= number <= high else _ask(turn, turn.say("kg_again"))


@on.answer("kg", KG)
def answered(turn: Turn, kg: Decimal) -> Answer:
    """Take the weight that was asked for."""
    return _take(turn, kg)


@on.answer("sure", SURE)
def confirmed(turn: Turn, sure: str) -> Answer:
    """Keep a surprising weight once it is confirmed, else ask again."""
    if sure == "no":
        return _ask(turn, turn.say("ask"))
    return _keep(turn, float(turn.memo["kg"]), turn.memo["message"])


def _take(turn: Turn, value: Decimal) -> Answer:
    kg = round(float(value), 1)
    known = health.weight_kg(turn.db, turn.person)
    if known is None or abs(kg - known) <= SURPRISING * known:
        return _keep(turn, kg, turn.message_id)
    memo = {"kg": kg, "message": turn.message_id}
    asked = Text(turn.say("ask_sure", kg=kg, known=known), SURE.offers(turn))
    return Ask("weight.sure", [asked], memo)


def _keep(turn: Turn, kg: float, message_id: str | None) -> Answer:
    if not health.has_consent(turn.db, turn.person, health.HEALTH):
        return _needs_consent(turn)
    row = health.BodyWeight(person_id=turn.person.key, at=turn.at, message_id=message_id)
    row.kg = kg
    health.keep(turn.db, turn.person, row)
    return Text(turn.say("kept", kg=kg))


def _ask(turn: Turn, words: str) -> Ask:
    return Ask("weight.kg", [Text(words)])


def _needs_consent(turn: Turn) -> Text:
    return Text(turn.say("no_consent"), hydration_words.mend(turn, Missing.CONSENT))
