"""Faults ordered at the wire, the live stream, and the door that opens to this machine only."""

import json
import socket
import time
from contextlib import closing
from http.client import HTTPConnection

import pytest
import urllib3
from simulator_stage import AIKO, KEN, TOKEN, Stage

from bot.simulator import Simulator, serve
from bot.simulator.faults import Faults
from tests import patience

ProtocolError = urllib3.exceptions.ProtocolError


@pytest.fixture
def stage():
    with closing(Stage()) as stage:
        yield stage


def last(stage):
    return stage.sim.ledger.entries[-1]


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize("mode", ["reset", "lost"])
def test_a_cut_connection_says_nothing_of_acceptance(stage, mode, accepted):
    stage.control("fault", path="push", mode=mode, when="after" if accepted else "before")
    with pytest.raises(ProtocolError) as broken:
        stage.push(AIKO, "水")
    assert ("reset by peer" in str(broken.value)) == (mode == "reset")
    assert stage.texts(AIKO) == (["水"] if accepted else [])
    assert (last(stage).accepted, last(stage).status) == (accepted, 200 if accepted else 0)
    assert last(stage).fault == f"{mode} {'after' if accepted else 'before'}"
    assert stage.push(AIKO, "次")[0] == 200


def test_a_lost_answer_was_accepted_by_default(stage):
    key = "123e4567-e89b-12d3-a456-426614174000"
    stage.control("fault", path="push", mode="lost")
    with pytest.raises(ProtocolError):
        stage.push(AIKO, "水", key=key)
    assert last(stage).accepted
    assert stage.push(AIKO, "水", key=key)[0] == 409
    assert stage.texts(AIKO) == ["水"]


@pytest.mark.parametrize(("mode", "end"), [("truncated", "IncompleteRead"), ("torn", "reset")])
def test_half_an_answer_breaks_off(stage, mode, end):
    stage.control("fault", path="push", mode=mode)
    with pytest.raises(ProtocolError, match=end):
        stage.push(AIKO, "水")
    assert stage.texts(AIKO) == ["水"]


def test_a_page_of_html_may_come_instead(stage):
    stage.control("fault", path="push", mode="html", status=503)
    with pytest.raises(json.JSONDecodeError):
        stage.push(AIKO, "水")
    assert (last(stage).accepted, stage.texts(AIKO)) == (False, [])


@pytest.mark.parametrize(("when", "texts"), [("before", []), ("after", ["水"])])
def test_a_status_may_be_ordered_before_or_after_accepting(stage, when, texts):
    stage.control("fault", path="push", status=500, body={"message": "x"}, when=when)
    assert stage.push(AIKO, "水")[:2] == (500, {"message": "x"})
    assert (stage.texts(AIKO), last(stage).accepted) == (texts, bool(texts))


def test_a_delay_delays_and_no_more(stage):
    stage.control("fault", path="push", delay=0.3)
    started = time.monotonic()
    assert stage.push(AIKO, "水")[0] == 200
    assert time.monotonic() - started >= 0.3


def test_faults_strike_where_and_as_often_as_ordered(stage):
    stage.control("fault", path="push", status=429, times=2)
    assert stage.line("GET", f"/v2/bot/profile/{AIKO}")[0] == 200
    assert [stage.push(AIKO, "水")[0] for _ in range(3)] == [429, 429, 200]
    stage.control("fault", path="profile", status=500)
    assert stage.line("GET", f"/v2/bot/profile/{AIKO}")[0] == 500
    stage.control("fault", status=500, times=9)
    assert stage.ask("DELETE", "/sim/fault")[0] == 200
    assert stage.push(AIKO, "水")[0] == 200


def test_a_seeded_chance_is_the_same_every_time():
    def strikes():
        faults = Faults()
        faults.add(path="push", status=500, probability=0.5, seed=7)
        return [faults.take("/v2/bot/message/push") is not None for _ in range(40)]

    assert strikes() == strikes()
    assert 5 < sum(strikes()) < 35


