"""A week, a month or an end that is named is asked about: never kept for the next session."""

from __future__ import annotations

import pytest
from sqlmodel import select

from models.attendance import Rsvp

THAT_ONE = (
    "12月2日(水) 19:00の練習のことでしょうか? 合っていれば、下のボタンか「はい」でお返事ください。"
    "まだ何も記録していません。"
)


def answers(world):
    with world.database.read() as db:
        return [row.answer for row in db.exec(select(Rsvp))]


@pytest.mark.parametrize(
    "said", ["来週行けません", "来週参加します", "らいしゅう休みます", "来週は出張なので休みます"]
)
def test_next_week_is_asked_about_by_its_date(world, aiko, said):
    aiko.says(said)
    assert any(label.startswith("12月2日(水)は") for label in aiko.labels())
    assert answers(world) == []


@pytest.mark.parametrize(
    "said",
    [
        *("今月いっぱい休みます", "しばらく休みます", "12月は休みます", "膝が治るまで休みます"),
        *("明日から3日間休みます", "25日と2日休みます", "次の次の練習休みます", "週末は行けません"),
        *("can't come next week", "away for the rest of the month", "can't come for 2 weeks"),
        *("I can't come from December 2", "i'll be there next week"),
    ],
)
def test_nothing_is_kept_for_other_days(world, aiko, said):
    assert aiko.says(said)
    assert answers(world) == []


def test_yes_or_a_tap_is_kept_for_that_session(world, aiko):
    assert aiko.says("来週行けません") == [THAT_ONE]
    assert aiko.labels() == ["12月2日(水)は欠席"]
    assert aiko.says("はい")[0].startswith("12月2日(水) 19:00の練習、欠席で承りました。")
    assert answers(world) == ["no"]
    aiko.says("来週参加します")
    assert aiko.taps("12月2日(水)は参加")[0].startswith("12月2日(水) 19:00の練習、参加で")
    assert answers(world) == ["yes"]


def test_no_keeps_nothing(world, aiko):
    aiko.says("来週行けません")
    assert aiko.says("いいえ")[0].startswith("では、記録はしないでおきますね。")
    assert answers(world) == []


def test_a_long_absence_offers_its_sessions_and_the_coach(world, aiko):
    said = aiko.says("しばらく休みます")
    assert said[0].startswith("どの日の練習でしょう?")
    assert "「相談」からコーチにもひとこと" in said[0]
    assert aiko.labels()[0] == "11月25日(水)は欠席"
    assert aiko.labels()[-1] == "相談"
    assert len(aiko.labels()) == 5


def test_the_reason_may_speak_of_another_week(world, aiko):
    aiko.says("来週から出張なので休みます")
    assert aiko.labels()[0] == "11月25日(水)は欠席"
    assert answers(world) == []
    aiko.says("2週間前から膝の調子が悪いので水曜休みます")
    assert answers(world) == ["no"]


def test_this_week_is_kept_while_its_session_is_ahead(world, aiko, clock):
    assert "11月25日(水) 19:00の練習、欠席で" in aiko.says("今週は行けません")[0]
    clock.goes_to("2026-11-27 12:00")
    said = aiko.says("今週は行けません")
    assert said == ["そのあいだに練習は入っていません。次の練習は12月2日(水) 19:00です。"]
    assert answers(world) == ["no"]


def test_in_english(world, emma):
    said = emma.says("can't come next week")
    assert said[0].startswith("Do you mean the session on Wed 2 Dec, 19:00?")
    assert emma.labels() == ["Wed 2 Dec: absent"]
    assert emma.says("yes")[0].startswith("Noted: you can't come on Wed 2 Dec, 19:00.")


def test_a_guess_keeps_the_days_that_were_named(world, aiko):
    aiko.says("来週はちょっと休むかもしれないです、仕事次第で")
    aiko.says("再来週は参加するかどうしようかな")
    assert aiko.button("参加と伝える")["text"] == "再来週参加"
    aiko.taps("参加と伝える")
    assert aiko.labels()[0] == "12月9日(水)は参加"
    assert answers(world) == []
