"""A class's group: invited, bound by a coach's word, left, joined again, let go."""

from __future__ import annotations

import pytest

from models import class_group

HELLO = (
    "はじめまして、マラソンスクールのアシスタント「たすき」です。練習のお知らせと出欠をお手伝いします。"
    "担当コーチの方は、1対1のトークで「グループ」と送って、届いた合いことばをここに書いてください。"
    "\n\nHello, I'm Tasuki, the marathon school's assistant: I bring session notices and collect "
    "who is coming. Coach, please send “connect group” to me in a 1:1 chat and type the word you "
    "get here."
)
BOUND = (
    "完走クラスのグループとしてつながりました。毎週木曜 19:00に練習のお知らせをお届けします。"
    "出欠はカードのボタンでどうぞ。"
)


@pytest.fixture
def fin(world):
    """The main coach of the finish class, whose group waits for Tasuki."""
    return world.person("宇佐美 望")


@pytest.fixture
def group(world, fin):
    """The finish class's group with the bot invited."""
    inside = fin.in_group("FIN")
    world.rooms.invite(inside.chat)
    world.settle()
    return inside


def word_of(coach):
    """Ask for a word and return the line to send."""
    return coach.says("グループ")[1]


def bound_class(world, code="FIN"):
    with world.database.read() as db:
        row = class_group.group(db, world.group(code))
    return row.class_id if row else None


def test_invited_it_says_who_it_is_and_asks_for_a_coach(group):
    assert group.hears() == [HELLO]


def test_a_coachs_word_binds_the_group(world, fin, group):
    said = fin.says("グループ")
    assert said[0] == (
        "完走クラスの合いことばです。グループにたすきを招待して、次の1行をグループに送ってください。"
        "24時間以内に1回だけ使えます。"
    )
    assert said[1].startswith("たすき ")
    assert group.says(said[1]) == [BOUND]
    assert bound_class(world) == 7
    assert group.says("たすき 予定")[0].startswith("これからの練習\n11月28日(土) 09:00")


def test_the_word_alone_is_enough_in_any_script(world, fin, group):
    word = word_of(fin).split()[1]
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in word.lower())
    assert group.says(wide) == [BOUND]
    assert bound_class(world) == 7


def test_it_is_spent_by_its_first_use(world, fin, group):
    word = word_of(fin)
    group.says(word)
    assert group.says(word) == [
        "この合いことばは使えません(期限切れか、使用済みかもしれません)。"
        "1対1のトークで「グループ」と送ると、新しいものが届きます。"
    ]
    assert group.says(word_of(fin)) == ["このグループは、もう完走クラスとつながっています。"]


def test_it_is_good_for_a_day(world, fin, group, clock):
    word = word_of(fin)
    clock.passes(hours=24)
    assert group.says(word)[0].startswith("この合いことばは使えません")
    assert bound_class(world) is None


def test_five_wrong_words_lock_for_an_hour(world, fin, group, clock):
    word = word_of(fin)
    for _ in range(5):
        assert group.says("たすき ABCD-2345")[0].startswith("この合いことばは使えません")
    locked = "合いことばの間違いが続いたので、受け付けを1時間ほどお休みします。"
    assert group.says(word) == [f"{locked}そのあと、もう一度お試しください。"]
    clock.passes(hours=1, minutes=1)
    assert group.says(word) == [BOUND]


def test_a_member_cannot_bind_even_with_the_word(world, fin, group):
    member = world.person("後藤 葵")
    word = word_of(fin)
    assert member.in_group("FIN").says(word.split()[1]) == []
    member.in_group("FIN").says(word)
    assert bound_class(world) is None
    assert group.says(word) == [BOUND]
    assert member.says("グループ")[0].startswith("この操作は、担当のコーチか事務局の方だけ")


def test_another_classs_coach_cannot_use_it(world, fin, coach, group):
    word = word_of(fin)
    world.rooms.join(group.chat, coach.id)
    world.settle()
    assert coach.in_group("FIN").says(word) == [
        "グループをつなげるのは、そのクラスの担当コーチか事務局の方だけです。"
    ]
    assert coach.sends_data("binding.OfClass?class_id=7") == [
        "グループをつなげるのは、そのクラスの担当コーチか事務局の方だけです。"
    ]
    assert group.says(word) == [BOUND]


def test_a_bound_group_is_not_taken_by_another_class(world, coach, fin):
    world.rooms.join(world.group("S4"), fin.id)
    world.settle()
    assert fin.in_group("S4").says(word_of(fin)) == [
        "このグループはサブ4クラスとつながっています。変えるときは、サブ4クラスの担当コーチか"
        "事務局の方が、先に「たすき グループ解除」と送ってください。"
    ]
    assert fin.in_group("S4").says("たすき グループ解除") == [
        "グループをつなげるのは、そのクラスの担当コーチか事務局の方だけです。"
    ]
    assert coach.in_group("S4").says("たすき グループ解除") == [
        "サブ4クラスとのつながりを外しました。お知らせはこのグループには届かなくなります。"
    ]
    assert fin.in_group("S4").says(word_of(fin)) == [BOUND]


def test_the_office_chooses_the_class(world, office):
    assert office.says("connect group") == ["どのクラスのグループですか?"]
    assert len(office.labels()) == 7
    assert office.taps("完走クラス")[0].startswith("完走クラスの合いことばです。")


def test_leaving_and_coming_back_keeps_the_binding(world, fin, group, clock):
    group.says(word_of(fin))
    world.rooms.kick(group.chat)
    world.settle()
    clock.goes_to("2026-11-26 20:00")
    assert group.hears()[1:] == [BOUND]
    world.rooms.invite(group.chat)
    world.settle()
    assert group.hears()[-1] == (
        "たすきです。完走クラスのグループに戻ってきました。またよろしくお願いします。"
    )
    assert bound_class(world) == 7


def test_coming_and_going_count_by_when_they_happened(world, group, clock):
    clock.passes(minutes=10)
    world.rooms.kick(group.chat)
    world.settle()
    clock.at = clock.at.replace(minute=5)
    world.rooms.invite(group.chat)
    world.settle()
    with world.database.read() as db:
        assert class_group.group(db, group.chat).present is False


def test_ordinary_talk_is_no_word(world, fin, group):
    assert group.says("明日の件、よろしくお願いします") == []
    assert group.says("MARATHON") == []


def test_an_english_class_is_greeted_in_english(world):
    daniel = world.person("Daniel Okafor")
    group = daniel.in_group("S35")
    group.says("tasuki disconnect group")
    assert group.says(word_of(daniel)) == [
        "This is now the Sub-3.5 class group. A session notice comes every Monday at 19:30; "
        "answer with the buttons on it."
    ]


def test_a_second_group_of_a_class_takes_over(world, coach, fin):
    said = coach.says("グループ")
    assert said[0].endswith(
        "\nサブ4クラスは今もグループとつながっています。"
        "新しいグループで使うと、そちらに切り替わります。"
    )
    coach.in_group("S4").says("たすき グループ解除")
    assert bound_class(world, "S4") is None
    coach.in_group("S4").says(said[1])
    assert bound_class(world, "S4") == 3


def test_a_group_bound_to_nothing_says_so(group, fin):
    assert fin.says("グループ解除")[0].startswith("「グループ解除」は、外したいグループの中で")
    assert group.says("たすき グループ解除") == [
        "このグループは、どのクラスともつながっていません。"
    ]
    assert group.says("たすき 今週")[0].startswith("このグループは、まだどのクラスとも")
