"""import-school: all or nothing, twice the same, a changed calendar moves what is to come."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from models import outbox, school, session
from models.outbox import OutboxRow, Priority
from models.school_import import Import
from tests.importing import SAME, everything, folder, imports
from tests.processes import COMMAND, environment, run
from tests.school_folder import replace
from tests.world import START

__all__ = ["folder", "imports"]


def test_the_template_imported_twice_changes_nothing(imports, folder, database):
    assert imports(folder)[0] == 0
    before = everything(database)
    assert imports(folder) == (0, SAME, "")
    assert everything(database) == before


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
    before = everything(database)
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
    assert everything(database) == before


def test_an_import_that_fails_midway_leaves_nothing(imports, folder, database, monkeypatch):
    before = everything(database)
    replace(folder, "classes.csv", ",20,mon", ",21,mon")
    monkeypatch.setattr(Import, "_session", lambda *_: 1 / 0)
    with pytest.raises(AssertionError):
        imports(folder)
    assert everything(database) == before


def test_the_command_imports_into_an_empty_database(folder, tmp_path):
    env = environment(DATABASE_URL=f"sqlite:///{tmp_path}/d.db")
    assert run(*COMMAND, "migrate", env=env).returncode == 0
    done = run(*COMMAND, "import-school", str(folder), env=env)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].endswith(" new, 0 changed")
    again = run(*COMMAND, "import-school", str(folder), env=env)
    assert again.stdout == SAME
    assert run(*COMMAND, "import-school", str(tmp_path / "none"), env=env).returncode == 2


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
