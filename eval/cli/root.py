"""The group that the commands hang from, and the options that several of them share."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.Path(path_type=Path, dir_okay=False)
DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="KUTIP_DATA",
    help="Folder of the public question sets; also KUTIP_DATA.",
)
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
    """Measure how well Kutip finds, quotes and refuses."""
