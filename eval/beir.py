"""BEIR folders: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/<split>.tsv``, plain or gzipped.

https://github.com/beir-cellar/beir. Judgements are of whole articles, some with grades. The text
that is searched is title and text together, as in BEIR's own baselines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from eval.lines import files_digest, json_rows
from eval.qrels import judged_questions, read_qrels
from eval.source import Content, Source
from index.errors import InputError

SPLITS = ("test", "dev", "train")
"""Which split is run when the folder has several: the first of these."""


def is_beir(folder: Path) -> bool:
    """Whether the folder looks like a BEIR set."""
    return all(_file(folder, name) for name in ("corpus.jsonl", "queries.jsonl"))


def read_beir(folder: Path, qrels: Path | None = None) -> Source:
    """The questions that ``qrels`` (by default of the test split) judges, over the corpus.

    The corpus is streamed when the library is built. ``InputError`` names file and line.
    """
    judgements = qrels or _split(folder)
    queries = _found(folder, "queries.jsonl")
    wanted = read_qrels(judgements)
    texts: dict[str, str] = {}
    for number, row in json_rows(queries):
        if not isinstance(row.get("_id"), str | int) or not isinstance(row.get("text"), str):
            raise InputError(f'{queries}:{number}: "_id" or "text" is missing')
        if str(row["_id"]) in wanted:
            texts[str(row["_id"])] = row["text"]
    questions, notes = judged_questions(texts, wanted, judgements)
    return Source(
        name=folder.resolve().name,
        questions=questions,
        unit="article",
        files=corpus_file(folder),
        format="beir",
        digest=files_digest([queries, judgements]),
        notes=notes,
    )


def corpus_file(folder: Path) -> dict[str, Content]:
    """The corpus as an article file that a library reads, by name; made row by row."""
    path = _found(folder, "corpus.jsonl")

    def rows() -> Iterator[bytes]:
        for number, row in json_rows(path):
            if not isinstance(row.get("_id"), str | int):
                raise InputError(f'{path}:{number}: "_id" is missing')
            title = row.get("title") or ""
            text = f"{title} {row.get('text') or ''}".strip()
            article = {"id": str(row["_id"]), "text": text, "title": title}
            yield json.dumps(article, ensure_ascii=False).encode() + b"\n"

    return {"corpus.jsonl": rows}


def _split(folder: Path) -> Path:
    found = {file.stem: file for file in sorted((folder / "qrels").glob("*.tsv"))}
    split = next((name for name in SPLITS if name in found), None)
    if split is None and len(found) == 1:
        split = next(iter(found))
    if split is None:
        raise InputError(f"{folder / 'qrels'}: no test.tsv; name the judgements with --qrels FILE")
    return found[split]


def _found(folder: Path, name: str) -> Path:
    file = _file(folder, name)
    if file is None:
        raise InputError(f"{folder}: no {name} in it")
    return file


def _file(folder: Path, name: str) -> Path | None:
    files = (folder / name, folder / f"{name}.gz")
    return next((file for file in files if file.is_file()), None)
