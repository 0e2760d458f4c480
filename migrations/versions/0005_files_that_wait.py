"""When the virus scanner was last asked about a file, and finding those that wait for it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

STATE, NEVER = "ix_attachment_authority_id_state_added_at", "ix_attachment_never_scanned"


def upgrade() -> None:
    op.add_column("attachment", sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f(STATE), "attachment", ["authority_id", "state", "added_at"])
    unscanned = "state = 'clean' and scanned_at is null"
    op.create_index(NEVER, "attachment", ["authority_id", "added_at"], postgresql_where=unscanned)


def downgrade() -> None:
    op.drop_index(NEVER, table_name="attachment")
    op.drop_index(op.f(STATE), table_name="attachment")
    op.drop_column("attachment", "scanned_at")
