"""Two people who save at once on one form lose nothing, however often they meet."""

from collections.abc import Iterator

import pytest

from bench import race
from bench.stage import Stage, set_up
from tests.bench import broken_saves
from workflow.coproduction import answers

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with set_up() as made:
        yield made


def test_of_ten_thousand_pairs_of_saves_at_once_no_answer_is_lost(stage: Stage) -> None:
    raced = race.race_on(stage, 10_000, answers.save, forms=race.FORMS)
    assert (raced.pairs, raced.lost, raced.torn) == (10_000, 0, 0)


def test_saves_that_do_not_take_the_form_are_found_to_lose_words(stage: Stage) -> None:
    """They lose some only where two of a pair are made at the same moment."""
    assert race.race_on(stage, 200, broken_saves.unheld).lost > 0


def test_words_that_are_written_over_are_found_to_be_lost(stage: Stage) -> None:
    raced = race.race_on(stage, 40, broken_saves.the_last_one_wins)
    assert (raced.lost, raced.torn) == (20, 0)


def test_an_answer_of_which_no_text_is_current_is_found_to_be_torn(stage: Stage) -> None:
    raced = race.race_on(stage, 40, broken_saves.two_rivals)
    assert (raced.lost, raced.torn) == (0, 20)


def test_a_race_in_which_a_save_was_not_made_proves_nothing(stage: Stage) -> None:
    with pytest.raises(race.Fallen):
        race.race_on(stage, 2, broken_saves.refused)
