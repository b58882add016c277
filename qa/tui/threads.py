"""Threads that nobody waits for: leaving the chat must not wait for a model."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

_NAME = "kutip-work"
_NICE = 5
"""Work counts so much less than drawing when the processor is wanted by both."""


def start(work: Callable[[], None]) -> None:
    """Do ``work`` on a thread of its own, which lets the screen go first."""

    def give_way() -> None:
        if sys.platform == "linux":  # elsewhere niceness is the whole process's
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        work()

    threading.Thread(target=give_way, name=_NAME, daemon=True).start()


def still_running() -> bool:
    """Whether any of them is at work.

    Python ends such a thread when the process ends, and one that is inside an encoder then aborts
    the whole process: leave it with ``os._exit``.
    """
    return any(thread.name == _NAME for thread in threading.enumerate())
