"""Hours, minutes after the gun and start blocks, as runners type them."""

from datetime import time

import pytest

from models.rules.clock import block, clock_time, minutes_after

HOURS = {
    "9:10": time(9, 10),
    "９：１０": time(9, 10),
    "9時10分": time(9, 10),
    "９時１０分です。": time(9, 10),
    "9時": time(9, 0),
    "6時半": time(6, 30),
    "朝6時半ごろ": time(6, 30),
    "朝食は6:10": time(6, 10),
    "スタートは9時25分": time(9, 25),
    "スタート9:25です": time(9, 25),
    "my start is 9:25": time(9, 25),
    "9.25 am": time(9, 25),
    "at 6 am": time(6, 0),
    "1:30 pm": time(13, 30),
    "25:00": None,
    "9:75": None,
    "-9:10": None,
    "9": None,
    "nan": None,
    "そのうち": None,
    "9:10か9:20": None,
}
MINUTES = {
    "25": 25,
    "２５分": 25,
    "25分後": 25,
    "号砲の25分後": 25,
    "25 minutes later": 25,
    "25 min after the gun": 25,
    "-3": None,
    "2.5": None,
    "nan": None,
    "9:10": None,
    "1e3": None,
}
BLOCKS = {
    "Eブロック": "E",
    "ｅ": "E",
    "Block E": "E",
    "ブロックはE": None,
    "eの真ん中": None,
    "K": "K",
}


@pytest.mark.parametrize(("text", "meant"), HOURS.items())
def test_an_hour_is_read(text, meant):
    assert clock_time(text) == meant


@pytest.mark.parametrize(("text", "meant"), MINUTES.items())
def test_minutes_after_the_gun_are_read(text, meant):
    assert minutes_after(text) == meant


@pytest.mark.parametrize(("text", "meant"), BLOCKS.items())
def test_a_block_is_read(text, meant):
    assert block(text) == meant
