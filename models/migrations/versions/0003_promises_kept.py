"""Promises kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what keeps promises; nothing that older code reads is changed or taken away."""
    _dialog()
    _breaker()
    _restoring()
    _allowances()


def _dialog() -> None:
    op.add_column("dialog", sa.Column("shown", sa.LargeBinary(), nullable=True))
    op.add_column("dialog", sa.Column("misses", sa.Integer(), nullable=True))


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
