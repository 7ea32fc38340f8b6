"""Copies of a PostgreSQL database by PostgreSQL's own tools, pg_dump and pg_restore."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL

MISSING = (
    "{} is not on this machine: install PostgreSQL's client programs (on Debian or Ubuntu "
    "`sudo apt install postgresql-client`), of the server's version or newer"
)
_REVISION = re.compile(r"^COPY \S*alembic_version .*\n(\S+)\n", re.MULTILINE)


class ToolFault(Exception):  # noqa: N818 - the tool's fault, told on
    """One of PostgreSQL's programs is missing or failed; its own words say why."""


def copy(url: URL, target: Path) -> None:
    """Copy a database as it stands at one moment, whoever writes meanwhile."""
    plain = ["--format=custom", "--no-owner", "--no-privileges"]
    run("pg_dump", *plain, f"--file={target}", url=url)


def restore(file: Path, url: URL) -> None:
    """Put a copy into an empty database, whole or not at all."""
    how = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    run("pg_restore", *how, str(file), url=url)


def revision(file: Path) -> str | None:
    """Return the schema's revision in a copy that was read from end to end."""
    run("pg_restore", "--file=/dev/null", str(file))
    table = ["--data-only", "--table=alembic_version", "--file=-"]
    found = _REVISION.search(run("pg_restore", *table, str(file)))
    return found[1] if found else None


def run(tool: str, *arguments: str, url: URL | None = None) -> str:
    """Run a program and return what it says; the password never stands among its arguments."""
    path = shutil.which(tool)
    if path is None:
        raise ToolFault(MISSING.format(tool))
    command, env = [path, *arguments], dict(os.environ)
    if url is not None:
        if url.password:
            env["PGPASSWORD"] = str(url.password)
        bare = url.set(drivername="postgresql", password=None)
        command.append(f"--dbname={bare.render_as_string(hide_password=False)}")
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own list
    if done.returncode:
        raise ToolFault(f"{tool}: {' '.join(done.stderr.split())[-300:]}")
    return done.stdout
