"""The send calls over HTTP: reply tokens, retry keys, targets, quota."""

from contextlib import closing
from datetime import timedelta

import pytest
from simulator_stage import AIKO, GROUP, KEN, Stage

KEY = "123e4567-e89b-12d3-a456-426614174000"
FAILED = {"message": "Failed to send messages"}
INVALID_TOKEN = {"message": "Invalid reply token"}
MONTHLY = {"message": "You have reached your monthly limit."}


@pytest.fixture
def stage():
    with closing(Stage()) as stage:
        yield stage


def test_a_reply_is_taken_once_and_costs_nothing(stage):
    token = stage.says(AIKO, "今週")["replyToken"]
    status, body, headers = stage.reply(token, "水曜です。", "19時から。")
    assert (status, len(body["sentMessages"])) == (200, 2)
    assert headers["X-Line-Request-Id"]
    assert stage.reply(token, "もう一度")[:2] == (400, INVALID_TOKEN)
    assert stage.texts(AIKO) == ["水曜です。", "19時から。"]
    assert stage.sim.quota.used(stage.sim.clock.now()) == 0


@pytest.mark.parametrize(("seconds", "status"), [(60, 200), (61, 400)])
def test_a_reply_token_lives_a_minute(stage, seconds, status):
    token = stage.says(AIKO, "今週")["replyToken"]
    stage.waits(seconds=seconds)
    assert stage.reply(token, "はい")[0] == status


@pytest.mark.parametrize(("minutes", "status"), [(20, 200), (21, 400)])
def test_redelivery_renews_a_reply_token_for_twenty_minutes_at_most(stage, minutes, status):
    event = stage.says(AIKO, "今週")
    stage.waits(minutes=minutes)
    stage.control("redeliver", event_id=event["webhookEventId"])
    assert stage.reply(event["replyToken"], "はい")[0] == status


def test_a_refused_reply_leaves_its_token_good(stage):
    token = stage.says(AIKO, "今週")["replyToken"]
    assert stage.reply(token, "")[1]["details"][0]["property"] == "messages[0].text"
    assert stage.reply(token, "はい")[0] == 200


def test_a_reply_takes_no_retry_key(stage):
    token = stage.says(AIKO, "今週")["replyToken"]
    body = {"replyToken": token, "messages": [{"type": "text", "text": "はい"}]}
    headers = {"X-Line-Retry-Key": KEY}
    assert stage.line("POST", "/v2/bot/message/reply", body, **headers)[0] == 400
    assert stage.texts(AIKO) == []


def test_a_known_retry_key_answers_409_with_the_same_ids(stage):
    status, first, headers = stage.push(AIKO, "水", key=KEY)
    again = stage.push(AIKO, "水", key=KEY.upper())
    assert (status, again[0]) == (200, 409)
    assert again[1] == {"message": "The retry key is already accepted"} | first
    assert again[2]["x-line-accepted-request-id"] == headers["x-line-request-id"]
    assert stage.push(KEN, "other", key=KEY)[0] == 409
    assert (stage.texts(AIKO), stage.texts(KEN)) == (["水"], [])
    assert [entry.duplicate for entry in stage.sim.ledger.entries] == [False, True, True]


@pytest.mark.parametrize(("seconds", "status"), [(0, 409), (1, 200)])
def test_a_retry_key_is_forgotten_after_a_day(stage, seconds, status):
    stage.push(AIKO, "水", key=KEY)
    stage.waits(hours=24, seconds=seconds)
    assert stage.push(AIKO, "水", key=KEY)[0] == status


@pytest.mark.parametrize("key", ["x", KEY[:-1], KEY.replace("-", ""), f"{{{KEY}}}"])
def test_a_malformed_retry_key_is_refused(stage, key):
    assert stage.push(AIKO, "水", key=key)[0] == 400
    assert stage.texts(AIKO) == []


def test_a_refused_push_does_not_use_up_its_key(stage):
    assert stage.push(AIKO, "", key=KEY)[0] == 400
    assert stage.push(AIKO, "水", key=KEY)[0] == 200


@pytest.mark.parametrize("to", ["U" + "0" * 32, "C" + "0" * 32, "nobody"])
def test_a_push_to_nobody_known_is_refused(stage, to):
    assert stage.push(to, "水")[:2] == (400, FAILED)


def test_a_group_the_bot_left_is_refused(stage):
    token = stage.says(KEN, "hello", chat=GROUP)["replyToken"]
    assert stage.push(GROUP, "集合")[0] == 200
    stage.control("kick", group=GROUP)
    assert stage.push(GROUP, "集合")[:2] == (400, FAILED)
    assert stage.reply(token, "集合")[:2] == (400, FAILED)


def test_someone_who_blocked_gets_nothing_and_costs_nothing(stage):
    stage.control("block", user=AIKO)
    status, body, _ = stage.push(AIKO, "水")
    assert (status, len(body["sentMessages"])) == (200, 1)
    assert stage.texts(AIKO) == []
    assert stage.line("GET", "/v2/bot/message/quota/consumption")[1] == {"totalUsage": 0}


