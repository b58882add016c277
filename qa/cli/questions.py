"""What the commands that search have in common: their flags and what these mean."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from index.errors import InputError
from index.types import Filters, Mode
from qa.cli import libraries, output
from qa.cli.session import Session

if TYPE_CHECKING:
    from qa.assistant import Assistant

Command = TypeVar("Command", bound=Callable[..., Any])

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Search:
    """How to search: the flags of ``ask`` and ``search``."""

    k: int
    mode: Mode | None
    filters: Filters | None
    """``None`` when nothing is filtered."""


def search_flags(command: Command) -> Command:
    """Give a command the flags that say how to search."""
    for option in reversed(_FLAGS):
        command = option(command)
    return command


def read_flags(session: Session, flags: dict[str, Any]) -> Search:
    """What the flags of ``search_flags`` mean. Raises ``InputError``."""
    settings = session.settings.changed(k=flags["k"], mode=flags["mode"])
    filters = Filters(
        articles=frozenset(flags["article"]),
        langs=frozenset(flags["lang"]),
        since=_day(flags["since"], "--since", "-01"),
        until=_day(flags["until"], "--until", "-12", "-31"),
    )
    return Search(settings.k, settings.mode, None if filters == Filters() else filters)


def question_from(given: str) -> str:
    """The question that an argument stands for: what is on stdin for ``-``.

    Raises ``InputError`` when nothing is left of it.
    """
    if given == "-":
        try:
            given = sys.stdin.buffer.read().decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise InputError("the question on stdin is not UTF-8 text") from problem
    if not given.strip():
        raise InputError("the question is empty; type a question")
    return clean_question(given)


def clean_question(text: str) -> str:
    """``text`` with "?" for what is no character: lone surrogates, stray bytes of an argument."""
    return text.encode("utf-8", "replace").decode("utf-8")


def open_assistant(
    session: Session, paths: Sequence[Path], filters: Filters | None = None
) -> Assistant:
    """The assistant over the library that is meant, after taking in ``paths``.

    Raises ``InputError`` when ``filters`` name an article that the library has not.
    """
    choice = libraries.choose(session, paths)
    libraries.tell(choice)
    with output.progress() as progress:
        choice.prepare(progress)
    from qa.assistant import Assistant

    assistant = Assistant.open(choice.path, encoder=choice.encoder)
    for article in sorted(filters.articles) if filters else ():
        assistant.retriever.article(article)  # an unknown id would silently find nothing
    return assistant


def _day(text: str | None, flag: str, month: str, day: str = "-01") -> str | None:
    """A date given to the year, the month or the day, as the whole date that bounds it."""
    if text is None:
        return None
    if not _DAY.fullmatch(text):
        raise InputError(f"{flag} {text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return text + {4: month + day, 7: day, 10: ""}[len(text)]


_FLAGS = (
    click.option(
        "-k",
        "--k",
        "k",
        type=click.IntRange(min=1),
        metavar="N",
        help="How many passages to look at (default 10).",
    ),
    click.option(
        "--mode",
        type=click.Choice(get_args(Mode)),
        help="Search by words, by meaning, or by both (default: the best there is).",
    ),
    click.option(
        "--article", multiple=True, metavar="ID", help="Only this article; may be repeated."
    ),
    click.option(
        "--lang", multiple=True, metavar="CODE", help="Only articles in this language, e.g. id."
    ),
    click.option("--since", metavar="DATE", help="Only articles published on DATE or later."),
    click.option("--until", metavar="DATE", help="Only articles published on DATE or earlier."),
)
