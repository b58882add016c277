import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lines import Lines

WORDS = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])))


def lines(*texts: str) -> Lines:
    return Lines(np.frombuffer("\n".join(texts).encode(), np.uint8))


@given(WORDS, WORDS)
def test_lines_are_found_as_in_a_list(known: list[str], others: list[str]) -> None:
    known = sorted({"", *known})
    found = lines(*known, *others)
    assert len(found) == len(known) + len(others)
    assert [found[n] for n in range(len(found))] == known + others
    for text in known + others:
        expected = known.index(text) if text in known else None
        assert found.find(text, len(known)) == expected


def test_what_no_text_can_hold_is_not_found() -> None:
    assert lines("a", "b").find("\ud800", 2) is None
    assert lines("").find("a", 0) is None


def test_numbers_past_the_last_are_refused() -> None:
    with pytest.raises(IndexError):
        lines("a", "b")[2]
