"""The send calls: reply, push, multicast, broadcast, and when LINE refuses or accepts them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.simulator.calls import Answer, Call, refusal
from bot.simulator.limits import error_body, findings
from bot.simulator.platform import Simulator
from bot.simulator.retry_keys import Acceptance, RetryKeys
from bot.simulator.rules import Detail, fields, flag, list_of, matches, may, need

MOST_RECIPIENTS = 500
UNIT = may(list_of(matches(r"[A-Za-z0-9_]{1,30}"), 0, 1))
FAILED = "Failed to send messages"
MONTHLY = "You have reached your monthly limit."


@dataclass(frozen=True)
class Send:
    """A send that passed its checks: for how many people of each chat it is billed, and its way."""

    kind: str
    audience: dict[str, int]
    carry_out: Callable[[], dict[str, Any]]

    @property
    def people(self) -> int:
        """How many people it is billed for."""
        return sum(self.audience.values())


def reply(sim: Simulator, call: Call) -> Answer:
    """Answer an event by its reply token: free, once, in time."""
    body = call.body
    found = findings(body.get("messages")) + _extras(body)
    if found:
        return Answer(400, error_body(found))
    with sim.lock:
        now = sim.clock.now()
        token = sim.reply_tokens.find(body.get("replyToken"), now)
        if token is None:
            return refusal("Invalid reply token")
        placed = findings(body["messages"], sim.place(token.chat))
        if placed:
            return Answer(400, error_body(placed))
        if token.chat in sim.people.groups and not sim.people.groups[token.chat].bot_in:
            return refusal(FAILED)
        token.used = True
        people, sent = _deliver(sim, token.chat, body["messages"])
        sim.quota.bill("reply", people, now)
        sim.bill.add("reply", token.chat, people, len(sent), now)
        return Answer(200, {"sentMessages": sent}, accepted=True)


def push(sim: Simulator, call: Call) -> Answer:
    """Send to one person or group."""

    def check() -> Send | Answer:
        to, messages = call.body.get("to"), call.body.get("messages")
        if not isinstance(to, str) or not to:
            return Answer(400, error_body([{"message": "May not be empty", "property": "to"}]))
        found = findings(messages, sim.place(to)) + _extras(call.body)
        if found or not isinstance(messages, list):
            return Answer(400, error_body(found))
        if not _reachable(sim, to):
            return refusal(FAILED)
        return Send(
            "push",
            {to: _audience(sim, to)},
            lambda: {"sentMessages": _deliver(sim, to, messages)[1]},
        )

    return _once(sim, call, check)


def multicast(sim: Simulator, call: Call) -> Answer:
    """Send to up to 500 people; one foreign ID refuses the whole."""

    def check() -> Send | Answer:
        found = list(fields(call.body, "", RECIPIENTS)) + _found_anywhere(sim, call.body)
        if found:
            return Answer(400, error_body(found))
        to = list(dict.fromkeys(call.body["to"]))
        if not all(user in sim.people.users for user in to):
            return refusal(FAILED)
        return _to_many(sim, "multicast", to, call.body["messages"])

    return _once(sim, call, check)


def broadcast(sim: Simulator, call: Call) -> Answer:
    """Send to every friend."""

    def check() -> Send | Answer:
        found = _found_anywhere(sim, call.body)
        if found:
            return Answer(400, error_body(found))
        friends = [user.id for user in sim.people.users.values() if user.friend]
        return _to_many(sim, "broadcast", friends, call.body["messages"])

    return _once(sim, call, check)


def validate(body: dict[str, Any]) -> Answer:
    """Check messages without sending them."""
    found = findings(body.get("messages"))
    return Answer(400, error_body(found)) if found else Answer(200)


RECIPIENTS = {
    "to": need(list_of(matches(r"\S{1,100}", "Must be a user ID"), 1, MOST_RECIPIENTS)),
}
EXTRAS = {"notificationDisabled": may(flag), "customAggregationUnits": UNIT}


def _once(sim: Simulator, call: Call, check: Callable[[], Send | Answer]) -> Answer:
    """Carry a send out, unless its retry key says that this has been done."""
    if call.retry_key is not None and not RetryKeys.well_formed(call.retry_key):
        return refusal("The X-Line-Retry-Key header must be a UUID in hexadecimal form.")
    with sim.lock:
        now = sim.clock.now()
        before = sim.retry_keys.find(call.retry_key, now)
        if before is not None:
            return _already(before)
        send = check()
        if isinstance(send, Answer):
            return send
        if not sim.quota.allows(send.people, now):
            return refusal(MONTHLY, 429)
        answer = send.carry_out()
        sim.quota.bill(send.kind, send.people, now)
        for chat, people in send.audience.items():
            sim.bill.add(send.kind, chat, people, len(call.body["messages"]), now)
        sim.retry_keys.accept(call.retry_key, Acceptance(now, call.request_id, answer))
        return Answer(200, answer, accepted=True)


def _already(before: Acceptance) -> Answer:
    body = {"message": "The retry key is already accepted"} | before.answer
    headers = {"x-line-accepted-request-id": before.request_id}
    return Answer(409, body, duplicate=True, headers=headers)


def _to_many(sim: Simulator, kind: str, to: list[str], messages: list[dict[str, Any]]) -> Send:
    audience = {user: _audience(sim, user) for user in to}

    def carry_out() -> dict[str, Any]:
        for user in to:
            _deliver(sim, user, messages)
        return {}

    return Send(kind, audience, carry_out)


def _found_anywhere(sim: Simulator, body: dict[str, Any]) -> list[Detail]:
    """Check messages that go to many: nobody can be mentioned and nothing quoted there."""
    return findings(body.get("messages"), sim.place("")) + _extras(body)


def _extras(body: dict[str, Any]) -> list[Detail]:
    return list(fields(body, "", EXTRAS))


def _reachable(sim: Simulator, to: str) -> bool:
    group = sim.people.groups.get(to)
    return group.bot_in if group else to in sim.people.users


def _audience(sim: Simulator, to: str) -> int:
    """Count the people a send is billed for: all of a group, one or none in 1:1.

    LINE does not say whether members who blocked the account are billed; here they are.
    """
    group = sim.people.groups.get(to)
    return len(group.members) if group else int(sim.people.users[to].hears(sim.clock.now()))


def _deliver(
    sim: Simulator, to: str, messages: list[dict[str, Any]]
) -> tuple[int, list[dict[str, str]]]:
    people = _audience(sim, to)
    if people or to in sim.people.groups:
        return people, sim.show(to, messages)
    return people, sim.swallow(messages)
