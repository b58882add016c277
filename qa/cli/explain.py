"""``qa index explain-clean``: what cleaning takes out of a file, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.errors import InputError
from qa.cli import output
from qa.cli.exits import Exit
from qa.cli.session import shared_flags

if TYPE_CHECKING:
    from index.cleaning import Cleaned

_EXAMPLES = """
Examples:

\b
  qa index explain-clean article.txt
  qa index explain-clean article.txt --json | jq '.texts[].removed[].rule'
"""


@click.command("explain-clean", epilog=_EXAMPLES, short_help="Show what cleaning takes, and why.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@shared_flags
def explain_clean(file: Path, as_json: bool) -> Exit:
    """Show each line that cleaning takes out of FILE, with its number and the rule that took it.

    Before them stand the title, source, author and date that were found. Nothing is changed.
    """
    found = [(name, _as_dict(cleaned)) for name, cleaned in _cleaned(file)]
    if as_json:
        texts = [{"name": name, **cleaned} for name, cleaned in found]
        output.put_json({"schema": 1, "file": str(file), "texts": texts})
        return Exit.OK
    for name, cleaned in found:
        if len(found) > 1:
            output.put_line(f"== {name}")
        known = ("title", "source", "author", "published")
        fields = {field: cleaned[field] or "-" for field in known}
        kept, removed = cleaned["text"].count("\n\n") + 1, len(cleaned["removed"])
        output.put_fields({**fields, "paragraphs": kept, "removed": removed})
        for line in cleaned["removed"]:
            output.put_line(str(line["line"]), line["rule"], line["text"])
    return Exit.OK


def _cleaned(file: Path) -> list[tuple[str, Cleaned]]:
    """Every article of a file that can be read; the rest is told on stderr."""
    from index.sources import Skipped, explain

    found = list(explain(file))
    skipped = [one for one in found if isinstance(one, Skipped)]
    readable = [one for one in found if not isinstance(one, Skipped)]
    if not readable:
        raise InputError(f"{file}: {skipped[0].reason}")
    for one in skipped:
        output.note(f"{file}: {one.reason}")
    return readable


def _as_dict(cleaned: Cleaned) -> dict[str, Any]:
    removed = [
        {"line": line.line, "rule": line.rule, "text": line.text} for line in cleaned.removed
    ]
    return {
        "title": cleaned.title,
        "source": cleaned.source,
        "author": cleaned.author,
        "published": cleaned.published,
        "text": cleaned.text,
        "removed": removed,
    }
