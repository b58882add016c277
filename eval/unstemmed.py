"""The library asked by its words as they stand: no stems, only case and accents folded.

The lexicon's table is made of stems. It is still asked by the stem of a word, and its translations
are still stems, which now find only the words of the articles that are their own stem; those of the
translator are words as they stand. A lexicon learnt from whole words might do better, so what
stemming alone brings is seen without the lexicon.
"""

from __future__ import annotations

from index.bm25 import freeze
from index.lexical import LexicalIndex
from index.query import Query, read_question
from index.retriever import Retriever
from index.snapshot import Snapshot
from index.tokens import terms, token_terms
from index.types import Encoder

_NO_LANGUAGE = ""
"""What ``index.tokens`` has no stemmer for."""


class Unstemmed(Retriever):
    """A library whose word index is made anew, in memory, and asked without stems.

    Only its rankings are meant for use: whatever chooses quotes compares stems.
    """

    def __init__(
        self, snapshot: Snapshot, encoder: Encoder | None = None, *, lexicon: bool = True
    ) -> None:
        passages = [snapshot.passage(number) for number in range(snapshot.manifest.passages)]
        columns = freeze(
            [terms(passage.text, _NO_LANGUAGE) for passage in passages],
            [passage.article.lang for passage in passages],
        )
        snapshot.lexical = LexicalIndex(columns, len(passages))
        super().__init__(snapshot, encoder, lexicon=lexicon)

    def query(self, question: str) -> Query:
        """How a question is read. Raises ``InputError`` when it is empty."""
        langs = super().query(question).terms
        return read_question(question, langs, self._lexicon, self._translator, unstemmed)


def unstemmed(token: str, _: str) -> tuple[str, ...]:
    """The terms of a token in any language: the whole before its parts, as they are written."""
    return token_terms(token, _NO_LANGUAGE)
