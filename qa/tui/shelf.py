"""The library behind the chat, as far as the chat need know: how to open it, how to add to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from index.types import ProgressCallback

if TYPE_CHECKING:
    from index.sources import Skipped
    from qa.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Addition:
    """What came of adding files."""

    assistant: Assistant
    """Over the library as it is now."""
    skipped: Sequence[Skipped]
    """What could not be read, with the reasons."""
    note: str = ""
    """What else a person should know, e.g. that a library was made."""


Add: TypeAlias = Callable[[Sequence[Path], ProgressCallback], Addition]
"""Takes files and folders in. Raises ``KutipError``, and whatever the callback raises: nothing has
been added then."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the articles are. Both callables are called on threads."""

    open: Callable[[], Assistant]
    """Opens the library; raises what ``Assistant.open`` raises."""
    title: str = ""
    """Says what is being opened."""
    add: Add | None = None
    """``None`` where nothing can be added."""
