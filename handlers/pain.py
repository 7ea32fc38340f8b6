"""Pain: where, how much and one more tap; guidance by the table, and word to both coaches."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

from bot import pain_words
from bot.feature import Feature
from bot.messages import Say, Text
from bot.pain_words import Hurt, Seen
from bot.questions import Choice, Scale
from bot.turn import Answer, Ask, Tell, Turn
from models import pain, person, policy, school
from models.rules.pain import Guidance
from models.rules.reading import word_key

on = Feature("pain")
LEVEL = Scale()
SIGN = Choice("sign", *pain_words.SIGNS)
OFTEN = (
    "knee", "it_band", "ankle", "calf", "shin", "achilles",
    "sole", "hamstring", "groin", "lower_back",
)  # fmt: skip
OTHER = "other"


class BodyPlace:
    """A place of the body, by any of its names."""

    open_ended = False

    def read(self, turn: Turn) -> str | None:
        """Return the place, or OTHER."""
        others = [word for words in turn.texts.lists[OTHER].values() for word in words]
        if word_key(turn.text) in {word_key(word) for word in others}:
            return OTHER
        return pain_words.find_place(turn.text)

    def offers(self, turn: Turn) -> tuple[Say, ...]:
        """Return the places that hurt most runners."""
        names = [pain_words.place_name(place, turn.language) for place in OFTEN]
        return tuple(Say(name) for name in [*names, turn.texts.lists[OTHER][turn.language][0]])


PLACE = BodyPlace()


@on.word
def somewhere(turn: Turn) -> Answer:
    """Ask where it hurts."""
    return Ask("pain.place", [Text(turn.say("where"), PLACE.offers(turn))])


@on.phrase
def hurts(turn: Turn, place: str, number: Decimal | None = None) -> Answer:
    """Take a place, and a level where it was told with it."""
    if number is not None and number <= LEVEL.high:
        return _level(turn, ceil(number), place, turn.message_id)
    return _ask_level(turn, place)


@on.phrase
def hurts_in_words(turn: Turn, text: str) -> Answer:
    """Find the place in a longer sentence, or go on without one."""
    return _ask_level(turn, pain_words.find_place(text))


@on.answer("place", PLACE)
def where(turn: Turn, place: str) -> Answer:
    """Take the place and ask how much."""
    return _ask_level(turn, None if place == OTHER else place)


@on.answer("level", LEVEL)
def level(turn: Turn, level: int) -> Answer:
    """Take the level."""
    return _level(turn, level, turn.memo["place"], turn.memo["message"])


@on.answer("sign", SIGN)
def sign(turn: Turn, sign: str) -> Answer:
    """Take the last answer and say what the table says."""
    memo = turn.memo
    hurt = Hurt(memo["level"], memo["place"], memo["days"], sign, _still(turn, memo["report"]))
    if hurt.guidance is Guidance.STOP_TODAY:
        return Text(turn.say("rest_well"))
    said = pain_words.respond(turn, hurt)
    return [s for s in said if not (memo["told"] and isinstance(s, Tell))]


@on.button(Seen)
def seen(turn: Turn, tapped: Seen) -> Answer:
    """Let the first coach who sees to a pain have it, and tell the member."""
    report = pain.by_id(turn.db, tapped.report)
    if report is None:
        return Text(turn.say("gone"))
    member = person.get(turn.db, report.person_id)
    class_ = school.class_of(turn.db, member)
    if class_ is None or not policy.leads(turn.db, turn.person, class_.key):
        return Text(turn.say("not_your_class"))
    if not pain.take(turn.db, tapped.report, turn.person.key, turn.now):
        taker = person.get(turn.db, report.taken_by).name if report.taken_by else ""
        return Text(turn.say("seen_before", coach=taker))
    word = turn.tell_each(
        [member], lambda theirs: [_seen_word(theirs)], subject=f"pain:{report.id}"
    )
    return [Text(turn.say("seen", member=member.name)), *word]


def _seen_word(turn: Turn) -> Text:
    return Text(turn.say("coach_saw", coach=turn.person.name))


def _ask_level(turn: Turn, place: str | None) -> Ask:
    name = pain_words.place_name(place, turn.language)
    words = turn.say("how_much_there", place=name) if name else turn.say("how_much")
    memo = {"place": place, "message": turn.message_id}
    return Ask("pain.level", [Text(words, LEVEL.offers(turn))], memo)


def _level(turn: Turn, level: int, place: str | None, place_message: str | None) -> Answer:
    hurt = pain_words.note(turn, level, place, place_message)
    if level == 0 or hurt.guidance is Guidance.SEE_DOCTOR:
        return pain_words.respond(turn, hurt)
    memo = {"level": level, "place": place, "days": hurt.days, "report": hurt.report}
    offers = [o for o, value in zip(SIGN.offers(turn), SIGN.values, strict=True)
              if value != "point" or pain_words.is_bone(place)]  # fmt: skip
    asked = Ask(
        "pain.sign", [Text(turn.say("which_sign"), tuple(offers))], memo | {"told": hurt.is_told}
    )
    at_once = pain_words.respond(turn, hurt) if hurt.guidance is Guidance.STOP_TODAY else []
    return [*(at_once or pain_words.tell(turn, hurt)), asked]


def _still(turn: Turn, number: int | None) -> int | None:
    """Return the report's number unless it was taken back or the consent withdrawn meanwhile."""
    return number if number and pain.by_id(turn.db, number) else None
