"""相談: asked in 1:1, shown back, brought to both coaches, and taken back."""

from __future__ import annotations

import pytest

from tests.questions import QUESTION, asks, rows


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
        ("相談 昨日から膝が痛くて", "昨日から膝が痛くて"),
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
    world.comes_again(outcome)
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
