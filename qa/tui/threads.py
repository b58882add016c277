"""Threads that nobody waits for: leaving the chat must not wait for a model."""

from __future__ import annotations

import threading
from collections.abc import Callable

_NAME = "kutip-work"


def start(work: Callable[[], None]) -> None:
    """Do ``work`` on a thread of its own."""
    threading.Thread(target=work, name=_NAME, daemon=True).start()


def still_running() -> bool:
    """Whether any of them is at work.

    Python ends such a thread when the process ends, and one that is inside an encoder then aborts
    the whole process: leave it with ``os._exit``.
    """
    return any(thread.name == _NAME for thread in threading.enumerate())
