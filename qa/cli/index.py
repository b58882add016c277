"""``qa index``: what is in the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.errors import InputError
from qa.cli import output
from qa.cli.check import check
from qa.cli.exits import Exit
from qa.cli.explain import explain_clean
from qa.cli.libraries import to_fill
from qa.cli.listing import article_rows, info_report
from qa.cli.offers import article_ids
from qa.cli.prune import prune
from qa.cli.session import InOrder, session, shared_flags

if TYPE_CHECKING:
    from index.reading import Changes

_EXAMPLES = """
Examples:

\b
  qa index add reports/ notes.txt
  qa index sync
  qa index list --json
"""

_json_flag = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_verbose_flag = click.option("-v", "--verbose", is_flag=True, help="Name every article.")
_paths = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))


@click.group(cls=InOrder, epilog=_EXAMPLES, short_help="Add, list and check articles.")
@shared_flags
def index() -> None:
    """Add, list and check the articles of the library.

    The library is the one in the platform's data directory, or what --library names; 'add' makes
    it when there is none and anything can be read.
    """


_ADD_EXAMPLES = """
Examples:

\b
  qa index add reports/ notes.txt
  qa --library ~/news.kutip index add corpus.jsonl

Exit status: 0 if anything could be read, 2 if nothing could.
"""


@index.command(epilog=_ADD_EXAMPLES, short_help="Read files and folders into the library.")
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
)
@_verbose_flag
@_json_flag
@shared_flags
def add(paths: tuple[Path, ...], verbose: bool, as_json: bool) -> Exit:
    """Read files and folders into the library; files that have not changed cost next to nothing.

    Formats: .txt, .md, .html and .jsonl. What cannot be read is listed with its reason.
    """
    here = session()
    for path in paths:  # before a library is made for nothing
        if not path.exists():
            raise InputError(f"{path} does not exist; check the path")
    settings = here.settings
    with (
        to_fill(settings.library_path, settings.encoder) as library,
        output.progress(plain=settings.plain) as progress,
    ):
        changes = library.add(paths, progress)
    _report(changes, verbose, as_json)
    readable = changes.added or changes.updated or changes.unchanged
    return Exit.OK if readable else Exit.INPUT


_SYNC_EXAMPLES = """
Examples:

\b
  qa index sync
  qa index sync reports/
  qa index sync --encoder intfloat/multilingual-e5-small
"""


@index.command(epilog=_SYNC_EXAMPLES, short_help="Bring the library up to date with its files.")
@_paths
@_verbose_flag
@_json_flag
@shared_flags
def sync(paths: tuple[Path, ...], verbose: bool, as_json: bool) -> Exit:
    """Add what is new, read again what has changed, and remove what is gone.

    Without PATHs it looks at everything that was ever added. With --encoder the passages are
    encoded again by that one.
    """
    from index.library import Library

    here = session()
    library = Library.open(here.settings.library_path, encoder=here.settings.encoder)
    with output.progress(plain=here.settings.plain) as progress:
        changes = library.sync(paths or None, progress)
    _report(changes, verbose, as_json)
    return Exit.OK


_REMOVE_EXAMPLES = """
Examples:

\b
  qa index remove notes.txt
  qa index remove 2022/09/a.txt 2022/09/b.txt
"""


@index.command(epilog=_REMOVE_EXAMPLES, short_help="Take articles out of the library.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=article_ids)
@_json_flag
@shared_flags
def remove(ids: tuple[str, ...], as_json: bool) -> Exit:
    """Take the articles with these IDs out of the library; the files themselves stay.

    'qa index list' shows the ids. 'sync' will not bring them back, 'add' will.
    """
    from index.library import Library

    here = session()
    library = Library.open(here.settings.library_path, encoder=here.settings.encoder)
    with output.progress(plain=here.settings.plain) as progress:
        changes = library.remove(ids, progress)
    _report(changes, True, as_json)
    return Exit.OK


_LIST_EXAMPLES = """
Examples:

\b
  qa index list
  qa index list | cut -f1
  qa index list --json | jq '.articles[].title'
"""


@index.command("list", epilog=_LIST_EXAMPLES, short_help="List the articles.")
@_json_flag
@shared_flags
def list_articles(as_json: bool) -> Exit:
    """List the articles: id, language, date, passages, source and title.

    In a pipe the columns are separated by tabs.
    """
    rows = article_rows(session())
    if as_json:
        output.put_json({"schema": 1, "articles": rows})
        return Exit.OK
    columns = ("id", "lang", "published", "passages", "source", "title")
    output.put_table([[str(row[name] or "-") for name in columns] for row in rows])
    return Exit.OK


_INFO_EXAMPLES = """
Examples:

\b
  qa index info
  qa index info --library ~/news.kutip --json
"""


@index.command(epilog=_INFO_EXAMPLES, short_help="Tell the library in figures.")
@_json_flag
@shared_flags
def info(as_json: bool) -> Exit:
    """Tell where the library is, what it holds and which encoder it uses."""
    report = info_report(session())
    if as_json:
        output.put_json({"schema": 1, **report})
        return Exit.OK
    langs = ", ".join(f"{lang} {count}" for lang, count in report["langs"].items())
    lines = {**report, "langs": langs or "-", "notes": " ".join(report["notes"]) or "-"}
    output.put_fields({name: "-" if value is None else value for name, value in lines.items()})
    return Exit.OK


for command in (check, prune, explain_clean):
    index.add_command(command)


def _report(changes: Changes, verbose: bool, as_json: bool) -> None:
    groups = {
        "added": changes.added,
        "updated": changes.updated,
        "removed": changes.removed,
        "unchanged": changes.unchanged,
    }
    if as_json:
        skipped = [{"path": str(one.path), "reason": one.reason} for one in changes.skipped]
        output.put_json(
            {"schema": 1, **groups, "skipped": skipped, "seconds": round(changes.seconds, 3)}
        )
        return
    for name, ids in groups.items() if verbose else ():
        for article in ids:
            output.put_line(name, article)
    for one in changes.skipped:
        output.put_line("skipped", str(one.path), one.reason)
    counts = [f"{len(ids)} {name}" for name, ids in groups.items() if ids]
    counts += [f"{len(changes.skipped)} skipped"] if changes.skipped else []
    output.put_line(f"{', '.join(counts) or 'nothing to do'} ({changes.seconds:.1f} s)")
