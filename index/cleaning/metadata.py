"""Who published an article, who wrote it, and when: only what its text states."""

from __future__ import annotations

import regex

from index.cleaning import labels
from index.cleaning.datelines import DOMAIN, dateline
from index.cleaning.dates import parse_date
from index.cleaning.page import Page

_YEARS = r"(?:(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?)"
_COPYRIGHT_HOLDER = regex.compile(
    rf"(?i:copyright|hak cipta)?[ :]*(?:©|\([cC]\))?[ :]*{_YEARS}?[ ,]*"
    rf"(?P<name>\p{{L}}[\p{{L}}\d.& ]{{1,40}}?)[ ,]*{_YEARS}?[., ]*(?i:all rights reserved)?\.?"
)
_UPDATED = regex.compile(r"(?i)update|diperbarui")
DATELINE_LINES = 4
"""How many paragraphs, from the first, may open with a dateline; captions stand before it."""


def source_of(page: Page) -> str | None:
    """The publisher: by dateline, else copyright line, "About" box, or site name in the header."""
    top = [i for i in range(len(page.lines)) if page.taken.get(i, "dateline") == "dateline"]
    for index in top[:DATELINE_LINES]:
        match = dateline(page.lines[index].text)
        if match:
            return str(match["source"]).strip()
    for rule, pattern in (("copyright", _COPYRIGHT_HOLDER), ("about", labels.ABOUT)):
        for text in _texts(page, rule):
            match = pattern.fullmatch(text)
            if match:
                return str(match["name"]).strip()
    sites = (text for text in _texts(page, "header") if regex.fullmatch(DOMAIN, text))
    return next(sites, None)


def author_of(page: Page) -> str | None:
    """Who a byline names as reporter or writer; editors and translators are not authors."""
    for text in _texts(page, "credit"):
        match = labels.CREDIT.fullmatch(text)
        if match and match["role"].lower() in labels.AUTHOR_ROLES:
            return str(match["name"]).strip()
    for text in _texts(page, "byline"):
        return regex.split(r" ?[,|]", text.partition(" ")[2])[0].strip()
    return None


def published_of(page: Page) -> str | None:
    """The date in the header; an "updated" date only when there is no other."""
    dates = _texts(page, "date")
    first = [text for text in dates if not _UPDATED.search(text)]
    return next(filter(None, map(parse_date, [*first, *dates])), None)


def _texts(page: Page, rule: str) -> list[str]:
    """The lines that a rule took, in order."""
    return [page.lines[index].text for index in sorted(page.taken) if page.taken[index] == rule]
