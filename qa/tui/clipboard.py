"""Copying that really copies: a clipboard program, else the terminal, and a file either way then.

OSC 52 asks the terminal to copy, and nothing tells whether it did; the file is there for when it
did not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_SECONDS = 2.0


def programs(environment: Mapping[str, str], platform: str = sys.platform) -> list[list[str]]:
    """Commands that put their standard input on the clipboard here, the best first."""
    found = []
    if platform == "darwin":
        found.append(["pbcopy"])
    elif platform == "win32":
        found.append(["clip"])
    elif "SSH_CONNECTION" not in environment or environment.get("DISPLAY"):
        if environment.get("WAYLAND_DISPLAY"):
            found.append(["wl-copy"])
        if environment.get("DISPLAY"):
            found += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
        if environment.get("WSL_DISTRO_NAME"):
            found.append(["clip.exe"])
        if environment.get("TERMUX_VERSION"):
            found.append(["termux-clipboard-set"])
    if environment.get("TMUX"):
        found.append(["tmux", "load-buffer", "-w", "-"])
    return found


def copy_by_program(text: str, commands: list[list[str]]) -> str | None:
    """Copy with the first command that works and return its name; ``None`` if none does."""
    for command in commands:
        if shutil.which(command[0]) is None:
            continue
        wide = command[0].startswith("clip")  # Windows reads UTF-16 there
        try:
            subprocess.run(
                command,
                input=text.encode("utf-16" if wide else "utf-8"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return command[0]
    return None


def save_copy(text: str, file: Path) -> bool:
    """Write ``text`` to a file that only its owner can read; whether that worked."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(text.encode("utf-8"))
    except OSError:
        return False
    return True
