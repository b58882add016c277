"""Takes the web page away from around an article, and keeps a record of what it took.

``clean`` is conservative: no sentence of an article may be lost, and where a line might be prose
it stays. What is stored is the raw text after three recorded steps: characters (see
``index.cleaning.characters``), hard-wrapped lines joined, and clutter lines removed; inside a line
only editors' initials and photo credits after its last full stop are cut. A dateline such as
"Jakarta (ANTARA) -" stays where it is, as part of its sentence.

A photo's caption stays when it is a sentence, since it states a fact that the publisher answers
for; its credit goes. A caption that is only a name with a credit ("Antony Blinken/Net") goes.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.cleaning.dates import parse_date
from index.cleaning.head import find_title, take_head
from index.cleaning.lines import split_lines
from index.cleaning.metadata import author_of, published_of, source_of
from index.cleaning.page import Removed, page_of
from index.cleaning.rules import PAGE_RULES, cut_credits, take_tail

__all__ = ["Cleaned", "Removed", "clean", "parse_date"]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning left of a text, and what it learnt on the way."""

    text: str
    """NFC; one line a paragraph, paragraphs separated by one blank line. Empty when there was
    nothing visible in the raw text."""
    removed: tuple[Removed, ...]
    """In the order of the raw text."""
    title: str | None = None
    """``None`` when the text states none."""
    source: str | None = None
    """Publisher as stated in a dateline, copyright line or header; ``None`` when unknown."""
    author: str | None = None
    """As a byline states it; ``None`` when unknown."""
    published: str | None = None
    """Publication date that the text states, ``YYYY-MM-DD``; ``None`` when unknown."""
    lines: tuple[int, ...] = ()
    """Line of the raw text, from 1, that each paragraph of ``text`` starts on."""


def clean(raw: str, *, title: str | None = None) -> Cleaned:
    """The article in ``raw``; ``title`` is its title when that is known from elsewhere.

    A text of which the rules would leave nothing is kept as it is.
    """
    page = page_of(split_lines(raw))
    for rule in PAGE_RULES:
        rule(page)
    cut_credits(page)
    if len(page.lines) > 1:
        title = title or find_title(page)
        take_head(page, title)
    take_tail(page)
    cut_credits(page)  # again: another line may now be the last, whose initials may go
    if not page.kept():
        page = page_of(split_lines(raw))
    kept = [page.lines[index] for index in page.kept()]
    return Cleaned(
        text="\n\n".join(line.text for line in kept),
        removed=page.removed(),
        title=title,
        source=source_of(page),
        author=author_of(page),
        published=published_of(page),
        lines=tuple(line.number for line in kept),
    )
