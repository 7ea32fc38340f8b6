"""The parts of a running Tasuki, put together once by app.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from bot import deletions, faults, files, food_slot, health, phrases, slots, texts, webhook
from bot.engine import Engine, Surroundings
from bot.errands import fetch_photo
from bot.inbox import Clock
from bot.line import Line
from bot.profiles import Profiles
from bot.router import Feature, Router
from bot.settings import Settings
from bot.texts import CORRIDOR
from bot.turn import Occurrence
from bot.wake import Bell
from models import content_files, heartbeat, sqlite_file
from models.database import Database

log = structlog.get_logger()


@dataclass(frozen=True)
class Ticker:
    """What the scheduler offers: plan now, what is due next and until when, and the metronome."""

    plan: Callable[[datetime], int]
    next_due: Callable[[datetime], datetime | None]
    start: Callable[[Callable[[], None]], Callable[[], None]]
    ahead: Callable[[datetime, datetime], list[Occurrence]]


@dataclass(frozen=True)
class Parts:
    """Everything the commands need."""

    settings: Settings
    database: Database
    clock: Clock
    real_clock: Clock
    router: Callable[[], Router]
    ticker: Callable[[Database, Clock], Ticker]
    bell: Bell = field(default_factory=Bell)


def build_router(features: Iterable[Feature], folder: Path) -> Router:
    """Load the texts and places, and check all routes."""
    loaded = texts.load(folder)
    places = {
        place.id: [place.ja, place.en, *place.aliases] for place in content_files.load_places()
    }
    corridor = loaded[CORRIDOR]
    lead = corridor.listed("lead") + corridor.listed("assent")
    reminders = texts.named(loaded, "mute", "topic")
    known = slots.standard_slots(places, reminders) | {"foods": food_slot.slot()}
    book = phrases.Phrasebook(known, lead, corridor.listed("tail"))
    return Router(features, loaded, book)


def build_web(parts: Parts) -> Flask:
    """Return the web application: the webhook's door, which only records; files; and health."""
    web = Flask("tasuki", static_folder=None)
    web.extensions["database in use"] = sqlite_file.in_use(parts.database)
    settings = parts.settings
    intake = webhook.Intake(parts.database, settings.channel_secret, parts.clock, parts.bell.ring)
    web.register_blueprint(webhook.blueprint(intake))
    web.register_blueprint(files.blueprint(parts.database, parts.clock))
    web.register_blueprint(
        health.blueprint(parts.database, parts.clock, parts.real_clock, settings.metrics_token)
    )
    web.register_error_handler(Exception, _failed)
    return web


def _failed(error: Exception) -> HTTPException | Response:
    """Answer a fault of ours; Flask's own line would quote it, and the address of a file."""
    if isinstance(error, HTTPException):
        return error
    log.error("web.failed", **faults.seen_in(error))
    return Response("Please try again in a moment.\n", 500, mimetype="text/plain")


def build_engine(parts: Parts, line: Line) -> Engine:
    """Return the engine; before it handles an event it may ask LINE for a profile or a photo."""
    settings = parts.settings
    around = Surroundings(
        settings.zone,
        parts.clock,
        Profiles(line),
        partial(fetch_photo, line),
        settings.public_url,
        partial(deletions.copy, parts.database, deletions.place(settings, parts.database)),
    )
    return Engine(parts.database, parts.router(), around)


def demo_clock(database: Database, real_clock: Clock) -> Clock:
    """Return the demo's clock: real time and an offset that all processes read."""

    def now() -> datetime:
        with database.read() as db:
            return real_clock() + heartbeat.demo_offset(db)

    return now
