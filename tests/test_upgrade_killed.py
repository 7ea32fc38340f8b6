"""A migration that is killed at any of its steps leaves the old schema, and is simply run again."""

from __future__ import annotations

import os
import signal

import pytest
from sqlalchemy import event

from models import schema
from models.database import Database
from models.schema import Fit
from tests import test_upgrade
from tests.test_upgrade import rows_of

released = test_upgrade.released


@pytest.mark.parametrize("step", [1, 8])
def test_killed_at_a_step_it_runs_again_and_loses_nothing(released, step):
    before = rows_of(released)
    url = released.url.render_as_string(hide_password=False)
    released.close()  # nothing of it may be shared with the child
    assert killed_in_a_child(url, step) == signal.SIGKILL
    assert schema.fit(released) is Fit.OLDER
    assert rows_of(released) == before
    schema.migrate(released)
    assert schema.fit(released) is Fit.CURRENT
    after = rows_of(released)
    assert {name: after[name] for name in before} == before


def killed_in_a_child(url, step):
    """Migrate in a process that kills itself at a change of the schema; return what ended it."""
    child = os.fork()
    if child == 0:
        try:
            migrate_until_killed(url, step)
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def migrate_until_killed(url, step):
    database, left = Database(url), iter(range(step, 0, -1))

    @event.listens_for(database.engine, "before_cursor_execute")
    def _count(_connection, _cursor, statement, *_rest):
        changes = statement.lstrip().upper().startswith(("CREATE", "ALTER", "INSERT", "DROP"))
        if changes and next(left) == 1:
            os.kill(os.getpid(), signal.SIGKILL)

    schema.migrate(database)
