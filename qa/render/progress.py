"""How far long work is, in words."""

from __future__ import annotations

from index.types import Progress


def progress_words(progress: Progress, seconds: float) -> str:
    """``progress`` in words, ``seconds`` after its stage began."""
    parts = [f"{progress.stage} {progress.done}"]
    if progress.total:
        parts[0] += f"/{progress.total}"
    if progress.done and seconds >= 1:
        rate = progress.done / seconds
        parts.append(f"{rate:.0f}/s" if rate >= 1 else f"{rate:.1f}/s")
        if progress.total > progress.done:
            minutes, rest = divmod(round((progress.total - progress.done) / rate), 60)
            parts.append(f"{minutes}:{rest:02d} left")
    return " · ".join(parts)
