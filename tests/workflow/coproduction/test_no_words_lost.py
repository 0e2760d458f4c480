"""Whatever people save, in whatever order, from whatever version, late, twice or unanswered: no text is lost, the
history has one order, and nobody reads what was not meant for them."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from forms.catalogue import get
from forms.definition import question
from models.submissions import Answer, Contribution
from tests.conftest import NOW
from tests.workflow.coproduction.conftest import CHILD, SCHOOL, Table
from workflow.access.relation import Relation
from workflow.coproduction import answers, reading, settling
from workflow.coproduction.contributions import SITTING, Writer

CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = st.text(alphabet="abc é\u0627", max_size=4)


@dataclass(frozen=True)
class Stand:
    """One contribution as it was at a moment."""

    author: uuid.UUID
    value: Any
    version: int
    state: str
    frozen: bool
    saved_at: datetime


@dataclass
class Story:
    """One answer, and everything that happened to it."""

    table: Table
    path: str
    now: datetime = NOW
    stands: dict[uuid.UUID, Stand] = field(default_factory=dict)
    version: int = 0
    told: dict[uuid.UUID, int] = field(default_factory=dict)
    seq: dict[uuid.UUID, int] = field(default_factory=dict)
    made: list[tuple[uuid.UUID, str, int, uuid.UUID, answers.Saved]] = field(default_factory=list)

    def save(self, who: uuid.UUID, words: str, base: int, *, page: bool, late: bool, heard: bool) -> None:
        """Save, from the version the writer was last told or from any; their page may not hear the answer."""
        overtaken = False
        how: dict[str, Any] = {}
        if page:
            newest = self.seq.get(who, 0)
            overtaken = late and newest > 1
            how = {"page": uuid.uuid5(who, self.path), "seq": newest - 1 if overtaken else newest + 1}
            self.seq[who] = max(newest, how["seq"])
        save = uuid.uuid4()
        said = self.table.save(who, self.path, words, base, now=self.now, save=save, **how)
        self.made.append((who, words, base, save, said))
        if heard:
            self.told[who] = said.versions[self.path]
        self.look(who)
        assert overtaken or answers.tidy(words) in [stand.value for stand in self.stands.values()]

    def repeat(self, at: int) -> None:
        """Send a save again that was made before."""
        if self.made:
            who, words, base, save, said = self.made[at % len(self.made)]
            assert self.table.save(who, self.path, words, base, now=self.now, save=save) == said
            before = dict(self.stands)
            self.look(None)
            assert self.stands == before

    def settle(self, who: uuid.UUID, how: str, at: int) -> None:
        """Choose a text, keep them all, or bring an old one back."""
        if not self.stands:
            return
        chosen = sorted(self.stands, key=lambda each: self.stands[each].version)[at % len(self.stands)]
        given: Any = (self.table.session, self.table.submission, self.table.form, SCHOOL)
        if how == "bring_back":
            settling.bring_back(*given, Writer(who, who), self.path, chosen, now=self.now)
        elif how == "keep_both":
            settling.keep_both(*given, self.path, seen=self.version, now=self.now)
        elif self.stands[chosen].state != "earlier":
            settling.choose(*given, self.path, chosen, seen=self.version, now=self.now)
        self.look(who)

    def look(self, writer: uuid.UUID | None) -> None:
        """Read every contribution, and hold what happened to the rules."""
        self.table.session.flush()
        rows = self.table.session.execute(
            select(Contribution, Answer.version)
            .join(Answer, Answer.id == Contribution.answer_id)
            .where(Answer.submission_id == self.table.submission.id, Answer.path == self.path)
            .execution_options(populate_existing=True)
        ).all()
        after = {each.id: _stand(each) for each, _ in rows}
        for known, before in self.stands.items():
            self._hold(before, after[known], writer)  # a KeyError here is a text that is gone
        versions = [stand.version for stand in after.values()]
        fresh = [stand.version for each, stand in after.items() if each not in self.stands]
        assert len(set(versions)) == len(versions) and all(version > self.version for version in fresh)
        assert [stand.state for stand in after.values()].count("current") == 1
        self.stands, self.version = after, rows[0].version
        assert max(versions) <= self.version

    def _hold(self, before: Stand, after: Stand, writer: uuid.UUID | None) -> None:
        assert after.author == before.author and after.version >= before.version
        if after.value != before.value:
            assert writer == before.author and not before.frozen and self.now - before.saved_at < SITTING
            assert after.version > self.version


def _stand(text: Contribution) -> Stand:
    return Stand(text.author_id, text.value, text.version, text.state, text.frozen_at is not None, text.saved_at)


ANY = st.integers(0, 9)
PERSON = st.sampled_from(["anna", "ben", "cara"])
SAVE = st.tuples(st.just("save"), PERSON, WORDS, ANY, st.booleans(), st.booleans(), st.booleans(), st.booleans())
STEP = st.one_of(
    SAVE,
    SAVE,
    SAVE,
    st.tuples(st.just("repeat"), ANY),
    st.tuples(st.just("wait"), st.sampled_from([1, 20, 31])),
    st.tuples(st.just("settle"), PERSON, st.sampled_from(["choose", "keep_both", "bring_back"]), ANY),
)


@CALM
@given(steps=st.lists(STEP, min_size=2, max_size=14))
def test_no_text_is_lost_and_the_history_has_one_order(table: Table, steps: list[tuple[Any, ...]]) -> None:
    from models.people import Person

    cara = Person(id=uuid.uuid4(), name="Cara")
    table.session.add(cara)
    people = {"anna": table.anna, "ben": table.ben, "cara": cara.id}
    story = Story(table, f"tr_cycle[{uuid.uuid4().hex[:8]}].aim")
    for step in steps:
        if step[0] == "wait":
            story.now += timedelta(minutes=step[1])
        elif step[0] == "repeat":
            story.repeat(step[1])
        elif step[0] == "settle":
            story.settle(people[step[1]], step[2], step[3])
        else:
            _, name, words, base, own, page, late, heard = step
            who = people[name]
            story.save(who, words, story.told.get(who, 0) if own else base, page=page, late=late, heard=heard)


SAYS = ("ap_good", "ap_like", "ap_hard")
LETS_IN = question(get("aam-primary"), "ap_who_sees").lets_in
ACT = st.one_of(
    st.tuples(st.sampled_from(SAYS), WORDS),
    st.tuples(st.just("ap_who_sees"), st.lists(st.sampled_from(sorted(LETS_IN)), unique=True)),
    st.tuples(st.just("share"), st.booleans()),
)


@CALM
@given(acts=st.lists(ACT, min_size=1, max_size=10))
def test_no_reader_ever_sees_a_version_outside_its_audience(childs: Table, acts: list[tuple[str, Any]]) -> None:
    childs.submission.state, chosen = "draft", None
    for path, value in acts:
        if path == "share":
            childs.submission.state = "shared" if value else "draft"
        else:
            _type(childs, path, value)
            chosen = value if path == "ap_who_sees" else chosen
        stored = childs.read(CHILD).values
        ticked = stored.get("ap_who_sees") if chosen is None else chosen
        allowed = {LETS_IN[each] for each in ticked or ()} if childs.submission.state == "shared" else set()
        for reader in LETS_IN.values():
            theirs = Relation("x", frozenset({reader}), frozenset({"read"}))
            seen = childs.read(theirs).values
            assert seen == (stored if reader in allowed else {}), reader
            for said in SAYS:
                texts = reading.history(childs.session, childs.submission, theirs, said)
                assert reader in allowed or texts == []


def _type(childs: Table, path: str, value: Any) -> None:
    """The child types on from what is there, half an hour after the last time: so there is a history."""
    at = next(iter(childs.read(CHILD).texts.get(path, ())), None)
    when = at.saved_at + timedelta(minutes=31) if at else NOW
    childs.save(childs.anna, path, value, at.version if at else 0, now=when, theirs=CHILD)
