"""Weighing: every piece marked with what it showed, reasons drafted from it, and what to look at again."""

import uuid

from sqlalchemy import func, select

from models.cases import Event, Process
from models.decisions import Consideration
from models.submissions import Submission
from tests.web.council.conftest import Office
from tests.web.council.test_decision import answers, stage

SHOWED = "Reading is very hard, every day."
UNLAWFUL = "Robin does not meet our threshold, and the school has not spent £6,000."


def one(office: Office) -> tuple[uuid.UUID, uuid.UUID, str, str]:
    """A request, with the addresses of its decision, and its one form."""
    ((case_id, process_id),) = office.requests()
    with office.look() as session:
        form = str(session.scalars(select(Submission.id).where(Submission.case_id == case_id)).one())
    return case_id, process_id, f"/council/requests/{process_id}", form


def test_marks_are_kept_with_who_made_them_and_decide_nothing(office: Office) -> None:
    case_id, process_id, page, form = one(office)
    client = office.as_("decider")
    kept = client.submit(
        f"{page}/decision", answers(office, case_id, step="keep", **{f"showed-{form}": SHOWED, f"mark-{form}": ""})
    )
    assert kept.status_code == 200 and "The marks are kept" in kept.text
    again = client.get(f"{page}/decision").text
    assert SHOWED in again and "Marked by Test decider" in again
    assert stage(office, process_id) == "requested"


def test_whoever_prepares_the_decision_marks_too(office: Office) -> None:
    _, _, page, form = one(office)
    client = office.as_("caseworker")
    data = {"considered": [form], f"showed-{form}": SHOWED, f"mark-{form}": ""}
    assert client.submit(f"{page}/evidence", data).status_code == 302
    assert SHOWED in office.as_("decider").get(f"{page}/decision").text


def test_a_page_that_was_left_as_it_was_undoes_nothing_that_another_wrote_since(office: Office) -> None:
    _, _, page, form = one(office)
    first, second = office.as_("caseworker"), office.as_("manager")
    first.submit(f"{page}/evidence", {"considered": [form], f"showed-{form}": "First.", f"mark-{form}": ""})
    with office.look() as session:
        seen = str(session.scalars(select(Consideration.id)).one())
    second.submit(f"{page}/evidence", {"considered": [form], f"showed-{form}": "Second.", f"mark-{form}": seen})
    first.submit(f"{page}/evidence", {"considered": [form], f"showed-{form}": "First.", f"mark-{form}": seen})
    shown = first.get(f"{page}/evidence").text
    assert "\nSecond.</textarea>" in shown
    assert "What was written before" in shown and "First." in shown


def test_a_mark_can_be_taken_back_and_its_words_stay_on_record(office: Office) -> None:
    case_id, _, page, form = one(office)
    client = office.as_("decider")
    client.submit(f"{page}/evidence", {"considered": [form], f"showed-{form}": SHOWED, f"mark-{form}": ""})
    with office.look() as session:
        seen = str(session.scalars(select(Consideration.id)).one())
    client.submit(f"{page}/evidence", {f"showed-{form}": SHOWED, f"mark-{form}": seen})
    refused = client.submit(f"{page}/decision", answers(office, case_id, considered=[]))
    assert refused.status_code == 422 and "mark each paper" in refused.text
    with office.look() as session:
        assert session.scalars(select(func.count()).select_from(Consideration)).one() == 2


def test_what_is_no_evidence_of_this_case_is_not_marked(office: Office) -> None:
    _, _, page, _ = one(office)
    client = office.as_("caseworker")
    other = str(uuid.uuid4())
    client.submit(f"{page}/evidence", {"considered": [other], f"showed-{other}": "x", f"mark-{other}": ""})
    with office.look() as session:
        assert session.scalars(select(Consideration.id)).all() == []


def test_the_draft_is_made_of_the_marks_and_fills_an_empty_box(office: Office) -> None:
    case_id, _, page, form = one(office)
    marks = {f"showed-{form}": SHOWED, f"mark-{form}": ""}
    drafted = office.as_("decider").submit(
        f"{page}/decision", answers(office, case_id, step="draft", reasons="", **marks)
    )
    assert "What the family told us:" in drafted.text
    assert f": {SHOWED}" in drafted.text
    assert "it is not necessary" in drafted.text and "has, or may have, such needs" in drafted.text
    assert 'id="drafted"' not in drafted.text


