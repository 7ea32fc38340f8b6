"""A broadcast to all classes: who is asked for a second word, when it counts, and when it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import occurrences
from bot.turn import Occurrence
from models import broadcast, erasure, inbox, school
from models.broadcast import State
from tests.broadcasting import (
    CLASSES,
    RAIN,
    SHOWN,
    class_id,
    drafts,
    heard_in_groups,
    loses_roles,
    newest,
)


def everybody(coach):
    """Write to all classes, up to the wish to send."""
    drafts(coach, whom="全クラス")
    return coach.taps(next(one for one in coach.labels() if one.startswith("全クラスの")))


def test_all_classes_need_a_second_person(world, coach, office, support, aiko, clock):
    assert everybody(coach)[0].startswith("承認をお願いしました。")
    for one in (office, support):
        assert one.hears()[-2] == SHOWN
        assert one.hears()[-1].startswith("西岡 遥さんの全クラスへの配信です。")
    clock.passes(minutes=30)
    assert heard_in_groups(world, aiko) == []
    assert office.taps("承認して送る") == ["承認しました。11月23日(月) 09:31に送ります。"]
    assert coach.hears()[-1].startswith("学校事務局 中島さんが承認しました。")
    assert support.taps("承認して送る") == ["この配信は、もう承認待ちではありません。"]
    clock.passes(minutes=2)
    assert heard_in_groups(world, aiko) == list(CLASSES[:-1])  # the last has no group: 1:1
    assert RAIN in world.person("後藤 葵").hears()[-1]


def test_nobody_approves_their_own(world, coach, aiko, clock):
    everybody(coach)
    tap = world.person("学校事務局 中島").button("承認して送る")
    assert coach.acts(tap) == ["この配信は、もう承認待ちではありません。"]
    assert (
        world.person("Daniel Okafor").acts(tap)[0].startswith("このボタンは、承認を頼まれた方だけ")
    )
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
    assert newest(world).state == State.AWAITING


def test_what_is_not_approved_goes_back_to_its_author(world, coach, office, aiko, clock):
    everybody(coach)
    office.taps("承認しない")
    assert coach.hears()[-1].startswith("学校事務局 中島さんが承認を見送りました。")
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
    assert coach.taps("内容を見直す")[0] == SHOWN


def test_an_approval_that_comes_after_days_counts_for_nothing(world, coach, office, aiko, clock):
    everybody(coach)
    clock.passes(days=2, minutes=1)
    assert office.taps("承認して送る") == ["この配信は、もう承認待ちではありません。"]
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_what_nobody_approved_for_two_days_goes_back_to_its_author_by_day(world, coach, clock):
    clock.goes_to("2026-11-23 20:50")
    everybody(coach)
    clock.goes_to("2026-11-25 20:49")
    assert newest(world).state == State.AWAITING
    clock.passes(minutes=2)
    (said,) = [one for one in coach.hears() if one.startswith("2日たっても承認がなかったので")]
    assert newest(world).state == State.DRAFT
    assert coach.taps("内容を見直す")[0] == SHOWN
    clock.passes(days=1)
    assert coach.hears().count(said) == 1


def test_by_night_it_waits_for_the_morning(world, coach, clock):
    clock.goes_to("2026-11-23 21:30")
    everybody(coach)
    coach.taps(next(one for one in coach.labels() if one.startswith("夜でも")))
    clock.goes_to("2026-11-26 07:59")
    assert newest(world).state == State.AWAITING
    clock.passes(minutes=1)
    assert newest(world).state == State.DRAFT


def test_who_approved_and_left_since_does_not_count(world, coach, office, support, aiko, clock):
    everybody(coach)
    support.taps("承認して送る")
    loses_roles(world, support)
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
    assert "いまはこの届け先の担当ではないので、送れません。" in coach.hears()


def test_the_office_needs_nobody(world, office, aiko, clock):
    office.says("配信")
    office.says(RAIN)
    office.taps("全クラス")
    said = office.taps(next(one for one in office.labels() if one.startswith("全クラスの")))
    assert said[0].startswith("1分後に送ります。")
    clock.passes(minutes=1)
    assert heard_in_groups(world, aiko) == list(CLASSES[:-1])  # the last has no group: 1:1
    assert RAIN in world.person("後藤 葵").hears()[-1]


def test_who_was_of_the_office_when_it_was_planned_needs_a_second_person_now(
    world, office, aiko, clock
):
    office.says("配信")
    office.says(RAIN)
    office.taps("全クラス")
    office.taps(next(one for one in office.labels() if one.startswith("全クラスの")))
    loses_roles(world, office)
    with world.database.write() as db:
        school.grant(db, office.record(), school.MAIN, class_id(world, "S4"), clock.now())
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
    assert newest(world).state == State.DRAFT


def test_an_approval_at_night_waits_for_the_morning(world, coach, office, aiko, clock):
    everybody(coach)
    clock.goes_to("2026-11-23 23:00")
    assert office.taps("承認して送る") == ["承認しました。11月24日(火) 08:00に送ります。"]
    clock.goes_to("2026-11-24 07:59")
    assert heard_in_groups(world, aiko) == []
    clock.goes_to("2026-11-24 08:00")
    assert heard_in_groups(world, aiko) == list(CLASSES[:-1])


def test_what_its_author_sends_at_night_need_not_wait_after_the_approval(
    world, coach, office, aiko, clock
):
    clock.goes_to("2026-11-23 22:00")
    everybody(coach)
    coach.taps(next(one for one in coach.labels() if one.startswith("夜でも")))
    office.taps("承認して送る")
    clock.passes(minutes=2)
    assert heard_in_groups(world, aiko) == list(CLASSES[:-1])


def test_a_coach_alone_in_the_class_asks_the_other_coaches(world, coach, office, support):
    for one in (office, support):
        loses_roles(world, one)
    assert everybody(coach)[0].startswith("承認をお願いしました。")


def test_what_its_author_left_behind_cannot_be_approved(world, coach, office):
    everybody(coach)
    with world.database.write() as db:
        erasure.erase(db, coach.record(), world.clock.now())
    assert office.taps("承認して送る") == ["この配信は、もう承認待ちではありません。"]


def test_what_was_approved_in_the_very_moment_of_giving_up_is_not_given_back(world, coach, office):
    everybody(coach)
    with world.database.read() as db:
        seen = broadcast.by_id(db, newest(world).id)
    office.taps("承認して送る")
    with world.database.write() as db:
        late = db.merge(seen, load=False)
        assert not broadcast.stop(db, late, world.clock.now(), State.AWAITING)
    assert newest(world).state == State.HELD


def test_what_was_written_anew_meanwhile_is_not_given_back(world, coach, office, clock):
    everybody(coach)
    row, now = newest(world), clock.at
    asked = Occurrence("broadcast.unapproved", row.key, row.revision, now, now)
    coach.taps("取り消す")
    coach.taps("内容を見直す")
    coach.taps(next(one for one in coach.labels() if one.startswith("全クラスの")))
    assert newest(world).state == State.AWAITING
    late = replace(asked, until=clock.at + timedelta(hours=9), people=(coach.record().key,))
    with world.database.connect() as connection:
        inbox.record(connection, [occurrences.row(late)], clock.at)
    before = coach.hears()
    world.settle()
    assert newest(world).state == State.AWAITING
    assert coach.hears() == before
