"""Two people who save at once on one form lose nothing, however often they meet."""

import pytest

from bench import race


@pytest.mark.full
def test_of_ten_thousand_pairs_of_saves_at_once_no_answer_is_lost() -> None:
    raced = race.race(race.PAIRS)
    assert (raced.pairs, raced.lost, raced.torn) == (10_000, 0, 0)
