"""Whatever goes wrong is one line on stderr and a documented exit code."""

from __future__ import annotations

import errno
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from index.errors import (
    EncoderError,
    EncoderMismatch,
    InputError,
    KutipError,
    LibraryBusy,
    LibraryCorrupt,
    LibraryIncompatible,
    LibraryNotFound,
)
from qa.cli import root
from qa.cli.exits import Exit
from qa.cli.root import Root
from qa.history import HistoryError


def run_raising(problem: BaseException, *flags: str) -> Result:
    @click.group(cls=Root)
    @click.option("--debug", is_flag=True)
    def group(debug: bool) -> None:
        """A group whose one command fails."""

    @group.command()
    def fail() -> None:
        """Fail."""
        raise problem

    return CliRunner().invoke(group, [*flags, "fail"])


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (InputError("m"), 2),
        (HistoryError("m"), 2),
        (KutipError("m"), 2),
        (LibraryNotFound("m"), 3),
        (LibraryCorrupt("m"), 3),
        (LibraryIncompatible("m"), 3),
        (LibraryBusy("m"), 3),
        (EncoderMismatch("m"), 3),
        (EncoderError("m"), 4),
    ],
)
def test_errors_on_purpose(problem: Exception, code: int) -> None:
    result = run_raising(problem)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", "qa: m\n")
    assert code in list(Exit)


def test_a_full_disk_and_the_like() -> None:
    full = run_raising(OSError(errno.ENOSPC, "No space left on device", "/data/x"))
    assert (full.exit_code, full.stderr) == (2, "qa: /data/x: No space left on device\n")
    nameless = run_raising(OSError(errno.EROFS, "Read-only file system"))
    assert (nameless.exit_code, nameless.stderr) == (2, "qa: Read-only file system\n")


def test_a_message_stays_on_its_line_and_moves_nothing() -> None:
    result = run_raising(InputError("one\ntwo\x1b[31m\u202e"))
    assert result.stderr == "qa: one two␛[31m�\n"


@pytest.mark.parametrize("problem", [ValueError("what"), MemoryError(), OSError("odd")])
def test_a_defect_ends_with_70(problem: Exception) -> None:
    result = run_raising(problem)
    assert result.exit_code == 70
    assert result.stderr.startswith(f"qa: unexpected {type(problem).__name__}")
    assert result.stderr.count("\n") == 1
    assert "--debug" in result.stderr


def test_debug_adds_the_traceback() -> None:
    result = run_raising(ValueError("what"), "--debug")
    assert result.exit_code == 70
    assert "Traceback (most recent call last)" in result.stderr
    assert "ValueError: what" in result.stderr
    assert not result.stdout


@pytest.mark.parametrize("problem", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupt_ends_with_130(problem: BaseException) -> None:
    result = run_raising(problem)
    assert result.exit_code == 130
    assert "Traceback" not in result.output


def test_a_reader_that_went_away_is_no_error() -> None:
    result = run_raising(BrokenPipeError(errno.EPIPE, "Broken pipe"))
    assert (result.exit_code, result.output) == (141, "")


def test_settings_that_are_wrong(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("libary = 'x'")
    result = CliRunner().invoke(root.qa, ["ask", "q", "--config", str(file)])
    assert result.exit_code == 2
    assert str(file) in result.stderr
    assert "did you mean library?" in result.stderr


def test_an_encoder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hujan turun di Bandung pada Senin pagi.")
    line = ["ask", "hujan?", str(tmp_path / "a.txt"), "--encoder", str(tmp_path / "model")]
    result = CliRunner().invoke(root.qa, line)
    assert result.exit_code == 4
    assert "model" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "line",
    [["ask", "q"], ["search", "q"], ["chat"], ["index", "list"]],
    ids=" ".join,
)
def test_a_library_that_is_named_must_be_there(
    line: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.cli.chat._has_terminal", lambda: True)
    result = CliRunner().invoke(root.qa, [*line, "--library", str(tmp_path / "nowhere")])
    assert result.exit_code == 3
    assert "nowhere" in result.stderr
    assert result.stderr.count("\n") == 1
