"""Who lives on the platform: users, groups, and the official account itself."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

# Someone who is no friend still gets answers for a week after writing in 1:1.
HEARD_FOR = timedelta(days=7)
COLOURS = ("#d9583b", "#3b7dd9", "#2f9e6e", "#8a5cd1", "#c98a1b", "#c2477f", "#4a8f99", "#6b7280")


class RefusedError(Exception):
    """What was asked of the simulator cannot be done; the text says why in plain words."""


@dataclass
class User:
    """A person with a phone."""

    id: str
    name: str
    language: str | None = "ja"
    friend: bool = True
    avatar: dict[str, str] = field(default_factory=dict)
    role: str | None = None
    class_name: str | None = None
    blocked: bool = False
    wrote_at: datetime | None = None

    def hears(self, now: datetime) -> bool:
        """Say whether a message sent in 1:1 now would reach this person."""
        recently = self.wrote_at is not None and now - self.wrote_at <= HEARD_FOR
        return not self.blocked and (self.friend or recently)

    def as_json(self) -> dict[str, Any]:
        """Write the person as the page reads it."""
        shown = asdict(self)
        del shown["wrote_at"]
        shown["class"] = shown.pop("class_name")
        return shown


@dataclass
class Group:
    """A group chat: its people, and whether the official account is in it."""

    id: str
    name: str
    members: list[str]
    bot_in: bool = False


@dataclass(frozen=True)
class Bot:
    """The official account."""

    user_id: str = "U" + "0" * 24 + "7a5eca11"
    name: str = "Tasuki"
    basic_id: str = "@tasuki"

    def as_json(self) -> dict[str, str]:
        """Write the account as the page reads it."""
        return {"userId": self.user_id, "displayName": self.name, "basicId": self.basic_id}


class People:
    """The directory of users and groups."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}

    def add_user(self, user: User) -> User:
        """Enter a person, with an avatar made from the name if none is given."""
        if user.id in self.groups:
            raise RefusedError(f"{user.id} is a group.")
        colour = COLOURS[len(self.users) % len(COLOURS)]
        user.avatar = {"text": user.name[:1], "colour": colour} | user.avatar
        self.users[user.id] = user
        return user

    def add_group(self, group: Group) -> Group:
        """Enter a group of known people."""
        if group.id in self.users:
            raise RefusedError(f"{group.id} is a person.")
        for member in group.members:
            self.user(member)
        self.groups[group.id] = group
        return group

    def user(self, user_id: object) -> User:
        """Find a person, or refuse."""
        if not isinstance(user_id, str) or user_id not in self.users:
            raise RefusedError(f"No such person: {user_id!r}.")
        return self.users[user_id]

    def group(self, group_id: object) -> Group:
        """Find a group, or refuse."""
        if not isinstance(group_id, str) or group_id not in self.groups:
            raise RefusedError(f"No such group: {group_id!r}.")
        return self.groups[group_id]
