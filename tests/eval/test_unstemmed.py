"""The library asked without stems: what is indexed, what is asked, and what the lexicon can do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from eval.bench import Bench, prepared
from eval.questions import Gold, Question
from eval.run import rank
from eval.source import Source
from eval.systems import system
from eval.unstemmed import Unstemmed, unstemmed
from index.bm25 import NonNegativeOkapi
from index.errors import InputError
from index.lexicon import Lexicon
from index.query import SAID_WEIGHT
from index.tokens import token_terms
from qa.testing import FakeEncoder

FILES = {
    "boats.txt": b"Boats sailed to Ambon and the boat builders of Zurich were cheering them.\n",
    "erdogan.txt": "Erdo\u011fan met the builders; a boat was built by one builder.\n".encode(),
    "menengahi.txt": b"Rusia menengahi gencatan senjata dengan kapal itu di perbatasan mereka.\n",
}
QUESTIONS = (
    Question("q1", "Which builder met ERDOGAN?", "en", gold=(Gold("erdogan.txt"),)),
    Question("q2", "Who mediated with the ship?", "en", gold=(Gold("menengahi.txt"),)),
)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    source = Source("made-up", QUESTIONS, "article", FILES)
    with prepared(source, FakeEncoder(), tmp_path / "cache") as ready:
        yield ready


def scores(retriever: Unstemmed, question: str) -> dict[str, float]:
    hits = retriever.search(question, 9, mode="lexical")
    return {hit.passage.article.id: hit.score for hit in hits}


def test_a_word_is_its_own_term_but_for_case_and_accents() -> None:
    assert unstemmed("Builders", "en") == ("builders",)
    assert unstemmed("Erdo\u011fan", "tr") == ("erdogan",)
    assert unstemmed("Nagorno-Karabakh", "id") == ("nagorno-karabakh", "nagorno", "karabakh")
    assert unstemmed("6.600", "id") == token_terms("6.600", "id")


def test_scores_are_those_of_bm25_over_the_words_as_they_stand(bench: Bench) -> None:
    english = {
        "boats.txt": "boats sailed to ambon and the boat builders of zurich were cheering them",
        "erdogan.txt": "erdogan met the builders a boat was built by one builder",
    }
    okapi = NonNegativeOkapi([text.split() for text in english.values()])
    wanted = okapi.get_scores(["the", "builders", "boat"])
    retriever = bench.opened(lexicon=False, stems=False)
    assert isinstance(retriever, Unstemmed)
    found = scores(retriever, "the Builders BOAT")
    assert found == {
        name: pytest.approx(score) for name, score in zip(english, wanted, strict=True)
    }
    assert not np.isclose(found["boats.txt"], bench.opened(lexicon=False).search(
        "the Builders BOAT", 9, mode="lexical")[0].score)  # fmt: skip


def test_only_the_stemmed_library_finds_another_form_of_a_word(bench: Bench) -> None:
    stemmed = bench.opened(lexicon=False).search("a cheer", 9, mode="lexical")
    assert "boats.txt" in {hit.passage.article.id for hit in stemmed}
    without = bench.opened(lexicon=False, stems=False)
    assert isinstance(without, Unstemmed)
    assert "boats.txt" not in scores(without, "a cheer")
    assert "boats.txt" in scores(without, "Z\u00fcrich")
    with pytest.raises(InputError, match="the question is empty"):
        without.query(" ")


def test_a_translation_finds_only_a_word_that_is_its_own_stem(bench: Bench) -> None:
    translations = dict(Lexicon.load().translate("ship", "en", "id"))
    assert "kapal" in translations
    retriever = bench.opened(stems=False)
    assert isinstance(retriever, Unstemmed)
    asked = retriever.query("Who mediated with the ships?").terms["id"]
    assert asked["kapal"] == pytest.approx(translations["kapal"] + SAID_WEIGHT)
    assert "ships" in asked  # the word itself, as it stands
    assert not any(term in asked for term in ("who", "the"))  # left out as ever
    assert asked["menengahi"] == SAID_WEIGHT  # the lexicon says "engah", which stands nowhere
    assert "menengahi.txt" in scores(retriever, "ships")
    assert "menengahi.txt" not in scores(retriever, "mediator")
    assert "menengahi.txt" in {
        hit.passage.article.id for hit in bench.opened().search("mediator", 9, mode="lexical")
    }


def test_without_stems_the_terms_and_weights_are_otherwise_the_same(bench: Bench) -> None:
    """Words that are their own stem are read alike, with and without the lexicon."""
    question = "Who is Putin, in Ambon and with a ship?"
    for lexicon in (True, False):
        with_stems = bench.opened(lexicon=lexicon).query(question)
        without = bench.opened(lexicon=lexicon, stems=False).query(question)
        assert without == with_stems
        assert with_stems.terms["id"]["putin"]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("lexical-no-stemming", ["erdogan.txt", "menengahi.txt"]),
        ("lexical-no-lexicon-no-stemming", ["erdogan.txt", None]),
    ],
)
def test_the_systems_rank_without_stems(bench: Bench, name: str, first: list[str | None]) -> None:
    rows = rank(bench, system(name))
    assert [row.error for row in rows] == [None, None]
    tops = [next(iter(row.units), None) for row in rows]
    assert tops[0] == first[0]
    assert (tops[1] == "menengahi.txt") == (first[1] == "menengahi.txt")


def test_the_hybrid_without_stems_keeps_its_vectors_and_does_not_answer(bench: Bench) -> None:
    one = system("hybrid-no-stemming")
    assert (one.mode, one.vectors) == (None, True)
    found = rank(bench, one)[0]
    assert found.error is None
    assert set(found.units) == set(FILES)  # the dense arm puts all of them forward
