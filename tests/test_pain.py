"""痛み: where, how much, one more tap; guidance by the table; both coaches, once, in 1:1."""

from __future__ import annotations

import pytest

from models.pain import PainPlace, PainReport
from tests import bodies

LEVELS = [str(n) for n in range(11)]
HOW_MUCH = "いまの痛みは0〜10でいくつですか? 0は痛みなし、10は想像できるいちばん強い痛みです。"
SIGN = "もうひとつだけ。次のどれかに当てはまりますか?"
OK = "わかりました。様子を見ながら走って大丈夫です。途中で3以上になったら、そこで止めましょう。"
CAUTION = (
    "3は注意の合図です。今日は短く、ゆっくりに。強くなったりフォームが崩れたりしたら、"
    "そこで止めましょう。明日の朝、走る前より痛ければ48時間お休みです。"
)
STOP = (
    "今日のランは、ここまでにしましょう。痛み止めを飲んで走るのもなしです。"
    "明日の朝も痛むようなら、もう一度教えてください。"
)
DOCTOR = (
    "今日からランニングはお休みして、24時間以内を目安に整形外科で診てもらってください。"
    "痛み止めを飲んで走るのもなしです。歩けない・足がしびれるときは、待たずに受診を。"
)
TOLD = "担当のコーチにも伝えました。見たらお知らせします。"
NOT_TOLD = "コーチには伝えていません。伝えたいときは「相談」と送ってください。"


def kept(world, actor):
    """Return (place, level) of every report of an actor."""
    places = {row.report_id: row.place for row in bodies.rows(world, PainPlace)}
    mine = actor.record().key
    reports = [row for row in bodies.rows(world, PainReport) if row.person_id == mine]
    return [(places.get(row.id), row.level) for row in sorted(reports, key=lambda r: r.id)]


def cards(coach):
    """Return the word of pain a coach got, among all the rest."""
    return [said for said in coach.hears() if "から痛みの連絡" in said]


def test_a_little_pain_is_kept_and_nobody_is_told(world, aiko, coach, support):
    assert aiko.says("膝が痛い") == [f"膝ですね。{HOW_MUCH}"]
    assert aiko.labels() == LEVELS
    assert aiko.taps("2") == [SIGN]
    assert aiko.labels() == ["どれもない", "足をひきずる", "夜や安静時も痛い"]
    assert aiko.taps("どれもない") == [OK]
    assert kept(world, aiko) == [("knee", 2)]
    assert (coach.hears(), support.hears()) == ([], [])


def test_three_is_a_caution(aiko, coach):
    aiko.says("右のふくらはぎが少し痛みます")
    aiko.says("３")
    assert aiko.taps("どれもない") == [CAUTION]
    assert coach.hears() == []


def test_four_stops_today_and_both_coaches_hear_at_once(aiko, coach, support):
    aiko.says("足首痛い")
    assert aiko.taps("4") == [f"{STOP}\n{TOLD}", SIGN]
    card = [
        "相川 愛子さんから痛みの連絡\n場所: 足首\n強さ: 4/10\n"
        "ご本人には、今日は走らないようにと伝えました。"
    ]
    assert (coach.hears(), support.hears()) == (card, card)
    assert coach.labels() == ["対応します"]
    assert aiko.taps("どれもない") == [
        "ありがとうございます。今日は走らず、ゆっくり休んでくださいね。"
    ]
    assert len(coach.hears()) == 1


@pytest.mark.parametrize(
    ("level", "tap", "words"),
    [
        ("1", "足をひきずる", "足をひきずります。"),
        ("2", "夜や安静時も痛い", "夜や安静時も痛みます。"),
    ],
)
def test_limping_or_at_rest_is_for_a_doctor_at_any_level(aiko, coach, level, tap, words):
    aiko.says("膝が痛い")
    aiko.taps(level)
    assert aiko.taps(tap) == [f"{DOCTOR}\n{TOLD}"]
    assert f"強さ: {level}/10\n{words}\n" in coach.hears()[0]


def test_one_point_of_a_bone_is_for_a_doctor(aiko, coach):
    aiko.says("すねが痛い")
    aiko.taps("1")
    assert "押すと一点が痛い" in aiko.labels()
    assert aiko.taps("押すと一点が痛い") == [f"{DOCTOR}\n{TOLD}"]
    assert "押すと一点が痛みます。" in coach.hears()[0]


