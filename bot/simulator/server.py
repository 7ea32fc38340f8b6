"""The simulator as a Flask application, and a server for it on this machine."""

import os
import socket
import struct
import threading
from pathlib import Path

from flask import Flask, Response, send_from_directory
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.simulator.api import line_api
from bot.simulator.control import control
from bot.simulator.door import guard
from bot.simulator.phones import Phones
from bot.simulator.platform import Simulator
from bot.simulator.rooms import Rooms
from bot.simulator.window import window
from bot.simulator.wire import GoneError

PAGE = Path(__file__).with_name("page")
LARGEST = 40 * 1024 * 1024  # bytes; a photo of 20 MB in base64 must still fit
LOCAL = ("127.0.0.1", "localhost", "::1")


def create_app(sim: Simulator) -> Flask:
    """Build the application: LINE's API, the control interface and the page of phones."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    guard(app)
    rooms = Rooms(Phones(sim))
    app.register_blueprint(line_api(sim, rooms))
    app.register_blueprint(control(sim, rooms))
    app.register_blueprint(window(sim))

    @app.get("/")
    def index() -> Response:
        return send_from_directory(PAGE, "index.html")

    @app.get("/page/<path:name>")
    def page(name: str) -> Response:
        return send_from_directory(PAGE, name)

    return app


class Running:
    """A server that runs in a thread of its own until closed."""

    def __init__(self, sim: Simulator, server: BaseWSGIServer) -> None:
        self.sim = sim
        self.port = server.server_port
        self.url = f"http://{f'[{server.host}]' if ':' in server.host else server.host}:{self.port}"
        self._server = server
        self._thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving and free the port."""
        self.sim.close()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def serve(sim: Simulator, host: str = "127.0.0.1", port: int = 0) -> Running:
    """Serve a platform on this machine; port 0 takes a free one."""
    if host not in LOCAL:
        raise ValueError(f"the simulator serves this machine only, not {host}")
    server = make_server(host, port, create_app(sim), threaded=True, request_handler=Handler)
    return Running(sim, server)


class Handler(WSGIRequestHandler):
    """Speaks HTTP quietly, and breaks a connection when told to."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Keep still: the ledger has it."""

    def connection_dropped(
        self, error: BaseException, environ: dict[str, object] | None = None
    ) -> None:
        """End the connection; when it is to be abrupt, with a TCP reset."""
        self.close_connection = True
        if isinstance(error, GoneError) and error.abruptly:
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            # Only closing the descriptor itself, past the streams built on it, sends the reset.
            os.close(self.connection.detach())
