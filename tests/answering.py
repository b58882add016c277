"""What the tests of answering share: two small articles, weights that are no fit of anything."""

from __future__ import annotations

from pathlib import Path

from qa.assistant import Assistant
from qa.scoring import Linear, Models, Weights
from qa.testing import FakeEncoder, make_library

TALKS = (
    "Perundingan berlangsung di Jenewa pada Senin (12/10). Swiss menengahi perundingan itu.\n\n"
    "“Kami menyambut gencatan senjata,” kata Menteri Luar Negeri Anna Berg. "
    "Sebanyak 63 warga sipil tewas sebelum gencatan senjata diumumkan.\n\n"
    "Hujan lebat turun di pegunungan sejak Minggu malam karena angin dari laut.\n"
)
REPORT = (
    "Harga beras naik di pasar Tanah Abang. Pedagang mengeluh.\n\n"
    "Swiss menengahi perundingan itu. Gencatan senjata bertahan dua hari.\n"
)
ARTICLES = {"talks.txt": TALKS, "report.txt": REPORT}


def weights(answered_from: float = 0.5, related_from: float = 0.5) -> Weights:
    """Weights that go by matching words, and the kind of answer next."""
    sentence = Linear(
        0.0, {"coverage": 4.0, "passage_coverage": 1.0, "near": 1.0, "lacks_kind": -1}
    )
    answered = Linear(-4.0, {"coverage": 8.0, "lacks_kind": -2.0})
    related = Linear(-3.0, {"coverage": 8.0})
    return Weights(sentence, answered, related, answered_from, related_from)


def models(encoder: str = "fake-64") -> Models:
    """The same weights for every way of searching."""
    return Models(encoder, weights(), weights(), weights(), weights())


def assistant(folder: Path, articles: dict[str, str] | None = None) -> Assistant:
    """An assistant over a library of ``articles``, with a fake encoder and without the reader."""
    library = make_library(folder, ARTICLES if articles is None else articles)
    return Assistant.open(library, FakeEncoder(), reader=False)
