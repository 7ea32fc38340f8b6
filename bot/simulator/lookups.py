"""The calls that only ask: profiles, groups, quota, content, the account itself."""

import re
from typing import Any

from bot.simulator.calls import Answer, refusal
from bot.simulator.clock import iso
from bot.simulator.people import Group
from bot.simulator.platform import Simulator
from bot.simulator.quota import JAPAN
from bot.simulator.rooms import Rooms

PAGE = 100
NOT_FOUND = refusal("Not found", 404)
VERIFIED_ONLY = refusal("Access to this API is not available for your account", 403)


def info(sim: Simulator) -> Answer:
    """Describe the official account."""
    return Answer(200, sim.bot.as_json() | {"chatMode": "bot", "markAsReadMode": "manual"})


def profile(sim: Simulator, user_id: str) -> Answer:
    """Describe a friend, or someone who has written lately; nobody else."""
    user = sim.people.users.get(user_id)
    if user is None or not user.hears(sim.clock.now()):
        return NOT_FOUND
    language = {"language": user.language} if user.language else {}
    return Answer(200, {"userId": user.id, "displayName": user.name} | language)


def followers(sim: Simulator, start: str, limit: str) -> Answer:
    """List friends' IDs, for a verified account: 300 at once, or up to 1,000 as wished."""
    friends = [user.id for user in sim.people.users.values() if user.friend]
    if not sim.verified:
        return VERIFIED_ONLY
    if not re.fullmatch(r"[1-9]\d{0,2}|1000", limit):
        return refusal("The value for the 'limit' parameter is invalid")
    return _page(friends, start, "userIds", int(limit))


def _group(sim: Simulator, group_id: str) -> Group | None:
    group = sim.people.groups.get(group_id)
    return group if group is not None and group.bot_in else None


def group_summary(sim: Simulator, group_id: str) -> Answer:
    """Name a group the bot is in."""
    group = _group(sim, group_id)
    return Answer(200, {"groupId": group.id, "groupName": group.name}) if group else NOT_FOUND


def members_count(sim: Simulator, group_id: str) -> Answer:
    """Count a group's people, the official account not among them."""
    group = _group(sim, group_id)
    return Answer(200, {"count": len(group.members)}) if group else NOT_FOUND


def members_ids(sim: Simulator, group_id: str, start: str) -> Answer:
    """List a group's user IDs, for a verified account."""
    if not sim.verified:
        return VERIFIED_ONLY
    group = _group(sim, group_id)
    return _page(group.members, start, "memberIds") if group else NOT_FOUND


def member(sim: Simulator, group_id: str, user_id: str) -> Answer:
    """Describe a group's member, friend or not; LINE gives no language here."""
    group = _group(sim, group_id)
    if group is None or user_id not in group.members:
        return NOT_FOUND
    return Answer(200, {"userId": user_id, "displayName": sim.people.users[user_id].name})


def leave(sim: Simulator, rooms: Rooms, group_id: str) -> Answer:
    """Take the bot out of a group at its own wish."""
    return Answer(200, accepted=True) if rooms.bot_leaves(group_id) else NOT_FOUND


def quota(sim: Simulator) -> Answer:
    """Tell the plan's monthly limit."""
    limit = sim.quota.limit
    return Answer(200, {"type": "none"} if limit is None else {"type": "limited", "value": limit})


def consumption(sim: Simulator) -> Answer:
    """Tell how many people this month's sends have reached."""
    return Answer(200, {"totalUsage": sim.quota.used(sim.clock.now())})


def delivered(sim: Simulator, kind: str, date: str) -> Answer:
    """Tell how many people a kind of send reached on a day that is over."""
    if not re.fullmatch(r"\d{8}", date):
        return refusal("The value for the 'date' parameter is invalid")
    if date >= f"{sim.clock.now().astimezone(JAPAN):%Y%m%d}":
        return Answer(200, {"status": "unready"})
    return Answer(200, {"status": "ready", "success": sim.quota.delivered(kind, date)})


def loading(sim: Simulator, body: dict[str, Any]) -> Answer:
    """Show the loading animation in a 1:1 chat: 5 to 60 seconds in steps of five."""
    chat, seconds = body.get("chatId"), body.get("loadingSeconds", 20)
    if not isinstance(chat, str) or chat not in sim.people.users:
        return refusal("The value for the 'chatId' parameter is invalid")
    if isinstance(seconds, bool) or seconds not in range(5, 61, 5):
        return refusal("The value for the 'loadingSeconds' parameter is invalid")
    sim.feed.publish("loading", {"chat": chat, "seconds": seconds})
    return Answer(202, accepted=True)


def mark_as_read(sim: Simulator, body: dict[str, Any]) -> Answer:
    """Mark a message and its chat's earlier ones as read."""
    with sim.lock:
        known = sim.chats.mark_read(body.get("markAsReadToken"))
    return Answer(200, accepted=True) if known else refusal("Invalid mark-as-read token")


def endpoint(sim: Simulator) -> Answer:
    """Tell where webhooks go."""
    if sim.webhooks.url is None:
        return NOT_FOUND
    return Answer(200, {"endpoint": sim.webhooks.url, "active": sim.webhooks.active})


def set_endpoint(sim: Simulator, body: dict[str, Any]) -> Answer:
    """Send webhooks elsewhere: HTTPS, as LINE wants, or this machine, as a simulator needs."""
    url = body.get("endpoint")
    local = r"https://\S+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(/\S*)?"
    if not isinstance(url, str) or len(url) > 500 or not re.fullmatch(local, url):
        return refusal("Invalid webhook endpoint URL")
    sim.webhooks.url = url
    return Answer(200, accepted=True)


def test_endpoint(sim: Simulator, body: dict[str, Any]) -> Answer:
    """Send a webhook without events and tell what came back."""
    empty = {"destination": sim.bot.user_id, "events": []}
    answer = sim.webhooks.try_out(empty, body.get("endpoint"))
    reason = answer.error or "OK"
    return Answer(
        200,
        {
            "success": answer.ok,
            "timestamp": iso(sim.clock.now()).replace("+00:00", "Z"),
            "statusCode": answer.status or 0,
            "reason": reason,
            "detail": str(answer.status or reason),
        },
    )


def _page(ids: list[str], start: str, key: str, size: int = PAGE) -> Answer:
    first = int(start) if start.isdecimal() else 0
    body: dict[str, Any] = {key: ids[first : first + size]}
    if first + size < len(ids):
        body["next"] = str(first + size)
    return Answer(200, body)
