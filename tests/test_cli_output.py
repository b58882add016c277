"""What a terminal is shown, and a pipe is not."""

from __future__ import annotations

import io
import sys

import pytest

from index.types import Progress
from qa.cli import output


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Both streams as one terminal. No fixture: pytest changes the streams between the phases."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    return terminal


@pytest.mark.parametrize(
    ("progress", "seconds", "words"),
    [
        (Progress("reading", 0, 0), 9.0, "reading 0"),
        (Progress("reading", 7, 0), 0.5, "reading 7"),
        (Progress("encoding", 50, 200), 0.5, "encoding 50/200"),
        (Progress("encoding", 50, 200), 2.0, "encoding 50/200 · 25/s · 0:06 left"),
        (Progress("encoding", 1, 100), 10.0, "encoding 1/100 · 0.1/s · 16:30 left"),
        (Progress("encoding", 200, 200), 2.0, "encoding 200/200 · 100/s"),
    ],
)
def test_progress_in_words(progress: Progress, seconds: float, words: str) -> None:
    assert output.progress_words(progress, seconds) == words


def test_progress_is_drawn_over_itself_and_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with output.progress() as show:
        assert show
        show(Progress("reading", 1, 3))
        show(Progress("reading", 2, 3))
        show(Progress("reading", 3, 3))
    shown = screen.getvalue()
    assert "\n" not in shown
    assert "reading 2/3" not in shown
    assert shown.split("\r\x1b[K") == ["", "reading 1/3", "reading 3/3", ""]


def test_progress_is_cleared_on_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)

    def fail() -> None:
        with output.progress() as show:
            assert show
            show(Progress("reading", 1, 3))
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert screen.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("because", ["plain", "dumb"])
def test_plain_progress_is_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, because: str
) -> None:
    screen = terminal(monkeypatch)
    if because == "dumb":
        monkeypatch.setenv("TERM", "dumb")
    now = [0.0]
    monkeypatch.setattr(output.time, "monotonic", lambda: now[0])
    with output.progress(plain=because == "plain") as show:
        assert show
        for second in range(25):
            now[0] = float(second)
            show(Progress("reading", second, 100))
    assert screen.getvalue() == (
        "qa: reading 2/100 · 1/s · 1:38 left\nqa: reading 12/100 · 1/s · 1:28 left\n"
        "qa: reading 22/100 · 1/s · 1:18 left\n"
    )


def test_what_is_said_is_broken_between_words_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "12")
    output.put_words("broken between words \x1b")
    assert screen.getvalue() == "broken\nbetween\nwords ␛\n"


def test_no_progress_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with output.progress() as show:
        assert show is None


def test_a_table_is_aligned_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "16")
    output.put_table([["a", "日本", "x"], ["bbb", "c", "long title \x1b[2J"]])
    output.put_table([])
    assert screen.getvalue() == "a    日本  x\nbbb  c     long…\n"


def test_a_table_has_tabs_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stdout", pipe)
    output.put_table([["a", "b\tc\nd"], ["ee", "f"]])
    assert pipe.getvalue() == "a\tb c d\nee\tf\n"


def test_json_is_indented_for_a_person_only(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    output.put_json({"a": 1})
    assert screen.getvalue() == '{\n  "a": 1\n}\n'
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    output.put_json({"a": 1})
    assert isinstance(sys.stdout, io.StringIO)
    assert sys.stdout.getvalue() == '{"a": 1}\n'


def test_width_is_that_of_the_terminal_within_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert output.width() == 60
    monkeypatch.setenv("COLUMNS", "400")
    assert output.width() == 100
