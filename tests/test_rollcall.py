"""点呼: the code to read out and the list to tick, by this class's coaches, in its time."""

from __future__ import annotations

import pytest

from bot.buttons import pack
from handlers.rollcall import Tick
from models.attendance import Checkin
from tests import bodies
from tests.test_checkin import ON_TIME, OPENS, digits, here


def test_the_code_is_the_same_for_both_coaches_and_each_time(world, coach, support, clock):
    assert coach.says("今日のコード") == [OPENS]
    clock.goes_to(ON_TIME)
    code = digits(world)
    card = (
        f"今日のコードは {code}\n集まったら読み上げてください。21:30 まで使えます。"
        "コードが使えない人は「点呼」でつけられます。"
    )
    assert coach.says("今日のコード") == coach.says("コード") == [card]
    assert support.says("今日のコード") == [card]


def test_a_member_does_not_see_it(aiko, clock):
    clock.goes_to(ON_TIME)
    for word in ("今日のコード", "点呼"):
        assert aiko.says(word) == ["この操作は、クラスの担当コーチだけができます。"]


def test_the_list_is_ticked_and_a_wrong_tick_taken_back(world, coach, aiko, clock):
    assert coach.says("点呼") == [OPENS]
    clock.goes_to(ON_TIME)
    assert coach.says("点呼") == [
        "11月25日(水) の点呼\n出席: 0/5 人\n"
        "名前をタップすると出席になります。✓の人をもう一度タップすると取り消せます。"
    ]
    assert len(coach.labels()) == 5
    first = coach.button("相川 愛子")
    assert coach.acts(first) == ["相川 愛子さん、出席にしました(いま 1 人)。"]
    assert here(world, aiko)
    assert coach.acts(first) == ["相川 愛子さん、出席にしました(いま 1 人)。"]
    assert coach.taps("取り消す") == ["相川 愛子さんの出席を取り消しました(いま 0 人)。"]
    assert not here(world, aiko)
    coach.acts(first)
    coach.says("点呼")
    assert "✓ 相川 愛子" in coach.labels()
    coach.taps("✓ 相川 愛子")
    assert not here(world, aiko)


def test_in_english(world, clock):
    daniel = world.person("Daniel Okafor")
    clock.goes_to(ON_TIME)
    with world.database.write() as db:
        one = daniel.record()
        one.language = "en"
        db.add(one)
    said = daniel.says("roll call")
    assert said == [
        "Roll call, Wed 25 Nov\nHere: 0 of 5\nTap a name to tick it; tap a ✓ to take it back."
    ]
    assert daniel.says("day code")[0].startswith("Today's code: ")


def test_who_checked_in_by_code_is_on_the_list(world, aiko, coach, clock):
    clock.goes_to(ON_TIME)
    aiko.says(digits(world))
    assert "出席: 1/5 人" in coach.says("点呼")[0]
    assert "✓ 相川 愛子" in coach.labels()


def test_another_classs_coach_cannot_tick(world, aiko, clock):
    other = world.person("橋爪 岳")
    clock.goes_to(ON_TIME)
    tick = pack(Tick(bodies.session_of(world).key, aiko.record().key, here=True))
    assert other.sends_data(tick) == ["これは担当クラスの名簿ではないようです。"]
    assert "担当のコーチか事務局の方だけ" in aiko.sends_data(tick)[0]
    assert not here(world, aiko)


def test_only_members_of_the_class_and_only_in_time(world, coach, aiko, clock):
    one, stranger = bodies.session_of(world).key, world.person("佐藤 美咲").record().key
    me = aiko.record().key
    assert coach.sends_data(pack(Tick(one, me, here=True)))[0].startswith("点呼は、練習の30分前")
    clock.goes_to(ON_TIME)
    assert coach.sends_data(pack(Tick(one, stranger, here=True)))[0].startswith("その方は、いま")
    assert coach.sends_data(pack(Tick(10**12, me, here=True)))[0].startswith("これは担当クラス")
    clock.goes_to("2026-11-25 21:31")
    assert coach.sends_data(pack(Tick(one, me, here=True)))[0].startswith("点呼は、練習の30分前")
    assert not [row for row in bodies.rows(world, Checkin) if row.session_id == one]


@pytest.mark.parametrize("data", ["rollcall.Tick", "rollcall.Tick?session=x&person=1&here=yes"])
def test_hand_made_data_is_refused(coach, data):
    assert "今週" in coach.sends_data(data)[0]
