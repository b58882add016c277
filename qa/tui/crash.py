"""What is left of a crash: its traceback in a file, and one line for the person."""

from __future__ import annotations

import platform
import traceback
from datetime import datetime
from importlib.metadata import version

from qa.settings import log_dir


def crash_report(error: BaseException, *, conversation_kept: bool) -> str:
    """Write down how ``error`` came about; returns what to tell the person, on one line.

    The values of variables are left out: they hold questions and articles.
    """
    kept = " What was asked is kept ('qa history')." if conversation_kept else ""
    what = f"unexpected {type(error).__name__}: {error} (a defect of Kutip).{kept}"
    now = datetime.now()
    file = log_dir() / f"crash-{now:%Y%m%d-%H%M%S}.log"
    head = (
        f"{now.isoformat(timespec='seconds')} kutip {version('kutip')} textual "
        f"{version('textual')} Python {platform.python_version()} {platform.platform()}\n\n"
    )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(head + "".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError as problem:
        return f"{what} Where it happened could not be written to {file}: {problem.strerror}"
    return f"{what} Where it happened is written in {file}; please report it with 'qa doctor'"
