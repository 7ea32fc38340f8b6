"""import-school: all or nothing, twice the same, a changed calendar moves what is to come."""

from __future__ import annotations

import csv
import re
from dataclasses import replace as with_values
from datetime import timedelta
from uuid import uuid4

import pytest
from click.testing import CliRunner
from school_folder import copied, replace
from sqlmodel import delete, select

from bot import commands
from models import code, heartbeat, outbox, school, session
from models.outbox import OutboxRow, Priority
from models.school_import import Import
from models.tables import metadata
from tests.processes import COMMAND, environment, run
from tests.world import SETTINGS, START

SAME = "新規 0、変更 0 / 0 new, 0 changed\n"


@pytest.fixture
def folder(tmp_path):
    """The template's copy, moved to where the tests' school stands."""
    return copied(tmp_path)


@pytest.fixture
def imports(database, world, monkeypatch):
    """The command on a test's database: returns exit code, output and errors."""
    parts = with_values(world.parts, settings=with_values(SETTINGS, is_demo=False))
    monkeypatch.setattr(commands, "real_parts", lambda *_: parts)
    with database.write() as db:
        db.execute(delete(code.Code))

    def command(*words):
        said = CliRunner().invoke(commands.cli, ["import-school", *map(str, words)], obj=({}, None))
        assert said.exception is None or isinstance(said.exception, SystemExit), said.exception
        return said.exit_code, said.stdout, said.stderr

    return command


def test_the_template_imported_twice_changes_nothing(imports, folder, database):
    assert imports(folder)[0] == 0
    before = _everything(database)
    assert imports(folder) == (0, SAME, "")
    assert _everything(database) == before


def test_codes_left_blank_are_made_and_shown_once(imports, folder, database):
    replace(folder, "codes.csv", "member,S4,VY4HK9TD", "member,S4,")
    _, said, _ = imports(folder)
    made = _made(said)
    assert said.startswith("新しいコード(表示は今だけです) / New codes (shown only now):\n")
    assert {("member", "S4"), ("main", "FIN"), ("office", "-")} <= set(made)
    assert all(len(text) == 16 for text in made.values())
    with database.read() as db:
        found = code.find(db, made["member", "S4"].lower(), ("member",), START)
        assert found is not None and found.hash != made["member", "S4"]
        public = code.find(db, "VY4HK9TD", ("member",), START)
        assert public is None  # the template's code, which anyone can read, is good no longer
    assert imports(folder) == (0, SAME, "")


def test_a_code_taken_out_of_the_file_is_good_no_longer(imports, folder, database):
    imports(folder)
    replace(folder, "codes.csv", "member,S4,VY4HK9TD", "member,S4,NEWKYC42")
    assert imports(folder)[1].endswith("新規 1、変更 1 / 1 new, 1 changed\n")
    with database.read() as db:
        assert code.find(db, "VY4HK9TD", ("member",), START) is None
        assert code.find(db, "NEWKYC42", ("member",), START) is not None


def test_a_used_invitation_is_made_again_only_when_its_place_is_free(imports, folder, world):
    made = _made(imports(folder)[1])
    with world.database.write() as db:
        row = code.find(db, made["main", "S4"], ("main",), START)
        assert code.spend(db, row, START)
    assert imports(folder) == (0, SAME, "")  # its coach is there
    with world.database.write() as db:
        for held in db.exec(select(school.Membership).where(school.Membership.role == "main")):
            db.delete(held)
    assert ("main", "S4") in _made(imports(folder)[1])


def test_a_moved_session_moves_its_reminders(imports, folder, world):
    imports(folder)
    planned = _s4(world)
    with world.database.write() as db:
        outbox.write(db, [_pending(planned.subject, world.clock.now())])
    replace(folder, "sessions.csv", "S4,11,2026-11-25,19:00", "S4,11,2026-11-25,18:30")
    assert imports(folder) == (0, "新規 0、変更 1 / 0 new, 1 changed\n", "")
    moved = _s4(world)
    assert (moved.starts_at - planned.starts_at).total_seconds() == -1800
    assert (moved.revision, moved.was_at) == (planned.revision + 1, planned.starts_at)
    with world.database.read() as db:
        states = {row.state for row in db.exec(select(OutboxRow))}
    assert states == {"cancelled"}
    assert imports(folder) == (0, SAME, "")


