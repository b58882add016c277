"""The page about sets and systems says nothing that the commands do not know."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import click
import pytest

import eval.outside
from eval.cli.root import cli
from eval.known import KNOWN
from eval.sets import FORMATS
from eval.systems import NAMES

PAGE = (Path(__file__).parents[2] / "docs" / "sets.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"(?m)^qa-eval .*$", PAGE)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_on_the_page_can_be_given(line: str) -> None:
    _, name, *args = shlex.split(line, comments=True)
    command = cli.commands[name]
    with click.Context(command) as context:
        command.make_parser(context).parse_args(list(args))
    for option, value in pairwise(args):
        if option == "--system":
            assert value in NAMES or ":" in value


def test_the_page_has_commands_and_every_format() -> None:
    assert len(COMMANDS) >= 5
    assert all(f"| `{name}` |" in PAGE for name in FORMATS)
    assert "seeds-dev" in KNOWN


def test_the_example_of_a_system_is_the_one_that_is_tested() -> None:
    code = PAGE[PAGE.index("# mine.py") : PAGE.index("```\n\n```sh\nqa-eval run --set seeds-dev")]
    told = re.sub(r"(?m)^    ", "", str(eval.outside.__doc__))
    assert code in told
