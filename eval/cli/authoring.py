"""Commands for people who write questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from eval.cli.output import note
from eval.cli.root import ARTICLES, DATA, FILE, FORMAT, QRELS, choice
from index.errors import InputError


@click.command()
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("-n", "count", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--out", type=FILE, default="questions.jsonl", show_default=True)
@click.option("--seed", type=int, default=0, help="Another number picks other passages.")
def make(paths: tuple[Path, ...], count: int, out: Path, seed: int) -> None:
    """Start a question file about your articles: a LIBRARY, or files and folders.

    Picks passages, spread over the articles, and writes a row for each, with a blank question. Fill
    in "question", and between the quotes of "answer" the shortest answer, as it stands in the text
    (without one, any quote from the passage counts). Then:

    \b
      qa-eval check questions.jsonl
      qa-eval run --set questions.jsonl

    For a question that the articles do not answer write "gold": [].
    """
    from eval.making import make as start
    from eval.sets import over
    from eval.source import Source

    picked = start(over(Source("made", (), "passage"), paths), paths, out, count, seed)
    articles = len({one.article for one in picked})
    note(f"wrote {out}: {len(picked)} passages of {articles} articles, their questions blank")
    if len(picked) < count:
        note(f"there are no more passages to ask about than {len(picked)}")
    note(f'next: fill in "question" and "answer"; qa-eval check {out}; qa-eval run --set {out}')


@click.command()
@click.argument("names", metavar="[SET]...", nargs=-1)
@FORMAT
@ARTICLES
@QRELS
@DATA
@click.option("--write", is_flag=True, help="Write the spans back into a question file.")
def check(names: tuple[str, ...], write: bool, **options: Any) -> None:
    """Find broken judgements in a SET: a name or a path; by default in the sets of this package.

    Rows that cannot be read, blank and repeated questions, ids used twice, follow-ups without a
    history, articles that are not there, texts that the articles do not hold, spans that are
    wrong. Exit code 2 when there are any.
    """
    from eval.check import problems
    from eval.known import OWN

    found = [
        problem
        for name in names or OWN
        for problem in problems(choice({**options, "name": name}), write=write)
    ]
    for problem in found:
        click.echo(problem)
    if found:
        raise InputError(f"{len(found)} problems")
    note("all gold texts stand in their articles")


COMMANDS = (make, check)
