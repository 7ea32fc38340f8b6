"""What must be in order before a web or worker process starts, told all at once."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.exc import SQLAlchemyError

from bot import settings
from models import schema
from models.database import Database

SCHEMA = {
    schema.Fit.CURRENT: "",
    schema.Fit.OLDER: "the database's schema is older than this code: "
    "run `python app.py migrate` first",
    schema.Fit.NEWER: "the database's schema is newer than this code: update the code",
}


def faults(environment: Mapping[str, str]) -> list[str]:
    """Return everything that keeps a real installation from starting."""
    url = settings.database_url(environment)
    found = schema_fault(url) if url else ""
    return [*settings.faults(environment), *([found] if found else [])]


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
