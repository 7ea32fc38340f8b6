"""The coach's score: a mark and a sentence for a member of a class the coach leads now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from bot import buttons
from bot.cards import Note, card
from bot.consult_card import coach_name, in_language_of
from bot.feature import Feature
from bot.messages import MAX_MESSAGES, Flex, Postback, Say, Text
from bot.questions import Choice, FreeText, Number
from bot.turn import Answer, Ask, Tell, Turn
from models import mute, school, score
from models.person import Person
from models.rules import score as typed
from models.school import SchoolClass
from models.score import HIGHEST, LOWEST, Score

on = Feature("scores")
NAMES_A_CARD = 20
LONGEST_NAME = 30  # signs of a name on a button
LONGEST = 300  # signs of a sentence
NEWS_LIFE = timedelta(days=2)
check = Choice("check", "send", "rewrite")


@dataclass(frozen=True)
class Chosen:
    """The member to be scored, as one of this class."""

    class_id: int
    person: int


@on.word
def score_someone(turn: Turn) -> Answer:
    """List the members of each class one coaches."""
    return _lists(turn)


@on.phrase
def at_once(turn: Turn, text: str) -> Answer:
    """Take name, mark and sentence together; ask for the name when it is nobody's, or two's."""
    said = typed.read(re.sub(r"^\s*\S*?(?:採点|さいてん|(?i:score))", "", turn.text))
    if said is None:
        return _lists(turn)
    name, mark, words = said
    found = [
        (class_, one)
        for class_ in school.coached_by(turn.db, turn.person)
        for one in school.members_of(turn.db, class_.key)
        if typed.is_called(str(one.name), name)
    ]
    if len(found) != 1 or len(words) > LONGEST:
        return [Text(turn.say("which", name=name)), *_lists(turn)]
    class_, one = found[0]
    return _check(turn, {"class": class_.key, "person": one.key, "mark": mark}, one, words)


@on.button(Chosen)
def chosen(turn: Turn, tapped: Chosen) -> Answer:
    """Ask for the mark."""
    one = _member(turn, tapped.class_id, tapped.person)
    if one is None:
        return Text(turn.say("not_yours"))
    return _ask_mark(turn, tapped.class_id, one)


@on.answer("mark", Number(LOWEST, HIGHEST))
def mark(turn: Turn, number: Decimal) -> Answer:
    """Ask for the sentence."""
    one = _member(turn, turn.memo["class"], turn.memo["person"])
    if one is None:
        return Text(turn.say("not_yours"))
    memo = turn.memo | {"mark": round(number)}
    asked = turn.say("words", mark=memo["mark"], name=_name(turn, one))
    return Ask("scores.words", [Text(asked, (Say(turn.say("stop")),))], memo)


@on.answer("words", FreeText(LONGEST))
def words(turn: Turn, sentence: str) -> Answer:
    """Show mark and sentence before they go."""
    one = _member(turn, turn.memo["class"], turn.memo["person"])
    return _check(turn, turn.memo, one, sentence) if one else Text(turn.say("not_yours"))


@on.answer("checked", check)
def checked(turn: Turn, choice: str) -> Answer:
    """Keep the score and bring it to the member; whether the coach may is looked up anew."""
    one = _member(turn, turn.memo["class"], turn.memo["person"])
    if one is None:
        return Text(turn.say("not_yours"))
    return _ask_mark(turn, turn.memo["class"], one) if choice == "rewrite" else _give(turn, one)


def _lists(turn: Turn) -> list[Flex | Text]:
    classes = school.coached_by(turn.db, turn.person)
    cards = [one for class_ in classes for one in _cards(turn, class_)][: MAX_MESSAGES - 1]
    return [*cards] or [Text(turn.say("nobody" if classes else "no_class"))]


def _cards(turn: Turn, class_: SchoolClass) -> list[Flex]:
    members = school.members_of(turn.db, class_.key)
    return [
        _card(turn, class_, members[start : start + NAMES_A_CARD])
        for start in range(0, len(members), NAMES_A_CARD)
    ]


def _card(turn: Turn, class_: SchoolClass, members: list[Person]) -> Flex:
    taps = [
        Postback(_name(turn, one)[:LONGEST_NAME], buttons.pack(Chosen(class_.key, one.key)))
        for one in members
    ]
    how = Note(turn.say("how", example=_name(turn, members[0]).split()[0]))
    return card(turn.say("who"), [how], taps, kicker=class_.name(turn.language), filled=())


def _member(turn: Turn, class_id: int, person_id: int) -> Person | None:
    """Return a member of a class that the speaker coaches now: buttons are never believed."""
    if class_id not in {one.key for one in school.coached_by(turn.db, turn.person)}:
        return None
    return next((m for m in school.members_of(turn.db, class_id) if m.key == person_id), None)


def _ask_mark(turn: Turn, class_id: int, one: Person) -> Ask:
    last = next(iter(score.of_person(turn.db, one.key, 1)), None)
    name = _name(turn, one)
    if last is None:
        asked = turn.say("mark", name=name)
    else:
        asked = turn.say("mark_last", name=name, day=last.given_at, mark=last.mark)
    memo = {"class": class_id, "person": one.key}
    return Ask("scores.mark", [Text(asked, (Say(turn.say("stop")),))], memo)


def _check(turn: Turn, memo: dict[str, int], one: Person, sentence: str) -> Ask:
    kept = memo | {"words": sentence, "message_id": turn.message_id}
    said = turn.say("check", name=_name(turn, one), mark=memo["mark"], words=sentence)
    offers = (*check.offers(turn), Say(turn.say("stop")))
    return Ask("scores.checked", [Text(said, offers)], kept)


def _give(turn: Turn, one: Person) -> Answer:
    memo, me = turn.memo, turn.person.key
    row = Score(person_id=one.key, coach_id=me, class_id=memo["class"], mark=memo["mark"])
    row.words, row.given_at = memo["words"], turn.now
    row.message_id = turn.memo["message_id"]
    kept = score.give(turn.db, row)
    if not one.reachable:
        return Text(turn.say("out_of_reach", name=_name(turn, one)))
    return [Text(turn.say("given", name=_name(turn, one))), _news(turn, one, kept)]


def _news(turn: Turn, one: Person, kept: Score) -> Tell:
    theirs = in_language_of(turn, one)
    coach = coach_name(theirs, turn.person, kept.class_id)
    said = theirs.say("news", coach=coach, mark=kept.mark, words=kept.words)
    message = Text(said, (Say(theirs.say("season_label")),))
    until, subject = turn.now + NEWS_LIFE, f"score:{kept.key}"
    return Tell(
        one,
        [message],
        key=subject,
        subject=subject,
        until=until,
        message_id=kept.message_id,
        topic=mute.TIPS,
    )


def _name(turn: Turn, one: Person) -> str:
    return str(one.name or turn.say("nameless"))
