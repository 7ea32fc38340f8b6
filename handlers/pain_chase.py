"""A pain nobody sees to: the coaches are reminded once, then the office, which learns no more."""

from __future__ import annotations

from bot import pain_words
from bot.cards import Row, card
from bot.feature import Feature
from bot.messages import Flex, Text
from bot.pain_words import Seen
from bot.turn import Answer, Occurrence, Tell, Turn
from models import pain, person, policy, school
from models.pain import PainReport
from models.school import SchoolClass

on = Feature("pain_chase")


@on.clock("pain.chase")
def chase(turn: Turn, occurrence: Occurrence) -> Answer:
    """Remind a coach, or tell the office that a member waits; taken back, it is forgotten."""
    row = pain.waits(turn.db, occurrence.subject)
    runner = person.get(turn.db, row.person_id) if row else None
    class_ = school.class_of(turn.db, runner) if runner else None
    if row is None or runner is None or class_ is None:
        return None
    if not policy.leads(turn.db, turn.person, class_.key):
        return None
    to_office = occurrence.label == "office"
    said = _to_office(turn, class_) if to_office else _to_coach(turn, row, runner, class_)
    day = turn.local(row.at).date()  # told twice in a day, it is one reminder
    key = f"pain.chase:{runner.key}:{day}:{occurrence.label}"
    subject, until = f"pain:{row.id}", occurrence.until
    of = row.message_id  # taken back, the reminder goes too
    return Tell(turn.person, [said], key=key, subject=subject, until=until, message_id=of)


def _to_coach(turn: Turn, row: PainReport, runner: person.Person, class_: SchoolClass) -> Flex:
    place = pain_words.place_name(pain.place_of(turn.db, row.id or 0), turn.language)
    parts = [
        Row(turn.say("told_label"), turn.say("told", at=row.at)),
        Row(turn.say("place_label"), place or turn.say("no_place")),
        Row(turn.say("level_label"), turn.say("level", level=row.level)),
    ]
    title = turn.say("waits", name=runner.name or turn.say("nameless"))
    seen = turn.button("see_label", Seen(row.id or 0))
    return card(title, parts, [seen], kicker=class_.name(turn.language))


def _to_office(turn: Turn, class_: SchoolClass) -> Text:
    """Say that somebody waits, not who nor about what: that is for the coaches alone."""
    named = (one.name for one in school.coaches_of(turn.db, class_.key) if one.name)
    called = turn.listed(turn.say("coach", name=name) for name in named) or turn.say("no_coach")
    return Text(turn.say("office", class_name=class_.name(turn.language), coaches=called))
