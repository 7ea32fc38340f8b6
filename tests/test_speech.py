"""From what handlers say to outbox rows: nothing said is lost, nothing is said twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages import Text
from bot.speech import speak
from bot.turn import Chat, Occurrence, Place, Tell, Turn
from tests.world import SETTINGS, START

COACH = "U" + "c" * 32


@pytest.fixture
def says(database):
    """Speak once in a transaction; return how many rows that wrote."""

    def say(answer, occurrence="event-1"):
        with database.write() as db:
            chat = Chat(Place.DIRECT, "U" + "a" * 32)
            turn = Turn(db=db, now=START, zone=SETTINGS.zone, language="ja", chat=chat, texts=None)
            return speak(turn, answer, occurrence)

    return say


def test_two_words_to_one_person_in_one_turn_both_come(says):
    both = [Tell(COACH, [Text("取った人がいます")]), Tell(COACH, [Text("読みました")])]
    assert says(both) == 2
    assert says(both) == 0


def test_an_answer_and_a_word_to_the_same_chat_both_come(says):
    assert says([Text("はい"), Tell("U" + "a" * 32, [Text("ところで")])]) == 2


def test_a_word_with_a_key_of_its_own_comes_once_from_any_event(says):
    keyed = Tell(COACH, [Text("お知らせ")], key="notice:7")
    assert says([keyed, keyed], "event-1") == 1
    assert says(keyed, "event-2") == 0


def test_a_page_is_recorded_apart_but_says_the_same_word_and_a_label_does_not():
    one = Occurrence("race.remind", 3, 0, START, START + timedelta(hours=1), label="D-7")
    page, other = replace(one, page="/200"), replace(one, label="D-1")
    assert page.key != one.key
    assert page.said_once == one.said_once
    assert other.said_once != one.said_once
