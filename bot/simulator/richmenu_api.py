"""The rich-menu endpoints: which path leads to which call."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from bot.simulator import richmenu_calls as calls
from bot.simulator.calls import Answer
from bot.simulator.platform import Simulator
from bot.simulator.wire import Wire

MENU = "/v2/bot/richmenu"
ALL = "/v2/bot/user/all/richmenu"
ONE = "/v2/bot/user/<user_id>/richmenu"
# What only asks or needs nothing but the names in its path.
PLAIN: dict[tuple[str, str], Callable[..., Answer]] = {
    ("GET", f"{MENU}/list"): calls.listed,
    ("GET", f"{MENU}/<menu_id>"): calls.read,
    ("DELETE", f"{MENU}/<menu_id>"): calls.delete,
    ("GET", ALL): calls.default,
    ("DELETE", ALL): calls.clear_default,
    ("POST", f"{ALL}/<menu_id>"): calls.make_default,
    ("GET", ONE): calls.linked,
    ("DELETE", ONE): calls.unlink,
    ("POST", f"{ONE}/<menu_id>"): calls.link,
    ("GET", f"{MENU}/alias/list"): calls.aliases,
    ("GET", f"{MENU}/alias/<alias>"): calls.alias,
    ("DELETE", f"{MENU}/alias/<alias>"): calls.drop_alias,
}
# What reads a body too.
WITH_BODY: dict[tuple[str, str], Callable[..., Answer]] = {
    ("POST", MENU): calls.create,
    ("POST", f"{MENU}/validate"): calls.validate,
    ("POST", f"{MENU}/bulk/link"): calls.link_many,
    ("POST", f"{MENU}/bulk/unlink"): calls.unlink_many,
    ("POST", f"{MENU}/alias"): calls.add_alias,
    ("POST", f"{MENU}/alias/<alias>"): calls.move_alias,
}


def add_rich_menus(api: Blueprint, sim: Simulator, wire: Wire) -> None:
    """Add the rich-menu calls to LINE's API."""
    for (method, path), call in PLAIN.items():

        def asked(call: Callable[..., Answer] = call, **names: str) -> Response:
            return wire.carry(lambda _: _alone(sim, lambda: call(sim, **names)))

        _add(api, method, path, call, asked)
    for (method, path), call in WITH_BODY.items():

        def told(call: Callable[..., Answer] = call, **names: str) -> Response:
            return wire.carry(lambda given: _alone(sim, lambda: call(sim, given.body, **names)))

        _add(api, method, path, call, told)
    _images(api, sim, wire)


def _alone(sim: Simulator, work: Callable[[], Answer]) -> Answer:
    with sim.lock:
        return work()


def _add(api: Blueprint, method: str, path: str, call: Any, view: Any) -> None:
    name = f"rich menu {call.__name__}"
    api.add_url_rule(path, endpoint=name, view_func=view, methods=[method])


def _images(api: Blueprint, sim: Simulator, wire: Wire) -> None:
    @api.post(f"{MENU}/<menu_id>/content")
    def upload(menu_id: str) -> Response:
        data, media_type = request.get_data(), request.mimetype
        return wire.carry(
            lambda _: _alone(sim, lambda: calls.upload(sim, menu_id, data, media_type)), raw=True
        )

    @api.get(f"{MENU}/<menu_id>/content")
    def download(menu_id: str) -> Response:
        menu = sim.rich_menus.menus.get(menu_id)
        image = menu.image if menu else None
        found = Answer(200, image.data) if image else calls.NOT_FOUND
        response = wire.carry(lambda _: found)
        if image is not None and response.status_code == 200:
            response.mimetype = image.media_type
        return response
