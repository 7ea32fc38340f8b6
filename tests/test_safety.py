"""Safety: the emergency text before everything else, from anyone and anywhere."""

from __future__ import annotations

import pytest
from sqlmodel import select

from models import hotlines
from models.outbox import OutboxRow, Priority

FAINTED = "隣の人が倒れて反応がない"
EMERGENCY_JA = """いますぐ119に電話してください。
大会や練習の途中なら、手を大きく振って近くのスタッフを呼んでください。

・反応がない、ふだんの息をしていない → 胸骨圧迫(心臓マッサージ)とAED。119がやり方を教えてくれます
・暑い中で様子がおかしい → まず冷やす。日陰で全身に水をかけ、あおぐ
・水分をたくさんとった後の頭痛、吐き気、むくみ → 飲み物は与えない
・胸の痛み、息苦しさ、片側のまひ、ろれつが回らない → 動かず、人を呼ぶ

たすきは救急の窓口ではありません。ここから119にはつながりません。"""
TOLD_JA = "コーチにも、すぐ連絡するように知らせています。返事を待たずに119へ。"
EMERGENCY_EN = (
    "Call 119 now.\n"
    "At a race or session: wave both arms and get the nearest staff.\n"
    "\n"
    "- Not responding, not breathing normally → chest compressions and an AED. 119 will "
    "talk you through it\n"
    "- Confused in the heat → cool first: shade, water over the whole body, fan\n"
    "- Headache, nausea, vomiting or swelling after a lot of water or sports drink → give "
    "nothing to drink\n"
    "- Chest pain, hard to breathe, weakness on one side, slurred speech → stay still, get "
    "someone to you\n"
    "\n"
    "Tasuki is no emergency service: nothing here reaches 119."
)
ALARM_JA = (
    "【至急】相川 愛子さんから、緊急のおそれがあるメッセージが届きました(11月23日(月) "
    "09:00)。本人のことか、周りの人のことかは分かりません。\n"
    "\n"
    "すぐに電話をかけてください。119番と応急手当は、本人に案内しました。"
)


def test_an_emergency_is_answered_and_both_coaches_are_told(aiko, coach, support):
    assert aiko.says(FAINTED) == [f"{EMERGENCY_JA}\n\n{TOLD_JA}"]
    assert aiko.button("119に電話する")["uri"] == "tel:119"
    assert coach.hears() == support.hears() == [ALARM_JA]


def test_the_same_in_english(emma, coach):
    assert emma.says("my chest hurts and I feel faint")[0].startswith(EMERGENCY_EN)
    assert emma.button("Call 119")["uri"] == "tel:119"
    assert len(coach.hears()) == 1


def test_the_alarm_says_nothing_of_what_was_written(aiko, coach):
    aiko.says("胸が締めつけられるように痛い")
    assert "胸が締め" not in coach.hears()[0]


def test_coaches_are_told_once_in_an_hour(aiko, coach, clock):
    aiko.says(FAINTED)
    aiko.says("息をしていない")
    assert len(_alarms(coach)) == 1
    clock.passes(hours=1)
    aiko.says(FAINTED)
    assert len(_alarms(coach)) == 2


def test_the_same_event_twice_alarms_once(world, aiko, coach):
    outcome = world.phones.say(aiko.id, aiko.id, FAINTED)
    world.settle()
    world.comes_again(outcome)
    assert len(aiko.hears()) == len(coach.hears()) == 1


def test_a_stranger_is_answered_and_nobody_is_told(world, hikari, coach, office):
    hikari.follows()
    assert hikari.says(FAINTED)[-1] == EMERGENCY_JA
    assert coach.hears() == office.hears() == []


def test_a_coach_in_need_reaches_the_other_coach(coach, support):
    assert TOLD_JA in coach.says(FAINTED)[0]
    assert len(support.hears()) == 1
    assert len(coach.hears()) == 1


def test_with_all_coaches_gone_the_office_is_told(aiko, coach, support, office):
    coach.blocks()
    support.blocks()
    aiko.says(FAINTED)
    assert len(office.hears()) == 1


