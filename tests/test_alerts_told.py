"""Who hears of what did not arrive: the coaches of the class, once, in daytime but for safety."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.parts import build_web
from models.alert import Haste
from models.inbox import EventState, InboxEvent
from models.outbox import Priority
from tests.alerting import KEY, TITLE, alerts, refuse, told
from tests.letters import Letters
from tests.posting import Outbox, after, drain
from tests.world import START

PLEASE = (
    "必要な方には、直接お知らせください。みなさんに関わることはグループで、痛みや相談など"
    "一人ひとりのことは電話か1対1で。"
    "ここにあるものを、たすきが送り直すことはありません。"
)


@pytest.fixture
def post(world):
    return Outbox(world)


def test_the_coaches_of_the_class_hear_of_it_once(world, post, clock, aiko, coach, support, office):
    post.post(aiko.id, KEY, Priority.SAFETY)
    refuse(world)
    clock.passes(minutes=11)
    clock.passes(hours=5)
    said = (
        f"{TITLE}\nレースの大切な確認: 11月23日(月) 09:00 · 相川 愛子\n"
        f"LINEに受け付けられなかったか、メッセージを作れませんでした。\n{PLEASE}"
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
    (said,) = [s for s in coach.hears() if s.startswith("Some messages may not have arrived")]
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
        f"{TITLE}\nLINEがたすきのトークンを受け付けず、"
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


def test_health_is_good_again_once_it_is_told(world, post, clock, aiko, coach):
    post.post(aiko.id, KEY, Priority.SAFETY)
    refuse(world)
    clock.passes(minutes=11)
    assert told(coach)
    assert "alerts" not in str(build_web(world.parts).test_client().get("/healthz").json)
