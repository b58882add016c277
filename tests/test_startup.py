"""What a start costs: which packages are loaded, and a bound on the processor time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qa.samples import sample_articles
from qa.testing import make_library

HEAVY = {
    "faiss",
    "numpy",
    "onnxruntime",
    "rank_bm25",
    "rich",
    "sentence_transformers",
    "sqlite3",
    "textual",
    "tokenizers",
    "torch",
    "trafilatura",
    "transformers",
}
NEVER = {"sentence_transformers", "torch", "transformers"}

REPORT = """
import sys, json, socket
def refuse(*_):
    raise AssertionError("a connection was attempted")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from qa.cli import main
try:
    main()
finally:
    sys.stdout.flush()
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def loaded(*args: str) -> tuple[set[str], int]:
    """The top-level packages that a command loads, and its exit code."""
    line = [sys.executable, "-c", REPORT, *args]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    return {
        name.split(".")[0] for name in json.loads(done.stderr.splitlines()[-1])
    }, done.returncode


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    samples = {file.name: file.read_text("utf-8") for file in sample_articles().glob("*.txt")}
    return str(make_library(tmp_path_factory.mktemp("startup"), samples, encoder="bundled"))


@pytest.mark.parametrize("line", [["--help"], ["--version"], ["index", "add", "--help"]])
def test_help_loads_nothing_heavy(line: list[str]) -> None:
    packages, code = loaded(*line)
    assert code == 0
    assert not packages & HEAVY


@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_answer_of_the_bundled_encoder_needs_no_torch(library: str, command: str) -> None:
    packages, code = loaded(command, "who mediated the ceasefire?", "--json", "--library", library)
    assert code == 0
    assert not packages & (NEVER | {"textual", "trafilatura", "sqlite3"})
    assert "onnxruntime" in packages


def test_an_answer_by_words_loads_no_vectors(library: str) -> None:
    line = ("ask", "siapa yang menengahi gencatan senjata?", "--mode", "lexical")
    packages, code = loaded(*line, "--library", library)
    assert code in {0, 1}
    assert not packages & (NEVER | {"faiss"})


def test_adding_articles_loads_no_torch(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hujan turun di Bandung pada Senin pagi.\n")
    packages, code = loaded(
        "index", "add", str(tmp_path / "a.txt"), "--library", str(tmp_path / "library")
    )
    assert code == 0
    assert not packages & NEVER


def test_the_chat_screen_loads_without_the_index() -> None:
    program = "import sys, qa.tui.app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    packages = {name.split(".")[0] for name in done.stdout.split()}
    assert not packages & (NEVER | {"onnxruntime", "faiss", "trafilatura"})


@pytest.mark.skipif(os.name != "posix", reason="needs the processor time of a child")
@pytest.mark.parametrize(
    ("line", "beside", "times"),
    [
        (["--help"], "pass", 25.0),
        (
            ["ask", "who mediated the ceasefire?"],
            "import click, faiss, numpy, onnxruntime, regex, tokenizers",
            8.0,
        ),
    ],
    ids=["help", "ask"],
)
def test_a_start_costs_little(
    library: str, tmp_path: Path, line: list[str], beside: str, times: float
) -> None:
    """Processor time over all cores, beside a program that any fast or slow machine runs, too."""
    import resource

    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path)}  # as if it were installed
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    programs = (beside, "from qa.cli import main; main()")
    costs: dict[str, list[float]] = {program: [] for program in programs}
    for _ in range(4):
        for program in programs:
            command = [sys.executable, "-c", program, *line, "--library", library]
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, capture_output=True, check=False, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            costs[program].append(spent)
    yardstick, cost = (min(costs[program]) for program in programs)
    assert cost < times * yardstick


def test_the_bundled_encoder_keeps_no_book_of_its_use(
    isolated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ONNX Runtime collects usage data below the home and sends it, unless told not to."""
    for name in ("CI", "GITHUB_ACTIONS", "TF_BUILD", "ORT_DISABLE_TELEMETRY"):
        monkeypatch.delenv(name, raising=False)
    program = "from index.encoder import load_encoder; load_encoder().encode_question('who?')"
    subprocess.run([sys.executable, "-c", program], check=True)
    assert not list(isolated.rglob("*"))
