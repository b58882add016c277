"""The top of a page: title, navigation, byline and date before the first sentence."""

from __future__ import annotations

from collections import Counter

import regex

from index.cleaning.dates import parse_date
from index.cleaning.lines import Line
from index.cleaning.page import Page
from index.cleaning.rules import ends_as_prose

HEADER_MAX = 120
"""Longest line of a header; code points."""
_DATE_WORDS = regex.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum[’']?at|sabtu|minggu|ahad|(?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)day|mon|tue|wed|thu|fri|sat|sun|wib|wita|wit|gmt|utc|am|pm|pukul|jam|pada|at|on|"
    r"diterbitkan|dipublikasikan|diperbarui|diunggah|dibuat|terbit|tayang|rilis|published|updated|"
    r"posted|last|date|tanggal)\b|\d{1,2}[:.]\d{2}(?:[:.]\d{2})?|[\d\p{P}\p{S}\s]+",
    regex.IGNORECASE,
)
_MONTH_NAME = regex.compile(
    r"\b\d{1,2}\s+\p{L}{3,9}\.?,?\s+(?:19|20)\d\d\b|\b\p{L}{3,9}\.?\s+\d{1,2},?\s+(?:19|20)\d\d\b"
)


def is_date_line(line: Line) -> bool:
    """Whether the line is a date with its year, perhaps a weekday, a time and a label."""
    if len(line.text) > HEADER_MAX or parse_date(line.text) is None:
        return False
    return not _DATE_WORDS.sub("", _MONTH_NAME.sub("", line.text))


def find_title(page: Page, given: str | None) -> str | None:
    """The title as the page states it, or the one that is given with the text."""
    if given:
        return given
    head = _head(page)
    texts = [page.lines[i].text for i in head if not is_date_line(page.lines[i])]
    counts = Counter(page.lines[i].text.casefold() for i in page.kept())
    doubled = [t for t in texts if counts[t.casefold()] > 1 and _can_be_title(t)]
    if doubled:
        return max(doubled, key=len)
    if not texts:
        return _question_title(page)
    if _is_web_page(page, head):
        return next((t for t in texts if _can_be_title(t)), max(texts, key=len))
    return texts[0] if len(texts[0]) <= 2 * HEADER_MAX else None


def take_head(page: Page, title: str | None) -> None:
    """Take the title wherever it stands alone, and all headers above the first sentence."""
    head = _head(page)
    web_page = _is_web_page(page, head)
    same = (title or "").casefold()
    titles = [i for i in page.kept() if page.lines[i].text.casefold() == same]
    web_page = web_page or len(titles) > 1
    for index in titles:
        # One title that reads like a sentence ("Siapa yang menang?") may be the first sentence.
        if len(titles) > 1 or index in head:
            page.drop(index, "title")
    for index in head:
        line = page.lines[index]
        if is_date_line(line):
            page.drop(index, "date")
        elif web_page and len(line.text) <= HEADER_MAX:
            page.drop(index, "header")


def _head(page: Page) -> list[int]:
    """The lines not taken above the first sentence; none when there is no sentence."""
    head: list[int] = []
    counts = Counter(page.lines[i].text.casefold() for i in page.kept())
    for index in page.kept():
        line = page.lines[index]
        once = counts[line.text.casefold()] == 1
        if once and (line.is_body or (ends_as_prose(line) and line.words >= 4)):
            return head
        head.append(index)
    return []


def _is_web_page(page: Page, head: list[int]) -> bool:
    """Whether something above the first sentence shows that this is a page off the web."""
    first_sentence = head[-1] + 1 if head else 0
    return any(index <= first_sentence for index in page.taken) or any(
        is_date_line(page.lines[index]) for index in head
    )


def _can_be_title(text: str) -> bool:
    return (
        len(text.split()) >= 4
        or regex.search(r"[\p{Han}\p{Hiragana}\p{Thai}]{6}", text) is not None
    )


def _question_title(page: Page) -> str | None:
    """A first line that asks, set apart from what follows: title and text at once."""
    kept = page.kept()
    if len(kept) < 2:
        return None
    first = page.lines[kept[0]]
    asks = first.text.endswith(("?", "!", "?”", "!”")) and len(first.text) <= HEADER_MAX
    return first.text if asks and page.follows_blank[kept[1]] else None
