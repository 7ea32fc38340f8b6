"""Promises kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.crypto import current

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what keeps promises; nothing that older code reads is changed or taken away."""
    _write_down_the_hash_key()
    _alerts()
    _dialog()
    _breaker()
    _restoring()
    _allowances()
    _night()
    _last_words()
    _numbers_of_their_own()


NUMBERED = {"sqlite_autoincrement": True}
LEAVE_A_GAP = (
    "UPDATE sqlite_sequence SET seq = seq + 1000 WHERE name IN ('broadcast', 'training_session')"
)
UNSENT = """
INSERT INTO alert (key, why, haste, raised_at)
SELECT 'outbox:' || replace(CAST(NEW.id AS TEXT), '-', ''), NEW.state,
  CASE WHEN NEW.occurrence LIKE 'alert.%' OR NEW.occurrence LIKE 'quota.%' THEN 9
    WHEN NEW.priority = 0 THEN 0 ELSE 2 END,
  COALESCE(NEW.final_at, NEW.created_at)
WHERE (NEW.state = 'dead' AND NEW.priority < 3)
  OR (NEW.state IN ('expired', 'unknown') AND NEW.priority IN (0, 2))
ON CONFLICT (key) DO NOTHING;
"""
UNDONE = """
INSERT INTO alert (key, why, haste, raised_at)
SELECT 'inbox:' || NEW.key, NEW.state,
  CASE WHEN NEW.key LIKE 'clock:alert.%' OR NEW.key LIKE 'clock:quota.%' THEN 9
    WHEN NEW.key LIKE 'clock:race.safety:%' OR NEW.key LIKE 'clock:race.silent:%' THEN 0
    ELSE 2 END,
  COALESCE(NEW.not_before, NEW.recorded_at)
WHERE NEW.state = 'dead' OR (NEW.door = 'clock' AND EXISTS (
  SELECT 1 FROM inbox WHERE inbox.door = 'clock' AND inbox.recorded_at < NEW.happened_at))
ON CONFLICT (key) DO NOTHING;
"""
GIVEN_UP = "NEW.state IN ('dead', 'expired', 'unknown')"
SET_ASIDE = "NEW.state IN ('dead', 'missed')"


def _alerts() -> None:
    op.create_table(
        "alert",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("haste", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_alert")),
    )
    op.create_index(op.f("ix_alert_told_at"), "alert", ["told_at"])
    _whenever("alert_unsent", "UPDATE OF state ON outbox", GIVEN_UP, UNSENT)
    _whenever("alert_undone", "UPDATE OF state ON inbox", SET_ASIDE, UNDONE)
    _whenever("alert_undone_at_once", "INSERT ON inbox", SET_ASIDE, UNDONE)


def _whenever(name: str, change: str, is_so: str, deed: str) -> None:
    """Let the database do a deed in the transaction that changes a row, whoever changes it."""
    head = f"CREATE TRIGGER {name} AFTER {change} FOR EACH ROW WHEN"
    if _is_sqlite():
        op.execute(f"{head} {is_so} BEGIN {deed} END")
        return
    body = f"$$ BEGIN {deed} RETURN NULL; END $$"
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}")
    op.execute(f"{head} ({is_so}) EXECUTE FUNCTION {name}()")


def _dialog() -> None:
    op.add_column("dialog", sa.Column("shown", sa.LargeBinary(), nullable=True))
    op.add_column("dialog", sa.Column("misses", sa.Integer(), nullable=True))


def _write_down_the_hash_key() -> None:
    """Keep the key of keyed hashes, so that they outlive a change of the data key."""
    table = op.create_table(
        "hash_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hash_key")),
    )
    name = sa.column("name")
    person = sa.select(name).select_from(sa.table("person")).where(name.is_not(None)).limit(1)
    key = current().first_hash_key(op.get_bind().execute(person).scalar())
    sealed = current().seal(key, "hash_key.value")
    op.bulk_insert(table, [{"id": 1, "value": sealed}])


def _breaker() -> None:
    op.create_table(
        "breaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breaker")),
    )


def _restoring() -> None:
    op.create_table(
        "deletion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("copied", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion")),
    )
    op.create_index(op.f("ix_deletion_copied"), "deletion", ["copied"], unique=False)
    op.create_table(
        "restoration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("doubt_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restoration")),
    )
    op.add_column("outbox", sa.Column("reason", sa.String(), nullable=True))


def _allowances() -> None:
    op.create_table(
        "allowance",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("full_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_allowance")),
    )
    op.create_index(op.f("ix_allowance_full_at"), "allowance", ["full_at"])


def _night() -> None:
    op.add_column("outbox", sa.Column("rests_from", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True))


def _last_words() -> None:
    op.create_table(
        "last_word",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_last_word_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "about", name=op.f("pk_last_word")),
    )
    op.create_index(op.f("ix_last_word_at"), "last_word", ["at"], unique=False)


def _numbers_of_their_own() -> None:
    """Let SQLite, too, give out each number once: old buttons carry them."""
    if not _is_sqlite():
        return
    for name in ("broadcast", "training_session"):
        with op.batch_alter_table(name, recreate="always", table_kwargs=NUMBERED):
            pass
    op.execute(LEAVE_A_GAP)  # which numbers were deleted before is not known any more


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
