"""配信: a coach writes, sees it as it arrives, sends, and can stop it for a minute."""

from __future__ import annotations

from sqlmodel import select

from models.record import Audit
from tests.broadcasting import (
    RAIN,
    SHOWN,
    drafts,
)
from tests.test_photos import opened, picture


def test_a_broadcast_to_the_group_from_the_word_to_the_minute_after(coach, aiko, clock):
    assert coach.says("配信")[0].startswith("みなさんに届ける文章か、写真か、場所(位置情報)を")
    assert coach.says(RAIN) == ["だれに届けますか?"]
    shown, control = coach.taps("クラスのグループ(7人)")
    assert shown == SHOWN
    assert control.splitlines()[:3] == [
        "上のとおりに届きます。送りますか?",
        "届け先: サブ4クラス グループ",
        "いつ: 送信ボタンを押して1分後",
    ]
    assert "7人に届き、7通を使います。" in control
    assert coach.taps("サブ4クラスの7人に送る")[0].startswith(
        "1分後に送ります。それまでは取り消せます。"
    )
    group = aiko.in_group("S4")
    clock.passes(seconds=59)
    assert group.hears() == []
    clock.passes(seconds=1)
    assert group.hears() == [SHOWN]
    before = coach.hears()
    clock.passes(minutes=15)
    assert group.hears() == [SHOWN]
    assert coach.hears() == before  # all went well: no further word, no cost


def test_what_was_shown_is_what_is_sent(world, coach, aiko, clock):
    drafts(coach)
    shown = coach.shown()[-2]["message"]
    coach.taps("サブ4クラスの7人に送る")
    clock.passes(minutes=1)
    sent = world.sim.ledger.as_json(0)[-1]
    assert (sent["to"], sent["messages"]) == (world.group("S4"), [shown])


def test_within_the_minute_it_can_really_be_stopped(coach, aiko, clock):
    drafts(coach)
    coach.taps("サブ4クラスの7人に送る")
    clock.passes(seconds=58)
    assert coach.taps("取り消す") == ["取り消しました。だれにも送っていません。"]
    clock.passes(hours=2)
    assert aiko.in_group("S4").hears() == []
    assert coach.taps("取り消す") == ["この配信は、いま送信待ちではありません。"]
    assert coach.taps("内容を見直す")[0] == SHOWN


def test_after_the_minute_it_says_that_it_is_out(coach, aiko, clock):
    drafts(coach)
    coach.taps("サブ4クラスの7人に送る")
    clock.passes(minutes=1)
    said = coach.taps("取り消す")
    assert said == ["この配信は11月23日(月) 09:01にもう送りました。取り消せません。"]
    assert len(aiko.in_group("S4").hears()) == 1


def test_a_double_tap_on_send_sends_once(coach, aiko, clock):
    drafts(coach)
    tap = coach.button("サブ4クラスの7人に送る")
    coach.acts(tap)
    assert coach.acts(tap)[0].startswith("11月23日(月) 09:01に送ります。それまでは取り消せます。")
    clock.passes(minutes=1)
    assert coach.acts(tap)[0].startswith("この配信は、もう送信の手続きに入っています")
    clock.passes(minutes=5)
    assert len(aiko.in_group("S4").hears()) == 1


def test_a_photo_with_a_text_arrives_as_both(world, coach, aiko, clock):
    coach.says("配信")
    assert coach.shows(picture()) == ["だれに届けますか?"]
    assert coach.taps("クラスのグループ(7人)")[:2] == ["📣 西岡 遥コーチより", "image"]
    coach.taps("内容を直す")
    assert coach.says(RAIN)[:2] == [SHOWN, "image"]
    coach.taps("サブ4クラスの7人に送る")
    clock.passes(minutes=1)
    text, photo = (b["message"] for b in aiko.in_group("S4").shown())
    assert text["text"] == SHOWN
    path = photo["originalContentUrl"].removeprefix(world.parts.settings.public_url)
    got = world.web.test_client().get(path)
    assert (got.status_code, opened(got.data).format) == (200, "JPEG")


def test_the_photo_can_be_taken_out_again(world, coach):
    coach.says("配信")
    coach.says(RAIN)
    coach.taps("クラスのグループ(7人)")
    coach.taps("内容を直す")
    assert len(coach.shows(picture())) == 3
    address = coach.shown()[-2]["message"]["originalContentUrl"]
    path = address.removeprefix(world.parts.settings.public_url)
    assert coach.taps("写真を外す")[0] == SHOWN
    assert "写真を外す" not in coach.labels()
    assert world.web.test_client().get(path).status_code == 404


def test_a_place_arrives_as_a_place(coach, aiko, clock):
    coach.says("配信")
    place = {
        "title": "夢の島競技場",
        "address": "東京都江東区",
        "latitude": 35.65,
        "longitude": 139.82,
    }
    coach.sends({"type": "location", **place})
    coach.taps("クラスのグループ(7人)")
    coach.taps("サブ4クラスの7人に送る")
    clock.passes(minutes=1)
    assert aiko.in_group("S4").shown()[-1]["message"] == {"type": "location", **place}


def test_a_test_to_oneself_is_the_same_and_costs_nothing(world, coach, aiko):
    drafts(coach)
    shown = coach.shown()[-2]["message"]
    assert coach.taps("自分にテスト送信") == [SHOWN]
    assert coach.shown()[-1]["message"] == shown
    assert world.sim.ledger.as_json(0)[-1]["path"].endswith("/reply")
    assert aiko.in_group("S4").hears() == []


def test_in_english_for_an_english_speaking_coach(world):
    daniel = world.person("Daniel Okafor")
    daniel.says("English")
    assert daniel.says("Broadcast, please")[0].startswith("Send me the text, a photo or a place")
    assert daniel.says("Rain tomorrow: bring a jacket.") == ["Who is it for?"]
    label = next(one for one in daniel.labels() if one.startswith("The class group ("))
    shown, control = daniel.taps(label)
    assert shown == "📣 From coach Daniel Okafor\n\nRain tomorrow: bring a jacket."
    assert "To: Sub-3.5 class: group\nWhen: a minute after you tap send" in control
    send = daniel.labels()[0]
    assert send.startswith("Send to Sub-3.5 class (")
    assert daniel.taps(send)[0].startswith("It goes out in a minute. Until then you can stop it.")
    assert daniel.taps("Stop it") == ["Stopped. Nothing was sent to anybody."]


def test_it_is_written_down_who_sent_what_to_how_many(world, coach, clock):
    drafts(coach)
    coach.taps("サブ4クラスの7人に送る")
    clock.passes(minutes=1)
    with world.database.read() as db:
        rows = db.exec(select(Audit).where(Audit.deed.startswith("broadcast."))).all()
    assert [(row.deed, row.people) for row in rows] == [
        ("broadcast.held", 7),
        ("broadcast.sent", 7),
    ]
    assert {row.person_id for row in rows} == {coach.record().key}
    assert all(RAIN not in row.subject and len(row.subject) > 20 for row in rows)
