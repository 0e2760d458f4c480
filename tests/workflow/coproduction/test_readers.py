"""No path gives a row readers whom the rule does not: whatever people write, choose, keep back and bring back."""

import ast
import uuid
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from forms.definition import question
from forms.paths import parse_path
from models.cases import Case
from models.files import Attachment
from models.people import Child
from models.submissions import Answer, Contribution, Submission
from tests.conftest import NOW
from tests.workflow.coproduction.conftest import PARENT, SCHOOL, Table
from tests.workflow.coproduction.room import Room
from tests.workflow.coproduction.test_no_words_lost import CALM
from workflow.coproduction import more, rows, sending, settling, withholding
from workflow.coproduction.contributions import Writer
from workflow.coproduction.submissions import form_of
from workflow.files import attachments
from workflow.files.store import FolderBlobs

HERE = Path(__file__).parents[3]
ROOMS = {"readers.py": {"Answer", "audience", "withheld"}, "attachments.py": {"Attachment"}}

SCHOOLS = ("na_ci_hard", "ch_addr_hide_who", "rq_urgent", "sh_private")
FAMILYS = ("vw_child_q", "so_parent_say")
CELLS = ("fi[r1].by", "fi[r1].kind", "fi[r2].by", "pr[r1].limits_what", "pr[r1].name")
SHARES = ("fi[r1].share", "fi[r2].share")
SAID = st.sampled_from(["one", "two"])
SHARED = st.sampled_from(["everyone", "caseworker"])
STEP = st.one_of(
    st.tuples(st.just("school"), st.sampled_from(SCHOOLS + CELLS), SAID),
    st.tuples(st.just("family"), st.sampled_from(FAMILYS), SAID),
    st.tuples(st.just("school"), st.sampled_from(SHARES), SHARED),
    st.tuples(st.just("at once"), st.sampled_from(SHARES), SHARED),
    st.tuples(st.just("back"), st.sampled_from(SHARES), st.integers(0, 9)),
    st.tuples(st.just("row"), st.sampled_from(["fi[]", "pr[]"]), st.sampled_from(["r1", "r2"])),
)


def widest(table: Table, path: str) -> set[str]:
    """The widest that the rule lets an answer be read, said once more and otherwise than the code says it."""
    asked = question(table.form, parse_path(path).id)
    kinds, row = set(asked.sensitivity), path.partition(".")[0]
    chosen = [text.value for text in contributions(table, f"{row}.share") if text.state != "earlier"]
    if "[" in path and "caseworker" in chosen:
        return {"setting", "caseworker"}
    if kinds & {"SG", "CO"}:
        return {"setting", "caseworker"}
    if kinds & {"TP", "LOC"}:
        return {"family" if path in FAMILYS else "setting", "authority"}
    return {"setting", *table.form.audience_default}


def contributions(table: Table, path: str) -> list[Contribution]:
    found = (
        select(Contribution)
        .join(Answer, Answer.id == Contribution.answer_id)
        .where(Answer.submission_id == table.submission.id, Answer.path == path)
        .order_by(Contribution.version)
    )
    return list(table.session.scalars(found))


def take(table: Table, step: tuple[Any, ...]) -> None:
    """Do one thing that somebody may do on the form."""
    kind, path, value = step
    at = (table.session, table.submission, table.form)
    writer = Writer(table.anna, table.anna)
    if kind == "row":
        rows.add_row(*at, SCHOOL, writer, path, now=NOW, row=value)
    elif kind == "back":
        if every := contributions(table, path):
            settling.bring_back(*at, SCHOOL, writer, path, every[value % len(every)].id, now=NOW)
    else:
        who, theirs = (table.ben, PARENT) if kind == "family" else (table.anna, SCHOOL)
        before = [text.version for text in contributions(table, path) if text.state == "current"]
        base = 0 if kind == "at once" else max(before, default=0)
        table.save(table.ben if kind == "at once" else who, path, value, base, theirs=theirs)


