"""Enrolment as a path: whatever is missing next is asked next, so it can be left and taken up."""

from __future__ import annotations

from bot.cards import Note, Row, card
from bot.messages import Button, Flex, Message, Say
from bot.turn import Ask, Turn
from models import enrolment, health, school
from models.health import HEALTH, SCREENING, TERMS
from models.rules import goal
from models.school import Membership, SchoolClass

WORDS = "enrolling"  # texts/enrolling.toml


def next_step(turn: Turn) -> Ask | Message:
    """Ask for what is missing, or say that all is there."""
    turn = turn.speaking_as(WORDS)
    if not health.has_consent(turn.db, turn.person, TERMS):
        return ask_terms(turn)
    class_ = school.class_of(turn.db, turn.person)
    held = school.membership(turn.db, turn.person, class_.key) if class_ else None
    if class_ is None or held is None:
        return _without_class(turn)
    return _of_member(turn, class_, held)


def _without_class(turn: Turn) -> Ask | Message:
    held = school.roles(turn.db, turn.person)
    return staff_card(turn) if held else ask_code(turn)


def _of_member(turn: Turn, class_: SchoolClass, held: Membership) -> Ask | Message:
    if held.goal_seconds is None:
        return ask_goal(turn, class_)
    if held.race_entry is None:
        return ask_race(turn, class_)
    if not health.was_asked(turn.db, turn.person, HEALTH):
        return ask_health(turn)
    if unanswered(turn):
        return ask_screening(turn)
    return done(turn, class_, held)


def ask_terms(turn: Turn, code: str = "") -> Ask:
    """Explain what is kept and ask for consent; a code typed already is not asked for again."""
    turn = turn.speaking_as(WORDS)
    notes = [Note(turn.say(key)) for key in ("terms_keeps", "terms_who", "terms_health")]
    asked = card(
        turn.say("terms_title"),
        [*notes, Note(turn.say("terms_how"), strong=True)],
        [Say(turn.say("agree")), Say(turn.say("not_now"))],
        kicker=turn.say("step_terms"),
    )
    return Ask("enrolment.terms", [asked], {"code": code})


def ask_code(turn: Turn, key: str = "code", **values: object) -> Ask:
    """Ask for the class code."""
    turn = turn.speaking_as(WORDS)
    asked = card(
        turn.say("code_title"),
        [Note(turn.say(key, **values), strong=key != "code"), Note(turn.say("code_where"))],
        [Say(turn.say("no_code"))],
        kicker=turn.say("step_code"),
    )
    return Ask("enrolment.code", [asked])


def ask_goal(turn: Turn, class_: SchoolClass) -> Ask:
    """Ask for the goal time; the class's own is one tap."""
    turn = turn.speaking_as(WORDS)
    held = enrolment.mine(turn.db, turn.person)
    kicker = "step_goal" if held and held.goal_seconds is None else "step_goal_again"
    offered = [goal.clock(class_.goal_seconds)] if class_.goal_seconds else []
    asked = card(
        turn.say("goal_title"),
        [Note(turn.say("goal_how"))],
        [Say(word) for word in (*offered, turn.say("finish"))],
        kicker=turn.say(kicker, class_name=class_.name(turn.language)),
    )
    return Ask("goal.goal", [asked])


def ask_race(turn: Turn, class_: SchoolClass) -> Ask:
    """Ask whether the race is entered."""
    turn = turn.speaking_as(WORDS)
    term = school.term_of(turn.db, class_)
    race = term.race_name_ja if turn.language == "ja" else term.race_name_en
    answers = turn.library["goal"].lists
    words = [answers[f"entry_{a}"][turn.language][0] for a in ("yes", "no", "not_yet")]
    asked = card(
        turn.say("race_title"),
        [Note(turn.say("race", race=race, day=term.race_date))],
        [Say(word) for word in words],
        kicker=turn.say("step_race"),
    )
    return Ask("goal.race", [asked])


