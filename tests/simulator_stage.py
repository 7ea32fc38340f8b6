"""A stage for the simulator's tests: a running platform, a bot's ear, and a plain HTTP client."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import urllib3

from bot.simulator import OwnClock, Simulator, serve
from tests import patience

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
TOKEN = "a token"
AIKO = "U" + "a1" * 16
KEN = "U" + "b2" * 16
GROUP = "C" + "c3" * 16
START = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


class Ear:
    """A bot's server that hears webhooks and answers `status`."""

    def __init__(self):
        self.heard, self.status = [], 200
        ear = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                ear.heard.append((self.headers["x-line-signature"], body))
                self.send_response(ear.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                """Keep still."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self._server.server_port}/callback"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def hears(self, kind):
        """Return the first event of a type, waiting for it: the page shows it before we hear it."""
        until = time.monotonic() + patience.SECONDS
        while time.monotonic() < until:
            if found := next((one for one in self.events if one["type"] == kind), None):
                return found
            time.sleep(0.02)
        raise AssertionError(f"no {kind} was heard: {self.events}")

    @property
    def events(self):
        return [event for _, body in self.heard for event in json.loads(body)["events"]]

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class Stage:
    """A member, a coach and their group on a running platform, a bot that hears them."""

    def __init__(self, *, with_bot=True, **wishes):
        self.ear = Ear()
        url = self.ear.url if with_bot else None
        clock = OwnClock(real=START.timestamp)
        wishes = {"clock": clock, "seed": 1} | wishes
        self.sim = Simulator(channel_secret=SECRET, access_token=TOKEN, webhook_url=url, **wishes)
        self.sim.add_user(AIKO, "愛子")
        self.sim.add_user(KEN, "Ken", language="en")
        self.sim.add_group(GROUP, "サブ4", [AIKO, KEN], bot_in=True)
        self.sim.webhooks.patience = patience.SECONDS
        self.server = serve(self.sim)
        self.url = self.server.url
        self._http = urllib3.PoolManager(retries=False)

    def ask(self, method, path, body=None, **headers):
        """Send a request and return its status, JSON body and headers."""
        sent = None if body is None else json.dumps(body).encode()
        answer = self._http.request(
            method,
            self.url + path,
            body=sent,
            headers=headers,
            timeout=patience.SECONDS,
            redirect=False,
        )
        return answer.status, json.loads(answer.data or b"null"), answer.headers

    def line(self, method, path, body=None, **headers):
        """Call the LINE API with the right token."""
        return self.ask(method, path, body, Authorization=f"Bearer {TOKEN}", **headers)

    def push(self, to, *texts, key=None, **more):
        messages = [{"type": "text", "text": text} for text in texts]
        headers = {"X-Line-Retry-Key": key} if key else {}
        return self.line(
            "POST", "/v2/bot/message/push", {"to": to, "messages": messages} | more, **headers
        )

    def reply(self, token, *texts):
        messages = [{"type": "text", "text": text} for text in texts]
        body = {"replyToken": token, "messages": messages}
        return self.line("POST", "/v2/bot/message/reply", body)

    def says(self, user, text, chat=None):
        """Let someone write, and return the event the bot heard (None if it heard none)."""
        before = len(self.ear.events)
        self.control("say", chat=chat or user, user=user, text=text)
        return self.ear.events[-1] if len(self.ear.events) > before else None

    def control(self, deed, **wish):
        """Use the control interface; a refusal fails the test."""
        status, body, _ = self.ask("POST", f"/sim/{deed}", wish)
        assert status == 200, body
        return body

    def texts(self, chat):
        """Read what the bot has put on the phones of a chat."""
        shown = self.ask("GET", f"/sim/messages?chat={chat}")[1]["messages"]
        return [bubble["message"].get("text") for bubble in shown if bubble["from"] == "bot"]

    def waits(self, **span):
        self.sim.clock.go(self.sim.clock.now() + timedelta(**span))

    def close(self):
        self.server.close()
        self.ear.close()
