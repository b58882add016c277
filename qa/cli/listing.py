"""What ``qa index list`` and ``info`` tell, as plain values."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from qa.cli.session import Session


def article_rows(here: Session) -> list[dict[str, Any]]:
    """One row an article, in the order of their ids; all that is known but the text."""
    from index.retriever import Retriever

    retriever = Retriever.open(here.settings.library_path)
    rows = []
    for article in retriever.articles:
        row = asdict(article)
        row["characters"] = len(row.pop("text"))
        row["passages"] = len(retriever.passages(article.id))
        rows.append(row)
    return rows


def info_report(here: Session) -> dict[str, Any]:
    """The library in figures; ``bytes`` is its size on the disk."""
    from index.retriever import Retriever

    retriever = Retriever.open(here.settings.library_path)
    folder = here.settings.library_path
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {**asdict(retriever.info), "bytes": size, "notes": list(retriever.notes)}
