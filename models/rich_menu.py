"""Rich menus at LINE: which are installed, whose menu is linked, and whose ought to be another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, literal, or_, update
from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import instant
from models.database import insert_new
from models.person import Person
from models.school import COACHES, OFFICE, Membership

UNSURE = "?"  # LINE was asked and may or may not have done it
WAITS = (10, 60, 600, 3600)  # seconds before the next try, by tries so far


class InstalledMenu(SQLModel, table=True):
    """A menu that LINE has: its key (`coach-en`) and LINE's number of it."""

    __tablename__ = "installed_menu"

    key: str = Field(primary_key=True)
    line_id: str
    is_default: bool = False


class MenuLink(SQLModel, table=True):
    """The menu LINE was last told to show a person; empty: the default one."""

    __tablename__ = "menu_link"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    menu: str = ""
    at: datetime = instant()
    tries: int = 0


@dataclass(frozen=True)
class Wish:
    """A person whose menu is to be changed, and to what; empty means the default one."""

    person_id: int
    line_id: str
    menu: str
    tries: int


def installed(db: Session) -> dict[str, str]:
    """Return LINE's numbers of the installed menus by key."""
    return {row.key: row.line_id for row in db.exec(select(InstalledMenu))}


def set_installed(db: Session, menus: Mapping[str, str], default: str) -> None:
    """Note which menus LINE has now; whoever has one that is gone gets another."""
    db.execute(delete(InstalledMenu))
    for key, line_id in menus.items():
        db.add(InstalledMenu(key=key, line_id=line_id, is_default=key == default))
    db.flush()


def keep_installed(db: Session, there: Collection[str]) -> None:
    """Forget the menus that LINE does not have any more: who had one gets the default."""
    db.execute(delete(InstalledMenu).where(col(InstalledMenu.line_id).not_in(there)))


def wishes(db: Session, now: datetime, limit: int) -> list[Wish]:
    """Return people whom LINE does not show the menu of their role and language, and who wait.

    It compares what ought to be with what was done, so nobody has to remember to say that a role
    or a language has changed.
    """
    if not installed(db):
        return []
    tries = func.coalesce(MenuLink.tries, 0)
    found = (
        select(col(Person.id), col(Person.line_id), _wanted(), tries)
        .outerjoin(MenuLink, col(MenuLink.person_id) == Person.id)
        .where(col(Person.reachable), _differs(), _ready(now))
        .order_by(tries, col(Person.id))
        .limit(limit)
    )
    return [Wish(*row) for row in db.execute(found)]


def asking(db: Session, wish: Wish, now: datetime) -> None:
    """Note that LINE is about to be asked: until it answers nobody knows what it shows."""
    row = {"person_id": wish.person_id, "menu": UNSURE, "at": now, "tries": wish.tries + 1}
    if not insert_new(db.connection(), MenuLink.__table__, [row]):  # type: ignore[attr-defined]
        mine = update(MenuLink).where(col(MenuLink.person_id) == wish.person_id)
        db.execute(mine.values(menu=UNSURE, at=now, tries=wish.tries + 1))


def done(db: Session, wish: Wish, now: datetime) -> None:
    """Note that LINE shows what was wished."""
    mine = update(MenuLink).where(col(MenuLink.person_id) == wish.person_id)
    db.execute(mine.values(menu=wish.menu, at=now, tries=0))


def doubt(db: Session, person: Person, now: datetime) -> None:
    """Let a person's menu be linked anew: LINE may have dropped it while they were away."""
    mine = update(MenuLink).where(col(MenuLink.person_id) == person.key)
    db.execute(mine.values(menu=UNSURE, at=now, tries=0))


def doubt_all(db: Session, now: datetime) -> None:
    """Let everyone's menu be linked anew."""
    db.execute(update(MenuLink).values(menu=UNSURE, at=now, tries=0))


def _wanted() -> ColumnElement[str]:
    """Return the menu of a person's role and language; empty where that is the default."""
    key = _role() + literal("-") + col(Person.language)
    mine = select(
        case((col(InstalledMenu.is_default), ""), else_=col(InstalledMenu.line_id))
    ).where(col(InstalledMenu.key) == key)
    return func.coalesce(mine.scalar_subquery(), "")


def _role() -> ColumnElement[str]:
    """Return what a person is first of all: the office leads, then the coaches."""
    return case((_holds((OFFICE,)), "office"), (_holds(COACHES), "coach"), else_="member")


def _holds(roles: tuple[str, ...]) -> ColumnElement[bool]:
    mine = col(Membership.person_id) == col(Person.id)
    return exists().where(mine, col(Membership.role).in_(roles)).correlate(Person)


def _differs() -> ColumnElement[bool]:
    """Tell whether LINE was last told to show another menu."""
    return func.coalesce(MenuLink.menu, "") != _wanted()


def _ready(now: datetime) -> ColumnElement[bool]:
    """Tell whether there was no try yet, or the last one is long enough ago."""
    waited = [
        and_(col(MenuLink.tries) == tries + 1, col(MenuLink.at) <= now - timedelta(seconds=wait))
        for tries, wait in enumerate(WAITS)
    ]
    long_ago = col(MenuLink.at) <= now - timedelta(seconds=WAITS[-1])
    fresh = func.coalesce(MenuLink.tries, 0) == 0
    return or_(fresh, long_ago, *waited)
