"""Datelines: the publisher, and often the place, before the first sentence of a report."""

from __future__ import annotations

import regex

DOMAIN = r"[\p{L}\d\-]+\.(?i:com|co\.id|co|id|net|org|tv|news|info|co\.uk|go\.id|or\.id|ac\.id)"
_PLACE = r"\p{Lu}[\p{L} .'/\-]{1,40}"
_DASH = r" ?(?:--?|[–—])(?:\s|$)"
_SHAPES = tuple(
    regex.compile(shape)
    for shape in (
        # Baku/Yerevan (ANTARA) - …; LONDON, Oct 9 (Reuters) - …
        rf"{_PLACE}(?:, [^()]{{1,30}})? ?\((?P<source>\p{{Lu}}[\w. ]{{1,30}})\)\s*[-–—]+",
        # Suara.com - …; JAKARTA, KOMPAS.com – …; Liputan6.com, Jakarta - …
        rf"(?:{_PLACE}, ?)?(?P<source>{DOMAIN})(?:,? ?{_PLACE}?)?{_DASH},?",
        # Rusia. ARRAHMAHNEWS.COM Kremlin …
        r"(?:\p{Lu}[\p{L} ]{1,30}[.,] )?(?P<source>\p{Lu}[\p{Lu}\d\-]+\.(?:COM|CO|ID|NET|ORG)) ",
        # LancangKuning - …; Rimanews - …
        rf"(?P<source>\p{{Lu}}\p{{Ll}}+(?:\p{{Lu}}[\p{{L}}\d]*|news)) {_DASH}",
        # Jakarta, CNN Indonesia -- …
        rf"{_PLACE}, (?P<source>(?:CNN|CNBC|BBC|VOA|DW)(?: \p{{Lu}}\p{{L}}+)?|(?i:antara)"
        rf"|\p{{Lu}}[\p{{L}} ]*(?:News|Pos|Post|Times|Media)){_DASH}",
    )
)
REACH = 120
"""How far a dateline may extend into a paragraph; code points."""


def dateline(text: str) -> regex.Match[str] | None:
    """The dateline at the start of ``text``, whose group ``source`` is the publisher."""
    start = text[:REACH]
    return next((match for shape in _SHAPES if (match := shape.match(start))), None)
