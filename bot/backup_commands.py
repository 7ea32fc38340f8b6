"""The commands that make a backup and put one back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from bot.entrance import Build, configured, refuse

Given = tuple[Mapping[str, str], Build]
FILE = click.Path(path_type=Path)
HOUR = click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])


@click.command()
@click.argument("destination", type=FILE)
@click.option("--keep", type=click.IntRange(1), help="Keep so many in the folder.")
@click.pass_obj
def backup(obj: Given, destination: Path, keep: int | None) -> None:
    """Copy the database to a file or into a folder, while everything runs."""
    from bot.backup import BackupRefused, take

    parts = configured(*obj)
    try:
        made = take(parts.database, destination, parts.clock(), keep)
    except BackupRefused as fault:
        refuse(str(fault))
    else:
        click.echo(made)


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--stopped", type=HOUR, help="When the old service stopped, in the school's time.")
@click.option("--replace", is_flag=True, help="Put a SQLite database that is there aside.")
@click.option("--deletions", type=FILE, multiple=True, help="The record of deletions.")
@click.option("--without-deletions", is_flag=True, help="Nobody was deleted since the backup.")
@click.pass_obj
def restore(
    obj: Given,
    source: Path | None,
    stopped: datetime | None,
    replace: bool,
    deletions: tuple[Path, ...],
    without_deletions: bool,
) -> None:
    """Put a backup back, so that nothing old is said; without SOURCE, other tools did so."""
    from bot.backup import BackupRefused
    from bot.restore import Order, put_back, report

    parts = configured(*obj)
    at = stopped and stopped.replace(tzinfo=parts.settings.zone)
    order = Order(source, at, replace, None if without_deletions else deletions)
    try:
        row = put_back(parts, order)
    except BackupRefused as fault:
        refuse(str(fault))
    else:
        for line in report(row, parts.settings.zone):
            click.echo(line)
