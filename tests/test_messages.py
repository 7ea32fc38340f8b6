"""Messages know LINE's limits: built up to them, refused past them."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import NotOurs, name_of, pack, unpack
from bot.cards import Bar, Note, Row, card
from bot.messages import (
    MAX_ALT,
    Flex,
    LimitError,
    Link,
    Picture,
    Postback,
    Say,
    Text,
    graphemes,
    payload,
    utf16,
    with_quick,
)
from bot.simulator.limits import findings


@dataclass(frozen=True)
class Tap:
    """A button."""

    session_id: int
    answer: str
    late: bool = False


def test_text_is_counted_in_utf16():
    assert utf16("🍎") == 2
    assert payload([Text("🍎" * 2500)])
    for text in ("🍎" * 2501, "a" * 5001, "", " \n"):
        with pytest.raises(LimitError):
            Text(text)


@pytest.mark.parametrize(
    ("text", "count"), [("が", 1), ("か\u3099", 1), ("👨‍👩‍👧", 1), ("襷", 1), ("abc", 3), ("", 0)]
)
def test_labels_are_counted_as_a_reader_sees_them(text, count):
    assert graphemes(text) == count


def test_a_quick_reply_has_twenty_signs_and_a_card_button_forty():
    assert Text("x", (Say("あ" * 20),)).payload()["quickReply"]
    with pytest.raises(LimitError):
        Text("x", (Say("あ" * 21),))
    assert card("t", [], [Say("あ" * 40)])
    with pytest.raises(LimitError):
        card("t", [], [Say("あ" * 41)])


def test_thirteen_quick_replies_and_five_messages():
    assert Text("x", (Say("a"),) * 13)
    with pytest.raises(LimitError):
        Text("x", (Say("a"),) * 14)
    assert len(payload([Text("x")] * 5)) == 5
    for many in (0, 6):
        with pytest.raises(LimitError):
            payload([Text("x")] * many)


def test_links_and_pictures_are_safe_addresses():
    assert Link("a", "https://example.com").action(20)["type"] == "uri"
    assert Link("a", "tel:119").action(20)
    for uri in ("http://example.com", "javascript:alert(1)", "", "https://" + "x" * 1000):
        with pytest.raises(LimitError):
            Link("a", uri).action(20)
    assert Picture("http://127.0.0.1:8000/files/x").payload()
    odd = ("http://127.0.0.1.example.com/a", "http://[", "https:///a")
    for url in ("http://example.com/a.png", "https://" + "x" * 2000, "", *odd):
        with pytest.raises(LimitError):
            Picture(url)
    assert Picture("https://x/a.png").payload()["previewImageUrl"] == "https://x/a.png"


def test_a_tap_is_shown_as_its_label_unless_told_otherwise():
    assert Postback("参加", "d").action(20)["displayText"] == "参加"
    assert Postback("参加", "d", "参加します").action(20)["displayText"] == "参加します"
    for bad in (Postback("", "d"), Postback("a", ""), Postback("a", "d" * 301)):
        with pytest.raises(LimitError):
            bad.action(20)


def test_a_bubble_has_thirty_thousand_bytes():
    with pytest.raises(LimitError):
        card("t", [Note("襷" * 400) for _ in range(30)])
    with pytest.raises(LimitError):
        Flex("", {})
    with pytest.raises(LimitError):
        Flex("あ" * 1501, {})


def test_quick_replies_can_be_put_under_a_card():
    made = with_quick(card("t", [Row("a", "b")]), Say("今週"))
    assert made.payload()["quickReply"]["items"][0]["action"]["text"] == "今週"


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    st.lists(
        st.builds(Row, st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=100))
        | st.builds(Note, st.text(min_size=1, max_size=400), st.booleans())
        | st.builds(Bar, st.text(min_size=1, max_size=30), st.floats(-1, 2)),
        max_size=8,
    ),
)
def test_every_card_that_can_be_built_is_taken_by_line(title, parts):
    made = card(title, parts, [Say("今週"), Postback("参加", "d")], kicker="k")
    assert utf16(made.alt) <= MAX_ALT
    assert findings([made.payload()]) == []
    assert json.dumps(made.payload())


KINDS = {name_of(Tap): Tap}


@given(st.integers(), st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.booleans())
def test_button_data_comes_back_as_it_was(number, answer, late):
    tap = Tap(number, answer, late)
    try:
        data = pack(tap)
    except LimitError:
        return
    assert len(data) <= 300
    assert unpack(data, KINDS) == tap


@given(st.text(max_size=320))
def test_any_other_data_is_not_ours(data):
    for made in (data, f"{name_of(Tap)}?{data}"):
        with suppress(NotOurs):
            assert isinstance(unpack(made, KINDS), Tap)


def test_only_a_dataclass_is_a_button():
    for value in ("x", Tap, {"a": 1}):
        with pytest.raises(TypeError):
            pack(value)
