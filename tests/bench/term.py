"""A term's bill: `python -m tests.bench.term` lives through 25 weeks and prints what LINE counts.

The real planner, engine, delivery and simulator on one database, with the clock moved from one
due instant to the next. 7 classes, 300 members, a third of them silent until a coach asks them;
four broadcasts a month, a session moved and one cancelled each month. What members answer is
written down as if they had tapped, for an answer costs nothing; what speaks to them is real.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from bot import demo_school
from bot.demo_people import line_id
from bot.quota import QuotaWatch
from bot.simulator.bill import class_of, plan_of
from models import class_group, crypto, person, schema, school
from models.database import Database
from models.outbox import OutboxRow
from models.school import SchoolClass
from tests.bench.term_people import Habits
from tests.servers import WebServer
from tests.world import SETTINGS, World

SIZES = (20, 40, 48, 48, 48, 48, 48)  # 300 members
START = datetime(2026, 9, 14, 8, 0, tzinfo=SETTINGS.zone)  # Monday of week 1
WEEKS = int(sys.argv[1]) if len(sys.argv) > 1 else 26  # to the Sunday after the race
SHELF = Path("/dev/shm")  # memory, where there is some


class Term:
    """A school in which the weeks go by."""

    def __init__(self, database: Database, web: WebServer) -> None:
        with database.write() as db:
            demo_school.WEEK = 1
            demo_school.enter(db, START, SETTINGS.zone)
        self.world = World(database, web, at=START)
        self.world.sim.quota.limit = 30_000
        self._fill()
        clock, ahead = self.world.clock.now, self.world.ticker.ahead
        reserve = SETTINGS.quota_reserve
        self.watch = QuotaWatch(database, self.world.line, clock, ahead, reserve)
        self.habits = Habits(self.world)

    def live(self, weeks: int) -> None:
        """Let so many weeks go by."""
        for day in range(7 * weeks):
            self._day(START.replace(hour=0) + timedelta(days=day))
            if day % 7 == 6:
                used = self.world.sim.quota.used(self.world.clock.at)
                print(f"week {day // 7 + 1}: {used:,} this month", file=sys.stderr, flush=True)

    def _day(self, midnight: datetime) -> None:
        self.watch.look()
        deeds = self.habits.of_day(midnight)
        while True:
            now, end = self.world.clock.at, midnight + timedelta(days=1)
            due = min((one.due_at for one in self.world.ticker.ahead(now, end)), default=end)
            wanted = deeds[0][0] if deeds else end
            self.world.clock.at = max(now, min(due, wanted))
            self.world.ticker.plan(self.world.clock.at)
            self.world.settle()
            if wanted <= due and deeds:
                deeds.pop(0)[1]()
                self.world.settle()
            elif due >= end:
                return

    def _fill(self) -> None:
        """Enrol members until every class has its size, and let the bot into every group."""
        world, sim = self.world, self.world.sim
        with world.database.write() as db:
            for class_, size in zip(school.classes(db), SIZES, strict=True):
                group = sim.people.groups[line_id("C", class_.code)]
                group.bot_in = True
                class_group.set_present(db, group.id, True, START).class_id = class_.key
                for number in range(len(school.members_of(db, class_.key)), size):
                    one = f"{class_.code} {number}"
                    sim.add_user(line_id("U", one), one, class_name=class_.name_ja)
                    group.members.append(line_id("U", one))
                    _enrol(db, one, class_)


def _enrol(db: Session, name: str, class_: SchoolClass) -> None:
    given = {"name": name, "kg": 60}
    demo_school._enrol(db, given, school.MEMBER, class_, START)


def bill(term: Term) -> None:
    """Print what LINE counts, by month and class."""
    people, lines = term.world.sim.people, term.world.sim.bill.lines
    classes = [c.name_ja for c in _classes(term)]
    print("| month | " + " | ".join(classes) + " | office | all | plan | naively | plan |")
    print("|---|" + "---|" * (len(classes) + 5))
    for month in sorted({line.month for line in lines}):
        mine = [line for line in lines if line.month == month]
        by_class = Counter[str]()
        for line in mine:
            by_class[class_of(people, line.chat)] += line.counted
        counted = by_class.total()
        naive = sum(line.naive for line in mine) + term.habits.answers[month]
        office = counted - sum(by_class[name] for name in classes)
        cells = [*(by_class[name] for name in classes), office, counted]
        said = [f"{cell:,}" for cell in cells]
        said += [f"¥{plan_of(counted)['yen']:,}", f"{naive:,}", f"¥{plan_of(naive)['yen']:,}"]
        print(f"| {month} | " + " | ".join(said) + " |")


def kinds(term: Term) -> None:
    """Print what the messages were about, by month."""
    table: dict[str, Counter[str]] = {}
    with term.world.database.read() as db:
        paid = select(OutboxRow).where(col(OutboxRow.billed) > 0)
        for row in db.exec(paid.options(defer(OutboxRow.messages))):
            kind, at, billed = row.occurrence.split(":")[0], row.final_at, row.billed or 0
            name = kind if kind.islower() else "what people sent off"  # under their event's key
            assert at is not None
            table.setdefault(name, Counter())[f"{at.astimezone(SETTINGS.zone):%Y-%m}"] += billed
    months = sorted({month for counts in table.values() for month in counts})
    print("\n| about | " + " | ".join(months) + " |\n|---|" + "---|" * len(months))
    for name, counts in sorted(table.items(), key=lambda pair: -pair[1].total()):
        print(f"| {name} | " + " | ".join(f"{counts[month]:,}" for month in months) + " |")


def _classes(term: Term) -> list[SchoolClass]:
    with term.world.database.read() as db:
        return school.classes(db)


@contextmanager
def fresh() -> Iterator[Database]:
    """Open a migrated database in memory, where there is some."""
    where = SHELF if SHELF.is_dir() else None
    with tempfile.TemporaryDirectory(dir=where) as folder:
        database = Database(f"sqlite:///{folder}/term.db")
        schema.migrate(database)
        yield database
        database.close()


def main() -> None:
    """Live through the term and print its bill."""
    crypto.use(crypto.Keyring(SETTINGS.data_key))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    began = time.monotonic()
    with fresh() as database:
        term = Term(database, WebServer())
        with database.read() as db:
            print(f"{len(person.reachable(db))} people, {WEEKS} weeks\n")
        term.live(WEEKS)
        bill(term)
        kinds(term)
        print(f"\nlived in {time.monotonic() - began:.0f} s; {term.habits.log}")
        term.world.close()


if __name__ == "__main__":
    main()
