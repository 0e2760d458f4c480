"""Who works on what, who is kept from which case, what was weighed before a decision, and what panels advised."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models import security

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('office_setting',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('value', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('why', sa.LargeBinary(), nullable=False),
    sa.Column('made_by', sa.UUID(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['authority_id', 'made_by'], ['person.authority_id', 'person.id'], name=op.f('fk_office_setting_authority_id_made_by')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_office_setting_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_office_setting')),
    sa.UniqueConstraint('authority_id', 'key', 'version', name=op.f('uq_office_setting_authority_id_key_version'))
    )
    op.create_table('conflict',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('person_id', sa.UUID(), nullable=False),
    sa.Column('case_id', sa.UUID(), nullable=False),
    sa.Column('why', sa.LargeBinary(), nullable=False),
    sa.Column('declared_by', sa.UUID(), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_by', sa.UUID(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['authority_id', 'case_id'], ['case.authority_id', 'case.id'], name=op.f('fk_conflict_authority_id_case_id')),
    sa.ForeignKeyConstraint(['authority_id', 'declared_by'], ['person.authority_id', 'person.id'], name=op.f('fk_conflict_authority_id_declared_by')),
    sa.ForeignKeyConstraint(['authority_id', 'ended_by'], ['person.authority_id', 'person.id'], name=op.f('fk_conflict_authority_id_ended_by')),
    sa.ForeignKeyConstraint(['authority_id', 'person_id'], ['person.authority_id', 'person.id'], name=op.f('fk_conflict_authority_id_person_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_conflict_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_conflict'))
    )
    op.create_index(op.f('ix_conflict_authority_id_case_id'), 'conflict', ['authority_id', 'case_id'], unique=False)
    op.create_index('uq_conflict_one_standing', 'conflict', ['authority_id', 'person_id', 'case_id'], unique=True, postgresql_where='ended_at is null')
    op.create_table('consideration',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('process_id', sa.UUID(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('item_id', sa.UUID(), nullable=False),
    sa.Column('showed', sa.LargeBinary(), nullable=False),
    sa.Column('stands', sa.Boolean(), nullable=False),
    sa.Column('marked_by', sa.UUID(), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind in ('form', 'file')", name=op.f('ck_consideration_kind')),
    sa.ForeignKeyConstraint(['authority_id', 'marked_by'], ['person.authority_id', 'person.id'], name=op.f('fk_consideration_authority_id_marked_by')),
    sa.ForeignKeyConstraint(['authority_id', 'process_id'], ['process.authority_id', 'process.id'], name=op.f('fk_consideration_authority_id_process_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_consideration_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_consideration'))
    )
    op.create_index(op.f('ix_consideration_authority_id_process_id_item_id_marked_at'), 'consideration', ['authority_id', 'process_id', 'item_id', 'marked_at'], unique=False)
    op.create_table('panel',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('decider_id', sa.UUID(), nullable=False),
    sa.Column('made_by', sa.UUID(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['authority_id', 'decider_id'], ['person.authority_id', 'person.id'], name=op.f('fk_panel_authority_id_decider_id')),
    sa.ForeignKeyConstraint(['authority_id', 'made_by'], ['person.authority_id', 'person.id'], name=op.f('fk_panel_authority_id_made_by')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_panel_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_panel'))
    )
    op.create_index(op.f('ix_panel_authority_id_held_on'), 'panel', ['authority_id', 'held_on'], unique=False)
    op.create_table('panel_member',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('panel_id', sa.UUID(), nullable=False),
    sa.Column('person_id', sa.UUID(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id', 'panel_id'], ['panel.authority_id', 'panel.id'], name=op.f('fk_panel_member_authority_id_panel_id')),
    sa.ForeignKeyConstraint(['authority_id', 'person_id'], ['person.authority_id', 'person.id'], name=op.f('fk_panel_member_authority_id_person_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_panel_member_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_panel_member')),
    sa.UniqueConstraint('authority_id', 'panel_id', 'person_id', name=op.f('uq_panel_member_authority_id_panel_id_person_id'))
    )
    op.create_index(op.f('ix_panel_member_authority_id_person_id'), 'panel_member', ['authority_id', 'person_id'], unique=False)
    op.create_table('panel_item',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('panel_id', sa.UUID(), nullable=False),
    sa.Column('process_id', sa.UUID(), nullable=False),
    sa.Column('put_on_by', sa.UUID(), nullable=False),
    sa.Column('put_on_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_off_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('advice', sa.Text(), nullable=True),
    sa.Column('minutes', sa.LargeBinary(), nullable=True),
    sa.Column('sat', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('version', sa.Integer(), server_default='0', nullable=False),
    sa.Column('recorded_by', sa.UUID(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("advice in ('assess', 'not', 'more')", name=op.f('ck_panel_item_advice')),
    sa.ForeignKeyConstraint(['authority_id', 'panel_id'], ['panel.authority_id', 'panel.id'], name=op.f('fk_panel_item_authority_id_panel_id')),
    sa.ForeignKeyConstraint(['authority_id', 'process_id'], ['process.authority_id', 'process.id'], name=op.f('fk_panel_item_authority_id_process_id')),
    sa.ForeignKeyConstraint(['authority_id', 'put_on_by'], ['person.authority_id', 'person.id'], name=op.f('fk_panel_item_authority_id_put_on_by')),
    sa.ForeignKeyConstraint(['authority_id', 'recorded_by'], ['person.authority_id', 'person.id'], name=op.f('fk_panel_item_authority_id_recorded_by')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_panel_item_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_panel_item')),
    sa.UniqueConstraint('authority_id', 'panel_id', 'process_id', name=op.f('uq_panel_item_authority_id_panel_id_process_id'))
    )
    op.create_index(op.f('ix_panel_item_authority_id_process_id'), 'panel_item', ['authority_id', 'process_id'], unique=False)
    op.add_column('attachment', sa.Column('about_child', sa.Boolean(), server_default='false', nullable=False))
    connection = op.get_bind()
    for table in ("office_setting", "conflict", "consideration", "panel", "panel_member", "panel_item"):
        security.guard(connection, table)
    for table in ("office_setting", "consideration"):
        security.refuse_change(connection, table)


def downgrade() -> None:
    op.drop_column('attachment', 'about_child')
    op.drop_index(op.f('ix_panel_item_authority_id_process_id'), table_name='panel_item')
    op.drop_table('panel_item')
    op.drop_index(op.f('ix_panel_member_authority_id_person_id'), table_name='panel_member')
    op.drop_table('panel_member')
    op.drop_index(op.f('ix_panel_authority_id_held_on'), table_name='panel')
    op.drop_table('panel')
    op.drop_index(op.f('ix_consideration_authority_id_process_id_item_id_marked_at'), table_name='consideration')
    op.drop_table('consideration')
    op.drop_index('uq_conflict_one_standing', table_name='conflict', postgresql_where='ended_at is null')
    op.drop_index(op.f('ix_conflict_authority_id_case_id'), table_name='conflict')
    op.drop_table('conflict')
    op.drop_table('office_setting')
