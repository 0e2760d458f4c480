"""What looks like Notify's markup by accident stays what it is; a link stays a link."""

import pytest

from tasks.mailers.markdown import NO_WIDTH, as_markdown


@pytest.mark.parametrize(
    "line",
    [
        *("# a heading", "## another", "#5 Mill Lane", "^ inset", "* star", "- dash", "• bullet", "+ plus", "1. first"),
        *("12.30 on Monday", "---", "***", "___", "=====", "~~~", "```", "| a | b |", "> quote", ":-- | --"),
    ],
)
def test_a_line_that_begins_like_markup_no_longer_begins_so(line: str) -> None:
    assert as_markdown(line) == NO_WIDTH + line


def test_four_spaces_do_not_make_code() -> None:
    assert as_markdown("    # indented\n\tmore") == f"{NO_WIDTH}# indented\nmore"


def test_brackets_and_backslashes_are_themselves() -> None:
    assert as_markdown("[here](https://x.example) \\ [^1]") == r"\[here\](https://x.example) \\ \[^1\]"


@pytest.mark.parametrize(
    "line", ["https://hartwell.example/go/a_b-c", "Your code is:", "123456", "3 June 2027", "01632 960 001", ""]
)
def test_ordinary_lines_are_left_alone(line: str) -> None:
    assert as_markdown(line) == line


def test_lines_and_paragraphs_keep_their_places_and_the_signature_is_a_rule() -> None:
    assert as_markdown("One\nTwo\n\nThree\n\n--\nFour\n") == "One\nTwo\n\nThree\n\n---\nFour"
