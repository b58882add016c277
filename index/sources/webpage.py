"""Reads saved web pages with trafilatura; the only module that imports it.

Only what the page itself states becomes metadata: dates are taken from its markup, never guessed
from its text. Its ``lang`` attribute is not believed, since templates of Indonesian sites often
say English. Nothing is fetched. Line numbers of what cleaning removes are those of the text that
trafilatura found, one line a paragraph, not of the HTML.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import lru_cache
from types import ModuleType
from typing import Any

import regex

from index.cleaning import clean, parse_date
from index.cleaning.characters import tidy
from index.sources.reading import Extract, UnreadableError, decoded

HTML_MAX = 8 * 1024 * 1024
"""Largest page; bytes. Extraction takes seconds a megabyte when there are many paragraphs."""
_PREAMBLE = 5000
"""Within which the ``html`` element of a whole page begins; code points."""
_CHARSET = regex.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w\-]{2,40})", regex.IGNORECASE
)
_TABLE_LINE = regex.compile(r"\|?(?:[ :\-]+\|)+[ :\-]*")


def read_webpage(content: bytes) -> Extract:
    """The article in a web page; raises ``UnreadableError`` when there is no text in it."""
    if len(content) > HTML_MAX:
        raise UnreadableError(f"larger than {HTML_MAX // 1024**2} MiB: too large for a web page")
    html = _text_of(content)
    if "<html" not in html[:_PREAMBLE].lower():  # trafilatura takes a fragment for no HTML
        html = f"<html><body>{html}</body></html>"
    try:
        document = _trafilatura().bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
            config=_settings(),
        )
        text = (document.text if document else None) or _trafilatura().html2txt(html)
    except Exception as error:  # whatever a broken page does to the parser, others must be read
        raise UnreadableError(f"the page cannot be parsed ({type(error).__name__})") from error
    if not text or not text.strip():
        raise UnreadableError("no article text found in the page")
    cleaned = clean(_without_table_marks(text), title=_field(document, "title"))
    date = _field(document, "date")
    cleaned = replace(
        cleaned,
        source=_field(document, "sitename") or cleaned.source,
        author=_field(document, "author") or cleaned.author,
        published=(parse_date(date) if date else None) or cleaned.published,
    )
    return Extract(cleaned, url=_field(document, "url"))


def _text_of(content: bytes) -> str:
    """The page as text, in the encoding that it declares when it is not in UTF-8."""
    declared = _CHARSET.search(content[:4096])
    if declared:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return content.decode(declared[1].decode("ascii"))
            except (LookupError, UnicodeDecodeError):
                pass  # a wrong declaration: tell the encoding from the bytes
    return decoded(content)


def _without_table_marks(text: str) -> str:
    lines = ("" if _TABLE_LINE.fullmatch(line) else line for line in text.split("\n"))
    return "\n".join(line.strip().strip("|") if line.startswith("|") else line for line in lines)


def _field(document: Any, name: str) -> str | None:
    value = getattr(document, name, None)
    return (tidy(value.replace("\n", " ")) or None) if isinstance(value, str) else None


@lru_cache(maxsize=1)
def _trafilatura() -> ModuleType:
    """Imported on first use: it takes about half a second."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # a bad page is reported by us, once
    return trafilatura


@lru_cache(maxsize=1)
def _settings() -> Any:
    """Settings of trafilatura, but for short articles too."""
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "40")
    settings.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    settings.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
    return settings
