import numpy as np
import pytest

from index.translation import Phrases
from training.alignment import Table
from training.phrases import (
    GLOSSARY,
    aligned_spans,
    count_phrases,
    in_glossary,
    joined_links,
    likeliest,
    turned,
    words,
)

ENGLISH = ["red house", "red shop", "house", "shop", "red"] * 4
INDONESIAN = ["rumah merah", "toko merah", "rumah", "toko", "merah"] * 4


def test_phrases_are_learnt_with_their_order() -> None:
    forward, backward = count_phrases(
        [words(text) for text in ENGLISH],
        [words(text) for text in INDONESIAN],
        [1.0] * len(ENGLISH),
    )
    assert forward["red house"]["rumah merah"] == 4
    assert backward["toko merah"]["red shop"] == 4
    chosen = likeliest(forward, {})
    assert chosen["red house"][0] == "rumah merah"
    assert chosen["house"][0] == "rumah"


def test_both_directions_have_to_agree_or_touch() -> None:
    table = Table(
        source=np.array([0, 0, 1, 1]),
        target=np.array([0, 1, 0, 1]),
        forward=np.array([0.9, 0.1, 0.1, 0.9]),
        backward=np.array([0.9, 0.1, 0.1, 0.9]),
        count=np.ones(4),
    )
    assert joined_links(np.array([[0, 1], [2, 3]]), table) == {(0, 0), (1, 1)}
    # The second word of the source has only the link that one direction sees, beside an agreed one.
    assert joined_links(np.array([[0], [2]]), table) == {(0, 0), (1, 0)}


def test_a_span_is_linked_with_nothing_outside() -> None:
    spans = set(aligned_spans({(0, 0), (1, 2), (2, 1)}, 3, 3))
    assert ((0, 1), (0, 1)) in spans
    assert ((1, 3), (1, 3)) in spans
    assert ((0, 3), (0, 3)) in spans
    assert ((0, 2), (0, 3)) not in spans  # the third word of the source is linked into it


def test_a_word_without_a_link_may_join_at_the_ends() -> None:
    spans = set(aligned_spans({(0, 1)}, 1, 3))
    assert spans == {((0, 1), columns) for columns in ((1, 2), (0, 2), (1, 3), (0, 3))}


def test_a_name_stays_and_the_glossary_helps_out() -> None:
    counts = {
        "armenia": {"armenia located": 4.0, "armenia": 2.0},
        "rare": {"garbage": 1.0},
        "odd": {"ganjil": 1.0, "aneh": 1.0, "asing": 1.0, "gasal": 1.0, "janggal": 2.0, "x": 9.0},
    }
    chosen = likeliest(counts, {"rare": "langka", "new": "baru"})
    assert "armenia" not in chosen  # which leaves it as it stands
    assert chosen["rare"] == ("langka", GLOSSARY)
    assert chosen["new"] == ("baru", GLOSSARY)
    assert chosen["odd"] == ("x", pytest.approx(9 / 15))


def test_a_phrase_that_its_words_give_is_left_out() -> None:
    counts = {
        "red": {"merah": 9.0},
        "house": {"rumah": 9.0},
        "red house": {"rumah merah": 5.0},
        "house red": {"rumah merah": 5.0},
    }
    chosen = likeliest(counts, {})
    assert set(chosen) == {"red", "house", "red house"}
    spoken = Phrases({phrase: (said, 0.1) for phrase, (said, _) in chosen.items()}.get)
    assert [part.said for part in spoken.translate("house red")] == ["rumah", "merah"]


def test_the_glossary_in_both_directions() -> None:
    glossary = {"kill": ["membunuh", "tewas"], "die": ["tewas"], "hospital": ["rumah sakit"]}
    assert in_glossary(glossary, {"killing", "stone"}) == {
        "kill": "membunuh",
        "killing": "membunuh",
        "die": "tewas",
        "hospital": "rumah sakit",
    }
    assert turned(glossary) == {"membunuh": "kill", "tewas": "die"}
