"""Many saves at once over a real database, in threads: no word is lost and nobody waits in a ring."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.submissions import Answer, Contribution, Submission
from tests.conftest import NOW
from tests.workflow.coproduction.conftest import SCHOOL, Table
from workflow.access.actor import Actor
from workflow.access.bearing import known_and_held
from workflow.coproduction import answers, reading, rows, sending
from workflow.coproduction.contributions import Change, Writer
from workflow.errors import Refused

PAIRS = 200


def write(
    committed: Callable[[], Any], who: str, changes: dict[str, Any], save: uuid.UUID | None = None
) -> answers.Saved:
    with committed() as table:
        person = getattr(table, who)
        return answers.save(
            table.session, table.submission, table.form, SCHOOL, Writer(person, person),
            {path: Change(value, 0) for path, value in changes.items()}, save_id=save or uuid.uuid4(), now=NOW,
        )  # fmt: skip


def both(work: list[Callable[[], Any]]) -> list[Any]:
    """Run pieces of work at the same moment."""
    ready = threading.Barrier(len(work))

    def run(piece: Callable[[], Any]) -> Any:
        ready.wait(timeout=20)
        return piece()

    with ThreadPoolExecutor(len(work)) as pool:
        return [each.result(timeout=60) for each in [pool.submit(run, piece) for piece in work]]


def kept(committed: Callable[[], Any]) -> dict[str, set[Any]]:
    with committed() as table:
        rows_ = table.session.execute(
            select(Answer.path, Contribution.value).join(Contribution, Contribution.answer_id == Answer.id)
        )
        found: dict[str, set[Any]] = {}
        for path, value in rows_:
            found.setdefault(path, set()).add(value if isinstance(value, str) else tuple(value))
        return found


def test_different_questions_at_once_lose_nothing(committed: Callable[[], Any]) -> None:
    def many(who: str, offset: int) -> None:
        for number in range(offset, PAIRS * 2, 2):
            write(committed, who, {f"tr_cycle[r{number}].aim": f"{who} {number}"})

    both([lambda: many("anna", 0), lambda: many("ben", 1)])
    assert len(kept(committed)) == PAIRS * 2


def test_the_same_question_at_once_keeps_both(committed: Callable[[], Any]) -> None:
    def many(who: str) -> list[int]:
        return [len(write(committed, who, {f"tr_cycle[r{n}].aim": f"{who} {n}"}).clashes) for n in range(PAIRS)]

    told = both([lambda: many("anna"), lambda: many("ben")])
    found = kept(committed)
    assert all(found[f"tr_cycle[r{n}].aim"] == {f"anna {n}", f"ben {n}"} for n in range(PAIRS))
    assert sum(map(sum, told)) == PAIRS


def test_saves_of_several_answers_in_any_order_never_wait_in_a_ring(committed: Callable[[], Any]) -> None:
    paths = [f"tr_cycle[r{n}].aim" for n in range(12)]

    def many(who: str, order: list[str]) -> None:
        for number in range(12):
            write(committed, who, {path: f"{who} {number}" for path in order})
            with committed() as table:
                rows.add_row(
                    table.session, table.submission, table.form, SCHOOL, Writer(table.anna, table.anna), "tr_cycle[]",
                    row=f"{who}-{number}", now=NOW,
                )  # fmt: skip

    both([lambda: many("anna", paths), lambda: many("ben", paths[::-1])])
    with committed() as table:
        assert len(table.read().values["tr_cycle[]"]) == 24


def test_one_save_sent_many_times_at_once_is_one(committed: Callable[[], Any]) -> None:
    save = uuid.uuid4()
    said = both([lambda: write(committed, "anna", {"rq_why_now": "Once"}, save) for _ in range(4)])
    assert all(each == said[0] for each in said) and kept(committed) == {"rq_why_now": {"Once"}}


def test_what_was_saved_while_somebody_sent_is_in_what_was_sent_or_was_refused(committed: Callable[[], Any]) -> None:
    saved: list[str] = []

    def typing() -> None:
        for number in range(60):
            try:
                write(committed, "ben", {f"tr_cycle[r{number}].aim": f"words {number}"})
                saved.append(f"words {number}")
            except Refused:
                return

    def send() -> list[Any]:
        with committed() as table:
            answers.lock_draft(table.session, table.submission)
            snapshot = sending.freeze(table.session, table.submission, Actor("professional", table.anna), now=NOW)
            return list(snapshot.content["answers"])

    _, sent = both([typing, send])
    assert {each["value"] for each in sent} == set(saved)


Step = st.tuples(
    st.sampled_from(["anna", "ben"]),
    st.text(alphabet="abc é\u0627", max_size=6),
    st.integers(0, 6),
    st.booleans(),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(Step, min_size=1, max_size=14))
def test_every_text_whose_writer_stopped_there_can_still_be_read(
    table: Table, steps: list[tuple[str, str, int, bool]]
) -> None:
    """Whatever order two people save in, and whatever versions they say they started from: the last words of each
    sitting are among the texts or in the history, and exactly one text is current."""
    path = f"tr_cycle[{uuid.uuid4().hex[:8]}].aim"
    last: dict[str, str] = {}
    versions: dict[str, int] = {}
    for who, words, base, own in steps:
        start = versions.get(who, 0) if own else base
        result = table.save(getattr(table, who), path, words, start)
        versions[who] = result.versions[path]
        last[who] = answers.tidy(words)
    texts = table.read().texts[path]
    history = {text.value for text in reading.history(table.session, table.submission, SCHOOL, path)}
    assert set(last.values()) <= history
    assert [text.state for text in texts].count("current") == 1


@pytest.mark.parametrize(("kind", "role"), [("family", ""), ("professional", "senco"), ("staff", "caseworker")])
def test_a_form_that_a_save_holds_is_nobody_elses_meanwhile(committed: Callable[[], Any], kind: str, role: str) -> None:
    with committed() as one, committed() as other:
        actor = Actor(kind, one.anna, roles=frozenset({role} if role else ()))
        free = select(Submission.id).where(Submission.id == one.submission.id)
        free = free.with_for_update(key_share=True, skip_locked=True)
        assert known_and_held(one.session, actor, one.submission.id, NOW)
        assert other.session.scalars(free).all() == []
        one.session.rollback()
        assert other.session.scalars(free).all() == [one.submission.id]
