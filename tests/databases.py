"""Databases for tests: filled with the demo school, and on PostgreSQL copied from a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from sqlalchemy.engine import make_url

from models import schema
from models.database import Database
from tests.postgres import libpq_url
from tests.world import template


def worker_database(server_url: str, run: str, worker: str, migrate: Callable[[str], None]) -> str:
    """Return a fresh database's URL for one test process of one run.

    The first process to ask migrates a template under a lock; the others copy it (0.1 s).
    """
    template, name = f"tasuki_{run}_template", f"tasuki_{run}_{worker}"
    with psycopg.connect(libpq_url(make_url(server_url)), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(hashtext(%s))", (template,))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname=%s", (template,)).fetchone():
            create_template(admin, template, lambda: migrate(sibling(server_url, template)))
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return sibling(server_url, name)


def create_template(admin: psycopg.Connection, name: str, migrate: Callable[[], None]) -> None:
    """Create and migrate the template; one that failed is not left for the next to copy."""
    admin.execute(f'CREATE DATABASE "{name}"')
    try:
        migrate()
    except BaseException:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        raise


def drop_databases(server_url: str, run: str) -> None:
    """Drop all databases of a run: needed only on a server that outlives it."""
    with psycopg.connect(libpq_url(make_url(server_url)), autocommit=True) as admin:
        like = f"tasuki\\_{run}\\_%"
        found = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", (like,))
        for (name,) in found.fetchall():
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def sibling(server_url: str, name: str) -> str:
    """Return the URL of another database on the same server."""
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def filled(url: str) -> None:
    """Migrate an empty database and fill it with the demo school."""
    database = Database(url)
    schema.migrate(database)
    template(database)
    database.close()


@contextmanager
def copied(server_url: str, name: str) -> Iterator[str]:
    """Give a copy of a filled template, which is made when first asked for."""
    copy = f"{name}_{uuid4().hex[:12]}"
    with psycopg.connect(libpq_url(make_url(server_url)), autocommit=True) as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname=%s", (name,)).fetchone():
            create_template(admin, name, lambda: filled(sibling(server_url, name)))
        admin.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        yield sibling(server_url, copy)
        admin.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')
