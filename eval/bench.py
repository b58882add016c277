"""Builds the library of a set in a temporary folder, and places the questions in it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from eval.kept import KeptVectors
from eval.placing import place, place_answers
from eval.questions import Question
from eval.source import Source
from eval.stored import lookup
from index.errors import InputError

if TYPE_CHECKING:
    from index.reading import Changes
    from index.retriever import Retriever
    from index.types import Encoder, Passage, ProgressCallback


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """A set, ready to be run."""

    source: Source
    questions: tuple[Question, ...]
    """Those of the source, their gold placed in the library's articles."""
    retriever: Retriever
    encoder: Encoder | None
    """Of the library that was built; ``None`` for one that has none, or looks after its own."""
    cache: Path
    """Folder of this set that vectors, and the rows of unfinished runs, are kept in."""
    notes: tuple[str, ...] = ()
    """What whoever runs the set should know."""

    def opened(self, *, lexicon: bool = True, stems: bool = True) -> Retriever:
        """The library opened anew, so that no system profits from what another one has loaded."""
        from eval.unstemmed import Unstemmed
        from index.retriever import Retriever

        kind = Retriever if stems else Unstemmed
        retriever = kind.open(self.retriever.info.path, encoder=self.encoder, lexicon=lexicon)
        retriever.warm()
        return retriever

    def passages(self) -> Iterator[Passage]:
        """Every passage of the library, in order."""
        for article in self.retriever.articles:
            yield from self.retriever.passages(article.id)

    @property
    def lost(self) -> tuple[str, ...]:
        """Ids of questions with a gold text, or an answer, that no article of the library holds."""
        return tuple(
            q.id
            for q in self.questions
            if any(gold.span is None for gold in q.gold) or (q.answers and not q.gold)
        )


@contextmanager
def prepared(
    source: Source,
    encoder: Encoder | None,
    cache: Path,
    progress: ProgressCallback | None = None,
) -> Iterator[Bench]:
    """The set with its library built; the library is removed again at the end.

    ``cache`` is a folder that passage vectors are kept in between runs. Without an encoder the
    library has no vectors; a library that the source names is then asked as it is, and is copied
    and encoded again with one.
    """
    from index.retriever import Retriever

    kept = None if encoder is None else KeptVectors(encoder, cache / source.name)
    with tempfile.TemporaryDirectory(prefix="qa-eval-") as folder:
        notes = source.notes
        if source.library is not None and kept is None:
            path = source.library
        else:
            path = Path(folder, "library")
            notes += _skipped(_built(source, path, kept, progress))
        retriever = Retriever.open(path, encoder=kept)
        questions = _placed(source, retriever)
        bench = Bench(source, questions, retriever, kept, cache / source.name, notes)
        yield replace(bench, notes=notes + _lost(bench))


def _built(
    source: Source, path: Path, encoder: Encoder | None, progress: ProgressCallback | None
) -> Changes:
    """Make the library at ``path``."""
    from index.library import NO_ENCODER, Library

    if source.library is not None:
        shutil.copytree(source.library, path)
        return Library(path, encoder=encoder).add([], progress=progress)
    written = path.with_name("articles")
    written.mkdir()
    roots = source.lay(written)
    changes = Library.create(path, encoder=encoder or NO_ENCODER).add(roots, progress=progress)
    if not changes.added:
        reason = f" ({changes.skipped[0].reason})" if changes.skipped else ""
        raise InputError(f"{source.name}: there is no article to ask{reason}")
    return changes


def _placed(source: Source, retriever: Retriever) -> tuple[Question, ...]:
    find = lookup(retriever)
    placed = [place(question, find) for question in source.questions]
    return place_answers(placed, retriever.articles)


def _lost(bench: Bench) -> tuple[str, ...]:
    if not bench.lost:
        return ()
    return (
        f"{len(bench.lost)} questions have gold that the articles do not hold, which counts as not "
        f"found, for example {bench.lost[0]}",
    )


def _skipped(changes: Changes) -> tuple[str, ...]:
    if not changes.skipped:
        return ()
    first = changes.skipped[0]
    return (
        f"{len(changes.skipped)} articles were skipped, for example {first.path.name}: "
        f"{first.reason}",
    )
