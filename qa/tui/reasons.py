"""Why a passage came up, in words that can be checked by eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.tokens import token_terms, tokens
from index.types import Hit
from qa.render import safe
from qa.words import FUNCTION_WORDS

if TYPE_CHECKING:
    from index.query import Query
    from index.retriever import Retriever

_MOST = 4
"""Words named of each sort: the rarest ones."""


def why(retriever: Retriever | None, asked_as: str, hit: Hit) -> str:
    """The shared words, translations or synonyms, and the ranks of a hit, on one line.

    Without a retriever, as for a conversation whose library is not open, only the ranks.
    """
    parts = []
    if retriever:
        query = retriever.query(asked_as)
        same, other = _shared(retriever, query, hit)
        if same:
            parts.append(f"same words: {', '.join(same)}")
        if other:
            words = (f"{asked} → {found}" for asked, found in other)
            alike = query.lang == hit.passage.article.lang
            parts.append(f"{'like words' if alike else 'translated'}: {', '.join(words)}")
    if hit.lexical_rank:
        parts.append(f"no. {hit.lexical_rank} by words")
    if hit.dense_rank:
        parts.append(f"no. {hit.dense_rank} by meaning")
    return safe(" · ".join(parts))


def _shared(
    retriever: Retriever, query: Query, hit: Hit
) -> tuple[list[str], list[tuple[str, str]]]:
    """Words of the passage that the question holds too, and those that mean one of its."""
    lang = hit.passage.article.lang
    terms, origins = query.terms.get(lang, {}), query.origins.get(lang, {})
    found: dict[str, tuple[float, str, str]] = {}
    for word in tokens(hit.passage.text):
        for term in token_terms(word.text, lang):
            origin = origins.get(term)
            if origin is None or origin.casefold() in FUNCTION_WORDS or term in found:
                continue
            weight = terms.get(term, 0.0) * retriever.idf(term, lang)
            found[term] = (weight, origin, word.text)
    same: dict[str, None] = {}
    translated: dict[str, str] = {}
    for _, origin, text in sorted(found.values(), key=lambda item: -item[0]):
        if set(token_terms(origin, lang)) & set(token_terms(text, lang)):
            same.setdefault(text)
        else:
            translated.setdefault(origin, text)
    return list(same)[:_MOST], list(translated.items())[:_MOST]
