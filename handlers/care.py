"""Who needs a word: told to the coaches, who write it; the bot never nags the member."""

from __future__ import annotations

from datetime import timedelta

from bot import care_card
from bot.care_card import HandOver, Known, Write
from bot.feature import Feature
from bot.messages import MAX_MESSAGES, Message, Say, Text
from bot.questions import Choice, FreeText
from bot.turn import Answer, Ask, Occurrence, Tell, Turn
from models import care, person, policy, record, school
from models.care import KNOWN, WRITTEN, Missing, Spell
from models.record import Audit

LONGEST = 500  # characters of a note
LIFE = timedelta(days=3)

on = Feature("care")
check = Choice("check", "send", "rewrite")


@on.clock("care.digest")
def digest(turn: Turn, occurrence: Occurrence) -> Answer:
    """Bring a coach those who came up since the last digest, in one request."""
    if not policy.leads(turn.db, turn.person, occurrence.subject):
        return None
    found = care.open_in(turn.db, occurrence.subject, turn.now)
    told = care.mark_told(turn.db, [one.spell for one in found], occurrence.due_at)
    return _cards(turn, [one for one in found if one.spell.key in {row.key for row in told}])


@on.word
def list_open(turn: Turn) -> Answer:
    """Show those nobody has seen to, in the classes one coaches."""
    mine = school.coached_by(turn.db, turn.person)
    found = [one for c in mine for one in care.open_in(turn.db, c.key, turn.now)]
    return _cards(turn, found) or Text(turn.say("nobody"))


@on.button(Write)
def write(turn: Turn, tapped: Write) -> Answer:
    """Ask for the note."""
    return _write(turn, tapped.spell)


@on.answer("note", FreeText(LONGEST))
def written(turn: Turn, note: str) -> Answer:
    """Show the note back as the member will read it."""
    row = _theirs(turn, turn.memo["spell"])
    if isinstance(row, Text):
        return row
    member = person.get(turn.db, row.person_id)
    memo = {"spell": row.key, "note": note, "message_id": turn.message_id}
    frame = _frame(turn, member, note)
    said = turn.say("check", name=_name(turn, member), note=frame)
    offers = (*check.offers(turn), Say(turn.say("stop")))
    return Ask("care.checked", [Text(said, offers)], memo)


@on.answer("checked", check)
def checked(turn: Turn, choice: str) -> Answer:
    """Send the note; the first coach who writes has seen to it."""
    row = _theirs(turn, turn.memo["spell"])
    if isinstance(row, Text):
        return row
    if choice == "rewrite":
        return _write(turn, row.key)
    member = person.get(turn.db, row.person_id)
    if not member.reachable:
        return Text(turn.say("out_of_reach", name=_name(turn, member)))
    if not care.close(turn.db, row.key, WRITTEN, turn.person.key, turn.now):
        return _done(turn, row.key)  # the other coach was quicker
    _note(turn, "care.written", row)
    told = Tell(
        member,
        [_message(turn, member, turn.memo["note"])],
        subject=f"care:{row.key}",
        until=turn.now + LIFE,
        message_id=turn.memo["message_id"],
    )
    return [Text(turn.say("sent", name=_name(turn, member))), told]


@on.button(Known)
def known(turn: Turn, tapped: Known) -> Answer:
    """Let it be for this time."""
    row = _theirs(turn, tapped.spell)
    if isinstance(row, Text):
        return row
    if not care.close(turn.db, row.key, KNOWN, turn.person.key, turn.now):
        return _done(turn, row.key)
    _note(turn, "care.known", row)
    return Text(turn.say("let_be", name=_name(turn, person.get(turn.db, row.person_id))))


@on.button(HandOver)
def hand_over(turn: Turn, tapped: HandOver) -> Answer:
    """Ask the other coach, once."""
    row = _theirs(turn, tapped.spell)
    if isinstance(row, Text):
        return row
    coaches = school.coaches_of(turn.db, row.class_id)
    others = [c for c in coaches if c.key != turn.person.key and c.reachable]
    found = [m for m in care.open_in(turn.db, row.class_id, turn.now) if m.spell.key == row.key]
    if not found:
        return Text(turn.say("came_back"))
    if not others:
        return Text(turn.say("no_other"))
    key = f"care.handed:{row.key}:{turn.person.key}"
    told = turn.tell_each(others, lambda theirs: [_handed(theirs, found[0])], key=key)
    names = turn.listed(str(one.name) for one in others if one.name)
    return [Text(turn.say("handed_on", coach=names)), *told]


def _cards(turn: Turn, found: list[Missing]) -> list[Message]:
    """Return a card each, as many as fit one request, and how many there are besides."""
    fits = MAX_MESSAGES if len(found) <= MAX_MESSAGES else MAX_MESSAGES - 1
    said: list[Message] = [care_card.member_card(turn, one) for one in found[:fits]]
    rest = len(found) - fits
    return [*said, Text(turn.say("more", n=rest))] if rest > 0 else said


def _handed(turn: Turn, one: Missing) -> Message:
    return care_card.member_card(turn, one, "handed")


def _write(turn: Turn, number: int) -> Answer:
    row = _theirs(turn, number)
    if isinstance(row, Text):
        return row
    member = person.get(turn.db, row.person_id)
    if not member.reachable:
        return Text(turn.say("out_of_reach", name=_name(turn, member)))
    said = Text(turn.say("ask", name=_name(turn, member)), (Say(turn.say("stop")),))
    return Ask("care.note", [said], {"spell": row.key})


def _theirs(turn: Turn, number: int) -> Spell | Text:
    """Return what a coach may see to; a button's data is not believed."""
    row = care.by_id(turn.db, number)
    if row is None or not policy.leads(turn.db, turn.person, row.class_id):
        return Text(turn.say("not_yours"))
    if school.membership(turn.db, person.get(turn.db, row.person_id), row.class_id) is None:
        return Text(turn.say("not_yours"))  # they left the class since the card was sent
    return row if row.closed_at is None else _done(turn, number)


def _done(turn: Turn, number: int) -> Text:
    """Say which coach saw to it, and how."""
    row = care.by_id(turn.db, number)
    if row is None or row.closed_at is None:
        return Text(turn.say("came_back"))
    coach = person.get(turn.db, row.closed_by).name if row.closed_by else None
    said = "was_written" if row.closed_as == WRITTEN else "was_known"
    return Text(turn.say(said, coach=coach or turn.say("a_coach"), at=row.closed_at))


def _message(turn: Turn, member: person.Person, note: str) -> Text:
    """Return the note in a frame of the member's language, with a way to answer."""
    ask = turn.library["consult"].first_word("ask", member.language)
    label = turn.say_in(member.language, "answer_label")
    return Text(_frame(turn, member, note), (Say(label, ask),))


def _frame(turn: Turn, member: person.Person, note: str) -> str:
    key = "frame" if turn.person.name else "frame_nameless"
    return turn.say_in(member.language, key, coach=turn.person.name, note=note)


def _name(turn: Turn, member: person.Person) -> str:
    return str(member.name or turn.say("nameless"))


def _note(turn: Turn, deed: str, row: Spell) -> None:
    by = turn.person.key
    done = Audit(at=turn.now, person_id=by, deed=deed, subject=f"spell:{row.key}", people=1)
    record.audit(turn.db, done)
