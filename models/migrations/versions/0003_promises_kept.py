"""Promises kept."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what keeps promises; nothing that older code reads is changed or taken away."""
