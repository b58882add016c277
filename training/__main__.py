"""``python -m training STEP``: makes the bundled lexicon, encoder and reader, step by step."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from training.corpus import DataMissing

MODELS = Path(__file__).parents[1] / "index" / "models"
LEXICON = MODELS / "lexicon-en-id.npz"
PHRASES = MODELS / "phrases-en-id.npz"
ENCODER = MODELS / "encoder"
READER = MODELS.parents[1] / "qa" / "models" / "reader"
WITHOUT_DATA = {"unpack", "average", "export"}
"""Steps that need no data directory."""


def main(arguments: list[str] | None = None) -> int:
    """Run one step; 2 when the data or an earlier step's result is missing."""
    options = parser().parse_args(arguments)
    os.environ.setdefault("OMP_NUM_THREADS", str(options.threads))
    try:
        if options.step not in WITHOUT_DATA and not options.data.is_dir():
            raise DataMissing(f"no data directory at {options.data}; name it with --data")
        run(options)
    except (DataMissing, FileNotFoundError) as error:
        print(f"training: {error}", file=sys.stderr)
        return 2
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    top.add_argument("--threads", type=int, default=1, help="processor threads (default: 1)")
    steps = top.add_subparsers(dest="step", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data", type=Path, default=Path("data"), help="data directory (default: %(default)s)"
    )
    common.add_argument(
        "--work",
        type=Path,
        default=Path(__file__).parent / "work",
        help="where checkpoints go (default: training/work)",
    )
    for name, text, minutes in (
        ("lexicon", "learn the lexicon from parallel text", None),
        ("phrases", "learn to put questions into the other language", None),
        ("unpack", "make checkpoints of the shipped models, to go on from", None),
        ("vocabulary", "take the word pieces that are needed of the base model", None),
        ("contrast", "bring questions to the paragraphs that answer them", 20.0),
        ("average", "take the mean of the weights before and after a stage", None),
        ("reader", "find the words of a paragraph that answer a question", 85.0),
        ("export", "write the encoder that Kutip is shipped with", None),
        ("export-reader", "write the reader that Kutip is shipped with", None),
        ("evaluate", "measure the shipped encoder and lexicon", None),
    ):
        step = steps.add_parser(name, help=text, description=text, parents=[common])
        if minutes is not None:
            step.add_argument("--minutes", type=float, default=minutes, help="training time in all")
        if name == "contrast":
            step.add_argument(
                "--from", dest="stage", default="start", help="checkpoint (default: start)"
            )
            step.add_argument("--round", type=int, default=1, help="from 1 (default: 1)")
            step.add_argument(
                "--english", type=float, default=1.0, help="weight of English questions (1)"
            )
        if name == "average":
            step.add_argument("--before", default="shipped", help="checkpoint (default: shipped)")
            step.add_argument(
                "--after", default="contrast1", help="checkpoint (default: contrast1)"
            )
        if name in {"export", "reader"}:
            step.add_argument(
                "--from", dest="stage", default="contrast1", help="checkpoint (default: contrast1)"
            )
        if name == "reader":
            step.add_argument("--broad", type=float, help="share of the time for single paragraphs")
            step.add_argument(
                "--processes", type=int, default=1, help="that train it, of one thread (default: 1)"
            )
            step.add_argument(
                "--number", type=int, default=1, help="which of the reader's networks (default: 1)"
            )
        if name == "evaluate":
            step.add_argument("--encoder", help="a sentence-transformers model instead")
    return top


def run(options: argparse.Namespace) -> None:
    """Import what the step needs, and take it; torch is only loaded by steps that train."""
    match options.step:
        case "lexicon":
            from training.lexicon import learn_lexicon

            learn_lexicon(options.data, LEXICON)
        case "phrases":
            from training.phrases import learn_phrases

            learn_phrases(options.data, PHRASES)
        case "unpack":
            from training.unpack import unpack

            unpack(ENCODER, READER, options.work)
        case "evaluate":
            from training.evaluate import evaluate

            evaluate(options.data, options.encoder)
        case "vocabulary":
            from training.vocabulary import make_vocabulary

            make_vocabulary(options.data, options.work)
        case "contrast":
            from training.contrast import Round, contrast

            part = Round(options.round, options.english, options.minutes, options.stage)
            contrast(options.data, options.work, part)
        case "average":
            from training.average import average

            average(options.work, options.before, options.after)
        case "export":
            from training.export import export
            from training.student import Student

            export(Student.load(options.work, f"{options.stage}.pt"), ENCODER)
        case "reader":
            from functools import partial

            from training.peers import together
            from training.reader_training import BROAD, Plan, train_reader

            share = BROAD if options.broad is None else options.broad
            plan = Plan(options.stage, options.minutes, share, options.number)
            train = partial(train_reader, options.data, options.work, plan)
            together(options.processes, options.work, train)
        case "export-reader":
            from training.export import export_reader
            from training.reader import even_odds, load_readers

            readers = load_readers(options.work)
            export_reader(readers, even_odds(readers, options.data), READER)


if __name__ == "__main__":
    sys.exit(main())
