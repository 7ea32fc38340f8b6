"""Safety: fixed words for an emergency, before anything else, from anyone and anywhere."""

from __future__ import annotations

from bot import looking_after
from bot.messages import Button, Link, Say, Text
from bot.router import Feature
from bot.turn import Answer, Said, Turn
from models import hotlines
from models.outbox import Priority
from models.rules.redflags import Flag

on = Feature("safety")


@on.event("redflag")
def answer(turn: Turn) -> Answer:
    """Say what to do now; the question that was open stays open."""
    return _ANSWERS[turn.memo["flag"]](turn)


def _emergency(turn: Turn) -> list[Said]:
    coaches = looking_after.coaches(turn) if turn.chat.is_direct else []
    call = Link(turn.say("call_119"), "tel:119")
    text = turn.say("emergency") + _line(turn, "coaches_are_told" if coaches else "")
    return [Text(text, (call,)), *looking_after.alarm(turn, coaches)]


def _self_harm(turn: Turn) -> list[Said]:
    lines = hotlines.in_language(turn.language)
    numbers = "\n".join(
        turn.say("hotline", **line.model_dump(exclude={"language"})) for line in lines
    )
    calls = [Link(line.name, "tel:" + line.phone.replace("-", "")) for line in lines]
    text = turn.say(_here(turn, "self_harm"), numbers=numbers) + _line(
        turn, _offer(turn, "only_if_you_wish")
    )
    return [Text(text, (*calls, *_tell_button(turn)))]


def _doctor_today(turn: Turn) -> list[Said]:
    text = turn.say(_here(turn, "doctor_today")) + _line(turn, _offer(turn, "tell_offer"))
    return [Text(text, tuple(_tell_button(turn)))]


_ANSWERS = {
    Flag.EMERGENCY: _emergency,
    Flag.SELF_HARM: _self_harm,
    Flag.DOCTOR_TODAY: _doctor_today,
}


@on.word
def tell_coaches(turn: Turn) -> Answer:
    """Ask the coaches for a word, because the member wants it; nothing of why is passed on."""
    coaches = looking_after.coaches(turn)
    if not coaches:
        return Text(turn.say("nobody_to_tell"))
    name = turn.person.name or turn.say("someone")
    key = f"reach-out:{turn.person.key}:{turn.local(turn.at):%Y%m%d%H}"
    told = turn.tell_each(
        coaches,
        lambda t: [Text(t.say("please_talk", name=name))],
        priority=Priority.SAFETY,
        key=key,
    )
    return [Text(turn.say("told")), *told]


def _offer(turn: Turn, key: str) -> str:
    return key if turn.chat.is_direct and looking_after.coaches(turn) else ""


def _here(turn: Turn, key: str) -> str:
    """Return the words that may be read by others, where others read."""
    return key if turn.chat.is_direct else f"{key}_group"


def _tell_button(turn: Turn) -> list[Button]:
    return [Say(turn.texts.first_word("tell_coaches", turn.language))] if _offer(turn, "y") else []


def _line(turn: Turn, key: str) -> str:
    return "\n\n" + turn.say(key) if key else ""
