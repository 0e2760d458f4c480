"""Rows of a form offered as choices, in their own words."""

from forms.offered import rows_offered

ANSWERS = {
    "ou[]": ["a", "b", "c"], "ou[a].can": "Walk to the shop", "ou[b].can": " ", "ou[c].can": "word " * 40,
    "cy[]": ["x", "y"], "cy[x].out[]": ["k"], "cy[x].out[k].can": "Ask for help",
    "cy[y].out[]": ["l"], "cy[y].out[l].can": "Take turns",
}  # fmt: skip


def test_each_row_with_words_is_offered_in_them_cut_to_a_line() -> None:
    offered = {option.id: option.label for option in rows_offered("ou[].can", ANSWERS)}
    assert offered.keys() == {"a", "c"}
    assert offered["a"] == "Walk to the shop"
    assert len(offered["c"]) <= 80 and offered["c"].endswith("…")


def test_to_be_read_they_are_whole() -> None:
    offered = {option.id: option.label for option in rows_offered("ou[].can", ANSWERS, whole=True)}
    assert offered["c"] == " ".join(["word"] * 40)


def test_inside_a_row_only_that_rows_own_are_offered() -> None:
    assert [each.label for each in rows_offered("cy[].out[].can", ANSWERS, ("y", "d"))] == ["Take turns"]


def test_nothing_is_offered_where_nothing_is_written() -> None:
    assert rows_offered("ou[].can", {}) == ()
