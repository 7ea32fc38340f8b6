"""The drinks around a race: the day before, by the hour on the morning, after the finish."""

from __future__ import annotations

from decimal import Decimal

from bot import hydration, hydration_words, race_drinks, race_numbers
from bot.cards import Note, Part, card
from bot.feature import Feature
from bot.hydration import Missing
from bot.messages import Say, Text
from bot.turn import Answer, Turn
from models.rules.hydration import BODY_LIMITS_KG

on = Feature("race_drinks")
CREDIBLE = 0.10  # of the weight known: more is a typing error


@on.phrase
def before_asked(turn: Turn) -> Answer:
    """Answer a whole question about the drinks before the start."""
    return _before(turn)


@on.phrase
def after_asked(turn: Turn) -> Answer:
    """Answer a whole question about the drinks after the finish."""
    return _after(turn)


@on.word
def before(turn: Turn) -> Answer:
    """Say what to drink before the start, by the hour."""
    return _before(turn)


def _before(turn: Turn) -> Answer:
    numbers = race_numbers.of_person(turn.db, turn.person)
    if numbers is None:
        return Text(turn.say("no_race"))
    parts = race_drinks.before_parts(turn, numbers)
    quick = hydration_words.mend(turn, numbers.body.missing) or _quick(turn)[1:]
    kicker = numbers.race.name(turn.language)
    return card(turn.say("before_title"), parts, kicker=kicker, quick=quick)


@on.word
def after(turn: Turn) -> Answer:
    """Say what to do and drink after the finish."""
    return _after(turn)


def _after(turn: Turn) -> Answer:
    body = hydration.body_of(turn.db, turn.person)
    parts: list[Part] = [Note(turn.say("walk"), strong=True), Note(turn.say("faint"))]
    if body.may_hear_amounts:
        parts += [Note(turn.say("by_the_scales")), Note(turn.say("not_to_a_number"), strong=True)]
    else:
        assert body.missing
        parts += [Note(words) for words in hydration_words.general(turn, body.missing)]
    parts.append(Note(turn.say("no_alcohol")))
    return card(turn.say("after_title"), parts, quick=[Say(turn.say("urine_word"))])


@on.phrase
def after_weighed(turn: Turn, number: Decimal) -> Answer:
    """Say what to drink after a race, by the weight then."""
    body = hydration.body_of(turn.db, turn.person)
    if body.missing:
        said = "\n".join(hydration_words.general(turn, body.missing))
        return Text(said, hydration_words.mend(turn, body.missing))
    kg, (low, high) = float(number), BODY_LIMITS_KG
    if not low <= kg <= high or abs(kg - body.kg) > CREDIBLE * body.kg:
        return Text(turn.say("which_kg", known=body.kg))
    compared = Note(turn.say("compared", known=body.kg, kg=kg))
    return card(
        turn.say("after_title"),
        [compared, *race_drinks.after_parts(turn, body.kg, kg), Note(turn.say("walk"))],
        quick=[Say(turn.say("urine_word"))],
    )


@on.word
def day_before(turn: Turn) -> Answer:
    """Say how to drink the day before, and that loading up with water is no good."""
    return _day_before(turn)


@on.phrase
def loading_asked(turn: Turn) -> Answer:
    """Answer the question about water loading."""
    return _day_before(turn)


def _day_before(turn: Turn) -> Answer:
    said = race_drinks.loading(turn, hydration.body_of(turn.db, turn.person))
    return Text(said, _quick(turn)[:1])


@on.word
def salt(turn: Turn) -> Answer:
    """Say the facts about salt in drinks."""
    if hydration.body_of(turn.db, turn.person).missing is Missing.DOCTOR:
        return Text(turn.say("salt_doctor"))
    return Text(turn.say("salt"), _quick(turn)[:1])


def _quick(turn: Turn) -> tuple[Say, ...]:
    return tuple(Say(turn.say(key)) for key in ("before_word", "plan_word", "after_word"))
