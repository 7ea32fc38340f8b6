"""How gunicorn serves `app:web`: threads behind a buffering proxy, and no start on bad settings."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from typing import Any

from bot import environment, logs, settings, startup

_read = environment.Reader(os.environ)  # its faults are told by on_starting, with all the others
bind = f"{_read.text('HOST', '127.0.0.1')}:{_read.port('PORT', 8000)}"
if "WEB_CONCURRENCY" not in os.environ:  # else gunicorn takes it from there
    workers = 2
worker_class = "gthread"
threads = 8
backlog = 512

timeout = 15  # a request takes milliseconds; a worker silent for this long is stuck
graceful_timeout = 20
keepalive = 5
max_requests = 20_000  # a slow leak never grows old
max_requests_jitter = 2_000
limit_request_line = 2_000
limit_request_fields = 50

loglevel = _read.one_of("TASUKI_LOG_LEVEL", settings.LOG_LEVELS, "info")
logconfig_dict = logs.for_libraries(loglevel)
accesslog = None  # addresses of requests are nobody's business; /metrics counts them
control_socket_disable = True  # nothing here is managed at run time


def on_starting(_server: Any) -> None:
    """Refuse to start with every fault at once: a half-configured door would lose events."""
    faults = startup.faults(os.environ)
    for fault in faults:
        print(f"tasuki: {fault}", file=sys.stderr)
    if faults:
        sys.exit(2)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="tasuki-metrics-")


def child_exit(_server: Any, worker: Any) -> None:
    """What a process counted stays counted when it is replaced."""
    from prometheus_client import multiprocess  # only now: it looks at the folder when imported

    multiprocess.mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    """The numbers end with the server."""
    shutil.rmtree(os.environ.get("PROMETHEUS_MULTIPROC_DIR", ""), ignore_errors=True)
