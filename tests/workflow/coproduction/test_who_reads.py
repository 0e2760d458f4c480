"""Who reads an answer, a paper or a fact: what was kept back stays back, whatever is written or drawn from it later."""

import uuid
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from forms import reading as words
from models.files import Attachment
from models.people import Child, Fact
from models.submissions import Answer, Contribution, Submission
from tests.conftest import NOW
from tests.workflow.coproduction.conftest import CHILD, Table
from tests.workflow.coproduction.room import Room
from workflow.coproduction import reading, rows, settling, submissions, withholding
from workflow.coproduction.contributions import Writer
from workflow.errors import NotFound
from workflow.files import attachments
from workflow.queries.offers import offers
from workflow.queries.writing import open_form

COURT = "pr[r1].limits_file"


def paper(room: Room, of: Submission, path: str, readers: list[str]) -> Attachment:
    """A clean file at an answer, with the answer's own readers as they are given to a new one."""
    file = Attachment(
        id=uuid.uuid4(), submission_id=of.id, path=path, blob=uuid.uuid4().hex, name="order.pdf", media_type="x",
        size=1, sha256="", state="clean", audience=readers, added_by=room.people["parent"], added_at=NOW,
    )  # fmt: skip
    room.session.add(file)
    room.session.flush()
    return file


def fetches(room: Room, name: str, file: Attachment) -> bool:
    try:
        attachments.find(room.session, room.actor(name), file.id, NOW)
    except NotFound:
        return False
    return True


def keep_from_school(room: Room, view: Submission, *paths: str) -> None:
    form = submissions.form_of(view)
    withholding.withhold(room.session, view, form, room.theirs("parent", view), "setting", paths)
    room.session.flush()


def read(room: Room, name: str, of: Submission) -> dict[str, Any]:
    return reading.read(room.session, of, room.theirs(name, of)).values


def add_row(room: Room, name: str, of: Submission, group: str, row: str) -> None:
    who = room.people[name]
    rows.add_row(
        room.session, of, submissions.form_of(of), room.theirs(name, of), Writer(who, who), group, now=NOW, row=row
    )
    room.session.flush()


def test_keeping_one_answer_back_opens_no_other_paper(room: Room) -> None:
    view = room.view()
    add_row(room, "parent", view, "pr[]", "r1")
    file = paper(room, view, COURT, ["authority", "owner"])
    room.write("parent", COURT, [{"id": str(file.id), "name": "order.pdf", "size": 1}], view)
    keep_from_school(room, view, "vp_great")
    assert not fetches(room, "senco", file) and fetches(room, "parent", file)


def test_a_row_added_to_a_list_that_is_kept_back_is_kept_back_too(room: Room) -> None:
    view = room.view()
    add_row(room, "parent", view, "fi[]", "r1")
    room.write("parent", "fi[r1].by", "Dr One", view)
    keep_from_school(room, view, "fi[]")
    add_row(room, "parent", view, "fi[]", "r2")
    room.write("parent", "fi[r2].by", "Dr Two", view)
    file = paper(room, view, "fi[r2].file", ["authority", "owner", "setting"])
    room.write("parent", "fi[r2].file", [{"id": str(file.id), "name": "order.pdf", "size": 1}], view)
    assert "fi[r2].by" not in read(room, "senco", view)
    assert not fetches(room, "senco", file)
    keep_from_school(room, view)
    assert read(room, "senco", view)["fi[r2].by"] == "Dr Two" and fetches(room, "senco", file)


@pytest.mark.parametrize("kept", [True, False])
def test_a_fact_drawn_from_an_answer_that_is_kept_back_is_not_offered(room: Room, kept: bool) -> None:
    child = Child(
        id=uuid.uuid4(), person_id=room.people["stranger"], first="Ada", last="Q", known_as="Ada",
        born_on=date(2018, 1, 1),
    )  # fmt: skip
    room.session.add(child)
    room.session.flush()
    room.root.child_id = child.id
    view = room.view()
    room.write("parent", "ac_meet", "By phone", view)
    if kept:
        keep_from_school(room, view, "ac_meet")
    room.session.add(
        Fact(
            child_id=child.id, key="ac_meet", value="By phone", said_by=room.people["parent"], said_as="parent",
            said_on=NOW.date(), submission_id=view.id, audience=["authority", "family", "setting"],
        )
    )  # fmt: skip
    room.session.flush()
    desk = open_form(room.session, room.actor("senco"), room.root.id, "read", NOW)
    asked = [each for each in desk.form.questions() if each.id == "ac_meet"]
    assert bool(offers(room.session, desk, asked, NOW)) is not kept


SHARE = "fi[r1].share"


def paper_row(room: Room, name: str, of: Submission, share: str) -> Attachment:
    """A row with a file, its writer and who may see it."""
    add_row(room, name, of, "fi[]", "r1")
    file = paper(room, of, "fi[r1].file", ["authority", "family", "owner", "setting"])
    room.write(name, "fi[r1].file", [{"id": str(file.id), "name": "order.pdf", "size": 1}], of)
    room.write(name, "fi[r1].by", "Dr One", of)
    room.write(name, SHARE, share, of)
    return file


