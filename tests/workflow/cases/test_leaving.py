"""When somebody leaves, so does what their post let them read."""

from datetime import timedelta

from sqlalchemy import update

from models.access import Post
from tests.workflow.cases.builders import World
from workflow.access.actor import actor_for
from workflow.access.relation import READ, relation
from workflow.access.scope import cases_for, submissions_for


def test_z10_who_has_left_the_post_at_the_school_reads_nothing_more(world: World) -> None:
    senco = world.senco()
    case, _ = world.request(by=senco)
    assert world.session.scalars(cases_for(senco, world.now)).all() == [case]
    (form,) = world.session.scalars(submissions_for(senco, world.now)).all()
    assert READ in relation(world.session, senco, form, world.now).rights
    gone = update(Post).where(Post.person_id == senco.person).values(until_on=world.today - timedelta(days=1))
    world.session.execute(gone)
    assert senco.account_id
    left = actor_for(world.session, senco.account_id, world.today)
    assert left is not None and not left.roles
    assert world.session.scalars(cases_for(left, world.now)).all() == []
    assert world.session.scalars(submissions_for(left, world.now)).all() == []
    assert relation(world.session, left, form, world.now).rights == frozenset()
