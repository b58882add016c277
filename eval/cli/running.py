"""Commands that run systems over a set of questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eval.cli.output import UNEXPECTED, Outputs, note, print_record, tick
from eval.cli.root import ARTICLES, BY, DATA, FILE, FORMAT, QRELS, choice

if TYPE_CHECKING:
    from eval.session import Plan


@click.command("list")
def list_() -> None:
    """Name the question sets, the formats that are read, and the systems."""
    from eval.known import KNOWN
    from eval.sets import FORMATS
    from eval.systems import MEANINGS

    yours = {"MODULE:FUNCTION": "yours; python -m pydoc eval.outside shows how"}
    for heading, entries in (
        ("Sets (--set)", KNOWN),
        ("Formats (--set PATH; recognised, or named with --format)", FORMATS),
        ("Systems (--system)", MEANINGS | yours),
    ):
        click.echo(f"{heading}\n")
        width = max(map(len, entries))
        for name, meaning in entries.items():
            click.echo(f"  {name:{width}}  {meaning}")
        click.echo()


@click.command()
@click.option("--set", "name", default="seeds-dev", show_default=True, help="Name or path.")
@FORMAT
@ARTICLES
@QRELS
@DATA
@click.option("--system", "names", multiple=True, help="May be repeated; default: the three arms.")
@click.option("--no-lexicon", is_flag=True, help="Also run the systems without the lexicon.")
@click.option("--answers/--no-answers", default=True, help="Put the questions to the assistant.")
@click.option("--answers-by", multiple=True, help="Systems that answer; default: the hybrid.")
@click.option("--encoder", help="Another encoder, by name or path.")
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many questions.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), help="Seconds a question.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Questions asked at once.")
@click.option("--fresh", is_flag=True, help="Do not go on with a run that was cut short.")
@BY
@click.option("--json", "json_file", type=FILE, help="Write the record; - for stdout.")
@click.option("--no-texts", is_flag=True, help="Leave questions and quotes out of the record.")
@click.option("--markdown", "markdown_file", type=FILE, help="Write the tables; - for stdout.")
@click.option("--html", "html_file", type=FILE, help="Write a page that shows every question.")
@click.option("--run-file", type=click.Path(path_type=Path), help="Folder for TREC run files.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def run(**options: Any) -> int:
    """Run systems over a set and print the tables.

    The set is one of `qa-eval list`, or a path: a question file that `qa-eval make` started, a TSV
    of questions and answers, SQuAD files, a BEIR folder, TREC topics. A run that was cut short
    goes on where it was when it is started again.
    """
    from eval.report import failures
    from eval.session import execute

    record, ranked, judged = execute(_plan(options))
    if options["run_file"]:
        from eval.trec_runs import write_trec

        write_trec(options["run_file"], judged, ranked)
    for line in record["notes"]:
        note(f"note: {line}")
    print_record(
        record,
        Outputs(
            options["by"],
            options["json_file"],
            not options["no_texts"],
            options["markdown_file"],
            options["html_file"],
        ),
    )
    failed = [line for part in ("ranking", "answers") for line in failures(record, part)]
    for line in failed:
        note(line)
    return UNEXPECTED if failed else 0


def _plan(options: dict[str, Any]) -> Plan:
    from eval.pace import Pace
    from eval.session import Plan

    return Plan(
        set=choice(options),
        systems=options["names"],
        no_lexicon=options["no_lexicon"],
        answers=options["answers"],
        answerers=options["answers_by"],
        encoder=options["encoder"],
        limit=options["limit"],
        pace=Pace(options["timeout"], options["jobs"], tick=None if options["quiet"] else tick),
        fresh=options["fresh"],
    )


COMMANDS = (list_, run)
