"""Invitations: a one-time code, and a second person who confirms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from bot import buttons
from bot.invitations import Confirm
from models import code, policy, school
from models.code import Code
from models.record import Audit
from tests.newcomers import agreed

INVITATION = "QWERTYUA23456ZXC"
WAITS = (
    "招待コードを受け取りました。サブ4クラスのメインコーチとして、もう1人(事務局かコーチ)の"
    "確認をお願いしています。終わったらお知らせします。"
)


@pytest.fixture
def invited(world, hikari):
    """Someone who has agreed to the terms and holds an invitation as main coach of sub-4."""
    _invite(world, school.MAIN, "S4")
    agreed(hikari)
    return hikari


def test_a_second_person_makes_the_coach(world, invited, coach, office):
    assert invited.says(INVITATION) == [WAITS]
    assert _roles(world, invited) == {policy.Role.GUEST}
    assert coach.hears() == office.hears()
    assert office.hears() == [
        "コーチ・事務局の登録確認\n"
        "お名前: 新田 ひかり\n"
        "役割: メインコーチ\n"
        "クラス: サブ4クラス\n"
        "LINEの表示名です。ご本人にまちがいないか、直接確かめてから押してください。"
    ]
    assert office.taps("承認する") == ["新田 ひかりさんを登録しました。ご本人にも知らせます。"]
    assert invited.hears()[-1] == (
        "サブ4クラスのメインコーチとして登録しました。「メニュー」でできることを見られます。"
    )
    assert policy.Role.COACH in _roles(world, invited)
    assert coach.taps("承認する") == ["この確認は、もう終わっています。"]
    assert _audit(world) == ["role.granted"]


def test_declined_the_person_stays_who_they_were(world, invited, coach):
    invited.says(INVITATION)
    assert coach.taps("断る") == ["新田 ひかりさんの登録を見送りました。ご本人にも知らせます。"]
    assert invited.hears()[-1].endswith("確認が取れませんでした。事務局に聞いてみてください。")
    assert _roles(world, invited) == {policy.Role.GUEST}
    assert _audit(world) == ["role.declined"]


def test_in_english(world, oliver, office):
    _invite(world, school.SUPPORT, "S4")
    oliver.follows()
    oliver.says("enrol")
    oliver.says("I agree")
    assert oliver.says(INVITATION)[0].startswith("Your invitation was accepted. Someone else")
    office.says("English")
    assert office.says("pending")[0].startswith("Someone used an invitation\nName: Oliver Brandt")
    assert office.taps("Confirm") == ["Oliver Brandt is registered and will be told."]
    assert oliver.hears()[-1].startswith("You are now registered as support coach (Sub-4 class).")


def test_an_invitation_works_once(world, invited, oliver):
    invited.says(INVITATION)
    agreed(oliver)
    oliver.says("I agree")
    assert "wasn't found" in oliver.says(INVITATION)[0]


def test_the_terms_come_first(world, hikari, office):
    _invite(world, school.MAIN, "S4")
    hikari.follows()
    assert hikari.says(INVITATION)[0].startswith("お預かりするもの")
    assert office.hears() == []
    assert hikari.says("同意する") == [WAITS]


def test_the_first_of_the_office_needs_nobody(world, hikari):
    with world.database.write() as db:
        for one in school.office(db):
            db.delete(school.roles(db, one)[0])
    _invite(world, school.OFFICE, None)
    agreed(hikari)
    assert hikari.says(INVITATION) == [
        "スクール全体の事務局として登録しました。「メニュー」でできることを見られます。",
        "登録されています\n事務局: スクール全体",
    ]
    assert policy.Role.OFFICE in _roles(world, hikari)


def test_a_coach_of_another_class_cannot_confirm(world, invited, coach):
    invited.says(INVITATION)
    stranger = world.person("橋爪 岳")
    assert stranger.says("承認待ち") == ["いま確認を待っている登録はありません。"]
    data = coach.button("承認する")["data"]
    assert stranger.sends_data(data)[0].startswith("この確認は、事務局かそのクラスの")
    assert _roles(world, invited) == {policy.Role.GUEST}


def test_another_persons_button_does_not_work(world, invited, coach, support):
    invited.says(INVITATION)
    data = coach.button("承認する")["data"]
    assert support.sends_data(data)[0].startswith("このボタンは期限が切れています。")
    assert support.says("承認待ち")[0].startswith("コーチ・事務局の登録確認")
    assert support.taps("承認する")[0].startswith("新田 ひかりさんを登録しました。")


def test_nobody_confirms_themselves(world, coach, support):
    _invite(world, school.SUPPORT, "S4")
    coach.says(INVITATION)
    assert coach.says("承認待ち") == ["いま確認を待っている登録はありません。"]
    assert coach.sends_data(buttons.pack(Confirm(1, "x")))[0].startswith("この確認は、事務局か")


@pytest.mark.parametrize("number", [0, -1, 99, 2**40])
def test_made_up_requests_are_refused(coach, aiko, number):
    data = buttons.pack(Confirm(number, "x"))
    assert coach.sends_data(data) == ["この確認は、もう終わっています。"]
    assert aiko.sends_data(data)[0].startswith("この操作は、担当のコーチか事務局の方だけ")


def test_a_week_later_it_is_over(world, invited, coach, clock):
    invited.says(INVITATION)
    clock.at += timedelta(days=8)  # nobody else's reminders on the way
    assert coach.says("承認待ち") == ["いま確認を待っている登録はありません。"]
    assert coach.taps("承認する") == ["この確認は、もう終わっています。"]


def test_after_two_days_the_button_is_old_and_the_word_helps(world, invited, coach, clock):
    invited.says(INVITATION)
    clock.at += timedelta(days=3)  # nobody else's reminders on the way
    assert coach.taps("承認する")[0].startswith("このボタンは期限が切れています。")
    coach.taps("承認待ち")
    assert coach.taps("承認する")[0].startswith("新田 ひかりさんを登録しました。")


def test_who_holds_the_role_already_keeps_the_code(world, coach, invited):
    assert coach.says(INVITATION)[0].startswith("登録されています\nメインコーチ: サブ4クラス")
    assert invited.says(INVITATION) == [WAITS]


def _invite(world, kind, class_code):
    now = world.clock.now()
    with world.database.write() as db:
        found = [c.key for c in school.classes(db) if c.code == class_code]
        row = Code(hash="", kind=kind, class_id=found[0] if found else None, single=True)
        row.expires_at = now + timedelta(days=7)
        assert code.add(db, INVITATION, row)


def _roles(world, actor):
    with world.database.read() as db:
        return policy.roles_of(db, actor.record())


def _audit(world):
    with world.database.read() as db:
        return [row.deed for row in db.exec(select(Audit))]
