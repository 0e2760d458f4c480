"""The tables a request needs to become a case: people, forms, cases, the outbox."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models import security

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

GUARDED = (
    "account",
    "answer",
    "attachment",
    "case",
    "chain_head",
    "child",
    "contact",
    "contribution",
    "deadline",
    "event",
    "fact",
    "grant",
    "import_batch",
    "invitation",
    "kept_text",
    "login_code",
    "message",
    "name_token",
    "note",
    "notice",
    "person",
    "plan",
    "post",
    "process",
    "rate_count",
    "read_log",
    "save_receipt",
    "setting",
    "snapshot",
    "submission",
    "web_session",
)


def upgrade() -> None:
    op.create_table(
        "authority",
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
        sa.UniqueConstraint("slug", name=op.f("uq_authority_slug")),
    )
    op.create_table(
        "canary",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canary")),
    )
    op.create_index(op.f("ix_canary_queue_made_at"), "canary", ["queue", "made_at"], unique=False)
    op.create_table(
        "job_run",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("job", "slot", name=op.f("pk_job_run")),
    )
    op.create_table(
        "authority_host",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("authority_id", sa.UUID(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_authority_host_authority_id")),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_authority_host")),
    )
    op.create_table(
        "chain_head",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_chain_head_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_chain_head")),
    )
    op.create_table(
        "due_hint",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("authority_id", sa.UUID(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_due_hint_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_hint")),
    )
    op.create_index(op.f("ix_due_hint_queue_due_at"), "due_hint", ["queue", "due_at"], unique=False)
    op.create_table(
        "login_code",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("browser_hash", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("purpose", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_login_code_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_login_code")),
    )
    op.create_index(
        op.f("ix_login_code_authority_id_browser_hash"), "login_code", ["authority_id", "browser_hash"], unique=False
    )
    op.create_index(op.f("ix_login_code_expires_at"), "login_code", ["expires_at"], unique=False)
    op.create_table(
        "person",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_person_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_person")),
    )
    op.create_table(
        "rate_count",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("window_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_rate_count_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_rate_count")),
        sa.UniqueConstraint("authority_id", "key", "window_at", name=op.f("uq_rate_count_authority_id_key_window_at")),
    )
    op.create_index(op.f("ix_rate_count_window_at"), "rate_count", ["window_at"], unique=False)
    op.create_table(
        "setting",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("urn", sa.Text(), nullable=True),
        sa.CheckConstraint("kind in ('early_years', 'school', 'post_16')", name=op.f("ck_setting_kind")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_setting_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_setting")),
        sa.UniqueConstraint("authority_id", "name", name=op.f("uq_setting_authority_id_name")),
    )
    op.create_table(
        "account",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('family', 'professional', 'staff')", name=op.f("ck_account_kind")),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_account_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_account_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_account")),
        sa.UniqueConstraint("authority_id", "kind", "email", name=op.f("uq_account_authority_id_kind_email")),
    )
    op.create_table(
        "child",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.Column("known_as", sa.Text(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("setting_id", sa.UUID(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_child_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "setting_id"],
            ["setting.authority_id", "setting.id"],
            name=op.f("fk_child_authority_id_setting_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_child_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_child")),
        sa.UniqueConstraint("authority_id", "person_id", name=op.f("uq_child_authority_id_person_id")),
    )
    op.create_index(op.f("ix_child_authority_id_born_on"), "child", ["authority_id", "born_on"], unique=False)
    op.create_table(
        "contact",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('email', 'phone', 'address')", name=op.f("ck_contact_kind")),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_contact_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_contact_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_authority_id_person_id"), "contact", ["authority_id", "person_id"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", sa.UUID(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "made_by"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_import_batch_authority_id_made_by"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_import_batch_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_import_batch")),
    )
    op.create_table(
        "post",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("setting_id", sa.UUID(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(role in ('senco', 'head')) = (setting_id is not null)", name=op.f("ck_post_setting_roles_have_a_setting")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_post_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "setting_id"],
            ["setting.authority_id", "setting.id"],
            name=op.f("fk_post_authority_id_setting_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_post_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_authority_id_person_id"), "post", ["authority_id", "person_id"], unique=False)
    op.create_table(
        "read_log",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("case_id", sa.UUID(), nullable=True),
        sa.Column("submission_id", sa.UUID(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_read_log_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_read_log_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", "read_at", name=op.f("pk_read_log")),
        postgresql_partition_by="RANGE (read_at)",
    )
    op.create_index(
        op.f("ix_read_log_authority_id_case_id_read_at"),
        "read_log",
        ["authority_id", "case_id", "read_at"],
        unique=False,
    )
    op.create_table(
        "case",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column("caseworker_id", sa.UUID(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("joined_to_id", sa.UUID(), nullable=True),
        sa.CheckConstraint("joined_to_id <> id", name=op.f("ck_case_not_joined_to_itself")),
        sa.ForeignKeyConstraint(
            ["authority_id", "caseworker_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_case_authority_id_caseworker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"], ["child.authority_id", "child.id"], name=op.f("fk_case_authority_id_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "joined_to_id"],
            ["case.authority_id", "case.id"],
            name=op.f("fk_case_authority_id_joined_to_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_case_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_case")),
    )
    op.create_index(op.f("ix_case_authority_id_caseworker_id"), "case", ["authority_id", "caseworker_id"], unique=False)
    op.create_index(op.f("ix_case_authority_id_child_id"), "case", ["authority_id", "child_id"], unique=False)
    op.create_table(
        "kept_text",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("account_id", sa.UUID(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "account_id"],
            ["account.authority_id", "account.id"],
            name=op.f("fk_kept_text_authority_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_kept_text_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_kept_text")),
    )
    op.create_index(op.f("ix_kept_text_kept_at"), "kept_text", ["kept_at"], unique=False)
    op.create_table(
        "name_token",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["child.authority_id", "child.id"],
            name=op.f("fk_name_token_authority_id_child_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_name_token_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_name_token")),
        sa.UniqueConstraint(
            "authority_id", "child_id", "token", name=op.f("uq_name_token_authority_id_child_id_token")
        ),
    )
    op.create_index(op.f("ix_name_token_authority_id_token"), "name_token", ["authority_id", "token"], unique=False)
    op.create_table(
        "web_session",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.UUID(), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "account_id"],
            ["account.authority_id", "account.id"],
            name=op.f("fk_web_session_authority_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_web_session_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("authority_id", "token_hash", name=op.f("uq_web_session_authority_id_token_hash")),
    )
    op.create_index(op.f("ix_web_session_ends_at"), "web_session", ["ends_at"], unique=False)
    op.create_table(
        "plan",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("case_id", sa.UUID(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("last_review_on", sa.Date(), nullable=True),
        sa.Column("setting_id", sa.UUID(), nullable=True),
        sa.Column("ceased_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "case_id"], ["case.authority_id", "case.id"], name=op.f("fk_plan_authority_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "setting_id"],
            ["setting.authority_id", "setting.id"],
            name=op.f("fk_plan_authority_id_setting_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_plan_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_plan")),
        sa.UniqueConstraint("authority_id", "case_id", "made_on", name=op.f("uq_plan_authority_id_case_id_made_on")),
    )
    op.create_table(
        "process",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("case_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "case_id"], ["case.authority_id", "case.id"], name=op.f("fk_process_authority_id_case_id")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_process_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_process")),
    )
    op.create_index(op.f("ix_process_authority_id_case_id"), "process", ["authority_id", "case_id"], unique=False)
    op.create_index(
        op.f("ix_process_authority_id_kind_stage"), "process", ["authority_id", "kind", "stage"], unique=False
    )
    op.create_table(
        "submission",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("layer_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("root_id", sa.UUID(), nullable=True),
        sa.Column("child_id", sa.UUID(), nullable=True),
        sa.Column("case_id", sa.UUID(), nullable=True),
        sa.Column("setting_id", sa.UUID(), nullable=True),
        sa.Column("owner_id", sa.UUID(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.UUID(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("create_token", sa.UUID(), nullable=False),
        sa.CheckConstraint("state in ('draft', 'shared', 'sent', 'withdrawn')", name=op.f("ck_submission_state")),
        sa.ForeignKeyConstraint(
            ["authority_id", "case_id"],
            ["case.authority_id", "case.id"],
            name=op.f("fk_submission_authority_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["child.authority_id", "child.id"],
            name=op.f("fk_submission_authority_id_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "owner_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_submission_authority_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "root_id"],
            ["submission.authority_id", "submission.id"],
            name=op.f("fk_submission_authority_id_root_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "sent_by"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_submission_authority_id_sent_by"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "setting_id"],
            ["setting.authority_id", "setting.id"],
            name=op.f("fk_submission_authority_id_setting_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_submission_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_submission")),
        sa.UniqueConstraint("authority_id", "create_token", name=op.f("uq_submission_authority_id_create_token")),
        sa.UniqueConstraint("authority_id", "reference", name=op.f("uq_submission_authority_id_reference")),
    )
    op.create_index(op.f("ix_submission_authority_id_case_id"), "submission", ["authority_id", "case_id"], unique=False)
    op.create_index(
        op.f("ix_submission_authority_id_owner_id"), "submission", ["authority_id", "owner_id"], unique=False
    )
    op.create_index(op.f("ix_submission_authority_id_root_id"), "submission", ["authority_id", "root_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("submission_id", sa.UUID(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("audience", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "submission_id"],
            ["submission.authority_id", "submission.id"],
            name=op.f("fk_answer_authority_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_answer_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "authority_id", "submission_id", "path", name=op.f("uq_answer_authority_id_submission_id_path")
        ),
    )
    op.create_table(
        "attachment",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("submission_id", sa.UUID(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("audience", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("added_by", sa.UUID(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('received', 'scanning', 'clean', 'rejected')", name=op.f("ck_attachment_state")),
        sa.ForeignKeyConstraint(
            ["authority_id", "added_by"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_attachment_authority_id_added_by"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "submission_id"],
            ["submission.authority_id", "submission.id"],
            name=op.f("fk_attachment_authority_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_attachment_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_attachment")),
    )
    op.create_index(
        op.f("ix_attachment_authority_id_submission_id"), "attachment", ["authority_id", "submission_id"], unique=False
    )
    op.create_table(
        "deadline",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("case_id", sa.UUID(), nullable=False),
        sa.Column("process_id", sa.UUID(), nullable=False),
        sa.Column("subject_id", sa.UUID(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("trigger_key", sa.Text(), nullable=False),
        sa.Column("trigger", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("act_by", sa.Date(), nullable=True),
        sa.Column("exceptions", sa.LargeBinary(), nullable=False),
        sa.Column("limit_disapplied", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("satisfied_on", sa.Date(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "case_id"], ["case.authority_id", "case.id"], name=op.f("fk_deadline_authority_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "process_id"],
            ["process.authority_id", "process.id"],
            name=op.f("fk_deadline_authority_id_process_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_deadline_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_deadline")),
        sa.UniqueConstraint(
            "authority_id",
            "process_id",
            "subject_id",
            "rule",
            name=op.f("uq_deadline_authority_id_process_id_subject_id_rule"),
        ),
    )
    op.create_index(op.f("ix_deadline_authority_id_case_id"), "deadline", ["authority_id", "case_id"], unique=False)
    op.create_index(
        "ix_deadline_open_due",
        "deadline",
        ["authority_id", "due_on"],
        unique=False,
        postgresql_where="satisfied_on is null and voided_on is null",
    )
    op.create_index(
        "ix_deadline_open_remind",
        "deadline",
        ["authority_id", "remind_on"],
        unique=False,
        postgresql_where="satisfied_on is null and voided_on is null and remind_on is not null",
    )
    op.create_table(
        "event",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("case_id", sa.UUID(), nullable=True),
        sa.Column("process_id", sa.UUID(), nullable=True),
        sa.Column("submission_id", sa.UUID(), nullable=True),
        sa.Column("actor_id", sa.UUID(), nullable=True),
        sa.Column("actor_role", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.UUID(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("corrects_id", sa.UUID(), nullable=True),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "actor_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_event_authority_id_actor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "case_id"], ["case.authority_id", "case.id"], name=op.f("fk_event_authority_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "corrects_id"],
            ["event.authority_id", "event.id"],
            name=op.f("fk_event_authority_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "process_id"],
            ["process.authority_id", "process.id"],
            name=op.f("fk_event_authority_id_process_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "submission_id"],
            ["submission.authority_id", "submission.id"],
            name=op.f("fk_event_authority_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_event_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_event")),
        sa.UniqueConstraint("authority_id", "seq", name=op.f("uq_event_authority_id_seq")),
    )
    op.create_index(
        op.f("ix_event_authority_id_case_id_seq"), "event", ["authority_id", "case_id", "seq"], unique=False
    )
    op.create_index(
        op.f("ix_event_authority_id_process_id_seq"), "event", ["authority_id", "process_id", "seq"], unique=False
    )
    op.create_table(
        "fact",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("said_by", sa.UUID(), nullable=False),
        sa.Column("said_as", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("submission_id", sa.UUID(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("audience", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"], ["child.authority_id", "child.id"], name=op.f("fk_fact_authority_id_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "said_by"], ["person.authority_id", "person.id"], name=op.f("fk_fact_authority_id_said_by")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "submission_id"],
            ["submission.authority_id", "submission.id"],
            name=op.f("fk_fact_authority_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_fact_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_fact")),
    )
    op.create_index(
        op.f("ix_fact_authority_id_child_id_key"), "fact", ["authority_id", "child_id", "key"], unique=False
    )
    op.create_table(
        "grant",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.UUID(), nullable=True),
        sa.Column("case_id", sa.UUID(), nullable=True),
        sa.Column("child_id", sa.UUID(), nullable=True),
        sa.Column("rights", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("sections", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted_by", sa.UUID(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("num_nonnulls(submission_id, case_id, child_id) = 1", name=op.f("ck_grant_one_thing")),
        sa.ForeignKeyConstraint(
            ["authority_id", "case_id"], ["case.authority_id", "case.id"], name=op.f("fk_grant_authority_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["child.authority_id", "child.id"],
            name=op.f("fk_grant_authority_id_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "granted_by"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_grant_authority_id_granted_by"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_grant_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "submission_id"],
            ["submission.authority_id", "submission.id"],
            name=op.f("fk_grant_authority_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_grant_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_grant")),
    )
    op.create_index(op.f("ix_grant_authority_id_case_id"), "grant", ["authority_id", "case_id"], unique=False)
    op.create_index(op.f("ix_grant_authority_id_person_id"), "grant", ["authority_id", "person_id"], unique=False)
    op.create_index(
        op.f("ix_grant_authority_id_submission_id"), "grant", ["authority_id", "submission_id"], unique=False
    )
    op.create_table(
        "invitation",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("submission_id", sa.UUID(), nullable=True),
        sa.Column("case_id", sa.UUID(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("invited_by", sa.UUID(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.UUID(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("num_nonnulls(submission_id, case_id) = 1", name=op.f("ck_invitation_one_thing")),
        sa.ForeignKeyConstraint(
            ["authority_id", "accepted_by"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_invitation_authority_id_accepted_by"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "case_id"],
            ["case.authority_id", "case.id"],
            name=op.f("fk_invitation_authority_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "invited_by"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_invitation_authority_id_invited_by"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "submission_id"],
            ["submission.authority_id", "submission.id"],
            name=op.f("fk_invitation_authority_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_invitation_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_invitation")),
    )
    op.create_index(
        op.f("ix_invitation_authority_id_submission_id"), "invitation", ["authority_id", "submission_id"], unique=False
    )
    op.create_table(
        "save_receipt",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("submission_id", sa.UUID(), nullable=False),
        sa.Column("save_id", sa.UUID(), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "submission_id"],
            ["submission.authority_id", "submission.id"],
            name=op.f("fk_save_receipt_authority_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_save_receipt_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_save_receipt")),
        sa.UniqueConstraint(
            "authority_id", "submission_id", "save_id", name=op.f("uq_save_receipt_authority_id_submission_id_save_id")
        ),
    )
    op.create_index(op.f("ix_save_receipt_saved_at"), "save_receipt", ["saved_at"], unique=False)
    op.create_table(
        "snapshot",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("submission_id", sa.UUID(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "submission_id"],
            ["submission.authority_id", "submission.id"],
            name=op.f("fk_snapshot_authority_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_snapshot_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint(
            "authority_id", "submission_id", "number", name=op.f("uq_snapshot_authority_id_submission_id_number")
        ),
    )
    op.create_table(
        "contribution",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("answer_id", sa.UUID(), nullable=False),
        sa.Column("author_id", sa.UUID(), nullable=False),
        sa.Column("entered_by", sa.UUID(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), server_default="en", nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("page_id", sa.UUID(), nullable=True),
        sa.Column("page_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("mode in ('own', 'scribed', 'observed', 'believed')", name=op.f("ck_contribution_mode")),
        sa.CheckConstraint("state in ('current', 'rival', 'beside', 'earlier')", name=op.f("ck_contribution_state")),
        sa.ForeignKeyConstraint(
            ["authority_id", "answer_id"],
            ["answer.authority_id", "answer.id"],
            name=op.f("fk_contribution_authority_id_answer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "author_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_contribution_authority_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "entered_by"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_contribution_authority_id_entered_by"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_contribution_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_contribution")),
    )
    op.create_index(
        op.f("ix_contribution_authority_id_answer_id_version"),
        "contribution",
        ["authority_id", "answer_id", "version"],
        unique=False,
    )
    op.create_index(
        "uq_contribution_one_current",
        "contribution",
        ["authority_id", "answer_id"],
        unique=True,
        postgresql_where="state = 'current'",
    )
    op.create_table(
        "note",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("event_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "event_id"], ["event.authority_id", "event.id"], name=op.f("fk_note_authority_id_event_id")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_note_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_authority_id_event_id"), "note", ["authority_id", "event_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("case_id", sa.UUID(), nullable=False),
        sa.Column("event_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=True),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("contents", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "case_id"], ["case.authority_id", "case.id"], name=op.f("fk_notice_authority_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "event_id"],
            ["event.authority_id", "event.id"],
            name=op.f("fk_notice_authority_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_notice_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_notice_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "authority_id",
            "event_id",
            "kind",
            "audience",
            "person_id",
            name=op.f("uq_notice_authority_id_event_id_kind_audience_person_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_notice_authority_id_case_id"), "notice", ["authority_id", "case_id"], unique=False)
    op.create_table(
        "message",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("importance", sa.Text(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.UUID(), nullable=True),
        sa.Column("submission_id", sa.UUID(), nullable=True),
        sa.Column("notice_id", sa.UUID(), nullable=True),
        sa.Column("deadline_id", sa.UUID(), nullable=True),
        sa.Column("about_on", sa.Date(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("link_code", sa.Text(), nullable=False),
        sa.Column("link_to", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="queued", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("useful_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claims", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "importance in ('code', 'statutory', 'invitation', 'reminder')", name=op.f("ck_message_importance")
        ),
        sa.CheckConstraint(
            "state in ('queued', 'claimed', 'handing_over', 'accepted', 'delivered', 'bounced', 'held', 'cancelled', 'parked')",
            name=op.f("ck_message_state"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "case_id"], ["case.authority_id", "case.id"], name=op.f("fk_message_authority_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "deadline_id"],
            ["deadline.authority_id", "deadline.id"],
            name=op.f("fk_message_authority_id_deadline_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "notice_id"],
            ["notice.authority_id", "notice.id"],
            name=op.f("fk_message_authority_id_notice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["person.authority_id", "person.id"],
            name=op.f("fk_message_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "submission_id"],
            ["submission.authority_id", "submission.id"],
            name=op.f("fk_message_authority_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_message_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_message")),
        sa.UniqueConstraint("authority_id", "dedupe_key", name=op.f("uq_message_authority_id_dedupe_key")),
        sa.UniqueConstraint("authority_id", "link_code", name=op.f("uq_message_authority_id_link_code")),
    )
    op.create_index(op.f("ix_message_authority_id_case_id"), "message", ["authority_id", "case_id"], unique=False)
    op.create_index(
        "ix_message_due",
        "message",
        ["authority_id", "next_attempt_at"],
        unique=False,
        postgresql_where="state in ('queued', 'claimed', 'handing_over')",
    )
    op.create_index(
        "ix_message_needs_a_person",
        "message",
        ["authority_id", "state"],
        unique=False,
        postgresql_where="state in ('held', 'parked', 'bounced')",
    )

    connection = op.get_bind()
    op.execute("create table read_log_later partition of read_log default")
    for table in GUARDED:
        security.guard(connection, table)
    for table in ("event", "read_log", "snapshot"):
        security.refuse_change(connection, table)


def downgrade() -> None:
    op.drop_index(
        "ix_message_needs_a_person", table_name="message", postgresql_where="state in ('held', 'parked', 'bounced')"
    )
    op.drop_index(
        "ix_message_due", table_name="message", postgresql_where="state in ('queued', 'claimed', 'handing_over')"
    )
    op.drop_index(op.f("ix_message_authority_id_case_id"), table_name="message")
    op.drop_table("message")
    op.drop_index(op.f("ix_notice_authority_id_case_id"), table_name="notice")
    op.drop_table("notice")
    op.drop_index(op.f("ix_note_authority_id_event_id"), table_name="note")
    op.drop_table("note")
    op.drop_index("uq_contribution_one_current", table_name="contribution", postgresql_where="state = 'current'")
    op.drop_index(op.f("ix_contribution_authority_id_answer_id_version"), table_name="contribution")
    op.drop_table("contribution")
    op.drop_table("snapshot")
    op.drop_index(op.f("ix_save_receipt_saved_at"), table_name="save_receipt")
    op.drop_table("save_receipt")
    op.drop_index(op.f("ix_invitation_authority_id_submission_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_grant_authority_id_submission_id"), table_name="grant")
    op.drop_index(op.f("ix_grant_authority_id_person_id"), table_name="grant")
    op.drop_index(op.f("ix_grant_authority_id_case_id"), table_name="grant")
    op.drop_table("grant")
    op.drop_index(op.f("ix_fact_authority_id_child_id_key"), table_name="fact")
    op.drop_table("fact")
    op.drop_index(op.f("ix_event_authority_id_process_id_seq"), table_name="event")
    op.drop_index(op.f("ix_event_authority_id_case_id_seq"), table_name="event")
    op.drop_table("event")
    op.drop_index(
        "ix_deadline_open_remind",
        table_name="deadline",
        postgresql_where="satisfied_on is null and voided_on is null and remind_on is not null",
    )
    op.drop_index(
        "ix_deadline_open_due", table_name="deadline", postgresql_where="satisfied_on is null and voided_on is null"
    )
    op.drop_index(op.f("ix_deadline_authority_id_case_id"), table_name="deadline")
    op.drop_table("deadline")
    op.drop_index(op.f("ix_attachment_authority_id_submission_id"), table_name="attachment")
    op.drop_table("attachment")
    op.drop_table("answer")
    op.drop_index(op.f("ix_submission_authority_id_root_id"), table_name="submission")
    op.drop_index(op.f("ix_submission_authority_id_owner_id"), table_name="submission")
    op.drop_index(op.f("ix_submission_authority_id_case_id"), table_name="submission")
    op.drop_table("submission")
    op.drop_index(op.f("ix_process_authority_id_kind_stage"), table_name="process")
    op.drop_index(op.f("ix_process_authority_id_case_id"), table_name="process")
    op.drop_table("process")
    op.drop_table("plan")
    op.drop_index(op.f("ix_web_session_ends_at"), table_name="web_session")
    op.drop_table("web_session")
    op.drop_index(op.f("ix_name_token_authority_id_token"), table_name="name_token")
    op.drop_table("name_token")
    op.drop_index(op.f("ix_kept_text_kept_at"), table_name="kept_text")
    op.drop_table("kept_text")
    op.drop_index(op.f("ix_case_authority_id_child_id"), table_name="case")
    op.drop_index(op.f("ix_case_authority_id_caseworker_id"), table_name="case")
    op.drop_table("case")
    op.drop_index(op.f("ix_read_log_authority_id_case_id_read_at"), table_name="read_log")
    op.drop_table("read_log")
    op.drop_index(op.f("ix_post_authority_id_person_id"), table_name="post")
    op.drop_table("post")
    op.drop_table("import_batch")
    op.drop_index(op.f("ix_contact_authority_id_person_id"), table_name="contact")
    op.drop_table("contact")
    op.drop_index(op.f("ix_child_authority_id_born_on"), table_name="child")
    op.drop_table("child")
    op.drop_table("account")
    op.drop_table("setting")
    op.drop_index(op.f("ix_rate_count_window_at"), table_name="rate_count")
    op.drop_table("rate_count")
    op.drop_table("person")
    op.drop_index(op.f("ix_login_code_expires_at"), table_name="login_code")
    op.drop_index(op.f("ix_login_code_authority_id_browser_hash"), table_name="login_code")
    op.drop_table("login_code")
    op.drop_index(op.f("ix_due_hint_queue_due_at"), table_name="due_hint")
    op.drop_table("due_hint")
    op.drop_table("chain_head")
    op.drop_table("authority_host")
    op.drop_table("job_run")
    op.drop_index(op.f("ix_canary_queue_made_at"), table_name="canary")
    op.drop_table("canary")
    op.drop_table("authority")
    op.execute("drop function refuse_change()")
