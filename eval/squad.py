"""SQuAD 1.1, SQuAD 2.0 and IDK-MRC files as questions over a library of their own paragraphs."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from eval.questions import Gold, Question, check_ids
from index.errors import InputError
from index.types import Span

_TRANSLATED = "question_"
"""A key such as "question_en" holds the same question in another language."""


class Paragraph(NamedTuple):
    """One paragraph of such a file: an article of its own."""

    id: str
    text: str
    title: str | None


def read_squad(
    path: Path, lang: str | None = None
) -> tuple[tuple[Question, ...], tuple[Paragraph, ...]]:
    """The questions of a SQuAD-like file, in each language they have, and its paragraphs.

    ``lang`` is the language of the plain "question" key; by default that of the paragraphs.
    A paragraph is known by its "passage_id", else by its place in the file.
    """
    paragraphs: list[Paragraph] = []
    questions: list[Question] = []
    try:
        rows = list(_paragraphs(json.loads(_text(path))))
        lang = lang or _lang("\n".join(row["context"] for _, row in rows[:50]))
        for place, (title, row) in enumerate(rows):
            found = Paragraph(str(row.get("passage_id", f"p{place:05}")), row["context"], title)
            paragraphs.append(found)
            for item in row["qas"]:
                questions.extend(_questions(item, found, lang))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: not a SQuAD file ({error!r})") from None
    check_ids(questions, path)
    return tuple(questions), tuple(dict.fromkeys(paragraphs))


def read_paragraphs(path: Path) -> tuple[Paragraph, ...]:
    """Rows of JSON lines with "id" and "text" (and "title"), plain or gzipped."""
    try:
        rows = [json.loads(line) for line in _text(path).splitlines() if line.strip()]
        return tuple(Paragraph(str(row["id"]), row["text"], row.get("title")) for row in rows)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not JSON lines with id and text ({error!r})") from None


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from None


def _paragraphs(data: Any) -> Iterator[tuple[str | None, Mapping[str, Any]]]:
    for entry in data["data"] if isinstance(data, dict) else data:
        for row in entry.get("paragraphs", (entry,)):
            yield entry.get("title"), row


def _questions(item: Mapping[str, Any], paragraph: Paragraph, lang: str) -> Iterator[Question]:
    gold: tuple[Gold, ...] = ()
    if not item.get("is_impossible", False):
        gold = tuple(dict.fromkeys(_gold(paragraph, answer) for answer in item["answers"]))
    wordings = {lang: item["question"]}
    for key, text in item.items():
        if key.startswith(_TRANSLATED):
            wordings[key.removeprefix(_TRANSLATED)] = text
    for code, text in wordings.items():
        name = f"{item['id']}.{code}" if len(wordings) > 1 else str(item["id"])
        yield Question(name, text, code, pair=str(item["id"]), gold=gold)


def _gold(paragraph: Paragraph, answer: Mapping[str, Any]) -> Gold:
    text, start = answer["text"], answer["answer_start"]
    return Gold(paragraph.id, text, text, Span(start, start + len(text)))


def _lang(text: str) -> str:
    from index.language import detect

    return detect(text)
