"""Reads the training data; the only module that knows the file formats of the data directory."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

PARALLEL = "parallel_en_id/train.tsv.gz"
NEWS = "parallel_en_id/EVAL_news.tsv.gz"
PASSAGES = "qa/idk_mrc_passages.jsonl.gz"
MANY = "parallel_multi"
"""Folder with a file of (English, other, source) for each of the other languages."""
DEV = "qa/idk_mrc_valid_en.json"
ARTICLES = ("indosum_dev", "detik_2025_1000", "media_news_2023")
"""Files of news articles."""
ENCYCLOPEDIA = "wiki_id_paragraphs"

NOT_PROSE = ("ui_", "docs_python_id", "xsid")
"""Sources that are mostly interface strings or code, not sentences."""

_LOST_APOSTROPHE = re.compile(r"(?<=\w)\?(?=(?:s|t|re|ve|ll|d|m|nya|an)\b)")


class DataMissing(Exception):
    """The data directory, or a file in it, is not there."""


class Pair(NamedTuple):
    """One sentence in both languages."""

    en: str
    id: str
    source: str
    human: bool


class Example(NamedTuple):
    """An answerable question and the paragraph that answers it."""

    question: str
    context: str
    answer: str
    source: str


class DevQuestion(NamedTuple):
    """A development question in both languages, and the passage that answers it."""

    id: str
    en: str
    passage: str


def read_pairs(data: Path) -> list[Pair]:
    """All training pairs, distinct, in file order; rows with an empty side are dropped."""
    pairs = (
        Pair(_repair(en), _repair(indonesian), source, kind == "human")
        for en, indonesian, source, kind in _tsv(data / PARALLEL)
        if en.strip() and indonesian.strip()
    )
    return list({(pair.en, pair.id): pair for pair in pairs}.values())


def sample_pairs(pairs: list[Pair], machine: int, seed: int) -> list[Pair]:
    """The human prose rows, and ``machine`` others picked at random.

    News agency rows come twice: they are nearest to the articles that Kutip is used on.
    """
    prose = [pair for pair in pairs if pair.human and not pair.source.startswith(NOT_PROSE)]
    others = [pair for pair in pairs if not pair.human and 20 <= len(pair.en) <= 400]
    chosen = random.Random(seed).sample(others, min(machine, len(others)))
    return prose + [pair for pair in prose if pair.source.startswith("panl_")] + chosen


def read_news(data: Path, source: str | None = None) -> list[tuple[str, str]]:
    """Held-out (English, Indonesian) pairs, for measuring only; ``None`` means all sources."""
    return [(en, other) for en, other, name in _tsv(data / NEWS) if source in (None, name)]


def read_other_languages(data: Path, source: str) -> dict[str, list[tuple[str, str]]]:
    """(English, other) pairs of one source for each language that has some; for measuring only."""
    found = {
        path.name.split(".")[0]: [(en, other) for en, other, name in _tsv(path) if name == source]
        for path in sorted((data / MANY).glob("*.tsv.gz"))
    }
    return {lang: pairs for lang, pairs in found.items() if pairs}


def read_examples(data: Path, name: str) -> list[Example]:
    """The answerable rows of one file of ``qa/``, for example "facqa_train"."""
    return [
        Example(row["question"].strip(), row["context"], row["answers"][0]["text"], name)
        for row in read_rows(data, name)
        if not row["is_impossible"] and row["question"].strip()
    ]


def read_rows(data: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one file of ``qa/`` as they are."""
    return _jsonl(data / "qa" / f"{name}.jsonl.gz")


def read_passages(data: Path) -> dict[str, str]:
    """The paragraphs of open retrieval: id to text, in file order."""
    return {row["id"]: row["text"] for row in _jsonl(data / PASSAGES)}


def read_news_articles(data: Path) -> Iterator[tuple[str, str, list[str]]]:
    """News articles: (file, id or else address, paragraphs)."""
    for name in ARTICLES:
        for row in _jsonl(data / "text" / f"{name}.jsonl.gz"):
            paragraphs = row.get("paragraphs") or row["text"].split("\n")
            yield name, row.get("id") or row["url"], paragraphs


def read_encyclopedia(data: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Articles of the Indonesian Wikipedia: (file, title, paragraphs)."""
    for row in _jsonl(data / "text" / f"{ENCYCLOPEDIA}.jsonl.gz"):
        yield ENCYCLOPEDIA, row["title"], row["paragraphs"]


def read_dev(data: Path) -> list[DevQuestion]:
    """The answerable development questions."""
    path = _present(data / DEV)
    return [
        DevQuestion(question["question"], question["question_en"], entry["passage_id"])
        for entry in json.loads(path.read_text("utf-8"))
        for question in entry["qas"]
        if not question["is_impossible"]
    ]


def read_countries(data: Path) -> list[tuple[str, str]]:
    """Country names: (English, Indonesian)."""
    path = _present(data / "lexicon" / "countries_en_id.tsv")
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [(row[1], row[2]) for row in rows if len(row) == 3]


def read_wordnet(data: Path) -> list[tuple[str, str]]:
    """Word pairs that share a WordNet synset: (English, Indonesian); noisy."""
    return [(en, other) for en, other, _synset in _tsv(data / "lexicon" / "wordnet_en_id.tsv.gz")]


def _repair(text: str) -> str:
    """Give back the apostrophes that some sources lost to a question mark."""
    return _LOST_APOSTROPHE.sub("'", text.strip())


def _present(path: Path) -> Path:
    if not path.is_file():
        raise DataMissing(f"{path} is not there; name the data directory with --data")
    return path


def _tsv(path: Path) -> Iterator[list[str]]:
    with gzip.open(_present(path), "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def _jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(_present(path), "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
