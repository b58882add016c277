"""Time limits, threads, and runs that are cut short."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import eval.session
from eval.judging import Answered, Ranked, Said
from eval.measures import Places
from eval.pace import Pace
from eval.questions import Question
from eval.session import Plan, execute
from eval.sets import Choice
from eval.unfinished import Unfinished
from index.errors import InputError
from index.types import Span
from qa.testing import FakeEncoder
from qa.types import Verdict

QUESTIONS = [Question(f"q{number}", f"What is {number}?", "en") for number in range(8)]


def row(question: Question) -> Ranked:
    return Ranked(question.id, (question.text,), Places((), ()), 0.0)


def test_rows_come_in_order_however_many_are_asked_at_once() -> None:
    def slow_at_first(question: Question) -> Ranked:
        time.sleep(0.02 if question.id == "q0" else 0)
        return row(question)

    told: list[tuple[str, int, int]] = []
    alone = list(Pace().each(row, QUESTIONS, "s", Ranked))
    pace = Pace(jobs=4, tick=lambda *step: told.append(step))
    assert list(pace.each(slow_at_first, QUESTIONS, "s", Ranked)) == alone
    assert told == [("s", done, 8) for done in range(9)]


def test_work_that_takes_too_long_is_a_time_out() -> None:
    with pytest.raises(TimeoutError, match=r"took longer than 0\.01 s"):
        Pace(timeout=0.01).within(lambda: time.sleep(0.3))
    assert Pace(timeout=5).within(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        Pace(timeout=5).within(lambda: 1 // 0)


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_run_that_is_cut_short_goes_on_where_it_was(tmp_path: Path, jobs: int) -> None:
    asked: list[str] = []

    def ask(question: Question) -> Ranked:
        asked.append(question.id)
        if len(asked) == 5:
            raise KeyboardInterrupt
        return row(question)

    pace = Pace(unfinished=tmp_path, jobs=jobs)
    with pytest.raises(KeyboardInterrupt):
        list(pace.each(ask, QUESTIONS, "s", Ranked))
    kept = next(tmp_path.iterdir())
    done = kept.read_bytes().count(b"\n")
    assert 0 < done < 8
    kept.write_bytes(kept.read_bytes() + b'{"question": "q')  # killed while writing
    asked = []
    told: list[str] = []
    pace = replace(pace, tick=lambda stage, *_: told.append(stage))
    asked = ["-"] * 10  # never the fifth again
    rows = list(pace.each(ask, QUESTIONS, "s", Ranked))
    assert rows == [row(question) for question in QUESTIONS]
    assert len(asked) - 10 == 8 - done
    assert set(told) == {"s, going on"}


def test_rows_of_every_kind_survive_the_file(tmp_path: Path) -> None:
    said = (Said("a", "Seventy ships.", Span(0, 7), True), Said("b", "x", None, False))
    facts: dict[str, Any] = {
        "right": 1, "found": None, "quotes": 2, "supported": 1, "verbatim": 2, "precision": 0.5,
        "recall": None, "exact": None, "f1": 0.25, "rewritten": False, "seconds": 0.125,
    }  # fmt: skip
    reply = Answered("q1", Verdict.RELATED, 0.5, **facts, said=said, error="ValueError('é')")
    ranked = Ranked("q1", ("a#1", "b#2"), Places(((2, 1),), (1, 3)), 0.5)
    kinds: Sequence[tuple[Any, Any]] = ((Answered, reply), (Ranked, ranked))
    for kind, value in kinds:
        path = tmp_path / kind.__name__
        with Unfinished(path, kind) as kept:
            kept.add(value)
        with Unfinished(path, kind) as kept:
            assert kept.rows == {"q1": value}


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    monkeypatch.setattr("eval.session.source_digest", lambda: "code")
    monkeypatch.setattr("eval.results.source_digest", lambda: "code")
    (tmp_path / "a.txt").write_text("The old train left Bandung in 1994. It was late.\n")
    (tmp_path / "b.txt").write_text("A new harbour was opened in Ambon. Ships came.\n")
    lines = "When did the train leave?\t1994\nWhere is the harbour?\tAmbon\nWho sang?\n"
    (tmp_path / "mine.tsv").write_text(lines)
    choice = Choice(str(tmp_path / "mine.tsv"), articles=[tmp_path / "a.txt", tmp_path / "b.txt"])
    return Plan(choice, encoder=FakeEncoder())


def without_timings(run: dict[str, Any]) -> dict[str, Any]:
    return run | {"timings": None}


def test_a_session_that_is_killed_goes_on_and_ends_like_any_other(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = execute(plan, tmp_path / "one")[0]

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(eval.session, "answer", killed)
        with pytest.raises(KeyboardInterrupt):
            execute(plan, tmp_path / "two")
    left = list((tmp_path / "two").rglob("unfinished/*/*.jsonl"))
    assert len(left) == 3  # one for each of the three arms

    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("asked again")

    with monkeypatch.context() as patched:
        patched.setattr("eval.run.relevant", never)
        again = execute(plan, tmp_path / "two")[0]
    assert without_timings(again) == without_timings(whole)
    assert not list((tmp_path / "two").rglob("unfinished/*/*"))


def test_what_nobody_goes_on_with_is_forgotten_after_a_week(plan: Plan, tmp_path: Path) -> None:
    kept = tmp_path / "mine" / "unfinished"
    for name, days in (("old", 8), ("young", 6)):
        (kept / name).mkdir(parents=True)
        os.utime(kept / name, (then := time.time() - days * 86400, then))
    execute(replace(plan, systems=["lexical"]), tmp_path)
    assert [folder.name for folder in kept.iterdir()] == ["young"]


def test_fresh_forgets_what_was_kept(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(eval.session, "answer", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            execute(plan, tmp_path / "cache")
    stages: list[str] = []
    pace = Pace(tick=lambda stage, *_: stages.append(stage))
    execute(replace(plan, fresh=True, pace=pace), tmp_path / "cache")
    assert not [stage for stage in stages if "going on" in stage]


def test_threads_change_nothing_but_timings(plan: Plan, tmp_path: Path) -> None:
    alone = execute(plan, tmp_path)[0]
    together = execute(replace(plan, pace=Pace(jobs=3)), tmp_path)[0]
    assert without_timings(together) == without_timings(alone)


def test_a_time_out_is_a_row_and_counts(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sleeps(*_: Any, **__: Any) -> list[Any]:
        time.sleep(0.2)
        return []

    monkeypatch.setattr("index.retriever.Retriever.search", sleeps)
    slow = replace(plan, pace=Pace(timeout=0.01), systems=["lexical"])
    run = execute(slow, tmp_path)[0]
    errors = [row["ranking"]["lexical"]["error"] for row in run["rows"] if row["answerable"]]
    assert errors == ["TimeoutError('took longer than 0.01 s')"] * 2
    assert all("error" in row["answers"]["lexical"] for row in run["rows"])
    assert run["settings"]["timeout"] == 0.01


def test_a_limited_run_says_so(plan: Plan, tmp_path: Path) -> None:
    run = execute(replace(plan, limit=2, answers=False), tmp_path)[0]
    assert [row["id"] for row in run["rows"]] == ["q1", "q2"]
    assert (run["settings"]["limit"], run["settings"]["of"]) == (2, 3)
    whole = execute(replace(plan, limit=9, answers=False), tmp_path)[0]
    assert (whole["settings"]["limit"], whole["settings"]["of"]) == (None, None)


def test_an_encoder_is_only_loaded_where_a_system_needs_one(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("loaded")

    monkeypatch.setattr("index.encoder.load_encoder", never)
    bare = replace(plan, encoder=None, systems=["lexical", "rank_bm25"])
    run = execute(bare, tmp_path)[0]
    assert run["encoder"] is None
    assert list(run["timings"]["answers"]) == ["lexical"]
    with pytest.raises(AssertionError, match="loaded"):
        execute(replace(bare, systems=["dense"]), tmp_path)


def test_the_systems_that_answer_can_be_named(plan: Plan, tmp_path: Path) -> None:
    few = replace(plan, systems=["lexical", "hybrid", "hybrid-noreader"])
    assert list(execute(few, tmp_path)[0]["timings"]["answers"]) == ["hybrid", "hybrid-noreader"]
    named = execute(replace(few, answerers=["lexical"]), tmp_path)[0]
    assert list(named["timings"]["answers"]) == ["lexical"]
    assert list(named["timings"]["ranking"]) == ["lexical", "hybrid"]
    with pytest.raises(InputError, match="bm25s only ranks"):
        execute(replace(few, answerers=["bm25s"]), tmp_path)
