"""The rich menu's tabs: LINE shows the other menu by itself; only a failure needs a word."""

from __future__ import annotations

from bot.messages import Say, Text
from bot.richmenu import MenuTab
from bot.router import Feature
from bot.turn import Answer, Turn
from models import rich_menu

SUCCESS = "SUCCESS"  # LINE's word for a menu that was switched

on = Feature("richmenu")


@on.event("follow")
def back(turn: Turn) -> None:
    """Let the menu of somebody who left and came back be linked anew."""
    rich_menu.doubt(turn.db, turn.person, turn.now)


@on.button(MenuTab)
def turned(turn: Turn, _tapped: MenuTab) -> Answer:
    """Keep still when LINE shows the tab; else say that words do the same, and offer them."""
    params = turn.event.get("postback", {}).get("params") or {}
    if params.get("status", SUCCESS) == SUCCESS:
        return None
    words = turn.library["welcome"].first_word("menu", turn.language)
    return Text(turn.say("stuck"), (Say(words),))
