"""Adds, changes and removes the articles of a library; every change is one atomic write."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from index import journal, repair, store
from index.build import Content, write_snapshot
from index.errors import InputError, LibraryNotFound
from index.reading import Changes, Reading, SourceFile, walk
from index.repair import Problem
from index.snapshot import Manifest, Snapshot, exists, open_snapshot
from index.types import BUNDLED, GIVEN, Article, Encoder, Progress, ProgressCallback
from index.vectors import EncoderChoice

NO_ENCODER = "none"
"""Encoder spec of a library that only searches by words."""


class Library:
    """The writing side of a library; ``Retriever`` is the reading side.

    ``encoder`` is a name or path for ``load_encoder``, an ``Encoder``, ``"none"`` for a library
    without vectors, or ``None`` for the encoder that the library has (the bundled one when new).
    Another encoder than the library's takes effect, with all passages encoded again, at the next
    write.
    """

    def __init__(self, path: str | Path, encoder: Encoder | str | None = None) -> None:
        self.path = Path(path).expanduser().absolute()
        self._encoder = encoder

    @classmethod
    def open(cls, path: str | Path, encoder: Encoder | str | None = None) -> Library:
        """An existing library. Raises ``LibraryNotFound`` and what ``Retriever.open`` raises."""
        library = cls(path, encoder)
        open_snapshot(library.path)
        return library

    @classmethod
    def create(cls, path: str | Path, encoder: Encoder | str | None = None) -> Library:
        """A new, empty library. Raises ``InputError`` when something else lies at the path."""
        library = cls(path, encoder)
        if exists(library.path):
            raise InputError(f"there is a library at {library.path} already")
        leavings = {"snapshots", "lock", "CURRENT.part", journal.NAME}
        if library.path.exists() and not (
            library.path.is_dir()
            and all(entry.name in leavings for entry in library.path.iterdir())
        ):
            raise InputError(f"{library.path} is not an empty folder; name another for the library")
        with store.lock(library.path):
            content = Content([], {"roots": [], "files": {}}, library._choice(None))
            library._write(content, None, _quiet)
        return library

    @classmethod
    def open_or_create(cls, path: str | Path, encoder: Encoder | str | None = None) -> Library:
        """The library at the path, made if there is none."""
        try:
            return cls.open(path, encoder)
        except LibraryNotFound:
            return cls.create(path, encoder)

    def articles(self) -> Sequence[Article]:
        """The articles, in the order of their ids."""
        return open_snapshot(self.path).articles

    def add(self, paths: Iterable[str | Path], progress: ProgressCallback | None = None) -> Changes:
        """Read files and folders into the library; files that have not changed are skipped.

        Raises ``InputError`` for a path that does not exist, ``LibraryBusy``, ``EncoderError``,
        and whatever ``progress`` raises: the library then stays as it was.
        """
        roots = [Path(path).expanduser().absolute() for path in paths]
        for root in roots:
            if not root.exists():
                raise InputError(f"{root} does not exist; check the path")
        return self._update(roots, progress or _quiet, revive=True, prune=False)

    def sync(
        self,
        paths: Iterable[str | Path] | None = None,
        progress: ProgressCallback | None = None,
    ) -> Changes:
        """Make the library agree with files and folders: add, update, and remove what is gone.

        ``None`` stands for everything that was ever added. A folder that is gone altogether is
        reported as skipped and its articles stay, since it may be a drive that is not there today.
        """
        if paths is None:
            roots = [Path(root) for root in open_snapshot(self.path).sources()["roots"]]
        else:
            roots = [Path(path).expanduser().absolute() for path in paths]
        return self._update(roots, progress or _quiet, revive=False, prune=True)

    def remove(self, ids: Iterable[str], progress: ProgressCallback | None = None) -> Changes:
        """Take articles out. Raises ``InputError``, and removes nothing, when an id is unknown."""
        open_snapshot(self.path)  # complains before a lock file is made
        with store.lock(self.path):
            return self._remove(set(ids), progress or _quiet)

    def _remove(self, gone: set[str], report: ProgressCallback) -> Changes:
        began = time.perf_counter()
        old = open_snapshot(self.path)
        articles = {article.id: article for article in old.articles}
        unknown = sorted(gone - articles.keys())
        if unknown:
            raise InputError(f"no article has the id {unknown[0]!r}; 'qa index list' shows the ids")
        sources = old.sources()
        for record in sources["files"].values():
            record["removed"] += [id_ for id_ in record["ids"] if id_ in gone]
            record["ids"] = [id_ for id_ in record["ids"] if id_ not in gone]
        kept = {id_: article for id_, article in articles.items() if id_ not in gone}
        self._write(Content(kept.values(), sources, self._choice(old.manifest)), old, report)
        return Changes(
            (), (), tuple(sorted(gone)), tuple(sorted(kept)), (), time.perf_counter() - began
        )

    def check(self) -> list[Problem]:
        """Read every byte of the library and tell what is wrong; an empty list when all is well.

        Raises what ``index.repair.examine`` raises.
        """
        findings = repair.examine(self.path)
        problems, made_by = findings.problems(), findings.manifest.encoder_name
        now = self._choice(findings.manifest).name()
        if now != made_by:
            what = f"its vectors were made by {made_by}, the encoder is now {now}"
            problems.append(Problem(what, "run 'qa index sync' to encode the passages again"))
        return problems

    def repair(self, progress: ProgressCallback | None = None) -> list[Problem]:
        """Make anew what ``check`` finds damaged, and return what a person has yet to do.

        Everything follows from the text of the articles; an article whose text is damaged is taken
        out, and ``sync`` then reads its file again. Atomic like every write. Raises
        ``EncoderError`` when passages have to be encoded and cannot be, and what ``check`` raises.
        """
        repair.examine(self.path)  # complains before a lock file is made
        with store.lock(self.path):
            findings = repair.examine(self.path)
            choice = self._choice(findings.manifest)
            same = choice.name() == findings.manifest.encoder_name
            if findings.hopeless or (same and not findings.damaged):
                return findings.left()
            if not findings.damaged:
                old = open_snapshot(self.path)
                self._write(Content(old.articles, old.sources(), choice), old, progress or _quiet)
                return []
            if same and findings.manifest.passages and choice.spec is not None:
                choice = replace(choice, given=choice.load())
                with journal.Journal(self.path, choice.load()) as kept:
                    for text, vector in findings.vectors():
                        kept.add([text], vector[None])
            left = findings.left()
            articles, sources = findings.saved()
            self._write(Content(articles.values(), sources, choice), None, progress or _quiet)
            return left

    def _choice(self, old: Manifest | None) -> EncoderChoice:
        asked = self._encoder
        if asked is not None and not isinstance(asked, str):
            return EncoderChoice(GIVEN, asked)
        if old is not None and asked in (None, old.encoder):
            return EncoderChoice(old.encoder, known_name=old.encoder_name)
        return EncoderChoice(None if asked == NO_ENCODER else asked or BUNDLED)

    def _update(
        self, roots: Sequence[Path], report: ProgressCallback, *, revive: bool, prune: bool
    ) -> Changes:
        open_snapshot(self.path)  # complains before a lock file is made
        with store.lock(self.path):
            return self._update_locked(roots, report, revive=revive, prune=prune)

    def _update_locked(
        self, roots: Sequence[Path], report: ProgressCallback, *, revive: bool, prune: bool
    ) -> Changes:
        began = time.perf_counter()
        old = open_snapshot(self.path)
        articles = {article.id: article for article in old.articles}
        sources = old.sources()
        files = {path: SourceFile(**record) for path, record in sources["files"].items()}
        reading = Reading(articles, files, revive=revive)
        for found in walk(roots, reading.skipped):
            report(Progress("reading", len(reading.seen), 0))
            reading.take(found)
        if prune:
            reading.prune(roots)
        known = {*sources["roots"], *(str(root) for root in roots if root.exists())}
        new = {
            "roots": sorted(known),
            "files": {path: asdict(files[path]) for path in sorted(files)},
        }
        choice = self._choice(old.manifest)
        changed = reading.changed or new != sources
        if changed or choice.name() != old.manifest.encoder_name:
            self._write(Content(articles.values(), new, choice), old, report)
        return reading.changes(time.perf_counter() - began)

    def _write(self, content: Content, old: Snapshot | None, report: ProgressCallback) -> None:
        with store.new_snapshot(self.path) as directory:
            manifest = write_snapshot(directory, content, old, report)
            store.commit(directory, manifest)
            (self.path / journal.NAME).unlink(missing_ok=True)


def _quiet(_: Progress) -> None:
    """Progress that nobody watches."""
