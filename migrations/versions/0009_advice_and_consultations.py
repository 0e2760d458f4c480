"""Requests for advice, agreements that existing advice is enough, and settings that are consulted."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from models import security

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('advice_request',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('case_id', sa.UUID(), nullable=False),
    sa.Column('process_id', sa.UUID(), nullable=False),
    sa.Column('limb', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('form_id', sa.Text(), nullable=False),
    sa.Column('to_name', sa.Text(), nullable=False),
    sa.Column('setting_id', sa.UUID(), nullable=True),
    sa.Column('email', sa.LargeBinary(), nullable=True),
    sa.Column('why', sa.LargeBinary(), nullable=True),
    sa.Column('existing', sa.LargeBinary(), nullable=True),
    sa.Column('stage', sa.Text(), nullable=False),
    sa.Column('wanted_by', sa.UUID(), nullable=True),
    sa.Column('wanted_on', sa.Date(), nullable=True),
    sa.Column('asked_on', sa.Date(), nullable=True),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('received_how', sa.Text(), nullable=True),
    sa.Column('expected_on', sa.Date(), nullable=True),
    sa.Column('replied_on', sa.Date(), nullable=True),
    sa.Column('reply_id', sa.UUID(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('create_token', sa.UUID(), nullable=False),
    sa.CheckConstraint("limb in ('b', 'c', 'd', 'e', 'f', 'g', 'h')", name=op.f('ck_advice_request_limb')),
    sa.CheckConstraint("received_how in ('mail', 'opened', 'recorded')", name=op.f('ck_advice_request_received_how')),
    sa.CheckConstraint('setting_id is null or email is null', name=op.f('ck_advice_request_one_way_to_reach_them')),
    sa.ForeignKeyConstraint(['authority_id', 'case_id'], ['case.authority_id', 'case.id'], name=op.f('fk_advice_request_authority_id_case_id')),
    sa.ForeignKeyConstraint(['authority_id', 'process_id'], ['process.authority_id', 'process.id'], name=op.f('fk_advice_request_authority_id_process_id')),
    sa.ForeignKeyConstraint(['authority_id', 'reply_id'], ['submission.authority_id', 'submission.id'], name=op.f('fk_advice_request_authority_id_reply_id')),
    sa.ForeignKeyConstraint(['authority_id', 'setting_id'], ['setting.authority_id', 'setting.id'], name=op.f('fk_advice_request_authority_id_setting_id')),
    sa.ForeignKeyConstraint(['authority_id', 'wanted_by'], ['person.authority_id', 'person.id'], name=op.f('fk_advice_request_authority_id_wanted_by')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_advice_request_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_advice_request')),
    sa.UniqueConstraint('authority_id', 'create_token', name=op.f('uq_advice_request_authority_id_create_token'))
    )
    op.create_index(op.f('ix_advice_request_authority_id_case_id'), 'advice_request', ['authority_id', 'case_id'], unique=False)
    op.create_index(op.f('ix_advice_request_authority_id_process_id'), 'advice_request', ['authority_id', 'process_id'], unique=False)
    op.create_index(op.f('ix_advice_request_authority_id_setting_id'), 'advice_request', ['authority_id', 'setting_id'], unique=False)
    op.create_index('ix_advice_request_on_its_way', 'advice_request', ['authority_id', 'asked_on'], unique=False, postgresql_where="stage = 'asked'")
    op.create_table('consultation',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('case_id', sa.UUID(), nullable=False),
    sa.Column('process_id', sa.UUID(), nullable=False),
    sa.Column('setting_id', sa.UUID(), nullable=False),
    sa.Column('stage', sa.Text(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('replied_on', sa.Date(), nullable=True),
    sa.Column('reply_id', sa.UUID(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('create_token', sa.UUID(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id', 'case_id'], ['case.authority_id', 'case.id'], name=op.f('fk_consultation_authority_id_case_id')),
    sa.ForeignKeyConstraint(['authority_id', 'process_id'], ['process.authority_id', 'process.id'], name=op.f('fk_consultation_authority_id_process_id')),
    sa.ForeignKeyConstraint(['authority_id', 'reply_id'], ['submission.authority_id', 'submission.id'], name=op.f('fk_consultation_authority_id_reply_id')),
    sa.ForeignKeyConstraint(['authority_id', 'setting_id'], ['setting.authority_id', 'setting.id'], name=op.f('fk_consultation_authority_id_setting_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_consultation_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_consultation')),
    sa.UniqueConstraint('authority_id', 'create_token', name=op.f('uq_consultation_authority_id_create_token'))
    )
    op.create_index(op.f('ix_consultation_authority_id_case_id'), 'consultation', ['authority_id', 'case_id'], unique=False)
    op.create_index(op.f('ix_consultation_authority_id_setting_id'), 'consultation', ['authority_id', 'setting_id'], unique=False)
    op.create_index('uq_consultation_one_at_a_time', 'consultation', ['authority_id', 'process_id', 'setting_id'], unique=True, postgresql_where="stage = 'consulted'")
    op.create_table('advice_agreement',
    sa.Column('authority_id', sa.UUID(), server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"), nullable=False),
    sa.Column('id', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False),
    sa.Column('request_id', sa.UUID(), nullable=False),
    sa.Column('side', sa.Text(), nullable=False),
    sa.Column('person_id', sa.UUID(), nullable=True),
    sa.Column('how', sa.LargeBinary(), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=False),
    sa.Column('recorded_by', sa.UUID(), nullable=False),
    sa.Column('taken_back_on', sa.Date(), nullable=True),
    sa.CheckConstraint("side in ('adviser', 'authority', 'family')", name=op.f('ck_advice_agreement_side')),
    sa.ForeignKeyConstraint(['authority_id', 'person_id'], ['person.authority_id', 'person.id'], name=op.f('fk_advice_agreement_authority_id_person_id')),
    sa.ForeignKeyConstraint(['authority_id', 'recorded_by'], ['person.authority_id', 'person.id'], name=op.f('fk_advice_agreement_authority_id_recorded_by')),
    sa.ForeignKeyConstraint(['authority_id', 'request_id'], ['advice_request.authority_id', 'advice_request.id'], name=op.f('fk_advice_agreement_authority_id_request_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_advice_agreement_authority_id')),
    sa.PrimaryKeyConstraint('authority_id', 'id', name=op.f('pk_advice_agreement'))
    )
    op.create_index('uq_advice_agreement_one_a_side', 'advice_agreement', ['authority_id', 'request_id', 'side'], unique=True, postgresql_where='taken_back_on is null')
    op.add_column('grant', sa.Column('advice_id', sa.UUID(), nullable=True))
    op.create_index(op.f('ix_grant_authority_id_advice_id'), 'grant', ['authority_id', 'advice_id'], unique=False, postgresql_where='advice_id is not null')
    op.create_foreign_key(op.f('fk_grant_authority_id_advice_id'), 'grant', 'advice_request', ['authority_id', 'advice_id'], ['authority_id', 'id'])
    op.add_column('invitation', sa.Column('advice_id', sa.UUID(), nullable=True))
    op.create_foreign_key(op.f('fk_invitation_authority_id_advice_id'), 'invitation', 'advice_request', ['authority_id', 'advice_id'], ['authority_id', 'id'])
    op.drop_constraint(op.f("ck_grant_one_thing"), "grant", type_="check")
    op.create_check_constraint(op.f("ck_grant_one_thing"), "grant", "num_nonnulls(submission_id, case_id, child_id, advice_id) = 1")
    op.drop_constraint(op.f("ck_invitation_one_thing"), "invitation", type_="check")
    op.create_check_constraint(op.f("ck_invitation_one_thing"), "invitation", "num_nonnulls(submission_id, case_id, advice_id) = 1")
    connection = op.get_bind()
    for table in ("advice_request", "advice_agreement", "consultation"):
        security.guard(connection, table)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_grant_one_thing"), "grant", type_="check")
    op.drop_constraint(op.f("ck_invitation_one_thing"), "invitation", type_="check")
    op.drop_constraint(op.f('fk_invitation_authority_id_advice_id'), 'invitation', type_='foreignkey')
    op.drop_column('invitation', 'advice_id')
    op.drop_constraint(op.f('fk_grant_authority_id_advice_id'), 'grant', type_='foreignkey')
    op.drop_index(op.f('ix_grant_authority_id_advice_id'), table_name='grant', postgresql_where='advice_id is not null')
    op.drop_column('grant', 'advice_id')
    op.drop_index('uq_advice_agreement_one_a_side', table_name='advice_agreement', postgresql_where='taken_back_on is null')
    op.drop_table('advice_agreement')
    op.drop_index('uq_consultation_one_at_a_time', table_name='consultation', postgresql_where="stage = 'consulted'")
    op.drop_index(op.f('ix_consultation_authority_id_setting_id'), table_name='consultation')
    op.drop_index(op.f('ix_consultation_authority_id_case_id'), table_name='consultation')
    op.drop_table('consultation')
    op.drop_index('ix_advice_request_on_its_way', table_name='advice_request', postgresql_where="stage = 'asked'")
    op.drop_index(op.f('ix_advice_request_authority_id_setting_id'), table_name='advice_request')
    op.drop_index(op.f('ix_advice_request_authority_id_process_id'), table_name='advice_request')
    op.drop_index(op.f('ix_advice_request_authority_id_case_id'), table_name='advice_request')
    op.drop_table('advice_request')
    # Refused where somebody was let in to a request for advice: those rows are for a person to settle first.
    op.create_check_constraint(op.f("ck_grant_one_thing"), "grant", "num_nonnulls(submission_id, case_id, child_id) = 1")
    op.create_check_constraint(op.f("ck_invitation_one_thing"), "invitation", "num_nonnulls(submission_id, case_id) = 1")
