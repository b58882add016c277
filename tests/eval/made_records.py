"""A made-up record, small enough to work its figures out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval.results import SCHEMA, measure

SPENT = {"p50": 1.5, "p95": 2.5}


def reply(right: int | None, verdict: str = "answered") -> dict[str, Any]:
    """A reply with two quotes; ``right`` is the first that holds the answer."""
    return {
        "verdict": verdict,
        "confidence": 0.5,
        "right": right,
        "found": 2,
        "quotes": 2,
        "supported": int(right is not None),
        "verbatim": 2,
        "precision": 0.5,
        "recall": 1.0,
        "exact": float(right == 1),
        "f1": float(right == 1),
        "rewritten": False,
        "said": [["news.txt", "It ended in 1994.", [12, 16], True]],
    }


def record(
    name: str = "seeds-dev",
    systems: Sequence[str] = ("lexical", "dense", "hybrid"),
    answers: Sequence[str] = ("hybrid",),
) -> dict[str, Any]:
    """Twelve questions, a third of them without an answer, in two languages.

    The lexical arm finds nothing, every other system everything; the hybrid's first quote is right
    in Indonesian, and its second in English.
    """
    rows = []
    for number in range(12):
        answerable = number % 3 != 0
        lang = "id" if number < 6 else "en"
        right = (1 if lang == "id" else 2) if answerable else None
        found = {one: [] if one == "lexical" else [[1, 1]] for one in systems}
        said = {"hybrid": reply(right)}
        said |= dict.fromkeys(("hybrid-noreader", "hybrid-no-cleaning"), reply(None))
        rows.append(
            {
                "id": f"q{number}",
                "lang": lang,
                "over": "",
                "kind": "who" if number % 2 else "when",
                "pair": number % 6,
                "answerable": answerable,
                "followup": False,
                "grades": [1] if answerable else None,
                "question": f"When did it end, {number}?",
                "history": [],
                "gold": [["news.txt", "It ended in 1994.", "1994"]] if answerable else [],
                "ranking": {one: {"found": found[one]} for one in systems} if answerable else {},
                "answers": {one: said[one] for one in answers},
            }
        )
    run = {
        "schema": SCHEMA,
        "set": {"name": name, "questions": 12, "unit": "passage", "digest": "0" * 64, "lost": []},
        "library": {"articles": 5, "passages": 36, "langs": {"id": 36}, "digest": "1" * 64},
        "encoder": "fake-64",
        "settings": {},
        "notes": [],
        "source": "2" * 64,
        "machine": {"cores": 2, "python": "3.11.0", "system": "Linux"},
        "timings": {
            "ranking": dict.fromkeys(systems, SPENT),
            "answers": dict.fromkeys(answers, SPENT),
        },
        "rows": rows,
    }
    measure(run)
    return run
