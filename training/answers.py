"""Fits the weights that choose quotes and judge answers: ``python -m training.answers``.

It asks training questions of libraries made of their paragraphs, describes every sentence with the
features of ``qa.features``, and fits

* the order of sentences: a softmax over the sentences of a question, towards those that contain
  the answer;
* ``answered``, a logistic regression: does the first quote contain the answer?
* ``related``, another one: does the library hold the paragraph that was asked about?

with the bundled encoder or by words alone, and with the bundled reader or without, and writes
``qa/models/answers.json``. Run it again whenever the bundled encoder or reader changes; it takes
some minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from index.encoder import load_encoder
from qa import scoring
from qa.quotes import Ranked, rank
from qa.scoring import Linear
from qa.verdict import evidence
from training.answer_examples import Example, examples

SENTENCE_PENALTY = 1e-2
"""Weight of the squared (standardised) weights against the mean loss. Chosen on seeds-dev."""
LOGISTIC_PENALTY = 3e-4
"""The same for probabilities; small, for a large one makes them timid."""
REFUSED = 0.03
"""Share of the questions with a right first quote that ``answered_from`` may refuse, unread."""
ANSWERED_FROM = 0.22
"""``answered_from`` where the passages are read, chosen on seeds-dev: there it refuses 2 % of the
answerable questions and 82 % of the others."""
RELATED_REFUSED = 0.001
"""The same for ``related_from`` and questions about something in the library."""
WEIGHTS = Path(__file__).parent.parent / "qa" / "models" / scoring.FILE

Vector = NDArray[np.float64]


def fit_sentences(asked: Sequence[Example]) -> Linear:
    """Weights that put a sentence with the answer first among the sentences of its question.

    A sentence of another paragraph that happens to contain the answer counts neither way.
    """
    rows: list[dict[str, float]] = []
    groups: list[tuple[list[int], list[int]]] = []
    for example in asked:
        right: list[int] = []
        wrong: list[int] = []
        for candidate in example.candidates:
            own, answers = example.from_paragraph(candidate), example.answers(candidate)
            if answers and not own:
                continue
            (right if answers else wrong).append(len(rows))
            rows.append(candidate.features)
        if right and wrong:
            groups.append((right, wrong))
    names, values, scale = _matrix(rows)

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = values @ weights
        total = SENTENCE_PENALTY * float(weights @ weights)
        gradient = 2 * SENTENCE_PENALTY * weights
        for right, wrong in groups:
            of_all = right + wrong
            every, good = _softmax(scores[of_all]), _softmax(scores[right])
            total += (every[1] - good[1]) / len(groups)
            gradient += (every[0] @ values[of_all] - good[0] @ values[right]) / len(groups)
        return total, gradient

    bounds = [_bounds(name) for name in names]
    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds)
    weights = fitted.x / scale
    return Linear(0.0, dict(zip(names, weights.tolist(), strict=True)))


def _bounds(name: str) -> tuple[float | None, float | None]:
    """What the weight of a feature may be: evidence for a sentence never counts against it.

    Features overlap; unbounded, one of two that say the same goes below zero, which fits the
    training questions a little better and others worse.
    """
    if name.startswith("has_"):
        return None, None
    return (None, 0.0) if name in ("asks", "lacks_kind") else (0.0, None)


def fit_logistic(rows: Sequence[dict[str, float]], labels: Sequence[bool]) -> Linear:
    """Logistic regression with a small penalty, which keeps probabilities calibrated."""
    names, values, scale = _matrix(rows)
    mean = values.mean(0)
    values = np.column_stack([values - mean, np.ones(len(rows))])
    signs = np.where(labels, 1.0, -1.0)

    def loss(weights: Vector) -> tuple[float, Vector]:
        margins = signs * (values @ weights)
        free = np.append(weights[:-1], 0.0)
        slopes = -signs / (1 + np.exp(margins)) / len(rows)
        total = float(np.logaddexp(0, -margins).mean() + LOGISTIC_PENALTY * (free @ free))
        return total, values.T @ slopes + 2 * LOGISTIC_PENALTY * free

    fitted = minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B").x
    weights = fitted[:-1] / scale
    bias = float(fitted[-1] - mean @ fitted[:-1])
    return Linear(bias, dict(zip(names, weights.tolist(), strict=True)))


def fit(asked: Sequence[Example]) -> dict[str, Any]:
    """All weights of one mode, as they stand in the JSON."""
    sentence = fit_sentences(asked)
    found: list[dict[str, float]] = []
    right: list[bool] = []
    held: list[bool] = []
    for example in asked:
        ranked = rank(example.candidates, sentence)
        if ranked:
            found.append(evidence(ranked, example.hits))
            right.append(_is_right(example, ranked))
            held.append(not example.foreign)
    answered, related = fit_logistic(found, right), fit_logistic(found, held)
    sure = np.array([answered.probability(features) for features in found])
    near = np.array([related.probability(features) for features in found])
    print(
        f"{len(asked)} questions; first quote right {np.mean(right):.3f} of all; "
        f"AUROC answered {_auroc(sure, right):.3f}, related {_auroc(near, held):.3f}; "
        f"ECE {_ece(sure, right):.3f}"
    )
    return {
        "sentence": _written(sentence),
        "answered": _written(answered),
        "related": _written(related),
        "answered_from": round(float(np.quantile(sure[np.array(right)], REFUSED)), 3),
        "related_from": round(float(np.quantile(near[np.array(held)], RELATED_REFUSED)), 3),
    }


def unread(example: Example) -> Example:
    """The same without what the reader made of it."""
    return replace(
        example,
        candidates=[
            replace(
                candidate,
                features={
                    name: value
                    for name, value in candidate.features.items()
                    if not name.startswith("reader")
                },
            )
            for candidate in example.candidates
        ],
    )


def _is_right(example: Example, ranked: Sequence[Ranked]) -> bool:
    return example.answers(ranked[0].candidate)


def _matrix(rows: Sequence[dict[str, float]]) -> tuple[list[str], Vector, Vector]:
    """Names, values divided by their spread, and the spread, of every feature that varies."""
    names = sorted({name for row in rows for name in row})
    values = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    spread = values.std(0)
    varies = spread > 1e-9
    kept = [name for name, does in zip(names, varies, strict=True) if does]
    return kept, values[:, varies] / spread[varies], spread[varies]


def _softmax(scores: Vector) -> tuple[Vector, float]:
    """Shares, and the logarithm of the sum of exponentials."""
    top = scores.max()
    powers = np.exp(scores - top)
    return powers / powers.sum(), float(top + np.log(powers.sum()))


def _auroc(scores: Vector, labels: Sequence[bool]) -> float:
    good, bad = scores[np.array(labels)], scores[~np.array(labels)]
    return float((good[:, None] > bad).mean() + (good[:, None] == bad).mean() / 2)


def _ece(scores: Vector, labels: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error: how far stated and true shares lie apart, over equal bins."""
    places = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = np.bincount(places, scores - np.array(labels, dtype=float), bins)
    return float(np.abs(gaps).sum() / len(scores))


def _written(linear: Linear) -> dict[str, Any]:
    weights = {name: round(weight, 5) for name, weight in sorted(linear.weights.items())}
    return {"bias": round(linear.bias, 5), "weights": weights}


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description="Fit the weights of quotes and verdicts.")
    parser.add_argument("--data", type=Path, required=True, help="the data directory")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights are written")
    arguments = parser.parse_args()
    encoder = load_encoder()
    with tempfile.TemporaryDirectory() as work:
        asked = list(examples(arguments.data, encoder, Path(work)))
    dense = [any(hit.cosine is not None for hit in example.hits) for example in asked]
    models: dict[str, Any] = {"encoder": encoder.name}
    for way in scoring.WAYS:
        own = [e for e, is_dense in zip(asked, dense, strict=True) if is_dense == ("hybrid" in way)]
        print(way, end=": ")
        if "reader" in way:
            models[way] = fit(own) | {"answered_from": ANSWERED_FROM}
        else:
            models[way] = fit([unread(example) for example in own])
    arguments.out.write_text(json.dumps(models, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
