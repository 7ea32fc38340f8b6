"""Answering 相談: taken by the first coach, answered through Tasuki, refused to everyone else."""

from __future__ import annotations

import pytest

from bot.buttons import pack
from bot.consult_card import Reply, Take
from models import consultation, school
from models.consultation import Consultation, ConsultationAnswer
from tests.questions import QUESTION, asks, rows


def test_the_first_coach_to_take_it_has_it_and_the_others_are_told(aiko, coach, support):
    asks(aiko)
    assert coach.taps("担当します") == [
        "相川 愛子さんの相談をお願いします。読んだことは、相川 愛子さんにも伝えました。"
    ]
    assert (
        aiko.hears()[-1]
        == "西岡 遥コーチがあなたの相談を読みました。お返事まで少しお待ちください。"
    )
    assert support.hears()[-1] == "相川 愛子さんの相談は、西岡 遥コーチが担当します。"
    assert support.taps("担当します") == [
        "相川 愛子さんの相談は、西岡 遥コーチが担当しています。"
        "12時間お返事がないときは引き継げます。"
    ]
    heard = len(aiko.hears()), len(support.hears())
    assert coach.sends_data(pack(Take(1))) == [
        "相川 愛子さんの相談は、もうあなたの担当です。お返事は「答える」からどうぞ。"
    ]
    assert (len(aiko.hears()), len(support.hears())) == heard


def test_an_answer_goes_back_after_the_coach_has_seen_it_once_more(aiko, coach, support):
    asks(aiko)
    assert coach.taps("答える") == [
        f"相川 愛子さんの相談:\n「{QUESTION}」\n\nお返事を、ひとつのメッセージに書いて送って"
        "ください(1000文字まで)。届ける前に一度お見せします。"
    ]
    assert coach.says("3日休みましょう")[0].startswith("「3日休みましょう」\n\n相川 愛子さんに")
    assert coach.taps("書き直す")[0].startswith("相川 愛子さんの相談:")
    coach.says("今週は歩きましょう。")
    assert coach.says("はい") == ["相川 愛子さんに届けました。ありがとうございます。"]
    assert aiko.hears()[-1] == (
        f"西岡 遥コーチからお返事です。\n(「{QUESTION}」について)\n\n今週は歩きましょう。\n\n"
        "続けて聞きたいことは「相談」からどうぞ。"
    )
    assert aiko.taps("相談")[0].startswith("どんな小さなことでも")


def test_the_list_shows_what_waits(aiko, ryo, coach, office):
    assert coach.says("相談一覧") == ["お返事を待っている相談はありません。"]
    asks(aiko)
    asks(ryo, "マラソン前日は何を食べますか?")
    coach.taps("担当します")
    assert coach.says("相談一覧") == [
        "お返事を待っている相談: 2件\n"
        f"1. 相川 愛子さん・11月23日(月) 09:00\n「{QUESTION}」\n"
        "2. 山田 亮さん・11月23日(月) 09:00\n「マラソン前日は何を食べますか?」\n担当: 西岡 遥コーチ"
    ]
    coach.taps("2. 山田 亮さんに答える")
    coach.says("おにぎりとうどんを。")
    coach.says("送る")
    assert office.says("相談一覧")[0].startswith("お返事を待っている相談: 1件\n1. 相川 愛子さん")


def test_a_long_list_fits_and_says_how_many_more(world, aiko, coach):
    aiko.says("今週")
    with world.database.write() as db:
        class_ = school.class_of(db, aiko.record())
        for number in range(7):
            row = Consultation(person_id=aiko.record().key, class_id=class_.key)
            row.asked_at, row.question = world.clock.now(), f"{number} " + "長い相談" * 250
            consultation.ask(db, row)
    assert coach.says("相談一覧")[0].endswith("ほかに2件あります。")
    assert len(coach.labels()) == 5


def test_unsending_later_leaves_the_coach_with_a_kind_word(world, aiko, coach):
    aiko.says("相談")
    asked = world.phones.say(aiko.id, aiko.id, QUESTION)
    world.settle()
    aiko.says("送る")
    coach.taps("答える")
    world.phones.unsend(asked.message_id)
    world.settle()
    gone = "この相談は取り下げられました。お返事はいりません。"
    assert coach.says("3日休みましょう") == [gone]
    assert coach.taps("担当します") == [gone]
    asks(aiko, "新しい相談")
    assert [row.id for row in rows(world)] == [2]  # an old button never means a new question


def test_unsending_the_answer_opens_the_question_again(world, aiko, coach):
    asks(aiko)
    coach.taps("答える")
    said = world.phones.say(coach.id, coach.id, "まちがえた返事")
    world.settle()
    coach.says("送る")
    world.phones.unsend(said.message_id)
    world.settle()
    assert rows(world, ConsultationAnswer) == []
    assert coach.says("相談一覧")[0].startswith("お返事を待っている相談: 1件")


def test_an_answer_to_someone_out_of_reach_is_kept_and_said_so(world, aiko, coach):
    asks(aiko)
    coach.taps("答える")
    with world.database.write() as db:
        gone = aiko.record()
        gone.reachable = False
        db.merge(gone)
    coach.says("休みましょう")
    assert coach.says("送る") == [
        "お返事はお預かりしましたが、相川 愛子さんにはいまメッセージが届きません。"
        "次に会うとき、声をかけてあげてください。"
    ]


def test_a_coach_of_another_class_and_a_member_are_refused(world, aiko, ryo):
    asks(aiko)
    other = world.person("橋爪 岳")
    refused = ["この相談を見られるのは、そのクラスのコーチと事務局だけです。"]
    assert other.sends_data(pack(Take(1))) == refused
    assert other.sends_data(pack(Reply(1))) == refused
    assert ryo.sends_data(pack(Reply(1)))[0].startswith("この操作は、担当のコーチか事務局の方だけ")
    assert rows(world)[0].taken_by is None


def test_a_coach_demoted_midway_cannot_answer(world, aiko, coach):
    asks(aiko)
    coach.taps("答える")
    coach.says("休みましょう")
    with world.database.write() as db:
        for role in school.roles(db, coach.record()):
            role.role, role.class_id = school.MAIN, school.classes(db)[0].key
            db.add(role)
    assert coach.says("送る") == ["この相談を見られるのは、そのクラスのコーチと事務局だけです。"]
    assert rows(world, ConsultationAnswer) == []


@pytest.mark.parametrize("number", [0, -3, 99, 2**40])
def test_a_number_made_by_hand_is_met_kindly(coach, number):
    gone = ["この相談は取り下げられました。お返事はいりません。"]
    assert coach.sends_data(pack(Reply(number))) == gone


@pytest.mark.parametrize("data", ["consult_card.Reply?number=x", "consult_card.Take", "nan"])
def test_data_made_by_hand_is_refused(coach, data):
    assert coach.sends_data(data)[0].startswith("このボタンはもう使えないようです。")
