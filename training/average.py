"""The mean of the weights before and after a stage of training.

Wortsman et al. 2022, "Robust fine-tuning of zero-shot models" (WiSE-FT): it keeps what the model
knew of other text, and most of what it learnt.
"""

from __future__ import annotations

from pathlib import Path

import torch

CHECKPOINT = "average.pt"


def average(work: Path, before: str, after: str) -> None:
    """Write ``average.pt`` of ``work``: the mean of two of its checkpoints, given by name."""
    one, two = (torch.load(work / f"{name}.pt")["model"] for name in (before, after))
    mean = {name: (weights + two[name]) / 2 for name, weights in one.items()}
    torch.save({"model": mean}, work / CHECKPOINT)
