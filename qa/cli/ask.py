"""``qa ask``: one question, or many from a file, answered and done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qa.cli import output
from qa.cli.batch import answer_batch
from qa.cli.exits import Exit
from qa.cli.questions import open_assistant, question_from, read_flags, search_flags
from qa.cli.session import session, shared_flags

_EXAMPLES = """
Examples:

\b
  qa ask "who mediated the ceasefire?"
  qa ask "who mediated the ceasefire?" --since 2022-09 --until 2022 --lang id
  qa ask "siapa yang menengahi?" reports/ notes.txt
  qa ask "and when?" --after "who mediated the ceasefire?"
  echo "who mediated the ceasefire?" | qa ask - --json
  qa ask --batch questions.jsonl > answers.jsonl

Exit status: 0 answered, 1 no answer (the articles do not say, or only come near), 2 bad input,
3 library missing or damaged, 4 encoder missing.
"""


@click.command(epilog=_EXAMPLES, short_help="Answer one question, or a file of them.")
@click.argument("question", required=False)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@click.option(
    "--batch",
    metavar="FILE",
    help='Answer a file of JSON lines, {"id", "question", "history": [...]}; \'-\' is stdin.',
)
@click.option(
    "--after", multiple=True, metavar="QUESTION", help="A question asked before; may be repeated."
)
@search_flags
@shared_flags
def ask(
    question: str | None,
    paths: tuple[Path, ...],
    as_json: bool,
    batch: str | None,
    after: tuple[str, ...],
    **flags: Any,
) -> Exit:
    """Answer QUESTION with sentences quoted word for word from the articles.

    QUESTION may be '-' to read it from stdin. With PATHs, files or folders, only those are asked;
    they are indexed once and brought up to date each time.

    A batch prints one answer object a line, in order, as soon as it is there. A line that cannot
    be answered gives {"id", "error"} and does not stop the others; the exit status is then that
    of the worst line, else 0.
    """
    here = session()
    search = read_flags(here, flags)
    if batch is not None:
        asked = () if question is None else (Path(question),)
        if after:
            raise click.UsageError("--after goes with one QUESTION; a batch has its own history")
        return answer_batch(batch, open_assistant(here, (*asked, *paths), search.filters), search)
    if question is None:
        raise click.UsageError("name a QUESTION, or '-' to read it from stdin, or --batch FILE")
    question = question_from(question)
    assistant = open_assistant(here, paths, search.filters)
    answer = assistant.ask(question, after, k=search.k, mode=search.mode, filters=search.filters)
    if as_json:
        output.put_json(answer.to_dict())
    else:
        from qa.render import answer_text

        output.put(answer_text(answer, output.width(), here.style))
    return Exit.OK if answer.verdict == "answered" else Exit.NOTHING
