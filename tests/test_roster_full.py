"""A full class on one card, however long its names and reasons are."""

from __future__ import annotations

from models import attendance, person, school
from models.attendance import Rsvp, RsvpReason
from tests.test_rsvp import session_id


def test_forty_members_with_long_reasons_fit_one_card(world, coach):
    found, now = session_id(world), world.clock.now()
    with world.database.write() as db:
        for number in range(35):
            profile = {"displayName": f"{number:02d}" + "名" * 18, "language": "ja"}
            one = person.meet(db, f"U{number:032x}", now, profile)
            school.grant(db, one, school.MEMBER, 3, now)
            whose = {"session_id": found, "person_id": one.key}
            attendance.answer(db, Rsvp(**whose, answer="no", at=now))
            attendance.give_reason(db, RsvpReason(**whose, text="仕事" * 100))
    said = coach.says("名簿")
    assert len(said) == 1
    assert "欠席 35人: 00名" in said[0]
    assert "…)、01名" in said[0]
