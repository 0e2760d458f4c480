"""What was written before there was a reader of its own for what is kept is given that reader by the migration."""

import uuid

import pytest
from sqlalchemy import create_engine, text

import migrations
from tests.conftest import TODAY, found_authority

ROWS = {
    ("ehcna-req-parent", "sh_private"): ("{authority,owner}", "{caseworker,owner}"),
    ("ehcna-req-setting", "pr[a1].limits_what"): ("{authority,setting}", "{caseworker,setting}"),
    ("ehcna-req-setting", "fi[a1].by"): ("{authority,setting}", "{caseworker,setting}"),
    ("ehcna-req-setting", "fi[a2].by"): (
        "{advisers,authority,family,setting}",
        "{advisers,authority,family,setting}",
    ),
    ("provision-map", "fi[a1].by"): ("{authority,setting}", "{authority,setting}"),
    ("ehcna-req-setting", "ch_homes[a1].address"): ("{authority,setting}", "{authority,setting}"),
    ("la-triage", "lt_urgent"): ("{authority,owner}", "{authority,owner}"),
}


@pytest.mark.parametrize("councils", [1, 2])
def test_rows_from_before_are_kept_for_the_caseworker_in_every_authority(fresh: tuple[str, str], councils: int) -> None:
    owner, app = fresh
    migrations.downgrade(owner, "0005")
    authorities = [found_authority(owner, f"council{at}", f"c{at}.example") for at in range(councils)]
    engine = create_engine(owner)
    with engine.begin() as connection:
        for authority in authorities:
            connection.execute(text("select set_config('app.authority', :id, true)"), {"id": str(authority)})
            person = uuid.uuid4()
            connection.execute(text("insert into person (id, name) values (:id, 'A')"), {"id": person})
            for (form, path), (before, _) in ROWS.items():
                given = {"form": form, "path": path, "before": before, "person": person}
                connection.execute(text(_WRITTEN), given)
    migrations.upgrade(owner, app.split("//")[1].split("@")[0].split(":")[0], today=TODAY)
    with engine.begin() as connection:
        for authority in authorities:
            connection.execute(text("select set_config('app.authority', :id, true)"), {"id": str(authority)})
            found = connection.execute(text(_READ)).all()
            assert {(form, path): readers for form, path, readers in found} == {
                key: row[1] for key, row in ROWS.items()
            }
    engine.dispose()


_WRITTEN = """
with form as (
    insert into submission (form_id, form_version, owner_id, facts, created_at, changed_at, create_token)
    values (:form, 1, :person, '{}', now(), now(), gen_random_uuid()) returning id
)
insert into answer (submission_id, path, audience, version)
select id, :path, cast(:before as text[]), 1 from form
"""
_READ = """
select form_id, path, audience::text from answer join submission on submission.id = answer.submission_id
"""
