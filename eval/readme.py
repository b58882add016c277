"""The tables of the README, out of the committed results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from eval.committed import Committed, published
from eval.findings import MEASURE, SHIPPED
from eval.replies import replied, replies
from eval.stats import holm
from eval.summary import Group, duel, languages, ranking, systems
from eval.table import Table, figure, p_text, percent
from index.errors import InputError

Run: TypeAlias = Mapping[str, Any]

BEGIN = "<!-- written by qa-eval docs out of eval/results; do not edit between these lines -->"
END = "<!-- end of what qa-eval docs writes -->"

LARGE = "idk-mrc-dev"
SMALL = ("seeds-test", "seeds-dev")
_LANGS = {"en": "English", "id": "Indonesian"}
_SYSTEMS = {
    "rank_bm25": "rank-bm25 as it comes",
    "bm25s": "bm25s as it comes",
    "all-MiniLM-L6-v2": "all-MiniLM-L6-v2",
    "lexical-no-lexicon": "BM25, stemmed",
    "lexical": "BM25 with the lexicon and the translated question",
    "dense-no-lexicon": "the bundled encoder alone",
    "dense": "the bundled encoder, beside the question its translation",
    SHIPPED: f"**{SHIPPED}**",
}
_OF_ANSWERS = {
    "Quote-Success@1": "first quote holds the answer",
    "Quote-Success@3": "within three quotes",
    "refusal precision": "refusals that were right",
    "refusal recall": "unanswerable questions refused",
}


def between_markers(text: str, inner: str) -> str:
    """``text`` with ``inner`` between the two markers. ``InputError`` when one is missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise InputError(f"README.md: a line {BEGIN!r} and a later line {END!r} are needed")
    return f"{before}{BEGIN}\n\n{inner.strip()}\n\n{END}{after}"


def tables(found: Committed) -> str:
    """All of it; sets and systems without results are left out."""
    parts: list[str] = []
    if run := found.records.get(LARGE):
        parts += _large(run)
    small = {name: found.records[name] for name in SMALL if name in found.records}
    if small:
        parts.append(_small(small))
    if LARGE in found.readings:
        parts.append(_reading(found.readings[LARGE]))
    asked = [run for run in (*small.values(), found.records.get(LARGE)) if run is not None]
    parts.append(" ".join(_sentences(asked)))
    return "\n\n".join(part for part in parts if part)


def _large(run: Run) -> Iterator[str]:
    parts = languages(run)
    count = max(ranking(chosen, SHIPPED, [MEASURE])[MEASURE].n for _, chosen in parts)
    rows = [
        (label, *(figure(ranking(chosen, name, [MEASURE])[MEASURE]) for _, chosen in parts))
        for name, label in _SYSTEMS.items()
        if name in systems(run, "ranking")
    ]
    what = f"{MEASURE}, {count} questions over all {run['library']['articles']:,} paragraphs"
    yield Table("", (f"{LARGE}: {what}", *_titles(parts)), tuple(rows)).grid()
    met = [(name, duel(chosen)) for name, chosen in parts]
    known = [(name, one) for name, one in met if one is not None]
    told = [
        f"{one.difference.value:+.3f} ({_lang(name)}, {p_text(p)})"
        for (name, one), p in zip(known, holm([one.p for _, one in known]), strict=True)
    ]
    if told:
        test = "paired randomisation" + ", Holm-corrected" * (len(told) > 1)
        yield f"The {SHIPPED} beside its better arm: {', '.join(told)}, {test}."
    if SHIPPED in systems(run, "answers"):
        rows = _answer_rows([chosen for _, chosen in parts])
        yield Table("", (f"{LARGE}: answers", *_titles(parts)), tuple(rows)).grid()


def _small(runs: Mapping[str, Run]) -> str:
    """One column a set and language, for the sets over the sample articles."""
    columns = [
        (f"{name}, {_lang(lang)}", rows)
        for name, run in runs.items()
        for lang, rows in languages(run)
    ]
    passages = next(iter(runs.values()))["library"]["passages"]
    rows = []
    for measure, label in (("Success@1", f"right passage first, of {passages}"), (MEASURE,) * 2):
        cells = [
            figure(ranking(rows_, SHIPPED, [measure])[measure], n=True) for _, rows_ in columns
        ]
        rows.append((label, *cells))
    rows += _answer_rows([rows_ for _, rows_ in columns])
    header = ("the five sample articles", *(name for name, _ in columns))
    return Table("", header, tuple(rows)).grid()


def _answer_rows(columns: list[Any]) -> list[tuple[str, ...]]:
    figures = [replies(rows, SHIPPED) for rows in columns]
    return [
        (label, *(figure(one[measure], n=True) for one in figures))
        for measure, label in _OF_ANSWERS.items()
    ]


def _reading(reading: Mapping[str, Any]) -> str:
    rows = [
        (f"**the bundled reader**, {_lang(lang)} questions", percent(one, "EM"), percent(one, "F1"))
        for lang, one in reading["languages"].items()
    ]
    rows += [
        (
            f"{other['system']}, {_lang(other['lang'])} questions"
            + (f" ([published]({other['source']}))" if other["source"] else ""),
            percent(other, "exact"),
            percent(other, "f1"),
        )
        for other in published()
        if other["set"] == LARGE
    ]
    header = (f"{LARGE}: given the right paragraph (SQuAD 2.0 scores)", "EM", "F1")
    return Table("", header, tuple(rows)).grid()


def _sentences(runs: list[Run]) -> Iterator[str]:
    said = [reply for run in runs for _, reply in replied(run["rows"], SHIPPED)]
    quotes, verbatim = (sum(reply[name] for reply in said) for name in ("quotes", "verbatim"))
    if quotes:
        yield f"{verbatim:,} of {quotes:,} quotes stand word for word in their article."
    spent = [
        f"{run['timings']['answers'][SHIPPED]['p50']:g} ms over {run['library']['passages']:,}"
        for run in runs
        if run["timings"]["answers"].get(SHIPPED)
    ]
    if spent:
        yield f"An answer takes (median): {'; '.join(dict.fromkeys(spent))} passages."


def _titles(parts: list[Group]) -> list[str]:
    return [f"{_lang(name)} question" for name, _ in parts]


def _lang(code: str) -> str:
    return _LANGS.get(code, code)
