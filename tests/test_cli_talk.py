"""The plain chat: everything the screen can do, as lines of text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qa.cli import output
from qa.cli.root import qa as command
from qa.cli.talk import COMMANDS
from qa.history import History
from qa.settings import history_path
from qa.testing import make_library

WAR = (
    "Pertempuran berhenti pada Selasa malam.\n\n"
    "Gencatan senjata itu ditengahi oleh Rusia.\n\n"
    "Warga \x1b[31mStepanakert\x1b[0m kembali ke rumah mereka pada hari Rabu."
)
FARM = "Petani di Lembang memanen tomat lebih awal. Harga tomat naik di pasar Bandung."
QUESTION = "siapa yang menengahi gencatan senjata?"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = make_library(tmp_path, {"farm.txt": FARM, "war.txt": WAR}, encoder="none")
    monkeypatch.setenv("KUTIP_LIBRARY", str(path))
    monkeypatch.chdir(tmp_path)
    return path


def say(*lines: str) -> Result:
    result = CliRunner().invoke(
        command, ["chat", "--plain"], input="".join(f"{x}\n" for x in lines)
    )
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.output
    return result


def test_every_command_is_in_the_help_and_in_these_tests(library: Path) -> None:
    told = say("/help").stdout
    source = Path(__file__).read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"\n/{name}" in told
        assert f'"/{name}' in source


def test_an_answer_is_looked_into(library: Path) -> None:
    told = say(QUESTION, "/read 1", "/why 1", "/why 9", "/read", "/typed").stdout
    assert told.count("ditengahi oleh Rusia") == 4  # twice answered, twice read
    assert "kembali ke rumah mereka" in told  # the paragraph after it
    assert "same words: " in told
    assert "not '9'" in told
    [kept] = History(history_path()).list()
    assert kept.turns == 1  # asked again as typed, it stands in place of the first


def test_only_some_articles_are_asked(library: Path) -> None:
    told = say("/articles", "/only 2", "/only 7", "/articles LEMBANG nowhere", "/only").stdout
    assert "\n1. farm.txt" in told
    assert "\n2. war.txt" in told
    assert "1 of 2 articles will be asked." in told
    assert "7 is no number" in told
    assert "\nnone\n" in told
    assert "2 of 2 articles will be asked." in told
    told = say("/articles tomat", "/articles farm", "/only 1", QUESTION).stdout
    assert "ditengahi" not in told


def test_conversations_are_begun_and_resumed(library: Path) -> None:
    say(QUESTION, "/new", "berapa harga tomat?")
    told = say(
        "/past nowhere", "/past", "/past gencatan", "/resume x", "/resume 1", "dan kapan?"
    ).stdout
    assert told.count(f"1. {QUESTION}") == 2
    assert told.count("2. berapa harga tomat?") == 1
    assert "not 'x'" in told
    assert "1 questions so far." not in told
    assert "1 question so far." in told
    assert "none" in told
    kept = {found.id: found.turns for found in History(history_path()).list()}
    assert kept == {1: 2, 2: 1}


def test_a_conversation_is_saved(library: Path, tmp_path: Path) -> None:
    told = say("/why", QUESTION, "/save talk.md", "/save talk.json", "/save", "/save no/x").stdout
    assert "there is no answer yet" in told
    assert f"## {QUESTION}" in (tmp_path / "talk.md").read_text(encoding="utf-8")
    [saved] = json.loads((tmp_path / "talk.json").read_text(encoding="utf-8"))
    assert saved["question"] == QUESTION
    assert "cannot be written" in told


def test_files_are_added(library: Path, tmp_path: Path) -> None:
    (tmp_path / "flood.txt").write_text("Banjir melanda Semarang pada hari Minggu.")
    told = say("/add nowhere.txt", "/add", "/add flood.txt", "/oops").stdout
    assert "does not exist" in told
    assert "3 articles now." in told
    assert "there is no command /oops" in told


def test_one_article_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("farm.txt").write_text(FARM)
    flags = ["--encoder", "none", "chat", "--plain", "farm.txt"]
    told = CliRunner().invoke(command, flags, input="/add farm.txt\n").stdout
    assert told.startswith("1 article. ")
    assert told.endswith("\n1 article now.\n")


def test_quit_ends_it(library: Path) -> None:
    told = say("/quit", QUESTION).stdout
    assert "ditengahi" not in told


def test_long_adding_says_how_far_it_is_in_lines(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "flood.txt").write_text("Banjir melanda Semarang pada hari Minggu.")
    asked: list[bool] = []
    progress = output.progress

    def watched(*, plain: bool = False) -> object:
        asked.append(plain)
        return progress(plain=plain)

    monkeypatch.setattr(output, "progress", watched)
    say("/add flood.txt")
    assert asked == [True, True]  # opening the library, and adding


def test_without_a_history_nothing_can_be_resumed(
    library: Path, isolated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (isolated / "file").write_text("in the way")
    monkeypatch.setenv("XDG_DATA_HOME", str(isolated / "file"))
    assert "not being kept" in say("/past").stdout
