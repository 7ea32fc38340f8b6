"""Coming and going: friends, blocks, groups, and the webhooks that follow from it."""

from bot.simulator.events import Origin
from bot.simulator.people import Group, RefusedError
from bot.simulator.phones import Outcome, Phones


class Rooms:
    """Who is whose friend, and who is in which group."""

    def __init__(self, phones: Phones) -> None:
        self.phones = phones
        self.sim = phones.sim

    def block(self, user: str) -> Outcome:
        """Block the bot: it hears `unfollow` and reaches this person no more."""
        with self.sim.lock:
            person = self.sim.people.user(user)
            if person.blocked:
                raise RefusedError(f"{person.name} has blocked the bot already.")
            person.blocked, person.friend = True, False
            self.sim.feed.publish("chats", {})
        return self.phones.tell("unfollow", Origin(user, user, group=False), {})

    def follow(self, user: str) -> Outcome:
        """Add the bot as a friend, or unblock it."""
        with self.sim.lock:
            person = self.sim.people.user(user)
            was_blocked = person.blocked
            person.blocked, person.friend = False, True
            self.sim.feed.publish("chats", {})
        follow = {"follow": {"isUnblocked": was_blocked}}
        return self.phones.tell("follow", Origin(user, user, group=False), follow)

    def speak(self, user: str, language: str | None) -> Outcome:
        """Set the language of a person's LINE; LINE tells no bot about it."""
        with self.sim.lock:
            self.sim.people.user(user).language = language
            self.sim.feed.publish("chats", {})
        return Outcome(True)

    def invite(self, group: str) -> Outcome:
        """Take the bot into a group."""
        self._set_bot(self._group(group), bot_in=True)
        return self.phones.tell("join", Origin(group, None, group=True), {})

    def kick(self, group: str) -> Outcome:
        """Put the bot out of a group."""
        self._set_bot(self._group(group), bot_in=False)
        return self.phones.tell("leave", Origin(group, None, group=True), {})

    def bot_leaves(self, group: str) -> bool:
        """Let the bot leave by its own call; say whether it was in the group."""
        known = self.sim.people.groups.get(group)
        if known is None or not known.bot_in:
            return False
        self._set_bot(known, bot_in=False)
        self.sim.emit("leave", Origin(group, None, group=True), {})
        return True

    def join(self, group: str, user: str) -> Outcome:
        """Take a person into a group."""
        with self.sim.lock:
            known = self._group(group)
            if self.sim.people.user(user).id in known.members:
                raise RefusedError("This person is in the group already.")
            known.members.append(user)
            self.sim.feed.publish("chats", {})
        return self._tell_members("memberJoined", "joined", group, user)

    def leave(self, group: str, user: str) -> Outcome:
        """Let a person leave a group."""
        with self.sim.lock:
            known = self._group(group)
            if user not in known.members:
                raise RefusedError("This person is not in the group.")
            known.members.remove(user)
            self.sim.feed.publish("chats", {})
        return self._tell_members("memberLeft", "left", group, user)

    def _tell_members(self, kind: str, key: str, group: str, user: str) -> Outcome:
        members = {"members": [{"type": "user", "userId": user}]}
        return self.phones.tell(kind, Origin(group, None, group=True), {key: members})

    def _group(self, group: str) -> Group:
        return self.sim.people.group(group)

    def _set_bot(self, group: Group, *, bot_in: bool) -> None:
        with self.sim.lock:
            if group.bot_in == bot_in:
                where = "in" if bot_in else "not in"
                raise RefusedError(f"The bot is {where} this group already.")
            group.bot_in = bot_in
            self.sim.feed.publish("chats", {})
