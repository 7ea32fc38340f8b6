"""The control interface under /sim: play the people, move the clock, order faults, look."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator.clock import iso
from bot.simulator.people import RefusedError
from bot.simulator.phones import Outcome
from bot.simulator.platform import Simulator
from bot.simulator.rooms import Rooms
from bot.simulator.webhooks import Delivery, body_of, encode

Wish = dict[str, Any]
OPTIONAL = ("display", "params", "anonymous")


def control(sim: Simulator, rooms: Rooms) -> Blueprint:
    """Build the control interface over a platform."""
    panel = Blueprint("control", __name__, url_prefix="/sim")
    for name, deed in _deeds(rooms).items():

        def done(deed: Callable[[Wish], Outcome] = deed) -> Response:
            return jsonify(asdict(deed(wish())))

        panel.add_url_rule(f"/{name}", endpoint=name, view_func=done, methods=["POST"])
    _webhooks(panel, sim)
    _clock(panel, sim)
    _faults(panel, sim)
    _seeding(panel, sim)
    panel.register_error_handler(RefusedError, _refused)
    return panel


def wish() -> Wish:
    """Read the JSON object of a control request, or refuse."""
    value = request.get_json(force=True, silent=True) if request.get_data() else {}
    if not isinstance(value, dict):
        raise RefusedError("Send a JSON object.")
    return value


def _deeds(rooms: Rooms) -> dict[str, Callable[[Wish], Outcome]]:
    phones = rooms.phones
    return {
        "say": lambda w: phones.say(
            *_named(w, "chat", "user", "text"), anonymous=bool(w.get("anonymous"))
        ),
        "tap": lambda w: phones.tap(
            *_named(w, "chat", "user", "data"), **{k: w[k] for k in OPTIONAL if k in w}
        ),
        "send": lambda w: phones.send(_text(w, "chat"), _text(w, "user"), w.get("message") or {}),
        "switch": lambda w: phones.switch(*_named(w, "user", "alias", "data")),
        "unsend": lambda w: phones.unsend(*_named(w, "message_id")),
        "edit": lambda w: phones.edit(*_named(w, "message_id", "text")),
        "invite": lambda w: rooms.invite(*_named(w, "group")),
        "kick": lambda w: rooms.kick(*_named(w, "group")),
        "block": lambda w: rooms.block(*_named(w, "user")),
        "unblock": lambda w: rooms.follow(*_named(w, "user")),
        "follow": lambda w: rooms.follow(*_named(w, "user")),
        "join": lambda w: rooms.join(*_named(w, "group", "user")),
        "leave": lambda w: rooms.leave(*_named(w, "group", "user")),
        "language": lambda w: rooms.speak(*_named(w, "user", "language")),
    }


def _text(given: Wish, name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str):
        raise RefusedError(f"{name} is missing.")
    return value


def _named(given: Wish, *names: str) -> list[str]:
    return [_text(given, name) for name in names]


def _refused(error: Exception) -> tuple[Response, int]:
    return jsonify({"error": str(error)}), 400


def _answered(coming: Future[Delivery]) -> Response:
    answer = coming.result()
    return jsonify({"ok": answer.ok, "status": answer.status, "error": answer.error})


def _webhooks(panel: Blueprint, sim: Simulator) -> None:
    @panel.post("/event")
    def event() -> Response:
        given = wish()
        events = given.get("events", [given["event"]] if "event" in given else [])
        for one in events if isinstance(events, list) else []:
            sim.remember(one)
        body = body_of(sim.bot.user_id, events) if isinstance(events, list) else encode(given)
        if isinstance(given.get("raw"), str):
            body = given["raw"].encode("utf-8", "surrogatepass")
        signed = given.get("signature")
        return _answered(sim.webhooks.post("", body, signed if isinstance(signed, str) else None))

    @panel.post("/redeliver")
    def redeliver() -> Response:
        return _answered(sim.redeliver(wish().get("event_id")))


def _clock(panel: Blueprint, sim: Simulator) -> None:
    @panel.get("/clock")
    def now() -> Response:
        return jsonify({"now": iso(sim.clock.now())})

    @panel.post("/clock")
    def go() -> Response:
        to = _destination(wish(), sim)
        if to < sim.clock.now():
            raise RefusedError("The clock only goes forward.")
        # Not under the lock: while the clock walks, the bot sends.
        sim.clock.go(to)
        sim.feed.publish("clock", {"now": iso(sim.clock.now())})
        return now()


def _destination(given: Wish, sim: Simulator) -> datetime:
    if given.get("next"):
        upcoming = sim.clock.next()
        if upcoming is None:
            raise RefusedError("Nothing is due.")
        return max(upcoming, sim.clock.now())
    try:
        if "advance" in given:
            return sim.clock.now() + timedelta(seconds=float(given["advance"]))
        moment = datetime.fromisoformat(str(given.get("now")))
    except (TypeError, ValueError, OverflowError) as error:
        raise RefusedError("Give now (ISO 8601), advance (seconds) or next.") from error
    if moment.tzinfo is None:
        raise RefusedError("now needs its offset, as in 2026-11-25T19:00:00+09:00.")
    return moment.astimezone(UTC)


def _faults(panel: Blueprint, sim: Simulator) -> None:
    @panel.post("/fault")
    def order() -> Response:
        sim.faults.add(**wish())
        return jsonify({"ok": True})

    @panel.get("/fault")
    def standing() -> Response:
        return jsonify({"faults": sim.faults.standing()})

    @panel.delete("/fault")
    def clear() -> Response:
        sim.faults.clear()
        return jsonify({"ok": True})

    @panel.post("/quota")
    def quota() -> Response:
        given = wish()
        with sim.lock:
            if "limit" in given:
                sim.quota.limit = _people(given["limit"])
            if "used" in given:
                sim.quota.set_used(_people(given["used"]) or 0, sim.clock.now())
        return jsonify({"limit": sim.quota.limit, "used": sim.quota.used(sim.clock.now())})


def _people(value: object) -> int | None:
    if value is None or (isinstance(value, int) and value >= 0):
        return value
    raise RefusedError("A number of people is 0 or more; a limit may be null.")


def _seeding(panel: Blueprint, sim: Simulator) -> None:
    @panel.post("/user")
    def user() -> Response:
        given = wish()
        more = {k: given[k] for k in ("language", "friend", "avatar", "role") if k in given}
        known = sim.add_user(*_named(given, "id", "name"), class_name=given.get("class"), **more)
        return jsonify(known.as_json())

    @panel.post("/group")
    def group() -> Response:
        given = wish()
        members = given.get("members") or []
        if not isinstance(members, list):
            raise RefusedError("members is a list of user IDs.")
        group_id, name = _named(given, "id", "name")
        known = sim.add_group(group_id, name, members, bot_in=bool(given.get("bot_in")))
        return jsonify(asdict(known))
