"""発汗テスト: kept with consent, sealed, shown, taken back and deleted."""

from __future__ import annotations

from sqlalchemy import text

from models import health, sweat
from tests import bodies
from tests.test_sweat import takes_test

NO_TEST = "途中の発汗テストはありません。「発汗テスト」と送ると、最初からご案内します。"


def measured(world, actor):
    with world.database.read() as db:
        return [of for _, of in sweat.history(db, actor.record())]


def test_the_history_in_different_weather(world, aiko, clock):
    bodies.weighs(world, aiko, 68.0)
    takes_test(aiko)
    clock.passes(days=3)
    takes_test(aiko, after="66.5", air="20")
    said = aiko.says("発汗テストの記録")[0]
    assert said.startswith(
        "発汗テストの記録\n"
        "11月26日(木): 1時間に約1330 mL\n20 °C・90分・16.4 km\n"
        "11月23日(月): 1時間に約1070 mL\n12 °C・90分・16.4 km\n"
        "2回のテストから、汗の量は推定の1.5倍と見ています。"
    )


def test_deleted_by_word_once(world, aiko):
    takes_test(aiko)
    aiko.says("発汗テストを消す")
    button = aiko.button("全部消す")
    assert aiko.acts(button) == ["発汗テストの記録を消しました(1回分)。"]
    assert aiko.acts(button)[0].startswith("この確認はもう使えません。")
    assert bodies.rows(world, sweat.WeighingValue) == bodies.rows(world, sweat.Weighing) == []


def test_nobody_deletes_with_anothers_button(world, aiko, ryo):
    takes_test(aiko)
    aiko.says("発汗テストを消す")
    assert ryo.acts(aiko.button("全部消す"))[0].startswith("この確認はもう使えません。")
    assert len(measured(world, aiko)) == 1


def test_a_value_taken_back_takes_the_result_with_it(world, aiko):
    aiko.says("発汗テスト")
    outcome = world.phones.say(aiko.id, aiko.id, "54.2")
    world.settle()
    for answer in ("走り終わった", "60", "なし", "なし", "なし", "53.6", "12", "10"):
        aiko.says(answer)
    assert len(measured(world, aiko)) == 1
    world.phones.unsend(outcome.message_id)
    world.settle()
    assert measured(world, aiko) == []
    assert "(発汗テストから)" not in aiko.says("給水計画")[0]


def test_a_value_taken_back_midway_is_asked_again(world, aiko):
    aiko.says("発汗テスト")
    outcome = world.phones.say(aiko.id, aiko.id, "54.2")
    world.settle()
    aiko.says("走り終わった")
    world.phones.unsend(outcome.message_id)
    world.settle()
    aiko.says("60分")
    assert aiko.says("発汗テスト")[0].startswith("発汗テストを始めましょう。")


def test_withdrawn_consent_erases_and_stops(world, aiko):
    takes_test(aiko)
    aiko.says("発汗テスト")
    bodies.consents(world, aiko, given=False)
    assert bodies.rows(world, sweat.WeighingValue) == bodies.rows(world, sweat.Weighing) == []
    assert aiko.says("54")[0].startswith("発汗テストは体重を使うので、健康情報の同意を")
    assert bodies.rows(world, sweat.WeighingValue) == []


def test_without_consent_or_with_the_doctors_answer_there_is_no_test(world, hiroshi, aiko):
    assert hiroshi.says("発汗テスト")[0].startswith("発汗テストは体重を使うので")
    takes_test(aiko)
    bodies.screened(world, aiko, organs=True)
    for word in ("発汗テスト", "発汗テストの記録", "給水計画", "走り終わった"):
        said = aiko.says(word)[0]
        assert "主治医" in said
        assert "mL" not in said


def test_it_is_sealed(world, aiko):
    takes_test(aiko)
    with world.database.read() as db:
        kept = db.execute(text("SELECT value FROM weighing_value")).scalars().all()
    assert len(kept) == len(sweat.STEPS)
    assert all("66.9" not in str(value) and str(value) != "68" for value in kept)


def test_an_answer_to_a_test_that_is_gone(world, aiko):
    aiko.says("発汗テスト")
    with world.database.write() as db:
        sweat.forget(db, aiko.record(), world.clock.now())
    assert aiko.says("54") == [NO_TEST]
    assert aiko.says("走り終わった") == [NO_TEST]


def test_the_first_weight_becomes_the_weight_where_none_is_known(world, aiko):
    with world.database.write() as db:
        db.delete(db.get(health.BodyWeight, aiko.record().key))
    aiko.says("発汗テスト")
    aiko.says("55.5")
    assert bodies.kilos(world, aiko) == 55.5


def test_never_in_a_group(world, aiko):
    assert "1対1" in aiko.in_group("S4").says("たすき 発汗テスト")[0]
    assert bodies.rows(world, sweat.Weighing) == []


def test_a_coach_is_told_it_is_for_members(coach):
    assert coach.says("発汗テスト")[0].startswith("これは、クラスのメンバーの方の機能です。")
