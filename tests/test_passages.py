"""Passages: paragraphs as they are, tiny ones joined, long ones split."""

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from index.passages import SIZES, Sizes, passages
from index.types import Span

SENTENCE = "Pemerintah mengumumkan kebijakan baru tentang harga beras di pasar. "


def cut(text: str, sizes: Sizes = SIZES) -> list[str]:
    return [text[span.start : span.end] for span in passages(text, sizes)]


def test_a_paragraph_is_a_passage() -> None:
    first, second = (SENTENCE * 6).strip(), (SENTENCE * 8).strip()
    assert cut(f"{first}\n\n{second}") == [first, second]


def test_a_wikipedia_paragraph_of_150_words_stays_whole() -> None:
    paragraph = " ".join(["pemerintah"] * 75 + ["dan"] * 75) + "."
    assert cut(paragraph) == [paragraph]


def test_tiny_paragraphs_are_joined_with_what_follows() -> None:
    long = (SENTENCE * 5).strip()
    assert cut(f"Sub judul\n\n{long}\n\n{long}") == [f"Sub judul\n\n{long}", long]
    assert cut(f"{long}\n\nSelesai.") == [f"{long}\n\nSelesai."]
    assert cut("Satu.\n\nDua.\n\nTiga.") == ["Satu.\n\nDua.\n\nTiga."]


def test_a_tiny_paragraph_stays_alone_where_it_would_not_fit() -> None:
    full = (SENTENCE * 20).strip()[: SIZES.max_chars - 1] + "."
    assert cut(f"{full}\n\nSelesai.") == [full, "Selesai."]


def test_a_long_paragraph_is_split_at_sentence_ends_into_even_parts() -> None:
    parts = cut((SENTENCE * 40).strip())
    assert len(parts) == 3
    assert all(part.endswith("pasar.") for part in parts)
    assert all(part.startswith("Pemerintah") for part in parts)
    assert max(map(len, parts)) - min(map(len, parts)) <= 2 * len(SENTENCE)


def test_no_sentence_end_cut_at_spaces_and_without_spaces_anywhere() -> None:
    for text in ("kata " * 2000, "x" * 5000):
        parts = cut(text.strip())
        assert all(SIZES.max_chars // 4 <= len(part) <= SIZES.max_chars for part in parts)
        assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    assert {word for part in cut("kata " * 2000) for word in part.split()} == {"kata"}


def test_a_cut_never_parts_a_letter_from_its_accents() -> None:
    text = "e\u0301" * 5000
    assert all(part[0] == "e" for part in cut(text))


def test_unspaced_scripts_have_smaller_passages() -> None:
    parts = cut("今天天气很好我们去公园吧。" * 100)
    assert max(map(len, parts)) <= SIZES.max_chars // 3


def test_empty_text_has_no_passages() -> None:
    assert passages("") == []
    assert passages(" \n\n\t") == []


@pytest.mark.parametrize("sizes", [Sizes(10, 5), Sizes(-1, 5), Sizes(0, 0)])
def test_sizes_that_make_no_sense_are_refused(sizes: Sizes) -> None:
    with pytest.raises(ValueError, match="min_chars"):
        passages("Teks.", sizes)


_TEXT = st.lists(
    st.sampled_from(["Kata ", "kalimat. ", "\n\n", "x" * 30, " ", "中文。", "e\u0301", '"', "1. "]),
    max_size=80,
).map("".join)


@given(_TEXT | st.text(max_size=100), st.integers(0, 40), st.integers(1, 90))
def test_spans_cover_all_but_white_space_in_order(text: str, low: int, extra: int) -> None:
    sizes = Sizes(low, low + extra)
    end = 0
    for span in passages(text, sizes):
        assert isinstance(span, Span)
        assert span.start >= end
        assert text[end : span.start].strip() == ""
        passage = text[span.start : span.end]
        assert passage
        assert passage == passage.strip()
        assert len(passage) <= sizes.max_chars
        end = span.end
    assert text[end:].strip() == ""


@pytest.mark.parametrize("unit", ["a", "ab ", "Ia pergi. ", "x\n\n", "\u0301"])
def test_a_huge_text_takes_linear_time(unit: str) -> None:
    assert grows_linearly(passages, unit, 25_000)