def test_five_needs_no_further_question(aiko, coach, support):
    assert aiko.says("膝の痛み 6") == [f"{DOCTOR}\n{TOLD}"]
    assert len(coach.hears()) == len(support.hears()) == 1


def test_in_english(emma, coach):
    assert emma.says("My left knee hurts") == [
        "Your knee, then. How bad is it now, 0 to 10? 0 is no pain, 10 the worst you can imagine."
    ]
    assert emma.taps("4") == [
        "No running today, please, and no painkillers to run on. "
        "If it still hurts tomorrow morning, tell me again.\n"
        "I have told your coaches, and will let you know when one has seen it.",
        "One more thing: does one of these apply?",
    ]
    assert emma.taps("none of these") == ["Thank you. No running today; rest well."]
    coach.taps("対応します")
    assert emma.hears()[-1] == "Coach 西岡 遥 has seen your word about the pain."


def test_three_days_of_three_go_to_the_doctor_and_the_second_day_to_the_coaches(aiko, coach, clock):
    for _ in range(3):
        aiko.says("膝が痛い")
        said = aiko.says("3")
        if said == [SIGN]:
            said = aiko.says("ない")
        clock.passes(days=1)
    assert said == [f"{DOCTOR}\n{TOLD}"]
    assert [text.count("3以上が2日続いています。") for text in cards(coach)] == [1, 0]
    assert "3以上が3日続いています。" in cards(coach)[1]


def test_a_day_without_pain_begins_anew(aiko, coach, clock):
    for days in (2, 2, 2):
        aiko.says("膝 3")
        aiko.says("ない")
        clock.passes(days=days)
    assert cards(coach) == []


def test_without_consent_there_is_guidance_and_nothing_is_kept_or_told(world, hiroshi, coach):
    hiroshi.says("膝が痛い")
    assert hiroshi.taps("7") == [f"{DOCTOR}\n{NOT_TOLD}"]
    assert hiroshi.labels() == ["相談"]
    assert (kept(world, hiroshi), coach.hears()) == ([], [])


def test_asked_where_with_bad_answers(world, aiko):
    assert aiko.says("痛い") == ["どこが痛みますか? ほかの場所は、言葉で送ってください。"]
    assert aiko.labels()[0] == "膝"
    assert aiko.says("むむむ") == [
        "場所を教えてください(例: 膝、ふくらはぎ)。一覧になければ「その他」をどうぞ。"
    ]
    assert aiko.says("その他") == [HOW_MUCH]
    for bad in ("nan", "−3", "11", "1_0", "すごく"):
        assert aiko.says(bad)[0].endswith("0〜10の数字で教えてください。"), bad
    aiko.says("２．５")
    assert aiko.says("ええと") == ["近いものを選んでください。なければ「ない」で大丈夫です。"]
    assert aiko.says("ない") == [CAUTION]
    assert kept(world, aiko) == [(None, 3)]


def test_a_longer_sentence_is_searched_for_the_place(aiko):
    assert aiko.says("坂を下るとき右ヒザの下あたりが痛いです")[0].startswith("膝ですね。")


def test_cancelled_midway_nothing_is_kept(world, aiko):
    aiko.says("膝が痛い")
    assert aiko.says("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    assert kept(world, aiko) == []


def test_in_a_group_it_is_led_to_a_private_chat(world, aiko, coach):
    assert "1対1" in aiko.in_group("S4").says("たすき 膝が痛い")[0]
    assert (kept(world, aiko), coach.hears()) == ([], [])


def test_unsend_takes_back_the_place_or_the_whole_report(world, aiko, coach):
    where = world.phones.say(aiko.id, aiko.id, "膝が痛い")
    world.settle()
    much = world.phones.say(aiko.id, aiko.id, "5")
    world.settle()
    world.phones.unsend(where.message_id)
    world.settle()
    assert kept(world, aiko) == [(None, 5)]
    world.phones.unsend(much.message_id)
    world.settle()
    assert kept(world, aiko) == []
    assert coach.taps("対応します") == ["この連絡は取り下げられました。"]


def test_a_coach_in_pain_is_answered_too(world, coach):
    coach.says("膝の痛み4")
    assert STOP in coach.hears()[0]
    assert TOLD not in coach.hears()[0]
