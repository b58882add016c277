"""One run from set to record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.bench import prepared
from eval.results import record
from eval.run import Ranked, Tick, answer, rank, relevant
from eval.sets import load_set
from eval.systems import WITHOUT, System, system
from index.types import Encoder, Progress


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run."""

    set: str = "seeds-dev"
    data: Path | None = None
    systems: Sequence[str] = ()
    """Names of systems; empty for the three arms."""
    no_lexicon: bool = False
    """Whether to run the systems without the lexicon too."""
    answers: bool = True
    """Whether to put the questions to the assistant too: with the hybrid, else the last system."""
    encoder: str | Encoder | None = None
    """``None`` for the bundled one."""


def execute(
    plan: Plan, tick: Tick | None = None, cache: Path | None = None
) -> tuple[dict[str, Any], Mapping[str, Sequence[Ranked]], Mapping[str, Sequence[str]]]:
    """Run a plan: its record, the rankings by system, and what they should have found.

    ``cache`` is the folder that vectors are kept in, by default in the user's cache.
    """
    chosen = _systems(plan)
    source = load_set(plan.set, plan.data)

    def report(progress: Progress) -> None:
        if tick:
            tick(progress.stage, progress.done, progress.total)

    with prepared(source, _encoder(plan), cache or _cache(), report) as bench:
        ranked = {one.name: rank(bench, one, tick) for one in chosen}
        asked = next((one for one in chosen if one.name == "hybrid"), chosen[-1])
        answered = {asked.name: answer(bench, asked, tick)} if plan.answers else {}
        ids = [row.question for rows in ranked.values() for row in rows]
        questions = {question.id: question for question in bench.questions}
        judged = {name: sorted(relevant(bench, questions[name])) for name in dict.fromkeys(ids)}
        return record(bench, ranked, answered), ranked, judged


def _systems(plan: Plan) -> list[System]:
    names = list(plan.systems) or ["lexical", "dense", "hybrid"]
    if plan.no_lexicon:
        names += [f"{name}{WITHOUT}" for name in names if name in ("lexical", "hybrid")]
    return [system(name) for name in dict.fromkeys(names)]


def _encoder(plan: Plan) -> Encoder:
    if plan.encoder is not None and not isinstance(plan.encoder, str):
        return plan.encoder
    from index.encoder import load_encoder  # heavy

    return load_encoder(plan.encoder)


def _cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("kutip", appauthor=False) / "eval"
