"""This week, next week and the dates to come: my class's, each class I coach, the group's."""

from __future__ import annotations

from collections.abc import Callable

from bot import session_card
from bot.cards import Part, Row, card
from bot.messages import MAX_MESSAGES, Flex, Say, Text
from bot.router import Feature
from bot.turn import Answer, Turn
from models import class_group, school, session
from models.rules import hours
from models.school import SchoolClass
from models.session import TrainingSession

on = Feature("week")
DATES = 4


@on.word
def this_week(turn: Turn) -> Answer:
    """Show the running or next session."""
    return _cards(turn, lambda class_: session.next_of(turn.db, class_.key, turn.now))


@on.word
def next_week(turn: Turn) -> Answer:
    """Show the first session from next Monday on."""
    monday = hours.week_start(turn.local_now, 1)
    return _cards(turn, lambda class_: session.from_on(turn.db, class_.key, monday))


@on.word
def dates(turn: Turn) -> Answer:
    """Show the next four dates as one short card a class."""
    found = _classes(turn)
    if len(found) > MAX_MESSAGES:
        return _cards(turn, lambda class_: session.next_of(turn.db, class_.key, turn.now))
    shown = [_dates_card(turn, class_) for class_ in found]
    return [one for one in shown if one] or Text(turn.say(_why_nothing(turn, found)))


def _cards(turn: Turn, choose: Callable[[SchoolClass], TrainingSession | None]) -> Answer:
    found = _classes(turn)
    chosen = [(class_, one) for class_ in found if (one := choose(class_))]
    if not chosen:
        return Text(turn.say(_why_nothing(turn, found)))
    if len(chosen) > MAX_MESSAGES:
        return _overview(turn, chosen)
    return [_card(turn, class_, one) for class_, one in chosen]


def _card(turn: Turn, class_: SchoolClass, found: TrainingSession) -> Flex:
    """Return the card: with the answers for a member, with the counts for a coach."""
    if not turn.chat.is_direct:
        return session_card.notice_card(turn, found)
    if school.membership(turn.db, turn.person, class_.key):
        return session_card.notice_card(turn, found)
    buttons = [Say(turn.say("roster")), *session_card.map_link(turn, found)]
    return session_card.show(turn, found, buttons=buttons, counted=not found.cancelled)


def _overview(turn: Turn, chosen: list[tuple[SchoolClass, TrainingSession]]) -> Flex:
    """Return every class in one card: the office's week."""
    rows = [Row(class_.name(turn.language), _line(turn, one)) for class_, one in chosen]
    return card(turn.say("overview"), rows)


def _dates_card(turn: Turn, class_: SchoolClass) -> Flex | None:
    found = session.upcoming(turn.db, [class_.key], turn.now, DATES)
    rows: list[Part] = [Row(turn.when(one.starts_at), _about(turn, one)) for one in found]
    title = turn.say("dates_title")
    return card(title, rows, kicker=class_.name(turn.language)) if rows else None


def _about(turn: Turn, found: TrainingSession) -> str:
    if found.cancelled:
        return turn.say("cancelled", reason=found.cancelled_reason)
    return f"{session_card.theme(turn, found)}\n{found.place(turn.language)}"


def _line(turn: Turn, found: TrainingSession) -> str:
    about = turn.say("off") if found.cancelled else found.place(turn.language)
    return f"{turn.when(found.starts_at)}\n{about}"


def _classes(turn: Turn) -> list[SchoolClass]:
    """Return the classes meant: the group's; else those coached and one's own; the office's all."""
    if not turn.chat.is_direct:
        bound = class_group.group(turn.db, turn.chat.id)
        return [school.class_by_id(turn.db, bound.class_id)] if bound and bound.class_id else []
    own = school.class_of(turn.db, turn.person)
    found = {one.key: one for one in [*school.coached_by(turn.db, turn.person), own] if one}
    return list(found.values()) or school.classes(turn.db)


def _why_nothing(turn: Turn, found: list[SchoolClass]) -> str:
    return "no_session" if found else "no_class" if turn.chat.is_direct else "no_group"
