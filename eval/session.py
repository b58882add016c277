"""One run from set to record."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from eval.bench import Bench, prepared
from eval.judging import Ranked, relevant
from eval.pace import Pace
from eval.results import library_digest, record, source_digest
from eval.run import answer, rank
from eval.sets import Choice, load_set
from eval.source import Source
from eval.systems import WITHOUT, System, system
from index.errors import InputError
from index.types import Encoder, Progress

_ONLY_RANKINGS = "the set judges whole articles: rankings are measured, answers are not"
_KEPT_SECONDS = 7 * 24 * 3600.0
"""How long the rows of an unfinished run are kept."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run."""

    set: Choice = field(default_factory=Choice)
    systems: Sequence[str] = ()
    """Names of systems; empty for the three arms."""
    no_lexicon: bool = False
    """Whether to run the systems without the lexicon too."""
    answers: bool = True
    """Whether to put the questions to the assistant too."""
    answerers: Sequence[str] = ()
    """Systems whose assistant is asked; empty for the hybrid, else the last one that can answer,
    and for those that differ from it in nothing but answering."""
    encoder: str | Encoder | None = None
    """``None`` for the bundled one, or that of the library that is asked."""
    limit: int | None = None
    """How many questions to run, from the first; ``None`` for all."""
    pace: Pace = field(default_factory=Pace)
    """``pace.unfinished`` is set by ``execute``."""
    fresh: bool = False
    """Whether to forget the rows of a run that was cut short."""


def execute(
    plan: Plan, cache: Path | None = None
) -> tuple[dict[str, Any], Mapping[str, Sequence[Ranked]], Mapping[str, Mapping[str, int]]]:
    """Run a plan: its record, the rankings by system, and what they should have found.

    The rankings are those over the set's own library: the passages of another one bear other names.

    ``cache`` is the folder that vectors are kept in, by default in the user's cache; so are the
    rows of a run that is cut short: the same plan then goes on from there.
    """
    chosen = _systems(plan)
    source = _limited(load_set(plan.set), plan.limit)
    if plan.answers and not source.quotable:
        source = replace(source, notes=(*source.notes, _ONLY_RANKINGS))
    answerers = _answerers(plan, chosen, source)
    tick = plan.pace.tick

    def report(progress: Progress) -> None:
        if tick:
            tick(progress.stage, progress.done, progress.total)

    encoder = _encoder(plan, source, [*chosen, *answerers])
    with prepared(source, encoder, cache or _cache(), report) as bench:
        folder = bench.cache / "unfinished" / _key(bench, plan)
        if plan.fresh:
            shutil.rmtree(folder, ignore_errors=True)
        _sweep(folder.parent)
        pace = replace(plan.pace, unfinished=folder)
        ranked = {one.name: rank(bench, one, _of(one, pace)) for one in chosen if not one.options}
        answered = {one.name: answer(bench, one, pace) for one in answerers}
        ids = [row.question for rows in ranked.values() for row in rows]
        questions = {question.id: question for question in bench.questions}
        judged = {name: relevant(bench, questions[name]) for name in dict.fromkeys(ids)}
        run = record(bench, ranked, answered, _settings(plan, source))
        shutil.rmtree(folder, ignore_errors=True)  # finished
        elsewhere = {one.name for one in chosen if not one.cleaning}
        here = {name: rows for name, rows in ranked.items() if name not in elsewhere}
        return run, here, judged


def _systems(plan: Plan) -> list[System]:
    names = list(plan.systems) or ["lexical", "dense", "hybrid"]
    if plan.no_lexicon:
        names += [f"{name}{WITHOUT}" for name in names if name in ("lexical", "dense", "hybrid")]
    return [system(name) for name in dict.fromkeys(names)]


def _answerers(plan: Plan, chosen: Sequence[System], source: Source) -> list[System]:
    if not plan.answers or not source.quotable:
        return []
    if plan.answerers:
        named = [system(name) for name in dict.fromkeys(plan.answerers)]
        mute = [one.name for one in named if one.mode is None]
        if mute:
            raise InputError(f"{mute[0]} only ranks passages; it has no assistant to answer")
        return named
    able = [one for one in chosen if one.mode is not None]
    first = [one for one in able if one.name == "hybrid"] or able[-1:]
    return list({one.name: one for one in [*first, *able] if one in first or one.options}.values())


def _limited(source: Source, limit: int | None) -> Source:
    if limit is None or limit >= len(source.questions):
        return source
    return replace(source, questions=source.questions[:limit], limited=len(source.questions))


def _of(system: System, pace: Pace) -> Pace:
    """A system from outside is asked in one thread; its rows are those of its code."""
    if system.version is None or pace.unfinished is None:
        return pace
    return replace(pace, jobs=1, unfinished=pace.unfinished / system.version)


def _encoder(plan: Plan, source: Source, systems: Sequence[System]) -> Encoder | None:
    """``None`` where no system needs vectors, or where the library that is asked has its own."""
    if plan.encoder is None and (
        source.library is not None or not any(one.vectors for one in systems)
    ):
        return None
    if plan.encoder is not None and not isinstance(plan.encoder, str):
        return plan.encoder
    from index.encoder import load_encoder  # heavy

    return load_encoder(plan.encoder)


def _settings(plan: Plan, source: Source) -> dict[str, Any]:
    """What was asked for, without paths."""
    return {
        "format": source.format,
        "files": source.digest,
        "limit": None if source.limited is None else len(source.questions),
        "of": source.limited,
        "timeout": plan.pace.timeout,
    }


def _sweep(unfinished: Path) -> None:
    """Forget runs that nobody has gone on with for a week."""
    for folder in unfinished.glob("*"):
        if time.time() - folder.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _key(bench: Bench, plan: Plan) -> str:
    """Equal for two runs whose rows are the same, whatever systems they run."""
    facts = [
        source_digest(),
        library_digest(bench),
        bench.retriever.info.encoder,
        [question.id for question in bench.questions],
        _settings(plan, bench.source),
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


def _cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("kutip", appauthor=False) / "eval"
