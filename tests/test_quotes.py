from __future__ import annotations

from pathlib import Path

import pytest
from answering import ARTICLES, assistant, models, weights

from index.sentences import sentences
from index.types import Span
from qa import scoring
from qa.asked import read
from qa.features import Candidate, cosines_for, describe
from qa.quotes import QUOTES_MAX, choose, highlights, rank
from qa.reader import Found


def ranked(folder: Path, question: str) -> tuple[list[tuple[float, Candidate]], list[str]]:
    helper = assistant(folder).retriever
    reading = read(question, helper)
    cosines = cosines_for(reading, helper, helper.mode)
    described = describe(reading, helper.search(question, 6), cosines)
    order = rank(described, weights().sentence)
    return list(order), [helper.article(a).text for a in ARTICLES]


def test_quotes_are_whole_sentences_of_their_article(tmp_path: Path) -> None:
    order, _ = ranked(tmp_path, "Siapa yang menengahi gencatan senjata?")
    quotes = choose(rank([c for _, c in order], weights().sentence))
    assert 1 < len(quotes) <= QUOTES_MAX
    for quote in quotes:
        assert quote.text == quote.article.text[slice(*quote.span)]
        assert quote.span in sentences(quote.article.text, quote.hit.passage.span)
    assert [q.score for q in quotes] == sorted((q.score for q in quotes), reverse=True)


def test_a_sentence_is_quoted_once_an_article_but_again_from_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "load", models)
    line = "Swiss menengahi perundingan damai itu di Jenewa."
    texts = {
        "one.txt": f"{line} Hujan turun.\n\n{'Lain lagi ceritanya. ' * 15}\n\n{line}\n",
        "two.txt": f"{line} Harga naik.\n",
    }
    answer = assistant(tmp_path, texts).ask("Siapa menengahi perundingan damai di Jenewa?")
    holders = [quote.article.id for quote in answer.quotes if quote.text == line]
    assert sorted(holders) == ["one.txt", "two.txt"]


def test_words_of_the_question_and_the_answer_are_lit(tmp_path: Path) -> None:
    order, _ = ranked(tmp_path, "Berapa warga sipil yang tewas?")
    best = order[0][1]
    text = best.hit.passage.article.text
    assert [text[start:end] for start, end in highlights(best)] == ["63 warga sipil tewas"]


def test_highlights_are_ordered_apart_and_made_of_whole_words(tmp_path: Path) -> None:
    order, _ = ranked(tmp_path, "Kapan perundingan di Jenewa berlangsung, gencatan senjata?")
    for _, candidate in order:
        text, end = candidate.hit.passage.article.text, candidate.span.start
        for span in highlights(candidate):
            assert end <= span.start < span.end <= candidate.span.end
            assert not text[span.start - 1 : span.start].isalnum()
            assert not text[span.end : span.end + 1].isalnum()
            end = span.end


def test_the_answer_is_not_a_repetition_of_the_question(tmp_path: Path) -> None:
    order, _ = ranked(tmp_path, "Siapa Anna Berg?")
    best = next(c for _, c in order if "Anna Berg" in _text(c))
    lit = [best.hit.passage.article.text[slice(*span)] for span in highlights(best)]
    assert best.answer is None or _text(best, best.answer) != "Anna Berg"
    assert any("Anna Berg" in some for some in lit)


class Believing:
    """Stands for a reading: how much it holds of some words, and little of all others."""

    def __init__(self, text: str, odds: dict[str, float]) -> None:
        self.text, self._odds = text, odds

    def best(self, within: Span) -> Found:
        places = [
            Found(Span(start, start + len(word)), odds)
            for word, odds in self._odds.items()
            if within.start <= (start := self.text.index(word)) <= within.end - len(word)
        ]
        return max(places, key=lambda found: found.odds, default=Found(within, -9.0))


@pytest.mark.parametrize(
    ("russia", "azerbaijan", "lit"),
    [(4.0, 6.0, "Azerbaijan"), (4.0, 5.0, "Rusia"), (-9.0, -2.0, "Rusia"), (6.0, 4.0, "Rusia")],
)
def test_the_words_around_decide_where_the_reader_hardly_does(
    tmp_path: Path, russia: float, azerbaijan: float, lit: str
) -> None:
    text = "Gencatan senjata yang ditengahi Rusia memungkinkan Azerbaijan untuk menang."
    retriever = assistant(tmp_path, {"war.txt": text}).retriever
    question = "siapa yang menengahi gencatan senjata?"
    hits = retriever.search(question, 1)
    believing = Believing(hits[0].passage.text, {"Rusia": russia, "Azerbaijan": azerbaijan})
    [candidate] = describe(read(question, retriever), hits, None, [believing])  # type: ignore[list-item]
    assert _text(candidate, candidate.answer) == lit


def _text(candidate: Candidate, span: Span | None = None) -> str:
    return candidate.hit.passage.article.text[slice(*(span or candidate.span))]


def test_the_shipped_weights_fit_the_features(tmp_path: Path) -> None:
    shipped = scoring.load()
    order, _ = ranked(tmp_path, "Kapan perundingan berlangsung?")
    described = set(order[0][1].features)
    for mode in (shipped.hybrid, shipped.lexical):
        asked_of = {name for name in mode.sentence.weights if not name.startswith("has_")}
        assert asked_of <= described
        assert 0 < mode.answered_from < 1
        assert 0 < mode.related_from < 1
        assert all(mode.sentence.weights[name] >= 0 for name in ("coverage", "score", "near"))
    assert "cosine" in shipped.hybrid.sentence.weights
    assert "cosine" not in shipped.lexical.sentence.weights
