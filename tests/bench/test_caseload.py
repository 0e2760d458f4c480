"""The office's pages with ten times the cases: what is asked of the database stays, and the time nearly so."""

import pytest

from bench import caseload

pytestmark = pytest.mark.full

FEW, MANY = 350, 3_500
# A page that read every case would take ten times as long. Lists read to a bound, which the smallest of these does not
# fill: that, and a busy machine, is what four times leaves room for.
AT_MOST = 4.0


def test_ten_times_the_cases_cost_no_more_statements_and_hardly_more_time() -> None:
    found = caseload.measure((FEW, MANY), rounds=3)
    held = {(each.page, each.cases): each for each in found}
    pages = dict.fromkeys(each.page for each in found)
    assert {"the case page", *caseload.PAGES} == set(pages)
    for page in pages:
        few, many = held[page, FEW], held[page, MANY]
        assert many.statements == few.statements, page
        assert many.seconds < few.seconds * AT_MOST, f"{page}: {many.seconds / few.seconds:.1f} times"
