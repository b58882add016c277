"""Who published an article, who wrote it, and when: only what its text states."""

from __future__ import annotations

import regex

from index.cleaning import labels
from index.cleaning.dates import parse_date
from index.cleaning.head import is_date_line
from index.cleaning.page import Page

_DOMAIN = r"[\w\-]+\.(?i:com|co\.id|co|id|net|org|tv|news|info|co\.uk|go\.id|or\.id|ac\.id)"
_PLACE = r"\p{Lu}[\p{L} .'/\-]{1,40}"
_DATELINES = (
    # Baku/Yerevan (ANTARA) - …
    regex.compile(rf"{_PLACE}(?:, [^()]{{1,30}})? ?\((?P<source>\p{{Lu}}[\w. ]{{1,30}})\) ?[-–—]"),
    # Suara.com - …; JAKARTA, KOMPAS.com – …; Liputan6.com, Jakarta - …
    regex.compile(rf"(?:{_PLACE}, ?)?(?P<source>{_DOMAIN})(?:, ?{_PLACE}?)? ?(?:[-–—]|\|\|) ?"),
    # Rusia. ARRAHMAHNEWS.COM Kremlin …
    regex.compile(
        r"(?:\p{Lu}[\p{L} ]{1,30}[.,] )?(?P<source>\p{Lu}[\p{Lu}\d\-]+\.(?:COM|CO\.ID|CO|ID|NET|ORG)) "
    ),
    # LancangKuning - …
    regex.compile(r"(?P<source>\p{Lu}\p{Ll}+\p{Lu}[\p{L}\d]*) [-–—] "),
    # Jakarta, CNN Indonesia -- …
    regex.compile(
        rf"{_PLACE}, (?P<source>(?:CNN|CNBC|BBC|VOA|DW)(?: \p{{Lu}}\p{{L}}+)?|ANTARA|Antara|\p{{Lu}}[\p{{L}} ]*"
        r"(?:News|Pos|Post|Times|Media)) (?:--?|[–—]) "
    ),
)
_COPYRIGHT_HOLDER = regex.compile(
    r"(?i:copyright|hak cipta)?[ :]*(?:©|\([cC]\))?[ :]*(?:(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?)?[ ,]*(?P<name>\p{L}[\p{L}\d.& ]{1,40}?)"
    r"[ ,]*(?:(?:19|20)\d\d)?\.?(?: ?(?i:all rights reserved)\.?)?"
)


def source_of(page: Page, header: list[str]) -> str | None:
    """The publisher: by dateline, else copyright line, "About" box, or site name in the header."""
    for index in page.kept()[:4]:
        for pattern in _DATELINES:
            match = pattern.match(page.lines[index].text)
            if match:
                return str(match["source"]).strip()
    for index, rule in sorted(page.taken.items()):
        text = page.lines[index].text
        if rule == "copyright":
            match = _COPYRIGHT_HOLDER.fullmatch(text)
        elif rule == "about":
            match = labels.ABOUT.fullmatch(text)
        else:
            continue
        if match:
            return str(match["name"]).strip()
    return next((text for text in header if regex.fullmatch(_DOMAIN, text)), None)


def author_of(page: Page) -> str | None:
    """Who a byline names as reporter or writer; editors and translators are not authors."""
    for index, rule in sorted(page.taken.items()):
        if rule == "credit":
            match = labels.CREDIT.fullmatch(page.lines[index].text)
            if match and match["role"].lower() in labels.AUTHOR_ROLES:
                return str(match["name"]).strip()
    return None


def published_of(page: Page) -> str | None:
    """The date in the header; an "updated" date only when there is no other."""
    updated = None
    for index, rule in sorted(page.taken.items()):
        line = page.lines[index]
        if rule not in ("date", "header") or not (rule == "date" or is_date_line(line)):
            continue
        if regex.search(r"(?i)update|diperbarui", line.text):
            updated = updated or parse_date(line.text)
        else:
            return parse_date(line.text)
    return updated
