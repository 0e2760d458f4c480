"""Two people who save at once on one form lose nothing, however often they meet."""

import pytest

from bench import race


@pytest.mark.full
def test_of_two_thousand_pairs_of_saves_at_once_no_answer_is_lost() -> None:
    raced = race.race(2_000)  # `python -m bench race` runs ten thousand
    assert (raced.pairs, raced.lost, raced.torn) == (2_000, 0, 0)