def test_a_draft_never_writes_over_what_somebody_wrote(office: Office) -> None:
    case_id, _, page, form = one(office)
    marks = {f"showed-{form}": SHOWED, f"mark-{form}": ""}
    drafted = office.as_("decider").submit(
        f"{page}/decision", answers(office, case_id, step="draft", reasons="My own words.", **marks)
    )
    assert "\nMy own words.</textarea>" in drafted.text
    assert 'id="drafted"' in drafted.text


def test_a_draft_names_nobody_who_wrote(office: Office) -> None:
    case_id, _, page, form = one(office)
    with office.world() as world:
        from models.people import Person

        owner = world.session.scalars(select(Person).join(Submission, Submission.owner_id == Person.id)).one()
        owner.name = "Somebody Apart"
    drafted = office.as_("decider").submit(
        f"{page}/decision",
        answers(office, case_id, step="draft", reasons="", **{f"showed-{form}": SHOWED, f"mark-{form}": ""}),
    )
    box = drafted.text.split('id="reasons"')[1].split("</textarea>")[0]
    assert SHOWED in box and "Somebody Apart" not in box


def test_reasons_that_may_be_unlawful_are_warned_of_and_never_stopped(office: Office) -> None:
    case_id, process_id, page, _ = one(office)
    client = office.as_("decider")
    looked = client.submit(f"{page}/decision", answers(office, case_id, step="look", reasons=UNLAWFUL))
    assert "A stricter test of our own" in looked.text and "no legal test" in looked.text
    preview = client.submit(f"{page}/decision", answers(office, case_id, reasons=UNLAWFUL))
    assert preview.status_code == 200 and "Look at these again" in preview.text
    client.submit(f"{page}/decision", answers(office, case_id, step="send", reasons=UNLAWFUL))
    assert stage(office, process_id) == "refused"


def test_a_yes_is_warned_of_nothing(office: Office) -> None:
    case_id, _, page, _ = one(office)
    looked = office.as_("decider").submit(
        f"{page}/decision", answers(office, case_id, step="look", reasons=UNLAWFUL, assess="yes")
    )
    assert "Look at these again" not in looked.text


def test_the_same_is_said_while_one_writes_and_nothing_is_kept(office: Office) -> None:
    _, _, page, _ = one(office)
    client = office.as_("decider")
    said = client.submit(
        f"{page}/look-again", {"reasons": "No report was sent.", "instead": "", "assess": "no"}, page=f"{page}/decision"
    )
    assert "We never asked for: " in said.json["html"]  # type: ignore[index]
    assert "Nothing here says what the family told us" in said.json["html"]  # type: ignore[index]
    with office.look() as session:
        assert (
            session.scalars(select(func.count()).select_from(Event).where(Event.act == "refuse_to_assess")).one() == 0
        )


def test_a_record_of_the_council_is_no_evidence(office: Office) -> None:
    case_id, process_id, page, form = one(office)
    with office.world() as world:
        from models.cases import Case
        from workflow.cases import records
        from workflow.coproduction import sending

        case = world.session.get_one(Case, (world.session.authority_id, case_id))
        kept = records.begin_record(world.session, case, "la-triage", world.staff("caseworker"), now=world.now)
        sending.freeze(world.session, kept, world.staff("caseworker"), now=world.now)
    done = office.as_("decider").submit(f"{page}/decision", answers(office, case_id, step="send", considered=[form]))
    assert done.status_code == 302
    assert stage(office, process_id) == "refused"


def test_the_page_costs_the_same_however_much_there_is_to_weigh(office: Office) -> None:
    from models.files import Attachment
    from workflow import clock

    _, process_id, page, form = one(office)
    client = office.as_("decider")
    client.get(f"{page}/evidence")
    with office.count_queries() as few:
        client.get(f"{page}/evidence")
    with office.world() as world:
        process = world.session.get_one(Process, (world.session.authority_id, process_id))
        owner = world.session.get_one(Submission, (world.session.authority_id, uuid.UUID(form))).owner_id
        for n in range(5):
            file = Attachment(
                id=uuid.uuid4(), submission_id=uuid.UUID(form), path="fi[a].file", blob=f"b{n}", name=f"scan{n}.pdf",
                media_type="application/pdf", size=1, sha256="", state="clean", audience=["authority"],
                added_by=owner, added_at=clock.now(),
            )  # fmt: skip
            world.session.add(file)
            world.session.add(
                Consideration(
                    process_id=process.id, kind="file", item_id=file.id, showed="x", stands=True, marked_by=owner,
                    marked_at=clock.now(),
                )
            )  # fmt: skip
    with office.count_queries() as many:
        shown = client.get(f"{page}/evidence")
    assert shown.text.count("Open the file") == 5
    assert len(few) == len(many)
