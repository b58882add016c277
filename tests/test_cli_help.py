"""Every command explains itself, with an example that is itself a valid command line."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from qa.cli.root import qa
from qa.history import History
from qa.settings import history_path
from qa.testing import make_library


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from commands(child, (*path, name))


ALL = list(commands(qa))


def find(path: tuple[str, ...]) -> click.Command:
    command: click.Command = qa
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


def examples(path: tuple[str, ...]) -> list[list[str]]:
    """The ``qa`` command lines in the examples of a command, without pipes and redirections."""
    found = []
    for line in (find(path).epilog or "").splitlines():
        for part in re.split(r" [|>]+ ", line):
            if part.strip().startswith("qa "):
                found.append(shlex.split(part)[1:])
    return found


def test_all_commands_are_there() -> None:
    assert {path[0] for path in ALL if path} == {
        "ask",
        "chat",
        "completion",
        "doctor",
        "history",
        "index",
        "search",
        "verify",
    }
    assert len(ALL) == len(set(ALL)) > 20


@pytest.mark.parametrize("path", ALL, ids=" ".join)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help(path: tuple[str, ...], flag: str) -> None:
    result = CliRunner().invoke(qa, [*path, flag])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: {' '.join(('qa', *path))}")
    assert "Example" in result.stdout
    assert not result.stderr


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_flag_is_explained(path: tuple[str, ...]) -> None:
    for parameter in find(path).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_examples_parse(path: tuple[str, ...]) -> None:
    lines = examples(path)
    assert lines
    for line in lines:
        context = qa.make_context("qa", list(line), resilient_parsing=False)
        command: click.Command = qa
        rest = list(context._protected_args) + context.args
        while isinstance(command, click.Group):
            child = command.commands[rest[0]]
            context = child.make_context(rest[0], rest[1:], parent=context)
            command, rest = child, [*context._protected_args, *context.args]


def test_no_command_prints_help() -> None:
    result = CliRunner().invoke(qa, [])
    assert result.exit_code == 2
    assert "Usage: qa" in result.output


def test_version() -> None:
    result = CliRunner().invoke(qa, ["--version"])
    assert result.exit_code == 0
    assert re.fullmatch(r"kutip \d+\.\d+\.\d+\S*\n", result.stdout)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["nonsense"], "No such command"),
        (["ask"], "name a QUESTION"),
        (["ask", "q", "--k", "0"], "--k"),
        (["ask", "q", "--mode", "fast"], "--mode"),
        (["ask", "q", "--nonsense"], "--nonsense"),
        (["index", "add"], "Missing argument"),
        (["index", "remove"], "Missing argument"),
        (["history", "show", "x"], "not a valid integer"),
        (["completion", "tcsh"], "tcsh"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_why(line: list[str], said: str) -> None:
    result = CliRunner().invoke(qa, line)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not result.stdout


@pytest.mark.parametrize(
    ("shell", "sign"), [("bash", "complete -o"), ("zsh", "#compdef qa"), ("fish", "complete")]
)
def test_completion_scripts(shell: str, sign: str) -> None:
    result = CliRunner().invoke(qa, ["completion", shell])
    assert result.exit_code == 0
    assert sign in result.stdout
    assert "_QA_COMPLETE" in result.stdout


@pytest.mark.parametrize(
    ("words", "part", "offered"),
    [
        ([], "ind", {"index"}),
        (
            ["index"],
            "",
            {"add", "check", "explain-clean", "info", "list", "prune", "remove", "sync"},
        ),
        (["ask", "q"], "--mo", {"--mode"}),
        (["ask", "q", "--mode"], "", {"hybrid", "lexical", "dense"}),
    ],
)
def test_completion_offers_commands_flags_and_values(
    words: list[str], part: str, offered: set[str]
) -> None:
    complete = ShellComplete(qa, {}, "qa", "_QA_COMPLETE")
    assert {item.value for item in complete.get_completions(words, part)} == offered


class TestCompletionOfWhatIsThere:
    @pytest.fixture
    def library(self, tmp_path: Path) -> str:
        texts = {"rain.txt": "Hujan turun di Bandung pada Senin pagi.\n", "snow.txt": "Salju.\n"}
        return str(make_library(tmp_path, texts, encoder="none"))

    def offered(self, *words: str, part: str = "") -> dict[str, str | None]:
        complete = ShellComplete(qa, {}, "qa", "_QA_COMPLETE")
        found = complete.get_completions(list(words), part)
        return {item.value: item.help for item in found}

    def test_ids_of_articles(self, library: str) -> None:
        flag = ("--library", library)
        assert set(self.offered("ask", "q", *flag, "--article")) == {"rain.txt", "snow.txt"}
        assert set(self.offered(*flag, "ask", "q", "--article", part="ra")) == {"rain.txt"}
        assert set(self.offered("index", "remove", *flag, "rain.txt", part="s")) == {"snow.txt"}

    def test_languages(self, library: str) -> None:
        assert "id" in self.offered("search", "q", "--library", library, "--lang")

    def test_conversations(self) -> None:
        assert self.offered("history", "show") == {}
        number = History(history_path()).create("The\nceasefire", "library")
        assert self.offered("history", "show") == {str(number): "The ceasefire"}

    def test_nothing_to_offer_is_no_error(self, tmp_path: Path) -> None:
        assert self.offered("ask", "q", "--library", str(tmp_path), "--article") == {}
