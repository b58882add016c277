"""The record of a run: what was run on what, one row a question.

A second run makes the same record but for "timings": no date, host name or path stands in it.
``eval.record_file`` writes it to a file and reads it back.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from eval.bench import Bench
from eval.judging import Answered, Ranked
from eval.measures import RANKING, Places, rank_measures
from eval.questions import Question, digest

SCHEMA = 2
"""Version of the record; raised when a field changes meaning or goes away."""
_PACKAGES = ("index", "qa", "eval")
_FACTS = (
    "right", "found", "quotes", "supported", "verbatim", "precision", "recall", "exact", "f1",
    "rewritten", "values",
)  # fmt: skip
"""Fields of ``Answered`` that a row takes over as they are."""


def record(
    bench: Bench,
    ranked: Mapping[str, Sequence[Ranked]],
    answered: Mapping[str, Sequence[Answered]],
    settings: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The record of a run; ``ranked`` and ``answered`` hold the rows by system name.

    ``settings`` is what was asked for, as plain JSON values.
    """
    info = bench.retriever.info
    names = dict.fromkeys(question.pair or question.id for question in bench.questions)
    pairs = {name: number for number, name in enumerate(names)}
    rows = {
        question.id: _row(question, pairs[question.pair or question.id])
        for question in bench.questions
    }
    for system, found in ranked.items():
        for one in found:
            row, grades = rows[one.question], list(one.places.grades)
            if row["grades"] is None:
                row["grades"] = grades
            own = {} if grades == row["grades"] else {"grades": grades}
            found_at = [list(item) for item in one.places.found]
            row["ranking"][system] = {"found": found_at} | own | _error(one)
    for system, replies in answered.items():
        for reply in replies:
            rows[reply.question]["answers"][system] = _reply(reply)
    run = {
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
        "settings": dict(settings or {}),
        "notes": [*bench.notes, *(bench.retriever.notes if info.encoder else ())],
        "source": source_digest(),
        "machine": machine(),
        "timings": {
            "ranking": {system: timing(found) for system, found in ranked.items()},
            "answers": {system: timing(replies) for system, replies in answered.items()},
            "peak_mib": peak_memory(),
        },
        "rows": list(rows.values()),
    }
    measure(run)
    return run


def measure(run: Mapping[str, Any], names: Sequence[str] = RANKING) -> None:
    """Put the measures called ``names`` beside the ranks of every ranking of a record.

    A ranking over another library than the set's may have "grades" of its own: there, other things
    are to be found.
    """
    placed = {}
    for number, row in enumerate(run["rows"]):
        for system, values in row["ranking"].items():
            found = tuple((rank, grade) for rank, grade in values["found"])
            grades = values.get("grades", row["grades"])
            placed[f"{number} {system}"] = Places(found, tuple(grades))
    for name, values in rank_measures(placed, names).items():
        place, system = name.split(" ", 1)
        run["rows"][int(place)]["ranking"][system].update(values)


@lru_cache(maxsize=1)
def library_digest(bench: Bench) -> str:
    """Hex digest of the articles as stored and of the passages they are cut into.

    Not the library's own digest: that one covers the folder the articles were read from.
    """
    total = hashlib.sha256()
    for article in bench.retriever.articles:  # in the order of their ids
        spans = [list(passage.span) for passage in bench.retriever.passages(article.id)]
        total.update(json.dumps([article.id, article.lang, article.text, spans]).encode())
    return total.hexdigest()


@lru_cache(maxsize=1)
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


def peak_memory() -> float | None:
    """Most memory that this process ever held, in MiB; ``None`` where it cannot be told."""
    if sys.platform == "win32":
        return None
    import resource

    unit = 2**20 if sys.platform == "darwin" else 2**10
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20, 1)


def _row(question: Question, pair: int) -> dict[str, Any]:
    return {
        "id": question.id,
        "lang": question.lang,
        "over": question.over,
        "kind": question.kind,
        "pair": pair,
        "answerable": question.answerable,
        "followup": question.followup,
        "grades": None,
        "question": question.text,
        "history": list(question.history),
        "gold": [[gold.article, gold.text, gold.answer] for gold in question.gold],
        "ranking": {},
        "answers": {},
    }


def _reply(reply: Answered) -> dict[str, Any]:
    facts = {name: _short(getattr(reply, name)) for name in _FACTS}
    said = [
        [one.article, one.text, list(one.answer) if one.answer else None, one.right]
        for one in reply.said
    ]
    sure = round(reply.confidence, 4)
    return ({"verdict": reply.verdict.value, "confidence": sure} | facts | {"said": said}) | _error(
        reply
    )


def _short(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return round(value, 3) if isinstance(value, float) else value


def _error(row: Ranked | Answered) -> dict[str, Any]:
    return {"error": row.error} if row.error else {}


def timing(rows: Sequence[Ranked] | Sequence[Answered]) -> dict[str, float]:
    """Milliseconds a question: median and 95th percentile (nearest rank)."""
    spent = sorted(row.seconds * 1000 for row in rows)
    if not spent:
        return {}
    return {
        "p50": round(spent[(len(spent) - 1) // 2], 1),
        "p95": round(spent[max(0, -(-len(spent) * 95 // 100) - 1)], 1),
    }
