"""A model small enough to train and export in a test."""

from __future__ import annotations

import pytest
import torch
from small import WORDS, word_pieces
from transformers import BertConfig, BertModel

from training.student import Student


@pytest.fixture
def student() -> Student:
    """Two random layers, exact enough to compare arithmetic with."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        initializer_range=0.2,
    )
    return Student(word_pieces(WORDS), BertModel(config, add_pooling_layer=False))
