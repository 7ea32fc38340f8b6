"""The HTTP servers of a test process: ours, which webhooks are sent to, and LINE's.

Each test gives them its own application and its own LINE: building a server and its routes anew
for every test took longer than most conversations.
"""

from __future__ import annotations

import threading
from contextvars import ContextVar
from typing import Any, cast

from flask import Flask
from werkzeug.local import LocalProxy
from werkzeug.serving import make_server

from bot.simulator import Simulator
from bot.simulator.server import Handler, create_app

# A request stays with the LINE it was made to, even one that is still slow when the test is over.
CALLED: ContextVar[Simulator] = ContextVar("called")


class Listening:
    """A server on a free port of this machine, in threads of its own."""

    def __init__(self, answer: Any) -> None:
        self._server = make_server("127.0.0.1", 0, answer, threaded=True, request_handler=Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Stop serving and free the port."""
        self._server.shutdown()
        self._server.server_close()


class WebServer:
    """Our door and LINE's, for one test after another."""

    def __init__(self) -> None:
        self.app: Flask | None = None
        self.sim: Simulator | None = None
        self._platform = create_app(cast(Simulator, LocalProxy(CALLED)))
        self._ours, self._line = Listening(self._answer), Listening(self._answer_as_line)
        self.url, self.line_url = f"{self._ours.url}/callback", self._line.url

    def _answer(self, environ: Any, start_response: Any) -> Any:
        assert self.app is not None
        return self.app(environ, start_response)

    def _answer_as_line(self, environ: Any, start_response: Any) -> Any:
        assert self.sim is not None
        CALLED.set(self.sim)
        return self._platform(environ, start_response)

    def close(self) -> None:
        """Stop serving."""
        self._ours.close()
        self._line.close()
