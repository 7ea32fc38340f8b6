"""What is said when there is nothing to do: to a member, a coach, the office and a newcomer."""

import pytest

MEMBERS = "これは、クラスのメンバーの方の機能です。"
NOTHING = "わかりました。いま途中になっていることはありません。"


def test_a_cancel_with_nothing_open_is_no_misunderstanding(aiko, emma):
    assert aiko.says("やめる") == [NOTHING]
    assert emma.says("Cancel") == ["All right. There is nothing under way to cancel."]


def test_deletion_has_a_way_out(aiko):
    aiko.says("削除")
    assert aiko.labels() == ["すべて消す", "やめる"]
    assert aiko.taps("やめる") == [NOTHING]
    assert aiko.record().reachable


def test_everyone_is_offered_what_works_for_them(aiko, coach, hikari):
    for person, words in (
        (aiko, ["今週", "コツ", "相談", "メニュー"]),
        (coach, ["今週", "出欠", "メニュー"]),
        (hikari, ["登録", "メニュー"]),
    ):
        person.says("ぷるぷる")
        assert person.labels() == words


def test_a_coach_is_not_told_that_only_coaches_may(coach):
    assert coach.says("水300")[0].startswith(MEMBERS)


@pytest.mark.parametrize("word", ["お知らせ", "点呼", "今日のコード"])
def test_the_office_is_not_told_that_only_the_office_may(office, word):
    assert office.says(word) == ["この操作は、クラスの担当コーチだけができます。"]


def test_a_word_of_ours_in_place_of_the_code_costs_no_try(oliver):
    oliver.says("Start")
    oliver.says("I agree")
    assert "tries left" not in oliver.says("I agree")[0]
    assert oliver.says("settings")[0].startswith("My settings")
    oliver.says("enrol")
    assert "(4 tries left)" in oliver.says("vy4hk9tx")[0]


def test_a_goal_is_changed_without_being_enrolled_again(aiko):
    aiko.says("目標 サブ4")
    aiko.says("やめる")
    aiko.says("目標")
    assert "登録できました" not in str(aiko.shown()[-1])
