"""Reads files into a set of articles and keeps count of what that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.sources import Found, Skipped, digest, find, read
from index.types import Article


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write did, by article id."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    """What could not be read, with the reason; nothing is left out silently."""
    seconds: float


@dataclass(slots=True)
class SourceFile:
    """What is remembered of a file: enough to skip it while it stays as it is."""

    digest: str
    ids: list[str]
    removed: list[str] = field(default_factory=list)
    """Articles of the file that the user took out; ``sync`` leaves them out."""
    skipped: list[str] = field(default_factory=list)
    """Reasons for what could not be read in it."""


class Reading:
    """Takes files one by one into ``articles`` and ``files`` and keeps count of what changed."""

    def __init__(
        self, articles: dict[str, Article], files: dict[str, SourceFile], *, revive: bool
    ) -> None:
        self.articles = articles
        self.files = files
        self.revive = revive
        self.seen: set[str] = set()
        self.skipped: list[Skipped] = []
        self.added: set[str] = set()
        self.updated: set[str] = set()
        self.removed: set[str] = set()
        self.unchanged: set[str] = set()

    @property
    def changed(self) -> bool:
        """Whether any article differs from before."""
        return bool(self.added or self.updated or self.removed)

    def take(self, found: Found) -> None:
        """Read one file, unless it is known and unchanged."""
        path = found.path
        key = str(path)
        if key in self.seen:
            return
        self.seen.add(key)
        known = self.files.get(key)
        try:
            now = digest(path) if path.is_file() else ""  # reading a pipe could take for ever
        except OSError as error:
            self.skipped.append(Skipped(path, f"cannot be read: {error.strerror or error}"))
            return
        if known and known.digest == now and not (self.revive and known.removed):
            self.unchanged.update(known.ids)
            self.skipped.extend(Skipped(path, reason) for reason in known.skipped)
            return
        record = SourceFile(now, [], [] if self.revive or not known else known.removed)
        before = set(known.ids) if known else set()
        for item in read(*found):
            if isinstance(item, Skipped):
                record.skipped.append(item.reason)
            elif item.id not in record.removed:
                self._take_article(item, record, before)
        for id_ in before - set(record.ids):
            del self.articles[id_]
            self.removed.add(id_)
        self.files[key] = record
        self.skipped.extend(Skipped(path, reason) for reason in record.skipped)

    def _take_article(self, article: Article, record: SourceFile, before: set[str]) -> None:
        if article.id in record.ids:
            record.skipped.append(f"the id {article.id!r} occurs twice; the first is kept")
            return
        holder = self.articles.get(article.id)
        if holder is not None and article.id not in before:
            record.skipped.append(
                f"its id {article.id!r} is taken by {holder.path}; add the folder that holds both"
            )
            return
        record.ids.append(article.id)
        if holder is None:
            self.added.add(article.id)
        elif holder == article:
            self.unchanged.add(article.id)
        else:
            self.updated.add(article.id)
        self.articles[article.id] = article

    def prune(self, roots: Sequence[Path]) -> None:
        """Remove the articles of files under ``roots`` that are no longer there."""
        for key in list(self.files):
            path = Path(key)
            gone = key not in self.seen and not path.exists()
            if gone and any(
                root == path or (root.is_dir() and root in path.parents) for root in roots
            ):
                for id_ in self.files.pop(key).ids:
                    del self.articles[id_]
                    self.removed.add(id_)

    def changes(self, seconds: float) -> Changes:
        """What was taken and pruned so far."""
        return Changes(
            tuple(sorted(self.added)),
            tuple(sorted(self.updated)),
            tuple(sorted(self.removed)),
            tuple(sorted(self.unchanged)),
            tuple(self.skipped),
            seconds,
        )


def walk(roots: Sequence[Path], skipped: list[Skipped]) -> Iterator[Found]:
    """Every file under the roots; a root that is not there joins ``skipped``."""
    for root in roots:
        if root.exists():
            yield from find([root])
        else:
            skipped.append(Skipped(root, "is not there"))
