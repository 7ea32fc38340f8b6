"""Tips: this week's first, then by topic or word, none twice until all are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import tip_choice
from bot.cards import Note, Part, Small, card
from bot.feature import Feature
from bot.messages import Button, Flex, Say, Text
from bot.turn import Answer, Turn
from models import class_group, record, school, session
from models.content_files import Tip, Topic, load_topics
from models.rules.reading import word_key
from models.school import SchoolClass
from models.session import TrainingSession

on = Feature("tips")
TOPICS_A_PAGE = 8


@dataclass(frozen=True)
class More:
    """Another page of topics."""

    page: int


@on.word
def tip(turn: Turn) -> Answer:
    """Give the tip of this week, then others that are new."""
    class_ = _class(turn)
    if class_ is None:
        return Text(turn.say("no_class"))
    coming = _week_session(turn, class_)
    week = coming.week if coming else 1
    ranked = tip_choice.ranked(turn, class_, coming, week)
    if not turn.chat.is_direct:
        return _card(turn, turn.say("week", week=week), ranked[0])
    chosen = _new(turn, ranked)
    return _show(turn, _title(turn, chosen, coming, ranked[0]), chosen)


@on.word
def topics(turn: Turn) -> Answer:
    """List the topics."""
    return _page(turn, 0)


@on.button(More)
def more(turn: Turn, tapped: More) -> Answer:
    """Show another page of topics."""
    return _page(turn, tapped.page)


@on.word
def topic(turn: Turn) -> Answer:
    """Give a tip of the topic that was named."""
    return _about(turn, turn.text)


@on.phrase
def about(turn: Turn, text: str) -> Answer:
    """Give a tip of a topic, or one that has the word in it."""
    return _about(turn, text)


def _title(turn: Turn, chosen: Tip, coming: TrainingSession | None, first: Tip) -> str:
    """Say why this tip: the body, the week or nothing in particular."""
    if told := tip_choice.reported(turn) & set(chosen.when):
        return turn.say("for_pain" if "pain" in told else "for_tired")
    lesson = session.lesson(turn.db, coming) if coming else None
    is_weeks = chosen == first or (lesson is not None and lesson.tip == chosen.id)
    week = coming.week if coming else 1
    return turn.say("week", week=week) if is_weeks else turn.say("title")


def _about(turn: Turn, text: str) -> Answer:
    for word in turn.texts.lists["before"]["en"]:
        text = text.removeprefix(f"{word} ")
    named = _topic(turn, text)
    found = named.tips if named else tip_choice.with_words(text)
    fitting = [one for one in found if tip_choice.may_read(turn, one)]
    if not fitting:
        return Text(turn.say("nothing"), (Say(turn.say("topics_word")),))
    title = _name(named, turn.language) if named else turn.say("title")
    return _show(turn, title, _new(turn, fitting), text)


def _show(turn: Turn, title: str, chosen: Tip, text: str = "") -> Flex:
    record.note_tip(turn.db, turn.person.key, chosen.id, turn.now)
    again = f"{turn.say('tip_word')} {text}".strip()[:100]
    quick = (Say(turn.say("another_label"), again), Say(turn.say("topics_word")))
    return _card(turn, title, chosen, quick)


def _card(turn: Turn, title: str, chosen: Tip, quick: Sequence[Button] = ()) -> Flex:
    ja = turn.language == "ja"
    source = chosen.source.ja if ja else chosen.source.en
    parts: list[Part] = [
        Note(chosen.ja if ja else chosen.en),
        Small(turn.say("source", source=source)),
    ]
    of_topic = next(t for t in load_topics() if t.id == chosen.topic)
    return card(title, parts, kicker=_name(of_topic, turn.language), quick=quick)


def _page(turn: Turn, page: int) -> Text:
    every = load_topics()
    start = page * TOPICS_A_PAGE if 0 <= page * TOPICS_A_PAGE < len(every) else 0
    names = [_name(one, turn.language) for one in every]
    shown = names[start : start + TOPICS_A_PAGE]
    word = turn.say("tip_word")
    taps: list[Button] = [Say(name, f"{word} {name}") for name in shown]
    following = start // TOPICS_A_PAGE + 1 if start + TOPICS_A_PAGE < len(every) else 0
    taps.append(turn.button("more_label", More(following)))
    return Text(turn.say("choose", topics=" / ".join(names)), tuple(taps))


def _new(turn: Turn, ranked: Sequence[Tip]) -> Tip:
    """Return the first that was not read; when all were, they begin anew."""
    read = record.read_tips(turn.db, turn.person.key)
    fresh = next((one for one in ranked if one.id not in read), None)
    if fresh is None:
        record.forget_tips(turn.db, turn.person.key, [one.id for one in ranked])
    return fresh or ranked[0]


def _class(turn: Turn) -> SchoolClass | None:
    if not turn.chat.is_direct:
        bound = class_group.group(turn.db, turn.chat.id)
        return school.class_by_id(turn.db, bound.class_id) if bound and bound.class_id else None
    coached = school.coached_by(turn.db, turn.person)
    return school.class_of(turn.db, turn.person) or next(iter(coached), None)


def _week_session(turn: Turn, class_: SchoolClass) -> TrainingSession | None:
    coming = session.next_of(turn.db, class_.key, turn.now)
    return coming or session.latest_started(turn.db, class_.key, turn.now)


def _topic(turn: Turn, text: str) -> Topic | None:
    """Return the topic a text is the name of, else the one with the longest name in it."""
    said = word_key(text)
    names = [(word_key(n), t) for t in load_topics() for n in _names(turn, t)]
    exact = [one for name, one in names if name == said]
    inside = [(name, one) for name, one in names if len(name) > 1 and _has_word(said, name)]
    if exact or not inside:
        return exact[0] if exact else None
    return max(inside, key=lambda pair: len(pair[0]))[1]


def _has_word(text: str, word: str) -> bool:
    """Say whether a word stands in a text; a Latin one has to stand alone."""
    if word.isascii():
        return f" {word} " in f" {text} "
    return word in text


def _names(turn: Turn, one: Topic) -> list[str]:
    also = turn.texts.lists.get(f"topic_{one.id}", {})
    return [one.ja, one.en, *(word for words in also.values() for word in words)]


def _name(one: Topic, language: str) -> str:
    return one.ja if language == "ja" else one.en
