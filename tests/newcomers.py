"""Someone new: the first steps of an enrolment, and what became of them."""

from __future__ import annotations

from models import enrolment, health, school

CODE = "VY4HK9TD"  # sub-4
OTHER = "PX6MJ2GE"  # sub-4.5


def agreed(actor):
    """Follow and agree to the terms."""
    actor.follows()
    actor.says("登録")
    actor.says("同意する")


def settled(actor, goal="3:59:59", race="申込済み"):
    """Tell goal and race entry, so that nothing of the class is missing."""
    actor.says("登録")
    actor.says(goal)
    actor.says(race)


def class_of(world, actor):
    """Return the code of the class an actor is in."""
    with world.database.read() as db:
        found = school.class_of(db, actor.record())
        return found.code if found else None


def membership(world, actor):
    """Return an actor's membership."""
    with world.database.read() as db:
        return enrolment.mine(db, actor.record())


def consented(world, actor, kind):
    """Say whether a consent stands."""
    with world.database.read() as db:
        return health.has_consent(db, actor.record(), kind)


def may_have_numbers(world, actor):
    """Say whether an actor may be given personal numbers."""
    with world.database.read() as db:
        return health.may_have_numbers(db, actor.record())
