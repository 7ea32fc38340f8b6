"""People on their phones: what they do, what the bot hears, what the page is told."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from simulator_stage import AIKO, GROUP, KEN, SECRET, START, Stage

from bot.simulator.webhooks import signature

BOT_ID = "U0000000000000000000000007a5eca11"


@pytest.fixture
def stage():
    with closing(Stage()) as stage:
        yield stage


def test_what_is_said_is_heard_signed(stage):
    sent = stage.control("say", chat=AIKO, user=AIKO, text="水　３００")
    signed, body = stage.ear.heard[0]
    assert signed == signature(SECRET, body)
    event = json.loads(body)["events"][0]
    assert json.loads(body)["destination"] == BOT_ID
    assert event["source"] == {"type": "user", "userId": AIKO}
    assert (event["message"]["id"], event["message"]["text"]) == (sent["message_id"], "水　３００")
    assert (sent["event_id"], sent["status"]) == (event["webhookEventId"], 200)
    assert event["timestamp"] == START.timestamp() * 1000
    assert (event["mode"], event["deliveryContext"]) == ("active", {"isRedelivery": False})


def test_event_ids_are_ulids_in_order_of_time(stage):
    first = stage.says(AIKO, "一")["webhookEventId"]
    stage.waits(milliseconds=1)
    second = stage.says(AIKO, "二")["webhookEventId"]
    assert (len(first), first < second) == (26, True)


def test_a_mention_is_marked_in_utf16(stage):
    stage.sim.people.users[KEN].name = "Tasuki Ken"
    event = stage.says(AIKO, "🍎@Tasuki Ken と @Tasuki 今週", chat=GROUP)
    ken, bot = event["message"]["mention"]["mentionees"]
    assert (ken["index"], ken["length"], ken["isSelf"], ken["userId"]) == (2, 11, False, KEN)
    assert (bot["index"], bot["length"], bot["isSelf"], bot["userId"]) == (16, 7, True, BOT_ID)
    assert "mention" not in stage.says(AIKO, "今週", chat=GROUP)["message"]


def test_a_tap_carries_data_and_params_and_shows_its_words(stage):
    stage.control(
        "tap", chat=AIKO, user=AIKO, data="go", display="行く", params={"date": "2026-12-01"}
    )
    assert stage.ear.events[0]["postback"] == {"data": "go", "params": {"date": "2026-12-01"}}
    shown = stage.ask("GET", f"/sim/messages?chat={AIKO}")[1]["messages"]
    assert [(bubble["from"], bubble["message"]["text"]) for bubble in shown] == [(AIKO, "行く")]


def test_a_group_tap_may_come_without_its_user(stage):
    stage.control("tap", chat=GROUP, user=AIKO, data="go", anonymous=True)
    assert stage.ear.events[0]["source"] == {"type": "group", "groupId": GROUP}


def test_friends_come_and_go(stage):
    stage.control("block", user=AIKO)
    stage.control("unblock", user=AIKO)
    unfollow, follow = stage.ear.events
    assert (unfollow["type"], "replyToken" in unfollow) == ("unfollow", False)
    assert (follow["type"], follow["follow"]) == ("follow", {"isUnblocked": True})
    assert stage.reply(follow["replyToken"], "おかえりなさい")[0] == 200


def test_the_bot_hears_only_groups_it_is_in(stage):
    stage.control("kick", group=GROUP)
    assert stage.says(AIKO, "@Tasuki 今週", chat=GROUP) is None
    stage.control("invite", group=GROUP)
    stage.control("leave", group=GROUP, user=KEN)
    stage.control("join", group=GROUP, user=KEN)
    assert [event["type"] for event in stage.ear.events] == [
        "leave", "join", "memberLeft", "memberJoined",
    ]  # fmt: skip
    assert stage.ear.events[-1]["joined"] == {"members": [{"type": "user", "userId": KEN}]}
    assert ["replyToken" in event for event in stage.ear.events] == [False, True, False, True]


def test_a_text_is_edited_and_taken_back(stage):
    sent = stage.says(AIKO, "明日いく", chat=GROUP)["message"]["id"]
    stage.control("edit", message_id=sent, text="明日休みます")
    edited = stage.ear.events[-1]
    assert (edited["type"], edited["message"]["id"]) == ("messageEdited", sent)
    assert "markAsReadToken" not in edited["message"]
    stage.control("unsend", message_id=sent)
    assert stage.ear.events[-1]["unsend"] == {"messageId": sent}
    shown = stage.ask("GET", f"/sim/messages?chat={GROUP}")[1]["messages"][0]
    assert (shown["unsent"], shown["edited"], shown["message"]["text"]) == (True, True, "")


@pytest.mark.parametrize(
    ("deed", "wish"),
    [
        ("say", {"chat": KEN, "user": AIKO, "text": "x"}),
        ("say", {"chat": AIKO, "user": AIKO, "text": ""}),
        ("say", {"chat": AIKO, "user": "nobody", "text": "x"}),
        ("say", {"chat": AIKO, "user": AIKO}),
        ("send", {"chat": AIKO, "user": AIKO, "message": {"type": "flex"}}),
        ("send", {"chat": AIKO, "user": AIKO, "message": {"type": "image", "data": "*"}}),
        ("invite", {"group": GROUP}),
        ("unblock", {"user": 7}),
        ("unsend", {"message_id": "0"}),
        ("redeliver", {"event_id": "0"}),
        ("clock", {"now": "2026-11-25T10:00:00"}),
        ("clock", {"advance": -1}),
        ("clock", {"advance": "nan"}),
        ("clock", {"next": True}),
        ("fault", {"mode": "magic"}),
        ("fault", {"stauts": 500}),
        ("fault", {"times": 0}),
        ("quota", {"used": -1}),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(stage, deed, wish):
    status, body, _ = stage.ask("POST", f"/sim/{deed}", wish)
    assert (status, list(body)) == (400, ["error"])


def test_without_a_bot_one_is_told_so():
    with closing(Stage(with_bot=False)) as alone:
        said = alone.control("say", chat=AIKO, user=AIKO, text="今週")
        assert (said["ok"], said["status"]) == (False, None)
        assert "No bot is connected" in said["error"]


def test_a_failing_bot_is_reported_and_heard_again_on_redelivery(stage):
    stage.ear.status = 503
    said = stage.control("say", chat=AIKO, user=AIKO, text="今週")
    assert (said["ok"], said["status"], said["error"]) == (False, 503, "error_status_code")
    stage.ear.status = 200
    assert stage.control("redeliver", event_id=said["event_id"])["ok"]
    first, again = stage.ear.events
    assert again == first | {"deliveryContext": {"isRedelivery": True}}


def test_raw_events_go_out_exactly_as_given(stage):
    odd = {"type": "teleport", "replyToken": "t1", "source": {"type": "user", "userId": AIKO}}
    stage.control("event", event=odd)
    stage.control("event", events=[])
    stage.control("event", raw='{"events": [')
    stage.control("event", event=odd, signature="wrong")
    assert json.loads(stage.ear.heard[0][1]) == {"destination": BOT_ID, "events": [odd]}
    assert json.loads(stage.ear.heard[1][1])["events"] == []
    assert stage.ear.heard[2] == (signature(SECRET, b'{"events": ['), b'{"events": [')
    assert stage.ear.heard[3][0] == "wrong"
    assert stage.reply("t1", "はい")[0] == 200


def test_one_chats_webhooks_keep_their_order(stage):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: stage.sim.emit("message", _origin(), {"n": n}), range(100)))
    while len(stage.ear.heard) < 100:
        stage.control("event", events=[])
    sent = [event["webhookEventId"] for event in stage.ear.events]
    assert sent == list(stage.sim._sent)


def _origin():
    from bot.simulator.events import Origin

    return Origin(AIKO, AIKO, group=False)
