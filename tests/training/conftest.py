"""A model small enough to train and export in a test."""

from __future__ import annotations

import pytest
import torch
from small import PIECES, letters
from transformers import BertConfig, BertModel

from training.student import Student
from training.tensors import eight_bit


@pytest.fixture
def student() -> Student:
    """Two random layers, exact enough to compare arithmetic with."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(PIECES),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=128,
        initializer_range=0.2,
    )
    model = BertModel(config, add_pooling_layer=False)
    words = model.embeddings.word_embeddings.weight
    words.data = eight_bit(words.data)
    return Student(letters(), model)
