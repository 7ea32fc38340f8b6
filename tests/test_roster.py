"""The roster: who comes, who does not, who is silent; for the class's coaches and the office."""

from __future__ import annotations

from models import school


def class_id(world, code: str) -> int:
    with world.database.read() as db:
        return next(one.key for one in school.classes(db) if one.code == code)


def test_a_coach_sees_who_comes_with_reasons_and_newcomers(coach, aiko, ryo):
    aiko.says("参加します")
    ryo.says("欠席 風邪です")
    (said,) = coach.says("名簿")
    assert said == (
        "出欠 11月25日(水) 19:00\n"
        "参加 1人: 相川 愛子(はじめて)\n"
        "欠席 1人: 山田 亮(はじめて、風邪)\n"
        "未定 0人: –\n"
        "未回答 3人: Emma Clarke(はじめて)、山口 浩(はじめて)、松本 千尋(はじめて)"
    )


def test_in_english(coach, emma):
    emma.says("I'll be there")
    coach.says("English")
    (said,) = coach.says("roster")
    assert said.startswith("Who comes, Wed 25 Nov, 19:00\nComing 1: Emma Clarke (first time)\n")


def test_names_stay_out_of_the_group(coach):
    (said,) = coach.in_group("S4").says("たすき 名簿")
    assert "1対1" in said


def test_the_office_chooses_a_class(office):
    assert office.says("出欠") == ["どのクラスの名簿を見ますか?"]
    (said,) = office.taps("サブ4クラス")
    assert said.startswith("出欠 11月25日(水) 19:00")


def test_another_class_and_a_class_made_up_are_refused(world, coach):
    refused = ["この名簿は、担当のコーチと事務局だけが見られます。"]
    assert coach.sends_data(f"roster.Roster?class_id={class_id(world, 'S5')}") == refused
    assert coach.sends_data("roster.Roster?class_id=9999") == refused


def test_the_coaches_get_it_once_when_the_time_to_answer_is_over(world, clock, coach, support):
    clock.goes_to("2026-11-25 12:59")
    before = [len(one.hears()) for one in (coach, support)]
    clock.goes_to("2026-11-25 13:01")
    clock.passes(minutes=20)
    for one, count in zip((coach, support), before, strict=True):
        new = one.hears()[count:]
        assert [said.split("\n")[0] for said in new] == ["出欠 11月25日(水) 19:00"]


def test_a_class_of_forty_fits_one_card(world, coach):
    with world.database.write() as db:
        from models import person

        for number in range(40):
            name = {"displayName": f"長い名前のメンバー{number:02}号さん", "language": "ja"}
            one = person.meet(db, f"U{number:032x}", world.clock.now(), name)
            school.grant(db, one, school.MEMBER, class_id(world, "S4"), world.clock.now())
    (said,) = coach.says("名簿")
    assert "長い名前のメンバー39号さん" in said


def test_a_member_who_asks_sees_their_own_answer_and_nobodys_name(aiko, ryo):
    ryo.says("次の練習は休みます")
    (said,) = aiko.says("出欠")
    assert aiko.labels()[:3] == ["参加", "欠席", "未定"]
    assert "山田" not in said and "未回答" not in said
