"""SQuAD 1.1, SQuAD 2.0 and IDK-MRC files as questions over a library of their own paragraphs.

A key such as "question_en" holds the same question in another language. Files of one set in
several languages (XQuAD: ``xquad.en.json``, ``xquad.de.json``, with the same ids) are read
together: every question language is put to the paragraphs of every language.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.lines import json_rows
from eval.question_file import check_ids
from eval.questions import Gold, Question
from index.errors import InputError
from index.types import Span

_TRANSLATED = "question_"
_NAMED_LANG = re.compile(r"^(?P<set>.+)\.(?P<lang>[a-z]{2})\.json(\.gz)?$")


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


def parallel_files(path: Path) -> dict[str, Path]:
    """The files of a parallel set by language: of a folder, or of a pattern such as ``x.*.json``.

    Empty when there are fewer than two, or files of several sets.
    """
    if path.is_dir():
        files = sorted(path.glob("*.json")) + sorted(path.glob("*.json.gz"))
    else:
        files = sorted(path.parent.glob(path.name)) if "*" in path.name else []
    named = {file: match for file in files if (match := _NAMED_LANG.match(file.name))}
    if len(named) < 2 or len({match["set"] for match in named.values()}) > 1:
        return {}
    return {match["lang"]: file for file, match in named.items()}


def read_parallel(
    files: Mapping[str, Path],
) -> tuple[tuple[Question, ...], tuple[Paragraph, ...]]:
    """Every question in every language of ``files``, put to the paragraphs of every language.

    ``InputError`` when a file lacks a question that another one has.
    """
    read = {lang: read_squad(file, lang) for lang, file in files.items()}
    own = {
        lang: {q.pair: q for q in questions if q.lang == lang}
        for lang, (questions, _) in read.items()
    }
    first = next(iter(own))
    for lang, of_lang in own.items():
        odd = sorted(own[first].keys() ^ of_lang.keys())
        if odd:
            raise InputError(
                f"{files[lang]}: the question {odd[0]!r} is not both there and in {files[first]}"
            )
    questions = tuple(
        Question(
            id=f"{name}.{lang}.{over}",
            text=own[lang][name].text,
            lang=lang,
            pair=name,
            gold=tuple(_moved(gold, over) for gold in own[over][name].gold),
            over=over,
        )
        for name in own[first]
        for lang in own
        for over in own
    )
    paragraphs = tuple(
        paragraph._replace(id=f"{lang}/{paragraph.id}", lang=lang)
        for lang, (_, found) in read.items()
        for paragraph in found
    )
    return questions, paragraphs


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


def _moved(gold: Gold, lang: str) -> Gold:
    return Gold(f"{lang}/{gold.article}", gold.text, gold.answer, gold.span)


def _lang(text: str) -> str:
    from index.language import detect

    return detect(text)
