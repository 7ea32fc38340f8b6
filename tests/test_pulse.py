"""The pulse: a monitor elsewhere is called while all is well, and hears nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app import real_clock
from bot import pulse
from bot.pulse import Pulse
from bot.running import RunningWorker
from tests.processes import free_port, wait_until


class Monitor(HTTPServer):
    """A monitor on this machine; it notes what it is told."""

    answer = 200
    location = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Ear)
        self.heard: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}/ping/3f2a"


class Ear(BaseHTTPRequestHandler):
    """Takes a call."""

    server: Monitor

    def do_GET(self) -> None:
        told = sorted(f"{name}: {value}" for name, value in self.headers.items())
        self.server.heard += [f"GET {self.path}", *told]
        self.send_response(self.server.answer)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening() -> Iterator[Monitor]:
    server = Monitor()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    with listening() as server:
        yield server


def well() -> list[str]:
    return []


def test_while_all_is_well_it_is_called_and_told_nothing(monitor):
    assert Pulse(monitor.url, well).beat()
    assert monitor.heard == [
        "GET /ping/3f2a",
        "Accept-Encoding: identity",
        f"Host: 127.0.0.1:{monitor.server_port}",
        "User-Agent: tasuki",
    ]


def test_what_is_wrong_withholds_it(monitor, capfd):
    assert not Pulse(monitor.url, lambda: ["planner: no heartbeat"]).beat()

    def no_database() -> list[str]:
        raise OSError("gone")

    assert not Pulse(monitor.url, no_database).beat()
    assert monitor.heard == []


def test_it_follows_no_redirect(monitor):
    with listening() as elsewhere:
        monitor.answer, monitor.location = 302, elsewhere.url
        assert not Pulse(monitor.url, well).beat()
        assert elsewhere.heard == []


@pytest.mark.parametrize("status", [404, 500])
def test_a_monitor_that_refuses_is_logged_without_its_address(monitor, status, capfd):
    monitor.answer = status
    assert not Pulse(monitor.url, well).beat()
    assert not Pulse(f"http://127.0.0.1:{free_port()}/ping/3f2a", well).beat()
    said = "".join(capfd.readouterr())
    assert "pulse.refused" in said
    assert "pulse.no_answer" in said
    assert "3f2a" not in said


def test_it_beats_every_minute_until_told_to_stop(monitor, monkeypatch):
    monkeypatch.setattr(pulse, "EVERY", 0.01)
    stop, looks = threading.Event(), []

    def faults() -> list[str]:
        looks.append(1)
        if len(looks) == 3:
            stop.set()
        return []

    Pulse(monitor.url, faults).run(stop)
    assert monitor.heard.count("GET /ping/3f2a") == 3


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing of it is SQL
def test_a_worker_that_is_given_an_address_calls_it_once_all_its_loops_live(
    world, monitor, monkeypatch
):
    monkeypatch.setattr(pulse, "EVERY", 0.2)
    told = replace(world.parts.settings, heartbeat_url=monitor.url)
    parts = replace(world.parts, settings=told, clock=real_clock, real_clock=real_clock)
    worker = RunningWorker(parts, world.ticker, world.line)
    try:
        wait_until(lambda: bool(monitor.heard))
    finally:
        worker.stop()
    assert monitor.heard[0] == "GET /ping/3f2a"
