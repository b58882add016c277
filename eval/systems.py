"""The systems that are compared: ways of searching one library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from eval.arms import minmax, reciprocal, reordered, shipped, without_sentences
from eval.outside import MINILM, Search, bm25s, minilm, named, over_passages, rank_bm25, version_of
from eval.uncleaned import uncleaned
from index.errors import InputError

if TYPE_CHECKING:
    from eval.bench import Bench
    from eval.outside import Make
    from index.retriever import Retriever
    from index.types import Mode

WITHOUT = "-no-lexicon"
UNSTEMMED = "-no-stemming"


@dataclass(frozen=True, slots=True)
class System:
    """One way of searching, and where it can also answer, of answering."""

    name: str
    meaning: str
    search: Callable[[Bench], Search]
    """Sets it up for a library. ``InputError`` when it cannot be."""
    mode: Mode | None = None
    """How its assistant searches; ``None`` when it only ranks."""
    lexicon: bool = True
    cleaning: bool = True
    """Whether the library it searches holds cleaned articles, as that of the set does."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """What else its ``Assistant`` is made with."""
    vectors: bool = True
    """Whether the library needs vectors for it."""
    version: str | None = None
    """Of a system from outside, which may not bear several threads: a digest of its code."""

    def bench(self, bench: Bench) -> Bench:
        """The set as it is put to this system. ``InputError`` when it cannot be."""
        return bench if self.cleaning else uncleaned(bench)

    def retriever(self, bench: Bench) -> Retriever:
        """The library of its own bench, as its assistant sees it."""
        return bench.opened(lexicon=self.lexicon)


def system(name: str) -> System:
    """The system of that name: one of ``NAMES``, or ``MODULE:FUNCTION`` (see ``eval.outside``).

    Raises ``InputError``.
    """
    if ":" in name:
        make = named(name)
        return _outside(name, "yours", make, version_of(make))
    if name not in NAMES:
        raise InputError(
            f"no system is called {name!r}; there are: {', '.join(NAMES)}, MODULE:FUNCTION"
        )
    return _SYSTEMS[name]


def _own(name: str, meaning: str, mode: Mode, *, lexicon: bool = True, **options: Any) -> System:
    def search(bench: Bench) -> Search:
        return shipped(bench.opened(lexicon=lexicon), mode)

    vectors = mode != "lexical"
    return System(name, meaning, search, mode, lexicon, options=options, vectors=vectors)


def _unstemmed(name: str, meaning: str, mode: Mode, *, lexicon: bool = True) -> System:
    def search(bench: Bench) -> Search:
        return shipped(bench.opened(lexicon=lexicon, stems=False), mode)

    return System(f"{name}{UNSTEMMED}", meaning, search, vectors=mode != "lexical")


def _outside(name: str, meaning: str, make: Make, version: str = "package") -> System:
    def search(bench: Bench) -> Search:
        return over_passages(bench, make, name)

    return System(name, meaning, search, vectors=False, version=version)


_SYSTEMS = {
    one.name: one
    for one in (
        _own("lexical", "BM25 with lexicon and translator", "lexical"),
        _own("dense", "the encoder, beside the question its translation", "dense"),
        _own("hybrid", "both, as shipped", "hybrid"),
        _own(f"lexical{WITHOUT}", "BM25 by itself", "lexical", lexicon=False),
        _own(f"dense{WITHOUT}", "the encoder, the question as it is", "dense", lexicon=False),
        _own(f"hybrid{WITHOUT}", "the hybrid without translations", "hybrid", lexicon=False),
        _unstemmed(
            f"lexical{WITHOUT}",
            "BM25 by itself, of words as they stand: case and accents folded, no stems",
            "lexical",
            lexicon=False,
        ),
        _unstemmed(
            "lexical",
            "BM25 of words as they stand; the lexicon gives stems, which only find words that are"
            " their own stem",
            "lexical",
        ),
        _unstemmed("hybrid", "the hybrid with such words and such a lexicon", "hybrid"),
        System(
            "hybrid-no-cleaning",
            "the hybrid over the pages as they were, web clutter included",
            lambda bench: shipped(bench.opened(), "hybrid"),
            mode="hybrid",
            cleaning=False,
        ),
        _own(
            "hybrid-noreader",
            "the hybrid; quotes chosen without the reader",
            "hybrid",
            reader=False,
        ),
        System(
            "hybrid-read",
            "the hybrid, the passages read put in the order of what was found in them",
            lambda bench: reordered(bench.opened()),
        ),
        System(
            "hybrid-rrf",
            "both arms, reciprocal rank fusion",
            lambda bench: reciprocal(bench.opened()),
        ),
        System(
            "hybrid-minmax",
            "both arms, mean of min-max scores",
            lambda bench: minmax(bench.opened()),
        ),
        System(
            "dense-no-sentences",
            "the encoder, whole passages only",
            lambda bench: without_sentences(bench.opened(), "dense"),
        ),
        System(
            "hybrid-no-sentences",
            "the hybrid, whole passages only",
            lambda bench: without_sentences(bench.opened(), "hybrid"),
        ),
        _outside("rank_bm25", "BM25Okapi as it comes, split at spaces", rank_bm25),
        _outside("bm25s", "bm25s as it comes", bm25s),
        System(MINILM, "that model alone", minilm, vectors=False, version="package"),
    )
}
NAMES = tuple(_SYSTEMS)
"""What ``--system`` takes, beside ``MODULE:FUNCTION``."""
MEANINGS = {name: one.meaning for name, one in _SYSTEMS.items()}
