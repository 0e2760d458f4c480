"""What Section K of a plan lists: whom the law has asked, with what came, and every other paper. Reg 12(1) and (4)."""

from collections.abc import Iterator

from sqlalchemy import select

from models.database import OwnedSession
from models.people import Person
from models.submissions import Submission
from workflow.access.advising import familys_papers
from workflow.clock import london_day
from workflow.coproduction import kinds
from workflow.coproduction.submissions import form_of
from workflow.queries import advice
from workflow.queries.bundles import ROLES, owner_role

NOT_RECEIVED = "not-received"
Row = tuple[str, dict[str, str]]


def papers(session: OwnedSession, plan: Submission) -> list[Row]:
    """The rows of Section K as they stand now, each by a key that stays the same when what was asked for comes."""
    return [*_asked(session, plan), *_others(session, plan)]


def _asked(session: OwnedSession, plan: Submission) -> Iterator[Row]:
    for each in advice.section_k(session, plan.case_id) if plan.case_id else ():
        here = "attached" if each.attached else "not-attached" if each.received_on else NOT_RECEIVED
        told = each.said if here != NOT_RECEIVED or "agreed" in each.said else ""
        yield (
            each.key,
            {
                "what": ": ".join(filter(None, (each.what, told)))[:200],
                "who": each.who[:200],
                "asked": each.asked_on.isoformat() if each.asked_on else "",
                "got": each.received_on.isoformat() if each.received_on else "",
                "with": here,
            },
        )


def _others(session: OwnedSession, plan: Submission) -> Iterator[Row]:
    """What else was sent on the case: by a setting that asked for the assessment, mostly."""
    listed = kinds.PLANS | kinds.RECORDS | kinds.ASKED_FOR | familys_papers() | {kinds.ON_A_DRAFT}
    found = session.execute(
        select(Submission, Person.name)
        .join(Person, Person.id == Submission.owner_id)
        .where(Submission.case_id == plan.case_id, Submission.state == "sent", Submission.form_id.not_in(listed))
        .order_by(Submission.sent_at)
    ).all()
    for paper, by in found:
        on = london_day(paper.sent_at).isoformat() if paper.sent_at else ""
        said = {"what": form_of(paper).title, "who": _whose(paper, by), "got": on, "with": "attached"}
        yield f"paper:{paper.id}", said


def _whose(paper: Submission, name: str) -> str:
    """Whose a paper is, as everybody who reads the plan may know it: parents who live apart are not named."""
    return name if owner_role(paper) in ("senco", "head") else ROLES.get(owner_role(paper), name)
