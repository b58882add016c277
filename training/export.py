"""Turns a trained student into the bundled encoder, and a trained reader into the bundled one.

The encoder's directory is a sentence-transformers model, and beside it an ONNX graph over the same
file of weights, for running without torch. The reader's holds a graph for each of its networks, and
the word pieces and their embeddings, which they share.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from index.arrays import write_array
from training.base import WORDS
from training.graph import Graph
from training.reader import ANSWER_MAX, LONGEST_QUESTION, Reader
from training.smoothing import sample, smoothing
from training.student import PASSAGE, QUESTION, Student
from training.tensors import SPREAD, Place, find_tensor, write_tensors
from training.vocabulary import END, PAD, START, UNKNOWN

NAME = "kutip-encoder-2"
READER_NAME = "kutip-reader-2"
PROMPTS = {"query": QUESTION, "document": PASSAGE}
"""As sentence-transformers calls them."""
LONGEST = 256
"""Pieces that the encoder reads of a text."""
READER_LONGEST = 384
"""Pieces that the reader reads of a question and a paragraph together."""
TENSORS, SMOOTHING, WORDS_FILE = "model.safetensors", "smoothing.npy", "words.safetensors"
_MODULES = "sentence_transformers.models"


def export(student: Student, out: Path) -> None:
    """Write the encoder's files to the directory ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    config = student.model.config
    weights = spread_weights(student.model.state_dict())
    replace(out / TENSORS, lambda part: write_tensors(small_tensors(weights), part))
    words = find_tensor(out / TENSORS, WORDS)
    graph = _graph(weights, config)
    factors = smoothing(student, sample())
    rows = torch.stack(list(factors.values())).numpy()
    replace(out / SMOOTHING, lambda part: write_array(part, rows))
    model = graph.encoder(config.num_hidden_layers, LONGEST, words, list(factors))
    replace(out / "model.onnx", lambda part: part.write_bytes(model.SerializeToString()))
    _write_tokenizer(student.tokenizer, out)
    digest = hashlib.sha256((out / "model.onnx").read_bytes())
    digest.update((out / TENSORS).read_bytes())
    digest.update((out / SMOOTHING).read_bytes())
    about = {
        "name": f"{NAME}-{digest.hexdigest()[:8]}",
        "dim": config.hidden_size,
        "longest": LONGEST,
        "marks": [START, END],
        "prompts": PROMPTS,
        "maps": graph.maps,
    }
    _write(out / "model.json", about)
    for name, value in sentence_transformers_files(student).items():
        _write(out / name, value)


def export_reader(readers: Sequence[Reader], even: float, out: Path) -> None:
    """Write the reader, of one network or more.

    ``even`` is the log-odds from which its answers are taken, see ``training.reader.even_odds``.
    Raises ``ValueError`` when the networks have different word embeddings.
    """
    words = [_eight_bit_words(reader) for reader in readers]
    if not all(torch.equal(words[0].view(torch.uint8), w.view(torch.uint8)) for w in words):
        raise ValueError("the reader's networks were trained with different word embeddings")
    out.mkdir(parents=True, exist_ok=True)
    replace(out / WORDS_FILE, lambda part: write_tensors({WORDS: words[0]}, part))
    _write_tokenizer(readers[0].tokenizer, out)
    place = find_tensor(out / WORDS_FILE, WORDS)
    graphs = {network_file(n): _network(reader, place) for n, reader in enumerate(readers, 1)}
    digest = hashlib.sha256((out / WORDS_FILE).read_bytes())
    for file, graph in graphs.items():
        replace(out / file, partial(Path.write_bytes, data=graph))
        digest.update(graph)
    about = {
        "name": f"{READER_NAME}-{digest.hexdigest()[:8]}",
        "networks": list(graphs),
        "longest": READER_LONGEST,
        "longest_question": LONGEST_QUESTION,
        "longest_answer": ANSWER_MAX,
        "even": round(even, 3),
        "marks": [START, END],
    }
    _write(out / "model.json", about)


def network_file(number: int) -> str:
    """Name of the file of one of the reader's networks; they are numbered from 1."""
    return f"network{number}.onnx"


def _network(reader: Reader, words: Place) -> bytes:
    state = reader.state_dict()
    body = {name.removeprefix("body."): state[name] for name in state if name.startswith("body.")}
    head = {name: value for name, value in state.items() if name.startswith("head.")}
    config = reader.body.config
    graph = _graph(spread_weights(body) | head, config)
    model = graph.reader(config.num_hidden_layers, READER_LONGEST, words)
    data: bytes = model.SerializeToString()
    return data


def _eight_bit_words(reader: Reader) -> Tensor:
    words = reader.body.embeddings.word_embeddings.weight.detach()
    return (words * SPREAD).to(torch.float8_e4m3fn)


def _write_tokenizer(tokenizer: Tokenizer, out: Path) -> None:
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)


def replace(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside ``path``, then put it in its place: programs that have the old one
    mapped into memory keep it."""
    part = path.with_name(path.name + ".part")
    write(part)
    part.replace(path)


def _graph(weights: dict[str, Tensor], config: Any) -> Graph:
    arrays = {name: tensor.float().numpy() for name, tensor in weights.items()}
    return Graph(arrays, config.num_attention_heads, config.layer_norm_eps)


def spread_weights(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights by the names of ``transformers.BertModel``, the embeddings spread."""
    return {
        name: value * SPREAD if name.endswith("_embeddings.weight") else value
        for name, value in weights.items()
    }


def small_tensors(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Matrices as eight-bit floats; vectors as they are.

    The pooler of BERT, which nothing uses, is there because the model is not complete without.
    """
    dim = weights[WORDS].shape[1]
    pooler = {"pooler.dense.weight": torch.zeros(dim, dim), "pooler.dense.bias": torch.zeros(dim)}
    return {
        name: tensor.to(torch.float8_e4m3fn) if tensor.ndim == 2 else tensor
        for name, tensor in (weights | pooler).items()
    }


def sentence_transformers_files(student: Student) -> dict[str, Any]:
    """What a sentence-transformers model directory says about itself: file name to JSON value."""
    config = student.model.config
    kept: tuple[str, ...] = (
        "hidden_size",
        "intermediate_size",
        "layer_norm_eps",
        "max_position_embeddings",
    )
    kept += ("num_attention_heads", "num_hidden_layers", "type_vocab_size", "vocab_size")
    modules = [
        ("0", "", "Transformer"),
        ("1", "1_Pooling", "Pooling"),
        ("2", "2_Normalize", "Normalize"),
    ]
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_act": "gelu",
            "pad_token_id": 1,
            **{name: getattr(config, name) for name in kept},
        },
        "modules.json": [
            {"idx": int(index), "name": index, "path": path, "type": f"{_MODULES}.{kind}"}
            for index, path, kind in modules
        ],
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": config.hidden_size,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": LONGEST,
            "bos_token": START,
            "eos_token": END,
            "unk_token": UNKNOWN,
            "pad_token": PAD,
        },
    }


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n", "utf-8")
