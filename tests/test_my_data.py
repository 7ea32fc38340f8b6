"""My data: one file with everything about one person, given out once, and nothing of others."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from sqlmodel import select

from bot.buttons import pack
from bot.texts import load
from handlers.my_data import MakeFile
from models import broadcast, disclosure
from models.broadcast import BroadcastPiece
from models.record import Audit
from models.tables import metadata
from tests import bodies, patience
from tests.world import app

OLD = "このボタンは使えなくなっています。もう一度「マイデータ」と送ってください。"


def fetch(url, method="GET"):
    try:
        with urlopen(Request(url, method=method), timeout=patience.SECONDS) as got:
            return got.status, got.read().decode()
    except HTTPError as error:
        return error.code, ""


def page_of(actor, label="受け取りページを開く"):
    status, body = fetch(actor.button(label)["uri"], "POST")
    assert status == 200
    return body


def data_in(page):
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])["data"]


def lives(aiko, ryo, coach):
    """Let a member leave traces, and others leave theirs beside them."""
    for actor in (aiko, ryo):
        actor.says("相談 カナリア<b>の羽</b>が青いのですが")
        actor.says("送る")
    ryo.says("欠席 リョウだけの理由")
    aiko.says("膝の痛み5")
    aiko.says("水 300")
    coach.taps("答える")
    coach.says("青いのはよい羽です")
    coach.says("送る")


def test_a_member_is_asked_and_gets_the_address_of_a_page_that_asks_again(world, aiko):
    assert aiko.says("マイデータ") == [
        "あなたのデータを書き出しますか?\n"
        "お預かりしているものをすべて、1つのファイルにします。出欠、目標、相談とお返事、体の情報"
        "(同意している場合)、送ってくださった文章などです。ほかの方のことは入りません。\n"
        "リンクは24時間有効で、受け取れるのは1回だけです。人に転送しないでくださいね。"
    ]
    assert aiko.taps("ファイルを作る")[0].startswith("ファイルができました\n11月24日(火) 09:00まで")
    uri = aiko.button("受け取りページを開く")["uri"]
    assert uri.endswith("?openExternalBrowser=1")
    status, asks = fetch(uri)
    assert (status, "相川" in asks, "カナリア" in asks) == (200, False, False)
    assert fetch(uri, "POST")[0] == 200
    assert fetch(uri, "POST")[0] == fetch(uri)[0] == 404
    with world.database.read() as db:
        audited = db.exec(select(Audit).where(Audit.deed == "disclosed")).one()
        assert audited.person_id == aiko.record().key


def test_in_the_file_is_everything_about_them_and_nothing_of_others(aiko, ryo, coach):
    lives(aiko, ryo, coach)
    aiko.says("マイデータ")
    aiko.taps("ファイルを作る")
    page = page_of(aiko)
    data = data_in(page)
    assert data["person"]["records"][0]["name"] == "相川 愛子"
    assert data["drink"]["records"][0]["ml"] == 300
    assert data["pain_report"]["records"][0]["level"] == 5
    assert [row["place"] for row in data["pain_place"]["records"]] == ["knee"]
    assert "膝の痛み5" in [row["text"] for row in data["inbox"]["records"]]
    assert "<b>の羽" not in page
    assert "&lt;b&gt;の羽" in page
    for of_others in (ryo.id, "山田", "リョウだけ", coach.id):
        assert of_others not in page


def test_the_answer_to_a_question_is_the_askers(aiko, coach):
    aiko.says("相談 カナリアの羽が青いのですが")
    aiko.says("送る")
    coach.taps("答える")
    coach.says("よい羽です")
    coach.says("送る")
    aiko.says("マイデータ")
    aiko.taps("ファイルを作る")
    coach.says("my data")
    coach.taps("ファイルを作る")
    assert data_in(page_of(aiko))["consultation_answer"]["records"][0]["answer"] == "よい羽です"
    theirs = data_in(page_of(coach))
    assert theirs["consultation_answer"] == {"records": [], "deeds": 1}
    assert "カナリア" not in json.dumps(theirs, ensure_ascii=False)


def test_in_english_and_without_health_data(world, emma):
    bodies.consents(world, emma, given=False)
    assert emma.says("export my data")[0].startswith("Export all your data?")
    assert emma.taps("Make the file")[0].startswith(
        "Your file is ready\nSave it by Tue 24 Nov, 09:00"
    )
    page = page_of(emma, "Open the download page")
    assert "<h2>Class and role</h2>" in page
    assert "Sub-4 class" in page
    assert not {"drink", "body_weight", "pain_report", "screening_answer"} & set(data_in(page))


def test_once_a_day_and_single_use(aiko, clock):
    aiko.says("マイデータ")
    old = aiko.button("ファイルを作る")
    aiko.acts(old)
    said = ["書き出しは1日に1回です。次は11月24日(火) 09:00からどうぞ。"]
    assert aiko.acts(old) == said
    assert aiko.says("マイデータ") == said
    clock.at += timedelta(hours=25)
    assert aiko.acts(old) == [OLD]
    assert aiko.says("マイデータ")[0].startswith("あなたのデータを書き出しますか")


def test_the_link_is_dead_after_a_day(aiko, clock):
    aiko.says("マイデータ")
    aiko.taps("ファイルを作る")
    clock.at += timedelta(hours=24)
    assert fetch(aiko.button("受け取りページを開く")["uri"], "POST")[0] == 404


def test_another_persons_button_and_a_group_give_nothing(aiko, ryo):
    aiko.says("マイデータ")
    data = aiko.button("ファイルを作る")["data"]
    assert ryo.sends_data(data) == [OLD]
    assert aiko.sends_data(pack(MakeFile("x"))) == [OLD]
    assert "1対1" in aiko.in_group("S4").says("たすき マイデータ")[0]


def test_a_message_taken_back_is_not_in_it(world, aiko):
    outcome = world.phones.say(aiko.id, aiko.id, "カナリアです")
    world.settle()
    world.phones.unsend(outcome.message_id)
    world.settle()
    aiko.says("マイデータ")
    aiko.taps("ファイルを作る")
    assert "カナリア" not in page_of(aiko)


def test_a_guest_gets_the_little_there_is(hikari):
    hikari.follows()
    hikari.says("マイデータ")
    hikari.taps("ファイルを作る")
    assert set(data_in(page_of(hikari))) <= {"person", "outbox", "inbox"}


def test_the_tokens_of_a_broadcast_photo_are_not_in_it(world, coach):
    now, one = world.clock.now(), coach.record()
    with world.database.write() as db:
        number = broadcast.begin(db, one, now).id
        for kind, said in (("text", "こんにちは"), ("photo", ["canary-token", "another"])):
            row = BroadcastPiece(broadcast_id=number, kind=kind, person_id=one.key, content=said)
            db.add(row)
            db.flush()
        told = {s.name: s.records for s in disclosure.gather(db, one)}
    assert {row["kind"]: row["content"] for row in told["broadcast_piece"]} == {
        "text": "こんにちは",
        "photo": None,
    }


def test_erasure_takes_the_file_along(aiko):
    aiko.says("マイデータ")
    aiko.taps("ファイルを作る")
    uri = aiko.button("受け取りページを開く")["uri"]
    aiko.says("削除")
    aiko.taps("すべて消す")
    assert fetch(uri, "POST")[0] == 404


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_table_about_people_is_in_the_file_by_a_name_of_ours(name):
    table = metadata.tables[name]
    said = load(app.HERE / "handlers" / "texts")["my_data"].say
    loose = any("person" in column.name or "line_id" in column.name for column in table.c)
    shown = disclosure.columns_of(table) if disclosure.about(table) else []
    needed = [f"table_{name}"] if loose or shown else []
    if name not in disclosure.LEFT_OUT:
        missing = {*needed, *(f"column_{column.name}" for column in shown)} - set(said)
        assert not missing, f"handlers/texts/my_data.toml: [say] needs {sorted(missing)}"
