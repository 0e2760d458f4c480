"""Giving cases out, what is set for it, and conflicts of interest."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select

from models.cases import Event
from models.office import Conflict, OfficeSetting
from models.people import Contact, Fact
from tests.workflow.cases.builders import World
from tests.workflow.statements import counted
from workflow.access import policy
from workflow.access.relation import READ, relation
from workflow.access.scope import cases_for, submissions_for
from workflow.allocation import conflicts, giving, settings
from workflow.allocation.rules import About, Member, Routing, Rule, Team
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused
from workflow.queries import case_search
from workflow.queries import conflicts as listing
from workflow.queries.queue import Filters, queue
from workflow.reminders import people

TEAM = uuid.UUID(int=77)


def set_routing(world: World, *, automatic: bool = False, **asks: object) -> Routing:
    routing = Routing(
        (Team(TEAM, "North", (Member(world.staff("caseworker").person),)),),
        (Rule(uuid.UUID(int=78), "All", TEAM, **asks),),  # type: ignore[arg-type]
        automatic,
    )
    settings.change(world.session, routing, world.staff("manager"), seen=0, now=world.now)
    return routing


def test_a_case_goes_only_to_somebody_who_works_here_and_it_is_on_record(world: World) -> None:
    case, _ = world.request()
    worker = world.staff("caseworker")
    giving.give(world.session, case, worker.person, world.staff("manager"), now=world.now)
    event = world.session.scalars(select(Event).where(Event.act == "allocate")).one()
    assert (case.caseworker_id, event.facts["caseworker"]) == (worker.person, str(worker.person))
    with pytest.raises(Refused):
        giving.give(world.session, case, world.senco().person, world.staff("manager"), now=world.now)


def test_set_to_give_out_by_itself_a_request_has_a_caseworker_as_it_comes(world: World) -> None:
    routing = set_routing(world, automatic=True)
    case, _ = world.request()
    event = world.session.scalars(select(Event).where(Event.act == "allocate")).one()
    assert case.caseworker_id == world.staff("caseworker").person
    assert (event.facts["rule"], event.actor_role) == (str(routing.rules[0].id), "system")


def test_otherwise_it_is_suggested_and_waits_for_a_person(world: World) -> None:
    routing = set_routing(world)
    case, _ = world.request()
    assert case.caseworker_id is None
    assert giving.suggest(world.session, case, routing, world.now).person_id == world.staff("caseworker").person


def test_what_rules_ask_of_a_case_comes_from_the_childs_record(world: World) -> None:
    case, _ = world.request(by=world.senco(), born="2018-11-24")
    for key, value in (("ch_care", "now"), ("ch_address", {"postcode": "hx12ab"})):
        world.session.add(
            Fact(child_id=case.child_id, key=key, value=value, said_by=world.senco().person, said_as="senco",
                 said_on=world.today, audience=["authority"])
        )  # fmt: skip
    known = giving.about(world.session, case, world.today)
    assert known == About(age=7, kind="school", setting_id=world.school().id, district="HX1", looked_after=True)


def test_the_familys_address_serves_where_the_childs_is_not_known(world: World) -> None:
    parent = world.person("family")
    world.session.add(Contact(person_id=parent.person, kind="address", value="2 Mill Lane, Hartwell, HX4 9ZZ"))
    case, _ = world.request(by=parent)
    known = giving.about(world.session, case, world.today)
    assert (known.district, known.looked_after, known.kind) == ("HX4", None, "none")


@pytest.mark.parametrize(
    ("address", "district"),
    [("1 High St, HX1 2AB", "HX1"), ("sw1a1aa", "SW1A"), ("Flat 12, EC2 9XX", "EC2"), ("No postcode 12", ""), ("", "")],
)
def test_the_district_is_the_first_half_of_a_postcode(address: str, district: str) -> None:
    assert giving.district_of(address) == district


def test_a_load_counts_open_cases_alone(world: World) -> None:
    worker = world.staff("caseworker").person
    for n in range(3):
        case, process = world.request(first=f"Child{n}", last=f"Other{n}", born=f"201{n}-01-0{n + 1}")
        giving.give(world.session, case, worker, world.staff("manager"), now=world.now)
    world.decide(process, assess=False)
    world.session.flush()
    assert giving.loads(world.session, [worker]) == {worker: 2}


def test_every_change_of_the_rules_is_a_version_with_who_and_when(world: World) -> None:
    routing = set_routing(world)
    renamed = replace(routing, teams=(replace(routing.teams[0], name="Everywhere"),))
    settings.change(world.session, renamed, world.staff("manager"), seen=1, now=world.now, why="One team now.")
    rows = world.session.scalars(select(OfficeSetting).order_by(OfficeSetting.version)).all()
    assert [(each.version, each.value["teams"][0]["name"]) for each in rows] == [(1, "North"), (2, "Everywhere")]
    assert (rows[1].made_by, rows[1].why) == (world.staff("manager").person, "One team now.")


def test_a_change_made_from_an_old_page_is_refused_and_so_is_everybody_but_a_manager(world: World) -> None:
    routing = set_routing(world)
    with pytest.raises(AlreadyDone):
        settings.change(world.session, routing, world.staff("manager"), seen=0, now=world.now)
    with pytest.raises(NotPermitted):
        settings.change(world.session, routing, world.staff("caseworker"), seen=1, now=world.now)


def test_names_are_unique_and_a_team_in_use_stays(world: World) -> None:
    routing = set_routing(world)
    twice = settings.with_team(routing, Team(uuid.uuid4(), " north "))
    with pytest.raises(Refused, match="team of this name"):
        settings.change(world.session, twice, world.staff("manager"), seen=1, now=world.now)
    with pytest.raises(Refused, match="rule sends requests"):
        settings.without_team(routing, TEAM)


def test_a_declared_conflict_takes_the_case_away_and_hides_it_everywhere(world: World) -> None:
    case, _ = world.request()
    worker = world.staff("caseworker")
    giving.give(world.session, case, worker.person, world.staff("manager"), now=world.now)
    (form,) = world.session.scalars(submissions_for(worker, world.now)).all()
    conflicts.declare(world.session, case, worker.person, worker, "My neighbour.", now=world.now)
    assert case.caseworker_id is None
    assert world.session.scalars(cases_for(worker, world.now)).all() == []
    assert world.session.scalars(submissions_for(worker, world.now)).all() == []
    assert relation(world.session, worker, form, world.now).rights == frozenset()
    with pytest.raises(NotFound):
        policy.find_case(world.session, worker, case.id, READ, world.now)
    seen = queue(world.session, worker, Filters("all"), world.now)
    assert (seen.due, seen.triage, seen.counts.letters) == ([], [], 0)
    assert case_search.search(world.session, worker, "Robin Example", None, world.now) == []
    assert len(case_search.search(world.session, world.staff("manager"), "Robin Example", None, world.now)) == 1


def test_a_conflict_hides_a_case_from_a_manager_too_and_from_their_mail(world: World) -> None:
    case, _ = world.request()
    manager = world.staff("manager")
    conflicts.declare(world.session, case, manager.person, manager, "My nephew.", now=world.now)
    readers = people.readers(world.session, [case.id], world.now)
    assert manager.person not in readers.of(case.id, "manager") | readers.of(case.id, "caseworker")
    assert listing.declared(world.session, manager, 1)[0] == []


def test_nobody_with_a_conflict_is_given_the_case(world: World) -> None:
    routing = set_routing(world)
    case, _ = world.request()
    worker = world.staff("caseworker").person
    conflicts.declare(world.session, case, worker, world.staff("manager"), "A cousin.", now=world.now)
    with pytest.raises(Refused, match="conflict of interest"):
        giving.give(world.session, case, worker, world.staff("manager"), now=world.now)
    assert giving.suggest(world.session, case, routing, world.now).person_id is None


def test_only_managers_declare_for_others_and_nobody_ends_their_own(world: World) -> None:
    case, _ = world.request()
    worker, manager = world.staff("caseworker"), world.staff("manager")
    with pytest.raises(NotPermitted):
        conflicts.declare(world.session, case, manager.person, worker, "They are friends.", now=world.now)
    with pytest.raises(Refused):
        conflicts.declare(world.session, case, worker.person, worker, "  ", now=world.now)
    own = conflicts.declare(world.session, case, manager.person, manager, "My nephew.", now=world.now)
    with pytest.raises(NotFound):
        conflicts.end(world.session, manager, own.id, now=world.now)
    with pytest.raises(NotPermitted):
        conflicts.end(world.session, worker, own.id, now=world.now)


def test_a_conflict_that_is_ended_stays_on_record_and_can_be_declared_again(world: World) -> None:
    case, _ = world.request()
    worker, manager = world.staff("caseworker"), world.staff("manager")
    found = conflicts.declare(world.session, case, worker.person, worker, "My neighbour.", now=world.now)
    with pytest.raises(AlreadyDone):
        conflicts.declare(world.session, case, worker.person, manager, "Again.", now=world.now)
    conflicts.end(world.session, manager, found.id, now=world.now)
    assert [each.id for each in world.session.scalars(cases_for(worker, world.now))] == [case.id]
    conflicts.declare(world.session, case, worker.person, worker, "Moved back.", now=world.now)
    rows, at = listing.declared(world.session, manager, 1)
    assert (at.total, [row.conflict.ended_at is None for row in rows]) == (2, [True, False])


def test_the_reason_for_a_conflict_is_not_on_the_record_of_the_case(world: World) -> None:
    case, _ = world.request()
    worker = world.staff("caseworker")
    conflicts.declare(world.session, case, worker.person, worker, "My neighbour.", now=world.now)
    event = world.session.scalars(select(Event).where(Event.act == "declare_conflict")).one()
    assert "neighbour" not in str(event.facts)


def test_suggesting_costs_the_same_however_many_rules_and_people(world: World) -> None:
    routing = set_routing(world, age_from=24)
    case, _ = world.request()
    with counted(world.session) as few:
        giving.suggest(world.session, case, routing, world.now)
    more = replace(
        routing,
        teams=(Team(TEAM, "North", tuple(Member(world.person("staff", "caseworker").person) for _ in range(4))),),
        rules=tuple(replace(routing.rules[0], id=uuid.uuid4(), title=f"R{n}") for n in range(9)),
    )
    with counted(world.session) as many:
        giving.suggest(world.session, case, more, world.now)
    assert len(few) == len(many)


def test_a_family_is_never_touched_by_a_conflict_of_the_same_human_at_work(world: World) -> None:
    parent = world.person("family")
    case, _ = world.request(by=parent)
    world.session.add(
        Conflict(
            person_id=parent.person, case_id=case.id, why="Own child.", declared_by=parent.person, declared_at=world.now
        )
    )
    world.session.flush()
    assert [each.id for each in world.session.scalars(cases_for(parent, world.now))] == [case.id]
