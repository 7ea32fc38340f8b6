"""The world of a conversation test: the whole corridor in one process, and its cast.

Real signature, webhook over HTTP, inbox, router, database, outbox, LINE API over HTTP and the
simulator's phones; only the threads are missing, so that a test decides when work is done.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from werkzeug.serving import make_server

import app
from bot import demo_school
from bot.delivery import Delivery, Pace
from bot.line import Line
from bot.parts import Parts, build_engine, build_web
from bot.profiles import Profiles
from bot.settings import read_demo
from bot.simulator import Phones, Rooms, Simulator, serve
from bot.simulator.server import Handler
from models import school
from models.database import Database
from models.person import Person, by_line_id

SETTINGS = read_demo({})
START = datetime(2026, 11, 23, 9, 0, tzinfo=SETTINGS.zone)  # Monday of week 11


class Clock:
    """The test's clock; going somewhere lets all that is due on the way happen."""

    def __init__(self, world: World, at: datetime) -> None:
        self._world, self.at = world, at

    def now(self) -> datetime:
        """Return the present."""
        return self.at

    def next(self) -> datetime | None:
        """Return when the next thing is due."""
        return self._world.ticker.next_due(self.at)

    def go(self, to: datetime) -> None:
        """Go to an instant, stopping at each due one on the way."""
        while (due := self.next()) is not None and due <= to:
            self.at = due
            self._world.ticker.plan(self.at)
            self._world.settle()
        self.at = max(self.at, to)
        self._world.ticker.plan(self.at)
        self._world.settle()

    def passes(self, **span: float) -> None:
        """Let time pass: `clock.passes(hours=2)`."""
        self.go(self.at + timedelta(**span))

    def goes_to(self, local: str) -> None:
        """Go to a local time such as 2026-11-25 17:00."""
        self.go(datetime.fromisoformat(local).replace(tzinfo=SETTINGS.zone))


class World:
    """Everything at once, on one database."""

    def __init__(self, database: Database, web_server: Any, at: datetime = START) -> None:
        self.database = database
        self.clock = Clock(self, at)
        self.real_seconds = at.timestamp()
        self.parts = Parts(
            SETTINGS,
            database,
            self.clock.now,
            self.clock.now,
            app.router,
            lambda db, clock: app.ticker(SETTINGS, db, clock),
        )
        self.ticker = self.parts.ticker(database, self.clock.now)
        self.sim = Simulator(
            channel_secret=SETTINGS.channel_secret,
            clock=self.clock,
            seed=1,
            access_token=SETTINGS.access_token,
            webhook_url=web_server.url,
        )
        web_server.app = build_web(self.parts)
        self.server = serve(self.sim)
        self.line = Line(SETTINGS.access_token, self.server.url)
        self.engine = build_engine(self.parts, Profiles(self.line))
        self.delivery = Delivery(
            database, self.line, self.clock.now, Pace(base=0.0), real_now=lambda: self.real_seconds
        )
        with database.write() as db:
            demo_school.introduce(db, self.sim)
        self.phones, self.rooms = Phones(self.sim), Rooms(Phones(self.sim))

    def settle(self) -> None:
        """Let the corridor do all that can be done now."""
        while self.engine.step() or self.delivery.step():
            pass

    def restarts_after_lease(self) -> None:
        """Let the leases of a crashed sender run out."""
        self.real_seconds += 60

    def person(self, name: str) -> Actor:
        """Return the actor who plays a person of the demo school, by name."""
        return Actor(self, demo_school.line_id("U", name))

    def group(self, class_code: str) -> str:
        """Return the LINE id of a class's group."""
        return demo_school.line_id("C", class_code)

    def close(self) -> None:
        """Stop the simulator."""
        self.server.close()


