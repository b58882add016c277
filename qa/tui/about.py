"""An article in one line."""

from __future__ import annotations

from index.types import Article
from qa.render import date_words, safe
from qa.tui.languages import language_name


def about(article: Article) -> str:
    """Title, source, date and language, as far as known; inert."""
    parts = (
        article.label,
        article.source or "",
        date_words(article.published) if article.published else "",
        language_name(article.lang),
    )
    return " ".join(safe(" · ".join(part for part in parts if part)).split())
