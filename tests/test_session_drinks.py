"""The nudge two hours before a long or hot session: once, for this body, with one tap."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.buttons import pack
from handlers.hydration import Drank
from models import attendance, school, session
from tests import bodies
from tests.actor import Actor
from tests.test_hydration import ESTIMATE, THIRST

BEFORE = "2026-11-25 17:00"
LONG = 95  # minutes


@pytest.fixture(autouse=True)
def coming(world, aiko, ryo, emma, hiroshi):
    """Everybody said that they come, each week; in two of them it is a long run."""
    bodies.lasts(world, LONG)
    bodies.lasts(world, LONG, week=13)
    at = world.clock.now() - timedelta(hours=1)
    with world.database.write() as db:
        for week in range(10, 15):
            found = bodies.session_of(world, week=week)
            for one in (aiko, ryo, emma, hiroshi):
                attendance.answer(db, rsvp(found, one, "yes", at))


def rsvp(found, actor, answer, at):
    key = actor.record().key
    return attendance.Rsvp(session_id=found.key, person_id=key, answer=answer, at=at)


def test_the_nudge_comes_once_two_hours_before(world, aiko, clock):
    clock.goes_to("2026-11-25 16:59")
    before = len(aiko.hears())
    clock.goes_to(BEFORE)
    assert aiko.hears()[before:] == [
        "練習前のひと息に\n"
        "19:00 から練習です(走る時間 約95分)。飲み物をカバンに入れましたか? "
        "のどが渇いていたら、今のうちに少しずつどうぞ。\n"
        "目安: 1時間に250 mL(推定)\n"
        "飲む範囲: 1時間に0〜320 mL\n"
        f"{THIRST}\n{ESTIMATE}"
    ]
    assert aiko.labels() == ["飲みました 200 mL", "いまは要らない"]
    clock.goes_to("2026-11-25 18:59")
    assert len(aiko.hears()) == before + 1


def nudges(actor, title="練習前のひと息に"):
    return [said for said in actor.hears() if said.startswith(title)]


def test_each_is_reminded_for_this_body_and_in_this_language(
    world, aiko, ryo, emma, hiroshi, clock
):
    clock.goes_to(BEFORE)
    assert "目安: 1時間に320 mL(推定)\n飲む範囲: 1時間に0〜420 mL" in nudges(ryo)[0]
    assert "Range: 0 to 320 mL an hour" in nudges(emma, "Before your session")[0]
    assert "mL" not in nudges(hiroshi)[0]
    assert hiroshi.labels() == ["飲みました", "いまは要らない"]


def test_a_short_cool_session_brings_no_nudge(world, aiko, clock):
    clock.goes_to("2026-12-02 18:59")
    assert len(nudges(aiko)) == 1  # week 11's; week 12 is 45 minutes at 8 degrees


def test_a_short_session_in_heat_brings_one(world, aiko, clock):
    bodies.changes(world, bodies.session_of(world, week=12), temperature=18.0)
    clock.goes_to("2026-12-02 17:01")
    assert len(nudges(aiko)) == 2
    assert "量は決めず" in nudges(aiko)[1]


def test_who_said_no_and_a_cancelled_session_are_left_alone(world, aiko, ryo, clock):
    found = bodies.session_of(world)
    with world.database.write() as db:
        attendance.answer(db, rsvp(found, aiko, "no", clock.now()))
    clock.goes_to(BEFORE)
    assert (nudges(aiko), len(nudges(ryo))) == ([], 1)
    bodies.changes(world, bodies.session_of(world, week=13), cancelled=True)
    clock.goes_to("2026-12-09 18:59")
    assert len(nudges(ryo)) == 1


def test_who_may_come_is_reminded_and_who_never_answered_is_not(world, aiko, clock):
    found = bodies.session_of(world)
    with world.database.write() as db:
        attendance.answer(db, rsvp(found, aiko, "maybe", clock.now()))
        members = school.members_of(db, found.class_id)
    clock.goes_to(BEFORE)
    assert len(nudges(aiko)) == 1
    reached = [one.line_id for one in members if nudges(Actor(world, one.line_id))]
    assert 0 < len(reached) < len(members)


def test_a_new_place_after_the_nudge_brings_no_second_one(world, aiko, clock):
    clock.goes_to("2026-11-25 17:30")
    assert len(nudges(aiko)) == 1
    with world.database.write() as db:
        found = session.next_of(db, 3, clock.now())
        session.change(db, found, clock.now(), place_ja="織田フィールド", place_en="Oda Field")
    clock.passes(hours=1)
    assert len(nudges(aiko)) == 1


def test_the_nudge_follows_a_moved_session(world, aiko, clock):
    found = bodies.session_of(world)
    bodies.changes(world, found, starts_at=found.starts_at + timedelta(hours=1))
    clock.goes_to("2026-11-25 17:59")
    assert nudges(aiko) == []
    clock.goes_to("2026-11-25 18:01")
    assert [said.splitlines()[1][:5] for said in nudges(aiko)] == ["20:00"]


def test_a_tap_notes_one_glass_whatever_is_tapped_again(world, aiko, clock):
    clock.goes_to(BEFORE)
    tap = aiko.button("飲みました 200 mL")
    assert aiko.acts(tap) == [
        "200 mL、記録しました。練習中の目安はこちらです。\n"
        f"練習中は1時間に0 mL(下限)から320 mL(上限)の間で。\n{THIRST}"
    ]
    assert aiko.acts(tap) == [
        "その1杯はもう記録してあります。もっと飲んだときは「水200」のように送ってください。"
    ]
    assert bodies.drinks(world, aiko) == [200]


def test_not_now_is_fine(world, aiko, clock):
    clock.goes_to(BEFORE)
    assert aiko.taps("いまは要らない") == ["わかりました。のどが渇いたら、そのときにどうぞ。"]
    assert bodies.drinks(world, aiko) == []


def test_without_consent_the_tap_is_welcome_and_nothing_is_kept(world, hiroshi, clock):
    clock.goes_to(BEFORE)
    assert hiroshi.taps("飲みました") == ["よかったです。練習中も、のどの渇きに合わせてどうぞ。"]
    assert bodies.drinks(world, hiroshi) == []


def test_who_drank_plenty_is_not_told_to_drink_more(world, aiko, clock):
    clock.goes_to("2026-11-25 16:30")
    aiko.says("水300")
    clock.goes_to(BEFORE)
    assert "この2時間で、もう十分に飲めています。" in nudges(aiko)[0]
    assert aiko.labels() == ["わかりました"]


@pytest.mark.parametrize("data", ["hydration.Drank?session=nan", "hydration.Drank?session=1e9"])
def test_hand_made_data_is_refused(world, aiko, data):
    assert "今週" in aiko.sends_data(data)[0]
    assert bodies.drinks(world, aiko) == []


def test_another_classs_and_an_old_session_note_nothing(world, aiko, clock):
    other, old = bodies.session_of(world, "S5"), bodies.session_of(world, week=10)
    for session_id in (other.key, -1, 10**12):
        assert "いまのクラスの練習のものではない" in aiko.sends_data(pack(Drank(session_id)))[0]
    assert aiko.sends_data(pack(Drank(old.key)))[0].startswith("その練習はもう終わっています。")
    assert bodies.drinks(world, aiko) == []
