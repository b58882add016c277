"""A record as one HTML page: every question with its quotes, the right answer and the outcome.

The page loads nothing, and what it shows of articles is text, whatever it looks like.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from eval.replies import GOOD, Outcome, outcome
from eval.report import headline, provenance, tables
from eval.summary import Row
from index.errors import InputError
from qa.render.inert import safe


class Lit(NamedTuple):
    """A text in three parts, the middle one lit."""

    before: str
    lit: str
    after: str
    article: str
    right: bool = False


def page(run: Mapping[str, Any]) -> str:
    """The page. ``InputError`` when the record holds no texts, or without the extra "eval"."""
    if not all("question" in row for row in run["rows"]):
        raise InputError(
            f"the record of {run['set']['name']} holds no texts; run it without --no-texts"
        )
    try:
        import jinja2
    except ImportError:
        raise InputError('pages need jinja2: pip install "kutip[eval]"') from None
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("eval"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
    )
    shown = [_question(row) for row in run["rows"]]
    return environment.get_template("page.html").render(
        name=run["set"]["name"],
        headline=headline(run),
        provenance=provenance(run),
        tables=tables(run),
        questions=shown,
        filters=_filters(shown),
    )


def _question(row: Row) -> dict[str, Any]:
    replies = [_reply(row, system, reply) for system, reply in row["answers"].items()]
    return {
        "id": row["id"],
        "lang": row["lang"],
        "kind": row["kind"],
        "question": row["question"],
        "history": row["history"],
        "ranks": [(name, _ranks(values)) for name, values in row["ranking"].items()],
        "replies": replies,
        "outcomes": list(dict.fromkeys(reply["outcome"] for reply in replies)),
        "all_good": all(reply["good"] for reply in replies),
        "golds": [_gold(*gold) for gold in row["gold"]],
    }


def _reply(row: Row, system: str, reply: Row) -> dict[str, Any]:
    worth = outcome(row, reply)
    return {
        "system": system,
        "outcome": worth.value,
        "good": worth in GOOD,
        "verdict": reply["verdict"],
        "confidence": reply["confidence"],
        "error": reply.get("error", ""),
        "quotes": [_quote(*said) for said in reply["said"]],
    }


def _quote(article: str, text: str, answer: Sequence[int] | None, right: bool) -> Lit:
    start, end = answer or (len(text), len(text))
    return Lit(text[:start], text[start:end], text[end:], article, right)


def _gold(article: str, text: str, answer: str) -> Lit:
    before, found, after = text.partition(answer) if answer else (text, "", "")
    return Lit(before, found, after, article)


def _ranks(values: Row) -> str:
    return ", ".join(str(rank) for rank, _ in values["found"][:3]) or "no rank"


def _filters(shown: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[str]]]:
    """The fields that tell questions apart, and their values."""
    met = {value for one in shown for value in one["outcomes"]}
    values = {
        "outcome": [worth.value for worth in Outcome if worth.value in met],
        "kind": sorted({one["kind"] for one in shown if one["kind"]}),
        "language": sorted({one["lang"] for one in shown}),
    }
    return [(field, found) for field, found in values.items() if len(found) > 1]


def _shown(value: Any) -> Any:
    return safe(value) if isinstance(value, str) else value
