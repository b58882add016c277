"""The five sample articles, so that there is something to ask before anything is added."""

from __future__ import annotations

from pathlib import Path

from index.errors import InputError


def sample_articles() -> Path:
    """The folder of the sample articles: ``seeds/`` of the repository, ``qa/seeds`` in a wheel."""
    package = Path(__file__).parent
    for folder in (package / "seeds", package.parent / "seeds"):
        if folder.is_dir():
            return folder
    raise InputError("the sample articles are not installed; name your own articles")
