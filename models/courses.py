"""Courses: stations and gates of a race, from files a person can edit; unsound ones are refused."""

from __future__ import annotations

from datetime import time
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from models.content_files import CONTENT, ContentFaults, Text, read_document
from models.rules.timetable import Gate, Station

UNKNOWN = "marathon"  # the course of a race of which no file tells
FOLDER = CONTENT / "courses"
Year = Annotated[int, Field(ge=2000, le=2100)]
Km = Annotated[float, Field(gt=0, le=100)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GateRow(_Value):
    """A gate and the clock time at which it closes."""

    km: Km
    closes: time


class StationRow(_Value):
    """An aid station; water is everywhere, sports drink at some."""

    km: Km
    sports: bool = False


class Course(_Value):
    """A race's way, with the years its gates and stations were published in."""

    name_ja: Text
    name_en: Text
    km: Km
    start: time
    stations_year: Year
    gates_year: Year | None = None
    sports_percent: Annotated[float, Field(ge=0, le=12)]
    notes_ja: str = ""
    notes_en: str = ""
    stations: tuple[StationRow, ...] = Field(min_length=1, max_length=60)
    gates: tuple[GateRow, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if bool(self.gates) != bool(self.gates_year):
            raise ValueError("gates and gates_year belong together")
        for name, rows in (("stations", self.stations), ("gates", self.gates)):
            at = [row.km for row in rows]
            if at != sorted(set(at)) or (at and at[-1] > self.km):
                raise ValueError(f"{name} stand in the order of their km, within the course")
        closes = [self.start, *(gate.closes for gate in self.gates)]
        if closes != sorted(set(closes)):
            raise ValueError("gates close one after the other, after the start")
        return self

    def gate_times(self) -> tuple[Gate, ...]:
        """Return the gates with the seconds from the gun to their closing."""
        return tuple(Gate(gate.km, _seconds(gate.closes, self.start)) for gate in self.gates)

    def drinks(self) -> tuple[Station, ...]:
        """Return the stations."""
        return tuple(Station(row.km, row.sports) for row in self.stations)

    def notes(self, language: str) -> str:
        """Return what is worth knowing about the way, in a language."""
        return self.notes_ja if language == "ja" else self.notes_en


def is_known(stem: str) -> bool:
    """Say whether there is a file for a course."""
    return (FOLDER / f"{stem}.toml").is_file()


def course(stem: str) -> Course:
    """Return a course by its file's stem; the model of any marathon for one nobody described."""
    return load(FOLDER / f"{stem if stem and is_known(stem) else UNKNOWN}.toml")


@cache
def load(path: Path) -> Course:
    """Return a course; ContentFaults holds every fault of the file."""
    faults: list[str] = []
    said = read_document(path, faults)
    try:
        made = Course(**said) if not faults else None
    except ValidationError as error:
        made = None
        faults += [
            f"{path.name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()
        ]
    if made is None:
        raise ContentFaults(faults)
    return made


def _seconds(closes: time, start: time) -> int:
    return _of_day(closes) - _of_day(start)


def _of_day(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
