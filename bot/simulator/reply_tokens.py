"""Reply tokens: good once, for a minute after delivery, never past 20 minutes from the event."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LIFE = timedelta(minutes=1)
LONGEST = timedelta(minutes=20)


@dataclass
class ReplyToken:
    """A token, the chat it answers, and its dates."""

    chat: str
    event_at: datetime
    delivered_at: datetime
    used: bool = False

    def good(self, now: datetime) -> bool:
        """Say whether the token would still be taken."""
        fresh = now - self.delivered_at <= LIFE and now - self.event_at <= LONGEST
        return fresh and not self.used


class ReplyTokens:
    """Every reply token the platform has given out."""

    def __init__(self) -> None:
        self._tokens: dict[str, ReplyToken] = {}

    def issue(self, token: str, chat: str, now: datetime) -> None:
        """Give out a token for a chat."""
        self._tokens.setdefault(token, ReplyToken(chat, now, now))

    def renew(self, token: str, now: datetime) -> None:
        """Start the minute again: the event was delivered once more."""
        if token in self._tokens:
            self._tokens[token].delivered_at = now

    def known(self) -> list[str]:
        """List every token given out, spent or not."""
        return list(self._tokens)

    def find(self, token: object, now: datetime) -> ReplyToken | None:
        """Return the token if it would still be taken."""
        known = self._tokens.get(token) if isinstance(token, str) else None
        return known if known is not None and known.good(now) else None
