"""One person sends a thousand messages a minute: recorded, hardly answered, and nobody waits."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import select

from bot import buttons
from bot.race_words import TapStep
from models import allowance, retention
from models.allowance import A_MINUTE, BURST, Allowance
from models.code import MAX_FAILURES, CodeFailure
from models.inbox import EventState
from models.pain import PainReport
from tests import bodies
from tests.broadcasting import SEND, SHOWN, drafts
from tests.letters import Letters
from tests.newcomers import CODE, agreed
from tests.posting import Outbox

TOO_FAST = "たくさん届いていて追いつけないので、少しのあいだお返事をお休みします。"
TOO_FAST_EN = "That is more than I can keep up with, so I'll pause for a little."
SOME = BURST + 8
LOCKED = "続けて5回ちがっていたので、1時間お休みします。コードは事務局が確かめてくれます。"


@pytest.fixture
def letters(world):
    return Letters(world)


def flood(letters, who, many, chat="", text="今週"):
    for _ in range(many // 50):
        assert letters.post(*(letters.text(who.id, text, chat) for _ in range(50))) == 200
    if many % 50:
        assert letters.post(*(letters.text(who.id, text, chat) for _ in range(many % 50))) == 200


def states(letters):
    return Counter(letters.states())


def pauses(who):
    return [said for said in who.hears() if said.startswith((TOO_FAST, TOO_FAST_EN))]


def test_a_thousand_a_minute_are_all_recorded_and_a_handful_answered(world, letters, aiko, clock):
    many = 1000 if world.database.is_sqlite else 200
    for _ in range(10):
        flood(letters, aiko, many // 10)
        world.settle()
        clock.at += timedelta(seconds=6)
    held = states(letters)
    assert held[EventState.DONE] + held[EventState.THROTTLED] == many
    assert BURST < held[EventState.DONE] <= A_MINUTE
    assert len(aiko.hears()) == held[EventState.DONE] + len(pauses(aiko))
    assert len(pauses(aiko)) == 1
    assert Outbox(world).entries("push") == []  # every word was a free reply


def test_nobody_waits_behind_a_flood(world, letters, aiko, ryo, emma):
    flood(letters, aiko, 50)
    for one in (ryo, emma):
        letters.post(letters.text(one.id, "今週"))
    world.engine.step()
    world.engine.step()
    assert letters.states()[-2:] == [EventState.DONE] * 2
    assert states(letters)[EventState.WAITING] == 50
    world.settle()
    assert (len(ryo.hears()), len(emma.hears())) == (1, 1)


def test_a_call_for_help_is_answered_in_the_midst_of_a_flood(world, letters, aiko, coach):
    flood(letters, aiko, SOME)
    for _ in range(2):
        letters.post(letters.text(aiko.id, "胸が痛くて息が苦しい"))
    letters.post(letters.text(aiko.id, "コーチに伝えて"))
    world.settle()
    assert sum("119" in said for said in aiko.hears()) == 2
    assert letters.states()[-3:] == [EventState.DONE] * 3
    assert any("胸" not in said and "愛子" in said for said in coach.hears())


def test_a_tap_of_the_race_day_is_heard_in_a_flood_and_any_other_is_not(world, letters, aiko):
    flood(letters, aiko, SOME)
    on_the_way, any_other = buttons.pack(TapStep(1, "must_knows", "got_it")), "nothing.Ours"
    for data in (on_the_way, any_other):
        letters.post(letters.event("postback", aiko.id, postback={"data": data}))
    world.settle()
    assert letters.states()[-2:] == [EventState.DONE, EventState.THROTTLED]


def test_after_a_pause_all_is_as_before_and_the_next_flood_is_told_again(
    world, letters, aiko, clock
):
    flood(letters, aiko, SOME)
    world.settle()
    clock.at += timedelta(minutes=5)
    assert aiko.says("今週") == [aiko.hears()[0]]
    clock.at += timedelta(minutes=6)
    flood(letters, aiko, SOME)
    world.settle()
    assert len(pauses(aiko)) == 2


def test_who_speaks_english_is_told_in_english(world, letters, emma):
    flood(letters, emma, SOME)
    world.settle()
    assert len(pauses(emma)) == 1
    assert pauses(emma)[0].startswith(TOO_FAST_EN)


def test_one_flooding_a_group_silences_neither_the_others_nor_their_own_chat(
    world, letters, aiko, ryo
):
    group = world.group("S4")
    flood(letters, aiko, SOME, group, "たすき 今週")
    letters.post(letters.text(ryo.id, "たすき 今週", group))
    letters.post(letters.text(aiko.id, "今週"))
    world.settle()
    assert letters.states()[-2:] == [EventState.DONE] * 2
    assert states(letters)[EventState.THROTTLED] == SOME - BURST
    assert len(aiko.in_group("S4").hears()) == BURST + 1  # nobody's pause is told in a group
    assert len(aiko.hears()) == 1


def test_talk_in_a_group_that_is_not_to_the_bot_costs_nothing(world, letters, aiko):
    flood(letters, aiko, SOME, world.group("S4"), "昨日のレース、楽しかった")
    letters.post(letters.text(aiko.id, "たすき 今週", world.group("S4")))
    world.settle()
    assert states(letters) == {EventState.DONE: SOME + 1}


def test_an_edit_in_a_flood_leaves_what_was_said_first(world, letters, aiko, clock):
    first = letters.text(aiko.id, "膝が痛い 3")
    letters.post(first)
    flood(letters, aiko, SOME)
    world.settle()
    assert states(letters)[EventState.THROTTLED]
    (kept,) = bodies.rows(world, PainReport)
    clock.at += timedelta(seconds=1)
    letters.post(letters.edited(first, "膝が痛い 6", 1000))
    world.settle()
    assert letters.states()[-1] == EventState.THROTTLED
    assert bodies.rows(world, PainReport) == [kept]


def test_calls_for_help_do_not_fill_the_bucket_again(world, letters, aiko):
    flood(letters, aiko, SOME)
    flood(letters, aiko, 5, text="意識がない")
    letters.post(letters.text(aiko.id, "今週"))
    world.settle()
    assert letters.states()[-2:] == [EventState.DONE, EventState.THROTTLED]


def test_a_clock_set_back_silences_nobody(world, letters, aiko, clock):
    flood(letters, aiko, BURST)
    world.settle()
    clock.at -= timedelta(days=1)
    assert aiko.says("今週")


def test_twenty_taps_on_send_send_once(world, letters, coach, aiko, clock):
    drafts(coach)
    send = coach.button(SEND)["data"]
    taps = [letters.event("postback", coach.id, postback={"data": send}) for _ in range(20)]
    assert letters.post(*taps) == 200
    world.settle()
    clock.passes(minutes=2)
    assert aiko.in_group("S4").hears() == [SHOWN]
    assert set(letters.states()) == {EventState.DONE}


def test_whoever_guesses_codes_is_stopped_at_five(world, letters, hikari):
    agreed(hikari)
    assert letters.post(*(letters.text(hikari.id, f"ABCDEF{n}") for n in range(20, 40))) == 200
    world.settle()
    assert hikari.says(CODE) == [LOCKED]
    with world.database.read() as db:
        assert len(list(db.exec(select(CodeFailure)))) == MAX_FAILURES


def test_what_is_counted_names_nobody_and_is_gone_after_a_day(world, letters, aiko, clock):
    flood(letters, aiko, 2)
    world.settle()
    with world.database.write() as db:
        rows = list(db.exec(select(Allowance)))
        assert [row.key for row in rows] == [allowance.key_of(aiko.id, aiko.id)]
        assert aiko.id not in rows[0].key
        retention.drop_spent(db, clock.now() + timedelta(seconds=7))
        assert list(db.exec(select(Allowance))) == []
