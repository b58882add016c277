"""The encoder while it is being trained: a BERT body, and what it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel

from training.base import body

QUESTION, PASSAGE = "query: ", "passage: "
"""What the base was trained to read before a question, and before anything else."""


class Student:
    """A tokenizer and a model that turn texts into unit vectors.

    The model runs in bfloat16 where that is safe; vectors are float32.
    """

    def __init__(self, tokenizer: Tokenizer, model: BertModel) -> None:
        self.tokenizer = tokenizer
        self.model = model
        for module in model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0

    @classmethod
    def load(cls, folder: Path, checkpoint: str) -> Student:
        """The student of a checkpoint in ``folder``, given by its file's name."""
        return cls(read_tokenizer(folder), body(torch.load(folder / checkpoint)["model"]))

    def ids(self, texts: Sequence[str], longest: int) -> list[list[int]]:
        """Piece numbers of each text, with the marks around them, at most ``longest`` of them."""
        self.tokenizer.enable_truncation(longest)
        return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]

    def vectors(self, ids: Sequence[Sequence[int]]) -> Tensor:
        """Unit vectors, shape ``(len(ids), dim)``."""
        return torch.nn.functional.normalize(self.means(ids), dim=-1)

    def means(self, ids: Sequence[Sequence[int]]) -> Tensor:
        """The mean over the pieces of each text, shape ``(len(ids), dim)``."""
        width = max(map(len, ids))
        padded = torch.zeros(len(ids), width, dtype=torch.long)
        mask = torch.zeros(len(ids), width, dtype=torch.long)
        for row, pieces in enumerate(ids):
            padded[row, : len(pieces)] = torch.as_tensor(pieces)
            mask[row, : len(pieces)] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.model(input_ids=padded, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).float()
        mean: Tensor = (hidden.float() * weight).sum(1) / weight.sum(1)
        return mean

    @contextmanager
    def rounded(self) -> Iterator[None]:
        """Within, the linear maps are as they are after shipping, in eight bits.

        A step whose gradient is taken there moves the unrounded ones (Jacob et al. 2018,
        "Quantization and Training of Neural Networks"): they learn to do without what rounding
        takes.
        """
        maps = [m for m in self.model.encoder.modules() if isinstance(m, torch.nn.Linear)]
        kept = [m.weight.data for m in maps]
        for m in maps:
            m.weight.data = m.weight.data.to(torch.float8_e4m3fn).float()
        try:
            yield
        finally:
            for m, weights in zip(maps, kept, strict=True):
                m.weight.data = weights

    @torch.no_grad()
    def encode(self, texts: Sequence[str], longest: int, batch: int = 64) -> Tensor:
        """Unit vectors of many texts, encoded by length; shape ``(len(texts), dim)``."""
        ids = self.ids(texts, longest)
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = torch.zeros(len(ids), self.model.config.hidden_size)
        for begin in range(0, len(order), batch):
            rows = order[begin : begin + batch]
            out[rows] = self.vectors([ids[i] for i in rows])
        return out


def read_tokenizer(folder: Path) -> Tokenizer:
    """What splits texts into the pieces of the models in ``folder``."""
    return Tokenizer.from_file(str(folder / "tokenizer.json"))
