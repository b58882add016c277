"""Reads Markdown: the stored text is its prose, without the marks.

Headings, list items, table rows and quoted lines become paragraphs of their own, their marks
dropped; the lines of a paragraph are joined; links leave their words, images and comments
nothing; code stays as it is, without its fences. The title is the front matter's, else the first
heading of level 1. Every paragraph stays on the line where it began, so that the line numbers of
what cleaning removes are those of the file.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from index.cleaning import clean, parse_date
from index.cleaning.characters import tidy
from index.sources.reading import Extract, decoded

_FRONT_MATTER = regex.compile(r"\A---[ \t]*\n(?P<fields>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = regex.compile(r"(?P<key>[A-Za-z_]+)[ \t]*:[ \t]*(?P<value>.*)")
_FENCE = regex.compile(r" {0,3}(?:```|~~~)")
_HEADING = regex.compile(r" {0,3}(?P<level>#{1,6})[ \t]+(?P<text>.*?)(?:[ \t]+#+)?[ \t]*")
_BLOCK = regex.compile(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|(?=\d{1,3}[.)][ \t]))+")
_TABLE_ROW = regex.compile(r"[ \t]*\|(?P<cells>.*)\|[ \t]*")
_NOT_TEXT = (
    regex.compile(r" {0,3}(?:=+|-{2,}|(?:[-*_][ \t]*){3,})[ \t]*"),  # heading lines and rules
    regex.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*"),  # in tables
    regex.compile(r" {0,3}\[[^\]]{1,200}\]:[ \t]+\S+.*"),  # where a link leads
)
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![\p{L}\p{N}_])", r"(?![\p{L}\p{N}_])"
_INLINE = (
    (regex.compile(r"!\[[^\[\]]{0,500}\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,200}\])"), ""),
    (regex.compile(r"\[([^\[\]]{1,1000})\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,200}\])"), r"\1"),
    (regex.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>"), r"\1"),
    (regex.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,1000})?/?>"), ""),
    (regex.compile(r"(`{1,3})([^`]{1,1000})\1"), r"\2"),
    (regex.compile(r"(?<!\\)(\*{1,3}|~~)(?=[^\s*~])([^*~]{1,2000})(?<=[^\s*~\\])\1"), r"\2"),
    (
        regex.compile(
            rf"{_NO_LETTER_BEFORE}(_{{1,3}})(?=[^\s_])([^_]{{1,2000}})(?<=[^\s_])\1{_NO_LETTER_AFTER}"
        ),
        r"\2",
    ),
    (regex.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])"), r"\1"),
)  # fmt: skip


def read_markdown(content: bytes) -> Extract:
    """The article in a Markdown file; raises ``UnreadableError`` for what is not text."""
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    fields: dict[str, str] = {}
    front = _FRONT_MATTER.match(text)
    if front:
        fields = _fields(front["fields"])
        text = "\n" * front.group().count("\n") + text[front.end() :]
    prose, heading = _prose(_without_comments(text))
    cleaned = clean(prose, title=fields.get("title") or heading)
    date = fields.get("date") or fields.get("published")
    cleaned = replace(
        cleaned,
        source=fields.get("source") or fields.get("publisher") or cleaned.source,
        author=fields.get("author") or cleaned.author,
        published=(parse_date(date) if date else None) or cleaned.published,
    )
    return Extract(cleaned, lang=fields.get("lang"), url=fields.get("url"))


def _fields(block: str) -> dict[str, str]:
    """The plain ``key: value`` lines of a front matter, keys in lower case, without quotes."""
    matches = filter(None, (_FIELD.fullmatch(line) for line in block.split("\n")))
    fields = {m["key"].lower(): tidy(m["value"]).strip("\"'").strip() for m in matches}
    return {key: value for key, value in fields.items() if value}


def _without_comments(text: str) -> str:
    """The text with only the line breaks of its comments; an unclosed comment stays."""
    parts, done = [], 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[done:start], "\n" * text.count("\n", start, end)]
        done = end + len("-->")
    return "".join([*parts, text[done:]])


def _prose(text: str) -> tuple[str, str | None]:
    """The text without marks, line for line, and its first heading of level 1."""
    out: list[str] = []
    heading: str | None = None
    joining, in_code = -1, False  # the line that the paragraph began on; -1 between paragraphs
    for line in text.split("\n"):
        row, title = _TABLE_ROW.fullmatch(line), _HEADING.fullmatch(line)
        block = _BLOCK.match(line)
        out.append("")
        if _FENCE.match(line):
            joining, in_code = -1, not in_code
        elif in_code:
            out[-1] = line
        elif not line.strip() or any(marks.fullmatch(line) for marks in _NOT_TEXT):
            if heading is None and joining >= 0 and line.lstrip().startswith("="):
                heading = out[joining]
            joining = -1
        elif title:
            out[-1], joining = _inline(title["text"]), -1
            if heading is None and len(title["level"]) == 1:
                heading = out[-1]
        elif row:
            out[-1], joining = _inline(row["cells"].strip()), -1
        elif block and not (joining >= 0 and block.group().strip() == ">"):
            out[-1], joining = _inline(line[block.end() :]), len(out) - 1
        elif joining >= 0:
            out[joining] += " " + _inline(line[block.end() :] if block else line)
        else:
            out[-1], joining = _inline(line), len(out) - 1
    return "\n".join(out), heading


def _inline(text: str) -> str:
    """A line without emphasis, links, code marks and tags."""
    for pattern, words in _INLINE:
        text = pattern.sub(words, text)
    return tidy(text)
