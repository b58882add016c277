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
