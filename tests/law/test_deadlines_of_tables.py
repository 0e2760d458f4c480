"""Every deadline that a process begins can be worked out, is met or ended, and every duty is begun somewhere."""

from law.keys import KEYS
from law.rules import RULE_IDS, current
from law.tables import PROCESSES, Process, Transition
from tests.law.tables import each_process

# These belong to the family, the setting or the plan itself, and live on after the process that began them.
LIVES_ON = {"appeal.lodge", "mediation.contact", "plan.admit", "plan.secure", "cease.not_before"}

# A fact of the child's own record, which every process knows.
ALWAYS_KNOWN = {"date_of_birth"}

# Kept by doing it again: each time, the next one begins.
GOES_ROUND = {"support.meet_parents", "support.report", "support.profile"}

# Begun by more than one process, for duties that are each time another one. Why:
BEGUN_IN_SEVERAL = {
    "advice.request": "each assessment asks for its own advice",
    "advice.respond": "each request for advice has its own six weeks",
    "advice.respond_setting": "the same",
    "plan.draft_representations": "each draft has its own fifteen days",
    "plan.meeting": "each draft can be met about",
    "plan.admit": "each final plan names its own setting",
    "plan.secure": "each final plan has its own provision",
    "review.amend_representations": "each notice of changes has its own fifteen days",
    "consult.setting": "each setting asked has its own fifteen days",
    "appeal.lodge": "each decision has its own time to appeal, which a disagreement takes over",
    "mediation.contact": "the same",
    "cease.not_before": "the wait after a review is taken over by ending the plan",
}

# Begun by no process. Why:
BEGUN_BY_NONE = {
    "assess.refuse": "the same six weeks as assess.decide, which runs",
    "move.during_assessment": "the same six weeks as assess.decide, which the new authority's assessment begins",
    "reassess.advice": "the same six weeks as advice.respond, which each request begins",
    "cease.notify": "the act that decides is the telling",
    "cease.under18": "a test for whoever decides, not a deadline",
    "cease.18plus": "the same",
    "cease.grounds_never": "the same",
    "cease.age25_latest": "a limit to ask about, not a deadline",
    "reassess.bar": "a question to ask about a request, not a deadline",
    "review.notify_schools_list": "belongs to a term and all its schools, not to a case",
    "review.under5": "only to be considered, with no day",
    "detained.decide": "a flow that is never begun without asking a person",
}


@each_process
def test_every_rule_an_act_starts_has_the_facts_it_needs(table: Process) -> None:
    recorded = {key for line in table.transitions for key in line.records} | ALWAYS_KNOWN
    for line in table.transitions:
        known, told = {*line.records, *ALWAYS_KNOWN}, {*recorded, *line.asks}
        for rule_id in line.starts:
            assert any(keys[0] in known and set(keys) <= told for keys in current(rule_id).needs), (line.act, rule_id)


@each_process
def test_whatever_way_a_stage_was_reached_the_deadlines_begun_there_can_be_worked_out(table: Process) -> None:
    known = _always_known_at(table)
    for line in table.transitions:
        told = known[line.from_] | {*line.records, *line.asks}
        for rule_id in line.starts:
            assert any(set(keys) <= told for keys in current(rule_id).needs), (line.from_, line.act, rule_id)


@each_process
def test_no_deadline_is_both_met_and_voided_by_one_act(table: Process) -> None:
    for line in table.transitions:
        assert not set(line.meets) & set(line.voids), line.act
        assert not set(line.starts) & {*line.meets, *line.voids}, line.act


@each_process
def test_every_deadline_that_is_begun_can_be_met(table: Process) -> None:
    begun = {rule_id for line in table.transitions for rule_id in line.starts}
    met = {rule_id for line in table.transitions for rule_id in line.meets}
    assert begun - met <= LIVES_ON | GOES_ROUND


def test_a_duty_is_begun_by_one_process_unless_there_is_a_reason() -> None:
    begun: dict[str, set[str]] = {}
    for table in PROCESSES.values():
        for line in table.transitions:
            for rule_id in line.starts:
                begun.setdefault(rule_id, set()).add(table.name)
    assert {rule_id for rule_id, tables in begun.items() if len(tables) > 1} == BEGUN_IN_SEVERAL.keys()
    assert RULE_IDS - begun.keys() == BEGUN_BY_NONE.keys()


@each_process
def test_no_way_through_leaves_a_deadline_running_at_its_end(table: Process) -> None:
    seen: set[tuple[str, frozenset[str]]] = set()
    todo = [(table.start, frozenset[str]())]
    while todo:
        stage, running = todo.pop()
        if (stage, running) in seen:
            continue
        seen.add((stage, running))
        if stage in table.ends:
            assert running <= LIVES_ON, (stage, running - LIVES_ON)
        todo += [(line.to, _after(line, running)) for line in table.acts_at(stage)]


def _after(line: Transition, running: frozenset[str]) -> frozenset[str]:
    return (running | set(line.starts) | set(line.resumes)) - set(line.meets) - set(line.voids)


def _always_known_at(table: Process) -> dict[str, set[str]]:
    """The facts that every way to a stage has recorded."""
    known = {stage: set(KEYS) for stage in table.stages}
    known[table.start] = set(ALWAYS_KNOWN)
    changed = True
    while changed:
        changed = False
        for line in table.transitions:
            here = known[line.to] & (known[line.from_] | {*line.records, *line.asks})
            changed |= here != known[line.to]
            known[line.to] = here
    return known
