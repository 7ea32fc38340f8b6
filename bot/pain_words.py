"""What is said about a pain, to the runner and to both coaches, wherever it was told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.cards import Note, Row, card
from bot.messages import Flex, Say, Text
from bot.turn import Said, Tell, Turn
from models import health, pain, school
from models.content_files import load_places
from models.person import Person
from models.rules.pain import CAUTION_FROM, Guidance, guidance, tells_coaches
from models.rules.reading import as_a_word, normalise

WORDS = "pain_words"
SIGNS = ("none", "limping", "rest", "point")
LOOKS_BACK = timedelta(days=14)
LIFE = timedelta(days=2)  # how long word of a pain is worth delivering


@dataclass(frozen=True)
class Seen:
    """A coach sees to a reported pain."""

    report: int


@dataclass(frozen=True)
class Hurt:
    """A pain as it was told; `report` is its number where it was kept."""

    level: int
    place: str | None
    days: int = 1
    sign: str = "none"
    report: int | None = None

    @property
    def facts(self) -> tuple[int, bool, int, bool, bool]:
        """Level, limping, days, at night or rest, one point of a bone: what the table asks."""
        point = self.sign == "point" and is_bone(self.place)
        return self.level, self.sign == "limping", self.days, self.sign == "rest", point

    @property
    def guidance(self) -> Guidance:
        """What the pain table says."""
        return guidance(*self.facts)

    @property
    def is_told(self) -> bool:
        """Whether the coaches hear of it: never without consent, for then nothing is kept."""
        return self.report is not None and tells_coaches(*self.facts)


def is_bone(place: str | None) -> bool:
    """Say whether the bone of a place may be stressed."""
    return any(known.bone for known in load_places() if known.id == place)


def place_name(place: str | None, language: str) -> str:
    """Return a place in words; empty where none was told."""
    found = next((known for known in load_places() if known.id == place), None)
    return (found.ja if language == "ja" else found.en) if found else ""


def find_place(text: str) -> str | None:
    """Return the place a text names by its longest name."""
    plain = normalise(text)
    names = [(normalise(n), p.id) for p in load_places() for n in (p.ja, p.en, *p.aliases)]
    for name, place in sorted(names, key=lambda pair: -len(pair[0])):
        edge = r"\b" if name.isascii() else ""
        if re.search(f"{edge}{as_a_word(name)}{edge}", plain):
            return place
    return None


def note(turn: Turn, level: int, place: str | None, place_message: str | None) -> Hurt:
    """Keep a pain, with consent, and return it with the days it has lasted."""
    if not health.has_consent(turn.db, turn.person, health.HEALTH):
        return Hurt(level, place)
    row = pain.PainReport(person_id=turn.person.key, at=turn.at, message_id=turn.message_id)
    row.level = level
    number = pain.report(turn.db, turn.person, row)
    if place is not None:
        where = pain.PainPlace(report_id=number, message_id=place_message)
        where.place = place
        health.keep(turn.db, turn.person, where)
    return Hurt(level, place, _days_in_row(turn), report=number)


def respond(turn: Turn, hurt: Hurt) -> list[Said]:
    """Return the guidance, and word to both coaches where the table asks for it."""
    lines = [_say(turn, f"guide_{hurt.guidance}")]
    quick: tuple[Say, ...] = ()
    word = tell(turn, hurt)
    if word:
        lines.append(_say(turn, "told"))
    elif tells_coaches(*hurt.facts):
        lines.append(_say(turn, "not_told"))
        quick = (Say(_say(turn, "coach_word")),)
    return [Text("\n".join(lines), quick), *word]


def tell(turn: Turn, hurt: Hurt) -> list[Tell]:
    """Return word to both coaches of the person's class, 1:1, where they hear of it."""
    class_ = school.class_of(turn.db, turn.person)
    if not hurt.is_told or class_ is None:
        return []

    def say(theirs: Turn) -> Sequence[Flex]:
        return [_card(theirs, turn.person, class_, hurt)]

    pain.tell(turn.db, hurt.report or 0, turn.now)
    how = {"subject": f"pain:{hurt.report}", "until": turn.now + LIFE}
    return turn.tell_each(_coaches(turn, class_), say, **how)


def _coaches(turn: Turn, class_: school.SchoolClass) -> list[Person]:
    return school.coaches_of(turn.db, class_.key) or school.office(turn.db)


def _card(turn: Turn, runner: Person, class_: school.SchoolClass, hurt: Hurt) -> Flex:
    turn = turn.speaking_as(WORDS)
    lasting = turn.say("days", days=hurt.days) if hurt.days > 1 else ""
    sign = turn.say(f"sign_{hurt.sign}") if hurt.sign != "none" else ""
    where = place_name(hurt.place, turn.language) or turn.say("no_place")
    parts = [
        Row(turn.say("place_label"), where),
        Row(turn.say("level_label"), turn.say("level", level=hurt.level)),
        Note(" ".join(filter(None, (sign, lasting)))) if sign or lasting else None,
        Note(turn.say(f"done_{hurt.guidance}")),
    ]
    title = turn.say("title", name=runner.name)
    seen = turn.button("see_label", Seen(hurt.report or 0))
    return card(title, parts, [seen], kicker=class_.name(turn.language))


def _days_in_row(turn: Turn) -> int:
    """Count the days up to today on each of which something hurt enough to be careful."""
    reports = pain.recent(turn.db, turn.person, turn.at - LOOKS_BACK)
    sore = {turn.local(r.at).date() for r in reports if r.level >= CAUTION_FROM}
    day, days = turn.local(turn.at).date(), 0
    while day in sore:
        day, days = day - timedelta(days=1), days + 1
    return max(days, 1)


def _say(turn: Turn, key: str) -> str:
    return replace(turn, texts=turn.library[WORDS]).say(key)
