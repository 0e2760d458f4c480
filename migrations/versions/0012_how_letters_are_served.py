"""Whether letters may be served on a person here, and when a mail was delivered."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from models import security

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('online_service',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('person_id', sa.UUID(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('until_at >= said_at', name=op.f('ck_online_service_ends_after_it_began')),
    sa.ForeignKeyConstraint(['authority_id', 'person_id'], ['person.authority_id', 'person.id'], name=op.f('fk_online_service_authority_id_person_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_online_service_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_online_service'))
    )
    op.create_index(op.f('ix_online_service_authority_id_person_id'), 'online_service', ['authority_id', 'person_id'], unique=False)
    op.create_index('uq_online_service_one_stands', 'online_service', ['authority_id', 'person_id'], unique=True, postgresql_where="until_at is null")
    security.guard(op.get_bind(), "online_service")
    op.add_column('message', sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('message', 'delivered_at')
    op.drop_table('online_service')
