"""Putting rows into a world's outbox and reading what LINE saw of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from bot.delivery import Delivery
from bot.messages import Text, payload
from bot.simulator.ledger import Entry
from bot.speech import retry_key
from models import outbox
from models.outbox import OutboxRow, Priority
from tests.world import World


@dataclass(frozen=True)
class Post:
    """A row that was written, by its retry key."""

    world: World
    key: Any

    @property
    def row(self) -> OutboxRow:
        """The row as it stands now."""
        with self.world.database.read() as db:
            return db.scalars(select(OutboxRow).where(OutboxRow.id == self.key)).one()

    @property
    def fate(self) -> tuple[str, int | None]:
        """What became of it, and LINE's last answer."""
        return self.row.state, self.row.status


class Outbox:
    """A world's outbox, filled by hand."""

    def __init__(self, world: World) -> None:
        self.world = world

    def post(self, to: str, text: str, priority: Priority = Priority.NOTICE, **more: Any) -> Post:
        """Write a row; `token` makes it a reply, `life` is how long it is of use."""
        token = more.pop("token", None)
        if token:
            self.world.sim.reply_tokens.issue(token, to, self.world.clock.now())
        row = self._row(to, text, priority, more.pop("life", timedelta(hours=12)))
        with self.world.database.write() as db:
            assert outbox.write(db, [row | {"reply_token": token} | more]) == 1
        return Post(self.world, row["id"])

    def post_all(self, letters: Iterable[tuple[str, str, Priority]]) -> list[Post]:
        """Write many rows in one transaction: to whom, what, and how urgent."""
        rows = [self._row(*letter, timedelta(hours=12)) for letter in letters]
        with self.world.database.write() as db:
            assert outbox.write(db, rows) == len(rows)
        return [Post(self.world, row["id"]) for row in rows]

    def _row(self, to: str, text: str, priority: Priority, life: timedelta) -> dict[str, Any]:
        now, key = self.world.clock.now(), retry_key(text, to)
        return {
            "id": key,
            "occurrence": text,
            "recipient": to,
            "priority": int(priority),
            "messages": payload([Text(text)]),
            "created_at": now,
            "not_before": now,
            "expires_at": now + life,
        }

    def states(self) -> Counter[str]:
        """Count the rows by state."""
        with self.world.database.read() as db:
            return Counter(db.scalars(select(OutboxRow.state)))

    def entries(self, kind: str = "") -> list[Entry]:
        """Return every request to send that LINE saw."""
        paths = ("/push", "/reply", "/multicast")
        return [
            e for e in self.world.sim.ledger.entries if e.path.endswith(paths) and kind in e.path
        ]

    def accepted(self) -> list[str]:
        """Return the texts LINE accepted, in order."""
        return [m["text"] for e in self.entries() if e.accepted for m in e.messages]

    def kept_identical(self) -> bool:
        """Say whether every attempt with a key carried the same body."""
        paid = [e for e in self.entries() if e.retry_key]
        bodies = {(e.retry_key, str(e.to), str(e.messages)) for e in paid}
        return max(Counter(key for key, *_ in bodies).values(), default=1) == 1


def drain(sender: Delivery, most: int = 200) -> int:
    """Let a delivery send all it can now; return how many steps that took."""
    for taken in range(most):
        if not sender.step():
            return taken
    raise AssertionError("delivery does not come to rest")


def after(world: World, **span: float) -> datetime:
    """Move the world's clock without letting anything happen on the way."""
    world.clock.at += timedelta(**span)
    return world.clock.at
