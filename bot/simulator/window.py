"""What can be watched under /sim: chats, messages, the ledger, pictures, and a live stream."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator.chats import Content
from bot.simulator.clock import iso
from bot.simulator.feed import Feed, News
from bot.simulator.people import User
from bot.simulator.platform import Simulator

KEEP_ALIVE = 15.0  # seconds of silence after which a comment keeps the line open


def window(sim: Simulator) -> Blueprint:
    """Build the looking side of the control interface."""
    view = Blueprint("window", __name__, url_prefix="/sim")

    @view.get("/chats")
    def chats() -> Response:
        return jsonify(overview(sim))

    @view.get("/messages")
    def messages() -> Response:
        with sim.lock:
            shown = sim.chats.shown(request.args.get("chat"), _after())
        return jsonify({"messages": shown})

    @view.get("/ledger")
    def ledger() -> Response:
        return jsonify({"ledger": sim.ledger.as_json(_after())})

    @view.get("/bill")
    def bill() -> Response:
        with sim.lock:
            return jsonify(sim.bill.as_json(sim.people, sim.quota.limit))

    _live(view, sim)
    return view


def _live(view: Blueprint, sim: Simulator) -> None:
    @view.get("/content/<message_id>")
    def content(message_id: str) -> Response:
        return _file(sim.chats.contents.get(message_id))

    @view.get("/richmenu/<menu_id>")
    def rich_menu(menu_id: str) -> Response:
        menu = sim.rich_menus.menus.get(menu_id)
        return _file(menu.image if menu else None)

    @view.get("/stream")
    def stream() -> Response:
        response = Response(_stream(sim.feed, _after()), mimetype="text/event-stream")
        response.headers["Cache-Control"] = "no-store"
        return response


def _file(kept: Content | None) -> Response:
    if kept is None:
        return Response(status=404)
    response = Response(kept.data, mimetype=kept.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def overview(sim: Simulator) -> dict[str, Any]:
    """Write everybody and every group, as the page reads them."""
    with sim.lock:
        return {
            "bot": sim.bot.as_json(),
            "users": [user.as_json() | _menu(sim, user) for user in sim.people.users.values()],
            "groups": [asdict(group) for group in sim.people.groups.values()],
            "richMenus": [menu.as_json() for menu in sim.rich_menus.menus.values()],
            "now": iso(sim.clock.now()),
        }


def _menu(sim: Simulator, user: User) -> dict[str, str]:
    menu = sim.rich_menus.shown_to(user)
    return {"richMenuId": menu.id} if menu else {}


def _after() -> int:
    given = request.headers.get("Last-Event-ID") or request.args.get("after") or "0"
    return int(given) if given.isascii() and given.isdecimal() else 0


def _stream(feed: Feed, after: int) -> Iterator[str]:
    yield ": tasuki\n\n"
    while not feed.closed:
        news = feed.after(after, KEEP_ALIVE)
        after = news[-1].number if news else after
        yield "".join(map(_line, news)) or ": still here\n\n"


def _line(news: News) -> str:
    data = json.dumps(news.data, ensure_ascii=True)
    return f"id: {news.number}\nevent: {news.kind}\ndata: {data}\n\n"
