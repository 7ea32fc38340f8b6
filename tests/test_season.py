"""わたしの記録: what has gathered in a season."""

from __future__ import annotations

from datetime import timedelta

from models import attendance, health, result, school, score, session
from models.attendance import EFFORT, MINUTES, Checkin, Feeling
from models.result import RaceResult
from models.score import Score


def trained(world, actor, loads):
    """Let a member have been at the last sessions, with an effort and minutes for each."""
    person = actor.record()
    with world.database.write() as db:
        class_ = school.class_of(db, person)
        past = session.between(db, world.clock.at - timedelta(days=40), world.clock.at)
        mine = [s for s in past if s.class_id == class_.key][-len(loads) :]
        for one, (effort, minutes) in zip(mine, loads, strict=True):
            row = Checkin(session_id=one.key, person_id=person.key, at=one.starts_at)
            attendance.check_in(db, row)
            for kind, value in ((EFFORT, effort), (MINUTES, minutes)):
                told = Feeling(session_id=one.key, person_id=person.key, kind=kind, at=one.ends_at)
                told.value = value
                health.keep(db, person, told)


def test_the_card_of_a_season(world, aiko, coach):
    trained(world, aiko, [(4, 60), (5, 60), (6, 90)])
    aiko.says("10km 49:30")
    coach.says("採点 相川 85 腕振りが良くなりました")
    coach.says("送る")
    (said,) = aiko.says("シーズン")
    assert said.splitlines() == [
        "わたしの記録",
        "練習に参加 3/25回: 12%",
        "ここまで積み重ねてきました。体の調子と相談しながら続けましょう。",
        "記録",
        "11月23日(月): 10 km 49:30",
        "フルの予想: 3:48〜4:20(計画なら3:58)",
        "練習の負荷(きつさ×分)",
        "11月2日(月)からの週 240: 44%",
        "11月9日(月)からの週 300: 56%",
        "11月16日(月)からの週 540: 100%",
        "11月23日(月)からの週 0: 0%",
        "コーチの採点",
        "11月23日(月) 85点「腕振りが良くなりました」(西岡 遥コーチ)",
    ]


def test_an_empty_season_is_an_invitation(emma):
    (said,) = emma.says("my season")
    assert said.splitlines() == [
        "My season",
        "Sessions attended: 0 of 25: 0%",
        "One at a time from here. See you at the next session.",
        "Send a time like “10k 49:30” and it is kept here.",
    ]


def test_a_cancelled_session_does_not_count(world, aiko):
    with world.database.write() as db:
        class_ = school.class_of(db, aiko.record())
        coming = session.next_of(db, class_.key, world.clock.at)
        session.change(db, coming, world.clock.at, cancelled=True)
    assert "/24回" in aiko.says("わたしの記録")[0]


def test_without_consent_no_load_is_shown(world, aiko):
    trained(world, aiko, [(6, 90)])
    with world.database.write() as db:
        row = db.get(health.Consent, (aiko.record().key, health.HEALTH))
        row.withdrawn_at = world.clock.at
        db.add(row)
    assert "負荷" not in aiko.says("わたしの記録")[0]


def test_a_full_season_fits_lines_limits(world, emma):
    person = emma.record()
    with world.database.write() as db:
        class_ = school.class_of(db, person)
        for n in range(10):
            day = world.clock.at.date() - timedelta(days=n)
            row = RaceResult(person_id=person.key, ran_on=day, km=10.0, seconds=3000 + n)
            row.told_at = world.clock.at
            result.keep(db, row)
            given = Score(person_id=person.key, class_id=class_.key, mark=n * 10)
            given.words, given.given_at = "長" * 300, world.clock.at
            score.give(db, given)
    (said,) = emma.says("my progress")
    assert said.count("長" * 120 + "…") == 4
    assert "a coach" in said


def test_it_is_for_members_and_never_in_a_group(aiko, coach):
    assert coach.says("わたしの記録")[0].startswith("これは、クラスのメンバーの方の機能です。")
    assert aiko.in_group("S4").says("たすき わたしの記録")[0].startswith("これは1対1のトークで")