def test_a_session_the_coach_moved_stays_until_the_file_changes_it(imports, folder, world):
    imports(folder)
    planned = _s4(world)
    with world.database.write() as db:
        session.change(db, _s4(world, db), world.clock.now(), minutes=45)
    assert imports(folder) == (0, SAME, "")
    assert _s4(world).minutes == 45 != planned.minutes


def test_a_faulty_folder_names_every_fault_and_changes_nothing(imports, folder, database):
    before = _everything(database)
    replace(folder, "classes.csv", "3:59:59", "3:61:00")
    replace(folder, "sessions.csv", "https://", "http://")
    (folder / "term.csv").unlink()
    exit_code, said, faults = imports(folder)
    assert (exit_code, said) == (2, "")
    lines = faults.splitlines()
    assert [line.split(" ")[1] for line in lines] == [
        "classes.csv:4",
        "sessions.csv:2",
        "term.csv:",
        "何も取り込んでいません。",
    ]
    assert lines[2] == (
        "tasuki: term.csv: ファイルが見つからないか、開けません / is missing or cannot be opened"
    )
    assert _everything(database) == before


def test_an_import_that_fails_midway_leaves_nothing(imports, folder, database, monkeypatch):
    before = _everything(database)
    replace(folder, "classes.csv", ",20,mon", ",21,mon")
    monkeypatch.setattr(Import, "_session", lambda *_: 1 / 0)
    with pytest.raises(AssertionError):
        imports(folder)
    assert _everything(database) == before


def test_qr_codes_open_a_chat_with_the_enrolment_typed_in(imports, folder, tmp_path):
    exit_code, said, _ = imports(folder, "--qr", tmp_path / "qr")
    assert exit_code == 0
    assert said.endswith(f"QRコード / QR codes: 22 → {tmp_path}/qr\n")
    with (tmp_path / "qr" / "codes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "kind": "member",
        "class": "S3",
        "code": "KT7WR4QX",
        "link": "https://line.me/R/oaMessage/%40tasuki/?%E7%99%BB%E9%8C%B2%20KT7WR4QX",
    }
    assert len(rows) == 22
    assert (tmp_path / "qr" / "member-S3-KT7WR4QX.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "qr" / "member-S3-KT7WR4QX.svg").read_bytes()


def test_without_the_accounts_address_nothing_is_imported(imports, folder, world, tmp_path):
    with world.database.write() as db:
        db.delete(heartbeat.channel(db))
    before = _everything(world.database)
    exit_code, _, faults = imports(folder, "--qr", tmp_path / "qr")
    assert exit_code == 2
    assert "LINE did not tell the account's basic ID" in faults
    assert _everything(world.database) == before


def test_the_command_imports_into_an_empty_database(folder, tmp_path):
    env = environment(DATABASE_URL=f"sqlite:///{tmp_path}/d.db")
    assert run(*COMMAND, "migrate", env=env).returncode == 0
    done = run(*COMMAND, "import-school", str(folder), env=env)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].endswith(" new, 0 changed")
    again = run(*COMMAND, "import-school", str(folder), env=env)
    assert again.stdout == SAME
    assert run(*COMMAND, "import-school", str(tmp_path / "none"), env=env).returncode == 2


def _everything(database):
    """Return all that a database holds."""
    with database.read() as db:
        return {
            table.name: sorted(map(repr, db.connection().execute(table.select())))
            for table in metadata.sorted_tables
        }


def _made(said):
    """Return the codes that were shown, by kind and class."""
    found = re.findall(r"^  (\w+) (\S+) (\w{16})$", said, re.MULTILINE)
    return {(kind, class_code): text for kind, class_code, text in found}


def _s4(world, db=None):
    """Return the next session of the sub-4 class."""
    if db is None:
        with world.database.read() as opened:
            return _s4(world, opened)
    class_ = next(c for c in school.classes(db) if c.code == "S4")
    return session.next_of(db, class_.key, START)


def _pending(subject, now):
    """Return a message about a session that is still to be sent."""
    row = {"id": uuid4(), "occurrence": "x", "recipient": "U1", "priority": int(Priority.NOTICE)}
    times = {"created_at": now, "not_before": now, "expires_at": now + timedelta(days=1)}
    return row | times | {"subject": subject, "messages": []}
