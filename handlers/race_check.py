"""The body check after a race: fixed guidance for what was noticed, and word to the coaches."""

from __future__ import annotations

from bot import last_words, looking_after, race_signs, race_words
from bot.feature import Feature
from bot.messages import Link, Text
from bot.race_signs import EMERGENCY, Noticed, Sign
from bot.turn import Answer, Said, Tell, Turn
from models import health, race, race_calendar, race_taps
from models.outbox import Priority
from models.race import Race

on = Feature("race_check")


@on.word
def check(turn: Turn) -> Answer:
    """Show the signs to look out for."""
    return race_signs.show(turn, race.of_person(turn.db, turn.person, turn.now))


@on.button(Noticed)
def noticed(turn: Turn, tapped: Noticed) -> Answer:
    """Say what to do now; the coaches hear of it at once where they may."""
    found = _mine(turn, tapped.race)
    kept = _keep(turn, found, tapped.sign)
    if tapped.sign is Sign.NOTHING:
        return Text(turn.say("answer_nothing"))
    if tapped.sign in EMERGENCY:
        return _emergency(turn)
    return _doctor(turn, tapped.sign, kept)


def _mine(turn: Turn, number: int) -> Race | None:
    """Return the race if it is one of this person's term; a button is not believed."""
    ahead = race.ahead(turn.db, turn.person, turn.now)
    return next((one for one in ahead if one.key == number), None)


def _keep(turn: Turn, found: Race | None, sign: Sign) -> bool:
    """Keep the sign with consent, and that the runner is no longer silent; return the first."""
    if found is None:
        return False
    runner = race.runner(turn.db, turn.person, found)
    asked = [
        step
        for step in race_calendar.steps_of(found)
        if step.is_safety and (tap := step.tap("check"))
        and race_calendar.due(step, runner, turn.zone) <= turn.at
    ]  # fmt: skip
    for step in asked[-1:]:
        name = "fine" if sign is Sign.NOTHING else "check"
        tap = step.tap(name)
        if tap and last_words.is_last(turn, f"tap:{found.key}:{step.id}"):
            race_taps.keep(turn.db, turn.person, found, step, tap, turn.at)
    if sign is Sign.NOTHING:
        return False
    return race_taps.keep_health(turn.db, turn.person, found, f"sign_{sign}", sign, turn.at)


def _emergency(turn: Turn) -> list[Said]:
    """Answer as to a red flag: the fixed text, and the coaches called without saying why."""
    coaches = looking_after.coaches(turn)
    words = turn.speaking_as(looking_after.WORDS)
    text = words.say("emergency")
    if coaches:
        text += "\n\n" + words.say("coaches_are_told")
    return [
        Text(text, (Link(words.say("call_119"), "tel:119"),)),
        *looking_after.alarm(turn, coaches),
    ]


def _doctor(turn: Turn, sign: Sign, kept: bool) -> list[Said]:
    """Send to a doctor; which sign it is reaches the coaches only where it may be kept."""
    said = [turn.say(f"answer_{sign}")]
    word = _tell(turn, sign) if kept else []
    if word:
        said.append(turn.say("told"))
        return [Text("\n\n".join(said)), *word]
    said.append(turn.say("tell_offer"))
    return [Text("\n\n".join(said), (race_words.word(turn, "tell"),))]


def _tell(turn: Turn, sign: Sign) -> list[Tell]:
    name = turn.person.name or turn.speaking_as(looking_after.WORDS).say("someone")
    return turn.tell_each(
        looking_after.coaches(turn),
        lambda t: [Text(t.say("to_coach", name=name, sign=t.say(f"sign_{sign}"), at=turn.at))],
        priority=Priority.SAFETY,
        subject=health.sign_subject(turn.person),
        key=f"race.sign:{turn.person.key}:{sign}:{turn.local(turn.at):%Y%m%d}",
    )
