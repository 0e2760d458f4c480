"""Open dates are found by their rule, and those that had passed when they were first known."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

OPEN = "satisfied_on is null and voided_on is null"


def upgrade() -> None:
    op.create_index(
        "ix_deadline_open_rule", "deadline", ["authority_id", "rule", "due_on"], postgresql_where=sa.text(OPEN)
    )
    op.create_index(
        "ix_deadline_open_past",
        "deadline",
        ["authority_id", "due_on"],
        postgresql_where=sa.text(f"{OPEN} and due_on < known_since"),
    )


def downgrade() -> None:
    op.drop_index("ix_deadline_open_past", table_name="deadline")
    op.drop_index("ix_deadline_open_rule", table_name="deadline")
