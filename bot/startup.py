"""What must be in order before a web or worker process starts, told all at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot import settings
from models import heartbeat, host, schema, sqlite_file
from models.database import Database

SCHEMA = {
    schema.Fit.CURRENT: "",
    schema.Fit.OLDER: "the database's schema is older than this code: "
    "run `python app.py migrate` first",
    schema.Fit.NEWER: "the database's schema is newer than this code: update the code",
    schema.Fit.UNFINISHED: "a backup was put back only in part: run `python app.py restore` "
    "with the same file again",
}
ON_NETWORK = (
    "the database {} is on a network drive ({}), where SQLite loses what it writes: move it to a "
    "disk of this machine, or use PostgreSQL"
)
DAMAGED = (
    "the database {} is damaged ({}): start nothing on it; put the newest backup back with "
    "`python app.py restore FILE --replace` (docs/deploy.md, Back up and restore)"
)
REPLACED = "a backup is being put back: wait until that is done"
ANOTHER_HOST = (
    "another machine ({}) works on this SQLite database, which is for one machine only: stop "
    "the workers there and wait a minute, or use PostgreSQL"
)


def faults(environment: Mapping[str, str]) -> list[str]:
    """Return everything that keeps a real installation from starting."""
    url = settings.database_url(environment)
    found = database_fault(url) if url else ""
    return [*settings.faults(environment), *([found] if found else [])]


def database_fault(database_url: str) -> str:
    """Say why nothing may start on the database: its file, its schema, or who else is at work."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return schema_fault(database_url)
    path = Path(url.database or "")
    if kind := sqlite_file.network(path):
        return ON_NETWORK.format(path, kind)
    if what := sqlite_file.damage(path):
        return DAMAGED.format(path, what)
    if path.exists() and sqlite_file.is_being_replaced(path):
        return REPLACED
    return schema_fault(database_url) or _others_at_work(database_url)


def _others_at_work(database_url: str) -> str:
    database = Database(database_url)
    try:
        with database.read() as db:
            found = host.others_at_work(db, heartbeat.database_clock(db), host.here())
    finally:
        database.close()
    return ANOTHER_HOST.format(", ".join(sorted(found))) if found else ""


def schema_fault(database_url: str) -> str:
    """Say what is wrong with the database's schema; empty when it fits.

    The database is closed again: nothing of it may be shared with a process forked later.
    """
    database = Database(database_url)
    try:
        return SCHEMA[schema.fit(database)]
    except SQLAlchemyError as error:
        return f"the database cannot be opened ({type(error).__name__}): look at DATABASE_URL"
    finally:
        database.close()
