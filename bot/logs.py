"""One log for all: our events, gunicorn's, Alembic's and every library's, a JSON line each.

On a terminal the same is shown for people. Of a failure stand there kind and place, never its
words: they may quote what somebody wrote.
"""

from __future__ import annotations

import logging
import logging.config
import sys
import threading
from typing import Any

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from bot.faults import note_fallen_thread, seen_in

QUIET = {"urllib3": "ERROR"}  # its warnings quote addresses with ids


def set_up(level: str = "info") -> None:
    """Log from here on, from this level up; libraries only when worried."""
    logging.config.dictConfig(for_libraries(level))
    threading.excepthook = note_fallen_thread
    structlog.configure(
        processors=[*_every(), _last()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )


def for_libraries(level: str) -> dict[str, Any]:
    """Return the settings with which the standard library logs as we do (gunicorn takes them)."""
    worried = "INFO" if level == "debug" else "WARNING" if level == "info" else level.upper()
    own = {"level": level.upper(), "handlers": ["all"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": formatter}},
        "handlers": {"all": {"class": "logging.StreamHandler", "formatter": "ours"}},
        "root": {"level": worried, "handlers": ["all"]},
        "loggers": {
            "gunicorn.error": own,
            "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
            **{name: {"level": least} for name, least in QUIET.items()},
        },
    }


def formatter() -> logging.Formatter:
    """Return what writes a library's record as one of our lines."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *_every(), _spare],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _last()],
    )


def _every() -> list[Processor]:
    return [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _last() -> Processor:
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _spare(_log: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put a failure's kind and place in the place of its traceback."""
    failure = event.pop("exc_info", None)
    error = failure[1] if isinstance(failure, tuple) else None
    return {**event, **seen_in(error)} if isinstance(error, BaseException) else event
