"""What a command does first: settings and parts, or a refusal that names every fault."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

import click

from bot import settings, startup
from bot.parts import Parts
from bot.settings import Settings

Build = Callable[[Settings], Parts]
REFUSED = 2


def refuse(*reasons: str) -> None:
    """Say every reason and end with the exit code for wrong use."""
    for reason in reasons:
        click.echo(f"tasuki: {reason}", err=True)
    sys.exit(REFUSED)


def real_parts(environment: Mapping[str, str], build: Build) -> Parts:
    """Return the parts for a real channel, or refuse to start with every fault at once."""
    if faults := startup.faults(environment):
        refuse(*faults)
    return build(settings.read(environment))


def configured(environment: Mapping[str, str], build: Build) -> Parts:
    """Return the parts whatever the schema, or refuse with every fault of the settings."""
    if faults := settings.faults(environment):
        refuse(*faults)
    return build(settings.read(environment))
