"""What is told beside a wish: a reason that is a report of its own, or only what was eaten."""

from __future__ import annotations

import pytest

from models.attendance import Rsvp
from tests import bodies


@pytest.mark.parametrize(
    "said",
    [
        *("けがしたので水曜は休みます", "違和感があるので休みます", "欠席 けが"),
        *("けがしたので今週は休みます", "けがしたので、今週は休みます", "けがしたから今週休みます"),
    ],
)
def test_an_injury_told_as_a_reason_opens_its_report(world, aiko, said):
    heard = aiko.says(said)
    assert any("欠席で承りました" in one for one in heard)
    assert heard[-1].startswith("どこが痛みますか?")
    assert [row.answer for row in bodies.rows(world, Rsvp)] == ["no"]


@pytest.mark.parametrize(
    "said",
    [
        *("膝が痛いので今週は休みます", "膝が痛くて今週は休みます", "膝が痛いので、水曜休みます"),
        *("膝が痛いです。今週は休みます", "膝を痛めたため今週は欠席します"),
        *("昨日から膝が痛いので今週は休みます", "走りすぎたから膝が痛くて今週は休みます"),
        *("今週は休みます。膝が痛いです", "ひざが痛むから今週は練習休みます"),
    ],
)
def test_where_it_hurts_told_as_a_reason_is_asked_about_and_the_absence_noted(world, aiko, said):
    heard = aiko.says(said)
    assert any("欠席で承りました" in one for one in heard)
    assert "いまの痛みは0〜10でいくつですか?" in heard[-1]
    assert [row.answer for row in bodies.rows(world, Rsvp)] == ["no"]


def test_the_coach_reads_the_reason_beside_the_name(aiko, coach):
    aiko.says("膝が痛いので、今週は休みます")
    assert "相川 愛子(はじめて、膝が痛い)" in coach.says("名簿")[-1]


def test_a_reason_in_english(world, emma):
    heard = emma.says("My knee hurts, so I'm skipping this week")
    assert [row.answer for row in bodies.rows(world, Rsvp)] == ["no"]
    assert "0" in heard[-1]
    assert "10" in heard[-1]


@pytest.mark.parametrize(
    "said",
    [
        *(
            "膝が痛いから今週は休みますか?",
            "膝が痛いので今週は休まないです",
            "膝が痛くてたまらない",
        ),
        *("友達がけがしたので今週は休みます", "膝が痛いから今週は休むかも"),
    ],
)
def test_a_reason_makes_no_absence_of_what_is_none(world, aiko, said):
    aiko.says(said)
    assert [row.answer for row in bodies.rows(world, Rsvp) if row.answer == "no"] == []


def test_what_was_eaten_is_no_second_wish(aiko):
    assert len(aiko.says("朝ごはん食べた")) == 1
