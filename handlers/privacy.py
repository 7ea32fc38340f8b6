"""My settings and data: what is kept, consent taken back, and deletion."""

from __future__ import annotations

from dataclasses import dataclass

from bot import enrolling, last_words, mutes
from bot.cards import Note, Part, Row, card
from bot.messages import Button, Say, Text
from bot.router import Feature
from bot.turn import Answer, Turn
from models import enrolment, erasure, health, mute, policy
from models.health import HEALTH
from models.policy import Role

on = Feature("privacy")

DEED = "erase"


@dataclass(frozen=True)
class Erase:
    """Delete me, with everything."""

    token: str


@on.word
def settings(turn: Turn) -> Answer:
    """Show what is set, and a tap to change each."""
    rows: list[Part] = [Row(turn.say("row_language"), turn.say("this_language"))]
    buttons: list[Button] = [_tap(turn, "language", "language")]
    if held := enrolment.mine(turn.db, turn.person):
        agreed = health.has_consent(turn.db, turn.person, HEALTH)
        rows += [
            Row(turn.say("row_class"), enrolling.class_words(turn, held.class_id)),
            Row(turn.say("row_goal"), enrolling.goal_words(turn, held.goal_seconds)),
            Row(turn.say("row_health"), turn.say("agreed" if agreed else "not_agreed")),
        ]
        buttons += [_tap(turn, "goal", "goal"), *_health_taps(turn, agreed=agreed)]
    if policy.roles_of(turn.db, turn.person) - {Role.GUEST}:
        rows.append(Row(turn.say("row_mutes"), _mutes(turn)))
        buttons.append(_tap(turn, "mute", "reminders"))
    buttons += [_tap(turn, "my_data", "ask"), _tap(turn, "privacy", "delete_me")]
    rows.append(Note(turn.say("settings_how")))
    return card(turn.say("settings_title"), rows, buttons, filled=())


@on.word
def consent_off(turn: Turn) -> Answer:
    """Take the consent back: all health data goes at once."""
    is_last = last_words.is_last(turn, "consent:health")
    if not health.has_consent(turn.db, turn.person, HEALTH):
        return Text(turn.say("nothing_kept"))
    if is_last:
        health.withdraw(turn.db, turn.person, HEALTH, turn.now)
    else:
        health.erase(turn.db, turn.person, turn.now)  # agreed again since: to what is told from now
    return Text(turn.say("health_erased"), (_tap(turn, "screening", "consent_on"),))


@on.word
def delete_me(turn: Turn) -> Answer:
    """Say what goes, and ask once more."""
    held = policy.roles_of(turn.db, turn.person)
    staff = held & {Role.COACH, Role.OFFICE}
    notes: list[Part] = [Note(turn.say("delete_what"))]
    notes += [Note(turn.say("delete_staff"))] if staff else []
    buttons: list[Button] = [
        turn.button("delete_button", Erase(turn.confirmation(DEED))),
        Say(turn.say("keep_button")),
    ]
    final = Note(turn.say("delete_final"), strong=True)
    return card(turn.say("delete_title"), [*notes, final], buttons, filled=())


@on.button(Erase)
def erased(turn: Turn, tapped: Erase) -> Answer:
    """Delete the person and everything about them; this answer is the last word."""
    if not turn.confirmed(tapped.token, DEED):
        return Text(turn.say("delete_old"), (_tap(turn, "privacy", "delete_me"),))
    erasure.erase(turn.db, turn.person, turn.now)
    return Text(turn.say("deleted"))


def _mutes(turn: Turn) -> str:
    muted = mutes.names(turn, mute.of(turn.db, turn.person))
    return turn.say("muted", names=muted) if muted else turn.say("all_come")


def _health_taps(turn: Turn, *, agreed: bool) -> list[Button]:
    if not agreed:
        return [_tap(turn, "screening", "consent_on")]
    return [_tap(turn, "screening", "health_check"), _tap(turn, "privacy", "consent_off")]


def _tap(turn: Turn, feature: str, handler: str) -> Say:
    return Say(turn.library[feature].first_word(handler, turn.language))
