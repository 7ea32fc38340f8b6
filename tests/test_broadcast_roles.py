"""Who may send, decided anew at each step: former coaches, forwarded taps, stolen tokens."""

from __future__ import annotations

from bot.broadcast_approval import Approve
from bot.broadcast_taps import Send, Stop
from bot.buttons import pack
from models import school
from tests.broadcasting import (
    RAIN,
    SHOWN,
    class_id,
    drafts,
    heard_in_groups,
    loses_roles,
    newest,
)


def test_a_former_coach_cannot_send(world, coach, aiko, clock):
    drafts(coach)
    loses_roles(world, coach)
    assert coach.taps("サブ4クラスの7人に送る")[0].startswith("これはクラスに登録した方の機能です")
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_who_stops_being_a_coach_within_the_minute_is_not_heard(world, coach, aiko, clock):
    drafts(coach)
    coach.taps("サブ4クラスの7人に送る")
    loses_roles(world, coach)
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
    assert "いまはこの届け先の担当ではないので、送れません。" in coach.hears()


def test_a_coach_moved_to_another_class_does_not_take_the_broadcast_along(
    world, coach, aiko, clock
):
    drafts(coach)
    tap = coach.button("サブ4クラスの7人に送る")
    loses_roles(world, coach)
    with world.database.write() as db:
        school.grant(db, coach.record(), school.MAIN, class_id(world, "S5"), clock.now())
    said = coach.acts(tap)
    assert said[0] == "いまはこの届け先の担当ではないので、送れません。"
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_a_forwarded_tap_does_nothing_for_somebody_else(world, coach, support, aiko, clock):
    drafts(coach)
    tap = coach.button("サブ4クラスの7人に送る")
    for somebody in (support, world.person("Daniel Okafor")):
        assert somebody.acts(tap) == ["この配信は、ほかの方が書いているものです。"]
    assert aiko.acts(tap) == [
        "この操作は、担当のコーチか事務局の方だけができます。困ったときは「相談」と送ってください。"
    ]
    assert coach.in_group("S4").acts(tap)[0].startswith("これは1対1のトークで")
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_anothers_token_sends_nothing(world, coach, support, clock, aiko):
    drafts(coach)
    drafts(support)
    stolen = coach.button("サブ4クラスの7人に送る")["data"].split("token=")[1].split("&")[0]
    theirs = newest(world).key
    said = support.sends_data(pack(Send(theirs, stolen)))
    assert said[0].startswith("このボタンは一度きりのもので、もう使えません。")
    assert support.sends_data(pack(Approve(theirs, stolen)))[0].startswith(
        "この配信は、もう承認待ち"
    )
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_two_coaches_who_write_at_once_do_not_mix(world, coach, support, aiko, clock):
    coach.says("配信")
    support.says("配信")
    support.says("ストレッチの動画です。")
    coach.says(RAIN)
    support.taps("クラスのグループ(7人)")
    assert coach.taps("クラスのグループ(7人)")[0] == SHOWN
    coach.taps("サブ4クラスの7人に送る")
    support.taps("サブ4クラスの7人に送る")
    support.taps("取り消す")
    clock.passes(minutes=2)
    assert aiko.in_group("S4").hears() == [SHOWN]


def test_the_other_coach_of_the_class_may_stop_it_and_a_strange_one_may_not(
    world, coach, support, aiko, clock
):
    drafts(coach)
    coach.taps("サブ4クラスの7人に送る")
    stop = pack(Stop(newest(world).key))
    strange = world.person("Daniel Okafor").sends_data(stop)
    assert strange == ["この配信を取り消せるのは、書いた方、そのクラスのコーチ、事務局です。"]
    assert support.says("配信予定")[0].startswith("これから出る配信が1件あります")
    assert support.taps("1を取り消す") == ["取り消しました。だれにも送っていません。"]
    assert coach.hears()[-1].startswith("久我 大地さんが、あなたの配信を取り消しました。")
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
