"""Gives the English encoder Indonesian word pieces, started from the English they align with."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, trainers

from training.alignment import Table, align
from training.corpus import Pair, read_examples, read_pairs, sample_pairs
from training.teacher import teacher_model, teacher_tokenizer

SEED = 20261120
LONGEST = 40
"""Sentences are cut to this many pieces before alignment: it costs length times length."""
RAREST = 4
"""A new piece must occur this often in the parallel text, else nothing teaches its vector."""
SHARPNESS = 1.5
"""Alignment probabilities are raised to this power before averaging, to favour the best links."""
PRIOR_WEIGHT = 0.5
"""Expected links that a new piece's English spelling counts for in its starting vector."""


def extend_tokenizer(base: Tokenizer, pairs: list[Pair], texts: Iterable[str]) -> Tokenizer:
    """``base`` with its pieces in place, and new ones for Indonesian behind them."""
    learner = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    learner.normalizer, learner.pre_tokenizer = base.normalizer, base.pre_tokenizer
    trainer = trainers.WordPieceTrainer(
        vocab_size=26000,
        min_frequency=RAREST,
        special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
        continuing_subword_prefix="##",
        show_progress=False,
    )
    learner.train_from_iterator([*(pair.id for pair in pairs), *texts], trainer)
    learnt = learner.get_vocab()
    known = base.get_vocab()
    candidates = [piece for piece in sorted(learnt, key=learnt.__getitem__) if piece not in known]
    trial = _with_pieces(base, candidates)
    seen = Counter(i for ids in _encode(trial, [pair.id for pair in pairs], 512) for i in ids)
    new = trial.get_vocab()
    return _with_pieces(base, [piece for piece in candidates if seen[new[piece]] >= RAREST])


def align_pieces(base: Tokenizer, extended: Tokenizer, pairs: list[Pair]) -> Table:
    """Links from extended pieces (source) to English pieces (target)."""
    english = _encode(base, [pair.en for pair in pairs], LONGEST)
    indonesian = _encode(extended, [pair.id for pair in pairs], LONGEST)
    return align(indonesian, english, [1.0 if pair.human else 0.5 for pair in pairs])


def start_vectors(
    table: Table, base: Tokenizer, extended: Tokenizer, vectors: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Rows for all pieces of ``extended``: the old ones unchanged, the new ones averaged.

    A new piece starts as the mean of the English pieces that it aligns with, weighted by
    p(English | piece), mixed with the mean of its own spelling in English pieces.
    """
    old, size = len(vectors), extended.get_vocab_size()
    weights = table.forward**SHARPNESS
    matrix = scipy.sparse.csr_matrix((weights, (table.source, table.target)), shape=(size, old))
    total = np.asarray(matrix.sum(1)).ravel()
    aligned = (matrix @ vectors) / np.maximum(total, 1e-12)[:, None]
    count = np.bincount(table.source, weights=table.count, minlength=size)
    trust = (count / (count + PRIOR_WEIGHT) * (total > 0))[:, None]
    start = np.zeros((size, vectors.shape[1]), np.float32)
    start[:old] = vectors
    pieces = [str(extended.id_to_token(i)).removeprefix("##") for i in range(old, size)]
    spelt = _encode(base, pieces, 64)
    spelling = np.array([vectors[ids].mean(0) for ids in spelt])
    start[old:] = trust[old:] * aligned[old:] + (1 - trust[old:]) * spelling
    return start


def make_vocabulary(data: Path, out: Path) -> None:
    """Write ``tokenizer.json`` and ``start.npy`` to ``out``."""
    base = teacher_tokenizer()
    vectors = teacher_model().embeddings.word_embeddings.weight.detach().numpy()
    pairs = list(dict.fromkeys(sample_pairs(read_pairs(data), machine=15000, seed=SEED)))
    examples = [
        example
        for name in ("idk_mrc_train", "tydiqa_id_goldp_train", "facqa_train")
        for example in read_examples(data, name)
    ]
    texts = {text for example in examples for text in (example.question, example.context)}
    extended = extend_tokenizer(base, pairs, sorted(texts))
    table = align_pieces(base, extended, pairs)
    start = start_vectors(table, base, extended, vectors)
    out.mkdir(parents=True, exist_ok=True)
    extended.save(str(out / "tokenizer.json"))
    np.save(out / "start.npy", start)
    print(f"{len(start) - len(vectors)} new pieces from {len(pairs)} pairs, {len(start)} in all")


def _with_pieces(base: Tokenizer, pieces: list[str]) -> Tokenizer:
    """``base`` with ``pieces`` appended to its vocabulary as ordinary word pieces."""
    state = json.loads(base.to_str())
    vocabulary = state["model"]["vocab"]
    vocabulary |= {piece: len(vocabulary) + i for i, piece in enumerate(pieces)}
    state["truncation"] = state["padding"] = None
    return Tokenizer.from_str(json.dumps(state))


def _encode(tokenizer: Tokenizer, texts: list[str], longest: int) -> list[list[int]]:
    encoded = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [encoding.ids[:longest] for encoding in encoded]
