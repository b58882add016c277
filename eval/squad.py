"""SQuAD 1.1, SQuAD 2.0 and IDK-MRC files as questions over a library of their own paragraphs.

A key such as "question_en" holds the same question in another language.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.lines import json_rows
from eval.question_file import check_ids
from eval.questions import Gold, Question
from eval.source import Source
from index.errors import InputError
from index.types import Span

_TRANSLATED = "question_"


class Paragraph(NamedTuple):
    """One paragraph of such a file: an article of its own."""

    id: str
    text: str
    title: str | None
    lang: str | None = None
    """``None`` when the file does not say."""


def read_squad(
    path: Path, lang: str | None = None
) -> tuple[tuple[Question, ...], tuple[Paragraph, ...]]:
    """The questions of a SQuAD-like file, in each language they have, and its paragraphs.

    ``lang`` is the language of the plain "question" key; by default that of the paragraphs.
    A paragraph is known by its "passage_id", else by its place in the file. ``InputError`` names
    the paragraph that is wrong.
    """
    rows = _paragraphs(_parsed(path), path)
    lang = lang or _lang("\n".join(row["context"] for _, row in rows[:50]))
    paragraphs: list[Paragraph] = []
    questions: list[Question] = []
    for place, (title, row) in enumerate(rows):
        found = Paragraph(str(row.get("passage_id", f"p{place:05}")), row["context"], title)
        paragraphs.append(found)
        try:
            for item in row["qas"]:
                questions.extend(_questions(item, found, lang))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"{path}: paragraph {place + 1} ({found.id}): not as in SQuAD ({error!r})"
            ) from None
    check_ids(questions, path)
    return tuple(questions), tuple(dict.fromkeys(paragraphs))


class Given(NamedTuple):
    """A question and the paragraph it is asked of."""

    question: Question
    """Its gold is empty when the paragraph does not say."""
    paragraph: Paragraph


def read_given(path: Path) -> tuple[Given, ...]:
    """The questions of a SQuAD-like file with their own paragraphs, answerable or not.

    ``InputError`` as ``read_squad``.
    """
    questions, paragraphs = read_squad(path)
    by_id = {paragraph.id: paragraph for paragraph in paragraphs}
    owner = {
        str(item["id"]): str(row.get("passage_id", f"p{place:05}"))
        for place, (_, row) in enumerate(_paragraphs(_parsed(path), path))
        for item in row["qas"]
    }
    return tuple(Given(question, by_id[owner[question.pair]]) for question in questions)


def squad_source(
    name: str,
    found: tuple[tuple[Question, ...], tuple[Paragraph, ...]],
    digest: str,
    form: str = "squad",
) -> Source:
    """Questions and their paragraphs as a set; ``digest`` is that of the files."""
    questions, paragraphs = found
    rows = (
        json.dumps({k: v for k, v in row._asdict().items() if v}, ensure_ascii=False)
        for row in paragraphs
    )
    return Source(
        name=name,
        questions=questions,
        unit="article",
        files={"paragraphs.jsonl": "\n".join(rows).encode()},
        originals={row.id: row.text for row in paragraphs},
        format=form,
        digest=digest,
    )


def read_paragraphs(path: Path) -> tuple[Paragraph, ...]:
    """Rows of JSON lines with "id" and "text" (and "title"), plain or gzipped."""
    found = []
    for number, row in json_rows(path):
        try:
            found.append(Paragraph(str(row["id"]), row["text"], row.get("title")))
        except KeyError as error:
            raise InputError(f"{path}:{number}: {error} is missing") from None
    return tuple(found)


def _parsed(path: Path) -> Any:
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
        return json.loads(text)
    except UnicodeDecodeError:
        raise InputError(f"{path}: not valid UTF-8") from None
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: not valid JSON ({error.msg})") from None
    except (OSError, EOFError, RecursionError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from None


def _paragraphs(data: Any, path: Path) -> Sequence[tuple[str | None, Mapping[str, Any]]]:
    """Title and row of each paragraph, which has at least a "context" that is text."""
    found = []
    try:
        for entry in data["data"] if isinstance(data, dict) else data:
            for row in entry.get("paragraphs", (entry,)):
                if not isinstance(row["context"], str):
                    raise TypeError('"context" is not text')
                found.append((entry.get("title"), row))
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path}: not a SQuAD file: after {len(found)} paragraphs: {error!r}"
        ) from None
    return found


def _questions(item: Mapping[str, Any], paragraph: Paragraph, lang: str) -> Iterator[Question]:
    gold: tuple[Gold, ...] = ()
    if not item.get("is_impossible", False):
        named = [answer for answer in item["answers"] if answer["text"]]
        gold = tuple(dict.fromkeys(_gold(paragraph, answer) for answer in named))
    wordings = {lang: item["question"]}
    for key, text in item.items():
        if key.startswith(_TRANSLATED):
            wordings[key.removeprefix(_TRANSLATED)] = text
    for code, text in wordings.items():
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"question {item['id']!r} is blank in {code!r}")
        name = f"{item['id']}.{code}" if len(wordings) > 1 else str(item["id"])
        yield Question(name, text, code, pair=str(item["id"]), gold=gold)


def _gold(paragraph: Paragraph, answer: Mapping[str, Any]) -> Gold:
    text, start = answer["text"], answer["answer_start"]
    return Gold(paragraph.id, text, text, Span(start, start + len(text)))


def _lang(text: str) -> str:
    from index.language import detect

    return detect(text)
