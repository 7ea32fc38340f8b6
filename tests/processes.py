"""Real processes of the product: gunicorn and the commands, started and stopped by tests."""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import patience

ROOT = Path(__file__).parents[1]
GUNICORN = [str(Path(sys.executable).with_name("gunicorn")), "app:web"]
COMMAND = [sys.executable, "app.py"]
SECRET = "a-channel-secret-of-our-own"
TOKEN = "a-token-of-our-own"
OURS = ("LINE_", "TASUKI_", "DATABASE_", "HOST", "PORT", "WEB_CONCURRENCY")


def environment(**values: str) -> dict[str, str]:
    """Return the environment of a real installation; an empty value leaves a name out."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    real = {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "TASUKI_DATA_KEY": base64.b64encode(b"thirty-two bytes of a data key !").decode(),
    }
    return {k: v for k, v in (plain | real | values).items() if v}


def run(*command: str, env: dict[str, str], home: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; what it says is shown with the test, and watched."""
    done = subprocess.run(
        command,
        cwd=home,
        env=env,
        capture_output=True,
        text=True,
        timeout=patience.SECONDS,
        check=False,
    )
    print(done.stdout, done.stderr, file=sys.stderr)
    return done


def migrated(url: str, home: Path = ROOT) -> str:
    """Migrate by the command, with the data key of the processes, as an installation is."""
    done = run(*COMMAND, "migrate", env=environment(DATABASE_URL=url), home=home)
    assert done.returncode == 0, done.stderr
    return url


@contextmanager
def running(
    *command: str, env: dict[str, str], home: Path = ROOT
) -> Iterator[subprocess.Popen[str]]:
    """Let a command run meanwhile; at the end it is told to stop, and killed if it does not."""
    process = subprocess.Popen(
        command, cwd=home, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            print(process.communicate(timeout=patience.SECONDS)[0], file=sys.stderr)
        except subprocess.TimeoutExpired:
            process.kill()


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def call(url: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
    """Return status and body of an HTTP request; status 0 when nobody answers."""
    request = urllib.request.Request(
        url, body, {k.replace("_", "-"): v for k, v in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=patience.SECONDS) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def wait_until(true: Callable[[], bool], seconds: float = patience.SECONDS) -> None:
    """Wait for something to come true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def seconds_of(ask: Callable[[], int], answer: int = 200) -> float:
    """Return how long something takes to be answered as it should be."""
    started = time.monotonic()
    assert ask() == answer
    return time.monotonic() - started
