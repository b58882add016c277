"""Contrastive training: a question, in either language, comes to lie by the paragraph it asks for.

In-batch negatives (Karpukhin et al. 2020, "Dense Passage Retrieval"). So does the sentence that
answers: Kutip ranks by the vectors of passages and of their sentences. Parallel sentences are mixed
in, so that the languages stay together: Indonesian and English, and English and others.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from index.lexicon import Lexicon
from index.sentences import sentences
from training.corpus import Example, read_other_languages, read_pairs, sample_pairs
from training.questions import batches, neighbours
from training.readings import English, read_readings
from training.run import Run, both_ways
from training.student import PASSAGE, QUESTION, Student
from training.vocabulary import COUNTED

SEED = 20261120
BATCH = 32
PARALLEL = 16
"""Parallel sentence pairs in a step, of each of the two kinds."""
MACHINE_ROWS = 30_000
"""Pairs translated by machine that are drawn from, beside all those translated by people."""
LONGEST_QUESTION, LONGEST_SENTENCE, LONGEST_PARAGRAPH = 48, 64, 128
SENTENCE = 0.4
"""Weight of the loss of a question and the sentence that answers it."""
LANGUAGES = 0.5
"""Weight of the loss of either kind of parallel sentences."""
RATE = 4e-5
SHARPNESS = 25.0
"""Cosines are multiplied by this before the softmax."""


def loss_of(questions: Tensor, paragraphs: Tensor, batch: list[Example]) -> Tensor:
    """Cross entropy of each question over the paragraphs of its batch.

    Paragraphs of past batches are no negatives: nothing would hold the vectors in their place, and
    all of them together would move away from where the past ones were.
    """
    similarity = questions @ paragraphs.T * SHARPNESS
    similarity = similarity.masked_fill(also_right(batch), -1e4)
    return torch.nn.functional.cross_entropy(similarity, torch.arange(len(batch)))


def also_right(batch: list[Example]) -> Tensor:
    """Which paragraphs answer another question of the batch too, and must not count as wrong.

    A paragraph does when it is the same or holds the answer's text. A question's own paragraph is
    not marked. Shape ``(len(batch), len(batch))``: a row for each question.
    """
    rows = [
        [
            row != column and (asked.context == other.context or asked.answer in other.context)
            for column, other in enumerate(batch)
        ]
        for row, asked in enumerate(batch)
    ]
    return torch.tensor(rows)


def training_examples(data: Path) -> list[Example]:
    """The answerable questions that the reader is trained on, too; none that is held out."""
    trained, _ = read_readings(data)
    return [Example(r.question, r.context, r.answer, r.source) for r in trained if r.answer]


def answering_sentence(example: Example) -> Example:
    """The same question, with the sentence of the paragraph that holds the answer.

    The whole paragraph stays where the answer is in no single sentence.
    """
    texts = (example.context[slice(*span)] for span in sentences(example.context))
    return example._replace(
        context=next((text for text in texts if example.answer in text), example.context)
    )


def parallel_text(data: Path) -> tuple[list[tuple[str, str]], ...]:
    """Pairs of an Indonesian and an English sentence, and of an English and another one."""
    pairs = sample_pairs(read_pairs(data), MACHINE_ROWS, SEED)
    others = [
        pair
        for source in COUNTED
        for rows in read_other_languages(data, source).values()
        for pair in rows
    ]
    return [(pair.id, pair.en) for pair in pairs], others


@dataclass(frozen=True, slots=True)
class Round:
    """One run over the questions; a later round starts from the result of the one before."""

    number: int
    """From 1."""
    english: float
    """Weight of the questions in English, beside 1 for those in Indonesian."""
    minutes: float
    start: str
    """Name of the checkpoint to start from, for example "start" or "contrast1"."""

    @property
    def checkpoint(self) -> str:
        """File name of the result."""
        return f"contrast{self.number}.pt"


def contrast(data: Path, work: Path, part: Round) -> None:
    """Train one round in ``work``; continues from its checkpoint if present."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    student = Student.load(work, f"{part.start}.pt")
    parallel = parallel_text(data)
    examples = training_examples(data)
    answering = [answering_sentence(example) for example in examples]
    english = English(Lexicon.load(), data)
    student.model.embeddings.word_embeddings.weight.requires_grad = False
    body = [p for p in student.model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": body}], weight_decay=0.0, foreach=True)
    run = Run(student.model, optimizer, (RATE,), part.minutes, work / part.checkpoint, warm_up=20)
    run.resume()
    stream = batches(examples, neighbours(examples), BATCH, part.number - 1)
    for _ in range(run.step):
        next(stream)
    average, first = 0.0, run.step
    print(f"{len(examples)} questions, {[*map(len, parallel)]} parallel sentences", flush=True)
    while run.time_left():
        rows = next(stream)
        asked = [examples[row].question for row in rows]
        translated = [english(question, rng) for question in asked]
        with student.rounded():
            questions = _vectors(student, QUESTION, asked + translated, LONGEST_QUESTION)
            loss = torch.zeros(())
            for of, longest, weight in (
                (examples, LONGEST_PARAGRAPH, 1.0),
                (answering, LONGEST_SENTENCE, SENTENCE),
            ):
                batch = [of[row] for row in rows]
                found = _vectors(student, PASSAGE, [e.context for e in batch], longest)
                loss = loss + weight * loss_of(questions[:BATCH], found, batch)
                loss = loss + weight * part.english * loss_of(questions[BATCH:], found, batch)
            average += (loss.item() - average) / min(run.step + 1 - first, 50)
            for pairs in parallel:
                left, right = zip(*rng.sample(pairs, PARALLEL), strict=True)
                both = _vectors(student, PASSAGE, left + right, LONGEST_SENTENCE)
                similarity = both[:PARALLEL] @ both[PARALLEL:].T
                loss = loss + LANGUAGES * both_ways(similarity * SHARPNESS)
        run.update(loss)
        if run.step % 20 == 0:
            print(f"{run.step} {run.spent:.0f} s, questions {average:.3f}", flush=True)
    run.save()


def _vectors(student: Student, prompt: str, texts: Sequence[str], longest: int) -> Tensor:
    return student.vectors(student.ids([prompt + text for text in texts], longest))
