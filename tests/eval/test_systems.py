"""The systems beside Kutip's three arms: other fusions, baselines, and yours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import eval.outside
from eval.arms import minmax, reciprocal, without_sentences
from eval.bench import Bench, prepared
from eval.outside import MINILM
from eval.questions import Gold, Question
from eval.run import rank
from eval.source import Source
from eval.systems import system
from index.errors import InputError
from index.types import Article, Hit, Passage, Span
from qa.testing import FakeEncoder

FILES = {
    "harbour.txt": b"A new harbour was opened in Ambon. Seventy ships came on the first day.\n",
    "rice.txt": b"Rice is grown on the hills of Java. The harvest was good that year.\n",
    "train.txt": b"The old train left Bandung in 1994. It reached Jakarta at night.\n",
}
ASKED = Question("q1", "When did the old train leave Bandung?", "en", gold=(Gold("train.txt"),))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    source = Source("made-up", (ASKED,), "article", FILES)
    with prepared(source, FakeEncoder(), tmp_path / "cache") as ready:
        yield ready


def by_cosine(bench: Bench) -> tuple[str, ...]:
    """Ids of the articles, each one passage long, by the cosine of their text with ``ASKED``."""
    encoder = FakeEncoder()
    texts = {p.article.id: p.text for p in bench.passages()}
    near = encoder.encode_passages(list(texts.values())) @ encoder.encode_question(ASKED.text)
    return tuple(name for _, name in sorted(zip(-near, texts, strict=True)))


class Arms:
    """A retriever whose two arms say what they are told: passage numbers with scores."""

    def __init__(self, **arms: list[tuple[int, float]]) -> None:
        self.arms = arms

    def search(self, question: str, k: int, *, mode: str, filters: Any) -> list[Hit]:
        article = Article("a", "x" * 99, "en", "")
        return [
            Hit(Passage(n, article, Span(n, n + 1), n + 1), place, score, None, None)
            for place, (n, score) in enumerate(self.arms[mode], start=1)
        ]


def test_reciprocal_rank_fusion_worked_by_hand() -> None:
    arms: Any = Arms(lexical=[(4, 9.0), (7, 8.0)], dense=[(7, 0.9), (2, 0.8), (4, 0.1)])
    # 7: 1/62 + 1/61; 4: 1/61 + 1/63; 2: 1/62
    assert [p.number for p in reciprocal(arms)(ASKED, 10)] == [7, 4, 2]
    assert [p.number for p in reciprocal(arms)(ASKED, 1)] == [7]
    level: Any = Arms(lexical=[(5, 1.0)], dense=[(3, 1.0)])
    assert [p.number for p in reciprocal(level)(ASKED, 10)] == [3, 5]


def test_min_max_fusion_worked_by_hand() -> None:
    arms: Any = Arms(lexical=[(1, 10.0), (2, 6.0), (3, 2.0)], dense=[(3, 0.8), (2, 0.7), (4, 0.3)])
    # lexical: 1.0, 0.5, 0; dense: 1.0, 0.8, 0. Together 2: 1.3, then 1 and 3 level, then 4
    assert [p.number for p in minmax(arms)(ASKED, 10)] == [2, 1, 3, 4]
    assert minmax(Arms(lexical=[], dense=[(8, 0.2)]))(ASKED, 10)[0].number == 8  # type: ignore[arg-type]


def test_without_sentences_a_passage_is_as_near_as_its_own_vector(bench: Bench) -> None:
    ranked = without_sentences(bench.retriever, "dense")(ASKED, 10)
    assert tuple(p.article.id for p in ranked) == by_cosine(bench)
    both = without_sentences(bench.retriever, "hybrid")(ASKED, 10)
    assert both[0].article.id == "train.txt"  # the only one that shares rare words


@pytest.mark.parametrize("name", ["rank_bm25", "bm25s"])
def test_baselines_rank_the_same_passages(bench: Bench, name: str) -> None:
    row = rank(bench, system(name))[0]
    assert (row.error, row.units[0], len(row.units)) == (None, "train.txt", 3)


def test_rank_bm25_comes_with_its_own_scores() -> None:
    from rank_bm25 import BM25Okapi

    texts = ["a b c", "a a d", "e f", "g"]
    scores = BM25Okapi([text.split(" ") for text in texts]).get_scores(["a", "d"])
    assert list(eval.outside.rank_bm25(texts)("a d")) == list(np.argsort(-scores, kind="stable"))


def test_minilm_ranks_by_cosine_with_the_model_of_its_package(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Package:
        @staticmethod
        def get_model_path() -> str:
            return "its-folder"

    monkeypatch.setattr(eval.outside, "_package", lambda *_: Package)
    monkeypatch.setattr("index.encoder.load_encoder", lambda spec: FakeEncoder(name=spec))
    assert rank(bench, system(MINILM))[0].units == by_cosine(bench)
    assert list(bench.cache.glob("vectors-*.bin"))


def test_a_baseline_that_is_not_installed_says_how_to_install_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(eval.outside.importlib, "import_module", missing)
    with pytest.raises(InputError, match=r'pip install "kutip\[training\]"'):
        rank(bench, system(MINILM))
    with pytest.raises(InputError, match="pip install bm25s"):
        rank(bench, system("bm25s"))


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module of the user's in the working directory, named by no other test."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / f"mine_{abs(hash(str(tmp_path)))}.py"


def test_the_documented_example_of_a_system_of_ones_own_works(bench: Bench, mine: Path) -> None:
    doc = str(eval.outside.__doc__)
    code = doc[doc.index("    # mine.py") : doc.index("    qa-eval run")]
    mine.write_text(re.sub(r"(?m)^    ", "", code), encoding="utf-8")
    row = rank(bench, system(f"{mine.stem}:overlap"))[0]
    assert (row.error, row.units[0]) == (None, "train.txt")


@pytest.mark.parametrize(
    ("ranking", "told"),
    [
        ("[0, 0]", "ranked twice"),
        ("[0, 9]", "not between 0 and 2"),
        ("[-1]", "not between 0 and 2"),
        ("['a']", "invalid literal"),
        ("1 / 0", "ZeroDivisionError"),
        ("None", "TypeError"),
    ],
)
def test_a_ranking_that_cannot_be_is_the_error_of_its_row(
    bench: Bench, mine: Path, ranking: str, told: str
) -> None:
    mine.write_text(f"def make(passages):\n    return lambda question: {ranking}\n")
    row = rank(bench, system(f"{mine.stem}:make"))[0]
    assert told in str(row.error)
    assert row.units == ()


@pytest.mark.parametrize(
    ("code", "name", "told"),
    [
        ("", "make", "cannot be imported"),
        ("make = 3", "make", "make is not a function"),
        ("import nothing_of_that_name", "make", "cannot be imported"),
        ("def make(passages):\n    raise ValueError('no')", "make", r"cannot be set up \(ValueErr"),
    ],
)
def test_a_system_that_cannot_be_set_up_is_bad_input(
    bench: Bench, mine: Path, code: str, name: str, told: str
) -> None:
    mine.write_text(code)
    with pytest.raises(InputError, match=told):
        rank(bench, system(f"{mine.stem}:{name}"))


def test_a_question_for_one_language_is_put_to_its_passages_only(
    tmp_path: Path, mine: Path
) -> None:
    rows = (
        b'{"id": "en/1", "text": "The old train left Bandung.", "lang": "en"}\n'
        b'{"id": "de/1", "text": "Der alte Zug verliess Bandung.", "lang": "de"}\n'
    )
    questions = tuple(
        replace(ASKED, id=f"q.{lang}", over=lang, gold=(Gold(f"{lang}/1"),))
        for lang in ("en", "de")
    )
    mine.write_text("def make(passages):\n    return lambda question: range(len(passages))\n")
    source = Source("two", questions, "article", {"rows.jsonl": rows})
    with prepared(source, FakeEncoder(), tmp_path / "cache") as bench:
        fused = ("hybrid-rrf", "hybrid-minmax", "hybrid-no-sentences", "hybrid-read")
        for name in ("lexical", "dense", "hybrid", *fused, "rank_bm25", f"{mine.stem}:make"):
            units = [row.units for row in rank(bench, system(name))]
            assert units == [("en/1",), ("de/1",)], name