def ask_health(turn: Turn) -> Ask:
    """Explain what health data is for, and ask for consent to keep it."""
    turn = turn.speaking_as(WORDS)
    notes = [Note(turn.say(key)) for key in ("health_what", "health_who", "health_back")]
    asked = card(
        turn.say("health_title"),
        [*notes, Note(turn.say("health_how"), strong=True)],
        [Say(turn.say("agree")), Say(turn.say("decline"))],
        kicker=turn.say("step_health"),
        filled=(),  # yes and no weigh the same
    )
    return Ask("screening.consent", [asked])


def unanswered(turn: Turn) -> list[str]:
    """Return the screening questions that still wait, in order; none without consent."""
    if not health.has_consent(turn.db, turn.person, HEALTH):
        return []
    known = health.screening(turn.db, turn.person)
    return [name for name in SCREENING if name not in known]


def ask_screening(turn: Turn, names: list[str] | None = None) -> Ask:
    """Ask the first of these questions of the screening, yes or no."""
    turn = turn.speaking_as(WORDS)
    waiting = names or unanswered(turn)
    number = SCREENING.index(waiting[0]) + 1
    asked = card(
        turn.say(f"screening_{waiting[0]}"),
        [Note(turn.say("screening_why"))] if number == 1 else [],
        [(Say(turn.say("yes")), Say(turn.say("no")))],
        kicker=turn.say("step_screening", number=number, of=len(SCREENING)),
        filled=(),
    )
    return Ask("screening.screening", [asked], {"waiting": waiting})


def done(turn: Turn, class_: SchoolClass, held: Membership) -> Flex:
    """Say that all is there: the class, its coaches, the goal, and what comes now."""
    turn = turn.speaking_as(WORDS)
    between = turn.texts.lists["between_names"][turn.language][0]
    coaches = between.join(enrolment.coach_names(turn.db, class_.key))
    rows = [
        Row(turn.say("row_class"), class_.name(turn.language)),
        Row(turn.say("row_coaches"), coaches) if coaches else None,
        Row(turn.say("row_goal"), goal_words(turn, held.goal_seconds)),
        Note(turn.say(_numbers(turn))),
    ]
    return card(turn.say("done_title"), rows, _ways_on(turn), kicker=turn.say("step_done"))


def goal_words(turn: Turn, seconds: int | None) -> str:
    """Write a goal: a time, to finish, or not told yet."""
    turn = turn.speaking_as(WORDS)
    if seconds is None:
        return turn.say("not_told")
    return goal.clock(seconds) if seconds else turn.say("finish")


def staff_card(turn: Turn) -> Flex:
    """Show coaches and the office what they are here."""
    turn = turn.speaking_as(WORDS)
    rows = [Row(role_words(turn, m.role), class_words(turn, m.class_id)) for m in _staff(turn)]
    return card(turn.say("staff_title"), rows, _ways_on(turn))


def role_words(turn: Turn, role: str) -> str:
    """Return the name of a role."""
    return turn.speaking_as(WORDS).say(f"role_{role}")


def class_words(turn: Turn, class_id: int | None) -> str:
    """Return the name of a class, or of the whole school."""
    turn = turn.speaking_as(WORDS)
    if class_id is None:
        return turn.say("whole_school")
    return school.class_by_id(turn.db, class_id).name(turn.language)


def _staff(turn: Turn) -> list[Membership]:
    return [m for m in school.roles(turn.db, turn.person) if m.role != school.MEMBER]


def _numbers(turn: Turn) -> str:
    """Return which words say whether personal numbers are given, and whom to ask instead."""
    if not health.has_consent(turn.db, turn.person, HEALTH):
        return "numbers_need_consent"
    if unanswered(turn):
        return "numbers_need_screening"
    return "numbers_on" if health.may_have_numbers(turn.db, turn.person) else "numbers_doctor"


def _ways_on(turn: Turn) -> list[Button]:
    return [Say(word) for word in turn.texts.lists["ways_on"][turn.language]]
