"""``qa verify``, ``qa history``, ``qa doctor`` and ``qa chat``."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import qa.cli.chat
from index.errors import InputError
from qa.cli.root import qa as command
from qa.history import History, HistoryError
from qa.settings import history_path, load_settings
from qa.testing import make_library

TEXT = "Gencatan senjata itu ditengahi oleh Rusia. Pertempuran berhenti pada Selasa malam.\n"
QUESTION = "siapa yang menengahi gencatan senjata?"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = make_library(tmp_path, {"war.txt": TEXT}, encoder="none")
    monkeypatch.setenv("KUTIP_LIBRARY", str(path))
    return path


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(command, args, input=stdin)


@pytest.fixture
def answer(library: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("ask", QUESTION, "--json").stdout)
    assert found["quotes"]
    return found


class TestVerify:
    def test_a_genuine_answer(self, answer: dict[str, Any], tmp_path: Path) -> None:
        file = tmp_path / "answer.json"
        file.write_text(json.dumps(answer, indent=2))
        result = run("verify", str(file))
        assert (result.exit_code, result.stdout) == (0, "")
        assert "all genuine" in result.stderr
        report = json.loads(run("verify", str(file), "--json").stdout)
        assert report["problems"] == []
        assert report["answers"] == 1

    def test_a_forged_answer(self, answer: dict[str, Any]) -> None:
        answer["quotes"][0]["text"] = answer["quotes"][0]["text"].replace("itu", "itu tidak")
        result = run("verify", "-", stdin=json.dumps(answer))
        assert result.exit_code == 1
        assert result.stdout.startswith("quotes[0]: ")
        [problem] = json.loads(run("verify", "-", "--json", stdin=json.dumps(answer)).stdout)[
            "problems"
        ]
        assert (problem["answer"], problem["where"]) == (1, "quotes[0]")

    def test_a_batch_of_answers(self, answer: dict[str, Any]) -> None:
        forged = json.loads(json.dumps(answer))
        forged["quotes"][0]["text"] += "!"
        result = run("verify", "-", stdin=f"{json.dumps(answer)}\n\n{json.dumps(forged)}\n")
        assert result.exit_code == 1
        assert result.stdout.startswith("answer 2: quotes[0]: ")

    def test_against_other_articles(self, answer: dict[str, Any], tmp_path: Path) -> None:
        other = tmp_path / "other" / "war.txt"
        other.parent.mkdir()
        other.write_text(TEXT.replace("Rusia", "Turki"))
        flags = [str(other), "--encoder", "none"]
        result = run("verify", "-", *flags, stdin=json.dumps(answer))
        assert result.exit_code == 1

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": 99}', '{"a": 1}\n{"b": 2}'])
    def test_what_is_no_answer(self, library: Path, content: str) -> None:
        result = run("verify", "-", stdin=content)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("qa: ")

    def test_a_batch_with_a_line_that_could_not_be_answered(self, answer: dict[str, Any]) -> None:
        lines = f'{{"id": 1, "error": "no"}}\n{json.dumps(answer)}\n'
        result = run("verify", "-", stdin=lines)
        assert result.exit_code == 2
        assert "answer 1: " in result.stderr
        assert "all genuine" in result.stderr

    def test_a_file_that_cannot_be_read(self, library: Path, tmp_path: Path) -> None:
        assert run("verify", str(tmp_path / "nowhere.json")).exit_code == 2
        (tmp_path / "bytes.json").write_bytes(b"\xff")
        assert "not UTF-8" in run("verify", str(tmp_path / "bytes.json")).stderr


class TestHistory:
    @pytest.fixture
    def number(self, answer: dict[str, Any]) -> str:
        history = History(history_path())
        key = history.create("The ceasefire", "/library")
        history.append(key, QUESTION, answer)
        return str(key)

    def test_list(self, number: str) -> None:
        result = run("history", "list")
        assert result.exit_code == 0
        cells = result.stdout.rstrip("\n").split("\t")
        assert (cells[0], cells[2], cells[3]) == (number, "1", "The ceasefire")
        assert run("history", "list", "--search", "zzz").stdout == ""
        found = json.loads(run("history", "list", "--search", "rusia", "--json").stdout)
        assert found["conversations"][0]["title"] == "The ceasefire"

    def test_show(self, number: str) -> None:
        result = run("history", "show", number)
        assert result.exit_code == 0
        assert result.stdout.startswith(f"> {QUESTION}\n\n")
        assert "ditengahi oleh Rusia" in result.stdout

    def test_rename_and_delete(self, number: str) -> None:
        assert run("history", "rename", number, "Another").exit_code == 0
        assert "Another" in run("history", "list").stdout
        missing = run("history", "delete", number, "99")
        assert missing.exit_code == 2
        assert "no conversation 99" in missing.stderr
        assert run("history", "list").stdout
        assert run("history", "delete", number, number).exit_code == 0
        assert run("history", "list").stdout == ""

    def test_export(self, number: str) -> None:
        assert run("history", "export", number).stdout.startswith("# The ceasefire\n")
        exported = json.loads(run("history", "export", number, "--json").stdout)
        assert exported["turns"][0]["question"] == QUESTION

    @pytest.mark.parametrize("line", [("show", "7"), ("rename", "7", "t"), ("export", "7")])
    def test_an_unknown_number(self, line: tuple[str, ...]) -> None:
        result = run("history", *line)
        assert result.exit_code == 2
        assert "no conversation 7" in result.stderr

    def test_a_damaged_history_is_told(self) -> None:
        history_path().parent.mkdir(parents=True)
        history_path().write_bytes(b"not a database at all, and long enough to be sure of it")
        result = run("history", "list")
        assert result.exit_code == 0
        assert "moved to" in result.stderr


class TestDoctor:
    def test_it_tells_what_a_report_needs(self, library: Path) -> None:
        result = run("doctor")
        assert result.exit_code == 0
        for part in ("[versions]", "[places]", "[model]", "[library]", "[terminal]", str(library)):
            assert part in result.stdout
        report = json.loads(run("doctor", "--json").stdout)
        assert report["library"]["articles"] == 1
        assert report["library"]["mode"] == "lexical"
        assert report["versions"]["click"]
        assert report["settings"] == {"library": str(library)}
        assert report["terminal"]["colours"].startswith("none")
        assert report["places"]["libraries in the cache"].endswith("MiB")

    def test_it_does_not_fail_where_things_are_missing(self, tmp_path: Path) -> None:
        flags = ["--library", str(tmp_path / "nowhere"), "--encoder", str(tmp_path / "model")]
        result = run("doctor", *flags)
        assert result.exit_code == 0
        assert "does not work" in result.stdout
        assert "nowhere" in result.stdout


class Screen:
    """Stands in for the chat; keeps what it was given, and opens the assistant as it would."""

    shown: list[Screen]

    def __init__(self, shelf: Any, history: Any, settings: Any) -> None:
        self.given = (shelf, history, settings)

    crash: Exception | None = None
    return_code = 0

    def run(self) -> None:
        self.shown.append(self)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> type[Screen]:
    Screen.shown = []
    module = types.ModuleType("qa.tui.app")
    module.ChatApp = Screen  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "qa.tui.app", module)
    monkeypatch.setattr(qa.cli.chat, "_has_terminal", lambda: True)
    return Screen


class TestChat:
    def test_it_needs_a_terminal(self, library: Path) -> None:
        result = run("chat")
        assert result.exit_code == 2
        assert "needs a terminal" in result.stderr

    def test_it_opens_the_library(
        self, library: Path, screen: type[Screen], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KUTIP_THEME", "nord")
        result = run("chat")
        assert (result.exit_code, result.output) == (0, "")
        shelf, history, settings = screen.shown[0].given
        assert shelf.open().ask(QUESTION).quotes
        assert history.path == history_path()
        assert settings.theme == "nord"
        assert shelf.title == "library"

    def test_paths_are_taken_in_before(self, tmp_path: Path, screen: type[Screen]) -> None:
        (tmp_path / "war.txt").write_text(TEXT)
        assert run("chat", str(tmp_path / "war.txt"), "--encoder", "none").exit_code == 0
        shelf = screen.shown[0].given[0]
        assert shelf.open().retriever.info.articles == 1
        assert shelf.title == "war.txt"

    def test_samples_are_taken_in_behind_the_screen(
        self, screen: type[Screen], isolated: Path
    ) -> None:
        assert run("chat", "--encoder", "none").exit_code == 0
        assert not list(isolated.rglob("CURRENT"))
        shelf = screen.shown[0].given[0]
        assert shelf.open().retriever.info.articles == 5
        assert shelf.title == "sample articles"

    def test_files_are_added_from_inside(
        self, library: Path, screen: type[Screen], tmp_path: Path
    ) -> None:
        (tmp_path / "more.txt").write_text("Banjir melanda Semarang pada hari Minggu.")
        assert run("chat").exit_code == 0
        shelf = screen.shown[0].given[0]
        before = shelf.open().retriever.info.articles
        addition = shelf.add([tmp_path / "more.txt"], lambda _: None)
        assert addition.assistant.retriever.info.articles == before + 1
        assert not addition.note

    def test_adding_to_paths_makes_a_library_of_all_of_them(
        self, tmp_path: Path, screen: type[Screen]
    ) -> None:
        for name in ("war.txt", "more.txt"):
            (tmp_path / name).write_text(f"{TEXT} {name}")
        assert run("chat", str(tmp_path / "war.txt"), "--encoder", "none").exit_code == 0
        shelf = screen.shown[0].given[0]
        addition = shelf.add([tmp_path / "more.txt"], lambda _: None)
        names = {article.id for article in addition.assistant.retriever.articles}
        assert names == {"war.txt", "more.txt"}
        assert [article.id for article in shelf.open().retriever.articles] == sorted(names)

    def test_adding_to_the_samples_makes_a_library_of_ones_own(
        self, tmp_path: Path, screen: type[Screen], isolated: Path
    ) -> None:
        own = load_settings().library_path
        (tmp_path / "war.txt").write_text(TEXT)
        (tmp_path / "picture.txt").write_bytes(bytes(range(256)))
        assert run("chat", "--encoder", "none").exit_code == 0
        shelf = screen.shown[0].given[0]
        with pytest.raises(InputError, match="no article in it"):
            shelf.add([tmp_path / "picture.txt"], lambda _: None)

        def stop(_: object) -> None:
            raise KeyError("enough")

        with pytest.raises(KeyError):
            shelf.add([tmp_path / "war.txt"], stop)
        assert not own.exists()  # an empty library would hide the samples
        addition = shelf.add([tmp_path], lambda _: None)
        assert addition.assistant.retriever.info.articles == 1
        assert "library of your own" in addition.note
        assert [skipped.path.name for skipped in addition.skipped] == ["picture.txt"]
        assert own.exists()

    @pytest.mark.parametrize("code", [0, 129, 143])
    def test_it_ends_with_the_code_of_the_screen(
        self, library: Path, screen: type[Screen], monkeypatch: pytest.MonkeyPatch, code: int
    ) -> None:
        monkeypatch.setattr(screen, "return_code", code)
        assert run("chat").exit_code == code

    def test_a_crash_is_one_line_and_a_file(
        self, library: Path, screen: type[Screen], monkeypatch: pytest.MonkeyPatch, isolated: Path
    ) -> None:
        monkeypatch.setattr(screen, "crash", ValueError("odd \x1b[31m thing"))
        result = run("chat")
        assert result.exit_code == 70
        assert result.stderr.count("\n") == 1
        assert "unexpected ValueError: odd ␛[31m thing (a defect of Kutip)" in result.stderr
        [log] = isolated.rglob("crash-*.log")
        assert str(log) in result.stderr
        assert "ValueError: odd" in log.read_text()

    def test_an_unknown_key_binding_is_an_error(
        self, library: Path, screen: type[Screen], tmp_path: Path
    ) -> None:
        config = tmp_path / "config.toml"
        config.write_text('[keys]\n"help.closed" = "ctrl+x"\n')
        result = run("chat", "--config", str(config))
        assert result.exit_code == 2
        assert "unknown key binding 'help.closed'; did you mean help.close?" in result.stderr

    def test_without_a_place_for_the_history(
        self, library: Path, screen: type[Screen], isolated: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (isolated / "file").write_text("in the way")
        monkeypatch.setenv("XDG_DATA_HOME", str(isolated / "file"))
        result = run("chat")
        assert result.exit_code == 0
        assert "will not be kept" in result.stderr
        assert screen.shown[0].given[1] is None

    def test_a_damaged_history_is_told(self, library: Path, screen: type[Screen]) -> None:
        history_path().parent.mkdir(parents=True)
        history_path().write_bytes(b"not a database at all, and long enough to be sure of it")
        result = run("chat")
        assert "moved to" in result.stderr
        assert screen.shown[0].given[1] is not None


class TestPlainChat:
    def test_questions_and_answers_follow_each_other(self, library: Path) -> None:
        lines = f"{QUESTION}\n{'x' * 5000}\ndan kapan?\n\nnever read\n"
        result = run("chat", "--plain", stdin=lines)
        assert result.exit_code == 0
        assert result.stdout.startswith("1 article. Type a question")
        assert "ditengahi oleh Rusia" in result.stdout
        assert "characters; shorten it" in result.stdout
        assert "\x1b" not in result.stdout
        assert "never read" not in result.stdout
        [kept] = History(history_path()).list()
        assert (kept.title, kept.turns) == (QUESTION, 2)

    def test_it_ends_with_its_input(self, library: Path) -> None:
        assert run("chat", "--plain", stdin="").exit_code == 0
        assert not History(history_path()).list()

    def test_a_history_that_fails_under_way_is_told_once(
        self, library: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise HistoryError("the disk is full")

        monkeypatch.setattr(History, "append", fail)
        result = run("chat", "--plain", stdin=f"{QUESTION}\n{QUESTION}\n")
        assert result.exit_code == 0
        assert result.stdout.count("ditengahi oleh Rusia") == 2
        assert result.stderr.count("the disk is full") == 1

    def test_without_a_place_for_the_history(
        self, library: Path, isolated: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (isolated / "file").write_text("in the way")
        monkeypatch.setenv("XDG_DATA_HOME", str(isolated / "file"))
        result = run("chat", "--plain", stdin=f"{QUESTION}\n")
        assert result.exit_code == 0
        assert "will not be kept" in result.stderr
        assert "ditengahi oleh Rusia" in result.stdout
