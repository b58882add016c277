from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.tokens import terms, token_terms, tokens


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def test_hyphenated_names_are_kept_whole_and_in_parts() -> None:
    assert token_terms("Nagorno-Karabakh", "id") == ("nagorno-karabakh", "nagorno", "karabakh")
    assert "gbu-28" in token_terms("GBU-28", "en")


def test_reduplication_counts_its_part_once() -> None:
    assert token_terms("anak-anak", "id") == ("anak-anak", "anak")


def test_thousands_match_in_any_notation_and_decimals_stay_apart() -> None:
    assert "6600" in token_terms("6.600", "id")
    assert "6600" in token_terms("6,600", "en")
    assert "15" not in token_terms("1,5", "id")


def test_times_are_one_token() -> None:
    assert texts("Pada 17.30 (13:30 GMT), dengan") == ["Pada", "17.30", "13:30", "GMT", "dengan"]


def test_indonesian_clitics_share_a_stem() -> None:
    assert terms("tentaranya", "id") == terms("tentara", "id")


def test_an_unknown_language_is_not_stemmed() -> None:
    assert terms("meetings", "und") == ["meetings"]
    assert terms("meetings", "en") == terms("meeting", "en")


def test_accents_do_not_hide_a_name() -> None:
    assert terms("Erdoğan", "und") == terms("Erdogan", "und")


def test_unspaced_scripts_become_pairs() -> None:
    assert terms("停火协议", "zh") == ["停火", "火协", "协议"]
    assert terms("火", "zh") == ["火"]


def test_combining_vowels_stay_in_their_word() -> None:
    assert texts("नमस्ते दुनिया") == ["नमस्ते", "दुनिया"]


@given(st.text())
def test_tokens_are_where_they_say(text: str) -> None:
    found = tokens(text)
    assert all(text[t.span.start : t.span.end] == t.text for t in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
