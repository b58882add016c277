"""The evidence pane: the article that a quote was taken from, and why it came up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from index.types import Hit
from qa.render import date_words
from qa.tui.article_view import ArticleView
from qa.tui.languages import language_name
from qa.tui.lit import line
from qa.types import Quote


@dataclass(frozen=True, slots=True)
class Chosen:
    """A quote to show, with what is known about how it was found."""

    quote: Quote
    hits: Sequence[Hit]
    """All passages that were found for the question."""
    why: Callable[[Hit], str]
    """Says why a passage came up."""


class Evidence(Vertical):
    """Header, article, and a line to look for words in it. Empty until a quote is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Find", tooltip="Find words in the article", id="article.find"),
        Binding("n", "step(1)", "Next", tooltip="Next place", id="article.next"),
        Binding("N", "step(-1)", show=False, tooltip="Previous place", id="article.previous"),
        Binding("enter", "to_quote", show=False, tooltip="Back to the quote", id="article.quote"),
        Binding("h", "hit(1)", show=False, tooltip="Next passage that was found", id="article.hit"),
        Binding(
            "H",
            "hit(-1)",
            show=False,
            tooltip="Previous passage that was found",
            id="article.earlier_hit",
        ),
        Binding("j", "scroll(1)", show=False, tooltip="Down", id="article.down"),
        Binding("k", "scroll(-1)", show=False, tooltip="Up", id="article.up"),
    ]

    _hits: Sequence[Hit] = ()
    """Passages that were found for the question, best first."""
    _at = 0
    """Which of them is shown."""
    _why: Callable[[Hit], str] = str

    def compose(self) -> ComposeResult:
        """Title, place and reason over the article, and below it what is looked for."""
        yield Static(Content(""), id="evidence-title")
        yield Static(Content(""), id="evidence-place")
        yield Static(Content(""), id="evidence-why")
        yield ArticleView(id="evidence-article")
        with Horizontal(id="find"):
            yield FindInput(placeholder="Find in the article", compact=True)
            yield Static(Content(""), id="found")

    def show(self, chosen: Chosen | None) -> None:
        """Show where a quote stands and why its passage came up; ``None`` empties it."""
        self.set_class(chosen is not None, "-filled")
        if chosen is None:
            self._hits = ()
            self._present(None)
            return
        self._hits, self._why = chosen.hits, chosen.why
        numbers = [hit.passage.number for hit in self._hits]
        number = chosen.quote.hit.passage.number
        self._at = numbers.index(number) if number in numbers else 0
        self._present(chosen.quote)

    def action_hit(self, step: int) -> None:
        """Show another of the passages that were found, round and round."""
        if self._hits:
            self._at = (self._at + step) % len(self._hits)
            hit = self._hits[self._at]
            self._present(Quote(hit.passage.article, hit.passage.span, (), hit, hit.score))

    def _present(self, quote: Quote | None) -> None:
        title, place, why = "", "", ""
        if quote is not None:
            title, place, why = line(quote.article.label), _place(quote), self._why(quote.hit)
            if self._hits:
                why = f"found no. {self._at + 1} of {len(self._hits)}" + f" · {why}" * bool(why)
        self._put("#evidence-title", title)
        self._put("#evidence-place", place)
        self._put("#evidence-why", why)
        self.query_one("#evidence-why").display = bool(why)
        view = self.query_one(ArticleView)
        if quote is None or quote.article is not view.article:
            self.leave_find()
        view.show(quote)

    def action_find(self) -> None:
        """Type what to look for in the article."""
        self.add_class("-finding")
        self.query_one(FindInput).focus()

    def action_step(self, step: int) -> None:
        """Go to the next or previous place."""
        self.query_one(ArticleView).step(step)
        self._count()

    def action_to_quote(self) -> None:
        """Scroll back to the quote."""
        self.query_one(ArticleView).to_quote()

    def action_scroll(self, rows: int) -> None:
        """Scroll by some rows."""
        self.query_one(ArticleView).scroll_relative(y=rows, animate=False)

    def leave_find(self) -> bool:
        """Look for nothing any more; ``False`` if nothing was looked for."""
        finding = self.has_class("-finding")
        if finding:
            field = self.query_one(FindInput)
            if field.has_focus:
                self.query_one(ArticleView).focus()
            self.remove_class("-finding")
            field.value = ""
        return finding

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one(ArticleView).find(event.value)
        self._count()

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_step(1)

    def _count(self) -> None:
        looked_for = self.query_one(FindInput).value.strip()
        found = self.query_one(ArticleView).found
        self.query_one("#found", Static).update(Content(str(found) if looked_for else ""))

    def _put(self, place: str, words: str) -> None:
        """Change a text; the screen is laid out anew only if it takes more or fewer lines."""
        shown = self.query_one(place, Static)
        shown.update(Content(words), layout=False)
        shown.clear_cached_dimensions()
        width, most = shown.size.width, shown.styles.max_height
        lines = shown.visual.get_height(shown.styles.get_rules(), width) if width else 0
        if most is not None and most.cells is not None:
            lines = min(lines, most.cells)
        if lines != shown.size.height:
            shown.refresh(layout=True)


class FindInput(Input):
    """Where the words are typed: enter and the arrows walk the places they stand at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False, tooltip="Next place", id="find.next"),
        Binding("up", "step(-1)", show=False, tooltip="Previous place", id="find.previous"),
        Binding("escape", "leave", show=False, tooltip="Find no more", id="find.leave"),
    ]

    def action_step(self, step: int) -> None:
        """Go to the next or previous place."""
        self._evidence.action_step(step)

    def action_leave(self) -> None:
        """Look for nothing any more."""
        self._evidence.leave_find()

    @property
    def _evidence(self) -> Evidence:
        return next(node for node in self.ancestors if isinstance(node, Evidence))


def _place(quote: Quote) -> str:
    """Who published the article and when, its language, and the paragraph of the quote."""
    article = quote.article
    parts = (
        article.source or "",
        f"by {article.author}" if article.author else "",
        date_words(article.published) if article.published else "date unknown",
        language_name(article.lang),
        f"paragraph {quote.hit.passage.ordinal}",
        article.id if article.title else "",
    )
    return line(" · ".join(part for part in parts if part))
