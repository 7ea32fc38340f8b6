"""What did not arrive is never kept quiet: an alert for each, told once to whom it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

import app
from bot.delivery import Pace
from bot.parts import build_web
from models import heartbeat, outbox
from models.alert import Alert, Haste
from models.inbox import EventState, InboxEvent
from models.outbox import Priority, RowState
from tests.letters import Letters
from tests.posting import Outbox, after, drain
from tests.world import START

TITLE = "届かなかった連絡があります"
KEY = "race.safety:1:0:must-knows"
PLEASE = (
    "必要な方には、電話やグループで直接お知らせください。"
    "ここにあるものを、たすきが送り直すことはありません。"
)
UNACCOUNTED = """
SELECT count(*) FROM outbox WHERE priority = 0
AND state NOT IN ('pending', 'accepted')
AND (state <> 'cancelled' OR recipient IN (SELECT line_id FROM person WHERE NOT reachable))
AND NOT EXISTS (SELECT 1 FROM alert
  WHERE alert.key = 'outbox:' || replace(CAST(outbox.id AS TEXT), '-', ''))
"""


@pytest.fixture
def post(world):
    return Outbox(world)


def alerts(world):
    with world.database.read() as db:
        assert db.execute(text(UNACCOUNTED)).scalar() == 0
        return list(db.exec(select(Alert).order_by(Alert.key)))


def whys(world):
    return [one.why for one in alerts(world)]


def told(actor):
    return [said for said in actor.hears() if said.startswith(TITLE)]


def refuse(world, times=1):
    """Let LINE refuse what waits."""
    world.sim.faults.add(path="push", status=400, times=times)
    drain(world.delivery)


def expires(world, aiko):
    world.sim.faults.add(path="push", status=401, times=None)
    drain(world.delivery)
    after(world, hours=12)
    world.sim.faults.clear()
    world.real_seconds += 3600


def dies(world, aiko):
    refuse(world)


def stays_in_doubt(world, aiko):
    world.sim.faults.add(path="push", mode="lost")
    world.sender(Pace(base=1e6, longest=1e6)).step()
    after(world, hours=12)


def is_blocked(world, aiko):
    aiko.blocks()


ENDS = {
    "expired": expires,
    "dead": dies,
    "unknown": stays_in_doubt,
    "cancelled": is_blocked,
}


@pytest.mark.parametrize("state", ENDS)
def test_safety_that_does_not_arrive_leaves_an_alert(world, post, aiko, state):
    sent = post.post(aiko.id, KEY, Priority.SAFETY)
    ENDS[state](world, aiko)
    drain(world.delivery)
    assert sent.row.state == state
    assert [row.why for row in alerts(world) if row.haste == Haste.NOW] == [state]


@pytest.mark.parametrize(
    ("priority", "state", "why"),
    [
        (Priority.ANSWER, "dead", ["dead"]),
        (Priority.NOTICE, "dead", ["dead"]),
        (Priority.NOTICE, "expired", ["expired"]),
        (Priority.NOTICE, "unknown", ["unknown"]),
        (Priority.ANSWER, "expired", []),  # a stale answer is let go on purpose
        (Priority.BROADCAST, "dead", []),  # its author hears of it in the report
        (Priority.SAFETY, "accepted", []),
        (Priority.SAFETY, "cancelled", []),  # moved, taken back or erased: somebody wished it so
    ],
)
def test_whoever_settles_a_row_raises_its_alert_with_it(world, post, aiko, priority, state, why):
    post.post(aiko.id, KEY, priority)
    for _ in range(2):
        with world.database.write() as db:  # also code that knows nothing of alerts
            db.execute(text(f"UPDATE outbox SET state='{state}', final_at=created_at"))
    assert whys(world) == why


def test_what_is_rolled_back_raises_nothing(world, post, aiko):
    post.post(aiko.id, KEY, Priority.SAFETY)
    with pytest.raises(RuntimeError), world.database.write() as db:
        db.execute(text("UPDATE outbox SET state='dead', final_at=created_at"))
        raise RuntimeError("killed")
    assert whys(world) == []


def test_the_coaches_of_the_class_hear_of_it_once(world, post, clock, aiko, coach, support, office):
    post.post(aiko.id, KEY, Priority.SAFETY)
    refuse(world)
    clock.passes(minutes=11)
    clock.passes(hours=5)
    said = (
        f"{TITLE}\nレースの大切な確認: 11月23日(月) 09:00 · 相川 愛子\n"
        f"LINEに断られたか、うまく作れませんでした。\n{PLEASE}"
    )
    assert told(coach) == told(support) == [said]
    other = world.person("橋爪 岳")
    assert told(office) == told(other) == told(aiko) == told(coach.in_group("S4")) == []


def test_any_number_of_planners_tell_it_once(world, post, clock, aiko, coach):
    post.post(aiko.id, KEY, Priority.SAFETY)
    refuse(world)
    after(world, minutes=10)
    for _ in range(3):
        world._ticker_on(world.database, clock.now).plan(clock.now())
    world.settle()
    assert len(told(coach)) == 1


def test_it_is_said_in_english_and_many_are_counted(world, post, clock, coach):
    coach.says("English")
    members = [world.person(n) for n in ("相川 愛子", "山田 亮", "山口 浩", "Emma Clarke")]
    for number, one in enumerate(members * 2):
        post.post(one.id, f"race.step:{number}:0:week", Priority.NOTICE)
    with world.database.write() as db:
        db.execute(text("UPDATE outbox SET state='expired', final_at=created_at"))
    clock.passes(minutes=11)
    (said,) = [s for s in coach.hears() if s.startswith("Some messages did not arrive")]
    assert "A step towards the race: Mon 23 Nov, 09:00 · " in said
    assert "Emma Clarke" in said
    assert "Its time ran out before LINE could be reached." in said


def test_the_office_hears_where_no_coach_can(world, post, clock, aiko, coach, support, office):
    for one in (coach, support):
        one.blocks()
    post.post(aiko.id, KEY, Priority.SAFETY)
    refuse(world)
    clock.passes(minutes=11)
    assert "レースの大切な確認" in told(office)[0]


def test_a_word_in_private_is_counted_and_never_named(world, post, clock, aiko, coach, office):
    post.post(aiko.id, "01EVENT:answer", Priority.SAFETY)
    refuse(world)
    clock.passes(minutes=11)
    assert told(coach) == []
    assert "届かなかった返事や、処理できなかったメッセージが1件" in told(office)[0]
    assert "愛子" not in told(office)[0]


def test_by_night_only_safety_is_told_the_rest_waits_for_the_morning(
    world, post, clock, aiko, ryo, coach
):
    clock.goes_to("2026-11-23 23:00")
    post.post(aiko.id, KEY, Priority.SAFETY)
    post.post(ryo.id, "race.step:1:0:week", Priority.NOTICE)
    refuse(world, 2)
    clock.passes(minutes=11)
    assert ["山田 亮" in said for said in told(coach)] == [False]
    clock.goes_to("2026-11-24 07:59")
    assert len(told(coach)) == 1
    clock.goes_to("2026-11-24 08:01")
    assert ["山田 亮" in said for said in told(coach)] == [False, True]


def test_a_digest_that_nobody_could_make_comes_an_hour_later(world, post, clock, aiko, coach):
    post.post(aiko.id, KEY, Priority.SAFETY)
    refuse(world)
    coach.blocks()
    world.person("久我 大地").blocks()
    world.person("学校事務局 中島").blocks()
    clock.passes(minutes=11)
    assert told(coach) == []
    coach.follows()
    clock.passes(hours=1)
    assert len(told(coach)) == 1


def test_an_alert_that_fails_raises_no_second_telling_but_monitors_see_it(
    world, post, clock, aiko, coach, support, office
):
    post.post(aiko.id, KEY, Priority.SAFETY)
    refuse(world)
    world.sim.faults.add(path="push", status=400, times=2)  # both digests
    clock.passes(minutes=11)
    clock.passes(hours=3)
    assert told(coach) == told(support) == told(office) == []
    assert sorted(row.haste for row in alerts(world)) == [Haste.NOW, Haste.NEVER, Haste.NEVER]
    seen = build_web(world.parts).test_client().get("/healthz").json["faults"]
    assert "alerts of the last day that nobody was told yet: 2" in seen


def test_what_downtime_made_miss_is_told_in_daytime(world, clock, coach, office):
    clock.goes_to("2026-11-24 10:00")
    clock.leaps_to("2026-11-26 07:00")  # the notice and the training itself went by
    clock.goes_to("2026-11-26 07:59")
    assert told(coach) == []
    clock.goes_to("2026-11-26 08:01")
    (said,) = told(coach)
    assert "出欠の一覧: 11月25日(水) 13:00 · 西岡 遥、久我 大地\n" in said
    assert "たすきが止まっているうちに時間が過ぎたので、送っていません。" in said
    with world.database.read() as db:
        since = InboxEvent.state == EventState.MISSED, InboxEvent.happened_at > START
        missed = {f"inbox:{key}" for key in db.exec(select(InboxEvent.key).where(*since))}
    assert missed
    assert {row.key for row in alerts(world) if row.why == "missed"} == missed
    assert all(row.told_at for row in alerts(world))


def test_a_school_that_has_just_begun_misses_nothing(world, clock, coach):
    clock.leaps_to("2026-11-26 09:00")  # nothing ever ran here before
    clock.passes(hours=1)
    assert (alerts(world), told(coach)) == ([], [])


def test_what_cannot_be_read_is_told_to_the_office(world, clock, office):
    assert Letters(world).raw(b"[]") == 200
    seen = build_web(world.parts).test_client().get("/healthz").json["faults"]
    assert "alerts of the last day that nobody was told yet: 1" in seen
    clock.passes(minutes=11)
    assert "python app.py doctor とログの確認" in told(office)[0]


def test_a_refused_token_is_told_to_the_office_when_it_is_mended(world, post, clock, aiko, office):
    post.post(aiko.id, "patient")
    right, world.sim.access_token = world.sim.access_token, "renewed at LINE"
    drain(world.delivery)
    world.sim.access_token = right
    world.real_seconds += 15
    clock.passes(minutes=40)
    clock.passes(minutes=10)
    assert told(office) == [
        f"{TITLE}\nLINEがたすきのトークンを断ったため、"
        "11月23日(月) 09:00から送信が止まっていました。"
        f"いまは直り、待っていた連絡を順に送っています。\n{PLEASE}"
    ]


def test_a_row_of_somebody_erased_is_named_to_nobody(world, post, clock, aiko, coach, office):
    post.post(aiko.id, KEY, Priority.SAFETY)
    refuse(world)
    with world.database.write() as db:
        db.execute(text("DELETE FROM outbox"))
    clock.passes(minutes=11)
    assert told(coach) == []
    assert "愛子" not in str(office.hears())


def test_moving_what_is_spoken_of_is_no_alert(world, post, aiko):
    post.post(aiko.id, KEY, Priority.SAFETY, subject="race:1")
    with world.database.write() as db:
        assert outbox.cancel_subject(db, "race:1", world.clock.now()) == 1
    assert whys(world) == []


def test_health_is_good_again_once_it_is_told(world, post, clock, aiko, coach):
    post.post(aiko.id, KEY, Priority.SAFETY)
    refuse(world)
    clock.passes(minutes=11)
    with world.database.write() as db:
        for loop in ("engine", "delivery", "planner"):
            heartbeat.beat(db, loop, clock.now())
    assert build_web(world.parts).test_client().get("/healthz").json["faults"] == []


def test_everything_the_clock_can_make_due_has_a_name():
    routes = app.router()
    named = set(routes.texts["alerts"].say)
    due = {kind for feature in app.features() for kind in feature.clocks}
    assert due - named == {"alert.digest", "quota.warning"}
    assert {key for key in named if "." in key} <= due


def test_housekeeping_forgets_old_alerts(world, post, aiko, clock):
    from scheduler.housekeeping import keep_house

    post.post(aiko.id, KEY, Priority.SAFETY)
    refuse(world)
    keep_house(world.database, clock.now() + timedelta(days=34))
    assert whys(world) == [RowState.DEAD]
    keep_house(world.database, clock.now() + timedelta(days=36))
    assert whys(world) == []
