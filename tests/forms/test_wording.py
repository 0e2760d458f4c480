"""The name the child likes, in the words of a form."""

from forms import catalogue
from forms.wording import named

EARLY = catalogue.get("aam-early")


def test_opening_words_call_the_child_by_name() -> None:
    assert named(EARLY.intro, "Zoë").startswith("You know Zoë well. Write down what Zoë shows you.")


def test_a_child_whose_name_is_not_known_is_your_child_to_a_family() -> None:
    assert named(EARLY.intro, "", EARLY.written_by).startswith("You know your child well.")
    assert named("What does {name} like?", "", "setting") == "What does the child like?"
