"""Questions with and without an answer, asked of libraries large and small: what is fitted on.

They are those that the reader was not trained on; on the others it is surer than it may be.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index import Library, Retriever
from index.lexicon import Lexicon
from index.types import Encoder, Hit, Mode
from qa import reader
from qa.asked import Asked, read
from qa.assistant import READ
from qa.features import Candidate, cosines_for, describe
from training.corpus import read_rows
from training.readings import English, Reading, read_readings

if TYPE_CHECKING:
    from index.arrays import Float32Array

NEWS = "facqa_valid"
"""Questions on news, none of which any model was trained on."""
WIDE = 2000
"""Paragraphs of the large library."""
NARROW = 60
"""Paragraphs of a small one: about five articles on one subject."""
NARROW_LIBRARIES = 12
WIDE_QUESTIONS = (700, 250, 100)
"""How many answerable, unanswerable and foreign questions the large library is asked.

Two of three have an answer: that is the share that the fitted probabilities take for granted."""
NARROW_QUESTIONS = (32, 8, 8)
"""The same for each small one."""
ENGLISH = 0.4
"""Share of the questions that are asked in English."""


class Question(NamedTuple):
    """A question, the paragraph it was asked of, and its answers there, if it has any."""

    text: str
    paragraph: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A question asked of a library."""

    question: Question
    foreign: bool
    """The library does not hold the question's paragraph."""
    asked: Asked
    hits: Sequence[Hit]
    candidates: Sequence[Candidate]

    def answers(self, candidate: Candidate) -> bool:
        """Whether the sentence contains an answer."""
        article = candidate.hit.passage.article
        return contains(article.text[slice(*candidate.span)], self.question.answers)

    def from_paragraph(self, candidate: Candidate) -> bool:
        """Whether the sentence is from the question's own paragraph."""
        return candidate.hit.passage.article.id == self.question.paragraph


class Remembering:
    """An encoder that encodes no passage twice: the libraries share paragraphs and sentences."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._rows: dict[str, Float32Array] = {}
        self.name, self.dim = encoder.name, encoder.dim

    def encode_passages(self, texts: Sequence[str]) -> Float32Array:
        """Unit rows, shape ``(len(texts), dim)``."""
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if new:
            self._rows.update(zip(new, self._encoder.encode_passages(new), strict=True))
        return np.stack([self._rows[text] for text in texts])

    def encode_question(self, text: str) -> Float32Array:
        """A unit vector, shape ``(dim,)``."""
        return self._encoder.encode_question(text)


def contains(text: str, answers: Iterable[str]) -> bool:
    """Whether one of ``answers`` stands in ``text`` as whole words, in any case."""
    folded = " ".join(text.casefold().split())
    return any(
        re.search(rf"(?<!\w){re.escape(' '.join(answer.casefold().split()))}(?!\w)", folded)
        for answer in answers
        if answer.strip()
    )


def read_questions(data: Path) -> tuple[dict[str, str], list[Question]]:
    """Paragraphs by id, and the questions about some of them; the first ones are asked about."""
    trained, held_out = read_readings(data)
    news = [
        Reading(row["question"].strip(), row["context"], row["answers"][0]["text"], 0, NEWS)
        for row in read_rows(data, NEWS)
    ]
    ids: dict[str, str] = {}
    questions: dict[tuple[str, str], Question] = {}
    answers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for reading in held_out + news:
        paragraph = ids.setdefault(reading.context, f"p{len(ids):05}")
        key = reading.question.casefold(), paragraph
        if reading.answer:
            answers[key].append(reading.answer)
        questions[key] = Question(reading.question, paragraph, tuple(answers[key]))
    for reading in trained:
        ids.setdefault(reading.context, f"p{len(ids):05}")
    return {id_: text for text, id_ in ids.items()}, list(questions.values())


def examples(data: Path, encoder: Encoder, work: Path, seed: int = 0) -> Iterator[Example]:
    """Ask everything of every library, in both modes; see the constants for how much."""
    rng = random.Random(seed)
    paragraphs, questions = read_questions(data)
    english = English(Lexicon.load(), data)
    questions = [
        q._replace(text=english(q.text, rng)) if rng.random() < ENGLISH else q for q in questions
    ]
    remembering = Remembering(encoder)
    asked_about = sorted({question.paragraph for question in questions})
    others = sorted(set(paragraphs) - set(asked_about))
    rng.shuffle(asked_about)
    ids = asked_about + rng.sample(others, WIDE - len(asked_about))
    wide = make(work / "wide", {id_: paragraphs[id_] for id_ in ids}, remembering)
    yield from ask(wide, questions, WIDE_QUESTIONS, rng)
    for number in range(NARROW_LIBRARIES):
        subject = paragraphs[asked_about[number]]
        near = {hit.passage.article.id for hit in wide.search(subject[:500], NARROW)}
        narrow = make(work / f"narrow{number}", {i: paragraphs[i] for i in near}, remembering)
        yield from ask(narrow, questions, NARROW_QUESTIONS, rng)


def make(folder: Path, paragraphs: dict[str, str], encoder: Encoder) -> Retriever:
    """A library of ``paragraphs``, open."""
    folder.mkdir(parents=True)
    rows = folder / "paragraphs.jsonl"
    with rows.open("w", encoding="utf-8") as file:
        for id_, text in sorted(paragraphs.items()):
            file.write(json.dumps({"id": id_, "text": text, "lang": "id"}) + "\n")
    Library.create(folder / "library", encoder).add([rows])
    return Retriever.open(folder / "library", encoder=encoder)


def ask(
    retriever: Retriever,
    questions: Sequence[Question],
    counts: tuple[int, int, int],
    rng: random.Random,
) -> Iterator[Example]:
    """A sample of answerable, unanswerable and foreign questions, each in both modes."""
    held = {article.id for article in retriever.articles}
    own = [question for question in questions if question.paragraph in held]
    pools = (
        [question for question in own if question.answers],
        [question for question in own if not question.answers],
        [question for question in questions if question.paragraph not in held],
    )
    modes: tuple[Mode, ...] = ("hybrid", "lexical")
    for pool, count in zip(pools, counts, strict=True):
        for question in rng.sample(pool, min(count, len(pool))):
            foreign = question.paragraph not in held
            found = {mode: retriever.search(question.text, READ, mode=mode) for mode in modes}
            readings = read_passages_of(retriever, question.text, found.values())
            for mode, hits in found.items():
                yield example(retriever, question, mode, hits, readings, foreign=foreign)


def read_passages_of(
    retriever: Retriever, question: str, found: Iterable[Sequence[Hit]]
) -> dict[str, reader.Reading]:
    """What the reader makes of every passage, by its text: the modes find mostly the same ones."""
    langs = {hit.passage.text: hit.passage.article.lang for hits in found for hit in hits}
    said = retriever.query(question).translations
    texts = list(langs)
    made = reader.Reader.load().read(question, texts, [said.get(langs[text]) for text in texts])
    return dict(zip(texts, made, strict=True))


def example(
    retriever: Retriever,
    question: Question,
    mode: Mode,
    hits: Sequence[Hit],
    readings: Mapping[str, reader.Reading],
    *,
    foreign: bool,
) -> Example:
    """One question and what was found, described as ``Assistant.ask`` does it."""
    asked = read(question.text, retriever)
    cosines = cosines_for(asked, retriever, mode)
    made = [readings[hit.passage.text] for hit in hits]
    return Example(question, foreign, asked, hits, describe(asked, hits, cosines, made))
