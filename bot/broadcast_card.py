"""The cards by which a broadcast is made: to whom, is this right, and what can still be stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import broadcast_letter, buttons, quota_words
from bot.broadcast_taps import Change, Picked, Send, Stop, To, ToClass, Wish
from bot.cards import Line, Note, Part, Row, card
from bot.messages import Flex, Message, PickTime, Postback
from bot.turn import Turn
from models import audience, broadcast, policy, quota, school
from models.audience import ALL, OF_A_CLASS, Audience
from models.broadcast import PHOTO, Broadcast
from models.policy import Role
from models.school import SchoolClass

WORDS = "broadcast_card"
FARTHEST = timedelta(days=60)
LONGEST_NAME = 16  # signs of a class's name on a button


def classes(turn: Turn, row: Broadcast) -> Flex:
    """Return the classes one may speak to."""
    turn = turn.speaking_as(WORDS)
    lines: list[Line] = [
        Postback(one.name(turn.language), buttons.pack(ToClass(row.key, one.key)))
        for one in theirs(turn)
    ]
    lines.append(turn.button("all", To(row.key, ALL, 0)))
    return card(turn.say("which_class"), [], lines, filled=())


def audiences(turn: Turn, row: Broadcast, class_: SchoolClass) -> Flex:
    """Return whom of a class one may speak to, with how many they are."""
    turn = turn.speaking_as(WORDS)
    lines: list[Line] = []
    for kind in OF_A_CLASS:
        found = audience.of(turn.db, kind, class_.key, turn.now)
        if found.heads:
            label = turn.say(f"to_{kind}", n=found.heads)
            lines.append(Postback(label, buttons.pack(To(row.key, kind, class_.key))))
    if len(theirs(turn)) == 1:
        lines.append(turn.button("all", To(row.key, ALL, 0)))
    else:
        lines.append(turn.button("other_class", Change(row.key, "audience")))
    return card(turn.say("to_whom"), [], lines, kicker=class_.name(turn.language), filled=())


def theirs(turn: Turn) -> list[SchoolClass]:
    """Return the classes this person may speak to: those they coach, or all for the office."""
    current = audience.current_classes(turn.db, turn.now)
    return [one for one in current if policy.leads(turn.db, turn.person, one.key)]


def preview(turn: Turn, row: Broadcast, reached: Audience) -> list[Message]:
    """Return the broadcast exactly as it is delivered, and what it costs with the choices."""
    shown = broadcast_letter.letter(turn, row, reached.parts[0].class_)
    turn = turn.speaking_as(WORDS)
    return [*shown, card(turn.say("preview"), _facts(turn, row, reached), _choices(turn, row))]


def _facts(turn: Turn, row: Broadcast, reached: Audience) -> list[Part | None]:
    verdict = quota.judge(turn.db, turn.now, reached.heads)
    languages = {part.class_.language for part in reached.parts}
    missed = reached.out_of_reach
    return [
        Row(turn.say("row_to"), to_whom(turn, row)),
        Row(turn.say("row_when"), _when(turn, row)),
        Note(quota_words.cost(turn, verdict, reached.heads)),
        Note(turn.say("out_of_reach", n=missed)) if missed else None,
        Note(turn.say("two_languages")) if len(languages) > 1 else None,
        Note(turn.say("needs_approval")) if needs_approval(turn, row) else None,
    ]


def _when(turn: Turn, row: Broadcast) -> str:
    return turn.say("at", at=row.send_at) if row.send_at else turn.say("at_once")


def needs_approval(turn: Turn, row: Broadcast) -> bool:
    """Say whether a second person has to agree: for all classes, unless the office speaks."""
    return row.audience == ALL and Role.OFFICE not in policy.roles_of(turn.db, turn.person)


def to_whom(turn: Turn, row: Broadcast) -> str:
    """Name the class and whom of it."""
    turn = turn.speaking_as(WORDS)
    if row.class_id is None:
        return turn.say("all")
    class_ = school.class_by_id(turn.db, row.class_id)
    return turn.say("of_class", class_name=class_.name(turn.language), whom=turn.say(row.audience))


def _choices(turn: Turn, row: Broadcast) -> list[Line]:
    number = row.key
    timing: Wish = "now" if row.send_at else "time"
    ask: Wish = "unask" if row.asks else "ask"
    lines: list[Line] = [
        send_button(turn, row),
        (turn.button("test", Change(number, "test")), turn.button(timing, Change(number, timing))),
        (
            turn.button("edit", Change(number, "edit")),
            turn.button("audience", Change(number, "audience")),
        ),
    ]
    if PHOTO in broadcast.pieces(turn.db, number):
        lines.append(turn.button("no_photo", Change(number, "no_photo")))
    return [
        *lines,
        (turn.button(ask, Change(number, ask)), turn.button("drop", Change(number, "drop"))),
    ]


def send_button(turn: Turn, row: Broadcast, sure: str = "", key: str = "") -> Postback:
    """Return the button that sends: it names the class and how many, and works once."""
    turn = turn.speaking_as(WORDS)
    reached = audience.of(turn.db, row.audience, row.class_id, turn.now)
    name = (
        _brief(school.class_by_id(turn.db, row.class_id).name(turn.language))
        if row.class_id
        else turn.say("all")
    )
    token = turn.confirmation(deed(row, sure))
    said = turn.say(key or ("schedule" if row.send_at else "send"), name=name, n=reached.heads)
    return Postback(said, buttons.pack(Send(row.key, token, sure)))


def deed(row: Broadcast, sure: str) -> str:
    """Return what a token is for: a broadcast as it was shown, and the doubts answered."""
    return f"broadcast.send:{row.id}:{row.revision}:{sure}"


def doubt(turn: Turn, row: Broadcast, question: str, sure: str) -> Flex:
    """Return a doubt about sending, and the ways on."""
    turn = turn.speaking_as(WORDS)
    lines: list[Line] = []
    if question == "night":
        lines.append(turn.button("morning", Change(row.key, "morning")))
    lines.append(send_button(turn, row, sure, f"anyway_{question}"))
    lines.append(look(turn, row))
    return card(turn.say(f"doubt_{question}"), [], lines)


def look(turn: Turn, row: Broadcast) -> Postback:
    """Return the button that shows it once more as it will arrive."""
    return turn.speaking_as(WORDS).button("preview_again", Change(row.key, "preview"))


def held(turn: Turn, row: Broadcast, key: str) -> Flex:
    """Return that it goes out, when, and how to stop it."""
    turn = turn.speaking_as(WORDS)
    about = [Row(turn.say("row_to"), to_whom(turn, row))]
    return card(turn.say(key, at=row.due_at), about, [turn.button("stop", Stop(row.key))])


def picker(turn: Turn, row: Broadcast) -> Flex:
    """Return the question when to send."""
    turn = turn.speaking_as(WORDS)
    limits: Sequence[datetime] = (
        turn.local_now + timedelta(hours=1),
        turn.local_now,
        turn.local_now + FARTHEST,
    )
    initial, earliest, latest = (at.strftime("%Y-%m-%dT%H:%M") for at in limits)
    pick = PickTime(turn.say("pick"), buttons.pack(Picked(row.key)), initial, earliest, latest)
    return card(turn.say("ask_time"), [], [pick])


def _brief(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
