"""Deletion: nothing about the person is left, and nothing of others is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from bot import buttons
from handlers.privacy import Erase
from models import attendance, school, session
from models.attendance import Checkin
from models.person import by_line_id
from models.record import Audit
from models.tables import metadata
from scheduler.housekeeping import keep_house

CANARY = "相談 カナリアの羽が青いのですが"
DELETED = (
    "すべて消しました。これまで一緒に走れて、うれしかったです。"
    "またいつでも「登録」から始められます。"
)


def test_deletion_asks_once_and_leaves_nothing(world, aiko, coach):
    _lives(world, aiko)
    number, name = aiko.record().key, aiko.record().name
    assert aiko.says("削除") == [
        "すべて消しますか?\n"
        "クラスの登録、出欠と出席、目標、体の情報、相談、送ってくださった文章を、すべて消します。\n"
        "もとには戻せません。お休みするだけなら、このままで大丈夫です。"
    ]
    assert by_id(world, aiko) is not None
    assert aiko.taps("すべて消す") == [DELETED]
    assert by_id(world, aiko) is None
    keep_house(world.database, world.clock.now())
    everything = _everything(world)
    for trace in (aiko.id, name, "カナリア"):
        assert trace not in everything
    assert _rows_of(world, number) == []
    with world.database.read() as db:
        erased = db.exec(select(Audit).where(Audit.deed == "erased")).one()
        assert (erased.person_id, erased.people, len(erased.subject)) == (None, 1, 64)


def test_deletion_in_english(emma):
    assert emma.says("delete me")[0].startswith("Delete everything?\nYour place in the class")
    assert emma.taps("Delete everything") == [
        "Everything is deleted. It was good to run with you. "
        "You can start again any time with “enrol”."
    ]


@pytest.mark.parametrize("word", ["delete everything", "Delete everything?"])
def test_saying_the_wish_twice_is_no_confirmation(world, emma, word):
    emma.says("delete everything")
    emma.says(word)
    with world.database.read() as db:
        assert by_line_id(db, emma.id) is not None


def test_afterwards_they_are_a_stranger(aiko):
    aiko.says("退会")
    aiko.taps("すべて消す")
    assert aiko.says("今週")[0].startswith("これはクラスに登録した方の機能です。")
    assert aiko.says("登録")[0].startswith("お預かりするもの")


def test_the_button_works_once_and_for_its_person_only(world, aiko, ryo):
    aiko.says("削除")
    data = aiko.button("すべて消す")["data"]
    old = "このボタンは使えなくなっています。消すときは、もう一度「削除」と送ってください。"
    assert ryo.sends_data(data) == [old]
    assert ryo.sends_data(buttons.pack(Erase("")))[0] == old
    assert aiko.sends_data(data) == [DELETED]
    assert aiko.sends_data(data) == [old]
    assert by_id(world, ryo) is not None


def test_after_two_days_the_button_is_old(aiko, clock):
    aiko.says("削除")
    clock.at += timedelta(days=3)  # nobody else's reminders on the way
    assert aiko.taps("すべて消す")[0].startswith("このボタンは使えなくなっています。")


def test_the_same_tap_twice_deletes_once(world, aiko):
    aiko.says("削除")
    outcome = world.phones.tap(aiko.id, aiko.id, aiko.button("すべて消す")["data"])
    world.settle()
    world.comes_again(outcome)
    assert aiko.hears()[-1] == DELETED
    assert by_id(world, aiko) is None


def test_what_a_coach_did_for_others_stays(world, coach, aiko):
    _ticks(world, coach, aiko)
    assert "担当からはずれます" in coach.says("削除")[0]
    coach.taps("すべて消す")
    with world.database.read() as db:
        kept = attendance.latest_checkin(db, aiko.record().key)
        assert kept is not None
        assert kept.by_person_id is None
        assert len(school.coaches_of(db, school.class_of(db, aiko.record()).key)) == 1


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_column_that_names_a_person_is_known_to_erasure(name):
    loose = {"audit.person_id"}  # erased by hand
    for column in metadata.tables[name].columns:
        if "person_id" in column.name and f"{name}.{column.name}" not in loose:
            assert column.foreign_keys, f"{name}.{column.name} does not point at person"


def by_id(world, actor):
    with world.database.read() as db:
        return by_line_id(db, actor.id)


def _lives(world, actor):
    """Leave traces of every kind that a member can leave."""
    actor.says(CANARY)
    actor.says("体重 54.5")
    actor.says("水 300")
    actor.says("ABCDEFG2")
    actor.says("膝が痛い")
    actor.says("5")
    actor.says("コツ")
    actor.in_group("S4").says("カナリアは元気です")
    actor.says("今週")
    if "欠席" in actor.labels():
        actor.taps("欠席")
    actor.says("目標")


def _ticks(world, coach, member):
    with world.database.write() as db:
        now, one = world.clock.now(), member.record()
        last = session.latest_started(db, school.class_of(db, one).key, now)
        row = Checkin(session_id=last.key, person_id=one.key, at=now)
        row.by_person_id = coach.record().key
        assert attendance.check_in(db, row)


def _everything(world):
    """Return all rows of all tables as they are when opened with the key."""
    with world.database.read() as db:
        return "\n".join(
            repr(tuple(row))
            for table in metadata.sorted_tables
            for row in db.execute(select(table))
        )


def _rows_of(world, number):
    with world.database.read() as db:
        return [
            f"{table.name}.{column.name}"
            for table in metadata.sorted_tables
            for column in table.columns
            if "person" in column.name and table.name != "person"
            for row in db.execute(select(column).where(column == number))
        ]
