"""Webhooks: signed, sent in order within a chat, remembered so that they can come again."""

import base64
import hashlib
import hmac
import json
import zlib
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import urllib3

PATIENCE = 2.0  # seconds; LINE calls it request_timeout after that
LANES = 4


def signature(secret: str, body: bytes) -> str:
    """Sign a body the way LINE does: base64 of HMAC-SHA256 under the channel secret."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def encode(value: object) -> bytes:
    """Write JSON as LINE sends it: compact, UTF-8; escaped only where UTF-8 cannot hold it."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Delivery:
    """What the bot's server answered; no status means that nothing came back."""

    status: int | None
    error: str | None = None

    @property
    def ok(self) -> bool:
        """Say whether LINE would count the webhook as received."""
        return self.status is not None and 200 <= self.status < 300


NO_BOT = Delivery(None, "No bot is connected yet: start one and give its webhook URL.")


class Webhooks:
    """Sends bodies to the bot's server; it is given `patience` seconds for each answer."""

    def __init__(self, secret: str, url: str | None) -> None:
        self.url, self.patience = url, PATIENCE
        self.active = True
        self._secret = secret
        self._http = urllib3.PoolManager(retries=False, maxsize=LANES)
        # One thread a lane and a chat always in the same lane: order without any locking.
        self._lanes = [ThreadPoolExecutor(1, "webhook") for _ in range(LANES)]

    def post(self, chat: str, body: bytes, sign: str | None = None) -> Future[Delivery]:
        """Queue a body behind what this chat has already sent."""
        lane = self._lanes[zlib.crc32(chat.encode("utf-8", "replace")) % LANES]
        return lane.submit(self.post_now, body, sign)

    def post_now(self, body: bytes, sign: str | None = None, url: str | None = None) -> Delivery:
        """Send a body at once and wait for the answer, as long as patience lasts."""
        target = url or self.url
        if not target or not self.active:
            return NO_BOT
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "LineBotWebhook/2.0",
            "x-line-signature": signature(self._secret, body) if sign is None else sign,
        }
        return self._request(target, body, headers)

    def try_out(self, value: object, url: str | None = None) -> Delivery:
        """Send something to the bot's server, or to another address, outside any chat."""
        return self.post_now(encode(value), url=url)

    def _request(self, target: str, body: bytes, headers: dict[str, str]) -> Delivery:
        timeout = urllib3.Timeout(total=self.patience)
        try:
            answer = self._http.request(
                "POST", target, body=body, headers=headers, timeout=timeout, redirect=False
            )
        except urllib3.exceptions.TimeoutError:
            return Delivery(None, "request_timeout")
        except urllib3.exceptions.HTTPError:
            return Delivery(None, "could_not_connect")
        error = None if 200 <= answer.status < 300 else "error_status_code"
        return Delivery(answer.status, error)

    def close(self) -> None:
        """Stop the lanes; what is still queued is dropped."""
        for lane in self._lanes:
            lane.shutdown(wait=False, cancel_futures=True)


def body_of(destination: str, events: Sequence[Any]) -> bytes:
    """Write a webhook body."""
    return encode({"destination": destination, "events": list(events)})
