"""What a carrier that remembers calls a message, and when it is asked what became of it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column('message', sa.Column('carrier_id', sa.Text(), nullable=True))
    op.add_column('message', sa.Column('ask_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index('ix_message_to_ask_about', 'message', ['authority_id', 'ask_at'], unique=False, postgresql_where="ask_at is not null")
    op.create_index(op.f('ix_message_authority_id_person_id'), 'message', ['authority_id', 'person_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_message_authority_id_person_id'), table_name='message')
    op.drop_index('ix_message_to_ask_about', table_name='message')
    op.drop_column('message', 'ask_at')
    op.drop_column('message', 'carrier_id')
