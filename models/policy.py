"""Who may do what, and where: one explicit table of command by role; what is not in it is refused.

A command is a feature and its handler. Authority is read from the database at the moment of the
deed; names, roles and classes in a text or a button's data are never believed.
"""

from __future__ import annotations

from enum import StrEnum

from sqlmodel import Session

from models import school
from models.person import Person


class Role(StrEnum):
    """What a person is to the school; everybody is a guest."""

    GUEST = "guest"
    MEMBER = "member"
    COACH = "coach"
    OFFICE = "office"


class Verdict(StrEnum):
    """What the table says."""

    ALLOWED = "allowed"
    NOT_HERE = "not here"
    NOT_YOU = "not you"


ALL = frozenset(Role)
MEMBERS = frozenset({Role.MEMBER})
COACHES = frozenset({Role.COACH})
STAFF = frozenset({Role.COACH, Role.OFFICE})
ENROLLED = frozenset({Role.MEMBER, Role.COACH, Role.OFFICE})

DIRECT = False  # 1:1 only: everything that touches a person's body or data
GROUPS = True  # also in a class group

POLICY: dict[str, tuple[frozenset[Role], bool]] = {
    # binding
    "binding.connect": (STAFF, DIRECT),
    "binding.of_class": (STAFF, DIRECT),
    "binding.disconnect": (STAFF, GROUPS),
    # changes
    "changes.change": (STAFF, DIRECT),
    "changes.call_off": (STAFF, DIRECT),
    "changes.of_class": (STAFF, DIRECT),
    "changes.chosen": (STAFF, DIRECT),
    "changes.picked": (STAFF, DIRECT),
    "changes.time": (STAFF, DIRECT),
    "changes.place": (STAFF, DIRECT),
    "changes.reason": (STAFF, DIRECT),
    "changes.decision": (STAFF, DIRECT),
    # checkin
    "checkin.check_in": (ENROLLED, DIRECT),
    "checkin.code_told": (MEMBERS, DIRECT),
    "checkin.pain": (MEMBERS, DIRECT),
    "checkin.sleep": (MEMBERS, DIRECT),
    "checkin.with_code": (ENROLLED, DIRECT),
    "effort.minutes": (MEMBERS, DIRECT),
    "effort.tapped": (MEMBERS, DIRECT),
    "effort.typed": (MEMBERS, DIRECT),
    "rollcall.day_code": (COACHES, DIRECT),
    "rollcall.roll_call": (COACHES, DIRECT),
    "rollcall.tick": (STAFF, DIRECT),
    # consult
    "consult.ask": (ENROLLED, DIRECT),
    "consult.ask_at_once": (ENROLLED, DIRECT),
    "consult.written": (ENROLLED, DIRECT),
    "consult.checked": (ENROLLED, DIRECT),
    "consult_answers.take": (STAFF, DIRECT),
    "consult_answers.reply": (STAFF, DIRECT),
    "consult_answers.written": (STAFF, DIRECT),
    "consult_answers.checked": (STAFF, DIRECT),
    "consult_answers.questions": (STAFF, DIRECT),
    # drinks
    "drinks.amount": (MEMBERS, DIRECT),
    "drinks.drank": (MEMBERS, DIRECT),
    "drinks.how_much": (MEMBERS, DIRECT),
    # enrolment
    "enrolment.enrol": (ALL, DIRECT),
    "enrolment.terms": (ALL, DIRECT),
    "enrolment.paste": (ALL, DIRECT),
    "enrolment.given": (ALL, DIRECT),
    "enrolment.move": (ALL, DIRECT),
    "enrolment.no_code": (ALL, DIRECT),
    "enrolment.ask_office": (ALL, DIRECT),
    # goal
    "goal.goal": (ENROLLED, DIRECT),
    "goal.set_goal": (ENROLLED, DIRECT),
    "goal.answered": (ENROLLED, DIRECT),
    "goal.race_entry": (ENROLLED, DIRECT),
    "goal.entered": (ENROLLED, DIRECT),
    # hydration
    # invitation
    "invitation.waiting": (STAFF, DIRECT),
    "invitation.confirm": (STAFF, DIRECT),
    "invitation.decline": (STAFF, DIRECT),
    # language
    "language.language": (ALL, DIRECT),
    "language.japanese": (ALL, DIRECT),
    "language.english": (ALL, DIRECT),
    "hydration.advice": (ENROLLED, DIRECT),
    "hydration.drank": (MEMBERS, DIRECT),
    "hydration.not_now": (MEMBERS, DIRECT),
    "hydration_race.race_plan": (ENROLLED, DIRECT),
    "hydration_race.race_plan_at": (ENROLLED, DIRECT),
    # notices
    "notices.show": (COACHES, DIRECT),
    "notices.write": (STAFF, DIRECT),
    "notices.written": (STAFF, DIRECT),
    "notices.send_now": (STAFF, DIRECT),
    "notices.skip": (STAFF, DIRECT),
    "notices.undo": (STAFF, DIRECT),
    # pain
    "pain.hurts": (ENROLLED, DIRECT),
    "pain.hurts_in_words": (ENROLLED, DIRECT),
    "pain.level": (ENROLLED, DIRECT),
    "pain.seen": (STAFF, DIRECT),
    "pain.sign": (ENROLLED, DIRECT),
    "pain.somewhere": (ENROLLED, DIRECT),
    "pain.where": (ENROLLED, DIRECT),
    # privacy
    "privacy.settings": (ALL, DIRECT),
    "privacy.consent_off": (ALL, DIRECT),
    "privacy.delete_me": (ALL, DIRECT),
    "privacy.erased": (ALL, DIRECT),
    # roster
    "roster.roster": (STAFF, DIRECT),
    "roster.of_class": (STAFF, DIRECT),
    # rsvp
    "rsvp.tapped": (ALL, GROUPS),  # someone not enrolled is shown how to become so
    "rsvp.coming": (ENROLLED, GROUPS),
    "rsvp.absent": (ENROLLED, GROUPS),
    "rsvp.unsure": (ENROLLED, GROUPS),
    "rsvp.reason": (MEMBERS, DIRECT),
    # safety
    "safety.tell_coaches": (ENROLLED, DIRECT),
    # screening
    "screening.health_check": (ENROLLED, DIRECT),
    "screening.redo": (ENROLLED, DIRECT),
    "screening.consent_on": (ENROLLED, DIRECT),
    "screening.consent": (ENROLLED, DIRECT),
    "screening.screening": (ENROLLED, DIRECT),
    # tips
    "tips.about": (ENROLLED, DIRECT),
    "tips.more": (ENROLLED, DIRECT),
    "tips.tip": (ENROLLED, GROUPS),
    "tips.topic": (ENROLLED, DIRECT),
    "tips.topics": (ENROLLED, DIRECT),
    # week
    "week.this_week": (ENROLLED, GROUPS),
    "week.next_week": (ENROLLED, GROUPS),
    "week.dates": (ENROLLED, GROUPS),
    # weight
    "weight.answered": (MEMBERS, DIRECT),
    "weight.confirmed": (MEMBERS, DIRECT),
    "weight.told": (MEMBERS, DIRECT),
    "weight.weight": (MEMBERS, DIRECT),
    # welcome
    "welcome.menu": (ALL, GROUPS),
    "welcome.thanks": (ALL, GROUPS),
    "welcome.hello": (ALL, GROUPS),
}


def allowed(command: str) -> frozenset[Role]:
    """Return the roles that may give this command."""
    return POLICY[command][0]


def verdict(command: str, held: frozenset[Role], *, direct: bool) -> Verdict:
    """Say whether someone with these roles may give this command in this kind of chat."""
    roles, in_groups = POLICY[command]
    if not roles & held:
        return Verdict.NOT_YOU
    return Verdict.ALLOWED if direct or in_groups else Verdict.NOT_HERE


def roles_of(db: Session, person: Person | None) -> frozenset[Role]:
    """Return the roles a person holds now."""
    held = {row.role for row in school.roles(db, person)} if person else set()
    roles = {Role.GUEST}
    roles |= {Role.MEMBER} if school.MEMBER in held else set()
    roles |= {Role.COACH} if held & set(school.COACHES) else set()
    roles |= {Role.OFFICE} if school.OFFICE in held else set()
    return frozenset(roles)


def leads(db: Session, person: Person, class_id: int) -> bool:
    """Say whether a person coaches this class now, or is of the office."""
    held = school.roles(db, person)
    return any(
        row.role == school.OFFICE or (row.role in school.COACHES and row.class_id == class_id)
        for row in held
    )
