"""An assistant with made-up answers, whose every step waits until a test lets it go on."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType, SimpleNamespace
from typing import Any

from index.errors import InputError
from index.query import Query
from index.types import Article, Filters, Hit, Mode, Passage, Span
from qa.types import Answer, Quote, Turn, Verdict

BEFORE = (
    "Pertempuran di Nagorno-Karabakh kembali pecah pada Jumat, menjelang perundingan di Moskow."
)
SENTENCE = "Gencatan senjata itu ditengahi oleh Rusia pada November 2020."
AFTER = "Kedua pihak akan bertemu lagi di Rusia."
FILLER = "\n\n".join(f"Paragraf {n}: warga kota kembali ke rumah mereka." for n in range(3, 30))

KREMLIN = Article(
    id="kremlin.txt",
    text=f"{BEFORE}\n\n{AFTER} {SENTENCE}\n\n{FILLER}",
    lang="id",
    sha256="0" * 64,
    title="Kremlin desak Armenia-Azerbaijan hentikan pertempuran",
    source="Antara",
    published="2022-09-20",
    path="/articles/kremlin.txt",
)
HOSTILE = Article(
    id="hostile.txt",
    text="[/b][red]Judul[/red] \x1b[31mmerah\x1b[0m \u202eterbalik\u202c [@click=app.quit]klik[/]",
    lang="en",
    sha256="1" * 64,
    title="[bold]Not bold[/bold] \x1b]0;title\x07",
)


def quote(article: Article, text: str, *lit: str, number: int = 1) -> Quote:
    """A quote of ``article``, found by words and meaning."""
    start = article.text.index(text)
    span = Span(start, start + len(text))
    places = sorted((article.text.index(word, start), len(word)) for word in lit)
    hit = Hit(Passage(number - 1, article, span, number), number, 1.0 / number, 2, 1, 3.5, 0.8)
    return Quote(article, span, tuple(Span(at, at + n) for at, n in places), hit, 1.0 / number)


MEDIATED = (
    quote(KREMLIN, SENTENCE, "ditengahi", "Rusia", number=2),
    quote(KREMLIN, BEFORE, "Moskow", number=1),
)


def answer(question: str, quotes: tuple[Quote, ...] = MEDIATED, **changes: Any) -> Answer:
    """An answer to ``question``: answered when there are quotes."""
    made = Answer(
        question=question,
        asked_as=question,
        verdict=Verdict.ANSWERED if quotes else Verdict.NONE,
        confidence=0.9 if quotes else 0.05,
        mode="hybrid",
        quotes=quotes,
        claims=(),
        hits=tuple(quote.hit for quote in quotes),
        seconds=0.04,
    )
    return replace(made, **changes)


class FakeRetriever:
    """As much of a retriever as the chat uses."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self.mode: Mode = "hybrid"
        self.ready = False
        self.notes = ("the encoder is missing",)
        self.may_warm = threading.Event()

    @property
    def info(self) -> SimpleNamespace:
        return SimpleNamespace(path="/library")

    def warm(self) -> None:
        assert self.may_warm.wait(10)
        self.ready = True

    def idf(self, term: str, lang: str) -> float:
        return 2.0

    def passages(self, article_id: str) -> Sequence[str]:
        return self.article(article_id).text.split("\n\n")

    def article(self, article_id: str) -> Article:
        for article in self.articles:
            if article.id == article_id:
                return article
        raise InputError(f"no article {article_id!r}")

    def query(self, question: str) -> Query:
        origins = {"tengah": "mediated", "rusia": "Rusia"}
        return Query(
            question,
            "en",
            {"id": MappingProxyType(dict.fromkeys(origins, 1.0))},
            {"id": MappingProxyType(origins)},
        )


class FakeAssistant:
    """Answers everything with the same quotes, unless told otherwise."""

    def __init__(self, articles: Sequence[Article] = (KREMLIN, HOSTILE)) -> None:
        self.retriever = FakeRetriever(articles)
        self.retriever.may_warm.set()
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.answers: dict[str, Answer | Exception] = {}
        """Answers, or errors, by question."""
        self.asked: list[tuple[str, list[Turn], Mode | None, Filters | None]] = []

    def warm(self) -> None:
        self.retriever.warm()

    def ask(
        self,
        question: str,
        history: Sequence[Turn] | None = None,
        *,
        k: int = 10,
        mode: Mode | None = None,
        filters: Filters | None = None,
    ) -> Answer:
        if history is not None:  # the chat leaves it out when it tries suggestions
            self.asked.append((question, list(history), mode, filters))
            assert self.may_answer.wait(10)
        found = self.answers.get(question, answer(question))
        if isinstance(found, Exception):
            raise found
        return replace(found, mode=mode or self.retriever.mode)
