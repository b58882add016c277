"""``qa index check``: what is wrong with a library, and making it whole again."""

from __future__ import annotations

from dataclasses import asdict

import click

from qa.cli import output
from qa.cli.exits import Exit
from qa.cli.session import session, shared_flags

_EXAMPLES = """
Examples:

\b
  qa index check
  qa index check --repair
  qa index check --json | jq -r '.problems[].mend'

Exit status: 0 if all is well, or --repair has made it so; 3 if anything is left to do.
"""


@click.command(epilog=_EXAMPLES, short_help="Look for damage, tell how to mend it, or mend it.")
@click.option("--repair", is_flag=True, help="Make anew what can be made from the articles.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@shared_flags
def check(repair: bool, as_json: bool) -> Exit:
    """Read every byte of the library and tell what is wrong with it and how to mend it.

    With --repair, passages, word index and vectors are made anew from the stored articles; what
    was wrong is told on stderr, and what is left for you to do on stdout. An article whose own
    text is damaged cannot be repaired: it is taken out, and 'qa index sync' reads its file again.
    A repair that is cut short changes nothing.
    """
    from index.library import Library

    settings = session().settings
    library = Library(settings.library_path, encoder=settings.encoder)
    problems = library.check()
    if repair and problems:
        for problem in problems:
            output.note(problem.what)
        with output.progress(plain=settings.plain) as progress:
            problems = library.repair(progress)
    if as_json:
        output.put_json({"schema": 1, "problems": [asdict(problem) for problem in problems]})
    for problem in () if as_json else problems:
        output.put_line(f"{problem.what}; {problem.mend}")
    if not problems:
        output.note("all is well")
    return Exit.LIBRARY if problems else Exit.OK
