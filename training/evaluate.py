"""How well the bundled encoder and lexicon find paragraphs, on development data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import load_encoder
from index.lexicon import Lexicon
from index.tokens import terms
from index.types import Encoder
from training.answer_examples import Remembering
from training.corpus import DevQuestion, read_dev, read_news, read_other_languages, read_passages
from training.ranking import Bm25, Scores, min_max, ndcg10
from training.readings import WRITTEN, read_readings
from training.written import written_questions

SHARES = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Weights of the dense arm in the mix."""
PARAGRAPHS = 3000
"""Among how many paragraphs those of held-out questions are looked for."""
OTHERS = 1000
"""Sentences of each other language."""


def evaluate(data: Path, spec: str | None) -> None:
    """Print every figure with the number of rows that it rests on."""
    encoder = Remembering(load_encoder(spec))
    print(f"encoder {encoder.name}, {encoder.dim} dimensions")
    retrieval(data, encoder)
    held_out(data, encoder)
    for source in ("ntrex_news", "ud_pud_news_wiki", "tico19_covid"):
        pairs = read_news(data, source)
        there, back = bitext(encoder, pairs)
        print(f"{source}: en to id {there:.4f}, id to en {back:.4f} (n={len(pairs)})")
    for lang, pairs in read_other_languages(data, "ntrex").items():
        there, back = bitext(encoder, pairs[:OTHERS])
        print(f"ntrex: en to {lang} {there:.3f}, {lang} to en {back:.3f} (n={len(pairs[:OTHERS])})")


def retrieval(data: Path, encoder: Encoder) -> None:
    """nDCG@10 of both arms and their min-max mixes, for questions in both languages."""
    passages, questions = read_passages(data), read_dev(data)
    place = {name: number for number, name in enumerate(passages)}
    right = [place[question.passage] for question in questions]
    bm25 = Bm25([terms(text, "id") for text in passages.values()])
    vectors = encoder.encode_passages(list(passages.values()))
    print(f"nDCG@10, {len(questions)} questions, {len(passages)} paragraphs")
    for lang, lexical in lexical_scores(bm25, questions).items():
        asked = [question.id if lang.startswith("id") else question.en for question in questions]
        dense: Scores = np.stack([vectors @ encoder.encode_question(text) for text in asked])
        mixes = [
            f"{share}: {ndcg10(share * min_max(dense) + (1 - share) * min_max(lexical), right):.4f}"
            for share in SHARES
        ]
        print(f"  {lang}, by share of the dense arm: {', '.join(mixes)}")


def held_out(data: Path, encoder: Encoder) -> None:
    """nDCG@10 of the encoder alone on questions written for Kutip that no model was trained on."""
    trained, held = read_readings(data)
    readings = [reading for reading in (*held, *trained) if reading.source in WRITTEN]
    paragraphs = list(dict.fromkeys(reading.context for reading in readings))[:PARAGRAPHS]
    place = {paragraph: number for number, paragraph in enumerate(paragraphs)}
    vectors = encoder.encode_passages(paragraphs)
    for source, file in WRITTEN.items():
        asked = [reading for reading in held if reading.answer and reading.source == source]
        english = {(q.indonesian, q.context): q.english for q in written_questions(data, file)}
        for lang, texts in (
            ("id", [reading.question for reading in asked]),
            ("en", [english[reading.question, reading.context] for reading in asked]),
        ):
            scores: Scores = np.stack([vectors @ encoder.encode_question(text) for text in texts])
            figure = ndcg10(scores, [place[reading.context] for reading in asked])
            print(f"{source}, held out, {lang}: nDCG@10 {figure:.4f} (n={len(asked)})")


def lexical_scores(bm25: Bm25, questions: list[DevQuestion]) -> dict[str, Scores]:
    """BM25 scores of each way to ask: its name to an array ``(questions, passages)``."""
    lexicon = Lexicon.load()
    plain = [[(term, 1.0) for term in terms(question.id, "id")] for question in questions]
    topical = [
        [
            (term, 1.0)
            for word in question.id.split()
            if lexicon.carries_topic(word.strip("?,.\"'"), "id")
            for term in terms(word, "id")
        ]
        for question in questions
    ]
    expanded = [lexicon.expand(question.en, "en", "id") for question in questions]
    return {
        "id": bm25.scores(plain),
        "id without function words": bm25.scores(topical),
        "en through the lexicon": bm25.scores(expanded),
    }


def bitext(encoder: Encoder, pairs: list[tuple[str, str]]) -> tuple[float, float]:
    """Share of sentences whose nearest one in the other language is the right one, both ways."""
    left = encoder.encode_passages([english for english, _ in pairs])
    right = encoder.encode_passages([indonesian for _, indonesian in pairs])
    similarity: NDArray[np.float32] = left @ right.T
    own = np.arange(len(pairs))
    return (
        float((similarity.argmax(1) == own).mean()),
        float((similarity.argmax(0) == own).mean()),
    )
