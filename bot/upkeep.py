"""The commands for whoever looks after what is kept."""

from __future__ import annotations

from collections.abc import Mapping

import click

from bot import backup_commands
from bot.entrance import Build, real_parts, refuse


@click.command("rotate-key")
@click.pass_obj
def rotate_key(obj: tuple[Mapping[str, str], Build]) -> None:
    """Seal everything with the new data key, while workers run; it may be stopped and run again."""
    from models import rotation

    database = real_parts(*obj).database
    click.echo(f"{rotation.rotate(database)} rows were sealed anew.")
    with database.read() as db:
        left = rotation.left(db)
    for name, many in left.items():
        click.echo(f"{name}: {many} not under TASUKI_DATA_KEY")
    if left:
        refuse("run it again; what stays was sealed with a key that is not given")
    click.echo("Nothing is left under another key: TASUKI_DATA_KEY_OTHER can go.")


COMMANDS = (rotate_key, backup_commands.backup, backup_commands.restore)
