"""``qa completion``: the script that makes a shell complete commands and flags."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from qa.cli import output
from qa.cli.exits import Exit
from qa.cli.session import shared_flags

_EXAMPLES = """
Examples:

\b
  qa completion bash >> ~/.bashrc
  qa completion zsh >> ~/.zshrc
  qa completion fish > ~/.config/fish/completions/qa.fish
"""


@click.command(epilog=_EXAMPLES, short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@shared_flags
def completion(shell: str) -> Exit:
    """Print the script that makes SHELL complete commands and flags of qa."""
    root = click.get_current_context().find_root().command
    shell_class = get_completion_class(shell)
    assert shell_class is not None
    output.put(shell_class(root, {}, "qa", "_QA_COMPLETE").source() + "\n")
    return Exit.OK
