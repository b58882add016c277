"""A set before its library is built: the questions, and where the articles come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from eval.questions import Question
from index.types import Article

Unit: TypeAlias = Literal["passage", "article"]
Content: TypeAlias = bytes | Callable[[], Iterable[bytes]]
"""Of a file: its bytes, or a function that yields them piece by piece."""


@dataclass(frozen=True, slots=True)
class Source:
    """Questions and the articles that they are put to."""

    name: str
    questions: tuple[Question, ...]
    unit: Unit
    """What is judged: a passage that overlaps a gold text, or the whole article it stands in."""
    files: Mapping[str, Content] = field(default_factory=dict)
    """Article files that are written for the run, by name."""
    originals: Mapping[str, str] = field(default_factory=dict)
    """Article id to its text before any cleaning, for articles that are in no file of their own."""
    paths: tuple[Path, ...] = ()
    """Files and folders of articles that lie on the disk already."""
    library: Path | None = None
    """A library that is asked as it is; nothing is built then."""
    format: str = "questions"
    """What the set was read as, see ``eval.sets.FORMATS``."""
    digest: str = ""
    """Hex digest of the files that the questions and judgements were read from."""
    notes: tuple[str, ...] = ()
    """What whoever runs the set should know, such as rows that were left out."""
    limited: int | None = None
    """How many questions the whole set has, when only the first ones are run."""

    @property
    def quotable(self) -> bool:
        """Whether the set says where answers stand, so that quotes can be judged."""
        return not self.questions or any(
            question.answers or any(gold.text for gold in question.gold)
            for question in self.questions
        )

    def lay(self, folder: Path) -> list[Path]:
        """Write the article files into an empty folder; what a library is to be made of."""
        for name, content in self.files.items():
            with (folder / name).open("wb") as file:
                file.writelines([content] if isinstance(content, bytes) else content())
        return [*([folder] if self.files else ()), *self.paths]

    def original(self, article: Article) -> str:
        """The text an article was made from; its stored text where that was not plain text."""
        raw = self.raw(article)
        return article.text if raw is None else raw

    def raw(self, article: Article) -> str | None:
        """The plain text an article was made from; ``None`` where it was made from other things."""
        known = self.originals.get(article.id)
        if known is not None:
            return known
        if article.path and article.path.endswith((".txt", ".text")):
            try:
                return Path(article.path).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):  # another encoding, which the library knows
                return None
        return None
