"""Distillation: the student's vector of either language comes to lie at the teacher's English one.

Reimers and Gurevych 2020, "Making Monolingual Sentence Embeddings Multilingual using Knowledge
Distillation", with an in-batch contrast beside the distance to the target.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.corpus import join_neighbours, read_pairs, sample_pairs
from training.run import Run, both_ways
from training.student import Student
from training.teacher import teacher_model, teacher_tokenizer

SEED = 20261120
MACHINE_ROWS = 30000
JOINED_ROWS = 12000
DIM = 384
"""Length of the teacher's vectors."""
BATCH = 128
TEACHER_BATCH = 32
SHORT, LONG = 64, 160
"""Longest text in pieces: of single sentences, and of joined ones."""
LONGEST_JOINED = 600
"""Characters of the English side of a joined pair, at most."""
RATES = (1e-3, 1e-4)
"""Highest learning rates: of the word embeddings, and of everything else."""
SCALE = 20.0
"""Cosines are multiplied by this before the softmax of the contrast."""
ENGLISH_EVERY = 4
"""Each so many batches, a quarter of the batch is also shown in English."""


class ParallelText:
    """Parallel text as piece numbers, with the teacher's vectors of the English side."""

    def __init__(self, student: Student, data: Path, work: Path) -> None:
        pairs = read_pairs(data)
        single = sample_pairs(pairs, MACHINE_ROWS, SEED)
        joined = join_neighbours(pairs, LONGEST_JOINED, SEED)
        joined = random.Random(SEED).sample(joined, min(JOINED_ROWS, len(joined)))
        self._teacher = Student(teacher_tokenizer(), teacher_model())
        english, indonesian = [p.en for p in single], [p.id for p in single]
        long_english, long_indonesian = [p.en for p in joined], [p.id for p in joined]
        teacher = self._teacher
        self._taught = teacher.ids(english, SHORT) + teacher.ids(long_english, LONG)
        self.english = student.ids(english, SHORT) + student.ids(long_english, LONG)
        self.indonesian = student.ids(indonesian, SHORT) + student.ids(long_indonesian, LONG)
        digest = hashlib.sha256("\n".join(english + long_english).encode()).hexdigest()
        path = work / f"targets-{digest[:8]}.f16"
        path.touch()
        with path.open("r+b") as file:
            file.truncate(len(self.english) * DIM * 2)
        self.sentences = len(single)
        self._targets = np.memmap(path, np.float16, "r+", shape=(len(self.english), DIM))
        print(f"{len(single)} sentences, {len(joined)} joined", flush=True)

    @torch.no_grad()
    def targets(self, rows: list[int]) -> Tensor:
        """The teacher's unit vectors, shape ``(len(rows), DIM)``.

        Computed when first asked for, and kept in a file that processes may share; a row of
        zeros there is one that is not known yet.
        """
        new = [i for i in dict.fromkeys(rows) if not self._targets[i].any()]
        new.sort(key=lambda i: len(self._taught[i]))
        for begin in range(0, len(new), TEACHER_BATCH):
            part = new[begin : begin + TEACHER_BATCH]
            self._targets[part] = self._teacher.vectors([self._taught[i] for i in part]).numpy()
        return torch.from_numpy(self._targets[rows].astype(np.float32))

    def batches(self) -> Iterator[list[int]]:
        """Batches of rows without end, in a new order each epoch; a batch has about one length."""
        for epoch in count():
            rng = random.Random(SEED + epoch)
            order = list(range(len(self.indonesian)))
            rng.shuffle(order)
            made: list[list[int]] = []
            for begin in range(0, len(order), BATCH * 20):
                pool = sorted(
                    order[begin : begin + BATCH * 20], key=lambda i: len(self.indonesian[i])
                )
                while pool:
                    size = BATCH if len(self.indonesian[pool[-1]]) <= SHORT else BATCH // 2
                    made.append(pool[-size:])
                    del pool[-size:]
            rng.shuffle(made)
            yield from made


def compute_targets(data: Path, work: Path, first: int) -> None:
    """Compute the teacher's vectors ahead of a training process, from batch ``first`` on."""
    text = ParallelText(Student.start(work), data, work)
    for number, rows in zip(
        range(len(text.english) // BATCH + first), text.batches(), strict=False
    ):
        if number >= first:
            text.targets(rows)


def distil(data: Path, work: Path, minutes: float) -> None:
    """Train for ``minutes`` in all into ``distil.pt`` of ``work``; continues from it if present."""
    torch.manual_seed(SEED)
    student = Student.start(work)
    text = ParallelText(student, data, work)
    embeddings = student.model.embeddings.word_embeddings.weight
    body = [p for p in student.model.parameters() if p is not embeddings]
    groups: list[dict[str, Any]] = [{"params": [embeddings]}, {"params": body}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.0, foreach=True)
    run = Run(student.model, optimizer, RATES, minutes, work / "distil.pt")
    run.resume()
    distance, seen = 0.0, 0
    batches = text.batches()
    for _ in range(run.step):
        next(batches)
    while run.time_left():
        rows = next(batches)
        also = rows[: len(rows) // 4] if run.step % ENGLISH_EVERY == 0 else []
        target = text.targets(rows)
        vectors = student.vectors(
            [text.indonesian[i] for i in rows] + [text.english[i] for i in also]
        )
        cosine = (vectors * torch.cat([target, target[: len(also)]])).sum(1)
        contrast = both_ways(vectors[: len(rows)] @ target.T * SCALE)
        run.update(5 * (1 - cosine).mean() + 0.5 * contrast)
        distance += (1 - cosine.mean().item() - distance) / min(run.step, 50)
        seen += len(rows)
        if run.step % 25 == 0:
            print(
                f"{run.step} {run.spent:.0f} s, {seen} pairs, distance {distance:.4f}", flush=True
            )
    run.save()
