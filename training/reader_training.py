"""Trains the reader: first on single paragraphs, then on pairs of a right and a wrong one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from training.negatives import hard_negatives
from training.reader import LONGEST_PAIR, Pieces, Reader, checkpoint, measure, pieces_of
from training.readings import NEAREST, Reading, Views, read_readings
from training.run import Run
from training.student import Student

SEED = 20261120
APART = 100_000
"""What the seeds of two networks differ by: more than one of them ever takes steps."""
BATCH = 16
RATES = (1.5e-4, 1e-3)
"""Highest learning rates: of the body and of the head."""
PAIRS = 10
"""Questions in a batch where each comes with two paragraphs."""
ELSEWHERE = 0.3
"""Weight of the loss of a paragraph that is not the question's own, by itself."""
BROAD = 0.3
"""Share of the time that is spent on single paragraphs of all readings, unless another is asked
for; the rest is on pairs of the nearest."""


def train_reader(
    data: Path, work: Path, start: str, minutes: float, *, share: float, number: int
) -> None:
    """Train one network for ``minutes`` in all into its checkpoint; continues it if present.

    ``start`` names the checkpoint of the encoder whose body it begins with; ``share`` is the part
    of the time for single paragraphs; ``number``, from 1, tells the networks of the shipped reader
    apart, which see the same examples in other orders.
    """
    seed = SEED + APART * (number - 1)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    reader = Reader(Student.load(work, f"{start}.pt"))
    readings, held_out = read_readings(data)
    print(f"{len(readings)} readings, {len(held_out)} held out", flush=True)
    views = Views(readings, data)
    wrong_held_out = hard_negatives(held_out, work)
    body = [p for p in reader.body.parameters() if p.requires_grad]
    groups = [{"params": list(reader.head.parameters())}, {"params": body}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, foreach=True)
    run = Run(
        reader, optimizer, (RATES[1], RATES[0]), minutes, checkpoint(work, number), warm_up=100
    )
    run.resume()
    order = APART * (number - 1) + run.step
    broad = views.batches(BATCH, order)
    pairs: Iterator[list[tuple[Reading, Reading]]] | None = None
    average, first = 0.0, run.step
    while run.time_left():
        if run.spent < share * minutes * 60:
            loss = single_loss(reader, pieces_of(reader, next(broad), rng))
        else:
            if pairs is None:
                pairs = views.pairs(PAIRS, order, NEAREST, hard_negatives(readings, work))
            own, other = zip(*next(pairs), strict=True)
            loss = pair_loss(reader, pieces_of(reader, [*own, *other], rng, LONGEST_PAIR))
        run.update(loss)
        average += (loss.item() - average) / min(run.step - first, 100)
        if run.step % 50 == 0:
            print(f"{run.step} {run.spent:.0f} s, loss {average:.3f}", flush=True)
        if run.step % 2000 == 0:  # it takes minutes
            print(measure([reader], held_out, wrong_held_out), flush=True)
    run.save()
    print(measure([reader], held_out, wrong_held_out), flush=True)


def single_loss(reader: Reader, pieces: list[Pieces]) -> Tensor:
    """Cross entropy of the first and last piece, each paragraph by itself."""
    target = torch.tensor([[p.first, p.last] for p in pieces])
    return torch.nn.functional.cross_entropy(reader(pieces), target)


def pair_loss(reader: Reader, pieces: list[Pieces]) -> Tensor:
    """The same, and over the pieces of a question's two paragraphs together.

    Clark & Gardner 2018, "Simple and Effective Multi-Paragraph Reading Comprehension", section 3.2
    ("shared normalisation"): scores become comparable between paragraphs. They are taken relative
    to "no answer", as Kutip compares them. The first half of ``pieces`` are the own paragraphs,
    the second half others, in the same order.
    """
    entropy = torch.nn.functional.cross_entropy
    scores = reader(pieces)
    target = torch.tensor([[p.first, p.last] for p in pieces])
    half = len(pieces) // 2
    alone = entropy(scores[:half], target[:half])
    alone = alone + ELSEWHERE * entropy(scores[half:], target[half:])
    odds = scores - scores[:, :1]
    both = torch.cat([odds[:half], odds[half:, 1:]], dim=1)  # one "no answer" for the two
    return (alone + entropy(both, target[:half])) / 2
