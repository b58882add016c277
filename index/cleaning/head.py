"""The top of a page: title, navigation, byline and date before the first sentence."""

from __future__ import annotations

from collections import Counter

import regex

from index.cleaning.datelines import dateline
from index.cleaning.dates import is_date
from index.cleaning.lines import Line, ends_as_prose
from index.cleaning.page import Page

TITLE_MAX = 150
"""Longest title; code points."""
HEADER_MAX = 100
"""Longest line of navigation, kicker or caption in a header; code points."""
HEADER_LINES = 20
"""A text with more lines before its first sentence is a list, not a page with a header."""
HEAD_REACH = 100
"""A text without a sentence in this many lines has no header at all."""
_WEB_RULES = frozenset({"widget", "contents", "credit", "source-credit", "caption", "pages"})
"""Rules whose lines, above the first sentence, show that a page comes off the web."""
_LIST_ITEM = regex.compile(r"\d{1,3}[.)] |[•*\-–] ")
_ANY_STOP = regex.compile(r"[.。](?:\s|$)")
_FULL_STOP = regex.compile(r"\p{Ll}{3}[.] |。.")
_BYLINE = regex.compile(
    r"(?i:by|oleh|von|par|por|di)\ (?:\p{Lu}[\p{L}.'’\-]*\ ?){1,5}(?:(?:,|\|).{1,40})?",
    regex.VERBOSE,
)


def find_title(page: Page) -> str | None:
    """The title as the page states it; ``None`` when the text seems to start right away."""
    kept = page.kept()
    head = _head(page)
    lines = [page.lines[index] for index in head if _can_be_title(page.lines[index])]
    counts = _counts(page)
    doubled = [line.text for line in lines if counts[line.text.casefold()] > 1 and line.words > 1]
    if doubled:
        return max(doubled, key=len)
    if lines and _is_web_page(page, head):
        full = (line.text for line in lines if line.words >= 4)
        return next(full, max((line.text for line in lines), key=len))
    if len(kept) < 2 or not _can_be_title(page.lines[kept[0]]):
        return None
    first, second = (page.lines[index] for index in kept[:2])
    apart = len(head) == 1 or (bool(head) and page.follows_blank[kept[1]])
    return first.text if apart and not second.text[0].islower() else None


def take_head(page: Page, title: str | None) -> None:
    """Take the title wherever it stands alone, and all headers above the first sentence."""
    head = _head(page)
    same = (title or "").casefold()
    titles = [index for index in page.kept() if page.lines[index].text.casefold() == same]
    web_page = _is_web_page(page, head) or (len(titles) > 1 and len(head) <= HEADER_LINES)
    for index in titles:
        # A title that stands once and ends like a sentence may be one: it stays as text too.
        if len(titles) > 1 or (index in head and not ends_as_prose(page.lines[index])):
            page.drop(index, "title")
    for index in head:
        line = page.lines[index]
        if is_date(line.text):
            page.drop(index, "date")
        elif web_page and _BYLINE.fullmatch(line.text):
            page.drop(index, "byline")
        elif web_page and len(line.text) <= HEADER_MAX and not ends_as_prose(line):
            page.drop(index, "header")


def _is_web_page(page: Page, head: list[int]) -> bool:
    """Whether the top shows that this is a page off the web: a date, a credit, a button there."""
    if len(head) > HEADER_LINES:
        return False
    first_sentence = head[-1] + 1 if head else 0
    taken = any(i <= first_sentence and rule in _WEB_RULES for i, rule in page.taken.items())
    return taken or any(is_date(page.lines[index].text) for index in head)


def _head(page: Page) -> list[int]:
    """The lines not taken above the first sentence; none when there is no sentence."""
    head: list[int] = []
    counts = _counts(page)
    headline_seen = False
    for index in page.kept()[:HEAD_REACH]:
        line = page.lines[index]
        sentence = line.is_body or (ends_as_prose(line) and line.words >= 4)
        sentence = sentence or (headline_seen and len(line.text) > HEADER_MAX)
        repeated = counts[line.text.casefold()] > 1
        headline = _can_be_headline(line) and (repeated or not headline_seen)
        if sentence and not headline:
            return head
        headline_seen = headline_seen or line.words >= 4
        head.append(index)
    return []


def _can_be_headline(line: Line) -> bool:
    """Whether it has no sentence mark but of questions and calls: "Siapa Menang? Ini Jawabnya"."""
    return len(line.text) <= TITLE_MAX and not _ANY_STOP.search(line.text)


def _can_be_title(line: Line) -> bool:
    text = line.text
    letters = sum(map(str.isalpha, text))
    return (
        len(text) <= TITLE_MAX
        and letters * 2 > len(text)
        and (line.words > 1 or letters > 5)
        and text[-1] not in ",;:-–—.。"
        and not _LIST_ITEM.match(text)
        and not _FULL_STOP.search(text)
        and not is_date(text)
        and dateline(text) is None
    )


def _counts(page: Page) -> Counter[str]:
    return Counter(page.lines[index].text.casefold() for index in page.kept())
