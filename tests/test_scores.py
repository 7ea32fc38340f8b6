"""採点: a coach's mark and words reach the member, and nobody else."""

from __future__ import annotations

from models import score

NEWS = (
    "西岡 遥コーチから採点が届きました。\n85点「腕振りが良くなりました」\n\n"
    "これまでの分は「わたしの記録」で見られます。"
)


def scores_of(world, actor):
    with world.database.read() as db:
        return [(row.mark, row.words) for row in score.of_person(db, actor.record().key, 10)]


def test_a_coach_scores_a_member_step_by_step(world, coach, aiko):
    assert coach.says("採点")[0].startswith("だれを採点しますか?")
    assert coach.taps("相川 愛子")[0].startswith("相川 愛子さんは100点満点で何点ですか?")
    assert coach.says("120") == ["0〜100の数字で送ってください。"]
    assert coach.says("８５点")[0].startswith("85点ですね。")
    assert coach.says("腕振りが良くなりました") == [
        "相川 愛子さんへ\n85点「腕振りが良くなりました」\n\n"
        "この内容で届けますか? 「送る」「書き直す」「やめる」から選んでください。"
    ]
    assert scores_of(world, aiko) == []
    assert coach.says("送る") == ["相川 愛子さんに届けました。ありがとうございます。"]
    assert aiko.hears()[-1] == NEWS
    assert scores_of(world, aiko) == [(85, "腕振りが良くなりました")]
    assert "届けました" not in coach.says("送る")[0]  # a second tap sends nothing
    assert aiko.hears().count(NEWS) == 1


def test_it_can_be_said_in_one_go(world, coach, aiko):
    assert coach.says("採点 相川さん 85点 腕振りが良くなりました")[0].startswith(
        "相川 愛子さんへ\n85点「腕振りが良くなりました」"
    )
    coach.says("書き直す")
    coach.says("90")
    coach.says("フォームが安定しました。Good!")
    coach.says("送る")
    assert scores_of(world, aiko) == [(90, "フォームが安定しました。Good!")]


def test_an_unknown_name_is_asked_for_and_nothing_is_kept(world, coach, aiko):
    said = coach.says("採点 夏目さん 85 いいですね")
    assert said[0] == "「夏目」さんが見つかりません。名前をタップしてください。"
    assert scores_of(world, aiko) == []


def test_the_last_score_is_named_and_history_stays(world, coach, aiko, clock):
    for mark, words in ((70, "よい出だし"), (80, "伸びています")):
        coach.says(f"採点 相川 {mark} {words}")
        coach.says("送る")
    coach.says("採点")
    assert "前回(11月23日(月))は80点でした" in coach.taps("相川 愛子")[0]
    assert scores_of(world, aiko) == [(80, "伸びています"), (70, "よい出だし")]


def test_a_coach_of_another_class_cannot(world, coach, aiko):
    coach.says("採点")
    button = coach.button("相川 愛子")
    other = world.person("橋爪 岳")
    assert other.acts(button) == ["採点できるのは、いま担当しているクラスのメンバーだけです。"]
    other.says("採点 相川 85 いいですね")
    assert "相川" not in other.labels()
    assert aiko.says("採点") == ["この操作は、クラスの担当コーチだけができます。"]
    assert aiko.acts(button) == ["この操作は、クラスの担当コーチだけができます。"]


def test_taking_the_words_back_takes_the_score_back(world, coach, aiko):
    coach.says("採点 相川 85 いいですね")
    coach.says("送る")
    typed = [
        b for b in world.sim.chats.bubbles if b.message.get("text", "").startswith("採点 相川")
    ]
    world.phones.unsend(typed[0].id)
    world.settle()
    assert scores_of(world, aiko) == []


def test_a_score_in_english(world, coach, emma):
    coach.says("採点 Emma 85 よく走れています")
    coach.says("送る")
    assert emma.hears()[-1].startswith("Coach 西岡 遥 has a score for you.\n85 points:")


def test_a_score_taken_back_and_given_anew_reaches_the_member(world, coach, aiko):
    coach.says("採点")
    coach.taps("相川 愛子")
    coach.says("58")
    sentence = world.phones.say(coach.id, coach.id, "まちがいです")
    world.settle()
    coach.says("送る")
    world.phones.unsend(sentence.message_id)
    world.settle()
    coach.says("採点 相川さん 85点 腕振りが良くなりました")
    coach.says("送る")
    assert aiko.hears()[-1] == NEWS
