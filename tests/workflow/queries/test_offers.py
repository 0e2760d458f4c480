"""What is offered costs the same however many forms lie beside."""

from forms.definition import question
from models.database import OwnedSession
from tests.conftest import NOW
from tests.workflow.coproduction.room import Room, furnish
from tests.workflow.statements import counted
from workflow.access.relation import relation, relations
from workflow.queries.offers import offers
from workflow.queries.writing import open_form


def asks(room: Room) -> int:
    """How many statements the offers of one page take."""
    desk = open_form(room.session, room.actor("senco"), room.root.id, "read", NOW)
    with counted(room.session) as statements:
        offers(room.session, desk, [question(desk.form, "ac_meet"), question(desk.form, "ac_how_more")], NOW)
    return len(statements)


def test_offers_ask_no_more_of_the_database_for_more_forms_beside(session: OwnedSession) -> None:
    room = furnish(session)
    room.write("parent", "ac_meet", "By phone", room.view("parent"))
    few = asks(room)
    room.write("other", "ac_meet", "By letter", room.view("other"))
    assert asks(room) == few <= 7


def test_what_somebody_is_to_many_forms_is_what_they_are_to_each(session: OwnedSession) -> None:
    room = furnish(session)
    forms = [room.root, room.view("parent"), room.view("other", shared=False)]
    for name in room.accounts:
        actor = room.actor(name)
        assert relations(session, actor, forms, NOW) == {each.id: relation(session, actor, each, NOW) for each in forms}
    assert relations(session, room.actor("senco"), [], NOW) == {}
