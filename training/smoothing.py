"""Evens out the channels of activations: few reach far, and leave the others little of a byte.

Xiao et al. 2023, "SmoothQuant": what a channel is divided by before it is quantised, the weights
that it meets are multiplied by. Done where it counts most: behind the layer norms.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import chain
from typing import Any

import torch
from torch import Tensor

from training.student import PASSAGE, QUESTION, Student
from training.written import english_questions

SEED = 20261120
TEXTS = 100
"""Questions, each in both languages, that the reach of channels is measured on."""
LONGEST = 64


def sample() -> list[str]:
    """Questions written for Kutip, half as questions and half as passages."""
    chosen = random.Random(SEED).sample(sorted(english_questions().items()), TEXTS)
    texts = list(chain.from_iterable(chosen))
    half = len(texts) // 2
    return [QUESTION + text for text in texts[:half]] + [PASSAGE + text for text in texts[half:]]


@torch.no_grad()
def smoothing(student: Student, texts: list[str]) -> dict[str, Tensor]:
    """What each channel is divided by, before the linear maps whose names begin with the key."""
    reach: dict[str, Tensor] = {}
    hooks = []
    layers: Any = student.model.encoder.layer
    for number, layer in enumerate(layers):
        name = f"encoder.layer.{number}"
        for key, module in (
            (f"{name}.attention.self", layer.attention.self.query),
            (f"{name}.intermediate", layer.intermediate.dense),
        ):
            hooks.append(module.register_forward_pre_hook(_note(reach, key)))
    try:
        student.encode(texts, LONGEST)
    finally:
        for hook in hooks:
            hook.remove()
    weights = student.model.state_dict()
    factors = {}
    for key, farthest in reach.items():
        met = [weights[n] for n in weights if n.startswith(f"{key}.") and n.endswith(".weight")]
        largest = torch.cat(met).abs().amax(0).clamp_min(1e-6)
        factor = (farthest.clamp_min(1e-6) / largest).sqrt()
        factors[key] = factor / factor.mean()
    return factors


def _note(reach: dict[str, Tensor], key: str) -> Callable[..., None]:
    def note(_: torch.nn.Module, inputs: tuple[Any, ...]) -> None:
        farthest = inputs[0].float().abs().flatten(0, -2).amax(0)
        reach[key] = torch.maximum(reach[key], farthest) if key in reach else farthest

    return note