@CALM
@given(steps=st.lists(STEP, min_size=2, max_size=12))
def test_no_path_writes_an_audience_wider_than_the_rule(table: Table, steps: list[tuple[Any, ...]]) -> None:
    for step in steps:
        take(table, step)
        table.session.flush()
        for answer in table.session.scalars(select(Answer).where(Answer.submission_id == table.submission.id)):
            assert set(answer.audience) <= widest(table, answer.path), (step, answer.path)


def test_a_file_has_the_readers_of_the_answer_it_is_put_in(room: Room, tmp_path: Path) -> None:
    who, theirs = room.people["senco"], room.theirs("senco")
    rows.add_row(room.session, room.root, room.form, theirs, Writer(who, who), "fi[]", now=NOW, row="r1")
    room.write("senco", "fi[r1].share", "caseworker")
    sent, given = attachments.Sent("note.txt", b"words"), (room.session, room.root, room.form, theirs, Writer(who, who))
    file = attachments.add(*given, "fi[r1].file", sent, FolderBlobs(tmp_path), now=NOW)
    assert file.audience == ["caseworker", "setting"]
    room.write("senco", "fi[r1].share", "everyone", base=1)
    assert "family" in room.session.get_one(Attachment, (room.session.authority_id, file.id)).audience


def test_the_next_version_of_a_form_keeps_what_was_kept(room: Room) -> None:
    view = room.view()
    room.write("parent", "sh_private", "Only you.", view)
    withholding.withhold(room.session, view, form_of(view), room.theirs("parent", view), "setting", ["vp_great"])
    before = given_readers(room, view)
    sending.freeze(room.session, view, room.actor("parent"), now=NOW)
    view.case_id = case_of(room)
    room.session.flush()
    draft = more.next_version(room.session, room.actor("parent"), room.theirs("parent", view), view, now=NOW)
    assert given_readers(room, draft) == before
    assert before["vp_great"][1] == ["setting"] and before["sh_private"][0] == ["caseworker", "owner"]


def test_nothing_is_heard_about_an_unbegun_part_of_a_paper_that_is_kept(room: Room) -> None:
    who = room.people["senco"]
    rows.add_row(room.session, room.root, room.form, room.theirs("senco"), Writer(who, who), "fi[]", now=NOW, row="r1")
    room.write("senco", "fi[r1].share", "caseworker")
    said = room.say("senco", "fi[r1].by", "comment", "Whose?")
    assert said.audience == ["caseworker", "setting"]
    assert room.heard("parent") == () and len(room.heard("head")) == 1


def test_one_module_alone_gives_answers_and_files_their_readers() -> None:
    """Everybody else asks it: a row whose readers were given elsewhere is a row that the rule has not seen."""
    found = set()
    for folder in ("workflow", "web", "tasks"):
        for file in HERE.glob(f"{folder}/**/*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                found |= {f"{file.relative_to(HERE)}: {name}" for name in _gives(node) - ROOMS.get(file.name, set())}
    assert found == set()


def _gives(node: ast.AST) -> set[str]:
    """The kinds of rows made here, and the columns of readers written here."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Answer", "Attachment"):
        rows_made = any(each.arg == "path" for each in node.keywords)  # a mail server's answer has no path
        return {node.func.id} if rows_made else set()
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
    # What a file is given is given in `readers.settle`, or by its rule where the file is taken.
    return {each.attr for each in targets if isinstance(each, ast.Attribute)} & {"audience", "withheld"}


def given_readers(room: Room, of: Submission) -> dict[str, tuple[list[str], list[str]]]:
    found = room.session.scalars(select(Answer).where(Answer.submission_id == of.id))
    return {each.path: (each.audience, each.withheld) for each in found}


def case_of(room: Room) -> uuid.UUID:
    """A case for a form to be sent in."""
    about = room.people["stranger"]
    child = Child(id=uuid.uuid4(), person_id=about, first="A", last="Q", known_as="A", born_on=date(2018, 1, 1))
    room.session.add(child)
    room.session.flush()
    case = Case(id=uuid.uuid4(), child_id=child.id, opened_on=NOW.date())
    room.session.add(case)
    room.session.flush()
    return case.id
