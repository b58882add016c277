"""The encoder while it is being trained: a BERT body with an extended vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel

from training.teacher import teacher_model


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
    def start(cls, folder: Path) -> Student:
        """The untrained student: the teacher's body over the start vectors in ``folder``."""
        model = teacher_model()
        vectors = torch.from_numpy(np.load(folder / "start.npy"))
        model.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(  # type: ignore[no-untyped-call]
            vectors, freeze=False, padding_idx=0
        )
        model.config.vocab_size = len(vectors)
        return cls(Tokenizer.from_file(str(folder / "tokenizer.json")), model)

    @classmethod
    def load(cls, folder: Path, checkpoint: Path) -> Student:
        """The student with the weights of a checkpoint."""
        student = cls.start(folder)
        student.model.load_state_dict(torch.load(checkpoint)["model"])
        return student

    def ids(self, texts: Sequence[str], longest: int) -> list[list[int]]:
        """Piece numbers of each text, with [CLS] and [SEP], at most ``longest`` of them."""
        self.tokenizer.enable_truncation(longest)
        return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]

    def vectors(self, ids: Sequence[Sequence[int]]) -> Tensor:
        """Unit vectors, shape ``(len(ids), dim)``: the mean over the pieces of a text."""
        width = max(map(len, ids))
        padded = torch.zeros(len(ids), width, dtype=torch.long)
        mask = torch.zeros(len(ids), width, dtype=torch.long)
        for row, pieces in enumerate(ids):
            padded[row, : len(pieces)] = torch.as_tensor(pieces)
            mask[row, : len(pieces)] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.model(input_ids=padded, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).float()
        mean = (hidden.float() * weight).sum(1) / weight.sum(1)
        return torch.nn.functional.normalize(mean, dim=-1)

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
