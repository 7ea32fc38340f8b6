"""Welcome: the first words, coming back, going, and what one can say here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.cards import Note, card
from bot.messages import Flex, Link, Message, Say, Text
from bot.router import Feature
from bot.turn import Answer, Turn
from models import class_group, outbox, person, policy, school
from models.policy import Role
from models.rules.reading import word_key

on = Feature("welcome")

MENU_ORDER = (Role.MEMBER, Role.COACH, Role.OFFICE)


@on.event("follow")
def followed(turn: Turn) -> Answer:
    """Greet someone new, or welcome someone back."""
    if not person.set_reachable(turn.db, turn.person, True, turn.at):
        return None  # they have left again since
    return _welcome_back(turn) if school.roles(turn.db, turn.person) else greeting(turn)


def greeting(turn: Turn) -> Flex:
    """Say what Tasuki does, what it keeps, and how to begin."""
    notes = [Note(turn.say("does"), strong=True), Note(turn.say("keeps")), Note(turn.say("begin"))]
    buttons = [Say(turn.say("start")), Say(turn.say("other_language"))]
    return card(turn.say("hello"), notes, buttons, kicker=turn.say("kicker"))


def _welcome_back(turn: Turn) -> Message:
    name = turn.person.name or ""
    words = turn.texts.lists["back"][turn.language]
    return Text(turn.say("welcome_back", name=name), tuple(Say(w) for w in _working(turn, words)))


@on.event("unfollow")
def unfollowed(turn: Turn) -> None:
    """Stop all sending at once; nothing is lost."""
    if person.set_reachable(turn.db, turn.person, False, turn.at):
        outbox.cancel_recipient(turn.db, turn.person.line_id, turn.now)


@on.event("memberJoined")
def joined_group(turn: Turn) -> Answer:
    """Greet who came into a class's group, and say how to have Tasuki in 1:1."""
    bound = class_group.group(turn.db, turn.chat.id)
    if bound is None or bound.class_id is None or not _newcomers(turn):
        return None
    class_ = school.class_by_id(turn.db, bound.class_id)
    text = turn.say("hello_group", class_name=class_.name(turn.language), bot=turn.bot_id)
    add = Link(turn.say("add"), f"https://line.me/R/ti/p/{turn.bot_id}")
    return Text(text, (add,) if turn.bot_id else ())


def _newcomers(turn: Turn) -> bool:
    """Say whether anyone who joined is not of the school yet, as far as LINE tells."""
    joined = turn.event.get("joined")
    members = joined.get("members") if isinstance(joined, dict) else None
    ids = [m.get("userId") for m in members or [] if isinstance(m, dict)]
    known = [person.by_line_id(turn.db, i) if isinstance(i, str) else None for i in ids]
    return not ids or any(one is None or not school.roles(turn.db, one) for one in known)


@on.word
def menu(turn: Turn) -> Answer:
    """Show what one can do, by role, each as a tap that types the word."""
    if not turn.chat.is_direct:
        return Text(turn.say("menu_group", bot=turn.bot_id))
    held = policy.roles_of(turn.db, turn.member)
    lists = [str(role) for role in MENU_ORDER if role in held] or [str(Role.GUEST)]
    hint = "menu_hint" if Role.MEMBER in held else "menu_hint_others"
    every = _menu_card(turn, "menu_title", (*lists, "everyone"), [Note(turn.say(hint))])
    return [every, _menu_card(turn, "race_title", ["race"])] if Role.MEMBER in held else every


def _menu_card(turn: Turn, title: str, lists: Iterable[str], notes: Sequence[Note] = ()) -> Flex:
    lines = [line for name in lists for line in turn.texts.lists[name][turn.language]]
    return card(turn.say(title), notes, [Say(*_label(line)) for line in _working(turn, lines)])


def _label(line: str) -> tuple[str, str]:
    word, _, meaning = line.partition(":")
    return (f"{word} {meaning}".strip(), word)


def _working(turn: Turn, lines: list[str]) -> list[str]:
    """Return the lines whose word wakes something."""
    known = {
        word_key(word)
        for texts in turn.library.values()
        for name in texts.words
        for word in texts.waking_words(name)
    }
    return [line for line in dict.fromkeys(lines) if word_key(line.partition(":")[0]) in known]


@on.word
def thanks(turn: Turn) -> Answer:
    """Take thanks with a kind word; nothing else was asked."""
    return Text(turn.say("thanks"))


@on.word
def hello(turn: Turn) -> Answer:
    """Greet back and say where to begin."""
    menu_word = turn.texts.first_word("menu", turn.language)
    return Text(turn.say("hello_back"), (Say(menu_word),))


@on.event("message.sticker")
def sticker(turn: Turn) -> Answer:
    """Take a sticker with a kind word; in a group it was meant for the others."""
    if not turn.chat.is_direct:
        return None
    menu_word = turn.texts.first_word("menu", turn.language)
    return Text(turn.say("sticker"), (Say(menu_word),))
