"""What the commands that search have in common: their flags and what these mean."""

from __future__ import annotations

import re
import sys
from calendar import monthrange
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from index.errors import InputError
from index.types import Article, Filters, Mode
from qa.cli import libraries, output
from qa.cli.offers import article_ids, languages
from qa.cli.session import Session

if TYPE_CHECKING:
    from qa.assistant import Assistant

Command = TypeVar("Command", bound=Callable[..., Any])

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


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
    since = None if flags["since"] is None else _first_day(flags["since"], "--since")
    until = None if flags["until"] is None else _last_day(flags["until"], "--until")
    if since and until and since > until:
        raise InputError(f"--since {flags['since']} is after --until {flags['until']}")
    filters = Filters(
        articles=frozenset(flags["article"]),
        langs=frozenset(flags["lang"]),
        since=None if since is None else since.isoformat(),
        until=None if until is None else until.isoformat(),
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
    with output.progress(plain=session.settings.plain) as progress:
        choice.prepare(progress)
    from qa.assistant import Assistant

    assistant = Assistant.open(choice.path, encoder=choice.encoder)
    for article in sorted(filters.articles) if filters else ():
        assistant.retriever.article(article)  # an unknown id would silently find nothing
    if filters:
        _tell_left_out(filters, assistant.retriever.articles)
    return assistant


def _tell_left_out(filters: Filters, articles: Sequence[Article]) -> None:
    """Say on stderr what a person might not expect of the filters."""
    admitted = sum(map(filters.admits, articles))
    undated = sum(article.published is None for article in articles)
    if (filters.since or filters.until) and undated:
        output.note(f"left out, since their date is unknown: {undated} of {len(articles)} articles")
    if articles and not admitted:
        output.note("no article passes the filters; 'qa index list' shows languages and dates")


def _first_day(text: str, flag: str) -> date:
    """The day that a date begins with. Raises ``InputError``."""
    if _DATE.fullmatch(text):
        with suppress(ValueError):  # there is no such day
            return date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    raise InputError(f"{flag} {text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")


def _last_day(text: str, flag: str) -> date:
    """The day that a date ends with. Raises ``InputError``."""
    day = _first_day(text, flag)
    month = 12 if len(text) == len("YYYY") else day.month
    whole = len(text) == len("YYYY-MM-DD")
    return day if whole else day.replace(month=month, day=monthrange(day.year, month)[1])


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
        "--article",
        multiple=True,
        metavar="ID",
        help="Only this article; may be repeated.",
        shell_complete=article_ids,
    ),
    click.option(
        "--lang",
        multiple=True,
        metavar="CODE",
        help="Only articles in this language, e.g. id; may be repeated.",
        shell_complete=languages,
    ),
    click.option(
        "--since",
        metavar="DATE",
        help="Only articles published on DATE or later: YYYY-MM-DD, YYYY-MM or YYYY, from its"
        " first day. Articles of unknown date are left out.",
    ),
    click.option(
        "--until",
        metavar="DATE",
        help="Only articles published on DATE or earlier, to its last day. Articles of unknown"
        " date are left out.",
    ),
)
