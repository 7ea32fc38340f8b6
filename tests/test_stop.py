"""Stopping and replacing processes while people write: nothing lost, nothing said twice."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.webhook import signature
from tests import patience
from tests import plant as plants
from tests.plant import Plant, says
from tests.processes import SECRET

pytestmark = pytest.mark.timeout(300)
ONE_AT_A_TIME = threading.Lock()
HELD = "SELECT seq FROM outbox WHERE state = 'pending' AND (lease_until IS NOT NULL OR in_doubt)"


@pytest.fixture
def plant(tmp_path):
    with plants.built(tmp_path) as built:
        yield built


def test_a_worker_told_to_stop_leaves_nothing_half_done(plant, record_property):
    with plant.web(), plant.worker() as worker:
        plant.wait(plant.is_open)
        plant.sim.faults.add(path="reply", delay=3.0, times=None)
        for _ in range(10):
            assert plant.post(plant.say()) == 200
        plant.wait(lambda: len(plant.rows(HELD)) >= 2)
        told = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        while worker.poll() is None and time.monotonic() - told < 40:
            assert plant.post(plant.say()) == 200  # events come in all the while
            time.sleep(0.2)
        took = time.monotonic() - told
        record_property("summary", f"A worker stopped {took:.1f} s after SIGTERM, LINE being slow.")
        assert (worker.returncode, took < 20) == (0, True)
        assert plant.rows(HELD) == []
        first = plant.heard()
        assert 0 < len(first) < len(plant.said)  # it stopped in the middle of its work
        plant.sim.faults.clear()
        with plant.worker():
            plant.wait(lambda: len(plant.heard()) == len(plant.said))
    assert plant.heard() == Counter(plant.said)
    assert set(plant.rows("SELECT state FROM outbox")) == {"accepted"}


def test_gunicorn_told_to_stop_answers_what_it_has_begun(plant):
    with plant.web() as web:
        plant.wait(plant.is_open)
        bodies = [plant.say() for _ in range(4)]
        begun = [begin(plant, body) for body in bodies]
        web.send_signal(signal.SIGTERM)
        assert says(web, "Handling signal: term")
        answers = [finish(connection, body) for connection, body in zip(begun, bodies, strict=True)]
        assert web.wait(patience.SECONDS) == 0  # gunicorn itself gives up after 20 s
    assert answers == [b"HTTP/1.1 200"] * 4
    assert sorted(plant.rows("SELECT key FROM inbox")) == [f"event-{n}" for n in plant.said]


def begin(plant, body):
    """Send a webhook's head and half of its body; return once gunicorn has begun to read it."""
    connection = socket.create_connection(("127.0.0.1", plant.port), timeout=patience.SECONDS)
    head = [
        "POST /callback HTTP/1.1",
        "Host: tasuki",
        f"X-Line-Signature: {signature(SECRET, body)}",
        f"Content-Length: {len(body)}",
        "Expect: 100-continue",
    ]
    connection.sendall("\r\n".join([*head, "", ""]).encode() + body[:20])
    assert connection.recv(25).startswith(b"HTTP/1.1 100")
    return connection


def finish(connection, body):
    """Send the rest and return the beginning of the answer."""
    with connection:
        connection.sendall(body[20:])
        return connection.recv(12)


def talk(plant: Plant, statuses: Counter[int]) -> None:
    """Say thirty things; LINE brings again what was not taken."""
    for _ in range(30):
        with ONE_AT_A_TIME:
            body = plant.say()
        while (status := plant.post(body)) != 200:
            statuses[status] += 1
            time.sleep(0.05)
        statuses[200] += 1


def test_web_processes_replaced_and_killed_under_load_lose_nothing(plant, record_property):
    """Each process lives for about 15 requests, and some are ended as gunicorn ends a stuck one."""
    statuses: Counter[int] = Counter()
    with plant.web("--max-requests", "15", "--max-requests-jitter", "3") as web:
        plant.wait(plant.is_open)
        lanes = [threading.Thread(target=talk, args=(plant, statuses)) for _ in range(4)]
        for lane in lanes:
            lane.start()
        killed = [kill_one(web.pid, name) for name in (signal.SIGABRT, signal.SIGKILL)]
        for lane in lanes:
            lane.join(patience.SECONDS)
        web.send_signal(signal.SIGTERM)
        said = web.communicate(timeout=patience.SECONDS)[0]
    lives = said.count("Booting worker")
    record_property("summary", f"{lives} web processes, {killed} killed, answers {dict(statuses)}.")
    assert lives >= 6
    assert "callback" not in said  # whose address asked for what stands in no log
    assert statuses[200] == len(plant.said) == 120
    assert statuses.keys() <= {200, 0}  # a connection cut by a kill, never a refusal
    assert sorted(plant.rows("SELECT key FROM inbox")) == sorted(f"event-{n}" for n in plant.said)


def kill_one(master: int, name: signal.Signals) -> str:
    """End one of gunicorn's workers."""
    time.sleep(0.5)
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    os.kill(int(children[0]), name)
    return name.name
