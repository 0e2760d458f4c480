"""People who take part: what an invitation offers, and until when."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    for table in ("grant", "invitation"):
        op.add_column(table, sa.Column("until_sent", sa.Boolean(), server_default="false", nullable=False))
        op.add_column(table, sa.Column("capacity", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "invitation", sa.Column("rights", postgresql.ARRAY(sa.Text()), server_default="{read,write}", nullable=False)
    )
    op.add_column("invitation", sa.Column("sections", postgresql.ARRAY(sa.Text()), nullable=True))
    op.add_column("invitation", sa.Column("until_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for column in ("until_at", "sections", "rights"):
        op.drop_column("invitation", column)
    for table in ("grant", "invitation"):
        op.drop_column(table, "capacity")
        op.drop_column(table, "until_sent")
