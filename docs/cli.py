"""Writes docs/cli.md out of the help of every command: ``python docs/cli.py``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from qa.cli.exits import Exit
from qa.cli.root import qa

PAGE = Path(__file__).with_suffix(".md")

HEAD = """\
# The command line

Written by `python docs/cli.py` out of the help of every command; do not edit it here.

Data goes to stdout; notes, progress and errors go to stderr. Progress is shown in a terminal only,
and a pipe gets no styles. An error is one line that says what is wrong, where, and what to do next;
`--debug` adds the traceback. A line of a batch that goes wrong is a row with `"error"`, and the
others are answered. The flags of `qa` itself may also stand after the name of a command.

## Exit codes

| code | meaning |
| --- | --- |
| 0 | answered, found, done; for a batch: every line got its answer, whatever the verdict |
| 1 | no answer: the articles do not say, or only come near; for `verify`: a quote is not genuine |
| 2 | bad input or usage, or a file that cannot be read or written |
| 3 | the library is missing, damaged, incompatible or in use; for `index check`: a problem |
| 4 | an encoder that was asked for cannot be loaded |
| 70 | a defect of Kutip |
| 129, 130, 143 | ended by SIGHUP, SIGINT (Ctrl+C), SIGTERM |
| 141 | whoever read the output went away |

## Settings

`config.toml` in the platform's configuration directory (`qa doctor` tells where), then environment
variables, then flags; later wins. An unknown key is an error.

| key | variable | flag | default |
| --- | --- | --- | --- |
| `library` | `KUTIP_LIBRARY` | `--library` | `library` in the platform's data directory |
| `encoder` | `KUTIP_ENCODER` | `--encoder` | the library's own; for a new one `bundled` |
| `k` | `KUTIP_K` | `--k` | 10 |
| `mode` | `KUTIP_MODE` | `--mode` | `hybrid` where the library has vectors |
| `plain` | `KUTIP_PLAIN` | `--plain` | false |
| `theme` | `KUTIP_THEME` | | of the chat |
| `[keys]` | | | keys of the chat by the id of their binding |
| | `KUTIP_CONFIG` | `--config` | another configuration file |

`NO_COLOR` and `TERM=dumb` switch styles off, `FORCE_COLOR` switches them on in a pipe.

## Which library is asked

- With PATHs: a library of just those files, kept in the cache directory and brought up to date each
  time; it is removed when nobody has asked it for 30 days, or with `qa index prune`. With
  `--library` on the command line as well, the files are added to that library instead.
- Else the library that `--library`, `KUTIP_LIBRARY` or the configuration names, which must exist.
- Else the one in the data directory, if there is one.
- Else the five sample articles, and a note on stderr says so.

## Dates

`--since` and `--until` take a day, a month or a year: `--since 2022-09 --until 2022` is from 1
September to 31 December 2022. An article counts by the date that its page states. Where it states
none, the date is unknown, is never guessed, and the article is left out; a note on stderr says how
many were.

## When something goes wrong

A write is all or nothing. Ctrl+C, a signal, a full disk or a power cut in the middle of `add`,
`sync`, `remove` or `check --repair` leaves the library as it was, and vectors that were done are
not encoded twice. An article that is not as it was written is never quoted: the command ends with
3, and `qa index check --repair` makes whole what can be made whole. Where the home cannot be
written, questions about files and samples are answered from the temporary folder, and the chat says
that it is not kept.

## Tab completion

`qa completion bash`, `zsh` or `fish` prints the script that makes the shell complete commands,
flags, ids of articles, languages and numbers of conversations.
"""


def page() -> str:
    """The whole page."""
    assert {int(code) for code in Exit} <= {0, 1, 2, 3, 4, 70, 130, 141}
    return HEAD + "".join(sections(qa, None, "qa"))


def sections(command: click.Command, parent: click.Context | None, name: str) -> Iterator[str]:
    """A section for a command and for each command below it."""
    settings = {"help_option_names": ["-h", "--help"]}
    context = click.Context(command, parent, info_name=name, terminal_width=80, **settings)
    yield f"\n## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for child in command.commands:
            yield from sections(command.commands[child], context, child)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
