"""The command line as a process of its own: pipes, signals, a closed output."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner

from index import Library
from qa.cli.root import qa
from qa.samples import sample_articles
from qa.testing import make_library

QA = [sys.executable, "-c", "from qa.cli import main; main()"]
QUESTION = "siapa yang menengahi gencatan senjata?"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    text = "Gencatan senjata itu ditengahi oleh Rusia.\n"
    path = make_library(tmp_path_factory.mktemp("process"), {"war.txt": text}, encoder="none")
    return str(path)


@pytest.fixture(autouse=True)
def heard() -> None:
    """Let children hear Ctrl+C even where the tests run in the background, deaf to it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def start(*args: str, stdin: int | None = subprocess.PIPE) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen([*QA, *args], stdin=stdin, stdout=pipe, stderr=pipe)


def ask(process: subprocess.Popen[bytes], id: str) -> None:  # noqa: A002
    assert process.stdin
    process.stdin.write(json.dumps({"id": id, "question": QUESTION}).encode() + b"\n")
    process.stdin.flush()


def read_line(stream: IO[bytes] | None) -> bytes:
    assert stream
    return stream.readline()


def test_a_batch_streams(library: str) -> None:
    with start("ask", "--batch", "-", "--library", library) as process:
        for id_ in ("first", "second"):
            ask(process, id_)
            assert json.loads(read_line(process.stdout))["id"] == id_
        process.communicate()
    assert process.returncode == 0


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_signals_end_it_quietly(library: str, name: str, code: int) -> None:
    with start("ask", "--batch", "-", "--library", library) as process:
        ask(process, "one")
        read_line(process.stdout)
        process.send_signal(getattr(signal, name))
        _, said = process.communicate(timeout=20)
    assert process.returncode == code
    assert b"Traceback" not in said


def test_a_reader_that_goes_away_is_no_error(library: str) -> None:
    with start("ask", "--batch", "-", "--library", library) as process:
        ask(process, "one")
        read_line(process.stdout)
        assert process.stdout
        process.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            ask(process, "two")
            ask(process, "three")
        process.stdout = None
        _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (141, b"")


def test_a_shell_is_offered_what_is_there(library: str) -> None:
    """What the script of ``qa completion bash`` runs when a person presses the tab key."""
    words = {
        "_QA_COMPLETE": "bash_complete",
        "COMP_WORDS": f"qa ask q --library {library} --article w",
        "COMP_CWORD": "6",
    }
    done = subprocess.run(QA, env={**os.environ, **words}, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"plain,war.txt\n", b"")


def test_a_help_that_nobody_reads(library: str) -> None:
    with start("--help") as process:
        assert process.stdout
        process.stdout.close()
        process.stdout = None
        _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (141, b"")


@pytest.mark.parametrize(
    ("line", "closed", "code"),
    [
        ("index list", ">&-", 0),
        ("ask -", "<&-", 2),
        ("ask --batch -", "<&-", 0),
        ("index remove nope", "2>&-", 2),
        ("index check", "2>/dev/full", 0),
    ],
)
def test_streams_that_are_closed_from_the_start(
    library: str, line: str, closed: str, code: int
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    command = shlex.join([*QA, *line.split(), "--library", library])
    done = subprocess.run(["sh", "-c", f"{command} {closed}"], capture_output=True, check=False)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") <= 1


def test_a_disk_that_is_full_while_a_library_is_written(tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk: both fail in the middle of a write."""
    resource = pytest.importorskip("resource")
    text = " ".join(f"kata{n}" for n in range(20_000))
    (tmp_path / "large.jsonl").write_text(json.dumps({"text": text, "lang": "id"}))
    library = make_library(tmp_path, {"war.txt": "Gencatan senjata.\n"}, encoder="none")
    line = [*QA, "index", "add", "--library", str(library), "--encoder", "none"]
    done = subprocess.run(
        [*line, str(tmp_path / "large.jsonl")],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == f"qa: {library}: File too large\n".encode()
    assert len(Library.open(library).articles()) == 1
    assert Library.open(library).check() == []
    assert len(list((library / "snapshots").iterdir())) == 1


def test_a_home_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", "/dev/null/home")
    run = CliRunner().invoke
    assert run(qa, ["ask", QUESTION, "--encoder", "none"]).exit_code in {0, 1}
    for line in (["index", "add", str(sample_articles())], ["history", "list"]):
        failed = run(qa, line)
        assert (failed.exit_code, failed.stderr.count("\n")) == (2, 1)
        assert "/dev/null/home" in failed.stderr
    assert run(qa, ["doctor"]).exit_code == 0
    assert run(qa, ["index", "prune"]).exit_code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(library: str) -> None:
    with Path("/dev/full").open("wb") as full:
        line = [*QA, "index", "list", "--library", library]
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"qa: No space left on device\n"


def test_an_encoding_that_lacks_the_letters(library: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    line = [*QA, "ask", QUESTION, "--library", library]
    done = subprocess.run(line, env=environment, capture_output=True, check=False)
    assert done.returncode in {0, 1}
    assert b"\\u201cGencatan" in done.stdout


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_in_a_terminal_the_words_are_lit_and_progress_is_shown(tmp_path: Path) -> None:
    (tmp_path / "war.txt").write_text("Gencatan senjata itu ditengahi oleh Rusia.\n")
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "xterm"}
    line = [*QA, "ask", QUESTION, str(tmp_path / "war.txt"), "--encoder", "none"]
    process = subprocess.Popen(line, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how Linux says that nothing more will come
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    assert process.wait() in {0, 1}
    assert b"\x1b[1;4m" in shown
    assert b"reading" in shown
    assert b"\r\x1b[K" in shown


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_an_interrupted_write_leaves_the_library_as_it_was(
    tmp_path: Path, name: str, code: int
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        text = " ".join(f"kata{number}x{word}" for word in range(300))
        (folder / f"{number}.txt").write_text(f"Kalimat {text}.\n")
    library = tmp_path / "library"
    with start("index", "add", str(folder), "--library", str(library), "--encoder", "none") as it:
        deadline = time.monotonic() + 20
        while not (library / "lock").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.3)
        it.send_signal(getattr(signal, name))
        _, said = it.communicate(timeout=20)
    assert b"Traceback" not in said
    assert it.returncode in {0, code}
    if it.returncode:  # there was none before
        assert not library.exists()
        return
    listed = [*QA, "index", "list", "--json", "--library", str(library)]
    done = subprocess.run(listed, capture_output=True, check=False)
    assert len(json.loads(done.stdout)["articles"]) == 400
