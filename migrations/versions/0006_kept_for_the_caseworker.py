"""What is kept for the caseworker is for the caseworker; and who covers for whom."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from models import security

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# Safeguarding and offences, by the ids of the questions that ask about them in the forms of this day. The council's
# own records are left: all of its staff write them.
RESTRICTED = (
    "ax_safe", "ch_addr_hide", "ch_addr_hide_who", "ch_care", "ch_care_la", "ch_care_law", "ch_care_sw", "ch_social",
    "ch_yjs", "pq_urgent", "pr[].limits", "pr[].limits_file", "pr[].limits_what", "rq_urgent", "sh_except",
    "sh_private", "sp_care", "sp_other",
)  # fmt: skip

def upgrade() -> None:
    op.create_table(
        "cover",
        sa.Column(
            "authority_id",
            sa.UUID(),
            server_default=sa.text("nullif(current_setting('app.authority', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("id", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("caseworker_id", sa.UUID(), nullable=False),
        sa.Column("cover_id", sa.UUID(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("arranged_by", sa.UUID(), nullable=False),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cover_id <> caseworker_id", name=op.f("ck_cover_not_by_oneself")),
        sa.CheckConstraint("from_on <= until_on", name=op.f("ck_cover_ends_after_it_begins")),
        *(
            sa.ForeignKeyConstraint(
                ["authority_id", name], ["person.authority_id", "person.id"], name=op.f(f"fk_cover_authority_id_{name}")
            )
            for name in ("caseworker_id", "cover_id", "arranged_by")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_cover_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_cover")),
        sa.UniqueConstraint(
            "authority_id",
            "cover_id",
            "caseworker_id",
            "from_on",
            "until_on",
            name=op.f("uq_cover_authority_id_cover_id_caseworker_id_from_on_until_on"),
        ),
    )
    security.guard(op.get_bind(), "cover")
    _swap("authority", "caseworker")


def downgrade() -> None:
    _swap("caseworker", "authority")
    op.drop_table("cover")


def _swap(before: str, after: str) -> None:
    """Change one reader into another where the rule says so, authority by authority: row security is forced.

    A paper that its giver kept for the caseworker has two readers, its giver and `before`, and no others have; save
    on a provision map, which is sent nowhere.
    """
    connection = op.get_bind()
    swapped = "audience = array(select unnest(array_replace(audience, :before, :after)) order by 1)"
    asks = "regexp_replace(path, '\\[[^]]*\\]', '[]', 'g') = any(:restricted)"
    kept = "path like 'fi[%].%' and audience in (array[:before, 'owner'], array[:before, 'setting'])"
    of = "submission_id in (select id from submission where form_id not in ('la-triage', 'la-decision'{}))"
    given = {"before": before, "after": after, "restricted": list(RESTRICTED)}
    for authority in connection.scalars(sa.text("select id from authority")).all():
        connection.execute(sa.text("select set_config('app.authority', :id, true)"), {"id": str(authority)})
        for table in ("answer", "attachment", "remark"):
            connection.execute(sa.text(f"update {table} set {swapped} where {asks} and {of.format('')}"), given)
        for table in ("answer", "attachment"):
            papers = of.format(", 'provision-map'")
            connection.execute(sa.text(f"update {table} set {swapped} where {kept} and {papers}"), given)
        connection.execute(sa.text(f"update fact set {swapped} where key = any(:restricted)"), given)
    connection.execute(sa.text("select set_config('app.authority', '', true)"))
