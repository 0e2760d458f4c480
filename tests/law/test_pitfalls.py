"""Reasons that the law does not accept are warned about; reasons about the child are not."""

import pytest

from law.pitfalls import LOOKS, Weighed, pitfalls

GOOD = (
    "You told us that Robin comes home exhausted, and we believe you. Robin's own drawing shows how reading feels. "
    "The school's records show that with the reading programme, three times each week with the SENCO, Robin "
    "moved from a reading age of six to seven in two terms. We looked at the speech "
    "therapist's letter, which finds no difficulty. "
    "This shows that special educational provision through a plan is not necessary now. If progress stops, ask again."
)
BESIDE = Weighed(not_asked=("Attainment",), parents=True, child=True, called="Robin")


def kinds(reasons: str, instead: str = "", weighed: Weighed | None = None) -> set[str]:
    return {each.id for each in pitfalls(reasons, instead, weighed)}


def test_reasons_about_this_child_raise_no_warning() -> None:
    assert pitfalls(GOOD, "", BESIDE) == []


def test_nothing_is_said_while_nothing_is_written() -> None:
    assert pitfalls("  ", "", BESIDE) == []


@pytest.mark.parametrize(
    ("reasons", "kind"),
    [
        ("Robin does not meet our threshold.", "other_test"),
        ("The needs are not severe enough for an assessment.", "other_test"),
        ("These are not exceptional needs.", "other_test"),
        ("Robin is not two years behind.", "other_test"),
        ("Robin is above the second centile.", "other_test"),
        ("There is no diagnosis.", "other_test"),
        ("The criteria are not met.", "other_test"),
        ("We do not assess children under five.", "blanket"),
        ("It is our policy to wait.", "blanket"),
        ("Dyslexia is not enough for a plan.", "blanket"),
        ("Plans are not for dyslexia.", "blanket"),
        ("Children with ADHD do not need plans.", "blanket"),
        ("The school has not spent £6,000.", "money"),
        ("The school has not spent 6,000 pounds.", "money"),
        ("The first six thousand must be used.", "money"),
        ("The notional SEN budget has not been used.", "money"),
        ("Element 2 funding is there for this.", "money"),
        ("There have not been enough cycles of support.", "cycles"),
        ("Only one cycle of Assess, Plan, Do, Review has been done.", "cycles"),
        ("The graduated approach has not yet been followed.", "cycles"),
        ("Robin’s needs can be met in a mainstream school.", "can_be_met"),
        ("The school can meet Robin's needs.", "can_be_met"),
        ("Help is ordinarily available.", "can_be_met"),
        ("No report from an educational psychologist was given.", "not_asked"),
        ("The school did not send its data.", "not_asked"),
        ("There is insufficient evidence of need.", "not_asked"),
    ],
)
def test_each_pitfall_is_found_with_the_words_that_show_it(reasons: str, kind: str) -> None:
    found = {each.id: each for each in pitfalls(reasons, "", Weighed(not_asked=("Attainment",)))}
    assert kind in found
    assert found[kind].words and found[kind].words in reasons.replace("’", "'")


@pytest.mark.parametrize(
    "instead",
    [
        "The SENCO will work with Robin twice a week in a small group.",
        "Speech and language therapist: one hour each fortnight.",
    ],
)
def test_needs_that_can_be_met_are_no_pitfall_once_it_is_said_by_whom_and_how(instead: str) -> None:
    assert "can_be_met" not in kinds("Robin's needs can be met.", instead)


def test_to_say_only_by_whom_or_only_how_is_not_enough() -> None:
    assert "can_be_met" in kinds("Robin's needs can be met.", "The SENCO will help.")
    assert "can_be_met" in kinds("Robin's needs can be met.", "Twice a week.")


def test_a_missing_report_is_a_pitfall_only_where_we_did_not_ask() -> None:
    said = "No report from the school was sent."
    assert "not_asked" in kinds(said, "", Weighed(not_asked=("Attainment",)))
    assert "not_asked" not in kinds(said, "", Weighed())


@pytest.mark.parametrize(
    "reasons",
    [
        "You told us about the mornings.",
        "Robin's mother said so.",
        "We thought about your concerns.",
        "Parental views count.",
    ],
)
def test_what_the_family_said_is_heard_however_it_is_put(reasons: str) -> None:
    assert "parents" not in kinds(reasons, "", Weighed(parents=True))


@pytest.mark.parametrize("reasons", ["Robin told us it is too loud.", "Robin's views were clear.", "Your son said so."])
def test_what_the_child_said_is_heard_however_it_is_put(reasons: str) -> None:
    assert "child" not in kinds(reasons, "", Weighed(child=True, called="Robin"))


def test_leaving_out_the_family_or_the_child_is_a_pitfall_only_where_they_said_something() -> None:
    said = "The reading age is seven."
    assert kinds(said, "", Weighed(parents=True, child=True, called="Robin")) == {"parents", "child"}
    assert kinds(said) == set()


def test_there_is_a_test_for_every_look() -> None:
    assert len(LOOKS) == 8
