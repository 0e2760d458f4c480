"""Rows that come and go, and what becomes of two versions."""

import uuid

import pytest

from tests.conftest import NOW
from tests.workflow.coproduction.conftest import SCHOOL, Table
from workflow.coproduction import reading, rows, settling
from workflow.coproduction.contributions import Writer
from workflow.errors import AlreadyDone, NotFound

GROUP, WHY = "tr_cycle[]", "rq_why_now"


def given(table: Table, who: uuid.UUID) -> tuple[object, ...]:
    return table.session, table.submission, table.form, SCHOOL, Writer(who, who)


def listed(table: Table) -> list[str]:
    return list(table.read().values.get(GROUP, []))


def test_two_people_adding_rows_never_clash(table: Table) -> None:
    first = rows.add_row(*given(table, table.anna), GROUP, now=NOW)  # type: ignore[arg-type]
    second = rows.add_row(*given(table, table.ben), GROUP, now=NOW)  # type: ignore[arg-type]
    assert listed(table) == [first, second] and table.read().clashes == ()


def test_a_row_added_twice_is_there_once(table: Table) -> None:
    for _ in range(2):
        rows.add_row(*given(table, table.anna), GROUP, row="r1", now=NOW)  # type: ignore[arg-type]
    assert listed(table) == ["r1"]


def test_a_removed_row_keeps_its_words_and_comes_back_with_them(table: Table) -> None:
    row = rows.add_row(*given(table, table.anna), GROUP, now=NOW)  # type: ignore[arg-type]
    table.save(table.anna, f"tr_cycle[{row}].aim", "Read aloud", 0)
    rows.remove_row(*given(table, table.ben), GROUP, row, now=NOW)  # type: ignore[arg-type]
    assert listed(table) == []
    rows.add_row(*given(table, table.anna), GROUP, row=row, now=NOW)  # type: ignore[arg-type]
    assert listed(table) == [row] and table.read().values[f"tr_cycle[{row}].aim"] == "Read aloud"


def test_rows_move_and_stay_within_the_list(table: Table) -> None:
    for row in ("a", "b", "c"):
        rows.add_row(*given(table, table.anna), GROUP, row=row, now=NOW)  # type: ignore[arg-type]
    rows.move_row(*given(table, table.anna), GROUP, "c", up=True, now=NOW)  # type: ignore[arg-type]
    rows.move_row(*given(table, table.anna), GROUP, "a", up=True, now=NOW)  # type: ignore[arg-type]
    rows.move_row(*given(table, table.anna), GROUP, "gone", up=True, now=NOW)  # type: ignore[arg-type]
    assert listed(table) == ["a", "c", "b"]


@pytest.fixture
def clashing(table: Table) -> Table:
    table.save(table.anna, WHY, "Anna's", 0)
    table.save(table.ben, WHY, "Ben's", 0)
    return table


def seen(table: Table) -> int:
    return table.read().versions[WHY]


def ids(table: Table) -> dict[str, uuid.UUID]:
    return {text.value: text.contribution_id for text in table.read().texts[WHY]}


def test_the_chosen_one_stands_and_the_other_can_be_brought_back(clashing: Table) -> None:
    both = ids(clashing)
    at = (clashing.session, clashing.submission, clashing.form, SCHOOL)
    settling.choose(*at, WHY, both["Ben's"], seen=seen(clashing), now=NOW)
    assert clashing.texts(WHY) == {"current": ["Ben's"]}
    settling.bring_back(*at, Writer(clashing.anna, clashing.anna), WHY, both["Anna's"], now=NOW)
    assert clashing.texts(WHY) == {"current": ["Anna's"]}
    assert len(reading.history(clashing.session, clashing.submission, SCHOOL, WHY)) == 3


def test_joined_words_replace_both_and_both_are_in_the_history(clashing: Table) -> None:
    settling.join(
        clashing.session, clashing.submission, clashing.form, SCHOOL, Writer(clashing.ben, clashing.ben), WHY,
        "Ours\x00", seen=seen(clashing), now=NOW,
    )  # fmt: skip
    assert clashing.texts(WHY) == {"current": ["Ours"]}
    past = {text.value for text in reading.history(clashing.session, clashing.submission, SCHOOL, WHY)}
    assert past == {"Ours", "Anna's", "Ben's"}


def test_kept_both_can_still_be_joined_later(clashing: Table) -> None:
    at = (clashing.session, clashing.submission, clashing.form, SCHOOL)
    settling.keep_both(*at, WHY, seen=seen(clashing), now=NOW)
    assert clashing.texts(WHY) == {"current": ["Anna's"], "beside": ["Ben's"]} and clashing.read().clashes == ()
    settling.join(*at, Writer(clashing.anna, clashing.anna), WHY, "Ours", seen=seen(clashing), now=NOW)
    assert clashing.texts(WHY) == {"current": ["Ours"]}


def test_somebody_wrote_since_the_page_was_opened(clashing: Table) -> None:
    opened = seen(clashing)
    settling.keep_both(clashing.session, clashing.submission, clashing.form, SCHOOL, WHY, seen=opened, now=NOW)
    with pytest.raises(AlreadyDone):
        settling.keep_both(clashing.session, clashing.submission, clashing.form, SCHOOL, WHY, seen=opened, now=NOW)


def test_only_texts_of_this_answer_can_be_chosen(clashing: Table) -> None:
    clashing.save(clashing.anna, "rq_urgent", "Elsewhere", 0)
    other = clashing.read().texts["rq_urgent"][0].contribution_id
    with pytest.raises(NotFound):
        settling.choose(
            clashing.session, clashing.submission, clashing.form, SCHOOL, WHY, other, seen=seen(clashing), now=NOW
        )
