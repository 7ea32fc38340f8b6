"""レース設定: the own start, breakfast and night before, by tap and as runners type them."""

from __future__ import annotations

import pytest

from bot.buttons import pack
from bot.race_settings_card import AskAbout, Entered, Sleeps
from models.race import RaceFact
from tests import bodies
from tests.race_stage import enters, races, runner_of, stands_at, world

__all__ = ["world"]
KEPT = "スタートは09:25ですね。朝のお知らせ(朝食は06:25)も、この時刻に合わせます。"
ASK = (
    "東京マラソン2027の号砲は09:10です。あなたのスタートは何時ですか? ゼッケンや参加案内の時刻"
    "(例: 9:25)か、号砲から何分後か(例: 25分)を送ってください。"
)


def test_the_card_says_what_is_known_and_what_is_assumed(aiko):
    assert aiko.says("レース設定") == [
        "東京マラソン2027 3月7日(日)\n出場: まだ聞いていません\n"
        "スタート: 09:10(まだ聞いていないので、号砲と同じとして)\n"
        "朝食: 06:10(まだ聞いていないので、スタートの3時間前として)\n前泊: まだ聞いていません\n"
        "当日のお知らせは、この時刻に合わせて届きます。「スタート 9:25」「朝食 6:10」のように"
        "送っても直せます。"
    ]
    labels = ["出場する", "スタート時刻を入れる", "朝食の時刻を入れる"]
    assert aiko.labels() == [*labels, "自宅から", "ホテルから", "出ない"]


def test_it_is_complete_in_english(emma):
    assert emma.says("my race")[0].startswith(
        "Tokyo Marathon 2027, Sun 7 Mar\nRunning: not told yet\n"
        "Start: 09:10 (not told yet: taken as the gun)\n"
        "Breakfast: 06:10 (not told yet: taken as 3 hours before the start)"
    )
    emma.taps("Set my start")
    assert emma.says("25 minutes after") == [
        "Your start is 09:35. The morning's reminders (breakfast 06:35) will follow it."
    ]
    assert emma.says("My breakfast is at 6:00") == [
        "Breakfast at 06:00. That leaves time to digest before your start at 09:35."
    ]


@pytest.mark.parametrize(
    "text", ["9:25", "９：２５", "9時25分", "９時２５分です", "15分後", "１５", "9:25スタート"]
)
def test_a_start_is_typed_as_runners_do(world, aiko, text):
    aiko.says("レース設定")
    assert aiko.taps("スタート時刻を入れる") == [ASK]
    assert aiko.says(text) == [KEPT]
    assert runner_of(world, aiko).offset_minutes == 15


@pytest.mark.parametrize(
    "text", ["スタート 9:25", "スタートは９時２５分です", "スタート時刻は15分後"]
)
def test_a_start_may_come_with_its_word(world, aiko, text):
    assert aiko.says(text) == [KEPT]


def test_a_block_is_met_kindly_and_the_question_stays(world, aiko):
    aiko.says("レース設定")
    aiko.taps("スタート時刻を入れる")
    assert aiko.says("Eブロック")[0].startswith(
        "Eブロックですね。ブロックごとの時刻は大会で変わるので、"
    )
    assert aiko.says("9時25分") == [KEPT]


def test_with_the_gun_is_one_tap(world, aiko):
    aiko.says("レース設定")
    aiko.taps("スタート時刻を入れる")
    assert aiko.taps("号砲と同時")[0].startswith("スタートは09:10ですね。")
    assert runner_of(world, aiko).knows_start


@pytest.mark.parametrize("text", ["8:00", "12:00", "121", "500分"])
def test_a_start_that_cannot_be_is_asked_again(world, aiko, text):
    aiko.says("レース設定")
    aiko.taps("スタート時刻を入れる")
    assert aiko.says(text)[0].startswith("号砲の09:10から2時間以内の時刻で")
    assert bodies.rows(world, RaceFact) == []
    assert aiko.says("9:25") == [KEPT]


@pytest.mark.parametrize("text", ["nan", "-3", "1e3", "たぶん早め", "99:99"])
def test_what_is_no_time_leaves_nothing(world, aiko, text):
    aiko.says("レース設定")
    aiko.taps("スタート時刻を入れる")
    assert aiko.says(text)[0].startswith("時刻(例: 9:25)か、号砲から何分後か")
    assert bodies.rows(world, RaceFact) == []


