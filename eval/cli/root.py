"""The group that the commands hang from, and the options that several of them share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from eval.sets import Choice

FILE = click.Path(path_type=Path, dir_okay=False)
DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="KUTIP_DATA",
    help="Folder of the public question sets; also KUTIP_DATA.",
)
FORMAT = click.option(
    "--format", "form", help="Format of the set, where its path does not tell; see qa-eval list."
)
ARTICLES = click.option(
    "--articles",
    "--library",
    type=click.Path(path_type=Path),
    multiple=True,
    help="What the questions are about: files, folders, or a library.",
)
QRELS = click.option("--qrels", type=FILE, help="Judgements, for TREC topics or a BEIR split.")
BY = click.option(
    "--by",
    type=click.Choice(["lang", "kind", "both"]),
    default="lang",
    help="What the figures are broken down by.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, expose_value=False, help="Show tracebacks.")
@click.version_option(package_name="kutip", prog_name="qa-eval")
def cli() -> None:
    """Measure how well Kutip finds, quotes and refuses, on public sets and on your own articles.

    Your own articles and questions, in five minutes:

    \b
      qa-eval make ~/articles -n 10 --out mine.jsonl    picks passages for you to ask about
      …write a question (and its answer) into each row of mine.jsonl…
      qa-eval check mine.jsonl                          finds slips, by line
      qa-eval run --set mine.jsonl --html mine.html     shows the figures, and every question

    \b
    Or write lines of QUESTION, tab, ANSWER yourself:
      qa-eval run --set mine.tsv --articles ~/articles
    """


def choice(options: Mapping[str, Any]) -> Choice:
    """The set that the options ``name``, ``data``, ``form``, ``qrels`` and ``articles`` name."""
    from eval.sets import Choice

    return Choice(
        name=options["name"],
        data=options.get("data"),
        format=options["form"],
        qrels=options["qrels"],
        articles=options["articles"],
    )
