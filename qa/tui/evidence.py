"""The evidence pane: the article that a quote was taken from, and why it came up."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from index.types import Span
from qa.render import date_words
from qa.tui.article_view import ArticleView
from qa.tui.languages import language_name
from qa.tui.lit import line
from qa.types import Quote


class Evidence(Vertical):
    """Header and article. Empty until a quote is chosen."""

    def compose(self) -> ComposeResult:
        """Title, place and reason over the article."""
        yield Static(Content(""), id="evidence-title")
        yield Static(Content(""), id="evidence-place")
        yield Static(Content(""), id="evidence-why")
        yield ArticleView(id="evidence-article")

    def show(self, quote: Quote | None, why: str = "") -> None:
        """Show where ``quote`` stands, and ``why`` its passage came up; ``None`` empties it."""
        self.set_class(quote is not None, "-filled")
        title = line(quote.article.label) if quote else ""
        self.query_one("#evidence-title", Static).update(Content(title))
        place = _place(quote) if quote else ""
        self.query_one("#evidence-place", Static).update(Content(place))
        reason = self.query_one("#evidence-why", Static)
        reason.update(Content(why))
        reason.display = bool(why)
        view = self.query_one(ArticleView)
        if quote is None:
            view.show(None, Span(0, 0))
        else:
            view.show(quote.article, quote.span, quote.highlights)


def _place(quote: Quote) -> str:
    """Who published the article and when, its language, and the paragraph of the quote."""
    article = quote.article
    parts = (
        article.source or "",
        date_words(article.published) if article.published else "no date",
        language_name(article.lang),
        f"paragraph {quote.hit.passage.ordinal}",
        article.id if article.title else "",
    )
    return line(" · ".join(part for part in parts if part))
