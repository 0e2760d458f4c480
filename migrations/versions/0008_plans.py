"""Where each statement of a plan comes from, and the answers to what the family says about a draft."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from models import security

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TENANT = "nullif(current_setting('app.authority', true), '')::uuid"


def upgrade() -> None:
    op.create_table('plan_source',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text(TENANT), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('submission_id', sa.UUID(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('contribution_id', sa.UUID(), nullable=False),
    sa.Column('agreed', sa.LargeBinary(), nullable=True),
    sa.Column('added_by', sa.UUID(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['authority_id', 'added_by'], ['person.authority_id', 'person.id'], name=op.f('fk_plan_source_authority_id_added_by')),
    sa.ForeignKeyConstraint(['authority_id', 'contribution_id'], ['contribution.authority_id', 'contribution.id'], name=op.f('fk_plan_source_authority_id_contribution_id')),
    sa.ForeignKeyConstraint(['authority_id', 'submission_id'], ['submission.authority_id', 'submission.id'], name=op.f('fk_plan_source_authority_id_submission_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_plan_source_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_plan_source')),
    sa.UniqueConstraint('authority_id', 'submission_id', 'place', 'contribution_id', name=op.f('uq_plan_source_authority_id_submission_id_place_contribution_id'))
    )
    op.create_table('plan_reply',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text(TENANT), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('submission_id', sa.UUID(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('taken', sa.Text(), nullable=False),
    sa.Column('letter', sa.Text(), nullable=True),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('said_by', sa.UUID(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("taken in ('yes', 'partly', 'no')", name=op.f('ck_plan_reply_taken')),
    sa.CheckConstraint("taken = 'no' or letter is not null", name=op.f('ck_plan_reply_what_is_taken_went_somewhere')),
    sa.ForeignKeyConstraint(['authority_id', 'said_by'], ['person.authority_id', 'person.id'], name=op.f('fk_plan_reply_authority_id_said_by')),
    sa.ForeignKeyConstraint(['authority_id', 'submission_id'], ['submission.authority_id', 'submission.id'], name=op.f('fk_plan_reply_authority_id_submission_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_plan_reply_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_plan_reply')),
    sa.UniqueConstraint('authority_id', 'submission_id', 'path', name=op.f('uq_plan_reply_authority_id_submission_id_path'))
    )
    connection = op.get_bind()
    for table in ("plan_source", "plan_reply"):
        security.guard(connection, table)


def downgrade() -> None:
    op.drop_table('plan_reply')
    op.drop_table('plan_source')
