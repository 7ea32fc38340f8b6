"""What conversation tests about bodies set and look up in the database."""

from __future__ import annotations

from sqlmodel import select

from models import carb, health, school, session


def rows(world, table):
    """Return all rows of a table."""
    with world.database.read() as db:
        return list(db.exec(select(table)))


def drinks(world, actor):
    """Return the millilitres an actor noted, in order."""
    mine = actor.record().key
    return [row.ml for row in rows(world, health.Drink) if row.person_id == mine]


def eaten(world, actor):
    """Return the grams of carbohydrate an actor noted, in order."""
    mine = actor.record().key
    found = [row for row in rows(world, carb.FoodEaten) if row.person_id == mine]
    return [round(row.grams, 1) for row in sorted(found, key=lambda row: row.id)]


def kilos(world, actor):
    """Return the weight known of an actor."""
    with world.database.read() as db:
        return health.weight_kg(db, actor.record())


def screened(world, actor, **answers):
    """Answer the screening otherwise: `eating=True`; None takes an answer back."""
    with world.database.write() as db:
        one = actor.record()
        for name, value in answers.items():
            row = health.ScreeningAnswer(person_id=one.key, question=name, answer=value)
            health.keep(db, one, row)
            if value is None:
                db.delete(db.get(health.ScreeningAnswer, (one.key, name)))


def weighs(world, actor, kg):
    """Set an actor's weight."""
    with world.database.write() as db:
        one = actor.record()
        row = health.BodyWeight(person_id=one.key, at=world.clock.now())
        row.kg = kg
        health.keep(db, one, row)


def consents(world, actor, given=True):
    """Give or withdraw an actor's consent to health data."""
    with world.database.write() as db:
        deed = health.consent if given else health.withdraw
        deed(db, actor.record(), health.HEALTH, world.clock.now())


def session_of(world, class_code="S4", week=11):
    """Return a session of a class."""
    with world.database.read() as db:
        class_ = next(c for c in school.classes(db) if c.code == class_code)
        all_of = select(session.TrainingSession).where(
            session.TrainingSession.class_id == class_.key, session.TrainingSession.week == week
        )
        return db.exec(all_of).one()


def lasts(world, minutes, class_code="S4", week=11):
    """Let a week's lesson take so long at the same speed."""
    with world.database.write() as db:
        lesson = session.lesson(db, session_of(world, class_code, week))
        lesson.km = lesson.km and lesson.km * minutes / lesson.minutes
        lesson.minutes = minutes
        db.add(lesson)


def changes(world, one, **values):
    """Move or cancel a session as a coach would."""
    with world.database.write() as db:
        session.change(db, session.by_id(db, one.key), world.clock.now(), **values)


def aims_at(world, actor, seconds):
    """Set an actor's own goal."""
    with world.database.write() as db:
        one = actor.record()
        held = school.membership(db, one, school.class_of(db, one).key)
        held.goal_seconds = seconds
        db.add(held)
