"""/files/<token>: gives out a stored file to whoever knows its address, and lists nothing.

A file that is given out once is not lost to a chat's link preview: the first page only asks.
"""

from __future__ import annotations

import re

import structlog
from flask import Blueprint, Response, request
from sqlalchemy.exc import SQLAlchemyError

from bot.inbox import Clock
from models import stored_file
from models.database import INTAKE_WAIT, BusyError, Database
from models.stored_file import Content

TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
SHOWN = {"image/jpeg", "image/png"}  # anything else is saved, never opened by a browser
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
ASK = """<!doctype html><html lang="ja"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>たすき / Tasuki</title>
<p>このファイルは1回だけ受け取れます。<br>This file can be downloaded once.</p>
<form method="post"><button>受け取る / Download</button></form></html>
"""
log = structlog.get_logger()


def blueprint(database: Database, clock: Clock) -> Blueprint:
    """Return the route of the files."""
    door = Blueprint("files", __name__)

    @door.route("/files/<token>", methods=["GET", "POST"])
    def file(token: str) -> Response:
        try:
            answer = _answer(database, clock, token) if TOKEN.fullmatch(token) else _gone()
        except (BusyError, SQLAlchemyError, ValueError, OSError) as error:
            log.error("files.not_given", fault=type(error).__name__)
            answer = Response("Please try again in a moment.\n", 503, mimetype="text/plain")
        answer.headers.update(HEADERS)
        return answer

    return door


def _answer(database: Database, clock: Clock, token: str) -> Response:
    with database.read() as db:
        found = stored_file.look(db, token, clock())
    if found is None or not found.once:
        return _given(found)
    if request.method != "POST":  # a chat's preview gets and never posts
        return Response(ASK, mimetype="text/html")
    with database.write(INTAKE_WAIT) as db:
        return _given(stored_file.take(db, token, clock()))


def _given(found: Content | None) -> Response:
    if found is None:
        return _gone()
    given = Response(found.body, mimetype=found.media_type)
    if found.media_type not in SHOWN:
        name = re.sub(r"[^A-Za-z0-9._-]", "_", found.name) or "file"
        given.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return given


def _gone() -> Response:
    return Response("There is no such file (any more).\n", 404, mimetype="text/plain")
