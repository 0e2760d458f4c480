"""What the council reads of a form: both of two texts, in rows too."""

from sqlalchemy import select

from models.database import OwnedSession
from models.submissions import Answer, Contribution, Submission
from tests.conftest import NOW
from tests.workflow.cases.builders import World
from tests.workflow.cases.conftest import session, world
from workflow.queries import papers

__all__ = ["session", "world"]


def test_both_of_two_texts_in_a_row_are_read(session: OwnedSession, world: World) -> None:
    case, _ = world.request()
    sent = session.scalars(select(Submission).where(Submission.case_id == case.id)).one()
    found = session.scalars(select(Answer).where(Answer.submission_id == sent.id, Answer.path.endswith(".name"))).one()
    other = world.person("family", name="Bo Other")
    session.add(
        Contribution(
            answer_id=found.id, author_id=other.person, entered_by=other.person, value="Another Name", version=9,
            based_on=0, state="beside", mode="own", started_at=NOW, saved_at=NOW,
        )
    )  # fmt: skip
    session.flush()
    (paper,) = papers.read(session, world.staff("caseworker"), case, [sent.id], NOW)
    ((author, lines),) = paper.others["pr[]"]
    assert author == "Bo Other" and lines[-1] == "Another Name"
    assert any(each.path == "pr[]" for section in paper.sections for each in section.answers)
