"""Facts that stand on other forms of the same child: a place with beds, and the place that was asked for."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from forms.values import has_something
from models.database import OwnedSession
from models.people import Child, Setting
from models.submissions import Answer, Contribution, Submission
from workflow.coproduction.kinds import DECISION, PARENTS_VIEWS, REPORTS

BEDS = ("38-to-51", "52")
RIGHT, WANTED = "vp_place", "vp_place_want"


def facts(session: OwnedSession, submission: Submission, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What of it the form asks by. Nothing is told of what nobody has said."""
    if submission.form_id in REPORTS:
        return _residential(session, submission, answers)
    if submission.form_id == DECISION and has_something(answers.get("ld_place")):
        return _place_differs(session, submission, str(answers["ld_place"]))
    return {}


def _residential(session: OwnedSession, submission: Submission, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Whether the child has a place with beds: as said here, else on the last report that was sent."""
    said = answers.get("pa_res")
    if not has_something(said) and submission.child_id:
        said = session.scalars(
            _sent("pa_res")
            .where(Submission.child_id == submission.child_id, Submission.id != submission.id)
            .order_by(Submission.sent_at.desc())
            .limit(1)
        ).first()
    return {"residential": said in BEDS} if has_something(said) else {}


def _place_differs(session: OwnedSession, submission: Submission, named: str) -> dict[str, Any]:
    """Whether the place named is another than a parent asked for, in the views each of them sent last.

    A parent asks for a place by naming it, or by saying that the present one is still right.
    """
    newest = func.row_number().over(partition_by=Submission.owner_id, order_by=Submission.sent_at.desc())
    views = (
        select(Submission.id, newest.label("at"))
        .where(
            Submission.case_id == submission.case_id,
            Submission.form_id == PARENTS_VIEWS,
            Submission.state == "sent",
        )
        .subquery()
    )
    last = select(views.c.id).where(views.c.at == 1)
    rows = session.execute(
        _sent(RIGHT, WANTED).where(Submission.id.in_(last)).add_columns(Answer.submission_id, Answer.path)
    ).all()
    asked: dict[Any, dict[str, Any]] = {}
    for value, of, path in rows:
        asked.setdefault(of, {})[path] = value
    here = _folded(named)
    differ = [
        here not in _folded(said[WANTED]) if has_something(said.get(WANTED)) else here != _present(session, submission)
        for said in asked.values()
        if has_something(said.get(WANTED)) or said.get(RIGHT) == "yes"
    ]
    return {"place_differs": any(differ)} if differ else {}


def _sent(*paths: str) -> Any:
    """The values that answer these on forms that were sent, where the authority reads them."""
    return (
        select(Contribution.value)
        .join(Answer, Answer.id == Contribution.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(
            Answer.path.in_(paths),
            Answer.audience.contains(["authority"]),
            Contribution.state == "current",
            Submission.state == "sent",
        )
    )


def _present(session: OwnedSession, submission: Submission) -> str:
    name = session.scalars(
        select(Setting.name).join(Child, Child.setting_id == Setting.id).where(Child.id == submission.child_id)
    ).first()
    return _folded(name or "")


def _folded(words: Any) -> str:
    return " ".join(str(words).casefold().split())
