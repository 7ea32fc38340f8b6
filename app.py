"""Tasuki's composition root: settings, parts, `web` for gunicorn, and the commands."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import handlers
import scheduler
from bot import commands, deletions, logs, settings
from bot.inbox import Clock
from bot.parts import Parts, Ticker, build_router, build_web, demo_clock
from bot.router import Feature, Router
from models import crypto, hash_key
from models.database import Database

HERE = Path(__file__).parent


def real_clock() -> datetime:
    """Return the present; everyone else is handed a clock."""
    return datetime.now(UTC)


def features() -> list[Feature]:
    """Return what every file in handlers/ declares."""
    names = [m.name for m in pkgutil.iter_modules(handlers.__path__)]
    modules = [importlib.import_module(f"handlers.{name}") for name in names]
    return [module.on for module in modules if hasattr(module, "on")]


def calendars() -> list[Callable[..., Any]]:
    """Return the calendar of every file in scheduler/ that has one."""
    names = [m.name for m in pkgutil.iter_modules(scheduler.__path__)]
    modules = [importlib.import_module(f"scheduler.{name}") for name in names]
    return [module.due for module in modules if hasattr(module, "due")]


def router() -> Router:
    """Return all routes, checked."""
    return build_router(features(), HERE / "handlers" / "texts")


def ticker(chosen: settings.Settings, database: Database, clock: Clock) -> Ticker:
    """Return the planner and the metronome behind the small face the rest knows."""
    from scheduler.housekeeping import keep_house
    from scheduler.metronome import Metronome
    from scheduler.planner import Planner

    planner = Planner(database, calendars(), chosen.zone)

    house = partial(keep_house, database, file=deletions.place(chosen, database))

    def start(ring: Callable[[], None]) -> Callable[[], None]:
        metronome = Metronome(database, planner, clock, house, ring)
        metronome.start()
        return metronome.stop

    return Ticker(planner.plan, planner.next_due, start, planner.ahead)


def parts(chosen: settings.Settings) -> Parts:
    """Put the parts together."""
    logs.set_up(chosen.log_level)
    database = Database(chosen.database_url)
    kept = partial(hash_key.kept, database)
    crypto.use(crypto.Keyring(chosen.data_key, chosen.other_data_keys, kept))
    clock = demo_clock(database, real_clock) if chosen.is_demo else real_clock
    return Parts(chosen, database, clock, real_clock, router, partial(ticker, chosen))


def __getattr__(name: str) -> Any:
    """Build `web` when gunicorn asks for it (and only then)."""
    if name == "web":
        return build_web(parts(settings.read(os.environ)))
    raise AttributeError(name)


if __name__ == "__main__":
    commands.main(os.environ, parts)
