"""What is typed is kept, in every script, without what breaks databases and documents."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.text import LONGEST, clean, length, too_long

ANY = st.text(st.characters(codec=None), max_size=200)


@given(ANY)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(ANY)
def test_what_is_kept_fits_utf8_and_is_nfc(text: str) -> None:
    kept = clean(text)
    kept.encode("utf-8")
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(ord(char) < 0x20 and char not in "\t\n" for char in kept)


@given(ANY)
def test_cleaning_never_makes_an_answer_longer_as_a_reader_counts(text: str) -> None:
    assert length(clean(text)) <= length(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("nul\x00 bell\x07 tab\t", "nul bell tab\t"),
        ("half \ud83d a pair", "half  a pair"),
        ("not a character \ufffe\ufdd0\U0001ffff.", "not a character ."),
        ("Zoe\u0308", "Zoë"),
        ("مريم \u200fקרן\u200e 👩🏽‍🦽 O’Neill-Ó", "مريم \u200fקרן\u200e 👩🏽‍🦽 O’Neill-Ó"),
    ],
)
def test_only_what_no_script_uses_is_taken_out(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize("char", ["a", "é", "字", "👧", "क़", "ﬀ", "גּ", "e\u0301"])
def test_fifty_thousand_characters_of_any_script_are_kept_whole_and_can_be_saved_again(char: str) -> None:
    kept = clean(char * LONGEST)
    assert too_long(kept) is None
    assert clean(kept) == kept


def test_a_longer_answer_gets_a_sentence_and_nothing_is_cut() -> None:
    sentence = too_long("a" * (LONGEST + 1))
    assert sentence is not None and "50,001" in sentence and "Nothing has been cut" in sentence
