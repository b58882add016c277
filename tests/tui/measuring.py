"""Measures the chat as a person feels it: the real program on a terminal of its own.

``python tests/tui/measuring.py`` starts ``qa chat`` under a pseudo-terminal, types, and times how
long it is until what was typed stands in what the program has drawn. Every figure is of this
machine at this moment: the load average is printed beside them. Linux only.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path

SIZE = (30, 110)
"""Rows and columns."""
QUESTIONS = (
    "who mediated the ceasefire?",
    "how many soldiers were killed?",
    "when did the fighting begin?",
    "siapa perdana menteri Armenia?",
    "what did Blinken say?",
    "berapa tentara Armenia yang tewas?",
    "where will they meet?",
    "who is the president of Russia?",
    "apa yang terjadi di Vardenis?",
    "what is Nagorno-Karabakh?",
)
KEYS = 120
"""How many keys are timed for each figure."""
PAUSE = 0.06
"""Seconds between two keys: a quick typist."""
TURNS = 500
_PATIENCE = 60.0
_ESCAPES = re.compile(rb"\x1b(\[[0-9;?<>=$]*[A-Za-z]|[\]P].*?(\x07|\x1b\\)|.)", re.DOTALL)


class Chat:
    """``qa chat`` on a terminal."""

    def __init__(self, home: Path) -> None:
        self.began = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            extra = {"HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            program = Path(sys.executable).with_name("qa")
            os.execve(program, ["qa", "chat"], dict(os.environ) | extra)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
        self.drawn = b""

    def read(self, seconds: float) -> bool:
        """Take in what has been drawn, waiting for it; ``False`` if nothing came."""
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        if not ready:
            return False
        self.drawn += os.read(self.terminal, 65536)
        return True

    def rest(self, seconds: float) -> None:
        """Let it draw for a while."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    def wait(self, *words: str) -> float:
        """Seconds until one of ``words`` is drawn."""
        began = time.perf_counter()
        wanted = [word.encode() for word in words]
        while not any(word in _ESCAPES.sub(b"", self.drawn) for word in wanted):
            if time.perf_counter() - began > _PATIENCE:
                shown = _ESCAPES.sub(b"", self.drawn)[-600:].decode(errors="replace")
                raise TimeoutError(f"{words!r} was not drawn; the end of what was: {shown}")
            self.read(0.005)
        return time.perf_counter() - began

    def press(self, keys: str) -> None:
        """Type, and forget what was drawn before."""
        self.drawn = b""
        os.write(self.terminal, keys.encode())

    def typed(self, keys: int = KEYS, going_on: Callable[[], bool] = lambda: True) -> list[float]:
        """Seconds from each of some letters to the screen, for as long as something goes on."""
        found: list[float] = []
        text = ""
        for number in range(keys):
            if not going_on():
                break
            if number % 20 == 0:
                self.empty(text)
                text = "zq"  # nothing else on the screen reads like this
                self.press(text)
                self.wait(text)
            text += "etaoinsrhl"[number % 10]
            self.press(text[-1])
            found.append(self.wait(text))
            self.rest(PAUSE)
        self.empty(text)
        return found

    def empty(self, text: str) -> None:
        """Take back what was typed."""
        if text:
            self.press("\x15")  # ctrl+u
            self.wait("Ask the articles")

    def ask(self, question: str) -> float:
        """Seconds until a question is answered."""
        self.press(f"{question}\r")
        return self.wait("[1]", "do not say")

    @property
    def megabytes(self) -> float:
        """Memory that it holds now."""
        status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    @property
    def processor(self) -> float:
        """Seconds of processor time that it has used, all its threads together."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Leave it."""
        os.kill(self.pid, signal.SIGTERM)
        with contextlib.suppress(OSError):  # it has gone
            self.rest(0.5)
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


def report(what: str, seconds: list[float]) -> None:
    """Print the median and the 95th percentile."""
    ordered = sorted(seconds)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    middle = statistics.median(ordered)
    put(f"{what:<44} p50 {middle * 1000:5.0f} ms   p95 {high * 1000:5.0f} ms   n {len(ordered)}")


