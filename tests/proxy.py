"""nginx in front of gunicorn, as the deployment guide has it, with this machine's ports."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import patience
from tests.processes import ROOT, call, free_port, wait_until

GUIDE = ROOT / "docs" / "deploy" / "nginx.conf"
BINARY = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def settings(guide: str, folder: Path, port: int, upstream: int) -> str:
    """Return the guide's file with its addresses replaced, and nothing else."""
    places = "".join(f"    {name}_temp_path {folder}/{name};\n" for name in TEMPORARY)
    replaced = {
        r"listen 443 ssl;": f"listen 127.0.0.1:{port};",
        r"server 127\.0\.0\.1:8000;": f"server 127.0.0.1:{upstream};",
        r" *ssl_\w+ [^;]+;\n": "",  # no certificate on loopback
        r"pid [^;]+;": f"pid {folder}/pid;",
        r"error_log /var[^;]+;": f"error_log {folder}/log warn;",
        r"http \{\n": "http {\n" + places,
    }
    for pattern, value in replaced.items():
        guide, found = re.subn(pattern, value, guide)
        assert found, f"{pattern} is no longer in the guide"
    return guide


@contextmanager
def before(upstream: int, folder: Path) -> Iterator[str]:
    """Let nginx stand before a port; yields its own address."""
    assert BINARY, "nginx is missing"
    port, written = free_port(), folder / "nginx.conf"
    written.write_text(settings(GUIDE.read_text("utf-8"), folder, port, upstream))
    on_line = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")  # it is root's folder
    command = [BINARY, "-e", str(folder / "log"), "-c", str(written), "-g", on_line]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: call(f"http://127.0.0.1:{port}/livez")[0] == 200)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


class Dawdlers:
    """Callers who open a connection and hardly say a word: at most two hundred in all."""

    def __init__(self, port: int, begun: bytes, many: int) -> None:
        assert many <= 100
        self._held = [self._call(port, begun) for _ in range(many)]

    @staticmethod
    def _call(port: int, begun: bytes) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", port), timeout=patience.SECONDS)
        made.sendall(begun)
        return made

    def say_a_byte(self) -> int:
        """Let each say one more byte; return how many are still there to say it."""
        heard = 0
        for one in self._held:
            try:
                heard += one.send(b"a")
            except OSError:
                continue
        return heard

    def close(self) -> None:
        """Hang up."""
        for one in self._held:
            one.close()
