"""Runs commands as processes of their own and watches time and memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from index.errors import InputError

# A child inherits the peak memory of the process that starts it, so a slim one must do that.
_WATCH = """
import json, os, sys, time
began = time.perf_counter()
child = os.posix_spawn(sys.executable, [sys.executable, "-c", *sys.argv[1:]], os.environ)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - began
unit = 2**20 if sys.platform == "darwin" else 2**10
code = os.waitstatus_to_exitcode(status)
print(json.dumps([code, seconds, usage.ru_maxrss * unit / 2**20]), file=sys.stderr)
"""


def watched(code: str, args: Sequence[str], rounds: int) -> tuple[float, float]:
    """Median seconds and largest peak memory (MiB) of ``python -c code args``.

    Once to warm the disk, then ``rounds`` times, in a home directory of its own, with the bytecode
    that an installed package has. ``InputError`` when the command fails.
    """
    seconds, mebibytes = [], []
    with tempfile.TemporaryDirectory(prefix="qa-eval-") as home:
        for _ in range(rounds + 1):
            spent, memory = _once([code, *args], home)
            seconds.append(spent)
            mebibytes.append(memory)
    return statistics.median(seconds[1:]), max(mebibytes[1:])


def _once(args: Sequence[str], home: str) -> tuple[float, float]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KUTIP_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-S", "-c", _WATCH, *args],
        capture_output=True,
        check=False,
        text=True,
        env=kept | {"HOME": home},
    )
    *said, last = done.stderr.splitlines() or [""]
    try:
        status, seconds, mebibytes = json.loads(last)
    except ValueError:
        status, said = 1, [last]
    if status:
        raise InputError(
            f"the measured command failed: {' '.join(args[1:]) or args[0]}: {' '.join(said[-1:])}"
        )
    return seconds, mebibytes
