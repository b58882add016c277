"""``qa verify``: whether a saved answer really quotes the articles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from index.errors import InputError
from qa.cli import libraries, output
from qa.cli.exits import Exit
from qa.cli.session import session, shared_flags

_EXAMPLES = """
Examples:

\b
  qa ask "who mediated the ceasefire?" --json > answer.json
  qa verify answer.json
  qa ask --batch questions.jsonl | qa verify -

Exit status: 0 genuine, 1 not genuine, 2 something in FILE is no answer (the rest is checked).
"""


@click.command(epilog=_EXAMPLES, short_help="Check a saved answer against the articles.")
@click.argument("file")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@shared_flags
def verify(file: str, paths: tuple[Path, ...], as_json: bool) -> Exit:
    """Check that the quotes of the answers in FILE stand word for word in the articles.

    FILE is what 'qa ask --json' or 'qa ask --batch' printed; '-' is stdin. With PATHs the answers
    are checked against those articles instead of the library's.
    """
    texts = _answers(file)
    here = session()
    choice = libraries.choose(here, paths)
    libraries.tell(choice)
    with output.progress(plain=here.settings.plain) as progress:
        choice.prepare(progress)
    from index.retriever import Retriever
    from qa.verify import read_answer
    from qa.verify import verify as check

    articles = Retriever.open(choice.path, encoder=choice.encoder)
    problems: list[dict[str, Any]] = []
    quotes = unreadable = 0
    for number, text in enumerate(texts, start=1):
        try:
            answer = read_answer(text)
        except InputError as error:
            output.note(f"answer {number}: {error}")
            unreadable += 1
            continue
        quotes += len(answer["quotes"])
        problems += [
            {"answer": number, "where": problem.where, "what": problem.what}
            for problem in check(answer, articles)
        ]
    if as_json:
        output.put_json(
            {
                "schema": 1,
                "answers": len(texts) - unreadable,
                "quotes": quotes,
                "problems": problems,
            }
        )
    for problem in () if as_json else problems:
        which = f"answer {problem['answer']}: " if len(texts) > 1 else ""
        output.put_line(f"{which}{problem['where']}: {problem['what']}")
    if quotes and not problems:
        output.note(f"{quotes} quote{'' if quotes == 1 else 's'} checked: all genuine")
    if unreadable:
        return Exit.INPUT
    return Exit.NOTHING if problems else Exit.OK


def _answers(file: str) -> list[str]:
    """The JSON texts in a file: one over all its lines, or one a line."""
    try:
        with click.open_file(file, "rb") as source:
            content = source.read()
    except OSError as problem:
        raise InputError(f"{file} cannot be read: {problem.strerror}") from problem
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InputError(f"{file} is not UTF-8 text") from problem
    if not text.strip():
        raise InputError(f"{file} is empty; it must hold an answer of 'qa ask --json'")
    lines = [line for line in text.splitlines() if line.strip()]
    one_each = all(line.startswith("{") and line.rstrip().endswith("}") for line in lines)
    return lines if one_each else [text]
