"""The command line, ``qa``. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # nothing is imported out here, where Ctrl+C would end in a traceback
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn


def main() -> NoReturn:
    """Run ``qa`` with the arguments of the process, and end it with one of the exit codes."""
    try:
        import atexit
        import gc
        import signal

        # Starting makes many objects that stay: to look through them again and again, as Python
        # does at every 700 new ones, takes a twentieth of the time of an answer.
        gc.set_threshold(100_000)
        # Nor does it look through them at the end, where they go anyway: another tenth.
        atexit.register(gc.freeze)

        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), _end)
        from qa.cli.root import qa

        qa.main()
    except KeyboardInterrupt:
        sys.exit(128 + 2)  # SIGINT, whose name may not be there yet
    raise AssertionError("click ends the process")


def _end(number: int, _: FrameType | None) -> NoReturn:
    """End like any other error would, so that files half written are cleared away."""
    sys.exit(128 + number)
