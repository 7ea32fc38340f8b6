"""Race results as runners type them."""

from __future__ import annotations

import pytest

from models.rules import result
from models.rules.pace import HALF_KM, MARATHON_KM


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("10km", 10.0),
        ("１０キロ", 10.0),
        ("5k", 5.0),
        ("15.5 km", 15.5),
        ("ハーフ", HALF_KM),
        ("Half Marathon", HALF_KM),
        ("フル", MARATHON_KM),
        ("0km", None),
        ("101km", None),
        ("10", None),
        ("とても遠く", None),
    ],
)
def test_a_distance(text, km):
    assert result.distance_km(text) == km


@pytest.mark.parametrize(
    ("text", "km", "seconds"),
    [
        ("49:30", 10.0, 2970),
        ("４９：３０", 10.0, 2970),
        ("49分30秒", 10.0, 2970),
        ("49分", 10.0, 2940),
        ("1:46:40", HALF_KM, 6400),
        ("1:46", HALF_KM, 6360),
        ("1時間46分", HALF_KM, 6360),
        ("1時間半", HALF_KM, 5400),
        ("1h46m40s", HALF_KM, 6400),
        ("106分", HALF_KM, 6360),
        ("4:05", MARATHON_KM, 14700),
        ("25:00", 5.0, 1500),
        ("12:00", 10.0, None),
        ("9:59:59", 10.0, None),
        ("1:75:00", HALF_KM, None),
        ("-49:30", 10.0, None),
        ("nan", 10.0, None),
        ("", 10.0, None),
    ],
)
def test_a_time_is_what_a_runner_can_run(text, km, seconds):
    assert result.seconds(text, km) == seconds


def test_a_distance_has_to_be_one():
    with pytest.raises(ValueError, match="above 0"):
        result.seconds("49:30", 0)


@pytest.mark.parametrize(("total", "said"), [(2970, "49:30"), (6400, "1:46:40"), (59, "0:59")])
def test_a_time_is_written_as_on_a_watch(total, said):
    assert result.clock(total) == said
