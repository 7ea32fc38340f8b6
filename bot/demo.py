"""The demo: web, worker and simulator in one process, with a school and a time machine."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.serving import BaseWSGIServer, make_server

from bot import demo_school
from bot.demo_school import DemoRefused
from bot.line import Line
from bot.pace import Pace
from bot.parts import Parts, build_web
from bot.richmenu_install import Installer, InstallFault
from bot.richmenu_links import MenuLinks
from bot.running import RunningWorker
from bot.simulator import Simulator, create_app, serve
from bot.simulator.server import Handler
from bot.time_machine import TimeMachine
from models.database import BusyError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

OURS = ("/callback", "/livez", "/healthz", "/metrics")
FILES = "/files/"


class Demo:
    """Everything in one process; `url` is the page of phones."""

    def __init__(self, parts: Parts) -> None:
        settings = parts.settings
        demo_school.start_anew(parts.database)
        self.sim = Simulator(
            channel_secret=settings.channel_secret,
            access_token=settings.access_token,
            clock=TimeMachine(parts),
        )
        demo_school.populate(parts, self.sim)
        with _port("TASUKI_SIM_PORT", settings.sim_port):
            self._sim_server = serve(self.sim, "127.0.0.1", settings.sim_port)
        with _port("PORT", settings.port):
            self._web_server = _serve(settings.port, build_web(parts), create_app(self.sim))
        self.url = f"http://127.0.0.1:{self._web_server.server_port}"
        self.sim.webhooks.url = f"{self.url}/callback"
        line = Line(settings.access_token, self._sim_server.url)
        ticker = parts.ticker(parts.database, parts.clock)
        ours = replace(settings, public_url=settings.public_url or self.url)
        self.worker = RunningWorker(replace(parts, settings=ours), ticker, line, Pace(base=0.2))
        threading.Thread(target=_install_menus, args=(parts, line), daemon=True).start()

    def close(self) -> None:
        """Stop everything."""
        self._web_server.shutdown()
        self.worker.stop()
        self._sim_server.close()


def _install_menus(parts: Parts, line: Line) -> None:
    """Put the rich menus on the phones; drawing them takes a moment for which nobody waits."""
    links = MenuLinks(parts.database, line, parts.clock)
    with suppress(InstallFault, BusyError, SQLAlchemyError):
        Installer(line, parts.database, links, lambda _: None).run()


@contextmanager
def _port(name: str, port: int) -> Iterator[None]:
    """Say which setting to change when a port is taken (werkzeug would just end the process)."""
    try:
        with redirect_stderr(StringIO()):
            yield
    except (SystemExit, OSError):
        raise DemoRefused(
            f"port {port} is taken: set {name} to another, say {port + 100}"
        ) from None


def _serve(port: int, web: Flask, page: Flask) -> BaseWSGIServer:
    """Serve our own addresses from `web` and all others, the page of phones, from `page`."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        chosen = web if path in OURS or path.startswith(FILES) else page
        return chosen(environ, start_response)

    server = make_server("127.0.0.1", port, application, threaded=True, request_handler=Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server
