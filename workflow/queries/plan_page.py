"""The page on which a plan is written, and what stands beside it."""

from dataclasses import dataclass
from datetime import date, datetime

from forms import plan as lettered
from forms.paths import parse_path
from forms.thread import Loose
from models.cases import Case, Process
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import relation
from workflow.cases import acts, plan_changing, plan_comments, plan_courses, plan_serving, plans
from workflow.queries import case_page, plan_changes, plan_document, plan_material
from workflow.queries.plan_changes import Changed
from workflow.queries.plan_document import Document
from workflow.queries.plan_material import Material


@dataclass(frozen=True)
class Gap:
    """Something to look at again: a sentence, and the page of the form where it is put right."""

    say: str
    page: str


@dataclass(frozen=True)
class Drafting:
    """Where a plan stands, what it says, what it could be made from, and what hangs loose."""

    process: Process
    case: Case
    called: str
    possible: frozenset[str]
    draft: Submission | None
    served: Submission | None
    last_day: date | None
    meeting_owed: bool
    waiting: int
    said: int
    document: Document | None
    material: dict[str, list[Material]]
    loose: tuple[Gap, ...]
    unspecific: tuple[Gap, ...]
    unsourced: tuple[Gap, ...]
    changes: tuple[Changed, ...]
    outside: bool

    @property
    def changing(self) -> bool:
        """Whether this changes a plan that there is, rather than making one."""
        return plan_courses.course_of(self.process).changes

    @property
    def with_family(self) -> bool:
        """Whether the family can say what it thinks of the version sent last."""
        return plan_courses.with_family(self.process)

    @property
    def being_written(self) -> bool:
        """Whether a version can be written now."""
        return plan_courses.being_written(self.process)


# Which page of the plan's form writes each section.
PAGES = {
    "A": "a", "B": "needs", "C": "needs", "D": "needs", "E": "outcomes", "F": "provision", "G": "provision",
    "H1": "provision", "H2": "provision", "I": "place", "J": "budget", "K": "advice",
}  # fmt: skip
OF_GROUP = {"pa": "a", "nd": "needs", "ou": "outcomes", "pv": "provision", "ka": "advice"}


def drafting(session: OwnedSession, process: Process, case: Case, actor: Actor, now: datetime) -> Drafting:
    """Everything the page of a plan shows. The number of queries does not grow with what was said."""
    draft, served = plans.newest(session, process, sent=False), plans.newest(session, process, sent=True)
    shown = draft or served
    found = plan_document.document(session, actor, shown, relation(session, actor, shown, now), now) if shown else None
    answers = found.desk.values if found else {}
    material: dict[str, list[Material]] = {}
    if draft is not None:
        for each in plan_material.material(session, draft, actor, now):
            material.setdefault(each.letter, []).append(each)
    comments = plan_comments.on_drafts(session, process, actor, now)
    sourced = {one.place for each in found.sections for one in each.statements if one.sources} if found else set()
    return Drafting(
        process=process,
        case=case,
        called=case_page.called(session, case),
        possible=acts.possible(process, actor),
        draft=draft,
        served=served,
        last_day=plan_serving.last_day(session, process, served) if served else None,
        meeting_owed=plan_serving.meeting_owed(session, process),
        waiting=sum(each.reply is None for each in comments),
        said=len(comments),
        document=found,
        material=material,
        loose=tuple(_gap(each) for each in lettered.loose(answers)),
        unspecific=tuple(_gap(each) for each in lettered.unspecific(answers)),
        unsourced=tuple(
            Gap(f"Section {letter}: {lettered.says(place, answers)}", PAGES[letter])
            for letter, place in lettered.without_source(answers, sourced)
        ),
        changes=plan_changes.against_the_plan_in_force(session, actor, found, now) if found else (),
        outside=plan_changing.outside(session, process),
    )


def _gap(each: Loose) -> Gap:
    return Gap(each.say, OF_GROUP.get(parse_path(each.path).id.partition("[")[0], ""))
