"""``qa doctor``: what a bug report should say about this machine."""

from __future__ import annotations

import os
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from index.errors import KutipError
from qa.cli import output
from qa.cli.cached import kept
from qa.cli.exits import Exit
from qa.cli.session import Session, session, shared_flags
from qa.settings import Settings, cache_dir, config_path, history_path

_PACKAGES = (
    *("kutip", "click", "faiss-cpu", "numpy", "onnxruntime", "py3langid", "PyStemmer", "rank-bm25"),
    *("sentence-transformers", "textual", "tokenizers", "trafilatura"),
)
_TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "LANG", "LC_ALL", "TMUX")

_EXAMPLES = """
Examples:

\b
  qa doctor
  qa doctor --json > doctor.json
"""


@click.command(epilog=_EXAMPLES, short_help="Tell versions, places and what works.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@shared_flags
def doctor(as_json: bool) -> Exit:
    """Tell versions, places, model, library and terminal, for a bug report or your own doubts.

    Always ends with 0: what does not work is told.
    """
    report = _report(session())
    if as_json:
        output.put_json({"schema": 1, **report})
        return Exit.OK
    for name, part in report.items():
        output.put_line(f"[{name}]")
        output.put_fields(part)
        output.put_line("")
    return Exit.OK


def _report(here: Session) -> dict[str, dict[str, Any]]:
    import locale
    import platform
    import shutil

    return {
        "versions": {
            "python": f"{platform.python_version()} on {platform.platform()}",
            "processors": os.cpu_count(),
            **{name: _version(name) for name in _PACKAGES},
        },
        "places": {
            "program": str(Path(__file__).parent.parent),
            "config": _place(config_path()),
            "library": _place(here.settings.library_path),
            "history": _place(history_path()),
            "cache": _place(cache_dir()),
            "libraries in the cache": _cached(),
        },
        "settings": _settings(here),
        "model": _model(here.settings.encoder),
        "library": _library(here),
        "terminal": {
            "input, output, notes": ", ".join(
                "terminal" if stream.isatty() else "pipe"
                for stream in (sys.stdin, sys.stdout, sys.stderr)
            ),
            "encoding": f"{sys.stdout.encoding}, locale {locale.getpreferredencoding(False)}",
            "size": "{} columns, {} lines".format(*shutil.get_terminal_size()),
            "colours": _colours(here),
            **{name: os.environ.get(name, "-") for name in _TERMINAL},
        },
    }


def _version(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def _place(path: Path) -> str:
    return str(path) if path.exists() else f"{path} (not there)"


def _cached() -> str:
    found = kept()
    return f"{len(found)}, {sum(library.size for library in found) / 2**20:.1f} MiB"


def _settings(here: Session) -> dict[str, Any]:
    """What differs from the defaults, wherever it was set."""
    usual = Settings()
    changed = {
        item.name: str(getattr(here.settings, item.name))
        for item in fields(Settings)
        if getattr(here.settings, item.name) != getattr(usual, item.name)
    }
    return changed or {"all": "as by default"}


def _colours(here: Session) -> str:
    from rich.console import Console

    if here.style == "plain":
        return "none: a pipe, --plain, NO_COLOR or TERM=dumb"
    return Console(force_terminal=True).color_system or "none"


def _model(spec: str | None) -> dict[str, Any]:
    from index.encoder import load_encoder

    try:
        encoder = load_encoder(spec)
        length = float((encoder.encode_question("does it work?") ** 2).sum() ** 0.5)
    except KutipError as problem:
        return {"encoder": f"does not work: {problem}"}
    return {"encoder": encoder.name, "dimensions": encoder.dim, "length of a vector": length}


def _library(here: Session) -> dict[str, Any]:
    from index.retriever import Retriever

    try:
        retriever = Retriever.open(here.settings.library_path)
    except KutipError as problem:
        return {"library": str(problem)}
    info = retriever.info
    return {
        "articles": info.articles,
        "passages": info.passages,
        "languages": ", ".join(f"{lang} {count}" for lang, count in info.langs.items()) or "-",
        "encoder": info.encoder or "-",
        "mode": retriever.mode,
        "written": info.created,
        "digest": info.digest,
        "notes": " ".join(retriever.notes) or "-",
    }
