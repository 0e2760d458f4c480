"""What people say about answers, and how they sign a form."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models import security

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('remark',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('submission_id', sa.UUID(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('audience', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('author_id', sa.UUID(), nullable=False),
    sa.Column('author_role', sa.Text(), nullable=False),
    sa.Column('asked_id', sa.UUID(), nullable=True),
    sa.Column('asked_role', sa.Text(), nullable=True),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('about', sa.LargeBinary(), nullable=True),
    sa.Column('state', sa.Text(), server_default='open', nullable=False),
    sa.Column('reply', sa.LargeBinary(), nullable=True),
    sa.Column('settled_by', sa.UUID(), nullable=True),
    sa.Column('settled_role', sa.Text(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_version', sa.Integer(), nullable=True),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('create_token', sa.UUID(), nullable=False),
    sa.CheckConstraint("(kind = 'question') = (asked_id is not null)", name=op.f('ck_remark_questions_are_put_to_somebody')),
    sa.CheckConstraint("kind in ('comment', 'suggestion', 'question')", name=op.f('ck_remark_kind')),
    sa.CheckConstraint("state in ('open', 'answered', 'accepted', 'declined', 'resolved', 'withdrawn')", name=op.f('ck_remark_state')),
    sa.ForeignKeyConstraint(['authority_id', 'asked_id'], ['person.authority_id', 'person.id'], name=op.f('fk_remark_authority_id_asked_id')),
    sa.ForeignKeyConstraint(['authority_id', 'author_id'], ['person.authority_id', 'person.id'], name=op.f('fk_remark_authority_id_author_id')),
    sa.ForeignKeyConstraint(['authority_id', 'settled_by'], ['person.authority_id', 'person.id'], name=op.f('fk_remark_authority_id_settled_by')),
    sa.ForeignKeyConstraint(['authority_id', 'submission_id'], ['submission.authority_id', 'submission.id'], name=op.f('fk_remark_authority_id_submission_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_remark_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_remark')),
    sa.UniqueConstraint('authority_id', 'create_token', name=op.f('uq_remark_authority_id_create_token'))
    )
    op.create_index(op.f('ix_remark_authority_id_submission_id'), 'remark', ['authority_id', 'submission_id'], unique=False)
    op.create_index('ix_remark_waiting', 'remark', ['authority_id', 'asked_id'], unique=False, postgresql_where="state = 'open'")
    op.create_table('sign_off',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('submission_id', sa.UUID(), nullable=False),
    sa.Column('person_id', sa.UUID(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('readers', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('sections', postgresql.ARRAY(sa.Text()), nullable=True),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('content_hash', sa.Text(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('create_token', sa.UUID(), nullable=False),
    sa.CheckConstraint("verdict = 'agree' or reason is not null", name=op.f('ck_sign_off_disagreement_has_a_reason')),
    sa.CheckConstraint("verdict in ('agree', 'partly', 'disagree')", name=op.f('ck_sign_off_verdict')),
    sa.ForeignKeyConstraint(['authority_id', 'person_id'], ['person.authority_id', 'person.id'], name=op.f('fk_sign_off_authority_id_person_id')),
    sa.ForeignKeyConstraint(['authority_id', 'submission_id'], ['submission.authority_id', 'submission.id'], name=op.f('fk_sign_off_authority_id_submission_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_sign_off_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_sign_off')),
    sa.UniqueConstraint('authority_id', 'create_token', name=op.f('uq_sign_off_authority_id_create_token'))
    )
    op.create_index(op.f('ix_sign_off_authority_id_submission_id_signed_at'), 'sign_off', ['authority_id', 'submission_id', 'signed_at'], unique=False)
    connection = op.get_bind()
    for table in ("remark", "sign_off"):
        security.guard(connection, table)
    security.refuse_change(connection, "sign_off")


def downgrade() -> None:
    op.drop_index(op.f('ix_sign_off_authority_id_submission_id_signed_at'), table_name='sign_off')
    op.drop_table('sign_off')
    op.drop_index('ix_remark_waiting', table_name='remark', postgresql_where="state = 'open'")
    op.drop_index(op.f('ix_remark_authority_id_submission_id'), table_name='remark')
    op.drop_table('remark')
