"""Questions that were written for Kutip: ``training/written/``, the only data kept with the code.

They were written by a language model for this project, from the questions and articles of the data
directory: English versions of Indonesian questions, and questions in both languages on news
articles and on paragraphs of Wikipedia; and a glossary of the words in the English ones. The texts
asked about are not kept here; they are found again in the data directory.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Container, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from training.corpus import read_encyclopedia, read_news_articles, read_rows

FOLDER = Path(__file__).parent / "written"
ENGLISH = "english.tsv.gz"
"""Digest of an Indonesian question, and the question in English."""
ENGLISH_OF = ("idk_mrc_train", "tydiqa_id_goldp_train", "facqa_train")
"""Files of the data directory whose questions those are, and are trained on."""
NEWS = "news.tsv.gz"
"""File, article, number of the stretch, question in Indonesian and English, start and end of the
answer in the stretch (both empty when the stretch does not say)."""
REWORDED = "reworded.tsv.gz"
"""The same, on other articles of the news and on Wikipedia (whose stretches are paragraphs): three
of four questions were to share as few words with the text as can be."""
GLOSSARY = "glossary.tsv.gz"
"""An English word of the questions, and Indonesian equivalents, the likeliest first."""
FULL, ROOM = 350, 750
"""In characters: from where a stretch of an article may end, and where it does."""


class WrittenQuestion(NamedTuple):
    """A question in both languages on a stretch of an article."""

    indonesian: str
    english: str
    context: str
    answer: str
    """Empty when the stretch does not say."""
    start: int
    """Where the answer begins in ``context``; 0 when there is none."""


def digest(question: str) -> str:
    """What stands for an Indonesian question, whatever its spaces and capitals."""
    return sha256(" ".join(question.casefold().split()).encode()).hexdigest()[:12]


def english_questions() -> dict[str, str]:
    """English questions by the digest of the Indonesian one."""
    return {row[0]: row[1] for row in _rows(ENGLISH)}


def written_questions(data: Path, name: str) -> list[WrittenQuestion]:
    """All questions of ``NEWS`` or ``REWORDED``, with the texts that they were asked about.

    Raises ``DataMissing`` when the articles are not in ``data``.
    """
    rows = list(_rows(name))
    asked_about = {(file, article) for file, article, *_ in rows}
    texts = {
        (file, article): stretches(paragraphs)
        for file, article, paragraphs in read_news_articles(data)
        if (file, article) in asked_about
    }
    if name == REWORDED:
        texts |= {
            (file, title): [" ".join(paragraph.split()) for paragraph in paragraphs]
            for file, title, paragraphs in read_encyclopedia(data)
            if (file, title) in asked_about
        }
    found: list[WrittenQuestion] = []
    for file, article, number, indonesian, english, start, end in rows:
        context = texts[file, article][int(number)]
        begin = int(start or 0)
        answer = context[begin : int(end or 0)]
        found.append(WrittenQuestion(indonesian, english, context, answer, begin))
    return found


def question_pairs(data: Path, leave_out: Container[str]) -> list[tuple[str, str]]:
    """Distinct questions in English and Indonesian.

    Without those whose Indonesian side, its case folded, is in ``leave_out``.
    """
    english = english_questions()
    asked = (row["question"].strip() for name in ENGLISH_OF for row in read_rows(data, name))
    pairs = [(english[digest(q)], q) for q in asked if digest(q) in english]
    pairs += [
        (q.english, q.indonesian) for f in (NEWS, REWORDED) for q in written_questions(data, f)
    ]
    return [pair for pair in dict.fromkeys(pairs) if pair[1].casefold() not in leave_out]


def read_glossary() -> dict[str, list[str]]:
    """English words in lower case with their Indonesian equivalents, the likeliest first."""
    return {word: said.split(", ") for word, said in _rows(GLOSSARY)}


def stretches(paragraphs: list[str]) -> list[str]:
    """An article in stretches of whole paragraphs, about as long as Kutip's passages."""
    out, current = [], ""
    for paragraph in (" ".join(p.split()) for p in paragraphs):
        if not paragraph:
            continue
        if len(current) + len(paragraph) > ROOM and len(current) > FULL:
            out.append(current)
            current = ""
        current = f"{current} {paragraph}".strip()
    return [*out, current]


def _rows(name: str) -> Iterator[list[str]]:
    with gzip.open(FOLDER / name, "rt", encoding="utf-8", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None)
