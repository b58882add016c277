"""The articles of a set as a library stores them, without building one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.source import Source
from index.errors import InputError
from index.sources import Skipped, find, read
from index.types import Article

if TYPE_CHECKING:
    from index.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Stored:
    """Articles to look up, or to go through one by one."""

    find: Callable[[str], Article | None]
    """By id; ``None`` when there is none."""
    articles: Iterable[Article]
    """In no special order."""


@contextmanager
def stored(source: Source) -> Iterator[Stored]:
    """The cleaned articles of a set. Raises ``InputError`` or ``LibraryError``."""
    if source.library is not None:
        from index.retriever import Retriever

        retriever = Retriever.open(source.library)
        yield Stored(lookup(retriever), retriever.articles)
        return
    with tempfile.TemporaryDirectory(prefix="qa-eval-") as folder:
        roots = source.lay(Path(folder))
        items = (item for found in find(roots) for item in read(*found))
        known = {item.id: item for item in items if not isinstance(item, Skipped)}
        if not known:
            raise InputError(f"{', '.join(map(str, roots))}: no article in there")
        yield Stored(known.get, known.values())


def lookup(retriever: Retriever) -> Callable[[str], Article | None]:
    """A function from an id to the article of a library, ``None`` when there is none."""

    def found(article: str) -> Article | None:
        try:
            return retriever.article(article)
        except InputError:
            return None

    return found
