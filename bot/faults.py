"""What a log may tell of a failure: its kind and its place, never its words.

The words of a database's error quote the row: a LINE id, a value someone trusted us with.
"""

from __future__ import annotations

import threading
import traceback
from pathlib import Path

import structlog

log = structlog.get_logger()


def seen_in(error: BaseException) -> dict[str, str]:
    """Return the fault's kind and the line of code it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-3:]]
    return {"fault": type(error).__name__, "at": " > ".join(places)}


def note_fallen_thread(fallen: threading.ExceptHookArgs) -> None:
    """Log that a thread fell over, in place of a traceback with its words."""
    if fallen.exc_value is not None:
        name = fallen.thread.name if fallen.thread else ""
        log.error("thread.failed", thread=name, **seen_in(fallen.exc_value))
