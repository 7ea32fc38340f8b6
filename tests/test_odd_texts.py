"""Whatever is typed or made by hand, the bot answers and goes on."""

from __future__ import annotations

import pytest

from models.inbox import EventState
from tests.letters import Letters


@pytest.fixture
def letters(world):
    return Letters(world)


NASTY = [
    *(
        "\0",
        "a\0b",
        "\ud800",
        "今週\udfff",
        "\u202e今週",
        "\u200b",
        "e\u0301" * 9000,
        "🏃🏽‍♀️" * 500,
    ),
    *("A" * 5000, "６２．５", "62,5", "1_000", "nan", "inf", "1e999", "-0", "٣", "−3", "0x10"),
    *('=HYPERLINK("http://x")', "'; DROP TABLE inbox;--", "{{7*7}}", "${jndi:ldap://x}", "%s%n"),
    *("a\n[critical] all is well", "全員に送信", "\\", "{0}", "{when:day}", "\x1b[2J", " ", "\n"),
]


def test_no_text_stops_the_bot(world, letters, aiko):
    assert letters.post(*(letters.text(aiko.id, text) for text in NASTY)) == 200
    world.settle()
    assert letters.states() == [EventState.DONE] * len(NASTY)
    assert aiko.says("今週")


def test_hand_made_taps_are_refused_kindly(world, letters, aiko):
    data = [
        "",
        "\0",
        "week",
        "week.Nothing?a=1",
        "rsvp.Rsvp?" + "a=1&" * 999,
        "{}",
        "..",
        "?" * 400,
    ]
    taps = [letters.event("postback", aiko.id, postback={"data": one}) for one in [*data, 5, None]]
    assert letters.post(*taps) == 200
    world.settle()
    assert set(aiko.hears()) == {
        "このボタンはもう使えないようです。「今週」と送ると、今の内容が出ます。"
    }
    assert letters.states() == [EventState.DONE] * len(taps)
