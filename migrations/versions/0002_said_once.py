"""Words taken from earlier ones, new versions of what was sent, what is withheld, and what a person must look at."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models import security

revision: str = '0002'
down_revision: str | None = '0001'
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('task',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('dedupe_key', sa.Text(), nullable=False),
    sa.Column('submission_id', sa.UUID(), nullable=False),
    sa.Column('person_id', sa.UUID(), nullable=True),
    sa.Column('setting_id', sa.UUID(), nullable=True),
    sa.Column('office', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by', sa.UUID(), nullable=True),
    sa.CheckConstraint("kind in ('read_child', 'talk')", name=op.f('ck_task_kind')),
    sa.CheckConstraint('num_nonnulls(person_id, setting_id) + office::int = 1', name=op.f('ck_task_for_one')),
    sa.ForeignKeyConstraint(['authority_id', 'done_by'], ['person.authority_id', 'person.id'], name=op.f('fk_task_authority_id_done_by')),
    sa.ForeignKeyConstraint(['authority_id', 'person_id'], ['person.authority_id', 'person.id'], name=op.f('fk_task_authority_id_person_id')),
    sa.ForeignKeyConstraint(['authority_id', 'setting_id'], ['setting.authority_id', 'setting.id'], name=op.f('fk_task_authority_id_setting_id')),
    sa.ForeignKeyConstraint(['authority_id', 'submission_id'], ['submission.authority_id', 'submission.id'], name=op.f('fk_task_authority_id_submission_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_task_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_task')),
    sa.UniqueConstraint('authority_id', 'dedupe_key', name=op.f('uq_task_authority_id_dedupe_key'))
    )
    op.create_index(op.f('ix_task_authority_id_person_id'), 'task', ['authority_id', 'person_id'], unique=False, postgresql_where='done_at is null')
    op.create_index(op.f('ix_task_authority_id_setting_id'), 'task', ['authority_id', 'setting_id'], unique=False, postgresql_where='done_at is null')
    op.add_column('answer', sa.Column('withheld', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False))
    op.add_column('contribution', sa.Column('taken_from', sa.Text(), nullable=True))
    op.add_column('fact', sa.Column('proposed', sa.Boolean(), server_default='false', nullable=False))
    op.add_column('submission', sa.Column('follows_id', sa.UUID(), nullable=True))
    op.create_foreign_key(op.f('fk_submission_authority_id_follows_id'), 'submission', 'submission', ['authority_id', 'follows_id'], ['authority_id', 'id'])
    op.create_unique_constraint(
        op.f("uq_submission_authority_id_follows_id"), "submission", ["authority_id", "follows_id"]
    )
    security.guard(op.get_bind(), "task")


def downgrade() -> None:
    op.drop_constraint(op.f("uq_submission_authority_id_follows_id"), "submission", type_="unique")
    op.drop_constraint(op.f('fk_submission_authority_id_follows_id'), 'submission', type_='foreignkey')
    op.drop_column('submission', 'follows_id')
    op.drop_column('fact', 'proposed')
    op.drop_column('contribution', 'taken_from')
    op.drop_column('answer', 'withheld')
    op.drop_index(op.f('ix_task_authority_id_setting_id'), table_name='task', postgresql_where='done_at is null')
    op.drop_index(op.f('ix_task_authority_id_person_id'), table_name='task', postgresql_where='done_at is null')
    op.drop_table('task')
