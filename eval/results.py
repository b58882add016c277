"""The record of a run: what was run on what, one row a question; as JSON and back.

A second run writes the same record but for "timings": no date, host name or path stands in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.bench import Bench
from eval.questions import Question, digest
from eval.run import Answered, Ranked
from index.errors import InputError

SCHEMA = 1
"""Version of the record; raised when a field changes meaning or goes away."""
_PACKAGES = ("index", "qa", "eval")


def record(
    bench: Bench,
    ranked: Mapping[str, Sequence[Ranked]],
    answered: Mapping[str, Sequence[Answered]],
) -> dict[str, Any]:
    """The record of a run; ``ranked`` and ``answered`` hold the rows by system name."""
    info = bench.retriever.info
    rows = {question.id: _row(question) for question in bench.questions}
    for system, found in ranked.items():
        for one in found:
            rows[one.question]["ranking"][system] = _rounded(one.values) | _error(one)
    for system, said in answered.items():
        for reply in said:
            rows[reply.question]["answers"][system] = _reply(reply)
    return {
        "schema": SCHEMA,
        "set": {
            "name": bench.source.name,
            "questions": len(bench.questions),
            "unit": bench.source.unit,
            "digest": digest(bench.questions),
            "lost": list(bench.lost),
        },
        "library": {
            "articles": info.articles,
            "passages": info.passages,
            "langs": dict(sorted(info.langs.items())),
            "digest": library_digest(bench),
        },
        "encoder": info.encoder,
        "notes": list(bench.retriever.notes),
        "source": source_digest(),
        "machine": machine(),
        "timings": {
            "ranking": {system: _timing(found) for system, found in ranked.items()},
            "answers": {system: _timing(said) for system, said in answered.items()},
        },
        "rows": list(rows.values()),
    }


def library_digest(bench: Bench) -> str:
    """Hex digest of the articles as stored and of the passages they are cut into.

    Not the library's own digest: that one covers the folder the articles were read from.
    """
    total = hashlib.sha256()
    for article in sorted(bench.retriever.articles, key=lambda article: article.id):
        spans = [list(passage.span) for passage in bench.retriever.passages(article.id)]
        total.update(json.dumps([article.id, article.lang, article.text, spans]).encode())
    return total.hexdigest()


def source_digest() -> str:
    """Hex digest of the code and data of the packages that a run depends on.

    Results kept by ``eval`` itself are left out: writing them must not change it.
    """
    root = Path(__file__).resolve().parent.parent
    total = hashlib.sha256()
    for package in _PACKAGES:
        for file in sorted((root / package).rglob("*")):
            name = file.relative_to(root).as_posix()
            if (
                file.is_file()
                and "__pycache__" not in name
                and not name.startswith("eval/results/")
            ):
                total.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def machine() -> dict[str, Any]:
    """What the run was made on, without anything that names it."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cores": cores,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def dump(run: Mapping[str, Any]) -> str:
    """The record as JSON text, one row a line, so that two records can be compared by eye."""
    head = json.dumps({k: v for k, v in run.items() if k != "rows"}, ensure_ascii=False, indent=1)
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in run["rows"])
    return f'{head[:-2]},\n "rows": [\n{rows}\n]}}\n'


def load(path: Path) -> dict[str, Any]:
    """Read a record. ``InputError`` when it is none, or of another version."""
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
        version = run["schema"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a record of qa-eval run ({error!r})") from None
    if version != SCHEMA:
        raise InputError(f"{path}: a record of version {version}; this qa-eval reads {SCHEMA}")
    return dict(run)


def _row(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "lang": question.lang,
        "kind": question.kind,
        "answerable": question.answerable,
        "followup": question.followup,
        "history": len(question.history),
        "ranking": {},
        "answers": {},
    }


def _reply(reply: Answered) -> dict[str, Any]:
    return {
        "verdict": reply.verdict.value,
        "confidence": round(reply.confidence, 4),
        "right": reply.right,
        "found": reply.found,
        "quotes": reply.quotes,
        "verbatim": reply.verbatim,
        "rewritten": reply.rewritten,
    } | _error(reply)


def _error(row: Ranked | Answered) -> dict[str, Any]:
    return {"error": row.error} if row.error else {}


def _rounded(values: Mapping[str, float]) -> dict[str, Any]:
    return {name: round(value, 6) for name, value in values.items()}


def _timing(rows: Sequence[Ranked] | Sequence[Answered]) -> dict[str, float]:
    """Milliseconds a question: median and 95th percentile (nearest rank)."""
    spent = sorted(row.seconds * 1000 for row in rows)
    if not spent:
        return {}
    return {
        "p50": round(spent[(len(spent) - 1) // 2], 1),
        "p95": round(spent[max(0, -(-len(spent) * 95 // 100) - 1)], 1),
    }
