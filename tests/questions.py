"""Questions to the coaches, for the tests of 相談."""

from __future__ import annotations

from sqlmodel import select

from models.consultation import Consultation

QUESTION = "膝のことで相談です。走り終わると外側が張ります。"


def rows(world, table=Consultation):
    with world.database.read() as db:
        return list(db.exec(select(table)))


def asks(actor, question=QUESTION):
    """Ask a question to the end."""
    actor.says("相談")
    actor.says(question)
    return actor.says("送る")
