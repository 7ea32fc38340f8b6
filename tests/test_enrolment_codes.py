"""Class codes: as they are typed, wrong, old, full, and of another class."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import code, school
from tests.newcomers import CODE, OTHER, agreed, class_of


@pytest.mark.parametrize(
    "typed",
    [
        "登録 VY4HK9TD",
        "登録VY4HK9TD",
        "ＶＹ４ＨＫ９ＴＤ",
        "vy4hk9td",
        "コードはvy4hk9tdです",
        "クラスコード VY4H K9TD",
        "enrol VY4HK9TD",
        "my code is VY4HK9TD",
        "こんにちは、登録 VY4HK9TD お願いします",
    ],
)
def test_a_code_typed_first_is_kept_until_the_terms_are_agreed(world, hikari, typed):
    hikari.follows()
    assert hikari.says(typed)[0].startswith("お預かりするもの")
    assert class_of(world, hikari) is None
    assert hikari.says("同意します")[0].startswith("目標タイムは?")
    assert class_of(world, hikari) == "S4"


def test_a_code_may_have_spaces_when_it_was_asked_for(world, hikari):
    agreed(hikari)
    assert hikari.says("ＶＹ４Ｈ　Ｋ９ＴＤ")[0].startswith("目標タイムは?")


def test_five_wrong_codes_lock_kindly_for_an_hour(world, hikari, clock):
    agreed(hikari)
    for left in (4, 3, 2, 1):
        assert f"(あと{left}回)" in hikari.says(f"ABCDEFG{left}")[0]
    locked = "続けて5回ちがっていたので、1時間お休みします。コードは事務局が確かめてくれます。"
    assert hikari.says("ABCDEFG9") == [locked]
    assert hikari.says(CODE) == [locked]
    assert class_of(world, hikari) is None
    clock.passes(minutes=61)
    assert hikari.says(CODE)[0].startswith("目標タイムは?")


def test_wrong_codes_in_english(oliver):
    oliver.follows()
    oliver.says("enrol")
    oliver.says("I agree")
    assert "(4 tries left)" in oliver.says("ABCDEFG2")[0]
    for _ in range(2):
        oliver.says("ABCDEFG2")
    assert "(1 try left)" in oliver.says("ABCDEFG2")[0]


def test_without_a_code_the_office_can_be_asked_once_a_day(hikari, office, clock):
    agreed(hikari)
    assert hikari.taps("コードがない")[0].startswith("クラスコードは、申込のあとに届く案内に")
    assert hikari.taps("事務局に頼む") == [
        "事務局に伝えました。連絡が来るまで、少しお待ちください。"
    ]
    hikari.says("事務局に頼む")
    assert office.hears() == [
        "新田 ひかりさん(LINEの表示名)が、クラスコードを必要としています。"
        "ご本人に連絡をお願いします。"
    ]
    clock.at += timedelta(days=1)  # nobody else's reminders on the way
    hikari.says("事務局に頼む")
    assert len(office.hears()) == 2


def test_a_full_class_is_told_to_both(world, hikari, office):
    with world.database.write() as db:
        class_ = next(c for c in school.classes(db) if c.code == "S4")
        class_.capacity = len(school.members_of(db, class_.key))
        db.add(class_)
    agreed(hikari)
    assert hikari.says(CODE) == [
        "サブ4クラスは、いま定員いっぱいです。事務局に伝えましたので、連絡をお待ちください。"
    ]
    assert class_of(world, hikari) is None
    assert office.hears() == [
        "新田 ひかりさん(LINEの表示名)がS4のコードを使いましたが、"
        "定員いっぱいで登録できていません。"
    ]


def test_a_member_is_asked_before_changing_class(world, aiko):
    assert aiko.says(OTHER) == [
        "いまはサブ4クラスです。サブ4.5クラスに移りますか?これまでの記録は残ります。"
    ]
    assert aiko.taps("このまま") == ["では、いまのクラスのままにしますね。"]
    assert class_of(world, aiko) == "S4"
    aiko.says(OTHER)
    assert aiko.taps("移る")[0].startswith("目標タイムは?")
    assert class_of(world, aiko) == "S45"


def test_ones_own_code_again_changes_nothing(world, aiko):
    assert aiko.says(CODE)[0].startswith("目標タイムは?")
    assert class_of(world, aiko) == "S4"


def test_the_same_code_twice_at_once_joins_once(world, hikari):
    agreed(hikari)
    outcome = world.phones.say(hikari.id, hikari.id, CODE)
    world.settle()
    world.comes_again(outcome)
    with world.database.read() as db:
        assert len(school.roles(db, hikari.record())) == 1


def test_a_code_past_its_date_is_unknown(world, hikari):
    agreed(hikari)
    with world.database.write() as db:
        row = code.find(db, CODE, (school.MEMBER,), world.clock.now())
        row.expires_at = world.clock.now()
        db.add(row)
    assert "見つかりませんでした" in hikari.says(CODE)[0]


def test_codes_are_kept_as_hashes_only(world):
    with world.database.read() as db:
        assert code.find(db, CODE, (school.MEMBER,), world.clock.now())
        assert CODE not in str(db.connection().exec_driver_sql("SELECT * FROM code").all())