def test_the_ledger_only_grows_and_tells_all(stage):
    stage.push(AIKO, "水")
    stage.push(KEN, "")
    rows = stage.ask("GET", "/sim/ledger")[1]["ledger"]
    assert [(row["seq"], row["to"], row["status"], row["accepted"]) for row in rows] == [
        (1, AIKO, 200, True), (2, KEN, 400, False),
    ]  # fmt: skip
    assert rows[0]["messages"] == [{"type": "text", "text": "水"}]
    assert stage.ask("GET", "/sim/ledger?after=1")[1]["ledger"] == rows[1:]


def read_until(stream, word):
    text = b""
    while word not in text:
        text += stream.read1(4096) or pytest.fail("the stream ended")
    return text.decode()


def test_the_stream_tells_and_resumes(stage):
    http = urllib3.PoolManager(retries=False)
    stage.push(AIKO, "water one")
    with closing(http.request("GET", f"{stage.url}/sim/stream", preload_content=False)) as stream:
        read_until(stream, b"water one")
        stage.push(AIKO, "water two")
        assert "event: message" in read_until(stream, b"water two")
        stage.control("clock", advance=60)
        assert "event: clock" in read_until(stream, b'"now"')
    seq = stage.ask("GET", f"/sim/messages?chat={AIKO}")[1]["messages"][0]["seq"]
    resumed = http.request("GET", f"{stage.url}/sim/stream?after={seq}", preload_content=False)
    with closing(resumed):
        assert "water one" not in read_until(resumed, b"water two")
    newer = stage.ask("GET", f"/sim/messages?chat={AIKO}&after={seq}")[1]["messages"]
    assert [bubble["message"]["text"] for bubble in newer] == ["water two"]


def status_of(stage, method, **headers):
    with closing(HTTPConnection("127.0.0.1", stage.server.port, timeout=patience.SECONDS)) as wire:
        path = "/sim/chats" if method == "GET" else "/sim/clock"
        wire.request(method, path, body=b'{"advance": 0}', headers=headers)
        return wire.getresponse().status


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8001", "[::1]:8001", "LOCALHOST:80"])
def test_this_machines_names_are_let_in(stage, host):
    assert status_of(stage, "GET", Host=host) == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.1", "[::1", ""])
def test_a_foreign_name_is_refused(stage, host):
    assert status_of(stage, "GET", Host=host) in (400, 403)


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://localhost:8000", 200), ("https://evil.example", 403), ("null", 403)],
)
def test_another_sites_posts_are_refused(stage, origin, status):
    assert status_of(stage, "POST", Origin=origin) == status


def test_a_caller_from_elsewhere_is_refused():
    from bot.simulator import create_app

    sim = Simulator(channel_secret="s", access_token=TOKEN)
    client = create_app(sim).test_client()
    for address, status in (("127.0.0.1", 200), ("::ffff:127.0.0.1", 200), ("192.0.2.7", 403)):
        got = client.get("/sim/chats", environ_overrides={"REMOTE_ADDR": address})
        assert got.status_code == status
    sim.close()


def test_it_serves_this_machine_only_and_frees_its_port():
    sim = Simulator(channel_secret="s", access_token=TOKEN)
    with pytest.raises(ValueError, match="this machine only"):
        serve(sim, "0.0.0.0")
    server = serve(sim)
    server.close()
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", server.port))


def test_orders_that_stand_are_listed_with_what_is_left_of_them(stage):
    stage.control("fault", path="push", status=500, times=2, label="error_before")
    stage.control("fault", path="richmenu", mode="reset", times=None)
    stage.push(AIKO, "一")
    assert stage.ask("GET", "/sim/fault")[1]["faults"] == [
        {"name": "500 before", "label": "error_before", "path": "push", "times": 1},
        {"name": "reset before", "label": None, "path": "richmenu", "times": None},
    ]
    for path in ("/v2/bot/richmenu/list", "/v2/bot/user/all/richmenu"):
        with pytest.raises(urllib3.exceptions.ProtocolError):
            stage.line("GET", path)
    assert stage.line("GET", "/v2/bot/info")[0] == 200
