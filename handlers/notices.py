"""The weekly notice: a preview to the coaches, their word on it, and the notice itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import notice_card, session_card
from bot.cards import card
from bot.messages import Message, Say, Text
from bot.notice_card import Comment, SendNow, Skip, Undo
from bot.questions import FreeText
from bot.router import Feature
from bot.turn import Answer, Ask, Occurrence, Tell, Turn
from models import class_group, notice, person, policy, record, school, session
from models.rules.reading import word_key
from models.session import TrainingSession

on = Feature("notices")
LONGEST = 300
AHEAD = 3  # sessions looked at for one whose notice is still to come
TOLD_LATELY = timedelta(days=7)  # a cancellation the group heard of is not said again within


@on.clock("session.notice")
def announce(turn: Turn, occurrence: Occurrence) -> Answer:
    """Send the notice at its hour, unless a coach sent it or left it out."""
    found = session.by_id(turn.db, occurrence.subject)
    if found is None or found.revision != occurrence.revision or _told_off(turn, found):
        return None
    if not notice.mark_sent(turn.db, found.key, None, turn.now):
        return None
    return _to_group(turn, found, turn.chat.id)


@on.clock("session.preview")
def preview(turn: Turn, occurrence: Occurrence) -> Answer:
    """Show a coach the day before what the group will see."""
    found = session.by_id(turn.db, occurrence.subject)
    if found is None or found.revision != occurrence.revision or _told_off(turn, found):
        return None
    if notice.of(turn.db, found.key).sent_at or not _leads(turn, found):
        return None
    return notice_card.preview(turn, found)


@on.word
def show(turn: Turn) -> Answer:
    """Show the next notice of each class one coaches."""
    said: list[Message] = []
    for class_ in school.coached_by(turn.db, turn.person):
        coming = session.upcoming(turn.db, [class_.key], turn.now, AHEAD)
        unsent = (one for one in coming if _is_open(turn, one))
        said += [message for one in list(unsent)[:1] for message in notice_card.preview(turn, one)]
    return said[:5] or Text(turn.say("nothing"))


@on.button(Comment)
def write(turn: Turn, tap: Comment) -> Answer:
    """Ask for the words to add."""
    found = _ready(turn, tap.session)
    if isinstance(found, Text):
        return found
    without = Say(turn.texts.lists["no_comment"][turn.language][0])
    words = Text(turn.say("ask_comment"), (without,))
    return Ask("notices.comment", [words], {"session": found.key})


@on.answer("comment", FreeText(LONGEST))
def written(turn: Turn, text: str) -> Answer:
    """Keep the words (or none) and show the notice again."""
    found = _ready(turn, turn.memo["session"])
    if isinstance(found, Text):
        return found
    none = {word_key(w) for words in turn.texts.lists["no_comment"].values() for w in words}
    if word_key(text) in none:
        notice.drop_comment(turn.db, found.key)
        return [Text(turn.say("comment_dropped")), *notice_card.preview(turn, found)[1:]]
    row = notice.NoticeComment(session_id=found.key, person_id=turn.person.key, text=text)
    row.message_id = turn.message_id
    notice.set_comment(turn.db, row)
    return [Text(turn.say("comment_kept")), *notice_card.preview(turn, found)[1:]]


@on.button(SendNow)
def send_now(turn: Turn, tap: SendNow) -> Answer:
    """Send at once; at its hour it is not sent again."""
    found = _ready(turn, tap.session)
    if isinstance(found, Text) or (skipped := _skipped(turn, found)):
        return found if isinstance(found, Text) else skipped
    group = class_group.group_of(turn.db, found.class_id)
    if group is None:
        return notice_card.preview(turn, found)[:1]
    if not turn.confirmed(tap.token, notice_card.deed("send", found)):
        return Text(turn.say("old"))
    if not notice.mark_sent(turn.db, found.key, turn.person.key, turn.now):
        return Text(turn.say("old"))  # another worker was quicker
    _note(turn, "notice.sent", found, len(school.members_of(turn.db, found.class_id)))
    sent = _to_group(turn, found, group.line_id)
    return [Text(turn.say("sent")), sent, *_tell_others(turn, found, "told_sent")]


@on.button(Skip)
def skip(turn: Turn, tap: Skip) -> Answer:
    """Leave the notice out this time."""
    found = _ready(turn, tap.session)
    if isinstance(found, Text) or (skipped := _skipped(turn, found)):
        return found if isinstance(found, Text) else skipped
    if not turn.confirmed(tap.token, notice_card.deed("skip", found)):
        return Text(turn.say("old"))
    if not notice.skip(turn.db, found.key, turn.person.key, turn.now):
        return Text(turn.say("old"))  # another worker was quicker
    _note(turn, "notice.skipped", found, 0)
    hour = _hour(turn, found)
    said = turn.say("skipped", hour=hour) if hour > turn.now else turn.say("skipped_late")
    return [
        card(said, [], [turn.button("undo", Undo(found.key))]),
        *_tell_others(turn, found, "told_skipped"),
    ]


@on.button(Undo)
def undo(turn: Turn, tap: Undo) -> Answer:
    """Send a notice after all that was to be left out."""
    found = _ready(turn, tap.session)
    if isinstance(found, Text):
        return found
    if not notice.unskip(turn.db, found.key, turn.person.key, turn.now):
        return Text(turn.say("not_skipped"))
    _note(turn, "notice.unskipped", found, 0)
    hour = _hour(turn, found)
    said = turn.say("undone", hour=hour) if hour > turn.now else turn.say("undone_late")
    controls = [] if hour > turn.now else [notice_card.controls(turn, found)]
    return [Text(said), *controls, *_tell_others(turn, found, "told_undone")]


def _to_group(turn: Turn, found: TrainingSession, group: str) -> Tell:
    """Return the notice: one key, so that it comes once, whoever sends it."""
    key = f"notice:{found.key}"
    shown = session_card.notice_card(notice_card.as_group(turn, found, group), found)
    return Tell(group, [shown], key=key, subject=found.subject, until=found.starts_at)


def _hour(turn: Turn, found: TrainingSession) -> datetime:
    return notice.hour(found, school.class_by_id(turn.db, found.class_id), turn.zone)


def _is_open(turn: Turn, found: TrainingSession) -> bool:
    return found.starts_at > turn.now and notice.of(turn.db, found.key).sent_at is None


def _told_off(turn: Turn, found: TrainingSession) -> bool:
    """Say whether the group heard lately that the session is cancelled."""
    changed = found.changed_at
    told = changed is not None and found.told_revision == found.revision
    return found.cancelled and told and bool(changed and changed > turn.now - TOLD_LATELY)


def _leads(turn: Turn, found: TrainingSession) -> bool:
    return policy.leads(turn.db, turn.person, found.class_id)


def _ready(turn: Turn, session_id: int) -> TrainingSession | Text:
    """Return the session whose notice is still open, or say why nothing can be decided."""
    found = session.by_id(turn.db, session_id)
    if found is None:
        return Text(turn.say("old"))
    if not _leads(turn, found):
        return Text(turn.say("not_yours"))
    row = notice.of(turn.db, found.key)
    if row.sent_at:
        by = "sent_by" if row.decided_by else "sent_already"
        return Text(turn.say(by, at=row.sent_at, name=_name(turn, row.decided_by)))
    begun = found.starts_at <= turn.now
    return Text(turn.say("over", start=found.starts_at)) if begun else found


def _skipped(turn: Turn, found: TrainingSession) -> Answer:
    """Say who left it out, with the way back; nothing when nobody did."""
    row = notice.of(turn.db, found.key)
    if not row.skipped:
        return None
    said = turn.say("skipped_by", name=_name(turn, row.decided_by), at=row.decided_at)
    return card(said, [], [turn.button("undo", Undo(found.key))])


def _name(turn: Turn, person_id: int | None) -> str:
    return str(person.get(turn.db, person_id).name or "?") if person_id else ""


def _note(turn: Turn, deed: str, found: TrainingSession, people: int) -> None:
    by = turn.person.key
    row = record.Audit(at=turn.now, person_id=by, deed=deed, subject=found.subject, people=people)
    record.audit(turn.db, row)


def _tell_others(turn: Turn, found: TrainingSession, key: str) -> list[Tell]:
    """Return word to the class's other coaches about who decided what."""
    others = [p for p in school.coaches_of(turn.db, found.class_id) if p.key != turn.person.key]
    known = {"name": turn.person.name or "?", "start": found.starts_at}
    return turn.tell_each(others, lambda one: [Text(one.say(key, **known))], subject=found.subject)
