"""尿の色: eight steps, and cola goes to a doctor."""

from __future__ import annotations

import pytest

from models.outbox import OutboxRow
from tests import bodies

DOCTOR = "24時間以内に、病院で診てもらってください。きょうは走らないでください。"


def test_the_steps_are_shown_and_asked(aiko):
    said = aiko.says("尿の色")[0]
    assert said.startswith("尿の色はどれに近いですか?\n1: ほとんど透明\n2: ごく薄い黄色\n")
    assert aiko.labels() == [*"12345678", "コーラ色"]
    assert aiko.taps("5") == [
        "5なら、次の食事と一緒にコップ1杯(約200 mL)飲んで、数時間後にもう一度見てみましょう。"
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("１", "1は、水分が十分な印です。これ以上がんばって飲まなくて大丈夫。"),
        ("3", "3なら、ちょうどよい状態です。"),
        ("6", "6なら、次の食事と一緒に"),
        ("8", "8は、水分がかなり足りないようです。"),
    ],
)
def test_each_band_has_its_words(aiko, typed, said):
    aiko.says("おしっこの色")
    assert aiko.says(typed)[0].startswith(said)


@pytest.mark.parametrize("typed", ["コーラ", "茶色", "赤い"])
def test_cola_goes_to_the_doctor_and_the_coaches_if_wished(aiko, typed):
    aiko.says("尿の色")
    said = aiko.says(typed)[0]
    assert said.startswith("コーラのような色や赤い色は、筋肉や腎臓からのサインのことがあります。")
    assert DOCTOR in said
    assert aiko.labels() == ["コーチに伝えて"]


def test_the_cola_button_is_a_red_flag_of_its_own(aiko):
    aiko.says("尿の色")
    assert aiko.taps("コーラ色")[0].startswith(DOCTOR)


def test_in_english(emma):
    assert emma.says("Urine color")[0].startswith("Which is nearest?\n1: almost clear\n")
    assert "see a doctor within 24 hours" in emma.taps("cola-coloured")[0]
    assert emma.says("urine colour is 2") == ["2 is just right. Carry on drinking to thirst."]


def test_bad_answers_are_asked_again(aiko):
    aiko.says("尿の色")
    for bad in ("0", "9", "-3", "nan", "1234"):
        assert aiko.says(bad)[0].startswith("1〜8の数字で教えてください。"), bad
    assert aiko.says("尿の色 12")[0].startswith("尿の色はどれに近いですか?")


def test_no_amount_for_whom_the_doctor_decides(world, aiko):
    bodies.screened(world, aiko, organs=True)
    assert aiko.says("尿の色 7") == [
        "7ですね。飲む量は主治医の指示を優先してください。"
        "濃い色が続くときは、早めに相談してくださいね。"
    ]


def test_never_in_a_group(world, aiko):
    assert "1対1" in aiko.in_group("S4").says("たすき 尿の色 7")[0]
    assert not any("7ですね" in str(row.messages) for row in bodies.rows(world, OutboxRow))
