"""Contrastive training: a question, in either language, comes to lie by the paragraph it asks for.

In-batch negatives (Karpukhin et al. 2020, "Dense Passage Retrieval") and those of past batches
(Wang et al. 2020, "Cross-Batch Memory for Embedding Learning"). So does the sentence that answers:
Kutip ranks by the vectors of passages and of their sentences. Parallel sentences are mixed in, held
to the teacher's vectors, so that the languages stay together and English keeps its place.
"""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from index.lexicon import Lexicon
from index.sentences import sentences
from training.corpus import Example, Pair, join_neighbours, read_pairs
from training.distil import LONGEST_JOINED, SCALE, ParallelText
from training.questions import batches, neighbours
from training.readings import English, read_readings
from training.run import Run, both_ways
from training.student import Student

SEED = 20261120
BATCH = 32
PARALLEL = 24
"""Parallel sentence pairs in a step."""
CLOZE = 6
"""English sentences in a step that look for the Indonesian paragraph they were taken from."""
MEMORY = 16
"""Past batches whose paragraphs are negatives."""
LONGEST_QUESTION, LONGEST_SENTENCE, LONGEST_PARAGRAPH = 48, 64, 128
SENTENCE = 0.4
"""Weight of the loss of a question and the sentence that answers it."""
RATE = 6e-5
SHARPNESS = 25.0
"""Cosines of question and paragraph are multiplied by this before the softmax."""


class Memory:
    """Paragraphs of past batches and their vectors."""

    def __init__(self) -> None:
        self._past: deque[tuple[list[Example], Tensor]] = deque(maxlen=MEMORY)

    def loss(self, questions: Tensor, paragraphs: Tensor, batch: list[Example]) -> Tensor:
        """Cross entropy of each question over the paragraphs of its batch and of past ones."""
        examples = batch + [example for past, _ in self._past for example in past]
        vectors = torch.cat([paragraphs, *(v for _, v in self._past)])
        similarity = questions @ vectors.T * SHARPNESS
        similarity = similarity.masked_fill(also_right(batch, examples), -1e4)
        return torch.nn.functional.cross_entropy(similarity, torch.arange(len(batch)))

    def add(self, batch: list[Example], paragraphs: Tensor) -> None:
        """Remember a batch, forgetting the oldest."""
        self._past.append((batch, paragraphs.detach()))


def also_right(batch: list[Example], others: list[Example]) -> Tensor:
    """Which of ``others`` answer a question of ``batch`` too, and must not count as wrong.

    A paragraph does when it is the same or holds the answer's text. The batch heads ``others``;
    a question's own paragraph is not marked.
    """
    rows = [
        [
            row != column and (asked.context == other.context or asked.answer in other.context)
            for column, other in enumerate(others)
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


def cloze_pairs(pairs: list[Pair]) -> list[tuple[str, str]]:
    """(a sentence in English, the Indonesian paragraph around it) of human translations."""
    rng = random.Random(SEED)
    joined = join_neighbours(pairs, LONGEST_JOINED, SEED)
    return [(rng.choice(pair.en.split(". ")), pair.id) for pair in joined]


@dataclass(frozen=True, slots=True)
class Round:
    """One run over the questions; a later round starts from the result of the one before."""

    number: int
    """From 1."""
    english: float
    """Weight of the questions in English, beside 1 for those in Indonesian."""
    minutes: float
    start: str
    """Name of the checkpoint to start from, for example "distil" or "contrast1"."""

    @property
    def checkpoint(self) -> str:
        """File name of the result."""
        return f"contrast{self.number}.pt"


def contrast(data: Path, work: Path, part: Round) -> None:
    """Train one round in ``work``; continues from its checkpoint if present."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    student = Student.load(work, work / f"{part.start}.pt")
    text = ParallelText(student, data, work)
    pairs = read_pairs(data)
    cloze = cloze_pairs(pairs)
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
    memory, sentence_memory, average = Memory(), Memory(), 0.0
    print(f"{len(examples)} questions, {len(cloze)} cloze pairs", flush=True)
    while run.time_left():
        rows = next(stream)
        asked = [examples[row].question for row in rows]
        translated = [english(question, rng) for question in asked]
        questions = student.vectors(student.ids(asked + translated, LONGEST_QUESTION))
        loss = torch.zeros(())
        for of, longest, past, weight in (
            (examples, LONGEST_PARAGRAPH, memory, 1.0),
            (answering, LONGEST_SENTENCE, sentence_memory, SENTENCE),
        ):
            batch = [of[row] for row in rows]
            found = student.vectors(student.ids([example.context for example in batch], longest))
            loss = loss + weight * past.loss(questions[:BATCH], found, batch)
            loss = loss + weight * part.english * past.loss(questions[BATCH:], found, batch)
            past.add(batch, found)
        average += (loss.item() - average) / min(run.step + 1, 50)
        loss = loss + _languages(student, text, rng) + 0.3 * _cloze(student, cloze, rng)
        run.update(loss)
        if run.step % 20 == 0:
            print(f"{run.step} {run.spent:.0f} s, questions {average:.3f}", flush=True)
    run.save()


def _languages(student: Student, text: ParallelText, rng: random.Random) -> Tensor:
    """Parallel sentences lie together, and where the teacher puts the English one."""
    rows = rng.sample(range(text.sentences), PARALLEL)
    target = text.targets(rows)
    vectors = student.vectors([text.english[i] for i in rows] + [text.indonesian[i] for i in rows])
    english, indonesian = vectors[:PARALLEL], vectors[PARALLEL:]
    distance = 2 - (english * target).sum(1).mean() - (indonesian * target).sum(1).mean()
    return 0.5 * both_ways(english @ indonesian.T * SCALE) + 2 * distance


def _cloze(student: Student, pairs: list[tuple[str, str]], rng: random.Random) -> Tensor:
    """An English sentence lies by the Indonesian paragraph it was taken from."""
    sentences, paragraphs = zip(*rng.sample(pairs, CLOZE), strict=True)
    left = student.vectors(student.ids(sentences, LONGEST_QUESTION))
    right = student.vectors(student.ids(paragraphs, LONGEST_PARAGRAPH))
    return both_ways(left @ right.T * SHARPNESS)
