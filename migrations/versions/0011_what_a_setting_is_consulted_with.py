"""Which draft a setting is consulted with, whose wish it is, what it is in law, and when it reached it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column('consultation', sa.Column('plan_id', sa.UUID(), nullable=True))
    op.add_column('consultation', sa.Column('preferred', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.add_column('consultation', sa.Column('standing', sa.Text(), server_default='listed', nullable=False))
    op.add_column('consultation', sa.Column('home_authority', sa.Text(), nullable=True))
    op.add_column('consultation', sa.Column('reached_on', sa.Date(), nullable=True))
    op.create_foreign_key(op.f('fk_consultation_authority_id_plan_id'), 'consultation', 'submission', ['authority_id', 'plan_id'], ['authority_id', 'id'])
    op.create_check_constraint(op.f('ck_consultation_standing'), 'consultation', "standing in ('listed', 's41', 'independent')")


def downgrade() -> None:
    op.drop_constraint(op.f('ck_consultation_standing'), 'consultation', type_='check')
    op.drop_constraint(op.f('fk_consultation_authority_id_plan_id'), 'consultation', type_='foreignkey')
    for column in ('reached_on', 'home_authority', 'standing', 'preferred', 'plan_id'):
        op.drop_column('consultation', column)
