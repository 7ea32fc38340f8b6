"""An open question meets what is no answer: typed labels, photos, and talk of something else."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot import buttons, labels, session_card
from bot.messages import Postback, Say, Text
from models import dialog
from models.attendance import Rsvp
from models.consultation import Consultation
from models.pain import PainReport
from tests.test_broadcast import picture
from tests.world import START

UNDER_WAY = "いまの質問の途中でした。このまま続けますか?"
CHECK = "この内容でコーチに届けますか?"


def rows(world, table):
    with world.database.read() as db:
        return list(db.exec(select(table)))


def test_labels_are_typed_all_through_a_change(world, coach):
    coach.says("変更")
    assert coach.says("１１月２５日（水）　１９：００")[0].startswith("11月25日(水) 19:00の練習を")
    assert coach.says("場所を変える")[0].startswith("新しい場所を")
    coach.says("代々木公園")
    assert coach.says("日時を変える")[0].startswith("新しい日時を")
    coach.says("やめる")
    coach.says("変更")
    coach.says("12月2日(水) 19:00")
    assert "12月2日(水) 19:00" in coach.says("中止にする")[0] or "理由" in coach.hears()[-1]


def test_a_label_means_the_card_that_was_just_shown(world, aiko, clock):
    aiko.says("来週")
    assert "12月2日(水) 19:00の練習、参加で" in aiko.says("参加")[0]
    clock.passes(hours=2)
    assert "11月25日(水) 19:00の練習、参加で" in aiko.says("参加")[0]
    assert len(rows(world, Rsvp)) == 2


def test_a_label_shown_twice_forgets_what_it_stood_for(database):
    def card(*sessions):
        taps = [buttons.pack(session_card.Rsvp(session, "yes")) for session in sessions]
        return labels.of([Text("?", tuple(Postback("参加", tap) for tap in taps))])

    whose = ("U1", "U1")
    with database.write() as db:
        dialog.ask(db, *whose, "probe.number", {}, START)
        dialog.show(db, *whose, card(1), START)
        assert dialog.in_sight(db, *whose, START)["参加"]
        dialog.show(db, *whose, card(2, 3), START)
        assert not dialog.in_sight(db, *whose, START)["参加"]


def test_buttons_that_say_themselves_let_a_closed_question_be_known(world, aiko, clock):
    aiko.says("体重")
    clock.passes(hours=25)
    aiko.says("こんにちは")
    assert aiko.says("54.5")[0].startswith("お返事ありがとうございます。その質問は時間がたった")


@pytest.mark.parametrize("typed", ["Reminders", "reminders", "ＲＥＭＩＮＤＥＲＳ"])
def test_a_label_that_differs_from_its_word_in_case_alone_is_the_word(world, emma, typed):
    at, shown = world.clock.now(), labels.of([Text("?", (Say("Reminders", "reminders"),))])
    with world.database.write() as db:
        dialog.show(db, emma.id, emma.id, shown, at)
    assert emma.says(typed)


def test_a_label_of_another_is_not_heard_in_a_group(world, aiko, ryo):
    aiko.in_group("S4").says("たすき 今週")
    ryo.in_group("S4").says("参加")
    assert rows(world, Rsvp) == []


def test_a_photo_for_a_number_is_told_what_is_wanted(world, aiko):
    aiko.says("体重")
    said = aiko.shows(picture())
    assert said == [
        "写真や動画、音声、位置情報からは読み取れないので、文字でお願いします。\n"
        "30〜200 kg の数字で教えてください。例: 54.5"
    ]
    assert aiko.labels()[-1] == "やめる"
    assert aiko.says("54.5")[0].startswith("54.5 kg")


def test_the_second_text_that_is_no_answer_is_asked_whether_to_go_on(world, aiko):
    aiko.says("膝が痛い")
    aiko.says("えっと")
    said = aiko.says("雨の日ってみんなどうしてるんだろう")
    assert said[0].startswith(UNDER_WAY)
    assert aiko.labels()[0] == "続ける"
    assert aiko.labels()[-1] == "やめる"
    assert aiko.taps("続ける") == ["0〜10の数字で教えてください。"]
    aiko.says("6")
    assert [row.level for row in rows(world, PainReport)] == [6]


def test_a_letter_before_sending_is_not_lost_by_other_talk(world, aiko):
    aiko.says("相談 靴はいつ替えればいいですか")
    for other in ("なるほど", "明日の練習はどこでやるんだっけ", "ふーん", "そういえばさあ"):
        aiko.says(other)
    assert aiko.hears()[-1].startswith(UNDER_WAY)
    assert rows(world, Consultation) == []
    aiko.says("続ける")
    aiko.says("送る")
    assert [row.question for row in rows(world, Consultation)] == ["靴はいつ替えればいいですか"]


def test_what_else_was_meant_is_one_tap_away_and_the_question_stays(world, aiko):
    aiko.says("膝が痛い")
    aiko.says("うーんと")
    aiko.says("水分はどれくらいとったらいいのかしら")
    labels = aiko.labels()
    assert labels[0] == "続ける"
    assert len(labels) > 3
    aiko.taps(labels[1])
    aiko.says("4")
    assert [row.level for row in rows(world, PainReport)] == [4]


@pytest.mark.parametrize(
    "letter", ["相談 靴は何キロで替えますか", "相談 膝が痛いです。明日休みます"]
)
def test_a_letter_is_one_wish(world, aiko, letter):
    assert letter.removeprefix("相談 ") in aiko.says(letter)[0]
    assert rows(world, Rsvp) == rows(world, PainReport) == []


def test_a_member_who_asks_who_comes_sees_their_own_answer(world, aiko):
    assert aiko.says("出欠") == aiko.says("名簿")
    assert "コーチ" not in aiko.hears()[-1][:10]
