"""A posted letter counts on the day it is delivered in the ordinary course of post."""

from datetime import date

import pytest

from law import service


@pytest.mark.parametrize(
    ("posted", "counts"),
    [
        (date(2026, 11, 23), date(2026, 11, 25)),  # Monday to Wednesday
        (date(2026, 11, 27), date(2026, 12, 1)),  # Friday: the weekend does not count
        (date(2026, 12, 24), date(2026, 12, 30)),  # nor do Christmas Day and the bank holiday of 28 December
        (date(2190, 1, 4), date(2190, 1, 11)),  # a year whose bank holidays nobody knows yet
    ],
)
def test_a_posted_letter_counts_two_working_days_on(posted: date, counts: date) -> None:
    assert service.by_post(posted) == counts
