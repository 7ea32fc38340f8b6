"""Around the countdown: a moved race moves all, who is late hears what helps, no double load."""

from __future__ import annotations

from models import race_changes, school
from models.school import Membership
from tests.race_stage import at, enters, hears_until, races, stands_at, tells, titles, world

__all__ = ["world"]


def moves(world, code="goal", **values):
    with world.database.write() as db:
        race_changes.change(db, db.merge(races(world)[code]), world.clock.now(), **values)


def enrols_anew(world, actor):
    with world.database.write() as db:
        held = db.get(Membership, school.membership(db, actor.record(), 3).id)
        held.joined_at = world.clock.now()
        db.add(held)


def test_a_moved_race_is_said_once_and_moves_all(world, aiko, ryo, emma, clock):
    clock.goes_to("2027-02-07 19:01")
    clock.goes_to("2027-02-08 12:00")
    moves(world, starts_at=at("2027-03-14 09:40"))
    assert hears_until(aiko, clock, "2027-02-08 12:02") == [
        "東京マラソン2027の日時が変わりました。\n3月7日(日) 09:10 → 3月14日(日) 09:40\n"
        "これからのお知らせは、新しい日時に合わせて届きます。スタート時刻や朝食の時刻が変わる方は"
        "「レース設定」で直してください。"
    ]
    assert "Sun 7 Mar, 09:10 → Sun 14 Mar, 09:40" in emma.hears()[-1]
    stands_at(world, "2027-03-13 14:30")
    assert "明日のための大切なこと" in titles(hears_until(aiko, clock, "2027-03-13 15:01"))
    assert sum("日時が変わりました" in said for said in aiko.hears()) == 1


def test_a_race_moved_at_night_is_said_in_the_morning(world, aiko, clock):
    stands_at(world, "2027-02-08 22:30")
    moves(world, starts_at=at("2027-03-14 09:10"))
    assert hears_until(aiko, clock, "2027-02-09 07:59") == []
    assert "日時が変わりました" in hears_until(aiko, clock, "2027-02-09 08:01")[0]


def test_moved_and_moved_back_is_not_worth_a_word(world, aiko, clock):
    moves(world, starts_at=at("2027-03-14 09:10"))
    moves(world, starts_at=at("2027-03-07 09:10"))
    assert hears_until(aiko, clock, "2027-02-07 18:30") == []


def test_an_hours_shift_makes_nothing_come_twice(world, aiko, clock):
    clock.goes_to("2027-02-07 19:01")
    stands_at(world, "2027-02-07 20:00")
    moves(world, starts_at=at("2027-03-07 09:40"))
    clock.goes_to("2027-02-09 12:00")
    assert titles(aiko.hears()).count("あと4週間") == 1


def test_a_race_that_is_not_held_is_said_once_and_then_there_is_silence(world, aiko, clock):
    moves(world, cancelled=True)
    assert hears_until(aiko, clock, "2027-02-07 18:02")[0].startswith(
        "東京マラソン2027は、スクールの予定からなくなりました。"
    )
    stands_at(world, "2027-03-06 14:30")
    assert "明日のための大切なこと" not in titles(hears_until(aiko, clock, "2027-03-06 15:01"))


def test_who_enrols_late_gets_one_message_with_what_still_helps(world, aiko, ryo, clock):
    stands_at(world, "2027-03-04 12:00")
    enrols_anew(world, aiko)
    said = hears_until(aiko, clock, "2027-03-04 12:16")
    assert len([words for words in said if words.startswith("いまからでも")]) == 1
    assert said[-1].startswith(
        "いまからでも役に立つこと\nようこそ! カウントダウンはもう始まっています。"
        "いまからでも間に合うことだけ、まとめました。\n暑さの計画 A・B・C\n"
    )
    assert "ゼッケンの受け取り\n" in said[-1]
    assert "足の爪" not in said[-1]
    assert not {"暑さの計画 A・B・C", "ゼッケンの受け取り"} & set(titles(said))
    assert "いまからでも役に立つこと" not in titles(ryo.hears())
    enrols_anew(world, aiko)
    clock.goes_to("2027-03-04 14:00")
    assert titles(aiko.hears()).count("いまからでも役に立つこと") == 1


def test_in_again_while_it_runs_brings_what_still_helps(world, aiko):
    enters(world, aiko, "no")
    stands_at(world, "2027-03-04 12:00")
    aiko.says("レース設定")
    said = aiko.taps("出場する")
    assert [words.splitlines()[0] for words in said] == [
        "東京マラソン2027に出場ですね。一緒に準備していきましょう!",
        "東京マラソン2027 3月7日(日)",
        "いまからでも役に立つこと",
    ]


def test_in_again_on_race_morning_brings_nothing_twice(world, aiko, clock):
    """What went by stands on the card, and is not said again as if it had only now come due."""
    enters(world, aiko, "no")
    stands_at(world, "2027-03-07 08:20")
    aiko.says("レース設定")
    card = aiko.taps("出場する")[-1].splitlines()
    heard = titles(hears_until(aiko, clock, "2027-03-07 08:51"))
    assert "スタートの前に" in card
    assert not set(heard) & set(card)


def test_a_race_on_the_way_is_offered_once_and_goes_on_with_a_yes(world, aiko, ryo, clock):
    stands_at(world, "2027-01-03 18:30")
    said = hears_until(aiko, clock, "2027-01-03 19:01")[-1]
    assert said.startswith(
        "本番前の大会\n1月17日(日)の荒川ハーフマラソン(見本)まで、あと2週間です。"
    )
    assert aiko.taps("出ます")[0].startswith("いいですね! 前の日と当日に、")
    assert ryo.taps("出ません") == [
        "わかりました。この大会のお知らせは送りません。練習でお会いしましょう。"
    ]
    stands_at(world, "2027-01-17 08:00")
    assert "スタートの前に" in titles(hears_until(aiko, clock, "2027-01-17 08:51"))
    assert "スタートの前に" not in titles(ryo.hears())


def test_two_races_near_each_other_do_not_double_the_load(world, aiko, clock):
    moves(world, "half", starts_at=at("2027-02-28 10:00"))
    stands_at(world, "2027-02-14 18:30")
    clock.goes_to("2027-02-14 19:01")
    assert "シューズを決める" in titles(aiko.hears())
    assert "本番前の大会" not in titles(aiko.hears())
    tells(world, aiko, "half", entry="yes")
    stands_at(world, "2027-02-28 08:00")
    assert "スタートの前に" in titles(hears_until(aiko, clock, "2027-02-28 08:51"))


def test_only_the_lesser_race_gives_way(world, ryo, clock):
    enters(world, ryo, "no")
    moves(world, "half", starts_at=at("2027-02-28 10:00"))
    stands_at(world, "2027-02-14 18:30")
    assert "本番前の大会" in titles(hears_until(ryo, clock, "2027-02-14 19:01"))


def test_a_race_abroad_keeps_its_own_clock_from_race_day_on(world, aiko, clock):
    moves(world, zone="Pacific/Honolulu", starts_at=at("2027-03-08 01:00"))  # Sunday 6:00 there
    stands_at(world, "2027-03-06 14:30")
    assert "明日のための大切なこと" in titles(hears_until(aiko, clock, "2027-03-06 15:01"))
    stands_at(world, "2027-03-08 12:30")
    assert "体はどうですか" not in titles(hears_until(aiko, clock, "2027-03-08 12:59"))
    assert "体はどうですか" in titles(hears_until(aiko, clock, "2027-03-08 13:01"))
