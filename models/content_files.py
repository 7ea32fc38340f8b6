"""Loading the content a person can edit (tips, body places); nothing unsound is let in."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from models.rules.reading import word_key

CONTENT = Path(__file__).parent / "content"
TOPICS = (
    "foundation",
    "core",
    "form",
    "breathing",
    "aerobic",
    "pace",
    "long_run",
    "hill",
    "nutrition",
    "drinking",
    "heat_cold",
    "injury",
    "sleep",
    "mind",
    "gear",
    "race_day",
)

Text = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Week = Annotated[int, Field(ge=1, le=60)]
Condition = Literal["hot", "cold", "rain", "pain", "tired"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Value):
    """Where a sentence comes from, as it is shown to a reader."""

    id: Id
    ja: Text
    en: Text


class Tip(_Value):
    """One tip of two to five sentences; no weeks or classes means all of them.

    `dose` marks amounts to drink or eat: not for members whom the screening sends to a doctor.
    """

    id: Id
    topic: str
    ja: Text
    en: Text
    source: Source
    weeks: tuple[Week, ...] = ()
    classes: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    dose: bool = False

    def fits(self, week: int, class_code: str) -> bool:
        """Return whether the tip is meant for this week and class."""
        return (not self.weeks or week in self.weeks) and (
            not self.classes or class_code in self.classes
        )


class Topic(_Value):
    """One topic with its name and its tips, in the order of the file."""

    id: str
    ja: Text
    en: Text
    tips: tuple[Tip, ...] = Field(min_length=2)


class Place(_Value):
    """A place of the body, the ways people type it, and whether its bone may be stressed."""

    id: Id
    ja: Text
    en: Text
    aliases: tuple[Text, ...] = Field(min_length=1)
    bone: bool = False


class ContentFaults(Exception):  # noqa: N818 -- a collection of faults, as SchoolFaults is
    """Every fault of the content files at once, each with its file."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


V = TypeVar("V", bound=_Value)


@cache
def load_topics(folder: Path = CONTENT / "tips") -> tuple[Topic, ...]:
    """Return the sixteen topics with their tips; ContentFaults holds every fault."""
    faults: list[str] = []
    sources = _sources(folder / "sources.toml", faults)
    topics = [_topic(folder / f"{name}.toml", name, sources, faults) for name in TOPICS]
    known = {f"{name}.toml" for name in (*TOPICS, "sources")}
    faults += [f"{p.name}: unknown topic" for p in folder.glob("*.toml") if p.name not in known]
    made = tuple(topic for topic in topics if topic)
    faults += _twice("tips", [tip.id for topic in made for tip in topic.tips])
    if faults:
        raise ContentFaults(faults)
    return made


def load_tips(folder: Path = CONTENT / "tips") -> tuple[Tip, ...]:
    """Return every tip, topic by topic; ContentFaults holds every fault."""
    return tuple(tip for topic in load_topics(folder) for tip in topic.tips)


@cache
def load_places(path: Path = CONTENT / "places.toml") -> tuple[Place, ...]:
    """Return the places of the body; an alias claimed by two places is a fault."""
    faults: list[str] = []
    entries = _entries(path, "place", faults)
    places = tuple(_made(Place, entry, path.name, faults) for entry in entries)
    sound = tuple(place for place in places if place)
    faults += _twice(path.name, [place.id for place in sound])
    keys = [{word_key(alias) for alias in (p.ja, p.en, *p.aliases)} for p in sound]
    faults += _twice(path.name, [key for place in keys for key in place])
    if faults:
        raise ContentFaults(faults)
    return sound


def _sources(path: Path, faults: list[str]) -> dict[str, Source]:
    entries = _entries(path, "source", faults)
    made = [_made(Source, entry, path.name, faults) for entry in entries]
    return {source.id: source for source in made if source}


def _topic(path: Path, name: str, sources: dict[str, Source], faults: list[str]) -> Topic | None:
    document = read_document(path, faults)
    tips = []
    for entry in _listed(document, "tip", path.name, faults):
        source = sources.get(str(entry.get("source")))
        if source is None:
            faults.append(f"{path.name}: {entry.get('id')}: unknown source {entry.get('source')!r}")
            continue
        tips.append(_made(Tip, {**entry, "topic": name, "source": source}, path.name, faults))
    sound = tuple(tip for tip in tips if tip)
    head = {key: value for key, value in document.items() if key != "tip"}
    return _made(Topic, {**head, "id": name, "tips": sound}, path.name, faults)


def _entries(path: Path, key: str, faults: list[str]) -> list[dict[str, Any]]:
    return _listed(read_document(path, faults), key, path.name, faults)


def read_document(path: Path, faults: list[str]) -> dict[str, Any]:
    """Return what a file says; what cannot be read is a fault."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{path.name}: {error}")
        return {}


def _listed(
    document: dict[str, Any], key: str, name: str, faults: list[str]
) -> list[dict[str, Any]]:
    found = document.get(key, [])
    if isinstance(found, list) and all(isinstance(entry, dict) for entry in found):
        return found
    faults.append(f"{name}: [[{key}]] must be a list of tables")
    return []


def _made(kind: type[V], entry: dict[str, Any], name: str, faults: list[str]) -> V | None:
    try:
        return kind(**entry)
    except ValidationError as error:
        where = f"{name}: {entry.get('id')}"
        faults += [f"{where}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        return None


def _twice(name: str, ids: list[str]) -> list[str]:
    return [
        f"{name}: {each!r} stands twice" for each in sorted({i for i in ids if ids.count(i) > 1})
    ]
