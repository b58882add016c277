"""``qa ask`` and ``qa search``: what they print, to whom, and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index.errors import LibraryCorrupt
from qa import Assistant
from qa.cli.root import qa
from qa.testing import make_library

CEASEFIRE = """\
Perang di perbatasan Armenia dan Azerbaijan

Gencatan senjata antara Armenia dan Azerbaijan ditengahi oleh Rusia pada Selasa malam.

Kementerian Pertahanan mencatat 49 tentara Armenia tewas dalam pertempuran itu.
"""
RICE = """\
Harga beras naik

Harga beras di pasar Jakarta naik menjadi Rp 14.000 per kilogram pada bulan ini.
"""
QUESTION = "siapa yang menengahi gencatan senjata?"
QUOTE = "Gencatan senjata antara Armenia dan Azerbaijan ditengahi oleh Rusia pada Selasa malam."
UNKNOWN = "berapa jumlah planet berpenghuni di galaksi Andromeda?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ask")
    return make_library(folder, {"war.txt": CEASEFIRE, "rice.txt": RICE}, encoder="none")


@pytest.fixture
def run(library: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("KUTIP_LIBRARY", str(library))

    def run(*args: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(qa, args, input=stdin)

    return run


def test_an_answer_is_quoted_and_cited(run: Any) -> None:
    result = run("ask", QUESTION)
    assert result.exit_code == 0
    assert f"“{QUOTE}”" in " ".join(result.stdout.split())
    assert "[1] " in result.stdout
    assert "war.txt" in result.stdout
    assert "paragraph " in result.stdout
    assert "confidence: " in result.stdout
    assert "\x1b" not in result.stdout


def test_no_answer_ends_with_1(run: Any) -> None:
    result = run("ask", UNKNOWN)
    assert result.exit_code == 1
    assert "The articles " in result.stdout


def test_json_is_one_object(run: Any) -> None:
    result = run("ask", QUESTION, "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    assert answer["schema"] == 1
    assert answer["verdict"] == "answered"
    assert answer["mode"] == "lexical"
    assert answer["quotes"][0]["text"] == QUOTE
    assert not result.stderr


@pytest.mark.parametrize("place", ["before", "after"])
def test_the_library_flag_stands_anywhere(
    run: Any, library: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KUTIP_LIBRARY")
    flag = ["--library", str(library)]
    line = [*flag, "ask", QUESTION] if place == "before" else ["ask", QUESTION, *flag]
    assert run(*line).exit_code == 0


def test_the_last_library_flag_wins(run: Any, library: Path) -> None:
    assert run("--library", "/nowhere", "ask", QUESTION, "--library", str(library)).exit_code == 0


def test_the_question_from_stdin(run: Any) -> None:
    result = run("ask", "-", "--json", stdin=f"{QUESTION}\n")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["question"] == QUESTION


@pytest.mark.parametrize("question", ["", "  ", "-"])
def test_an_empty_question_is_bad_input(run: Any, question: str) -> None:
    result = run("ask", question, stdin="")
    assert result.exit_code == 2
    assert result.stderr == "qa: the question is empty; type a question\n"


@pytest.mark.parametrize(
    ("environment", "flags", "styled"),
    [
        ({}, [], False),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": "1"}, ["--plain"], False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, [], False),
        ({"FORCE_COLOR": "1", "KUTIP_PLAIN": "1"}, [], False),
    ],
)
def test_styles(
    run: Any,
    environment: dict[str, str],
    flags: list[str],
    styled: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[1;4m" in run("ask", QUESTION, *flags).stdout) is styled


def test_lines_fit_the_terminal(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = run("ask", QUESTION).stdout.splitlines()
    assert max(map(len, lines)) <= 40


def test_a_follow_up_says_how_it_was_taken(run: Any) -> None:
    result = run("ask", "dan kapan?", "--after", QUESTION, "--json")
    answer = json.loads(result.stdout)
    assert answer["question"] == "dan kapan?"
    if answer["asked_as"] != answer["question"]:
        assert "taken as:" in run("ask", "dan kapan?", "--after", QUESTION).stdout


def test_k_and_mode(run: Any) -> None:
    answer = json.loads(run("ask", QUESTION, "--json", "--k", "1", "--mode", "lexical").stdout)
    assert len(answer["hits"]) == 1
    assert answer["mode"] == "lexical"
    result = run("ask", QUESTION, "--mode", "dense")
    assert result.exit_code == 4
    assert "dense" in result.stderr


@pytest.mark.parametrize(
    ("flags", "ids"),
    [
        (["--article", "rice.txt"], {"rice.txt"}),
        (["--article", "rice.txt", "--article", "war.txt"], {"rice.txt", "war.txt"}),
        (["--lang", "id"], {"rice.txt", "war.txt"}),
        (["--lang", "fr"], set()),
        (["--since", "1900"], set()),
        (["--until", "2030-12"], set()),
    ],
)
def test_filters(run: Any, flags: list[str], ids: set[str]) -> None:
    result = run("search", "Armenia beras pasar tentara", "--json", *flags)
    assert {hit["article"]["id"] for hit in json.loads(result.stdout)["hits"]} == ids
    assert result.exit_code == (0 if ids else 1)


def test_dates_bound_whole_years_and_months(run: Any, tmp_path: Path) -> None:
    rows = [
        {"id": day, "text": f"Gencatan senjata diumumkan pada {day}.", "published": day}
        for day in ("2021-12-31", "2022-01-01", "2022-06-30", "2022-12-31", "2023-01-01")
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))

    def found(*flags: str) -> set[str]:
        place = [str(file), "--json", "--encoder", "none"]
        result = run("search", "gencatan senjata", *place, *flags)
        return {hit["article"]["id"] for hit in json.loads(result.stdout)["hits"]}

    assert found("--since", "2022", "--until", "2022") == {"2022-01-01", "2022-06-30", "2022-12-31"}
    assert found("--since", "2022-06", "--until", "2022-06") == {"2022-06-30"}
    assert found("--until", "2021-12-31") == {"2021-12-31"}
    assert found("--since", "2022-12-31", "--until", "2022") == {"2022-12-31"}


def test_articles_of_unknown_date_are_left_out_and_that_is_told(run: Any, tmp_path: Path) -> None:
    rows = [
        {
            "id": "dated",
            "text": "Gencatan senjata diumumkan.",
            "published": "2024-02-29",
            "lang": "id",
        },
        {"id": "undated", "text": "Gencatan senjata ditengahi.", "lang": "id"},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    flags = [str(file), "--json", "--encoder", "none"]
    result = run("search", "gencatan senjata", *flags, "--until", "2024-02")
    assert [hit["article"]["id"] for hit in json.loads(result.stdout)["hits"]] == ["dated"]
    assert result.stderr == "qa: left out, since their date is unknown: 1 of 2 articles\n"
    assert not run("search", "gencatan senjata", *flags, "--lang", "id").stderr


@pytest.mark.parametrize("command", ["ask", "search"])
def test_filters_that_nothing_passes_are_told(run: Any, command: str) -> None:
    result = run(command, QUESTION, "--lang", "fr")
    assert result.exit_code == 1
    assert "no article passes the filters" in result.stderr


def test_filters_hold_for_every_line_of_a_batch(run: Any) -> None:
    lines = [json.dumps({"question": question}) for question in (QUESTION, "harga beras?")]
    flags = ("--article", "rice.txt", "--k", "1", "--mode", "lexical")
    result = run("ask", "--batch", "-", *flags, stdin="\n".join(lines))
    hits = [json.loads(line)["hits"] for line in result.stdout.splitlines()]
    assert [[hit["article"]["id"] for hit in some] for some in hits] == [[], ["rice.txt"]]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--article", "nope.txt"], "nope.txt"),
        (["--since", "yesterday"], "--since 'yesterday' is no date"),
        (["--until", "2022-1-1"], "--until '2022-1-1' is no date"),
        (["--since", "2022-13"], "--since '2022-13' is no date"),
        (["--until", "2023-02-29"], "--until '2023-02-29' is no date"),
        (["--since", "0000"], "--since '0000' is no date"),
        (["--since", "2022-07", "--until", "2022-06"], "--since 2022-07 is after --until 2022-06"),
    ],
)
def test_filters_that_make_no_sense(run: Any, flags: list[str], said: str) -> None:
    result = run("ask", QUESTION, *flags)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_search_lists_passages(run: Any) -> None:
    result = run("search", QUESTION, "-k", "1")
    assert result.exit_code == 0
    assert QUOTE in " ".join(result.stdout.split())
    assert "same words (no. 1)" in result.stdout
    assert run("search", "zzzz").exit_code == 1
    assert run("search", " ").exit_code == 2
    piped = json.loads(run("search", "-", "--json", stdin=QUESTION).stdout)
    assert (piped["schema"], piped["mode"], piped["question"]) == (1, "lexical", QUESTION)


def test_a_batch_is_answered_in_order(run: Any) -> None:
    lines = [
        {"id": "a", "question": QUESTION},
        {"id": 2, "question": UNKNOWN},
        {"question": "dan kapan?", "history": [QUESTION, {"question": "lalu?"}]},
    ]
    result = run("ask", "--batch", "-", stdin="\n\n".join(map(json.dumps, lines)))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [answer["id"] for answer in answers] == ["a", 2, None]
    assert [answer["question"] for answer in answers] == [line["question"] for line in lines]
    assert answers[0]["quotes"][0]["text"] == QUOTE


def test_a_bad_line_does_not_stop_a_batch(run: Any, tmp_path: Path) -> None:
    lines = [
        b"{not json",
        b'{"id": 1}',
        b'{"id": 2, "question": " "}',
        b"[]",
        b'{"id": 3, "question": "q", "history": "h"}',
        b'{"id": 4, "question": "q", "history": [1]}',
        b'{"id": 5, "question": "\xff"}',
        b"[" * 100_000,
        b'{"id": NaN, "question": "q"}',
        b'{"id": {}, "question": "q"}',
        b'\xef\xbb\xbf{"id": 6, "question": "' + QUESTION.encode() + b'"}',
    ]
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"\n".join(lines))
    result = run("ask", "--batch", str(file))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 2
    assert len(answers) == len(lines)
    assert all("error" in answer for answer in answers[:-1])
    assert [answer["id"] for answer in answers] == [None, 1, 2, None, 3, 4, *[None] * 4, 6]
    assert answers[-1]["verdict"] == "answered"
    assert result.stderr == f"qa: 10 lines of {file} could not be answered\n"


@pytest.mark.parametrize(
    ("problem", "code"), [(LibraryCorrupt("damaged"), 3), (ValueError("a defect"), 70)]
)
def test_whatever_goes_wrong_with_a_line_the_next_is_answered(
    run: Any, monkeypatch: pytest.MonkeyPatch, problem: Exception, code: int
) -> None:
    real = Assistant.ask

    def fail(self: Assistant, question: str, *others: Any, **flags: Any) -> Any:
        if question == "fail":
            raise problem
        return real(self, question, *others, **flags)

    monkeypatch.setattr(Assistant, "ask", fail)
    lines = [{"id": 1, "question": "fail"}, {"id": 2}, {"id": 3, "question": QUESTION}]
    result = run("ask", "--batch", "-", stdin="\n".join(map(json.dumps, lines)))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == code
    assert str(problem) in answers[0]["error"]
    assert answers[2]["verdict"] == "answered"
    assert result.stderr == "qa: 2 lines of - could not be answered\n"


def test_what_is_no_character_is_no_crash(run: Any) -> None:
    line = b'{"question": "siapa \\ud800?", "history": ["\\udfff"]}'
    result = run("ask", "--batch", "-", stdin=line)
    assert json.loads(result.stdout)["question"] == "siapa ??"
    assert run("ask", "siapa \udcff?").exit_code in {0, 1}
    wrong = run("ask", "-", stdin=b"\xff\xfe")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "not UTF-8" in wrong.stderr


def test_a_batch_that_is_not_there(run: Any) -> None:
    result = run("ask", "--batch", "nowhere.jsonl")
    assert result.exit_code == 2
    assert result.stderr == "qa: nowhere.jsonl does not exist\n"
    assert run("ask", "--batch", "-", "--after", "q").exit_code == 2


def test_paths_are_indexed_first_and_kept_up_to_date(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "war.txt").write_text(CEASEFIRE)
    first = run("ask", QUESTION, str(folder), "--json", "--encoder", "none")
    assert json.loads(first.stdout)["quotes"][0]["article"]["path"] == str(folder / "war.txt")

    (folder / "war.txt").write_text(CEASEFIRE.replace("Rusia", "Turki"))
    second = run("ask", QUESTION, str(folder), "--json", "--encoder", "none")
    assert "Turki" in json.loads(second.stdout)["quotes"][0]["text"]

    (folder / "war.txt").unlink()
    (folder / "rice.txt").write_text(RICE)
    third = run("ask", QUESTION, str(folder), "--json", "--encoder", "none")
    assert "war.txt" not in third.stdout


def test_paths_of_a_batch(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CEASEFIRE)
    (tmp_path / "b.txt").write_text(RICE)
    line = json.dumps({"question": QUESTION})
    paths = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    result = run("ask", "--batch", "-", *paths, "--encoder", "none", stdin=line)
    assert json.loads(result.stdout)["quotes"][0]["article"]["id"] == "a.txt"


def test_paths_and_a_library_flag_add_to_that_library(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KUTIP_LIBRARY")
    (tmp_path / "war.txt").write_text(CEASEFIRE)
    flags = ["--library", str(tmp_path / "own"), "--encoder", "none"]
    assert run("ask", QUESTION, str(tmp_path / "war.txt"), *flags).exit_code == 0
    (tmp_path / "war.txt").unlink()
    assert run("ask", QUESTION, *flags).exit_code == 0


def test_paths_that_cannot_be_read(run: Any, tmp_path: Path) -> None:
    missing = run("ask", QUESTION, str(tmp_path / "nowhere"))
    assert missing.exit_code == 2
    assert "nowhere does not exist" in missing.stderr

    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)
    useless = run("ask", QUESTION, str(tmp_path / "binary.txt"), "--encoder", "none")
    assert useless.exit_code == 2
    assert "skipped" in useless.stderr
    assert "binary.txt" in useless.stderr
    assert not useless.stdout


def test_without_a_library_the_samples_are_asked(
    run: Any, isolated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KUTIP_LIBRARY")
    line = ("ask", QUESTION, "--json", "--encoder", "none")
    result = run(*line)
    assert result.exit_code in {0, 1}
    assert result.stderr.startswith("qa: there is no library yet: asking the five sample articles")
    assert json.loads(result.stdout)["hits"][0]["article"]["id"].startswith("00")
    kept = list((isolated / ".cache").rglob("manifest.json"))
    assert len(kept) == 1
    before = kept[0].stat().st_mtime_ns
    assert run(*line).exit_code == result.exit_code
    assert kept[0].stat().st_mtime_ns == before


def test_a_damaged_cache_is_made_anew(
    run: Any, isolated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KUTIP_LIBRARY")
    line = ("ask", QUESTION, "--json", "--encoder", "none")
    first = run(*line)
    for manifest in (isolated / ".cache").rglob("manifest.json"):
        manifest.write_text("{")
    second = run(*line)
    assert second.exit_code == first.exit_code
    assert json.loads(second.stdout)["hits"] == json.loads(first.stdout)["hits"]


def test_a_read_only_home_does_not_stop_the_samples(
    run: Any, isolated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KUTIP_LIBRARY")
    (isolated / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(isolated / "file"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    result = run("ask", QUESTION, "--json", "--encoder", "none")
    assert json.loads(result.stdout)["hits"]
    assert list(tmp_path.glob("kutip-*/*/CURRENT"))