def test_it_goes_before_everything_else(world, aiko):
    aiko.says(FAINTED)
    with world.database.read() as db:
        rows = db.exec(select(OutboxRow)).all()
    assert {row.priority for row in rows} == {Priority.SAFETY}


def test_a_group_is_answered_in_its_language_and_nobody_is_named(aiko, coach):
    assert aiko.in_group("S4").says(FAINTED) == [EMERGENCY_JA]
    assert coach.hears() == []


def test_a_group_event_without_a_user_is_answered(aiko):
    assert aiko.in_group("S4").says(FAINTED, anonymous=True) == [EMERGENCY_JA]


def test_thoughts_of_dying_are_met_warmly_and_told_to_nobody(aiko, coach):
    said = aiko.says("もう死にたい")[0]
    assert said == (
        "書いてくれて、ありがとう。とてもつらい気持ちなのですね。\n\n"
        "その気持ちを、ひとりで抱えなくて大丈夫です。いま話せる人がいます。\n"
        "よりそいホットライン　0120-279-338(24時間・無料)\n"
        "いのちの電話　0120-783-556(16時〜21時・無料)\n\n"
        "いますぐ命があぶないときは、119か110へ。できれば、誰かのそばにいてください。\n\n"
        "コーチには、何も知らせていません。"
        "声をかけてほしいときだけ「コーチに伝えて」を押すか、そう送ってください。"
    )
    assert coach.hears() == []


def test_the_coaches_hear_of_it_only_when_the_member_wishes(aiko, coach, support):
    aiko.says("もう死にたい")
    assert aiko.taps("コーチに伝えて") == [
        "コーチに、あなたへ声をかけてもらうよう頼みました。内容は伝えていません。"
    ]
    assert coach.hears() == support.hears()
    assert coach.hears() == [
        "相川 愛子さんが、コーチと話したいそうです。理由は書かれていません。きょうのうちに、"
        "1対1で声をかけてもらえますか。"
    ]
    aiko.says("コーチに伝えて")
    assert len(coach.hears()) == 1


def test_the_hotlines_of_the_writers_language(emma):
    said = emma.says("I want to kill myself")[0]
    assert "TELL Lifeline 03-5774-0992" in said
    assert "Only if you want them to get in touch" in said
    assert emma.button("TELL Lifeline")["uri"] == "tel:0357740992"


def test_in_a_group_the_words_are_for_everyone(aiko):
    said = aiko.in_group("S4").says("もう死にたい")[0]
    assert "1対1で声をかけて" in said
    assert "コーチに伝えて" not in aiko.in_group("S4").labels()


def test_a_doctor_today_in_both_languages(aiko, emma):
    assert aiko.says("尿がコーラみたいな色です")[0] == (
        "24時間以内に、病院で診てもらってください。きょうは走らないでください。\n\n"
        "夜間や休みの日で迷ったら、#7119(救急相談、一部地域)に電話できます。\n"
        "胸の痛み、息苦しさ、意識がぼんやりするなど、急に悪くなったときは、待たずに119へ。\n\n"
        "コーチに知らせておきたいときは「コーチに伝えて」、"
        "くわしく書くなら「相談」と送ってください。"
    )
    assert emma.says("my urine is cola coloured")[0].startswith(
        "Please see a doctor within 24 hours"
    )
    assert aiko.in_group("S4").says("尿がコーラみたいな色です")[0].startswith("気になる症状が")


def test_a_guest_has_no_coach_to_tell(hikari):
    hikari.follows()
    assert "コーチに伝えて" not in hikari.says("尿がコーラみたいな色です")[-1]
    assert "クラスに登録した方" in hikari.says("コーチに伝えて")[0]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_language_has_a_hotline(language):
    assert hotlines.in_language(language)


def test_the_emergency_text_fits_a_phone():
    for text in (EMERGENCY_JA, EMERGENCY_EN):
        lines = text.splitlines()
        assert len(lines) <= 9
        assert max(map(len, lines)) <= 105
        assert "119" in lines[0]


def _alarms(actor):
    return [text for text in actor.hears() if text.startswith("【至急】")]