def test_a_paper_for_the_caseworker_alone_is_not_for_others_to_read(room: Room) -> None:
    file = paper_row(room, "senco", room.root, "caseworker")
    for name in ("parent", "other"):
        assert not fetches(room, name, file) and "fi[r1].by" not in read(room, name, room.root)
    assert fetches(room, "senco", file) and read(room, "senco", room.root)["fi[r1].by"] == "Dr One"
    room.root.state = "sent"
    assert not fetches(room, "parent", file)


def test_what_is_added_later_to_a_paper_for_the_caseworker_goes_no_further_either(room: Room) -> None:
    paper_row(room, "senco", room.root, "caseworker")
    room.write("senco", "fi[r1].kind", "medical-letter")
    assert "fi[r1].kind" not in read(room, "parent", room.root)


def test_to_others_a_kept_paper_is_not_there_and_leaves_no_hole(room: Room) -> None:
    paper_row(room, "senco", room.root, "caseworker")
    add_row(room, "senco", room.root, "fi[]", "r2")
    room.write("senco", "fi[r2].by", "Dr Two")
    lists = {name: read(room, name, room.root)["fi[]"] for name in ("senco", "head", "parent")}
    assert lists == {"senco": ["r1", "r2"], "head": ["r1", "r2"], "parent": ["r2"]}
    desk = open_form(room.session, room.actor("parent"), room.root.id, "read", NOW)
    sections = words.read(desk.form, desk.values, desk.facts, child_name="")
    (papers,) = [said for each in sections for said in each.answers if said.path == "fi[]"]
    assert [row.title for row in papers.rows] == ["Paper 1"] and "Dr Two" in repr(papers.rows)
    earlier = reading.history(room.session, room.root, room.theirs("parent"), "fi[]")
    assert all("r1" not in text.value for text in earlier)


def test_a_row_nobody_has_written_in_yet_is_there_for_all(room: Room) -> None:
    add_row(room, "senco", room.root, "fi[]", "r1")
    assert read(room, "parent", room.root)["fi[]"] == ["r1"]


def test_somebody_who_does_not_see_a_kept_row_does_not_take_it_away(room: Room) -> None:
    view = room.view()
    paper_row(room, "parent", view, "caseworker")
    add_row(room, "parent", view, "fi[]", "r2")
    assert read(room, "senco", view)["fi[]"] == ["r2"]
    assert read(room, "parent", view)["fi[]"] == ["r1", "r2"]


def test_a_paper_opened_to_everyone_again_is_read_by_all(room: Room) -> None:
    file = paper_row(room, "senco", room.root, "caseworker")
    room.write("senco", SHARE, "everyone", base=1)
    assert fetches(room, "parent", file) and read(room, "parent", room.root)["fi[r1].by"] == "Dr One"


def test_a_paper_for_the_caseworker_in_a_shared_view_is_not_read_by_the_school(room: Room) -> None:
    view = room.view()
    file = paper_row(room, "parent", view, "caseworker")
    assert not fetches(room, "senco", file) and "fi[r1].by" not in read(room, "senco", view)
    assert read(room, "senco", view)["vp_great"] == "She sings."


def test_bringing_back_only_my_caseworker_is_obeyed(room: Room) -> None:
    file = paper_row(room, "senco", room.root, "caseworker")
    form, theirs, who = room.form, room.theirs("senco"), room.people["senco"]
    (first,) = reading.history(room.session, room.root, theirs, SHARE)
    first_row = room.session.get_one(Contribution, (room.session.authority_id, first.contribution_id))
    first_row.frozen_at = NOW
    room.write("senco", SHARE, "everyone", base=1)
    assert fetches(room, "parent", file)
    settling.bring_back(room.session, room.root, form, theirs, Writer(who, who), SHARE, first.contribution_id, now=NOW)
    assert not fetches(room, "parent", file)


def test_a_childs_choice_that_is_brought_back_is_obeyed(childs: Table) -> None:
    childs.save(childs.anna, "ap_good", "Drawing", 0, theirs=CHILD)
    childs.save(childs.anna, "ap_who_sees", [], 0, theirs=CHILD)
    (nobody,) = reading.history(childs.session, childs.submission, CHILD, "ap_who_sees")
    childs.session.get_one(Contribution, (childs.session.authority_id, nobody.contribution_id)).frozen_at = NOW
    childs.save(childs.anna, "ap_who_sees", ["family"], 1, theirs=CHILD)
    writer = Writer(childs.anna, childs.anna)
    settling.bring_back(
        childs.session, childs.submission, childs.form, CHILD, writer, "ap_who_sees", nobody.contribution_id, now=NOW
    )
    childs.session.flush()
    for answer in childs.session.scalars(select(Answer).where(Answer.submission_id == childs.submission.id)):
        assert answer.audience == ["owner"]
