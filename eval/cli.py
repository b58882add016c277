"""The command ``qa-eval``: data to stdout, progress and notes to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from index.errors import EncoderError, InputError, KutipError, LibraryError

_EXIT_USAGE = 2
_EXIT_LIBRARY = 3
_EXIT_MODEL = 4
_EXIT_UNEXPECTED = 70
_EXIT_INTERRUPTED = 130
_CODES: tuple[tuple[type[KutipError], int], ...] = (
    (InputError, _EXIT_USAGE),
    (LibraryError, _EXIT_LIBRARY),
    (EncoderError, _EXIT_MODEL),
)

_FILE = click.Path(path_type=Path, dir_okay=False)
_DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="KUTIP_DATA",
    help="Folder of the public question sets; also KUTIP_DATA.",
)
_BY = click.option(
    "--by", type=click.Choice(["lang", "kind"]), default="lang", help="One row a language or kind."
)


def main(args: Sequence[str] | None = None) -> None:
    """Run ``qa-eval`` and leave with its exit code.

    0 done · 2 bad input or usage · 3 library · 4 model missing · 70 unexpected, or a question that
    failed · 130 interrupted.
    """
    given = list(sys.argv[1:] if args is None else args)
    try:
        sys.exit(cli.main(given, prog_name="qa-eval", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _note("interrupted")
        sys.exit(_EXIT_INTERRUPTED)
    except KutipError as error:
        _note(f"qa-eval: {error}")
        sys.exit(next((c for kind, c in _CODES if isinstance(error, kind)), _EXIT_UNEXPECTED))
    except Exception as error:
        if "--debug" in given:
            raise
        _note(f"qa-eval: unexpected {error!r}; qa-eval --debug shows where")
        sys.exit(_EXIT_UNEXPECTED)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, expose_value=False, help="Show tracebacks.")
@click.version_option(package_name="kutip", prog_name="qa-eval")
def cli() -> None:
    """Measure how well Kutip finds, quotes and refuses."""


@cli.command("list")
def list_() -> None:
    """Name the question sets and the systems."""
    from eval.sets import KNOWN
    from eval.systems import NAMES

    for name, meaning in KNOWN.items():
        click.echo(f"{name:12}  {meaning}")
    click.echo(f"\nsystems: {', '.join(NAMES)}")


@cli.command()
@click.option("--set", "name", default="seeds-dev", show_default=True, help="See qa-eval list.")
@_DATA
@click.option("--system", "names", multiple=True, help="May be repeated; default: the three arms.")
@click.option("--no-lexicon", is_flag=True, help="Also run the systems without the lexicon.")
@click.option("--answers/--no-answers", default=True, help="Put the questions to the assistant.")
@click.option("--encoder", help="Another encoder, by name or path.")
@_BY
@click.option("--json", "json_file", type=_FILE, help="Write the record; - for stdout.")
@click.option("--markdown", "markdown_file", type=_FILE, help="Write the tables; - for stdout.")
@click.option("--run-file", type=click.Path(path_type=Path), help="Folder for TREC run files.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def run(name: str, data: Path | None, names: tuple[str, ...], **options: Any) -> int:
    """Run systems over a set and print the tables."""
    from eval.report import failures
    from eval.session import Plan, execute

    plan = Plan(name, data, names, options["no_lexicon"], options["answers"], options["encoder"])
    record, ranked, judged = execute(plan, None if options["quiet"] else _tick)
    if options["run_file"]:
        from eval.report import write_trec

        write_trec(options["run_file"], judged, ranked)
    _print(record, options["by"], options["json_file"], options["markdown_file"])
    failed = [line for part in ("ranking", "answers") for line in failures(record, part)]
    for line in failed:
        _note(line)
    return _EXIT_UNEXPECTED if failed else 0


@cli.command()
@click.argument("record", type=_FILE)
@_BY
@click.option("--markdown", "markdown_file", type=_FILE, help="Write the tables; - for stdout.")
def show(record: Path, by: str, markdown_file: Path | None) -> None:
    """Print the tables of a RECORD that `run --json` wrote."""
    from eval.results import load

    _print(load(record), by, None, markdown_file)


@cli.command()
@click.argument("before", type=_FILE)
@click.argument("after", type=_FILE)
@click.option("--system", default="hybrid", show_default=True, help="The system of BEFORE.")
@click.option("--against", help="The system of AFTER; by default the same.")
@click.option(
    "--measure", default="Success@1", show_default=True, help="For the list of questions."
)
@_DATA
def compare(before: Path, after: Path, **options: Any) -> None:
    """Compare two records: differences with p-values, and the questions won and lost."""
    from eval import compare as side_by_side
    from eval.results import load

    old = side_by_side.Side(load(before), options["system"])
    new = side_by_side.Side(load(after), options["against"] or options["system"])
    if options["measure"] not in side_by_side.MEASURES:
        raise InputError(f"--measure must be one of {', '.join(side_by_side.MEASURES)}")
    click.echo(side_by_side.table(old, new).text())
    texts = _texts(old.run["set"]["name"], options["data"])
    found = side_by_side.changes(old, new, options["measure"])
    for word, sign in (("won", 1), ("lost", -1)):
        for one in found:
            if (one.after - one.before) * sign > 0:
                change = f"{one.before:.2f} → {one.after:.2f}"
                click.echo(f"{word}  {one.id}  {change}  {texts.get(one.id, '')}".rstrip())


@cli.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def speed(args: tuple[str, ...]) -> None:
    """Measure speed and memory beside rank_bm25 and bm25s."""
    from eval.speed import speed as measure

    measure.main(args, prog_name="qa-eval speed", standalone_mode=False)


@cli.command()
@click.argument("questions", type=_FILE, required=False)
@click.option("--write", is_flag=True, help="Write the spans back into the file.")
def check(questions: Path | None, write: bool) -> None:
    """Check that every gold text stands in the sample articles, at its span."""
    from eval.check import problems

    found = problems(questions, write=write)
    for problem in found:
        click.echo(problem)
    if found:
        raise InputError(f"{len(found)} gold texts are not where they should be")
    _note("all gold texts stand in their articles")


def _print(record: dict[str, Any], by: str, json_file: Path | None, md_file: Path | None) -> None:
    from eval.report import headline, markdown, tables
    from eval.results import dump

    outputs: list[tuple[Path | None, Callable[[], str]]] = [
        (json_file, lambda: dump(record)),
        (md_file, lambda: markdown(record, by)),
    ]
    for file, text in outputs:
        if file and str(file) != "-":
            _write(file, text())
    piped = [text() for file, text in outputs if str(file) == "-"]
    if piped:
        click.echo("\n".join(piped), nl=False)
        return
    click.echo("\n\n".join([headline(record), *(table.text() for table in tables(record, by))]))


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error})") from None
    _note(f"wrote {file}")


def _texts(name: str, data: Path | None) -> dict[str, str]:
    from eval.sets import load_set

    try:
        return {question.id: question.text for question in load_set(name, data).questions}
    except InputError:  # the ids alone must do
        return {}


def _tick(stage: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(
            f"\r\x1b[K{stage} {done}/{total}" if done < total else "\r\x1b[K", err=True, nl=False
        )
    elif total and done == total:
        _note(f"{stage}: {total} done")


def _note(text: str) -> None:
    click.echo(text, err=True)
