"""The systems that are compared: ways of searching one library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import InputError

if TYPE_CHECKING:
    from eval.bench import Bench
    from index.retriever import Retriever
    from index.types import Mode

WITHOUT = "-no-lexicon"
NAMES = ("lexical", "dense", "hybrid", "lexical" + WITHOUT, "hybrid" + WITHOUT)
"""What ``--system`` takes."""


@dataclass(frozen=True, slots=True)
class System:
    """One way of searching."""

    name: str
    mode: Mode
    lexicon: bool

    def retriever(self, bench: Bench) -> Retriever:
        """The library as this system sees it."""
        return bench.retriever if self.lexicon else bench.plain


def system(name: str) -> System:
    """The system of that name (see ``NAMES``)."""
    arms: dict[str, Mode] = {"lexical": "lexical", "dense": "dense", "hybrid": "hybrid"}
    if name not in NAMES:
        raise InputError(f"no system is called {name!r}; there are: {', '.join(NAMES)}")
    return System(name, arms[name.removesuffix(WITHOUT)], not name.endswith(WITHOUT))
