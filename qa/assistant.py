"""From a question to an answer: the one place where the parts of answering meet."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from index.errors import EncoderError, InputError
from index.types import UNKNOWN_LANG, Encoder, Filters, Hit, Mode
from qa import asked, scoring
from qa.asked import Asked
from qa.claims import claimed
from qa.features import cosines_for, describe
from qa.followup import FAVOURED, favour, resolve
from qa.quotes import Ranked, choose, promote, rank
from qa.smalltalk import small_talk
from qa.speakers import spoken
from qa.types import Answer, Claim, Quote, Turn, Verdict
from qa.verdict import evidence, judge

if TYPE_CHECKING:
    from index.retriever import Retriever
    from qa.reader import Reader

QUESTION_MAX = 2000
"""Longest question, in code points."""
READ = 8
"""From how many of the best passages the quotes are taken."""
OF_THE_ENCODER = frozenset(
    "ar az de en es fa fr hi hy id it ja ko ms nl pl pt ru sv th tl tr uk vi zh".split()
)
"""Languages in which the bundled encoder finds the translation of nine in ten news sentences, from
English and back: its model card has the table."""
TAUGHT = ("en", "id", "ms")
"""Languages, of these, that the other models know questions in. Malay is near enough."""


class _Found(NamedTuple):
    """What came of the passages that a search found."""

    hits: Sequence[Hit] = ()
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()
    verdict: Verdict = Verdict.NONE
    confidence: float = 0.0


class Assistant:
    """Answers questions from one library. Safe to share between threads."""

    def __init__(self, retriever: Retriever, *, reader: bool = True) -> None:
        """``reader=False`` chooses quotes without the bundled reader: faster, less often right."""
        self.retriever = retriever
        self._wanted = reader
        self._unread: str | None = None

    @classmethod
    def open(
        cls, path: str | Path, encoder: Encoder | str | None = None, *, reader: bool = True
    ) -> Assistant:
        """Open the library at ``path``; raises what ``Retriever.open`` raises."""
        from index.retriever import Retriever  # numpy and faiss come with it

        return cls(Retriever.open(path, encoder=encoder), reader=reader)

    def warm(self) -> None:
        """Load every model now, so that the first question need not wait for it."""
        self.retriever.warm()
        self._reader()

    def ask(
        self,
        question: str,
        history: Sequence[Turn | str] = (),
        *,
        k: int = 10,
        mode: Mode | None = None,
        filters: Filters | None = None,
    ) -> Answer:
        """Answer ``question``; ``history`` is the conversation before it, oldest first.

        ``k`` passages come back as hits. ``mode=None`` searches with every arm the library has.
        Raises ``InputError`` for an empty question, one longer than ``QUESTION_MAX``, or ``k < 1``.
        """
        began = time.perf_counter()
        question = _checked(question)
        if k < 1:
            raise InputError(f"k is {k}; ask for at least 1 passage")
        asked_as = resolve(question, history)
        found = _Found()
        ran = mode or self.retriever.mode
        talk = small_talk(asked_as)
        notes = [talk.value] if talk else []
        if not talk:
            follows = asked_as != question
            depth = max(k, FAVOURED if follows else READ)
            # It loads while the search does the same with the encoder.
            Thread(target=self._reader, daemon=True).start()
            hits = self.retriever.search(asked_as, depth, mode=mode, filters=filters)
            hits = favour(hits, history) if follows else hits
            ran = mode or self.retriever.mode  # loading the encoder may have failed just now
            reading = asked.read(asked_as, self.retriever, typed=question)
            found = self._answer(reading, hits, ran)
            notes = self._notes(reading, ran)
        return Answer(
            question=question,
            asked_as=asked_as,
            verdict=found.verdict,
            confidence=found.confidence,
            mode=ran,
            quotes=found.quotes,
            claims=found.claims,
            hits=tuple(found.hits[:k]),
            seconds=time.perf_counter() - began,
            notes=(*self.retriever.notes, *notes),
        )

    def _answer(self, reading: Asked, hits: Sequence[Hit], ran: Mode) -> _Found:
        if not hits or not reading.words or (reading.lang == UNKNOWN_LANG and not reading.heard):
            return _Found(hits)
        best = hits[:READ]
        cosines = cosines_for(reading, self.retriever, ran)
        reader = self._reader()
        readings = None
        if reader:
            said = self.retriever.query(reading.text).translations
            texts = [hit.passage.text for hit in best]
            asked_in = [said.get(hit.passage.article.lang) for hit in best]
            readings = reader.read(reading.text, texts, asked_in)
        models = scoring.load()
        weights = models.weights(cosines=cosines is not None, reader=reader is not None)
        ranked = rank(describe(reading, best, cosines, readings), weights.sentence)
        ranked, hits = promote(ranked, hits)
        judged: Sequence[Ranked] = ranked
        if cosines is not None and self.retriever.info.encoder != models.encoder:
            weights = models.weights(cosines=False, reader=reader is not None)
            judged = [Ranked(weights.sentence.score(c.features), c) for _, c in ranked]
        verdict, confidence = judge(evidence(judged, hits), weights)
        quotes = () if verdict is Verdict.NONE else choose(ranked)
        claims: tuple[Claim, ...] = ()
        if verdict is Verdict.ANSWERED:
            quotes, claims = claimed(reading, ranked)
        return _Found(hits, spoken(quotes), claims, verdict, confidence)

    def _reader(self) -> Reader | None:
        """The bundled reader; ``None`` when it is not wanted or cannot be loaded."""
        if not self._wanted or self._unread:
            return None
        from qa.reader import Reader

        try:
            return Reader.load()
        except EncoderError as error:
            self._unread = str(error)
            return None

    def _notes(self, reading: Asked, ran: Mode) -> list[str]:
        """What the reader should know about this answer."""
        if not self.retriever.articles:
            return ["the library is empty; add articles to it"]
        if not reading.words:
            return ["the question does not say what it is about; name somebody or something"]
        notes = [self._unread] if self._unread else []
        fitted = self.retriever.info.encoder == scoring.load().encoder
        if reading.lang == UNKNOWN_LANG:
            notes.append("the language of the question was not recognised")
        elif ran != "lexical" and fitted and reading.lang not in OF_THE_ENCODER:
            notes.append(
                "the bundled encoder is weak, or was not measured, in the question's language, "
                f"{reading.lang!r}: it may miss passages ('--encoder' takes a larger model)"
            )
        elif ran != "lexical" and fitted and reading.lang not in TAUGHT:
            notes.append(
                f"a question in {reading.lang!r} finds passages, but they are seldom called an "
                "answer: the bundled reader knows questions in English and Indonesian"
            )
        if not reading.heard:
            notes.append("no word of the question was found in the articles")
        if ran != "lexical" and not fitted:
            notes.append(
                "how sure an answer is was not measured with this encoder: its words alone decide"
            )
        return notes


def _checked(question: str) -> str:
    question = question.strip()
    if not question:
        raise InputError("the question is empty; type a question")
    if len(question) > QUESTION_MAX:
        raise InputError(
            f"the question has {len(question):,} characters; shorten it to {QUESTION_MAX:,}"
        )
    return question
