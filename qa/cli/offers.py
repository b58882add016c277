"""What a shell may complete beyond commands and flags: ids, languages and numbers that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import click
from click.shell_completion import CompletionItem

from index.errors import KutipError
from qa.cli.session import session
from qa.render.inert import safe

if TYPE_CHECKING:
    from index.types import Article

_MOST = 200
"""A list that is longer helps nobody."""

Offer: TypeAlias = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def article_ids(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """The ids of articles, with their titles."""
    return _items(((one.id, one.title) for one in _articles(context)), begun)


def languages(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """The languages of the articles."""
    return _items(((lang, None) for lang in sorted({a.lang for a in _articles(context)})), begun)


def conversations(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """The numbers of conversations, with their titles."""
    return _items(_conversations(), begun)


def _items(offers: Iterable[tuple[str, str | None]], begun: str) -> list[CompletionItem]:
    found: list[CompletionItem] = []
    try:
        for value, title in offers:
            if value.startswith(begun) and len(found) < _MOST:
                found.append(CompletionItem(value, help=title and safe(title)))
    except KutipError:  # there is nothing to offer; the command itself will say why
        return []
    return found


def _articles(context: click.Context) -> Iterator[Article]:
    from index.snapshot import open_snapshot

    yield from open_snapshot(session(context).settings.library_path.absolute()).articles


def _conversations() -> Iterator[tuple[str, str | None]]:
    from qa.history import History
    from qa.settings import history_path

    if history_path().exists():
        for one in History(history_path()).list():
            yield str(one.id), one.title
