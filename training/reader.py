"""The reader while it is trained: which words of a paragraph answer a question, if any do.

Devlin et al. 2019, "BERT", section 4.3: one score for each piece as the first of the answer and one
as the last; the mark <s> at the head stands for "no answer". The body starts as the encoder's, and
shares its word embeddings, which stay as they are: what is learnt from questions in one language
then serves others, whose words lie by its own, and the shipped reader needs no second copy.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import numpy as np
import torch
from tokenizers import Encoding
from torch import Tensor

from eval.squad_measures import f1
from training.base import body
from training.readings import Reading, read_readings
from training.student import Student, read_tokenizer
from training.vocabulary import END

LONGEST, LONGEST_TAUGHT, LONGEST_QUESTION = 256, 192, 48
"""In pieces: question and paragraph together, measured and taught, and the question alone."""
WIDTHS = 16
"""Batches are padded to a multiple of this: a shape that was seen before takes a fifth less time
than a new one, for which the kernels are made first."""
ANSWER_MAX = 30
"""Longest answer, in pieces."""
RIVALS = 3
"""Paragraphs that a question's own has to outdo when the reader is measured."""
NEVER = -1e4


class Reader(torch.nn.Module):
    """The encoder's body, and a head that scores every piece as first and as last."""

    def __init__(self, student: Student) -> None:
        super().__init__()
        self.tokenizer = student.tokenizer
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.body = student.model
        self.head = torch.nn.Linear(self.body.config.hidden_size, 2)
        self.body.embeddings.word_embeddings.weight.requires_grad = False

    def forward(self, pieces: list[Pieces]) -> Tensor:
        """Scores, shape ``(len(pieces), width, 2)``; ``NEVER`` where no answer can be."""
        longest = max(len(p.ids) for p in pieces)
        width = -(-longest // WIDTHS) * WIDTHS
        ids = torch.zeros(len(pieces), width, dtype=torch.long)
        kinds, mask = torch.zeros_like(ids), torch.zeros_like(ids)
        allowed = torch.full((len(pieces), width), NEVER)
        for row, p in enumerate(pieces):
            ids[row, : len(p.ids)] = torch.tensor(p.ids)
            mask[row, : len(p.ids)] = 1
            kinds[row, p.paragraph :] = 1
            kinds[row, len(p.ids) :] = 0
            allowed[row, 0] = 0
            allowed[row, p.paragraph : len(p.ids) - 1] = 0
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.body(
                input_ids=ids, attention_mask=mask, token_type_ids=kinds
            ).last_hidden_state
        scores: Tensor = self.head(hidden.float())
        return scores + allowed.unsqueeze(-1)


def checkpoint(work: Path, number: int) -> Path:
    """Where a network of the reader is kept; they are numbered from 1."""
    return work / f"reader{number}.pt"


def load_readers(work: Path) -> list[Reader]:
    """The trained networks in ``work``. Raises ``FileNotFoundError`` when there is none."""
    readers: list[Reader] = []
    for number in count(1):
        path = checkpoint(work, number)
        if readers and not path.is_file():
            break
        state = torch.load(path)["model"]
        own = {name: value for name, value in state.items() if name.startswith("body.")}
        parts = {name.removeprefix("body."): value for name, value in own.items()}
        reader = Reader(Student(read_tokenizer(work), body(parts)))
        reader.load_state_dict(state)
        readers.append(reader.eval())
    return readers


class Pieces:
    """A question and a window of a paragraph as piece numbers."""

    def __init__(
        self, question: Encoding, paragraph: Encoding, window: slice, separator: int
    ) -> None:
        asked = question.ids[: LONGEST_QUESTION - 1]
        if asked[-1] != separator:
            asked = [*asked, separator]
        self.ids = [*asked, *paragraph.ids[window], separator]
        self.paragraph = len(asked)
        """Where the paragraph begins in ``ids``."""
        self.offsets = paragraph.offsets[window]
        """Of each piece of the window in the paragraph's text."""
        self.first = self.last = 0
        """Where the answer begins and ends in ``ids``; 0 for no answer."""

    def mark(self, start: int, end: int) -> bool:
        """Set the answer from its characters; false when it is not all in the window."""
        inside = [n for n, (a, b) in enumerate(self.offsets) if a < end and b > start]
        if not inside or self.offsets[0][0] > start or self.offsets[-1][1] < end:
            return False
        self.first, self.last = inside[0] + self.paragraph, inside[-1] + self.paragraph
        return True


def pieces_of(
    reader: Reader, readings: Sequence[Reading], rng: random.Random, longest: int = LONGEST
) -> list[Pieces]:
    """One window each, with the answer marked; long paragraphs are cut at random around it."""
    tokenizer = reader.tokenizer
    separator = int(tokenizer.token_to_id(END) or 0)
    questions = tokenizer.encode_batch([r.question for r in readings])
    paragraphs = tokenizer.encode_batch([r.context for r in readings], add_special_tokens=False)
    out = []
    for reading, question, paragraph in zip(readings, questions, paragraphs, strict=True):
        room = longest - min(len(question.ids), LONGEST_QUESTION) - 1
        over = max(0, len(paragraph.ids) - room)
        end = reading.start + len(reading.answer)
        window = slice(0, room)
        if over and reading.answer:
            inside = [
                n for n, (a, b) in enumerate(paragraph.offsets) if a < end and b > reading.start
            ]
            begin = (
                rng.randint(max(0, inside[-1] + 1 - room), min(over, inside[0])) if inside else 0
            )
            window = slice(begin, begin + room)
        elif over:
            begin = rng.randint(0, over)
            window = slice(begin, begin + room)
        made = Pieces(question, paragraph, window, separator)
        if reading.answer:
            made.mark(reading.start, end)
        out.append(made)
    return out


def even_odds(readers: Sequence[Reader], data: Path) -> float:
    """The log-odds from which taking an answer does best, by words in common, on those held out.

    Those with an answer count for one half, and those without for the other.
    """
    _, held_out = read_readings(data)
    found = read(readers, held_out)
    answerable = sum(bool(reading.answer) for reading in held_out)
    cost = answerable / (len(held_out) - answerable)
    rows = sorted(zip(found, held_out, strict=True), key=lambda row: -row[0][1])
    gains = np.cumsum([f1(text, [r.answer]) if r.answer else -cost for (text, _), r in rows])
    best = int(gains.argmax())
    odds = [row[0][1] for row in rows]
    return (odds[best] + odds[min(best + 1, len(odds) - 1)]) / 2


@torch.no_grad()
def read(readers: Sequence[Reader], readings: Sequence[Reading]) -> list[tuple[str, float]]:
    """The likeliest answer of each, and by how much it outweighs "no answer", as log-odds.

    By the mean of the scores of ``readers``.
    """
    for reader in readers:
        reader.eval()
    order = sorted(range(len(readings)), key=lambda row: len(readings[row].context))
    out: list[tuple[str, float]] = [("", NEVER)] * len(readings)
    for begin in range(0, len(order), 32):
        rows = order[begin : begin + 32]
        chosen = [readings[row]._replace(answer="") for row in rows]
        pieces = pieces_of(readers[0], chosen, random.Random(0))
        scores = np.mean([reader(pieces).numpy() for reader in readers], axis=0)
        for row, made, score in zip(rows, pieces, scores, strict=True):
            first, last, best = best_span(score[: len(made.ids)], made.paragraph)
            begin_, _ = made.offsets[first - made.paragraph]
            _, end = made.offsets[last - made.paragraph]
            null = float(score[0, 0] + score[0, 1])
            out[row] = (readings[row].context[begin_:end], best - null)
    for reader in readers:
        reader.train()
    return out


def best_span(scores: np.ndarray, paragraph: int) -> tuple[int, int, float]:
    """First and last piece of the best answer, and its score."""
    sums = scores[:, None, 0] + scores[None, :, 1]
    sums = np.where(
        np.triu(np.ones_like(sums)) - np.triu(np.ones_like(sums), ANSWER_MAX) > 0, sums, 4 * NEVER
    )
    sums[:paragraph] = 4 * NEVER
    first, last = np.unravel_index(sums.argmax(), sums.shape)
    return int(first), int(last), float(sums[first, last])


def measure(
    readers: Sequence[Reader], readings: Sequence[Reading], wrong: Sequence[Sequence[str]]
) -> str:
    """How many answerable ones are read exactly, and how well they are told from the others.

    ``wrong`` lists paragraphs that do not answer: in how many answerable ones is the own paragraph
    surer than all of the first ``RIVALS`` of them?
    """
    found = read(readers, readings)
    odds = np.array([score for _, score in found])
    answerable = np.array([bool(r.answer) for r in readings])
    exact = np.array([text == r.answer for (text, _), r in zip(found, readings, strict=True)])
    auroc = (odds[answerable][:, None] > odds[~answerable][None]).mean()
    rivals = [
        (row, reading._replace(context=context, answer="", start=0))
        for row, reading in enumerate(readings)
        if reading.answer
        for context in wrong[row][:RIVALS]
    ]
    first = answerable.copy()
    for (row, _), (_, score) in zip(rivals, read(readers, [r for _, r in rivals]), strict=True):
        first[row] &= score < odds[row]
    count = answerable.sum()
    return (
        f"held out: {exact[answerable].mean():.3f} exact of {count}, own first "
        f"{first.sum() / count:.3f}, AUROC {auroc:.3f} against {len(odds) - count}"
    )
