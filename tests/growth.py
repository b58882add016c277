"""Does work grow with the text, or with its square?"""

from __future__ import annotations

import time
from collections.abc import Callable

FACTOR = 8
"""How much longer the large text is."""
ALLOWED = 30
"""Between the 8 times of linear growth and the 64 times of squared growth."""


def grows_linearly(work: Callable[[str], object], unit: str, length: int) -> bool:
    """Whether ``work`` on repeated ``unit`` takes at most ``ALLOWED`` times as long for more text.

    The quickest of three runs counts, since a pause of the machine only ever adds time.
    """

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        runs = []
        for _ in range(3):
            start = time.process_time()
            work(text)
            runs.append(time.process_time() - start)
        return min(runs)

    return seconds(FACTOR * length) < ALLOWED * max(seconds(length), 0.01)
