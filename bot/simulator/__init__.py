"""A small LINE: the platform's API, and phones to try a bot with. It knows nothing of ours."""

from bot.simulator.clock import Clock, OwnClock
from bot.simulator.people import Bot, RefusedError
from bot.simulator.phones import Outcome, Phones
from bot.simulator.platform import Simulator
from bot.simulator.rooms import Rooms
from bot.simulator.server import Running, create_app, serve

__all__ = [
    "Bot",
    "Clock",
    "Outcome",
    "OwnClock",
    "Phones",
    "RefusedError",
    "Rooms",
    "Running",
    "Simulator",
    "create_app",
    "serve",
]
