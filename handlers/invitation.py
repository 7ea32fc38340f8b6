"""Invitations: the second person says yes or no."""

from __future__ import annotations

from bot import invitations
from bot.invitations import Confirm, Decline
from bot.messages import Say, Text
from bot.router import Feature
from bot.turn import Answer, Turn
from models import invitation
from models.person import get

on = Feature("invitation")

SHOWN = 5  # cards in one answer


@on.word
def waiting(turn: Turn) -> Answer:
    """Show the requests that wait for this person's word."""
    found = invitation.waiting(turn.db, turn.now)
    mine = [row for row in found if invitation.may_confirm(turn.db, row, turn.person)]
    cards = [invitations.request_card(turn, row, turn.person) for row in mine[:SHOWN]]
    return cards or Text(turn.say("none_waiting"))


@on.button(Confirm)
def confirm(turn: Turn, tapped: Confirm) -> Answer:
    """Give the role."""
    return _decide(turn, tapped.request, tapped.token, grant=True)


@on.button(Decline)
def decline(turn: Turn, tapped: Decline) -> Answer:
    """Leave it."""
    return _decide(turn, tapped.request, tapped.token, grant=False)


def _decide(turn: Turn, number: int, token: str, *, grant: bool) -> Answer:
    request = invitation.open_request(turn.db, number, turn.now)
    if request is None:
        return Text(turn.say("decided_already"))
    if not invitation.may_confirm(turn.db, request, turn.person):
        return Text(turn.say("not_yours"))
    if not turn.confirmed(token, invitations.deed(number)):
        return Text(turn.say("old"), (Say(turn.texts.first_word("waiting", turn.language)),))
    name = get(turn.db, request.person_id).name or turn.say("nameless")
    if not invitation.decide(turn.db, request, turn.person, grant, turn.now):
        return Text(turn.say("decided_already"))
    said = Text(turn.say("you_confirmed" if grant else "you_declined", name=name))
    return [said, *invitations.outcome(turn, request, "granted" if grant else "declined")]
