"""Where words were taken from, proposed changes to the record, what is withheld, and new versions of what was sent."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("contribution", sa.Column("taken_from", sa.Text(), nullable=True))
    op.add_column("fact", sa.Column("proposed", sa.Boolean(), server_default="false", nullable=False))
    op.add_column(
        "answer", sa.Column("withheld", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False)
    )


    op.add_column("submission", sa.Column("follows_id", sa.UUID(), nullable=True))
    op.create_foreign_key(
        op.f("fk_submission_authority_id_follows_id"),
        "submission",
        "submission",
        ["authority_id", "follows_id"],
        ["authority_id", "id"],
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_submission_authority_id_follows_id"), "submission", type_="foreignkey")
    op.drop_column("submission", "follows_id")
    op.drop_column("answer", "withheld")
    op.drop_column("fact", "proposed")
    op.drop_column("contribution", "taken_from")
