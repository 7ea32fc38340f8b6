"""Every open question meets odd answers: none is kept for an answer, and nobody is stuck."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

import app
from bot.turn import Chat, Place, Turn
from models import dialog
from models.inbox import EventState
from models.pain import PainReport
from tests.letters import Letters
from tests.world import SETTINGS, START

ODD = [
    *(
        "?",
        "？？？",
        "…",
        "🏃",
        "えっと",
        "なんで",
        "わからないです",
        "３日前から",
        "昨日5回くらい転んだ",
    ),
    *("6か7", "7と8", "−3", "マイナス3", "+5", "nan", "inf", "1e9", "0x10", "٣", "1_000"),
    *("=1+1", "'; DROP TABLE inbox;--", "{x}", "%s%n", "A" * 3000, "7" * 300),
    *("やめるかも", "cancel that last one maybe", "what do you mean", "why", "about that"),
    *("明日行けないかも", "名簿 サブ3", "今日は暑いですね", "写真送ります", "2回目の質問です"),
    *(
        "1時間後に行きます",
        "あと2人います",
        "来週は5時に行けます",
        "10kmを3本やりました",
        "8月に転びました",
    ),
    *(
        "さっき言った300は忘れて",
        "ちょっと待って",
        "コーチに聞いてからでいいですか",
        "電車が20分遅れてます",
    ),
    *(
        "hang on a sec",
        "i'll tell you at 7",
        "my coach said 3 of us",
        "2 more questions",
        "see you at 5",
    ),
    *("137 lb", "５ストーン", "3 miles an hour", "9時から5時まで", "5月5日", "12/24"),
]
MEMO = {"km": 10, "usual": 15}  # what a question kept that its answer is read by
CANCELLED = "はい、ここまでにしますね。またいつでもどうぞ。"
UNREAD = "写真や動画、音声、位置情報は、わたしには読み取れません。文字で送ってもらえますか?"
READ_ANYWAY = {  # where it is an answer indeed
    "sweat.celsius": {"わからないです"},  # then the usual of the month is taken
    "meals.what": set(ODD),  # whatever is named is looked for among the foods
}


@pytest.fixture(scope="module")
def router():
    return app.router()


def questions(router):
    for feature in router.features.values():
        yield from ((f"{feature.name}.{n}", e) for n, (_, e) in _own(feature).items())


def _own(feature):
    return {name.split(".")[1]: answer for name, answer in feature.answers.items()}


def turn(router, question, text):
    texts = router.texts[question.split(".")[0]]
    chat = Chat(Place.DIRECT, "U0")
    return Turn(
        None, START, SETTINGS.zone, "ja", chat, texts, router.texts, "U0", text=text, memo=MEMO
    )


def test_no_odd_text_is_read_as_an_answer(router):
    taken = {
        (question, text, expected.read(turn(router, question, text)))
        for question, expected in questions(router)
        if not expected.open_ended
        for text in ODD
        if text not in READ_ANYWAY.get(question, set())
    }
    assert {one for one in taken if one[2] is not None} == set()


def test_every_question_can_be_asked_again(router):
    closed = [q for q, expected in questions(router) if not expected.open_ended]
    assert len(closed) > 20
    for question in closed:
        feature, name = question.split(".")
        assert router.texts[feature].phrase(f"{name}_again", "ja", **Anything())
        assert router.texts[feature].phrase(f"{name}_again", "en", **Anything())


class Anything(dict):
    """Gives a number for any gap."""

    def __missing__(self, _key):
        return 1

    def keys(self):
        return ["low", "high", "least", "most", "n", "name", "cap"]

    def __getitem__(self, _key):
        return 1


@pytest.fixture
def letters(world):
    return Letters(world)


def test_pictures_stickers_and_places_leave_every_question_open_until_it_is_left(
    world, letters, router, aiko
):
    asked = {type(e): q for q, e in questions(router) if not getattr(e, "brings", ())}
    for question in asked.values():  # one of each kind
        world.clock.at += timedelta(minutes=1)  # nobody answers them all at once
        ask(world, aiko, question)
        things = [{"type": kind, "id": f"{question}{kind}"} for kind in ("image", "location")]
        sticker = {"type": "sticker", "id": f"s{question}", "packageId": "1", "stickerId": "1"}
        messages = [letters.event("message", aiko.id, message=m) for m in [*things, sticker]]
        assert letters.post(*messages) == 200
        world.settle()
        assert still_open(world, aiko) == question
        assert aiko.says("やめる") == [CANCELLED]
        assert still_open(world, aiko) is None
    assert set(letters.states()) == {EventState.DONE}
    assert len(asked) > 10


def test_a_question_survives_odd_answers_and_then_takes_the_right_one(world, aiko):
    aiko.says("膝が痛い")
    for odd in ("6か7", "−3", "写真送ります", "11", "3日前から", "nan"):
        assert aiko.says(odd)[0].endswith("0〜10の数字で教えてください。"), odd
    aiko.says("６くらいです")
    with world.database.read() as db:
        assert [row.level for row in db.exec(select(PainReport))] == [6]


def test_another_features_word_leaves_the_question_and_it_can_still_be_answered(world, aiko):
    aiko.says("膝が痛い")
    assert aiko.says("日程") != ["0〜10の数字で教えてください。"]
    assert still_open(world, aiko) == "pain.level"


def test_a_language_switch_midway_keeps_the_question(world, aiko):
    aiko.says("膝が痛い")
    aiko.says("英語にして")
    assert aiko.says("six or seven")[0] == "Please send a number from 0 to 10."
    assert aiko.says("six")[0] != "Please send a number from 0 to 10."


def test_an_answer_after_a_week_is_told_kindly_and_kept_nowhere(world, aiko, clock):
    aiko.says("膝が痛い")
    clock.passes(days=2)
    said = aiko.says("6")
    assert said == [
        "お返事ありがとうございます。その質問は時間がたったので、いったん閉じました。"
        "よければ、もう一度はじめから教えてください。"
    ]
    assert aiko.labels() == ["痛み"]
    with world.database.read() as db:
        assert list(db.exec(select(PainReport))) == []


def test_an_answer_to_an_earlier_question_is_not_taken_for_the_open_one(aiko):
    aiko.says("膝が痛い")
    aiko.says("大会の申込")
    assert aiko.says("6") == ["「申込済み」「これから」「出ない」で教えてください。"]


def ask(world, actor, question):
    with world.database.write() as db:
        dialog.ask(db, actor.id, actor.id, question, {}, world.clock.now())


def still_open(world, actor):
    with world.database.read() as db:
        asked = dialog.open_question(db, actor.id, actor.id, world.clock.now())
        return asked.question if asked else None
