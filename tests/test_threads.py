"""Threads may share a retriever and an assistant from the first question on, while others write."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest

from index import Library, Retriever, store
from qa import Assistant
from qa.testing import FakeEncoder, make_library

THREADS = 8
QUESTIONS = (
    "siapa yang menengahi gencatan senjata?",
    "berapa harga beras di Surabaya?",
    "kapan gempa mengguncang Lombok?",
    "who mediated the ceasefire?",
)
TEXTS = {
    "a.txt": "Rusia menengahi gencatan senjata di perbatasan pada Selasa malam.\n",
    "b.txt": "Harga beras naik di pasar Surabaya pada hari Senin.\n",
    "c.txt": "Gempa mengguncang Lombok kemarin pagi. Warga berlari keluar rumah.\n",
}

Value = TypeVar("Value")


def at_once(work: Callable[[str], Value]) -> list[list[Value]]:
    """What ``work`` makes of all questions, by thread; the threads begin together."""
    barrier = Barrier(THREADS)

    def run(first: int) -> list[Value]:
        turned = [*QUESTIONS[first % 4 :], *QUESTIONS[: first % 4]]
        barrier.wait(timeout=30)
        found = {question: work(question) for question in turned}
        return [found[question] for question in QUESTIONS]

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power is lost in a test: nothing has to wait for the disk."""
    monkeypatch.setattr(store, "_flush", lambda _: None)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return make_library(tmp_path, TEXTS)


def opened(library: Path) -> Retriever:
    return Retriever.open(library, encoder=FakeEncoder())


def test_one_retriever(library: Path) -> None:
    alone = opened(library).search_many(QUESTIONS)
    assert at_once(opened(library).search) == [alone] * THREADS


def test_one_assistant(library: Path) -> None:
    def told(assistant: Assistant, question: str) -> dict[str, object]:
        return {**assistant.ask(question).to_dict(), "seconds": None}

    alone, shared = Assistant(opened(library)), Assistant(opened(library))
    expected = [told(alone, question) for question in QUESTIONS]
    assert at_once(lambda question: told(shared, question)) == [expected] * THREADS


def test_readers_beside_a_writer(library: Path) -> None:
    """A snapshot does not change under its readers, and one that is opened now is whole."""
    kept = opened(library)
    expected = kept.search_many(QUESTIONS)
    writer = Library.open(library, FakeEncoder())
    more = library.parent / "articles" / "d.txt"

    def write() -> None:
        for turn in range(6):
            more.write_text(f"Banjir melanda Semarang untuk kali ke-{turn}.\n")
            writer.sync()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while not writing.done():
            assert kept.search_many(QUESTIONS) == expected
            found = opened(library).search("banjir Semarang", mode="lexical")
            assert [hit.passage.article.id for hit in found] in ([], ["d.txt"])
        writing.result()
    assert opened(library).search("banjir Semarang")[0].passage.text.endswith("ke-5.")


def test_search_many_is_search_for_each(library: Path) -> None:
    retriever = opened(library)
    assert retriever.search_many([], k=1) == []
    assert retriever.search_many(QUESTIONS, 1, mode="lexical") == [
        retriever.search(question, 1, mode="lexical") for question in QUESTIONS
    ]
