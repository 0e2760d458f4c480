"""Who may read an answer. Decided when it is written, kept with it, and obeyed by every reader."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select

from forms.definition import Form, Question, question, section_of
from forms.paths import parse_path
from models.database import OwnedSession
from models.files import Attachment
from models.submissions import Answer, Contribution, Submission

# The boxes of `ap_who_sees` and its sisters, in the words of the form, to the readers they let in.
CHILDS_CHOICE = {
    "family": "family",
    "teacher": "setting",
    "helpers": "advisers",
    "council": "authority",
}
WHO_SEES = "_who_sees"
ONLY_CASEWORKER = "caseworker"  # what `fi[].share` says of a paper that goes no further
_PAPER = re.compile(r"fi\[[A-Za-z0-9-]+\]")
HELPER = "helper"  # the section of a child's form where a grown-up says how they helped


def audience(form: Form, asked: Question, role: str, answers: Mapping[str, Any]) -> list[str]:
    """The readers of a new answer, by the form's voice and the question's sensitivity.

    What is about somebody else, whereabouts, safeguarding and offences go no further than those who wrote
    the form and the authority; a child's answers go where the child said.
    """
    if form.voice_of(asked) == "child":
        return _in_childs_form(form, asked, answers)
    own = _own_side(form, role)
    if set(asked.sensitivity) & {"TP", "LOC", "SG", "CO"}:
        return sorted({own, "authority"})
    return sorted({own, *form.audience_default})


def _own_side(form: Form, role: str) -> str:
    """The readers who are always there: those on the writer's own side of the form."""
    if form.voice != "shared":
        return "owner"
    return "setting" if role in ("senco", "head", "teacher") else "family"


def _in_childs_form(form: Form, asked: Question, answers: Mapping[str, Any]) -> list[str]:
    chosen = childs_audience(answers)
    # Who the helper is, is nothing that the other parent or the school needs.
    if section_of(form, asked.id)[0].id == HELPER and "TP" in asked.sensitivity:
        return [reader for reader in chosen if reader in ("owner", "authority")]
    return chosen


def childs_audience(answers: Mapping[str, Any]) -> list[str]:
    """Where a child said their answers may go. Nothing ticked: only the child."""
    ticked = next((answers[path] for path in answers if path.endswith(WHO_SEES)), None) or []
    return sorted({"owner", *(CHILDS_CHOICE[choice] for choice in ticked if choice in CHILDS_CHOICE)})


def childs_choice(session: OwnedSession, submission: Submission, form: Form) -> dict[str, Any]:
    """The stored answer to "Who can see this?" of a child's form; empty for any other form."""
    if form.voice != "child":
        return {}
    rows = session.execute(
        select(Answer.path, Contribution.value)
        .join(Contribution, Contribution.answer_id == Answer.id)
        .where(
            Answer.submission_id == submission.id,
            Answer.path.endswith(WHO_SEES, autoescape=True),
            Contribution.state == "current",
        )
    )
    return {path: value for path, value in rows}


def obey(session: OwnedSession, submission: Submission, form: Form) -> None:
    """Give everything on a child's form the readers the child has now chosen: what was there before, too."""
    session.flush()
    choice = childs_choice(session, submission, form)
    for answer in session.scalars(select(Answer).where(Answer.submission_id == submission.id)):
        answer.audience = _in_childs_form(form, section_of(form, parse_path(answer.path).id)[1], choice)
    for paper in session.scalars(select(Attachment).where(Attachment.submission_id == submission.id)):
        paper.audience = childs_audience(choice)


def top(path: str) -> str:
    """The question on the page that an answer belongs to: `fi` of `fi[]` and of `fi[r1].by`."""
    return path.split("[")[0]


def kept_back(session: OwnedSession, submission: Submission, paths: Iterable[str]) -> dict[str, list[str]]:
    """Whom new answers in rows are kept from, by `top`: whoever the list that they stand in is kept from."""
    lists = {f"{top(path)}[]" for path in paths if "[" in path} - set(paths)
    if not lists:
        return {}
    rows = session.execute(
        select(Answer.path, Answer.withheld).where(Answer.submission_id == submission.id, Answer.path.in_(lists))
    )
    return {top(path): list(withheld) for path, withheld in rows}


def obey_papers(session: OwnedSession, submission: Submission, form: Form, role: str, paths: Iterable[str]) -> None:
    """Give everything about the papers that these answers belong to the readers that were chosen for each paper.

    "Only my caseworker" keeps a paper between the authority and the side that adds papers to the form. One choice
    among two versions is enough.
    """
    papers = {found[0] for path in paths if (found := _PAPER.match(path))}
    if not papers:
        return
    session.flush()
    kept = _kept_papers(session, submission, papers)
    giver = "owner" if form.voice != "shared" else "setting"
    inside = or_(*(Answer.path.startswith(f"{paper}.", autoescape=True) for paper in papers))
    for answer in session.scalars(select(Answer).where(Answer.submission_id == submission.id, inside)):
        asked = question(form, parse_path(answer.path).id)
        alone = answer.path.partition(".")[0] in kept
        answer.audience = sorted({giver, "authority"}) if alone else audience(form, asked, role, {})


def _kept_papers(session: OwnedSession, submission: Submission, papers: set[str]) -> set[str]:
    """Those of these papers that are for the caseworker alone."""
    rows = session.execute(
        select(Answer.path, Contribution.value)
        .join(Contribution, Contribution.answer_id == Answer.id)
        .where(
            Answer.submission_id == submission.id,
            Answer.path.in_([f"{paper}.share" for paper in papers]),
            Contribution.state.in_(("current", "rival", "beside")),
        )
    )
    return {path.removesuffix(".share") for path, value in rows if value == ONLY_CASEWORKER}
