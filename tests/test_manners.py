"""Small talk: thanks and greetings get a kind word instead of a riddle."""

from __future__ import annotations

import pytest

THANKS = "こちらこそ。いつでも声をかけてくださいね。"
HELLO = "こんにちは! 「メニュー」と送ると、できることが出ます。"


@pytest.mark.parametrize("said", ["ありがとう", "ありがとうございます!", "了解です"])
def test_thanks_are_taken(aiko, said):
    assert aiko.says(said) == [THANKS]


def test_greetings_are_returned(aiko, emma):
    assert aiko.says("こんにちは") == [HELLO]
    assert emma.says("Hello!") == ["Hello! Send “menu” to see what I can do."]
    assert emma.says("thanks") == ["You're welcome. I'm here whenever you need me."]


def test_a_greeting_before_a_wish_does_not_hide_it(aiko):
    (said,) = aiko.says("こんにちは、今週の練習を教えてください")
    assert "11月25日(水) 19:00" in said


def test_a_sticker_gets_a_kind_word_in_private_only(aiko, emma):
    sticker = {"type": "sticker", "packageId": "446", "stickerId": "1988"}
    assert aiko.sends(sticker) == [
        "スタンプ、受け取りました! 用事があれば、ことばで送ってくださいね。"
    ]
    assert emma.sends(sticker)[0].startswith("Nice sticker!")
    assert aiko.in_group("S4").sends(sticker) == []


def test_what_the_menu_hints_at_is_for_whoever_reads_it(aiko, coach):
    assert "水300" in aiko.says("メニュー")[0]
    assert "水300" not in coach.says("メニュー")[0]
