"""Every table of the product, imported for migrations and for deletion of a person."""

from models import (
    attendance,
    class_group,
    code,
    confirm,
    consultation,
    dialog,
    health,
    heartbeat,
    inbox,
    message,
    notice,
    outbox,
    pain,
    person,
    record,
    school,
    session,
)
from models.columns import metadata

__all__ = [
    "attendance",
    "class_group",
    "code",
    "confirm",
    "consultation",
    "dialog",
    "health",
    "heartbeat",
    "inbox",
    "message",
    "metadata",
    "notice",
    "outbox",
    "pain",
    "person",
    "record",
    "school",
    "session",
]
