"""The commands that read records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from made_records import record

from eval.cli import main
from eval.record_file import dump


def called(*args: str | Path) -> int:
    """Run the command and return its exit code."""
    with pytest.raises(SystemExit) as left:
        main([str(arg) for arg in args])
    return int(left.value.code or 0)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "run.json"
    path.write_text(dump(record()), encoding="utf-8")
    return path


def test_show_breaks_down_by_language_kind_or_both(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for by, heads in (("lang", ["en", "id", "all"]), ("both", ["en when", "id who"])):
        assert called("show", kept, "--by", by) == 0
        out = capsys.readouterr().out
        assert all(any(line.startswith(head) for line in out.splitlines()) for head in heads)


def test_many_languages_have_a_row_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = record()
    for row, lang in zip(run["rows"], ("ar", "de", "el", "en", "es", "hi") * 2, strict=True):
        row["lang"] = lang
    (tmp_path / "run.json").write_text(dump(run), encoding="utf-8")
    assert called("show", tmp_path / "run.json") == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) < 160
    assert "Answers by lang: hybrid" in out


def test_show_takes_measures_by_name_and_gives_figures_as_json(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called("show", kept, "--measure", "R@3", "--measure", "P@2") == 0
    lines = capsys.readouterr().out.splitlines()
    assert next(line for line in lines if "R@3" in line).split()[-2:] == ["R@3", "P@2"]
    assert next(line for line in lines if line.startswith("en    dense")).split()[3] == "1.000"
    assert called("show", kept, "--measure", "P@2", "--json", "-") == 0
    found = json.loads(capsys.readouterr().out)
    dense = found["groups"]["id"]["ranking"]["dense"]
    assert dense == {"P@2": {"value": 0.5, "low": 0.5, "high": 0.5, "n": 4}}
    answers = found["groups"]["id"]["answers"]["hybrid"]
    assert answers["Quote-Success@1"]["value"] == 1
    assert answers["follow-ups missed"] is None
    assert found["groups"]["id"]["outcomes"]["hybrid"]["answered wrongly"] == 2


def test_compare_as_text_json_and_markdown(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ("compare", kept, kept, "--system", "lexical", "--against", "hybrid")
    assert called(*args) == 0
    text = capsys.readouterr().out
    assert "Success@1  en" in text
    assert "won  q1  0.00 → 1.00  When did it end, 1?" in text
    assert called(*args, "--markdown") == 0
    assert "| Success@1 | en | 4 | 0.000 | 1.000 | +1.000 |" in capsys.readouterr().out
    assert called(*args, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in found["won"]] == ["q1", "q2", "q4", "q5", "q7", "q8", "q10", "q11"]
    assert found["lost"] == []
    first = found["differences"][0]
    assert first["holm"] == min(1.0, len(found["differences"]) * first["p"])
    assert (first["measure"], first["group"], first["before"], first["after"]) == (
        "Success@1",
        "en",
        0.0,
        1.0,
    )


def test_systems_that_only_answered_are_compared_by_their_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "run.json"
    path.write_text(dump(record(answers=("hybrid", "hybrid-noreader"))), encoding="utf-8")
    args = ("compare", path, path, "--system", "hybrid-noreader", "--against", "hybrid", "--json")
    assert called(*args) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["measure"] == "Quote-Success@1"
    assert [one["id"] for one in found["won"]] == ["q1", "q2", "q4", "q5"]
    assert called(*args, "--measure", "nDCG@10") == 2


def test_texts_of_a_record_cannot_command_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = record()
    for row in run["rows"]:
        row["question"] = "\x1b[31mred \u202eesrever\nsecond"
    path = tmp_path / "run.json"
    path.write_text(dump(run), encoding="utf-8")
    args = ("compare", path, path, "--system", "lexical", "--against", "hybrid")
    assert called(*args) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "␛[31mred" in out


def test_html_goes_to_a_file_or_to_stdout(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called("html", kept, "--out", tmp_path / "page.html") == 0
    assert called("html", kept, "--out", "-") == 0
    assert capsys.readouterr().out == (tmp_path / "page.html").read_text("utf-8")


def test_squad_prints_a_table_or_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"id": "q", "question": "When?", "answers": [{"text": "1994", "answer_start": 12}]}
    data = [{"context": "It ended in 1994, they say.", "qas": [asked]}]
    (tmp_path / "set.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "said.json").write_text('{"q": "1994"}', encoding="utf-8")
    args = ("squad", tmp_path / "set.json", tmp_path / "said.json")
    assert called(*args) == 0
    assert "100.00" in capsys.readouterr().out
    assert called(*args, "--json") == 0
    assert json.loads(capsys.readouterr().out)["languages"]["en"]["EM"] == 100


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("html", "slim.json", "--out", "-"), "--no-texts"),
        (("plot", "slim.json", "a/slim.json", "--out", "plots"), "same file name"),
        (("squad", "slim.json", "slim.json"), "slim.json"),
        (("docs", "nowhere"), "README.md"),
        (("show", "slim.json", "--measure", "luck"), "luck"),
        (("compare", "slim.json", "slim.json", "--measure", "luck"), "--measure must be one of"),
        (("compare", "slim.json", "slim.json", "--system", "rrf"), "no measure that both"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    args: Sequence[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("slim.json").write_text(dump(record(), texts=False), encoding="utf-8")
    assert called(*args) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.count("\n") == 1
