"""The real program on a terminal: how it ends, and how it leaves the terminal behind."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.history import History
from qa.settings import history_path
from qa.testing import make_library

pty = pytest.importorskip("pty")

QUESTION = "siapa yang menengahi gencatan senjata?"
CRASHING = """
import sys
from qa.tui.chat_screen import ChatScreen
def broken(self):
    raise ZeroDivisionError("on purpose")
ChatScreen.action_article = broken
sys.argv = ["qa", "chat"]
from qa.cli import main
main()
"""
_ESCAPES = re.compile(rb"\x1b(\[[0-9;?<>=$]*[A-Za-z]|[\]P].*?(\x07|\x1b\\)|.)", re.DOTALL)
_PATIENCE = 60.0


class Terminal:
    """A program on a pseudo-terminal."""

    def __init__(self, *arguments: str) -> None:
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execv(sys.executable, [sys.executable, *arguments])
        self.drawn = b""

    def read(self) -> bool:
        """Take in what was drawn; ``False`` when the program has gone."""
        if not select.select([self.end], [], [], 0.05)[0]:
            return True
        try:
            self.drawn += os.read(self.end, 65536)
        except OSError:
            return False
        return True

    def wait(self, words: str) -> None:
        """Until ``words`` are on the screen."""
        end = time.monotonic() + _PATIENCE
        while words.encode() not in _ESCAPES.sub(b"", self.drawn):
            assert self.read(), self.drawn
            assert time.monotonic() < end, self.drawn

    def code(self) -> int:
        """The exit code, once the program has ended."""
        end = time.monotonic() + _PATIENCE
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            self.read()
            assert time.monotonic() < end


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = make_library(
        tmp_path, {"war.txt": "Gencatan senjata itu ditengahi oleh Rusia."}, encoder="none"
    )
    monkeypatch.setenv("KUTIP_LIBRARY", str(path))
    return path


@pytest.fixture
def asked(library: Path) -> Iterator[None]:
    yield
    kept = History(history_path()).list()
    assert [(found.title, found.turns) for found in kept] == [(QUESTION, 1)]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
@pytest.mark.usefixtures("asked")
def test_a_signal_ends_it_as_its_own_key_would(name: str) -> None:
    terminal = Terminal("-c", "from qa.cli import main; main()", "chat")
    terminal.wait("Ask the articles")
    os.write(terminal.end, f"{QUESTION}\r".encode())
    terminal.wait("ditengahi oleh Rusia")
    os.kill(terminal.pid, getattr(signal, name))
    assert terminal.code() == 128 + getattr(signal, name)
    assert b"\x1b[?1049l" in terminal.drawn  # the screen that was there before
    assert terminal.drawn.rindex(b"\x1b[?25h") > terminal.drawn.rindex(b"\x1b[?25l")  # the cursor
    assert b"Traceback" not in terminal.drawn


def test_what_is_typed_before_the_chat_is_there_arrives_whole(library: Path) -> None:
    terminal = Terminal("-c", "from qa.cli import main; main()", "chat")
    os.write(terminal.end, f"{QUESTION}\rdan kapan".encode())
    terminal.wait("ditengahi oleh Rusia")
    os.write(terminal.end, b"?\r")
    terminal.wait("❯ dan kapan?")
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.code() == 128 + signal.SIGTERM
    history = History(history_path())
    [kept] = history.list()
    assert kept.library == str(library)
    assert [turn.question for turn in history.turns(kept.id)][:1] == [QUESTION]


@pytest.mark.usefixtures("asked")
def test_a_crash_leaves_one_line_a_log_and_the_conversation(isolated: Path) -> None:
    terminal = Terminal("-c", CRASHING)
    terminal.wait("Ask the articles")
    os.write(terminal.end, f"{QUESTION}\r".encode())
    terminal.wait("ditengahi oleh Rusia")
    os.write(terminal.end, b"\x0f")
    assert terminal.code() == 70
    last = terminal.drawn[terminal.drawn.rindex(b"\x1b[?1049l") :]
    told = _ESCAPES.sub(b"", last).decode().strip()
    assert told.startswith("qa: unexpected ZeroDivisionError: on purpose")
    assert "\n" not in told
    [log] = isolated.rglob("crash-*.log")
    assert str(log) in told
    assert "ZeroDivisionError: on purpose" in log.read_text()


@pytest.mark.parametrize(
    "before", ["", "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})"]
)
@pytest.mark.usefixtures("asked")
def test_a_closed_terminal_ends_it_whether_a_signal_tells_or_not(before: str) -> None:
    terminal = Terminal("-c", f"import signal; {before}\nfrom qa.cli import main; main()", "chat")
    terminal.wait("Ask the articles")
    os.write(terminal.end, f"{QUESTION}\r".encode())
    terminal.wait("ditengahi oleh Rusia")
    os.close(terminal.end)
    end = time.monotonic() + _PATIENCE
    while not (ended := os.waitpid(terminal.pid, os.WNOHANG))[0]:
        time.sleep(0.05)
        assert time.monotonic() < end
    assert os.waitstatus_to_exitcode(ended[1]) == 128 + signal.SIGHUP
