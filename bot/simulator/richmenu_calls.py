"""The rich-menu calls: create and delete, image, default, links, aliases."""

from typing import Any

from bot.simulator.calls import Answer, refusal
from bot.simulator.chats import Content
from bot.simulator.limits import error_body
from bot.simulator.limits_richmenus import (
    LINK_MANY,
    MENU,
    MOVED_ALIAS,
    NEW_ALIAS,
    UNLINK_MANY,
    image_fault,
)
from bot.simulator.platform import Simulator
from bot.simulator.richmenus import IMAGE_FIRST, MOST
from bot.simulator.rules import Spec, fields

Body = dict[str, Any]
NOT_FOUND = refusal("Not found", 404)
DONE = Answer(200, accepted=True)
LATER = Answer(202, accepted=True)


def create(sim: Simulator, body: Body) -> Answer:
    """Create a menu and return its ID."""
    if found := _wrong(body, MENU):
        return found
    if len(sim.rich_menus.menus) >= MOST:
        return refusal(f"The number of rich menus is limited to {MOST}")
    known = {name: body[name] for name in MENU}
    return Answer(200, {"richMenuId": sim.rich_menus.create(known).id}, accepted=True)


def validate(_sim: Simulator, body: Body) -> Answer:
    """Check a menu without creating it."""
    return _wrong(body, MENU) or Answer(200)


def listed(sim: Simulator) -> Answer:
    """List all menus."""
    return Answer(200, {"richmenus": [menu.as_json() for menu in sim.rich_menus.menus.values()]})


def read(sim: Simulator, menu_id: str) -> Answer:
    """Give one menu back."""
    menu = sim.rich_menus.menus.get(menu_id)
    return Answer(200, menu.as_json()) if menu else NOT_FOUND


def delete(sim: Simulator, menu_id: str) -> Answer:
    """Delete a menu, wherever it is shown."""
    if menu_id not in sim.rich_menus.menus:
        return NOT_FOUND
    sim.rich_menus.delete(menu_id)
    return DONE


def upload(sim: Simulator, menu_id: str, data: bytes, media_type: str) -> Answer:
    """Give a menu its image, once and for all."""
    menu = sim.rich_menus.menus.get(menu_id)
    if menu is None:
        return NOT_FOUND
    if menu.image is not None:
        return refusal("An image has already been uploaded to the richmenu")
    if found := image_fault(data, media_type, menu.spec["size"]):
        return refusal(*found)
    menu.image = Content(data, media_type)
    return DONE


def make_default(sim: Simulator, menu_id: str) -> Answer:
    """Show a menu to everyone without their own."""
    if unready := _unready(sim, menu_id):
        return unready
    sim.rich_menus.make_default(menu_id)
    return DONE


def default(sim: Simulator) -> Answer:
    """Tell the default menu."""
    known = sim.rich_menus.default
    return Answer(200, {"richMenuId": known}) if known else refusal("no default richmenu", 404)


def clear_default(sim: Simulator) -> Answer:
    """Show nothing to those without their own."""
    sim.rich_menus.make_default(None)
    return DONE


def link(sim: Simulator, user_id: str, menu_id: str) -> Answer:
    """Show a menu to one friend."""
    if found := _unready(sim, menu_id) or _stranger(sim, user_id):
        return found
    sim.rich_menus.link([user_id], menu_id)
    return DONE


def linked(sim: Simulator, user_id: str) -> Answer:
    """Tell the menu that was linked to a person; the default is not one."""
    known = sim.rich_menus.links.get(user_id)
    return Answer(200, {"richMenuId": known}) if known else refusal("the user has no richmenu", 404)


def unlink(sim: Simulator, user_id: str) -> Answer:
    """Let one person see the default again."""
    sim.rich_menus.unlink([user_id])
    return DONE


def link_many(sim: Simulator, body: Body) -> Answer:
    """Show a menu to up to 500 people; those who are no friends are passed over in silence."""
    if found := _wrong(body, LINK_MANY) or _unready(sim, body["richMenuId"]):
        return found
    friends = [user for user in body["userIds"] if not _stranger(sim, user)]
    sim.rich_menus.link(friends, body["richMenuId"])
    return LATER


def unlink_many(sim: Simulator, body: Body) -> Answer:
    """Let up to 500 people see the default again."""
    if found := _wrong(body, UNLINK_MANY):
        return found
    sim.rich_menus.unlink(body["userIds"])
    return LATER


def add_alias(sim: Simulator, body: Body) -> Answer:
    """Give a menu a second name, which tabs use."""
    if found := _wrong(body, NEW_ALIAS) or _unready(sim, body["richMenuId"], 400):
        return found
    if body["richMenuAliasId"] in sim.rich_menus.aliases:
        return refusal("conflict richmenu alias id")
    if len(sim.rich_menus.aliases) >= MOST:
        return refusal(f"The number of rich menu aliases is limited to {MOST}")
    sim.rich_menus.aliases[body["richMenuAliasId"]] = body["richMenuId"]
    return DONE


def move_alias(sim: Simulator, body: Body, alias: str) -> Answer:
    """Let an alias mean another menu."""
    if alias not in sim.rich_menus.aliases:
        return NOT_FOUND
    if found := _wrong(body, MOVED_ALIAS) or _unready(sim, body["richMenuId"], 400):
        return found
    sim.rich_menus.aliases[alias] = body["richMenuId"]
    return DONE


def drop_alias(sim: Simulator, alias: str) -> Answer:
    """Forget an alias."""
    return DONE if sim.rich_menus.aliases.pop(alias, None) else NOT_FOUND


def alias(sim: Simulator, alias: str) -> Answer:
    """Tell what an alias means."""
    menu_id = sim.rich_menus.aliases.get(alias)
    return Answer(200, _alias(alias, menu_id)) if menu_id else NOT_FOUND


def aliases(sim: Simulator) -> Answer:
    """List all aliases."""
    known = [_alias(name, menu_id) for name, menu_id in sim.rich_menus.aliases.items()]
    return Answer(200, {"aliases": known})


def _alias(name: str, menu_id: str) -> dict[str, str]:
    return {"richMenuAliasId": name, "richMenuId": menu_id}


def _wrong(body: Body, spec: Spec) -> Answer | None:
    found = list(fields(body, "", spec))
    return Answer(400, error_body(found)) if found else None


def _unready(sim: Simulator, menu_id: str, unknown: int = 404) -> Answer | None:
    """Refuse a menu that does not exist or has no image yet."""
    menu = sim.rich_menus.menus.get(menu_id)
    if menu is None:
        return NOT_FOUND if unknown == 404 else refusal("richmenu not found")
    return None if menu.image else refusal(IMAGE_FIRST)


def _stranger(sim: Simulator, user_id: str) -> Answer | None:
    """Refuse whoever is no friend: menus are for friends only."""
    user = sim.people.users.get(user_id)
    return None if user and user.friend else refusal("The user ID is invalid")