class Actor:
    """A person with a phone: what they do, and what the bot showed them since."""

    def __init__(self, world: World, line_id: str, chat: str | None = None) -> None:
        self.world, self.id, self.chat = world, line_id, chat or line_id

    def in_group(self, class_code: str) -> Actor:
        """Return the same person with the class's group open."""
        return Actor(self.world, self.id, self.world.group(class_code))

    def says(self, text: str, **how: Any) -> list[str]:
        """Say something and return what the bot answers in this chat."""
        return self._does(lambda: self.world.phones.say(self.chat, self.id, text, **how))

    def taps(self, label: str) -> list[str]:
        """Tap the newest button with this label and return what the bot answers in this chat."""
        return self.acts(self.button(label))

    def acts(self, action: dict[str, Any], params: dict[str, Any] | None = None) -> list[str]:
        """Do what a button's action says."""
        if action["type"] == "message":
            return self.says(action["text"])
        return self.sends_data(action["data"], params)

    def sends_data(self, data: str, params: dict[str, Any] | None = None) -> list[str]:
        """Send postback data, a button's or hand-made."""
        return self._does(lambda: self.world.phones.tap(self.chat, self.id, data, params=params))

    def follows(self) -> list[str]:
        """Add the bot as a friend."""
        return self._does(lambda: self.world.rooms.follow(self.id))

    def blocks(self) -> None:
        """Block the bot."""
        self._does(lambda: self.world.rooms.block(self.id))

    def button(self, label: str) -> dict[str, Any]:
        """Return the action of the newest button or quick reply with this label."""
        for bubble in reversed(self.shown()):
            for action in actions(bubble["message"]):
                if action.get("label") == label:
                    return action
        labels = [a.get("label") for b in self.shown()[-3:] for a in actions(b["message"])]
        raise AssertionError(f"no button {label!r}; there are {labels}")

    def labels(self) -> list[str]:
        """Return the labels of all buttons of the newest bot message."""
        return [str(a.get("label")) for a in actions(self.shown()[-1]["message"])]

    def hears(self) -> list[str]:
        """Return everything the bot has said in this chat."""
        return [words(b["message"]) for b in self.shown()]

    def shown(self) -> list[dict[str, Any]]:
        """Return the bot's bubbles in this chat."""
        bubbles = self.world.sim.chats.shown(self.chat, 0)
        found = [b if isinstance(b, dict) else b.as_json() for b in bubbles]
        return [b for b in found if b["from"] == "bot"]

    def record(self) -> Person:
        """Return the person as the database knows them."""
        with self.world.database.read() as db:
            found = by_line_id(db, self.id)
        assert found is not None, "not known"
        return found

    def _does(self, deed: Any) -> list[str]:
        before = len(self.shown())
        outcome = deed()
        assert outcome.ok, outcome
        self.world.settle()
        return [words(b["message"]) for b in self.shown()[before:]]


def words(message: dict[str, Any]) -> str:
    """Return what a message says: its text, or a card in words."""
    return str(message.get("text") or message.get("altText") or message["type"])


def actions(node: Any) -> list[dict[str, Any]]:
    """Return every action within a message."""
    if isinstance(node, list):
        return [found for part in node for found in actions(part)]
    if not isinstance(node, dict):
        return []
    own = [node["action"]] if isinstance(node.get("action"), dict) else []
    return own + [f for key, part in node.items() if key != "action" for f in actions(part)]


class WebServer:
    """One HTTP server for all tests of a process; each test gives it its own application."""

    def __init__(self) -> None:
        self.app: Flask | None = None
        self._server = make_server(
            "127.0.0.1", 0, self._call, threaded=True, request_handler=Handler
        )
        self.url = f"http://127.0.0.1:{self._server.server_port}/callback"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def _call(self, environ: Any, start_response: Any) -> Any:
        assert self.app is not None
        return self.app(environ, start_response)

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()


def template(database: Database) -> None:
    """Fill an empty migrated database with the demo school as of the tests' first day."""
    with database.write() as db:
        demo_school.enter(db, START, SETTINGS.zone)


def class_code(world: World, actor: Actor) -> str:
    """Return the code of the class an actor is in."""
    with world.database.read() as db:
        found = school.class_of(db, actor.record())
    assert found is not None
    return found.code
