"""The LINE endpoints: which path leads to which call."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from bot.simulator import lookups, sending
from bot.simulator.calls import Answer, Call
from bot.simulator.platform import Simulator
from bot.simulator.richmenu_api import add_rich_menus
from bot.simulator.rooms import Rooms
from bot.simulator.wire import Wire

SENDS: dict[str, Callable[[Simulator, Call], Answer]] = {
    "reply": sending.reply,
    "push": sending.push,
    "multicast": sending.multicast,
    "broadcast": sending.broadcast,
}
ASKS: dict[str, Callable[..., Answer]] = {
    "/v2/bot/info": lookups.info,
    "/v2/bot/profile/<user_id>": lookups.profile,
    "/v2/bot/group/<group_id>/summary": lookups.group_summary,
    "/v2/bot/group/<group_id>/members/count": lookups.members_count,
    "/v2/bot/group/<group_id>/member/<user_id>": lookups.member,
    "/v2/bot/message/quota": lookups.quota,
    "/v2/bot/message/quota/consumption": lookups.consumption,
    "/v2/bot/channel/webhook/endpoint": lookups.endpoint,
}
TELLS: dict[tuple[str, str], Callable[..., Answer]] = {
    ("POST", "/v2/bot/chat/loading/start"): lookups.loading,
    ("POST", "/v2/bot/chat/markAsRead"): lookups.mark_as_read,
    ("PUT", "/v2/bot/channel/webhook/endpoint"): lookups.set_endpoint,
    ("POST", "/v2/bot/channel/webhook/test"): lookups.test_endpoint,
}


def line_api(sim: Simulator, rooms: Rooms) -> Blueprint:
    """Build LINE's API over a platform; it also serves what LINE keeps on api-data."""
    api = Blueprint("line", __name__)
    wire = Wire(sim)
    _sends(api, sim, wire)
    _asks(api, sim, wire)
    _lists(api, sim, wire)
    _contents(api, sim, wire)
    add_rich_menus(api, sim, wire)

    @api.post("/v2/bot/group/<group_id>/leave")
    def leave(group_id: str) -> Response:
        return wire.carry(lambda call: lookups.leave(sim, rooms, group_id))

    @api.route("/v2/<path:rest>", methods=["GET", "POST", "PUT", "DELETE"])
    def unknown(rest: str) -> Response:
        return wire.carry(lambda call: lookups.NOT_FOUND)

    return api


def _sends(api: Blueprint, sim: Simulator, wire: Wire) -> None:
    @api.post("/v2/bot/message/<any(reply,push,multicast,broadcast):kind>")
    def send(kind: str) -> Response:
        return wire.carry(lambda call: SENDS[kind](sim, call))

    @api.post("/v2/bot/message/validate/<any(reply,push,multicast,narrowcast,broadcast):kind>")
    def validate(kind: str) -> Response:
        return wire.carry(lambda call: sending.validate(call.body))


def _asks(api: Blueprint, sim: Simulator, wire: Wire) -> None:
    for path, ask in ASKS.items():

        def asked(ask: Callable[..., Answer] = ask, **names: str) -> Response:
            return wire.carry(lambda call: ask(sim, **names))

        api.add_url_rule(path, endpoint=f"GET {ask.__name__}", view_func=asked)
    for (method, path), tell in TELLS.items():

        def told(tell: Callable[..., Answer] = tell) -> Response:
            return wire.carry(lambda call: tell(sim, call.body))

        name = f"{method} {tell.__name__}"
        api.add_url_rule(path, endpoint=name, view_func=told, methods=[method])


def _lists(api: Blueprint, sim: Simulator, wire: Wire) -> None:
    @api.get("/v2/bot/group/<group_id>/members/ids")
    def members(group_id: str) -> Response:
        start = request.args.get("start", "")
        return wire.carry(lambda call: lookups.members_ids(sim, group_id, start))

    @api.get("/v2/bot/followers/ids")
    def followers() -> Response:
        start, limit = request.args.get("start", ""), request.args.get("limit", "300")
        return wire.carry(lambda call: lookups.followers(sim, start, limit))

    @api.get("/v2/bot/message/delivery/<any(reply,push,multicast,broadcast):kind>")
    def delivered(kind: str) -> Response:
        date = request.args.get("date", "")
        return wire.carry(lambda call: lookups.delivered(sim, kind, date))


def _contents(api: Blueprint, sim: Simulator, wire: Wire) -> None:
    @api.get("/v2/bot/message/<message_id>/content")
    @api.get("/v2/bot/message/<message_id>/content/preview")
    def content(message_id: str) -> Response:
        kept = sim.chats.contents.get(message_id)
        answer = Answer(200, kept.data) if kept else lookups.NOT_FOUND
        response = wire.carry(lambda call: answer)
        if kept is not None and response.status_code == 200:
            response.mimetype = kept.media_type
        return response

    @api.get("/v2/bot/message/<message_id>/content/transcoding")
    def transcoding(message_id: str) -> Response:
        known = message_id in sim.chats.contents
        done = Answer(200, {"status": "succeeded"})
        return wire.carry(lambda call: done if known else lookups.NOT_FOUND)
