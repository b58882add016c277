"""How fast the bundled encoder is, beside the same weights in sentence-transformers."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from functools import partial

from eval.processes import watched
from eval.timing import Figure, figure_of, timed
from index.types import BUNDLED

PIECES = 128
"""Length of the texts that encoders are compared on, with the marks and the prompt around them."""
_FIRST_VECTOR = """
import sys
from index.encoder import load_encoder
load_encoder(sys.argv[1]).encode_question("Siapa yang menengahi gencatan senjata?")
"""


def encoding(texts: Sequence[str]) -> list[Figure]:
    """The bundled encoder beside the same weights in sentence-transformers, which uses torch.

    Each of ``texts`` is encoded; see ``equal_texts``. The first vector is timed from the start of
    a process, imports included.
    """
    from index.encoder import FOLDER, load_encoder

    rates: dict[str, float] = {}
    alone: dict[str, float] = {}
    first: dict[str, float] = {}
    for name, spec in (("kutip", BUNDLED), ("sentence-transformers", str(FOLDER))):
        encoder = load_encoder(spec)
        encoder.encode_passages(texts[:8])
        rates[name] = max(
            len(texts) / timed(partial(encoder.encode_passages, texts))[1] for _ in range(3)
        )
        asked = [timed(partial(encoder.encode_question, text))[1] for text in texts[:32]]
        alone[name] = statistics.median(asked) * 1000
        first[name] = watched(_FIRST_VECTOR, [spec], 3)[0] * 1000
    return [
        figure_of(f"encode texts of {PIECES} word pieces", "passages/s", rates),
        figure_of("encode one of them by itself", "ms", alone),
        figure_of("first vector, from process start", "ms", first),
    ]


def equal_texts(count: int) -> list[str]:
    """``count`` stretches of the sample articles, each as long as ``PIECES`` word pieces."""
    from index.encoder import FOLDER
    from index.encoders.pieces import Splitter
    from index.sources import read
    from index.types import Article
    from qa.samples import sample_articles

    files = sorted(sample_articles().glob("*.txt"))
    found = [article for file in files for article in read(file)]
    whole = "\n".join(article.text for article in found if isinstance(article, Article))
    about = json.loads((FOLDER / "model.json").read_text("utf-8"))
    splitter = Splitter(FOLDER / "tokenizer.json", about["marks"])
    pieces, prompt = splitter([whole, about["prompts"]["document"]])
    last = PIECES - len(prompt.ids) - 3
    step = max(1, (len(pieces.ids) - PIECES) // count)
    begins = range(0, len(pieces.ids) - PIECES, step)
    return [whole[pieces.offsets[begin][0] : pieces.offsets[begin + last][1]] for begin in begins][
        :count
    ]
