"""Retrieval over a library of articles: BM25 and multilingual embeddings, one ranking.

    from index import Library, Retriever

    Library.open_or_create("my-library").add(["articles/"])
    for hit in Retriever.open("my-library").search("who mediated the ceasefire?"):
        print(hit.rank, hit.passage.article.label, hit.passage.text)

Names are imported when they are first used, so that ``import index`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.errors import KutipError as KutipError
    from index.library import Library as Library
    from index.reading import Changes as Changes
    from index.retriever import Retriever as Retriever
    from index.types import Article as Article
    from index.types import Encoder as Encoder
    from index.types import Filters as Filters
    from index.types import Hit as Hit
    from index.types import Passage as Passage
    from index.types import Span as Span

_HOME = {
    "Article": "index.types",
    "Changes": "index.reading",
    "Encoder": "index.types",
    "Filters": "index.types",
    "Hit": "index.types",
    "KutipError": "index.errors",
    "Library": "index.library",
    "Passage": "index.types",
    "Retriever": "index.retriever",
    "Span": "index.types",
}

__all__ = sorted(_HOME)  # noqa: PLE0605 - one list of the names, not two


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
