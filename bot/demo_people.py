"""The demo's invented people on the simulator's phones; it needs no database."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from typing import Any

from bot.simulator import Simulator
from models import school, school_files
from models.content_files import CONTENT
from models.school_values import School, SchoolClass

COLOURS = ("#C8402F", "#2F6FC8", "#3B8C5A", "#8A5FBF", "#C08A2E", "#4A7F8C", "#B5527D")


def line_id(kind: str, name: str) -> str:
    """Return an invented LINE id: U for people, C for groups."""
    return kind + hashlib.sha256(f"tasuki demo {name}".encode()).hexdigest()[:32]


def people() -> dict[str, Any]:
    """Return the invented members by class, the office, and two guests."""
    return tomllib.loads((CONTENT / "demo_people.toml").read_text(encoding="utf-8"))


@cache
def described() -> School:
    """Return the school that comes along, as its files describe it."""
    return school_files.read_school(school_files.TEMPLATE)


def introduce(sim: Simulator, *, joined: bool = True) -> None:
    """Put people, class groups and guests on the phones.

    `joined`: the bot is in every group but the last, which waits for a visitor's invitation.
    """
    given, invented = described(), people()
    for class_ in given.classes:
        members = [_show(sim, m, school.MEMBER, class_) for m in invented["members"][class_.code]]
        coaches = [
            _show(sim, {"name": c.name}, f"{c.role}_coach", class_)
            for c in given.coaches
            if c.class_code == class_.code
        ]
        name = class_.name_ja if class_.language == "ja" else class_.name_en
        bot_in = joined and class_ is not given.classes[-1]
        sim.add_group(line_id("C", class_.code), name, members + coaches, bot_in=bot_in)
    for name in invented["office"]:
        _show(sim, {"name": name}, school.OFFICE, None)
    for guest in invented["guests"]:
        _show(sim, guest, "guest", None, friend=False)


def _show(
    sim: Simulator,
    given: dict[str, Any],
    role: str,
    class_: SchoolClass | None,
    *,
    friend: bool = True,
) -> str:
    """Enter one person and return their id."""
    name, language = given["name"], given.get("language", "ja")
    place = class_.name_ja if class_ else ("事務局" if role == school.OFFICE else None)
    one = sim.add_user(
        line_id("U", name),
        name,
        language,
        friend=friend,
        avatar=_avatar(name),
        role=None if role == "guest" else role,
        class_name=place,
    )
    return one.id


def _avatar(name: str) -> dict[str, str]:
    chosen = int(hashlib.sha256(name.encode()).hexdigest(), 16) % len(COLOURS)
    return {"text": name[0], "colour": COLOURS[chosen]}