def put(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def typed_meanwhile(chat: Chat) -> list[float]:
    """Seconds from key to screen of what is typed from a question to a little after its answer."""
    found: list[float] = []
    for question in QUESTIONS * 3:
        os.write(chat.terminal, f"{question}\r".encode())
        found += chat.typed(KEYS // 20)
        chat.rest(0.3)
    return found


def everyday(home: Path) -> None:
    """First paint, keys at rest, while answering and while adding, and memory."""
    for warm in (False, True):
        chat = Chat(home)
        chat.wait("Ask the articles")
        first = time.perf_counter() - chat.began
        used = f"   ({chat.processor:.2f} s of processor time)"
        put(f"first paint{' again' * warm:<33} {first:5.2f} s{used}")
        chat.wait("words and meaning")
        used = f"   ({chat.processor:.2f} s of processor time)"
        ready = time.perf_counter() - chat.began
        put(f"library open and encoder ready{'':<14} {ready:5.2f} s{used}")
        if not warm:
            chat.end()
    chat.rest(2)
    before = chat.processor
    report("key to screen, at rest", chat.typed())
    put(f"processor time of a key{'':<21} {(chat.processor - before) / KEYS * 1000:5.0f} ms")
    answers = [chat.ask(question) for question in QUESTIONS]
    report("question to answer on the screen", answers)
    put(f"memory after {len(QUESTIONS)} questions{'':<18} {chat.megabytes:5.0f} MB")
    report("key to screen, while answering", typed_meanwhile(chat))
    for question in QUESTIONS * 6:
        os.write(chat.terminal, f"{question}\r".encode())
    report("key to screen, sixty questions waiting", chat.typed())
    chat.rest(10)
    folder = home / "articles"
    folder.mkdir()
    for number in range(2000):
        text = f"Harga beras nomor {number} naik menjadi {number * 100} rupiah di pasar kota. " * 9
        (folder / f"{number}.txt").write_text(text, "utf-8")
    chat.press("\x1b[18~")
    chat.wait("Add files and folders")
    chat.press(f"{folder}\r")
    chat.wait("enter again adds them")
    chat.press("\r")
    chat.wait("Adding articles")
    seen = []

    def going_on() -> bool:
        seen.append(b"articles are new" in _ESCAPES.sub(b"", chat.drawn))
        return not any(seen)

    report("key to screen, while adding 2,000 articles", chat.typed(400, going_on))
    put(f"memory while adding{'':<25} {chat.megabytes:5.0f} MB")
    chat.end()


def long_conversation(home: Path) -> None:
    """Resuming and scrolling a conversation of 500 turns."""
    os.environ |= {"HOME": str(home)}
    from index import Library
    from qa.assistant import Assistant
    from qa.history import History
    from qa.samples import sample_articles
    from qa.settings import history_path
    from qa.testing import FakeEncoder

    library = home / "for-answers"
    encoder = FakeEncoder()
    Library.create(library, encoder).add([sample_articles()])
    assistant = Assistant.open(library, encoder)
    answers = [assistant.ask(question).to_dict() for question in QUESTIONS]
    history = History(history_path())
    kept = history.create("a long conversation", library)
    for number in range(TURNS):
        answer = answers[number % len(answers)]
        history.append(kept, f"{answer['question']} ({number})", answer)
    chat = Chat(home)
    chat.wait("words and meaning")
    chat.rest(2)
    chat.press("\x12")
    chat.wait("a long conversation")
    chat.press("\r")
    began = time.perf_counter()
    chat.wait(f"({TURNS - 1})")
    put(f"resuming {TURNS} turns{'':<26} {time.perf_counter() - began:5.2f} s")
    chat.rest(1)
    found = []
    for key in ("\x1b[5~", "\x1b[6~") * 30:  # page up, page down
        chat.press(key)
        began = time.perf_counter()
        while len(chat.drawn) < 500:
            chat.read(0.005)
            if time.perf_counter() - began > _PATIENCE:
                raise TimeoutError("a page did not scroll")
        found.append(time.perf_counter() - began)
        chat.rest(0.1)
    report(f"a page of {TURNS} turns", found)
    report(f"key to screen, after {TURNS} turns", chat.typed(60))
    chat.end()


def main() -> None:
    """Print one line for each figure."""
    for name in [name for name in os.environ if name.startswith(("KUTIP_", "XDG_"))]:
        del os.environ[name]
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    put(f"{os.cpu_count()} cores, load average {load}, {SIZE[1]} columns by {SIZE[0]} rows")
    for part in (everyday, long_conversation):
        with tempfile.TemporaryDirectory() as home:
            part(Path(home))


if __name__ == "__main__":
    main()
