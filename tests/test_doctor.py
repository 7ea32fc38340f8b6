"""The doctor: what it finds in order, what it finds amiss, and what it says to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import delete

import app
from bot import doctor
from bot.line import Line
from bot.richmenu_install import Installer
from bot.richmenu_links import MenuLinks
from models import class_group, code, crypto, deletion, heartbeat, school
from tests.processes import COMMAND, environment, free_port, run
from tests.world import SETTINGS

PUBLIC = "https://tasuki.example"


@pytest.fixture
def patient(world, tmp_path):
    """An installation in which all is well, but for the demo's codes and one class's group."""
    settings = replace(
        SETTINGS,
        is_demo=False,
        database_url=world.database.url.render_as_string(hide_password=False),
        public_url=PUBLIC,
        api_base=world.line_url,
        deletions=str(tmp_path / "deletions"),
    )
    world.sim.webhooks.url = f"{PUBLIC}/callback"
    with world.database.write() as db:
        for loop in ("engine", "delivery", "planner"):
            heartbeat.beat(db, loop, app.real_clock())
        db.execute(delete(code.Code))
        last = school.classes(db)[-1]
        class_group.set_present(db, "C" + "9" * 32, True, world.clock.now()).class_id = last.key
    return replace(world.parts, settings=settings, real_clock=app.real_clock)


def amiss(parts, line=None):
    """Return what the doctor finds amiss, in English."""
    return [f.en for f in doctor.examine(parts, line) if not f.ok]


def test_an_installation_in_order_is_said_to_be_so(patient):
    findings = doctor.examine(patient)
    assert [f.en for f in findings if not f.ok] == []
    shown = "\n".join(map(str, findings))
    assert "[ok] LINEのアクセストークンは有効です(Tasuki @tasuki)。" in shown
    assert f"     The webhook is on: {PUBLIC}/callback" in shown
    assert "[ok] スクール: 7クラス" in shown
    assert shown.count("[??]") == 4
    assert all(not f.ja.isascii() and f.en.isascii() for f in findings if "“" not in f.en)


def test_a_refused_token_ends_the_questions_to_line(patient, world):
    found = amiss(patient, Line("another", world.line_url))
    assert found == [
        "LINE refuses the token (401): issue a long-lived channel access token in LINE "
        "Developers and set LINE_CHANNEL_ACCESS_TOKEN."
    ]


def test_a_line_that_does_not_answer_is_named(patient):
    nowhere = f"http://127.0.0.1:{free_port()}"
    settings = replace(patient.settings, api_base=nowhere)
    found = amiss(replace(patient, settings=settings))
    assert found == [f"LINE does not answer: check that this machine reaches {nowhere} over HTTPS."]


@pytest.mark.parametrize(
    ("url", "active", "words"),
    [
        (None, True, "No webhook URL is set"),
        (f"{PUBLIC}/callback", False, "The webhook is off"),
        ("https://old.example/callback", True, "The webhook goes to https://old.example/callback"),
    ],
)
def test_a_webhook_amiss_is_named(patient, world, url, active, words):
    world.sim.webhooks.url, world.sim.webhooks.active = url, active
    [found] = amiss(patient)
    assert found.startswith(words)


def test_a_month_nearly_used_up_is_named(patient, world):
    world.sim.quota.limit = 200
    world.sim.quota.set_used(179, world.clock.now())
    assert amiss(patient) == []
    world.sim.quota.set_used(180, world.clock.now())
    assert amiss(patient)[0].startswith("180 of 200 messages of this month are used")


def test_a_stale_worker_and_a_waiting_message_are_named(patient, world, web_server, aiko):
    with world.database.write() as db:
        heartbeat.beat(db, "planner", app.real_clock() - timedelta(minutes=2))
    world.sim.webhooks.url = web_server.url
    world.phones.say(aiko.id, aiko.id, "今週")
    world.sim.webhooks.url = f"{PUBLIC}/callback"
    while world.engine.step():
        pass
    world.clock.at += timedelta(minutes=5)
    assert amiss(patient) == [
        "The worker's planner loop is not running: start `python app.py worker`.",
        "A message has waited for 300 s: look at the worker's log.",
    ]


def test_clocks_that_differ_are_named(patient):
    late = replace(patient, real_clock=lambda: app.real_clock() + timedelta(seconds=30))
    assert [text.split(" differ by ")[0] for text in amiss(late)] == [
        "This machine's clock and the database's",
        "This machine's clock and LINE's",
    ]


def test_deletions_that_stand_in_no_file_are_named(patient, world, tmp_path):
    with world.database.write() as db:
        deletion.note(db, deletion.What.PERSON, "U1", world.clock.now() - timedelta(hours=1))
    assert amiss(patient) == [
        f"The record of deletions {tmp_path}/deletions cannot be written: "
        "check its disk and its permissions."
    ]
    nowhere = replace(patient, settings=replace(patient.settings, deletions=""))
    if not world.database.is_sqlite:
        assert amiss(nowhere)[0].startswith("There is no place for the record of deletions: set")


def test_what_the_school_still_lacks_is_named(patient, world):
    with world.database.write() as db:
        db.execute(delete(school.Membership).where(school.Membership.role != school.MEMBER))
        code.add(db, "VY4HK9TD", _code(db, world))
    found = amiss(patient)
    assert found.count("Nobody of the office has joined yet: enrol with the office code.") == 1
    everywhere = "S3, S35, S4, S45, S5, S6, FIN"
    assert f"No coach has joined yet in {everywhere}: hand on the invitation codes." in found
    assert found[-1].startswith("The template's public codes are valid here: VY4HK9TD. Anyone")


def test_a_class_without_its_group_is_named(patient, world):
    with world.database.write() as db:
        class_group.set_present(db, world.group("S4"), False, world.clock.now())
    assert amiss(patient) == [
        "No LINE group is bound for S4: invite Tasuki into the group; a coach then sends the word."
    ]


def test_an_older_schema_is_named_and_nothing_else_is_asked_of_it(patient, world):
    with world.database.connect() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    assert amiss(patient) == [
        "Mend the database: the database's schema is older than this code: "
        "run `python app.py migrate` first"
    ]


def test_another_data_key_is_named(patient):
    ours = crypto.current()
    crypto.use(crypto.Keyring(b"x" * 32))
    try:
        found = amiss(patient)
    finally:
        crypto.use(ours)
    assert found == [
        "TASUKI_DATA_KEY is not the key this database was written with: put the old one back."
    ]


def test_the_command_names_faults_and_ends_with_one(tmp_path):
    env = environment(DATABASE_URL=f"sqlite:///{tmp_path}/d.db", LINE_CHANNEL_SECRET="")
    seen = run(*COMMAND, "doctor", env=env)
    assert seen.returncode == 1
    assert seen.stdout == (
        "[!!] 設定を直してください: LINE_CHANNEL_SECRET is missing "
        "(or give LINE_CHANNEL_SECRET_FILE)\n"
        "     Mend this setting: LINE_CHANNEL_SECRET is missing "
        "(or give LINE_CHANNEL_SECRET_FILE)\n"
    )


def _code(db, world):
    class_ = next(c for c in school.classes(db) if c.code == "S4")
    expires = world.clock.now() + timedelta(days=30)
    return code.Code(hash="", kind=school.MEMBER, class_id=class_.key, expires_at=expires)


def test_missing_menus_are_mentioned_and_found_again_once_installed(patient, world):
    advice = "The rich menus are not at LINE: `python app.py richmenu` installs them"
    assert any(f.en.startswith(advice) for f in doctor.examine(patient))
    links = MenuLinks(world.database, world.line, world.clock.now)
    Installer(world.line, world.database, links, lambda _: None).run()
    said = [f.en for f in doctor.examine(patient)]
    assert "The rich menus are installed at LINE (12)." in said
