"""相談: asked, brought to both coaches, taken by the first, answered, chased and taken back."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.buttons import pack
from bot.consult_card import Reply, Take
from models import consultation, school
from models.consultation import Consultation, ConsultationAnswer

QUESTION = "膝のことで相談です。走り終わると外側が張ります。"


def rows(world, table=Consultation):
    with world.database.read() as db:
        return list(db.exec(select(table)))


def asks(actor, question=QUESTION):
    """Ask a question to the end."""
    actor.says("相談")
    actor.says(question)
    return actor.says("送る")


def test_a_question_is_asked_shown_back_and_brought_to_both_coaches(aiko, coach, support, office):
    assert aiko.says("相談") == [
        "どんな小さなことでも大丈夫です。聞きたいことを、ひとつのメッセージに書いて送ってください"
        "(1000文字まで)。読むのは、あなたのクラスのコーチだけです。"
    ]
    assert aiko.labels() == ["やめる"]
    assert aiko.says(QUESTION) == [
        f"「{QUESTION}」\n\nこの内容でコーチに送りますか? "
        "「送る」「書き直す」「やめる」から選んでください。"
    ]
    assert aiko.labels() == ["送る", "書き直す", "やめる"]
    assert coach.hears() == []
    assert aiko.taps("送る") == [
        "コーチに届けました。お返事はこのトークに届きます。痛みが強いときは、お返事を待たずに"
        "医療機関へ行ってくださいね。"
    ]
    assert coach.hears() == support.hears() == [f"相川 愛子さんからの相談\n{QUESTION}"]
    assert coach.labels() == ["答える", "担当します"]
    assert office.hears() == []


def test_a_question_asked_in_english_reaches_japanese_coaches_in_their_frame(emma, coach):
    assert emma.says("Ask my coach please") == [
        "Nothing is too small. Write your question in one message (up to 1,000 characters). "
        "Only your class's coaches will read it."
    ]
    emma.says("Is 10 km too much the day before?")
    assert emma.taps("Send") == [
        "Your coaches have it. The answer will come here. If you are in strong pain, please see "
        "a doctor without waiting for it."
    ]
    assert coach.hears() == ["Emma Clarkeさんからの相談\nIs 10 km too much the day before?"]
    coach.taps("答える")
    coach.says("前日は休みましょう。")
    coach.taps("送る")
    assert emma.hears()[-2:] == [
        "Coach 西岡 遥 has read your question. The answer will follow.",
        "Coach 西岡 遥 writes:\n(about “Is 10 km too much the day before?”)\n\n"
        "前日は休みましょう。\n\nTo ask more, send “ask my coach”.",
    ]


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("相談 膝のことで聞きたいです", "膝のことで聞きたいです"),
        ("相談　 カタカナとＡＢＣはそのまま", "カタカナとＡＢＣはそのまま"),
        ("すみません、質問です。Tペースって?", "Tペースって?"),
        ("相談、\n1行目\n2行目", "1行目\n2行目"),
        ("Question: how far is Easy?", "how far is Easy?"),
        ("相談 " + "長" * 600, "長" * 600),
    ],
)
def test_a_question_may_follow_the_word_at_once(aiko, said, question):
    assert aiko.says(said)[0].startswith(f"「{question}」\n\nこの内容で")


@pytest.mark.parametrize("said", ["質問", "相談したいです", "コーチに相談お願いします", "そうだん"])
def test_the_word_alone_asks_for_the_question(aiko, said):
    assert aiko.says(said)[0].startswith("どんな小さなことでも")


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


def test_asking_can_be_left_and_rewritten(world, aiko, coach):
    aiko.says("相談")
    assert aiko.says("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    aiko.says("相談")
    aiko.says("まちがい")
    assert aiko.says("書き直す")[0].startswith("どんな小さなことでも")
    aiko.says("正しい相談")
    assert aiko.says("えっと…")[0].startswith("先ほどの相談を送りますか?")
    assert aiko.labels() == ["送る", "書き直す", "やめる"]
    aiko.says("キャンセル")
    assert rows(world) == []
    assert coach.hears() == []


def test_a_question_too_long_is_asked_for_again(aiko):
    aiko.says("相談")
    again = "すみません、少し長いようです。1000文字までに縮めて、もう一度送ってもらえますか?"
    assert aiko.says("長" * 1001) == [again]
    assert aiko.says("長" * 1000)[0].startswith("「長長")


def test_a_picture_instead_of_a_question_is_answered_kindly(world, aiko):
    aiko.says("相談")
    outcome = world.phones.send(aiko.id, aiko.id, {"type": "image"})
    assert outcome.ok
    world.settle()
    assert (
        aiko.hears()[-1]
        == "写真や動画、音声、位置情報は、わたしには読み取れません。文字で送ってもらえますか?"
    )
    assert aiko.says("膝が張ります")[0].startswith("「膝が張ります」")


def test_a_question_is_not_taken_up_in_a_group(aiko, coach):
    said = aiko.in_group("S4").says("たすき 相談 膝が痛くて")
    assert said[0].startswith("これは1対1のトークでお話しさせてください。")
    assert coach.hears() == []


def test_the_same_sending_twice_brings_it_once(world, aiko, coach):
    aiko.says("相談")
    aiko.says(QUESTION)
    outcome = world.phones.say(aiko.id, aiko.id, "送る")
    world.settle()
    world.sim.redeliver(outcome.event_id).result(5)
    world.settle()
    assert len(coach.hears()) == 1
    assert len(rows(world)) == 1


def test_unsending_removes_the_question_and_what_coaches_have_still_to_get(world, aiko, coach):
    aiko.says("相談")
    asked = world.phones.say(aiko.id, aiko.id, QUESTION)
    world.settle()
    world.phones.say(aiko.id, aiko.id, "送る")
    while world.engine.step():
        pass  # handled, and nothing delivered yet
    world.phones.unsend(asked.message_id)
    world.settle()
    assert rows(world) == []
    assert coach.hears() == []
    assert coach.says("相談一覧") == ["お返事を待っている相談はありません。"]


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


def test_coaches_are_reminded_after_twelve_hours_and_the_office_after_a_day(
    aiko, coach, support, office, clock
):
    asks(aiko)
    coach.taps("担当します")
    clock.goes_to("2026-11-23 20:59")
    assert len(coach.hears()) == 2
    clock.goes_to("2026-11-24 07:59")  # 21:00 is night: it waits
    assert len(coach.hears()) == 2
    clock.goes_to("2026-11-24 08:00")
    waits = f"相川 愛子さんの相談がお返事を待っています\n{QUESTION}"
    assert coach.hears()[-1] == support.hears()[-1] == waits
    assert office.hears() == []
    clock.goes_to("2026-11-25 12:00")
    assert office.hears() == [f"相川 愛子さんの相談に、丸1日お返事がありません\n{QUESTION}"]
    assert [text for text in coach.hears() if text == waits] == [waits]


def test_an_answered_question_is_chased_no_more(aiko, coach, support, office, clock):
    asks(aiko)
    coach.taps("答える")
    coach.says("休みましょう")
    coach.says("送る")
    before = len(coach.hears()), len(support.hears())
    clock.goes_to("2026-11-25 12:00")
    assert not any("待って" in text for text in coach.hears() + support.hears())
    assert (len(coach.hears()), len(support.hears()), office.hears()) >= (*before, [])
    assert not any("お返事がありません" in text for text in office.hears())


def test_after_twelve_hours_the_other_coach_may_take_over(aiko, coach, support, clock):
    asks(aiko)
    coach.taps("担当します")
    clock.goes_to("2026-11-24 08:00")
    assert support.taps("担当します")[0].startswith("相川 愛子さんの相談をお願いします。")
    assert coach.hears()[-1] == "相川 愛子さんの相談は、久我 大地コーチが担当します。"
    assert aiko.hears()[-1].startswith("久我 大地コーチがあなたの相談を読みました。")
    assert coach.sends_data(pack(Reply(1)))[0].startswith("相川 愛子さんの相談は、久我 大地コーチ")


def test_without_a_coach_the_office_gets_it_and_answers(world, aiko, coach, support, office):
    coach.blocks()
    support.blocks()
    with world.database.write() as db:
        for one in (coach, support):
            one.record()
            reachable = one.record()
            reachable.reachable = False
            db.merge(reachable)
    assert asks(aiko) == [
        "いま受け取れるコーチがいないので、事務局に届けました。お返事はこのトークに届きます。"
    ]
    assert office.hears() == [f"相川 愛子さんからの相談\n{QUESTION}"]
    office.taps("答える")
    office.says("お電話しますね。")
    office.says("送る")
    assert aiko.hears()[-1].startswith("学校事務局 中島からお返事です。")


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


def test_staff_and_people_without_a_class_are_told_where_to_turn(coach, hikari):
    assert coach.says("相談") == ["メンバーから届いた相談は、「相談一覧」と送ると見られます。"]
    hikari.follows()
    assert hikari.says("相談")[0].startswith("これはクラスに登録した方の機能です。")


def test_an_emergency_in_the_question_is_never_passed_on_as_a_question(world, aiko, coach):
    aiko.says("相談")
    aiko.says("胸が痛くて冷や汗が出ます")
    assert rows(world) == []
    assert not any("からの相談" in text for text in coach.hears())


def test_questions_and_answers_are_sealed_at_rest(world, aiko, coach):
    asks(aiko, "CANARY-Q")
    coach.taps("答える")
    coach.says("CANARY-A")
    coach.says("送る")
    with world.database.read() as db:
        raw = db.connection().exec_driver_sql("SELECT question FROM consultation").scalar_one()
        answer = db.connection().exec_driver_sql("SELECT answer FROM consultation_answer")
        assert b"CANARY" not in bytes(raw) + bytes(answer.scalar_one())
