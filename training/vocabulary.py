"""Where the encoder starts: its base, with the word pieces that are needed most, and centred.

The base knows 250,000 pieces of a hundred languages, four fifths of its size. A piece that is left
out is read as the shorter pieces that it is made of (Abdaoui et al. 2020, "Load What You Need").

The base's vectors all lie in one corner: any two texts have a cosine above 0.7. What they have in
common is taken off, so that 0 means "unrelated" (Mu and Viswanath 2018, "All-but-the-Top").
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from unicodedata import normalize

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from training.base import WORDS, Base, body
from training.corpus import (
    read_encyclopedia,
    read_examples,
    read_news_articles,
    read_other_languages,
    read_pairs,
    read_rows,
)
from training.student import PASSAGE, QUESTION, Student
from training.tensors import eight_bit

SIZE = 54_000
"""Pieces that are kept: what the size of the shipped encoder leaves room for."""
MARKS = START, PAD, END, UNKNOWN = "<s>", "<pad>", "</s>", "<unk>"
"""Marks at the head of the pieces."""
START_CHECKPOINT = "start.pt"
TAUGHT, OTHER, GENERAL = 1.0, 0.2, 0.2
"""What a piece's share counts for: in Indonesian and English, in another language that the data
has text of, and in the text of all languages that the base was made from."""
COUNTED = ("tico19", "mozilla", "bitcoin_org", "docs_llm")
"""Sources of the other languages' text. The news of NTREX stay out: they judge."""
WORLD = {"jaquad_ja_dev": "ja", "arcd_ar_train": "ar", "cmrc2018_zh_dev": "zh"}
LETTER = 1e-6
"""A character that makes up this share of a language's text is kept whatever else is."""
SEED = 20261201
SAMPLE, LONGEST, BATCH = 400, 128, 32
"""For centring: texts of a kind, their pieces at most, and how many are read at a time."""
PART = 20_000
"""Texts that are split at a time."""
EVERY = 4
"""One in so many Wikipedia paragraphs is counted."""


def unigram(pieces: list[str], scores: Iterable[float]) -> Tokenizer:
    """A tokenizer that reads a text as its likeliest pieces (Kudo 2018, "Subword Regularization").

    Characters are read in their compatible form; capitals stay.
    """
    vocabulary = [(piece, round(float(s), 3)) for piece, s in zip(pieces, scores, strict=True)]
    made = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.index(UNKNOWN), byte_fallback=False))
    made.normalizer = normalizers.NFKC()
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    made.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}",
        special_tokens=[(mark, pieces.index(mark)) for mark in (START, END)],
    )
    made.add_special_tokens(list(MARKS))
    return made


def make_vocabulary(data: Path, out: Path) -> None:
    """Write ``tokenizer.json`` and ``start.pt``, the base with the pieces chosen, to ``out``."""
    base = Base.load()
    kept = chosen(base, needed(base, data))
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = unigram([base.pieces[row] for row in kept], base.scores[kept])
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    state = base.state | {WORDS: eight_bit(base.state[WORDS][torch.from_numpy(kept)])}
    student = Student(tokenizer, body(state))
    centre(student, data)
    torch.save({"model": student.model.state_dict()}, out / START_CHECKPOINT)
    print(f"{len(kept)} of {len(base.pieces)} pieces kept")


@torch.no_grad()
def centre(student: Student, data: Path) -> None:
    """Take what texts have in common off their vectors: half of it questions, in two languages.

    A text's vector is the mean of what the last layer norm puts out, so it comes off its bias.
    """
    rng = random.Random(SEED)
    pairs = rng.sample([pair for pair in read_pairs(data) if pair.human], SAMPLE)
    examples = rng.sample(read_examples(data, "idk_mrc_train"), SAMPLE)
    texts = [PASSAGE + text for pair in pairs for text in (pair.en, pair.id)]
    texts += [PASSAGE + example.context for example in examples]
    asked = [QUESTION + example.question for example in examples]
    means = []
    for part in (texts, asked):
        ids = sorted(student.ids(part, LONGEST), key=len)
        rows = [student.means(ids[at : at + BATCH]) for at in range(0, len(ids), BATCH)]
        means.append(torch.cat(rows).mean(0))
    last = f"encoder.layer.{student.model.config.num_hidden_layers - 1}.output.LayerNorm.bias"
    student.model.get_parameter(last).sub_((means[0] + means[1]) / 2)


def needed(base: Base, data: Path) -> NDArray[np.float64]:
    """How much each piece is needed: the largest of its weighted shares; 1 for letters."""
    tokenizer = unigram(base.pieces, base.scores)
    letters = {piece: row for row, piece in enumerate(base.pieces) if len(piece) == 1}
    need: NDArray[np.float64] = GENERAL * np.exp(base.scores.astype(float))
    for lang, texts in _texts(data):
        pieces: Counter[int] = Counter()
        characters: Counter[str] = Counter()
        for part in batched(texts, PART):
            for encoding in tokenizer.encode_batch(part, add_special_tokens=False):
                pieces.update(encoding.ids)
            characters.update(normalize("NFKC", "".join(part)))
        share = np.zeros(len(need))
        share[list(pieces)] = list(pieces.values())
        share *= (TAUGHT if lang in {"en", "id"} else OTHER) / share.sum()
        np.maximum(need, share, out=need)
        fewest = LETTER * characters.total()
        common = [letters[c] for c, n in characters.items() if n >= fewest and c in letters]
        need[common] = 1.0
    return need


def chosen(base: Base, need: NDArray[np.float64], size: int = SIZE) -> NDArray[np.int64]:
    """Numbers of the pieces to keep, in the base's order."""
    order = np.argsort(-need[len(MARKS) :], kind="stable") + len(MARKS)
    return np.sort(np.concatenate([np.arange(len(MARKS)), order[: size - len(MARKS)]]))


def batched(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    """The texts, ``size`` at a time."""
    rest = iter(texts)
    while part := list(islice(rest, size)):
        yield part


def _texts(data: Path) -> Iterator[tuple[str, Iterable[str]]]:
    """Text of each language, for counting."""
    pairs = read_pairs(data)
    yield "en", (pair.en for pair in pairs)
    yield "id", (pair.id for pair in pairs)
    yield "id", (text for _, _, texts in read_news_articles(data) for text in texts)
    wiki = (text for _, _, texts in read_encyclopedia(data) for text in texts)
    yield "id", (text for number, text in enumerate(wiki) if number % EVERY == 0)
    for source in COUNTED:
        for lang, rows in read_other_languages(data, source).items():
            yield lang, (other for _, other in rows)
    for name, lang in WORLD.items():
        yield lang, (row["context"] for row in read_rows(data, name))
