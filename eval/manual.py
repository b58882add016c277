"""Writes the page about qa-eval: a short guide, then the help of every command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

GUIDE = Path(__file__).parent / "templates" / "qa-eval.md"


def manual(command: click.Group) -> str:
    """The page about ``command`` and its subcommands."""
    return GUIDE.read_text(encoding="utf-8") + "".join(_sections(command))


def _sections(command: click.Group) -> Iterator[str]:
    top = _context(command, None, "qa-eval")
    for name in sorted(command.commands):
        child = _context(command.commands[name], top, name)
        yield f"\n## qa-eval {name}\n\n```text\n{child.command.get_help(child)}\n```\n"


def _context(command: click.Command, parent: click.Context | None, name: str) -> click.Context:
    return click.Context(
        command,
        parent,
        info_name=name,
        terminal_width=80,
        help_option_names=["-h", "--help"],
    )
