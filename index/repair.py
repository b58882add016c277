"""Finds what is damaged in a library, and saves what a new snapshot can be made of.

Everything but the text of the articles follows from it and can be made again: passages, word index,
vectors. A damaged article itself cannot: it is left out, and its file is marked to be read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from index.arrays import Float32Array, mapped
from index.errors import LibraryCorrupt
from index.sentence_vectors import TABLE, SentenceVectors
from index.sentence_vectors import VECTORS as SENTENCE_VECTORS
from index.snapshot import (
    ARTICLES,
    DIGESTS,
    OFFSETS,
    PASSAGES,
    SOURCES,
    VECTORS,
    Manifest,
    current,
    file_digest,
    line_digest,
    read_manifest,
)
from index.types import Article

REPAIR = "'qa index check --repair'"
_UNREAD = "damaged"
"""Digest of a source file that is to be read again: no file has it."""

Vectors: TypeAlias = Iterator[tuple[str, Float32Array]]
"""Texts with their vectors."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a library."""

    what: str
    mend: str
    """What to do about it."""


@dataclass(slots=True)
class Findings:
    """The state of every file of a library, and what could be read of it."""

    directory: Path
    manifest: Manifest
    damaged: set[str]
    """Names of files that are missing or not as they were written."""
    rows: list[Article | None] = field(default_factory=list)
    """Every article by its row; ``None`` where it is not as it was written."""
    sources: dict[str, Any] = field(default_factory=dict)
    """What sources.json said, or can be told from the articles."""
    hopeless: bool = False
    """The text is damaged, and which articles are hurt cannot be told."""

    @property
    def lost(self) -> list[tuple[str, str]]:
        """Id and file of each damaged article."""
        if None not in self.rows:
            return []
        files = {id_: path for path, file in self.sources["files"].items() for id_ in file["ids"]}
        known, unknown = sorted(files), ("an article", "its file")
        whole = len(known) == len(self.rows)  # the rows are in the order of the ids
        return [
            (known[row], files[known[row]]) if whole else unknown
            for row, article in enumerate(self.rows)
            if article is None
        ]

    def problems(self) -> list[Problem]:
        """What is wrong, in words for a person."""
        if self.hopeless:
            what = f"{self._state(ARTICLES)}, and which articles are hurt cannot be told"
            return [Problem(what, "delete the library and add its articles again")]
        found = [
            Problem(self._state(name), f"{REPAIR} makes it anew")
            for name in sorted(self.damaged - {ARTICLES})
        ]
        for id_, path in self.lost:
            mend = f"{REPAIR} takes it out, and 'qa index sync' then reads {path} again"
            found.append(Problem(f"the text of {id_!r} is not as it was written", mend))
        return found

    def left(self) -> list[Problem]:
        """What a person still has to do when everything else has been made anew."""
        if self.hopeless:
            return self.problems()
        found = [
            Problem(f"{id_!r} was taken out", f"run 'qa index sync' to read {path} again")
            for id_, path in self.lost
        ]
        if SOURCES in self.damaged:
            what = "which files and folders were added is no longer known"
            found.append(Problem(what, "run 'qa index add' with them again"))
        return found

    def _state(self, name: str) -> str:
        file = self.directory / name
        return f"{file} is {'not as it was written' if file.exists() else 'missing'}"

    def saved(self) -> tuple[dict[str, Article], dict[str, Any]]:
        """The articles that are whole, by id, and the sources without those that are not.

        Asked for last: the sources are changed.
        """
        lost = {id_ for id_, _ in self.lost}
        for file in self.sources["files"].values():
            if not lost.isdisjoint(file["ids"]):
                file["digest"] = _UNREAD
                file["ids"] = [id_ for id_ in file["ids"] if id_ not in lost]
        return {article.id: article for article in self.rows if article}, self.sources

    def vectors(self) -> Vectors:
        """The texts of whole articles that have a vector; none when the vectors are damaged."""
        if VECTORS not in self.manifest.files or self.damaged & {
            *(PASSAGES, VECTORS, TABLE, SENTENCE_VECTORS)
        }:
            return
        from index.dense import DenseIndex

        table = mapped(self.directory / PASSAGES)
        owners = [self.rows[row] for row in table[:, 0].tolist()]
        for number, span, vector in SentenceVectors(self.directory).rows():
            if (article := owners[number]) is not None:
                yield article.text[span.start : span.end], vector
        # passages after sentences: where both are one text, the vector of more digits counts
        dense = DenseIndex.open(np.fromfile(self.directory / VECTORS, np.uint8))
        rows = dense.vectors(np.arange(len(table)))
        for article, (_, start, end, *_), vector in zip(owners, table.tolist(), rows, strict=True):
            if article is not None:
                yield article.text[start:end], vector


def examine(library: Path) -> Findings:
    """Read every byte of the library at a path.

    Raises ``LibraryNotFound``, ``LibraryIncompatible``, or ``LibraryCorrupt`` when there is not
    even a manifest that says what should be there.
    """
    while True:
        directory = current(library)
        try:
            findings = _examined(directory)
        except (LibraryCorrupt, OSError):
            if current(library) == directory:
                raise
            continue
        if current(library) == directory:  # else a writer has replaced it meanwhile
            return findings


def _examined(directory: Path) -> Findings:
    manifest = read_manifest(directory)
    damaged = {
        name
        for name, (_, digest) in manifest.files.items()
        if not (directory / name).is_file() or file_digest(directory / name) != digest
    }
    findings = Findings(directory, manifest, damaged)
    if damaged:
        lines = _lines(findings)
        findings.hopeless = lines is None
        findings.rows = [
            None if line is None else Article(**json.loads(line)) for line in lines or ()
        ]
        findings.sources = _sources(findings)
    return findings


def _lines(findings: Findings) -> list[bytes | None] | None:
    """The line of each article, ``None`` for a damaged one; ``None`` if it cannot be told."""
    directory, damaged = findings.directory, findings.damaged
    count = findings.manifest.articles
    file = directory / ARTICLES
    content = file.read_bytes() if file.is_file() else b""
    if OFFSETS in damaged:
        lines = content.splitlines(keepends=True)
    else:
        offsets = mapped(directory / OFFSETS).tolist()
        lines = [content[start:end] for start, end in pairwise(offsets)]
    if ARTICLES not in damaged:
        return [*lines]
    if DIGESTS in damaged or len(lines) != count:
        return None
    digests = [row.tobytes() for row in mapped(directory / DIGESTS)]
    return [
        line if line_digest(line) == digest else None
        for line, digest in zip(lines, digests, strict=True)
    ]


def _sources(findings: Findings) -> dict[str, Any]:
    if SOURCES not in findings.damaged:
        content: dict[str, Any] = json.loads((findings.directory / SOURCES).read_text("utf-8"))
        return content
    files: dict[str, Any] = {}
    for article in findings.rows:
        if article is not None and article.path is not None:
            empty = {"digest": _UNREAD, "ids": [], "removed": [], "skipped": []}
            files.setdefault(article.path, empty)["ids"].append(article.id)
    return {"roots": [], "files": files}
