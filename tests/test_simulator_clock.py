"""The clock of the simulator, and people seeded over HTTP."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from simulator_stage import START, Stage

BOT_ID = "U0000000000000000000000007a5eca11"


@pytest.fixture
def stage():
    with closing(Stage()) as stage:
        yield stage


def test_the_clock_is_read_and_moved(stage):
    def now(**wish):
        return datetime.fromisoformat(stage.control("clock", **wish)["now"])

    assert datetime.fromisoformat(stage.ask("GET", "/sim/clock")[1]["now"]) == START
    assert now(advance=3600) == START + timedelta(hours=1)
    assert now(now="2026-12-01T09:00:00+09:00") == datetime(2026, 12, 1, tzinfo=UTC)


def test_a_clock_of_the_applications_own_is_walked():
    due = START + timedelta(hours=2)

    class Walking:
        at = START

        def now(self):
            return self.at

        def go(self, to):
            self.at = to

        def next(self):
            return due

    with closing(Stage(clock=Walking())) as stage:
        assert datetime.fromisoformat(stage.control("clock", next=True)["now"]) == due


def test_people_and_groups_are_seeded_over_http(stage):
    stage.control("user", id="U9", name="Mei", role="member", **{"class": "sub4"})
    stage.control("group", id="C9", name="新しい組", members=["U9"])
    chats = stage.ask("GET", "/sim/chats")[1]
    mei = next(user for user in chats["users"] if user["id"] == "U9")
    assert (mei["class"], mei["role"], mei["avatar"]["text"]) == ("sub4", "member", "M")
    assert chats["groups"][-1] == {
        "id": "C9", "name": "新しい組", "members": ["U9"], "bot_in": False,
    }  # fmt: skip
    assert chats["bot"]["userId"] == BOT_ID
    status, body, _ = stage.ask("POST", "/sim/group", {"id": "C8", "name": "x", "members": ["U8"]})
    assert (status, "U8" in body["error"]) == (400, True)