def test_people_are_counted_not_bubbles(stage):
    stage.push(AIKO, "1", "2", "3", "4", "5")
    stage.push(GROUP, "1", "2")
    assert stage.line("GET", "/v2/bot/message/quota/consumption")[1] == {"totalUsage": 3}


def test_the_monthly_limit_refuses_until_the_month_turns_in_japan(stage):
    stage.control("quota", limit=2, used=1)
    assert stage.line("GET", "/v2/bot/message/quota")[1] == {"type": "limited", "value": 2}
    assert stage.push(GROUP, "集合", key=KEY)[:2] == (429, MONTHLY)
    assert stage.push(AIKO, "水")[0] == 200
    assert stage.push(AIKO, "水")[:2] == (429, MONTHLY)
    assert stage.reply(stage.says(AIKO, "?")["replyToken"], "無料")[0] == 200
    stage.waits(days=5, hours=4, minutes=59)  # from 25 November 19:00 in Japan
    assert stage.push(AIKO, "30日 23:59")[0] == 429
    stage.waits(minutes=1)
    assert stage.push(GROUP, "1日 0:00", key=KEY)[0] == 200


def test_a_plan_without_end_says_so(stage):
    stage.control("quota", limit=None)
    assert stage.line("GET", "/v2/bot/message/quota")[1] == {"type": "none"}


def test_multicast_reaches_each_once_and_one_foreign_id_stops_all(stage):
    def multicast(*to):
        body = {"to": list(to), "messages": [{"type": "text", "text": "雨です"}]}
        return stage.line("POST", "/v2/bot/message/multicast", body)[:2]

    assert multicast(AIKO, GROUP) == (400, FAILED)
    assert multicast(AIKO, KEN, AIKO) == (200, {})
    assert (stage.texts(AIKO), stage.texts(KEN)) == (["雨です"], ["雨です"])
    assert stage.sim.quota.used(stage.sim.clock.now()) == 2
    assert multicast(*[AIKO] * 501)[1]["details"][0]["property"] == "to"


def test_broadcast_reaches_friends_only(stage):
    stage.control("block", user=KEN)
    stranger = stage.sim.add_user("U" + "d4" * 16, "通りすがり", friend=False).id
    stage.says(stranger, "こんにちは")
    body = {"messages": [{"type": "text", "text": "お知らせ"}]}
    assert stage.line("POST", "/v2/bot/message/broadcast", body)[:2] == (200, {})
    assert [stage.texts(user) for user in (AIKO, KEN, stranger)] == [["お知らせ"], [], []]
    today = f"{stage.sim.clock.now():%Y%m%d}"
    path = f"/v2/bot/message/delivery/broadcast?date={today}"
    assert stage.line("GET", path)[1] == {"status": "unready"}
    stage.waits(days=1)
    assert stage.line("GET", path)[1] == {"status": "ready", "success": 1}


@pytest.mark.parametrize(("text", "status"), [("はい", 200), ("", 400)])
def test_validate_sends_nothing(stage, text, status):
    body = {"messages": [{"type": "text", "text": text}]}
    assert stage.line("POST", "/v2/bot/message/validate/push", body)[0] == status
    assert stage.texts(AIKO) == []


def test_a_mention_is_for_members_of_the_group_only(stage):
    stage.control("leave", group=GROUP, user=KEN)
    message = {"type": "textV2", "text": "{who}さん"}
    for user, status in ((AIKO, 200), (KEN, 400)):
        who = {"type": "mention", "mentionee": {"type": "user", "userId": user}}
        body = {"to": GROUP, "messages": [message | {"substitution": {"who": who}}]}
        assert stage.line("POST", "/v2/bot/message/push", body)[0] == status


def test_a_quote_stays_in_its_chat(stage):
    token = stage.says(AIKO, "足が痛い")["message"]["quoteToken"]
    for to, status in ((AIKO, 200), (KEN, 400)):
        messages = [{"type": "text", "text": "どこですか。", "quoteToken": token}]
        body = {"to": to, "messages": messages}
        assert stage.line("POST", "/v2/bot/message/push", body)[0] == status


@pytest.mark.parametrize("units", [["term_1"], ["a" * 31], ["a-b"], ["a", "b"]])
def test_an_aggregation_unit_has_thirty_plain_characters(stage, units):
    status = stage.push(AIKO, "水", customAggregationUnits=units)[0]
    assert status == (200 if units == ["term_1"] else 400)


def test_a_stranger_is_reached_for_a_week_after_writing(stage):
    stranger = stage.sim.add_user("U" + "d4" * 16, "通りすがり", friend=False).id
    stage.push(stranger, "聞こえない")
    stage.says(stranger, "こんにちは")
    stage.push(stranger, "聞こえる")
    stage.sim.clock.go(stage.sim.clock.now() + timedelta(days=7, seconds=1))
    stage.push(stranger, "もう聞こえない")
    assert stage.texts(stranger) == ["聞こえる"]
