"""The rest of LINE's API over HTTP: token, lookups, content, endpoint; and LINE's own SDK."""

import base64
from contextlib import closing

import pytest
from simulator_stage import AIKO, GROUP, KEN, SECRET, TOKEN, Stage

from bot.simulator.webhooks import signature

DENIED = (
    "Authentication failed. Confirm that the access token in the authorization header is valid."
)


@pytest.fixture
def stage():
    with closing(Stage()) as stage:
        yield stage


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer other"}, {"Authorization": TOKEN}])
def test_a_wrong_token_is_refused_and_written_down(stage, given):
    status, body, headers = stage.ask("GET", "/v2/bot/info", **given)
    assert (status, body) == (401, {"message": DENIED})
    assert headers["X-Line-Request-Id"] == stage.sim.ledger.entries[0].request_id


def test_the_signature_is_lines_known_answer():
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert signature(SECRET, body) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


@pytest.mark.parametrize("raw", [b"{", b"[]", b"7", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(stage, raw):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = f"{stage.url}/v2/bot/message/push"
    assert stage._http.request("POST", url, body=raw, headers=headers).status == 400


def test_a_body_over_two_megabytes_is_refused(stage):
    assert stage.push(AIKO, "a" * 2 * 1024 * 1024)[0] == 413


def test_an_unknown_call_is_not_found_but_written_down(stage):
    assert stage.line("POST", "/v2/bot/telepathy", {})[0] == 404
    assert stage.sim.ledger.entries[0].path == "/v2/bot/telepathy"


def test_profiles_follow_friendship_and_language(stage):
    path = f"/v2/bot/profile/{KEN}"
    known = {"userId": KEN, "displayName": "Ken", "language": "en"}
    assert stage.line("GET", path)[1] == known
    stage.control("language", user=KEN, language="ja")
    assert stage.line("GET", path)[1] == known | {"language": "ja"}
    stage.control("block", user=KEN)
    assert stage.line("GET", path)[0] == 404
    member = stage.line("GET", f"/v2/bot/group/{GROUP}/member/{KEN}")[1]
    assert member == {"userId": KEN, "displayName": "Ken"}


def test_a_group_is_known_while_the_bot_is_in_it(stage):
    group = f"/v2/bot/group/{GROUP}"
    assert stage.line("GET", f"{group}/summary")[1]["groupName"] == "サブ4"
    assert stage.line("GET", f"{group}/members/count")[1] == {"count": 2}
    assert stage.line("GET", f"{group}/members/ids")[0] == 403
    stage.sim.verified = True
    assert stage.line("GET", f"{group}/members/ids")[1] == {"memberIds": [AIKO, KEN]}
    assert stage.line("POST", f"{group}/leave")[0] == 200
    for call in ("summary", "members/count", f"member/{AIKO}", "members/ids"):
        assert stage.line("GET", f"{group}/{call}")[0] == 404
    assert stage.line("POST", f"{group}/leave")[0] == 404


def test_long_lists_come_in_pages_of_a_hundred(stage):
    stage.sim.verified = True
    members = [stage.sim.add_user(f"U{n:032x}", f"走者{n}").id for n in range(101)]
    stage.sim.add_group("C" + "0" * 32, "全員", members, bot_in=True)
    path = f"/v2/bot/group/C{'0' * 32}/members/ids"
    first = stage.line("GET", path)[1]
    assert first["memberIds"] == members[:100]
    assert stage.line("GET", f"{path}?start={first['next']}")[1] == {"memberIds": members[100:]}


def test_friends_are_listed_for_a_verified_account_as_many_as_wished(stage):
    path = "/v2/bot/followers/ids"
    assert stage.line("GET", path)[0] == 403
    stage.sim.verified = True
    friends = [AIKO, KEN, *(stage.sim.add_user(f"U{n:032x}", f"走者{n}").id for n in range(299))]
    first = stage.line("GET", path)[1]
    assert (first["userIds"], first["next"]) == (friends[:300], "300")
    assert stage.line("GET", f"{path}?limit=1000")[1] == {"userIds": friends}
    assert stage.line("GET", f"{path}?limit=1001")[0] == 400
    stage.control("block", user=KEN)
    assert KEN not in stage.line("GET", f"{path}?limit=2")[1]["userIds"]


@pytest.mark.parametrize(
    ("chat", "seconds", "status"),
    [(AIKO, 5, 202), (AIKO, 60, 202), (AIKO, 7, 400), (AIKO, 65, 400), (GROUP, 20, 400)],
)
def test_loading_is_for_one_to_one_in_steps_of_five(stage, chat, seconds, status):
    body = {"chatId": chat, "loadingSeconds": seconds}
    assert stage.line("POST", "/v2/bot/chat/loading/start", body)[0] == status


def test_a_photo_is_fetched_until_it_is_unsent(stage):
    photo = {"type": "image", "data": base64.b64encode(b"\xff\xd8jpeg").decode()}
    sent = stage.control(
        "send", chat=AIKO, user=AIKO, message=photo | {"contentType": "image/jpeg"}
    )
    event = stage.ear.events[-1]
    assert event["message"]["contentProvider"] == {"type": "line"}
    assert "data" not in event["message"]
    url = f"{stage.url}/v2/bot/message/{sent['message_id']}/content"
    got = stage._http.request("GET", url, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (got.data, got.headers["Content-Type"]) == (b"\xff\xd8jpeg", "image/jpeg")
    stage.control("unsend", message_id=sent["message_id"])
    assert stage.line("GET", f"/v2/bot/message/{sent['message_id']}/content")[0] == 404


def test_reading_marks_a_chats_earlier_messages(stage):
    stage.says(KEN, "hello")
    stage.says(AIKO, "一")
    token = stage.says(AIKO, "二")["message"]["markAsReadToken"]
    stage.says(AIKO, "三")
    path = "/v2/bot/chat/markAsRead"
    assert stage.line("POST", path, {"markAsReadToken": token})[0] == 200
    assert stage.line("POST", path, {"markAsReadToken": "x"})[0] == 400
    shown = stage.ask("GET", f"/sim/messages?chat={AIKO}")[1]["messages"]
    assert [bubble["read"] for bubble in shown] == [True, True, False]
    assert not stage.ask("GET", f"/sim/messages?chat={KEN}")[1]["messages"][0]["read"]


def test_the_webhook_endpoint_is_read_tried_and_moved(stage):
    path = "/v2/bot/channel/webhook/endpoint"
    assert stage.line("GET", path)[1] == {"endpoint": stage.ear.url, "active": True}
    tried = stage.line("POST", "/v2/bot/channel/webhook/test", {})[1]
    assert (tried["success"], tried["statusCode"], tried["reason"]) == (True, 200, "OK")
    assert stage.ear.events == []
    assert len(stage.ear.heard) == 1
    stage.ear.status = 500
    tried = stage.line("POST", "/v2/bot/channel/webhook/test", {})[1]
    assert (tried["success"], tried["reason"]) == (False, "error_status_code")
    assert stage.line("PUT", path, {"endpoint": "http://example.com/callback"})[0] == 400
    assert stage.line("PUT", path, {"endpoint": "https://example.com/callback"})[0] == 200


def test_lines_own_sdk_takes_it_for_line(stage):
    from linebot.v3 import messaging as line

    token = stage.says(AIKO, "今週")["replyToken"]
    with line.ApiClient(line.Configuration(host=stage.url, access_token=TOKEN)) as client:
        api = line.MessagingApi(client)
        text = line.TextMessage(text="水")
        key = "123e4567-e89b-12d3-a456-426614174000"
        request = line.PushMessageRequest(to=AIKO, messages=[text])
        pushed = api.push_message(request, x_line_retry_key=key)
        with pytest.raises(line.ApiException) as again:
            api.push_message(request, x_line_retry_key=key)
        api.reply_message(line.ReplyMessageRequest(reply_token=token, messages=[text]))
        assert (again.value.status, len(pushed.sent_messages)) == (409, 1)
        assert api.get_profile(AIKO).display_name == "愛子"
        assert api.get_group_summary(GROUP).group_name == "サブ4"
        assert api.get_message_quota().value == 30_000
        assert api.get_message_quota_consumption().total_usage == 1
        assert api.get_bot_info().display_name == "Tasuki"
        assert api.test_webhook_endpoint().success is True
        photo = stage.control("send", chat=AIKO, user=AIKO, message={"type": "image"})
        blobs = line.MessagingApiBlob(client)
        assert bytes(blobs.get_message_content(photo["message_id"])).startswith(b"\x89PNG")
    assert stage.texts(AIKO) == ["水", "水"]
