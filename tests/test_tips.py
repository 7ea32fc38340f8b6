"""コツ: this week's first, none twice until all are read, by topic and by word."""

from __future__ import annotations

from models import record
from models.content_files import load_tips, load_topics
from tests import bodies

WEEK_11 = "第11週のコツ\n涼しくなったので、2回目の発汗テストです。"


def tip_in(said):
    """Return the tip that was shown."""
    return next(one for one in load_tips() if one.ja in said or one.en in said)


def read(world, actor):
    return {row.tip for row in bodies.rows(world, record.TipRead) if row.person_id == key(actor)}


def key(actor):
    return actor.record().key


def test_the_tip_of_the_week_comes_first_with_its_source(aiko):
    said = aiko.says("コツ")
    assert len(said) == 1
    assert said[0].startswith(WEEK_11)
    assert said[0].endswith("\nもとになった資料: アメリカスポーツ医学会の水分補給の声明(2007)")
    assert aiko.labels() == ["もうひとつ", "コツ一覧"]


def test_in_english(emma):
    said = emma.says("Tips please")[0]
    assert said.startswith("Tip of week 11\nIt is cooler now: time for the second sweat test.")
    assert said.endswith("\nBased on: ACSM position stand on fluid replacement (2007)")


def test_the_next_ones_are_new_and_this_weeks_before_the_rest(world, aiko):
    seen = [tip_in(aiko.says("コツ")[0])]
    seen += [tip_in(aiko.taps("もうひとつ")[0]) for _ in range(5)]
    assert len({one.id for one in seen}) == 6
    assert all(one.fits(11, "S4") for one in seen)
    assert read(world, aiko) == {one.id for one in seen}


def test_when_all_are_read_they_begin_anew(world, aiko, clock):
    with world.database.write() as db:
        for one in (t for t in load_tips() if not t.classes or "S4" in t.classes):
            record.note_tip(db, key(aiko), one.id, clock.now())
    assert aiko.says("コツ")[0].startswith(WEEK_11)
    assert read(world, aiko) == {"drinking_sweat_test_two"}
    assert not aiko.says("コツ")[0].startswith(WEEK_11)


def test_by_topic_none_twice_until_all_are_read(world, aiko):
    sleep = next(topic for topic in load_topics() if topic.id == "sleep").tips
    shown = [tip_in(aiko.says("コツ　睡眠")[0]) for _ in sleep]
    assert {one.id for one in shown} == {one.id for one in sleep}
    assert tip_in(aiko.says("睡眠")[0]) in sleep


def test_every_topic_answers_to_its_name_in_both_languages(world, aiko, emma):
    for topic in load_topics():
        assert tip_in(aiko.says(f"コツ {topic.ja}")[0]).topic == topic.id
        assert tip_in(emma.says(f"tips {topic.en}")[0]).topic == topic.id
    assert tip_in(aiko.says("コツ 給水")[0]).topic == "drinking"
    assert tip_in(emma.says("Tips about shoes?")[0]).topic == "gear"


def test_the_topics_are_listed_and_paged(aiko):
    said = aiko.says("コツ一覧")[0]
    assert said.startswith("どのテーマにしますか?")
    assert all(topic.ja in said for topic in load_topics())
    first = aiko.labels()
    aiko.taps("ほかのテーマ")
    second = aiko.labels()
    assert [*first[:-1], *second[:-1]] == [topic.ja for topic in load_topics()]
    assert tip_in(aiko.taps("道具")[0]).topic == "gear"
    aiko.sends_data("tips.More?page=-7")
    assert aiko.labels() == first


def test_by_word(aiko):
    assert "ジェル" in aiko.says("コツ ジェル")[0]
    assert aiko.says("コツ ぽよぽよ") == [
        "その言葉のコツは見つかりませんでした。テーマから探してみませんか?"
    ]
    assert aiko.labels() == ["コツ一覧"]


def test_amounts_are_not_for_those_the_screening_sends_to_a_doctor(world, aiko):
    bodies.screened(world, aiko, organs=True)
    water = [one for one in load_tips() if one.topic == "drinking"]
    shown = [tip_in(aiko.says("コツ 水分")[0]) for _ in water]
    assert not any(one.dose for one in shown)
    assert any(one.dose for one in water)


def test_in_the_group_the_tip_of_the_week_only(world, aiko):
    group = aiko.in_group("S4")
    assert group.says("たすき コツ")[0].startswith(WEEK_11)
    assert group.says("たすき コツ")[0].startswith(WEEK_11)
    assert "1対1" in group.says("たすき コツ 睡眠")[0]
    assert read(world, aiko) == set()


def test_a_dose_is_not_told_in_the_group(world, aiko, clock):
    clock.leaps_to("2027-01-18 09:00")  # week 19: the curriculum's tip is a drinking plan
    said = aiko.in_group("S4").says("たすき コツ")[0]
    assert not tip_in(said).dose


def test_a_coach_reads_too_and_a_guest_is_shown_the_way(coach, hikari):
    assert coach.says("コツ")[0].startswith(WEEK_11)
    hikari.follows()
    assert "登録" in hikari.says("コツ")[0]
