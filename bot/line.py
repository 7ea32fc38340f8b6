"""The only file that talks to LINE: the SDK's transport, with bounds on every call."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import structlog

from bot import download
from bot.download import Download
from bot.lines_clock import LinesClock

TIMEOUT = (3.05, 10.0)  # seconds to connect and to read
QUICK_TIMEOUT = (1.0, 2.0)  # for look-ups that an answer waits for
LONGEST_WAIT = 3600.0  # whatever a header says: what waits may matter today
DEFAULT_BASE = "https://api.line.me"
DATA_BASE = "https://api-data.line.me"
AN_ID = re.compile(r"(?<=/)[UCR][0-9a-f]{32}(?=/|$)")  # whose it is stands in no log
log = structlog.get_logger()


@dataclass(frozen=True)
class Outcome:
    """LINE's answer; status None means that no answer came and the outcome is unknown."""

    status: int | None
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def request_id(self) -> str | None:
        """LINE's own number of the request (of the accepted one for a repeated retry key)."""
        return self.headers.get("x-line-accepted-request-id") or self.headers.get(
            "x-line-request-id"
        )

    @property
    def retry_after(self) -> float:
        """Seconds LINE or a proxy asked us to wait, an hour at most; 0 when nothing readable."""
        said = self.headers.get("retry-after", "0")
        try:
            seconds = float(said)
        except ValueError:
            seconds = _seconds_until(said, self.headers.get("date", ""))
        return max(0.0, min(seconds, LONGEST_WAIT))


def _seconds_until(moment: str, said_at: str) -> float:
    """Read a wait that is written as a date, by the clock of whoever wrote it."""
    try:
        return (parsedate_to_datetime(moment) - parsedate_to_datetime(said_at)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return 0.0


class Line:
    """One client a process, made after any fork."""

    def __init__(self, access_token: str, base: str = "") -> None:
        from linebot.v3.messaging import ApiClient, Configuration

        host = (base or DEFAULT_BASE).rstrip("/")
        configuration = Configuration(host=host, access_token=access_token)
        configuration.retries = False  # the outbox decides about every further attempt
        self._client = ApiClient(configuration)
        self._host, self._data_host = host, (base or DATA_BASE).rstrip("/")
        self._headers = {"Authorization": f"Bearer {access_token}"}
        self.clock = LinesClock()

    def reply(self, reply_token: str, messages: list[dict[str, Any]]) -> Outcome:
        """Answer an event; free, and possible once."""
        body = {"replyToken": reply_token, "messages": messages}
        return self._call("POST", "/v2/bot/message/reply", body)

    def push(self, to: str, messages: list[dict[str, Any]], retry_key: str) -> Outcome:
        """Send to a person or a group; the retry key makes a repetition harmless for 24 hours."""
        body = {"to": to, "messages": messages}
        headers = {"X-Line-Retry-Key": retry_key}
        return self._call("POST", "/v2/bot/message/push", body, headers)

    def multicast(self, to: list[str], messages: list[dict[str, Any]], retry_key: str) -> Outcome:
        """Send one text to up to 500 people; one bad id lets LINE refuse it for all."""
        body = {"to": to, "messages": messages}
        headers = {"X-Line-Retry-Key": retry_key}
        return self._call("POST", "/v2/bot/message/multicast", body, headers)

    def profile(self, user_id: str) -> dict[str, str] | None:
        """Return the LINE profile; None when LINE does not give it in time."""
        return self._look_up(f"/v2/bot/profile/{user_id}")

    def bot_info(self) -> dict[str, str] | None:
        """Return what LINE knows of the bot."""
        return self._look_up("/v2/bot/info")

    def content(self, message_id: str, most: int) -> Download:
        """Fetch what a message holds, from LINE's own host and never more than `most` bytes."""
        from urllib3 import Timeout
        from urllib3.exceptions import HTTPError

        url = f"{self._data_host}/v2/bot/message/{quote(message_id, safe='')}/content"
        how = {"headers": self._headers, "timeout": Timeout(*TIMEOUT), "retries": False}
        pool = self._client.rest_client.pool_manager
        try:
            with closing(pool.request("GET", url, preload_content=False, **how)) as answer:
                return download.read(answer, most)
        except (HTTPError, OSError) as error:
            log.warning("line.no_answer", call="content", fault=type(error).__name__)
            return Download(None)

    def get(self, path: str) -> Outcome:
        """Ask LINE for something that nobody waits for (the rich menus)."""
        return self._call("GET", path, None)

    def post(self, path: str, body: dict[str, Any] | None = None) -> Outcome:
        """Tell LINE something other than a message (the rich menus)."""
        return self._call("POST", path, body)

    def delete(self, path: str) -> Outcome:
        """Let LINE forget something (a rich menu)."""
        return self._call("DELETE", path, None)

    def link_menu(self, line_id: str, menu: str) -> Outcome:
        """Show a person a rich menu; an empty one means the default again."""
        path = f"/v2/bot/user/{line_id}/richmenu"
        return self.post(f"{path}/{menu}") if menu else self.delete(path)

    def put_image(self, menu: str, image: bytes) -> Outcome:
        """Give a rich menu its picture, a PNG."""
        return self._call("POST", self._image_at(menu), image, {"Content-Type": "image/png"})

    def get_image(self, menu: str) -> Outcome:
        """Ask for a rich menu's picture, to know whether it has one."""
        return self._call("GET", self._image_at(menu), None)

    def _image_at(self, menu: str) -> str:
        return f"{self._data_host}/v2/bot/richmenu/{menu}/content"

    def look_up(self, path: str) -> Outcome:
        """Ask LINE something (the doctor's questions)."""
        return self._call("GET", path, None, timeout=QUICK_TIMEOUT)

    def _look_up(self, path: str) -> dict[str, str] | None:
        outcome = self.look_up(path)
        if outcome.status != 200:
            return None
        try:
            found = json.loads(outcome.body)
        except ValueError:
            return None
        return {k: v for k, v in found.items() if isinstance(v, str)}

    def _call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | bytes | None,
        headers: Mapping[str, str] | None = None,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> Outcome:
        """Make one request. The frozen JSON goes as it is: the SDK's models drop unknown keys."""
        from linebot.v3.messaging import ApiException
        from urllib3.exceptions import HTTPError

        url = path if "://" in path else self._host + path
        sent = {"Content-Type": "application/json", **self._headers, **(headers or {})}
        try:
            answer = self._client.rest_client.request(
                method, url, headers=sent, body=body, _request_timeout=timeout
            )
            return self._heard(answer.status, answer.data, answer.getheaders())
        except ApiException as error:
            return self._heard(error.status, error.body, error.headers)
        except (HTTPError, OSError) as error:
            call = "profile" if "/profile/" in path else AN_ID.sub("…", path)
            log.warning("line.no_answer", call=call, fault=type(error).__name__)
            return Outcome(None)

    def _heard(self, status: int | None, body: bytes | str | None, headers: Any) -> Outcome:
        outcome = _outcome(status, body, headers)
        self.clock.saw(outcome.headers.get("date", ""))
        return outcome


def _outcome(status: int | None, body: bytes | str | None, headers: Any) -> Outcome:
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body or ""
    return Outcome(status or None, text, {k.lower(): v for k, v in dict(headers or {}).items()})