def test_a_picture_is_no_time_and_the_question_stays(aiko):
    aiko.says("レース設定")
    aiko.taps("スタート時刻を入れる")
    assert aiko.shows(b"\xff\xd8photo") != []
    assert aiko.says("9:25") == [KEPT]


def test_breakfast_is_kept_within_reason(world, aiko):
    assert aiko.says("朝食 6:30") == [
        "朝食は06:30ですね。スタートの09:10まで、ゆっくり消化できます。"
    ]
    assert aiko.says("朝ごはんは9時")[0].startswith("スタートの6時間前から30分前までの時刻で")
    assert aiko.says("６時半")[0].startswith("朝食は06:30ですね。")


def test_cancelled_and_switched_midway(world, aiko):
    aiko.says("レース設定")
    aiko.taps("スタート時刻を入れる")
    assert aiko.says("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    aiko.taps("朝食の時刻を入れる")
    aiko.says("English")
    assert aiko.says("6:15") == [
        "Breakfast at 06:15. That leaves time to digest before your start at 09:10."
    ]


def test_taken_back_it_is_forgotten(world, aiko):
    aiko.says("スタート 9:25")
    assert [fact.value for fact in bodies.rows(world, RaceFact)] == ["15"]
    message = [b for b in world.sim.chats.shown(aiko.chat, 0) if b["from"] == aiko.id][-1]
    world.phones.unsend(message["id"])
    world.settle()
    assert bodies.rows(world, RaceFact) == []
    assert not runner_of(world, aiko).knows_start


def test_the_entry_is_one_truth_with_the_enrolment(world, aiko):
    aiko.says("レース設定")
    assert aiko.taps("出場する")[0] == "東京マラソン2027に出場ですね。一緒に準備していきましょう!"
    assert runner_of(world, aiko).entry == "yes"
    aiko.says("エントリー")
    aiko.says("出ない")
    assert "出場: 出ない" in aiko.says("レース設定")[0]
    assert bodies.rows(world, RaceFact) == []


def test_out_and_the_countdown_ends(world, aiko, clock):
    aiko.says("レース設定")
    assert aiko.taps("出ない")[0].startswith(
        "わかりました。東京マラソン2027のお知らせは送りません。"
    )
    stands_at(world, "2027-02-14 18:30")
    before = len(aiko.hears())
    clock.goes_to("2027-02-14 19:01")
    assert len(aiko.hears()) == before


def test_a_night_in_a_hotel_shapes_the_eve(world, aiko, clock):
    aiko.says("レース設定")
    assert aiko.taps("ホテルから")[0].startswith("ホテルからですね。")
    stands_at(world, "2027-03-06 14:30")
    clock.goes_to("2027-03-06 15:01")
    assert aiko.hears()[-1].endswith("今日のうちに朝の分を買って、目覚ましは2つかけましょう。")


def test_another_race_has_a_card_of_its_own(world, aiko):
    stands_at(world, "2027-01-04 12:00")
    aiko.says("レース設定")
    assert aiko.taps("荒川ハーフマラソン(見本)")[0].startswith(
        "荒川ハーフマラソン(見本) 1月17日(日)"
    )
    aiko.taps("出場する")
    assert runner_of(world, aiko, "half").runs
    assert runner_of(world, aiko).entry is None


@pytest.mark.parametrize("race", [99, -1, 10**12])
def test_hand_made_buttons_change_nothing(world, aiko, coach, race):
    for tap in (Entered(race, "yes"), AskAbout(race, "start"), Sleeps(race, "home")):
        assert aiko.sends_data(pack(tap))[0].startswith("このボタンは、いまの大会のものではない")
    assert coach.sends_data(pack(Sleeps(race, "home")))[0].startswith(
        "これは、クラスのメンバーの方"
    )
    assert "今週" in aiko.sends_data("race_settings_card.Entered?race=1&answer=maybe")[0]
    assert bodies.rows(world, RaceFact) == []


def test_in_a_group_nothing_of_it_is_shown(aiko):
    assert aiko.in_group("S4").says("たすき レース設定")[0].startswith("これは1対1のトークで")


def test_long_after_the_race_there_is_none_ahead(world, aiko):
    enters(world, aiko, "yes")
    tap = pack(Sleeps(races(world)["goal"].key, "home"))
    stands_at(world, "2027-03-20 12:00")
    assert aiko.says("レース設定")[0].startswith("これからの大会は、まだ登録されていません。")
    assert aiko.sends_data(tap)[0].startswith("このボタンは")
