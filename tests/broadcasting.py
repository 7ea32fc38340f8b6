"""What tests of broadcasts share: writing one, and looking at what became of it."""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import select

from models.broadcast import Broadcast
from models.school import Membership, SchoolClass

RAIN = "明日は雨予報です。レインウェアを忘れずに。"
SHOWN = f"📣 西岡 遥コーチより\n\n{RAIN}"
SEND = "サブ4クラスの7人に送る"
CLASSES = ("S3", "S35", "S4", "S45", "S5", "S6", "FIN")


def drafts(coach, text=RAIN, whom="クラスのグループ(7人)"):
    """Write a broadcast up to its preview."""
    coach.says("配信")
    coach.says(text)
    return coach.taps(whom)


def class_id(world, code):
    with world.database.read() as db:
        return db.exec(select(SchoolClass.id).where(SchoolClass.code == code)).one()


def newest(world):
    """Return the newest broadcast as the database has it."""
    with world.database.read() as db:
        return db.exec(select(Broadcast).order_by(Broadcast.id.desc())).first()


def loses_roles(world, actor):
    """Take every role away from somebody, as the office does."""
    with world.database.write() as db:
        db.execute(delete(Membership).where(Membership.person_id == actor.record().key))


def heard_in_groups(world, aiko, text=RAIN):
    """Return in which classes' groups a text was heard."""
    return [
        code
        for code in CLASSES
        if any(text in str(b["message"]) for b in world.sim.chats.shown(world.group(code), 0))
    ]
