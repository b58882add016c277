"""Commands that run systems over a set of questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from eval.cli.output import UNEXPECTED, Outputs, note, print_record, tick
from eval.cli.root import BY, DATA, FILE


@click.command("list")
def list_() -> None:
    """Name the question sets and the systems."""
    from eval.sets import KNOWN
    from eval.systems import NAMES

    for name, meaning in KNOWN.items():
        click.echo(f"{name:12}  {meaning}")
    click.echo(f"\nsystems: {', '.join(NAMES)}")


@click.command()
@click.option("--set", "name", default="seeds-dev", show_default=True, help="See qa-eval list.")
@DATA
@click.option("--system", "names", multiple=True, help="May be repeated; default: the three arms.")
@click.option("--no-lexicon", is_flag=True, help="Also run the systems without the lexicon.")
@click.option("--answers/--no-answers", default=True, help="Put the questions to the assistant.")
@click.option("--encoder", help="Another encoder, by name or path.")
@BY
@click.option("--json", "json_file", type=FILE, help="Write the record; - for stdout.")
@click.option("--no-texts", is_flag=True, help="Leave questions and quotes out of the record.")
@click.option("--markdown", "markdown_file", type=FILE, help="Write the tables; - for stdout.")
@click.option("--html", "html_file", type=FILE, help="Write a page that shows every question.")
@click.option("--run-file", type=click.Path(path_type=Path), help="Folder for TREC run files.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def run(name: str, data: Path | None, names: tuple[str, ...], **options: Any) -> int:
    """Run systems over a set and print the tables."""
    from eval.report import failures
    from eval.session import Plan, execute

    plan = Plan(name, data, names, options["no_lexicon"], options["answers"], options["encoder"])
    record, ranked, judged = execute(plan, None if options["quiet"] else tick)
    if options["run_file"]:
        from eval.trec_runs import write_trec

        write_trec(options["run_file"], judged, ranked)
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


COMMANDS = (list_, run)
