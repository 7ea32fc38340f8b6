"""Who should ask a doctor gets no amount to drink or to eat, whatever they ask and whenever."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

import app
from tests import bodies
from tests.race_stage import hears_until, stands_at, world

__all__ = ["world"]
AMOUNT = re.compile(r"\d[\d.,]*\s?(?:m?L\b|ml\b|cc\b|リットル|litres?\b|g\b|mg\b)")
DAY_BEFORE = "2027-03-06 12:00"


def words_in(language):
    """Return the first word of everything that can be asked for."""
    texts = app.router().texts
    return [texts[name].first_word(one, language) for name in texts for one in texts[name].words]


@pytest.mark.parametrize(("who", "language"), [("aiko", "ja"), ("emma", "en")])
def test_no_word_brings_an_amount(world, request, who, language):
    actor = request.getfixturevalue(who)
    stands_at(world, DAY_BEFORE)
    told = {}
    for word in words_in(language):
        bodies.consents(world, actor)  # a word before may have taken it back
        bodies.screened(world, actor, organs=True)
        said = "\n".join(actor.says(word))
        if AMOUNT.search(said):
            told[word] = AMOUNT.findall(said)
        actor.says("やめる" if language == "ja" else "cancel")
        world.clock.at += timedelta(minutes=1)  # so nobody is asked to slow down
    assert told == {}


@pytest.mark.parametrize("answer", ["organs", "pregnancy", "medicines", "eating", "minor"])
def test_no_word_of_the_last_days_and_the_first_after_holds_one(world, aiko, clock, answer):
    bodies.screened(world, aiko, **{answer: True})
    stands_at(world, "2027-03-03 12:00")
    heard = hears_until(aiko, clock, "2027-03-09 12:00")
    assert len(heard) > 8
    assert [words for words in heard if AMOUNT.search(words)] == []


def test_after_the_race_there_is_only_thirst(world, aiko):
    bodies.screened(world, aiko, organs=True)
    (said,) = aiko.says("レース後")
    assert "飲むのは落ち着いてから、のどの渇きに合わせてひと口ずつ。" in said
    assert not AMOUNT.search(said)


def test_the_pattern_finds_amounts_and_leaves_the_rest():
    assert all(AMOUNT.search(one) for one in ("100〜200 mL", "+0.5 L", "1.25 to 1.5 L", "300g"))
    assert not any(AMOUNT.search(one) for one in ("減った1 kg", "42.195 km", "119", "18 °C"))
