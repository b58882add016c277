"""Trains the reader: first on single paragraphs, then on pairs of a right and a wrong one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from training.negatives import hard_negatives
from training.peers import Peers
from training.reader import LONGEST_TAUGHT, Pieces, Reader, checkpoint, measure, pieces_of
from training.readings import NEAREST, Reading, Views, read_readings
from training.run import Run
from training.student import Student

SEED = 20261120
APART = 100_000
"""What the seeds of two networks differ by: more than one of them ever takes steps."""
PEERS_APART = 50_000
"""The same, of two processes that train one network."""
BATCH = 16
RATES = (2e-4, 1e-3)
"""Highest learning rates: of the body and of the head."""
PAIRS = 10
"""Questions in a batch where each comes with two paragraphs."""
ELSEWHERE = 0.3
"""Weight of the loss of a paragraph that is not the question's own, by itself."""
BROAD = 0.3
"""Share of the time that is spent on single paragraphs of all readings, unless another is asked
for; the rest is on pairs of the nearest."""


class Plan(NamedTuple):
    """How one network is trained."""

    start: str
    """The checkpoint of the encoder whose body it begins with."""
    minutes: float
    """In all, over every continuation."""
    share: float
    """Part of the time that is for single paragraphs."""
    number: int
    """From 1; the networks of the shipped reader see the same examples in other orders."""


def train_reader(data: Path, work: Path, plan: Plan, peers: Peers) -> None:
    """Train one network into its checkpoint; continues it if present.

    Only the first of ``peers`` prints.
    """
    number = plan.number
    apart = APART * (number - 1) + PEERS_APART * peers.number
    torch.manual_seed(SEED + apart)
    rng = random.Random(SEED + apart)
    reader = Reader(Student.load(work, f"{plan.start}.pt"))
    readings, held_out = read_readings(data)
    first_one = peers.number == 0
    if first_one:
        print(f"{len(readings)} readings, {len(held_out)} held out", flush=True)
    views = Views(readings, data)
    wrong_held_out = hard_negatives(held_out, work)
    body = [p for p in reader.body.parameters() if p.requires_grad]
    groups = [{"params": list(reader.head.parameters())}, {"params": body}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    path = checkpoint(work, number)
    run = Run(reader, optimizer, (RATES[1], RATES[0]), plan.minutes, path, warm_up=100, peers=peers)
    run.resume()
    order = apart + run.step
    broad = views.batches(BATCH, order)
    pairs: Iterator[list[tuple[Reading, Reading]]] | None = None
    average, first = 0.0, run.step
    while run.time_left():
        if run.spent < plan.share * plan.minutes * 60:
            loss = single_loss(reader, pieces_of(reader, next(broad), rng, LONGEST_TAUGHT))
        else:
            if pairs is None:
                pairs = views.pairs(PAIRS, order, NEAREST, hard_negatives(readings, work))
            own, other = zip(*next(pairs), strict=True)
            loss = pair_loss(reader, pieces_of(reader, [*own, *other], rng, LONGEST_TAUGHT))
        run.update(loss)
        average += (loss.item() - average) / min(run.step - first, 100)
        if run.step % 50 == 0 and first_one:
            print(f"{run.step} {run.spent:.0f} s, loss {average:.3f}", flush=True)
    run.save()
    if first_one:
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
