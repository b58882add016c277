"""What all stages of training share: a clock, learning rates, checkpoints, the contrast."""

from __future__ import annotations

import ctypes
import math
import time
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from training.peers import Peers

SAVE_EVERY = 300.0
"""Seconds between checkpoints."""
_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_THRESHOLD = -1, -2, -3
"""Names of settings of the C library's allocator (malloc.h)."""


@dataclass
class Run:
    """A stage of training that can be killed and continued."""

    model: torch.nn.Module
    optimizer: torch.optim.AdamW
    peaks: tuple[float, ...]
    """Highest learning rate of each parameter group."""
    minutes: float
    """How long the stage trains in all, over every continuation."""
    checkpoint: Path
    warm_up: int = 60
    """Steps until the highest rate."""
    peers: Peers = field(default_factory=Peers)
    step: int = 0
    spent: float = 0.0
    """Seconds trained so far."""
    _began: float = field(default=0.0, init=False)
    _saved: float = field(default=0.0, init=False)

    def resume(self) -> None:
        """Start the clock, from the checkpoint where there is one."""
        keep_memory()
        if self.checkpoint.is_file():
            state = torch.load(self.checkpoint)
            self.model.load_state_dict(state["model"])
            if "optimizer" in state:  # there is none in an unpacked one
                self.optimizer.load_state_dict(state["optimizer"])
                self.step, self.spent = state["step"], state["spent"]
        self.model.train()
        self._saved = time.monotonic()
        self._began = self._saved - self.spent

    def time_left(self) -> bool:
        """Set the learning rates for the next step; ``False`` once the time is used up."""
        self.spent = time.monotonic() - self._began
        meeting = self.peers.meet_at(self.step)
        if meeting:
            self.spent = self.peers.meet(self.model, self.spent)
        share = self.spent / (self.minutes * 60)
        decay = max(0.02, 0.5 * (1 + math.cos(math.pi * min(1.0, share))))
        rate = min(1.0, (self.step + 1) / self.warm_up) * decay
        for group, peak in zip(self.optimizer.param_groups, self.peaks, strict=True):
            group["lr"] = peak * rate
        return share < 1 or not meeting

    def update(self, loss: Tensor) -> None:
        """One optimisation step; saves now and then."""
        self.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.optimizer.param_groups[-1]["params"], 1.0)
        self.optimizer.step()
        self.step += 1
        if time.monotonic() - self._saved > SAVE_EVERY:
            self.save()

    def save(self) -> None:
        """Write the checkpoint, in one piece."""
        if self.peers.number:
            return
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "spent": self.spent,
        }
        part = self.checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.checkpoint)
        self._saved = time.monotonic()


def keep_memory() -> None:
    """Let the allocator keep freed memory: the next step of training asks for as much again.

    Worth a tenth of the time. Only for glibc; elsewhere nothing happens.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(_M_MMAP_THRESHOLD, 1 << 30)
        mallopt(_M_TRIM_THRESHOLD, 1 << 30)
        mallopt(_M_TOP_PAD, 1 << 28)


def both_ways(similarity: Tensor) -> Tensor:
    """Cross entropy of a square matrix whose diagonal is right, over rows and over columns."""
    right = torch.arange(len(similarity))
    loss = torch.nn.functional.cross_entropy
    return (loss(similarity, right) + loss(similarity.T, right)) / 2
