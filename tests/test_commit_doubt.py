"""The disk is full, the file read-only, the connection gone after COMMIT: once, all the same."""

from __future__ import annotations

import socket
import threading
from contextlib import closing, suppress
from random import Random

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from models.database import BusyError, Database
from models.inbox import EventState
from tests import postgres
from tests.letters import Letters
from tests.posting import Outbox
from tests.world import World

SPOILERS = {"full": "PRAGMA max_page_count = 1", "read-only": "PRAGMA query_only = ON"}
HEALED = {"full": "PRAGMA max_page_count = 100000000", "read-only": "PRAGMA query_only = OFF"}
TEXTS = 12
NOVEL = "あ" * 4000  # it needs new pages


@pytest.mark.parametrize("fault", SPOILERS)
def test_a_full_or_read_only_file_is_a_503_and_heals(world, aiko, fault):
    if not world.database.is_sqlite:
        return the_server_is_read_only(world, aiko)
    letters, now = Letters(world), [SPOILERS[fault]]
    listens = event.listens_for(world.database.engine, "checkout")
    listens(lambda connection, *_: connection.execute(now[0]).close())
    told = letters.text(aiko.id, NOVEL)
    assert letters.post(told) == 503
    assert letters.rows() == []
    now[0] = HEALED[fault]
    assert letters.post(told) == 200
    world.settle()
    assert letters.states() == [EventState.DONE]
    assert len(aiko.hears()) == 1
    return None


def the_server_is_read_only(world, aiko):
    """On PostgreSQL it is a standby, or a disk kept from filling up."""
    letters, told = Letters(world), Letters(world).text(aiko.id, NOVEL)
    url = world.database.url
    with psycopg.connect(postgres.libpq_url(url), autocommit=True) as admin:
        for state, status in (("on", 503), ("off", 200)):
            change = f'ALTER DATABASE "{url.database}" SET default_transaction_read_only = {state}'
            admin.execute(change)
            world.database.close()  # a connection keeps what it began with
            assert letters.post(told) == status
            assert letters.door.get("/livez").status_code == status
    world.settle()
    assert len(aiko.hears()) == 1


class Wire:
    """A connection to the server that may break when a COMMIT passes: before it, or after."""

    def __init__(self, database_url: str, seed: int) -> None:
        self._url, self._chance, self.broken = make_url(database_url), Random(seed), 0
        self.calm = False
        self._door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        """The address of the database through this wire."""
        host, port = self._door.getsockname()
        through = self._url.set(host=host, port=port, query={"sslmode": "disable"})
        return through.render_as_string(hide_password=False)

    def close(self) -> None:
        """Take no more calls."""
        self._door.close()

    def _server(self) -> socket.socket:
        folder = str(self._url.query.get("host", ""))
        if not folder.startswith("/"):
            return socket.create_connection((self._url.host, self._url.port or 5432))
        made = socket.socket(socket.AF_UNIX)
        made.connect(f"{folder}/.s.PGSQL.{self._url.port or 5432}")
        return made

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._door.accept()
                server = self._server()
                for lane in ((caller, server, True), (server, caller, False)):
                    threading.Thread(target=self._carry, args=lane, daemon=True).start()

    def _carry(self, giver: socket.socket, taker: socket.socket, asks: bool) -> None:
        with closing(giver), closing(taker), suppress(OSError):
            while said := giver.recv(65536):
                breaks = asks and b"COMMIT\0" in said and self._breaks()
                if breaks and self._chance.random() < 0.3:
                    return self._hang_up(giver, taker)  # the server never heard it
                taker.sendall(said)
                if breaks:
                    taker.settimeout(5)
                    taker.recv(65536)  # it is done, and nobody hears that it is
                    return self._hang_up(giver, taker)
        return None

    def _breaks(self) -> bool:
        broken = not self.calm and self._chance.random() < 0.3
        self.broken += broken
        return broken

    @staticmethod
    def _hang_up(*ends: socket.socket) -> None:
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_committed_unheard_is_done_once(database_url, web_server, seed):
    wire = Wire(database_url, seed)
    database = Database(wire.url)
    wire.calm = True
    world = World(database, web_server)
    letters, aiko = Letters(world), world.person("相川 愛子")
    texts = [letters.text(aiko.id, "今週") for _ in range(TEXTS)]
    wire.calm = False
    for told in texts:
        while letters.post(told) != 200:  # LINE delivers again
            assert wire.broken < 1000
        settle(world)
    wire.calm = True
    settle(world)
    assert wire.broken > TEXTS // 2  # else it showed nothing
    assert letters.states() == [EventState.DONE] * TEXTS
    assert len(aiko.hears()) == TEXTS
    assert Outbox(world).entries("push") == []
    world.close()
    database.close()
    wire.close()


def settle(world):
    """Work as a worker's loops do: on, after any failure, and again when leases have run out."""
    for _ in range(200):
        world.restarts_after_lease()
        with suppress(BusyError, SQLAlchemyError):
            world.settle()
            return
    raise AssertionError("nothing comes to rest")
