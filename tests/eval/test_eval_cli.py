from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import eval.session
from eval.cli import main
from eval.session import Plan, execute
from index.errors import EncoderError
from qa.testing import FakeEncoder


def called(*args: str) -> int:
    """Run the command and return its exit code."""
    with pytest.raises(SystemExit) as left:
        main(args)
    return int(left.value.code or 0)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every run use the fake encoder."""
    monkeypatch.setattr(eval.session, "_encoder", lambda *_: FakeEncoder())


def test_list_names_sets_and_systems(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("list") == 0
    out = capsys.readouterr().out
    assert all(word in out for word in ("seeds-dev", "idk-mrc-dev", "hybrid-no-lexicon"))


def test_check_finds_the_shipped_questions_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("check") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "all gold texts" in err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["run", "--set", "idk-mrc-dev"], "--data"),
        (["run", "--set", "nothing"], "there is no set at nothing"),
        (["run", "--system", "sparse"], "no system is called 'sparse'"),
        (["show", "missing.json"], "missing.json"),
        (["compare", "missing.json", "missing.json"], "missing.json"),
        (["check", "missing.jsonl"], "missing.jsonl"),
        (["run", "--by", "colour"], "colour"),
        (["fly"], "fly"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    args: Sequence[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(*args) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert "Traceback" not in err
    if not err.startswith("Usage"):
        assert err.count("\n") == 1


def test_a_missing_model_is_exit_code_4(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: Any) -> None:
        raise EncoderError("no such model")

    monkeypatch.setattr(eval.session, "_encoder", fails)
    assert called("run") == 4
    assert "no such model" in capsys.readouterr().err


def test_the_unexpected_is_exit_code_70_and_a_traceback_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: Any) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(eval.session, "_encoder", fails)
    assert called("run") == 70
    assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "run"])


def test_an_interrupt_is_exit_code_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(eval.session, "_encoder", stops)
    assert called("run") == 130


@pytest.mark.usefixtures("fake")
def test_run_show_and_compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record, notes, trec = tmp_path / "run.json", tmp_path / "run.md", tmp_path / "trec"
    args = ["run", "--no-answers", "--no-lexicon", "--json", str(record)]
    assert called(*args, "--markdown", str(notes), "--run-file", str(trec)) == 0
    out, err = capsys.readouterr()
    assert out.startswith("seeds-dev: 164 questions (130 with an answer) over 5 articles")
    assert "hybrid-no-lexicon" in out
    assert "lexical: 110 done" in err
    assert json.loads(record.read_text())["set"]["lost"] == []
    assert notes.read_text().startswith("## seeds-dev")
    assert len(list(trec.iterdir())) == 7

    assert called("show", str(record)) == 0
    assert capsys.readouterr().out == out
    assert called("compare", str(record), str(record), "--against", "lexical") == 0
    out, _ = capsys.readouterr()
    assert out.startswith("hybrid → lexical")
    assert "won  seeds-" in out
    assert "?" in out  # the text of a question
    assert called("compare", str(record), str(record), "--measure", "luck") == 2


@pytest.mark.usefixtures("fake")
def test_the_record_goes_to_stdout_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("run", "--no-answers", "--system", "lexical", "-q", "--json", "-") == 0
    out, err = capsys.readouterr()
    assert len(json.loads(out)["rows"]) == 164
    assert err == ""


@pytest.mark.usefixtures("fake")
def test_questions_that_fail_are_told_and_make_the_exit_code_70(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise ValueError("out of luck")

    monkeypatch.setattr("index.retriever.Retriever.search", fails)
    assert called("run", "--no-answers", "--system", "lexical", "-q") == 70
    out, err = capsys.readouterr()
    assert "0.000" in out
    assert "lexical: 110 questions FAILED" in err
    assert "out of luck" in err


@pytest.mark.usefixtures("fake")
def test_a_file_that_cannot_be_written_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    args = ["run", "--no-answers", "--system", "lexical", "-q"]
    assert called(*args, "--json", str(tmp_path / "file" / "run.json")) == 2
    assert called(*args, "--run-file", str(tmp_path / "file")) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_two_runs_over_the_seeds_agree(tmp_path: Path) -> None:
    plan = Plan(encoder=FakeEncoder(), answers=False)
    first, second = (execute(plan, cache=tmp_path / name)[0] for name in ("one", "two"))
    assert first | {"timings": None} == second | {"timings": None}
    assert first["set"]["lost"] == []


def test_a_reader_that_goes_away_and_a_signal_end_it_without_a_word(tmp_path: Path) -> None:
    code = "from eval.cli import main; main()"
    quits = f"{sys.executable} -c '{code}' list | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", quits], capture_output=True, check=False)
    assert (done.returncode, done.stderr) in ((1, b""), (0, b""))  # 0: it had written all

    env = os.environ | {"TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run = [sys.executable, "-c", code, "run", "--set", "seeds-dev", "--timeout", "600"]
    running = subprocess.Popen(run, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while running.poll() is None and not list(tmp_path.glob("qa-eval-*/library")):
        time.sleep(0.01)
    running.terminate()
    _, err = running.communicate()
    assert (running.returncode, b"Traceback" in err) == (128 + signal.SIGTERM, False)
    assert not list(tmp_path.glob("qa-eval-*"))


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from eval.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'jinja2', 'matplotlib', 'ir_measures', 'faiss', 'onnxruntime', 'torch',"
        " 'textual', 'pandas'}\n"
        "sys.exit(','.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done: Any = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
