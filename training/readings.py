"""What the reader learns from: a question, a paragraph, and where the answer stands, if it does."""

from __future__ import annotations

import random
from collections.abc import Container, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from index.lexicon import Lexicon
from index.translation import Translator
from training.corpus import Example, read_pairs, read_passages, read_rows
from training.questions import OtherWords, WordByWord, neighbours
from training.written import (
    NEWS,
    REWORDED,
    digest,
    english_questions,
    question_pairs,
    written_questions,
)

SEED = 20261120
SOURCES = {
    "idk_mrc_train": None,
    "tydiqa_id_goldp_train": None,
    "facqa_train": None,
    "squad2_dev_translated_id": 7000,
    "gemini_wiki_id": 9000,
}
"""Files of the data directory, and how many of their rows are taken (``None``: all)."""
WRITTEN = {"written_news": NEWS, "written_reworded": REWORDED}
"""Sources that were written for Kutip, and their files."""
HELD_OUT = 16
"""One in so many paragraphs of IDK-MRC and of the written questions is held out, to choose
thresholds by."""
ELSEWHERE = 0.15
"""Share of answerable questions that are shown with a paragraph that does not answer them."""
NEAREST = ("idk_mrc_train", "tydiqa_id_goldp_train", "facqa_train", *WRITTEN)
"""Files with questions as people ask them: what the last part of the training is on."""
ENGLISH, BACK, OTHER = 0.35, 0.15, 0.15
"""Shares of questions put into English, into English and back phrase by phrase, and into other
words of Indonesian."""
WORD_BY_WORD = 0.15
"""Share of the English questions that are put word by word though they have been written."""
CARELESS = 0.1
"""Share of questions without capitals and question mark."""
POOL = 20
"""Batches of about one length are cut from a pool of so many."""


class Reading(NamedTuple):
    """A question and a paragraph."""

    question: str
    context: str
    answer: str
    """Empty when the paragraph does not say."""
    start: int
    """Where the answer begins in ``context``; 0 when there is none."""
    source: str


def read_readings(data: Path) -> tuple[list[Reading], list[Reading]]:
    """Those to train on, and those held out; none of a paragraph that judges IDK-MRC."""
    rng = random.Random(SEED)
    found: dict[tuple[str, str], Reading] = {}
    for name, most in SOURCES.items():
        rows = [
            Reading(
                row["question"].strip(),
                row["context"],
                "" if row["is_impossible"] else row["answers"][0]["text"],
                0 if row["is_impossible"] else row["answers"][0]["start"],
                name,
            )
            for row in read_rows(data, name)
            if row["question"].strip()
        ]
        for reading in rows if most is None else rng.sample(rows, min(most, len(rows))):
            found.setdefault((reading.question.casefold(), reading.context), reading)
    for source, file in WRITTEN.items():
        for written in written_questions(data, file):
            reading = Reading(
                written.indonesian, written.context, written.answer, written.start, source
            )
            found.setdefault((reading.question.casefold(), reading.context), reading)
    own, news, reworded = (
        sorted({reading.context for reading in found.values() if reading.source == source})
        for source in (next(iter(SOURCES)), *WRITTEN)
    )
    judged = set(read_passages(data).values()) - set(own)
    held = {
        context
        for contexts in (own, news)
        for context in random.Random(SEED).sample(contexts, len(contexts) // HELD_OUT)
    }
    # These by themselves, so that what is held out stays so when more is written.
    held |= {context for context in reworded if int(digest(context), 16) % HELD_OUT == 0}
    usable = [reading for reading in found.values() if reading.context not in judged]
    return (
        [reading for reading in usable if reading.context not in held],
        [reading for reading in usable if reading.context in held],
    )


def translated_pairs(data: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Questions, and sentences that people translated, in English and Indonesian.

    Without the questions held out.
    """
    _, held_out = read_readings(data)
    questions = question_pairs(data, {reading.question.casefold() for reading in held_out})
    return questions, [(pair.en, pair.id) for pair in read_pairs(data) if pair.human]


class English:
    """Puts Indonesian training questions into English."""

    def __init__(self, lexicon: Lexicon, data: Path) -> None:
        self._written = english_questions()
        self._written |= {
            digest(question.indonesian): question.english
            for file in WRITTEN.values()
            for question in written_questions(data, file)
        }
        self._word_by_word = WordByWord(lexicon, read_pairs(data)[::4])

    def __call__(self, question: str, rng: random.Random) -> str:
        """As it was written for Kutip; word by word where it was not, and now and then."""
        written = self._written.get(digest(question))
        if written is None or rng.random() < WORD_BY_WORD:
            return self._word_by_word(question, rng)
        return written

    def and_back(self, question: str) -> str | None:
        """What the translator makes of the English question; ``None`` where none was written."""
        written = self._written.get(digest(question))
        translation = written and Translator.load()(written, "en", "id")
        return translation.text if translation else None


class Views:
    """Shows readings in ever other ways: other words, English, a paragraph that does not answer."""

    def __init__(self, readings: list[Reading], data: Path) -> None:
        lexicon = Lexicon.load()
        self._english = English(lexicon, data)
        self._reworded = OtherWords(lexicon)
        self._readings = readings
        answerable = [row for row, reading in enumerate(readings) if reading.answer]
        examples = [
            Example(r.question, r.context, r.answer, r.source)
            for r in (readings[row] for row in answerable)
        ]
        near = neighbours(examples)
        self._near = {
            row: [answerable[other] for other in near[number]]
            for number, row in enumerate(answerable)
        }

    def asked(self, row: int, rng: random.Random) -> Reading:
        """A reading, its question put in one way or another."""
        reading = self._readings[row]
        question = reading.question
        drawn = rng.random()
        if drawn < ENGLISH:
            question = self._english(question, rng)
        elif drawn < ENGLISH + BACK:
            question = self._english.and_back(question) or question
        elif drawn < ENGLISH + BACK + OTHER:
            question = self._reworded(question, rng)
        if rng.random() < CARELESS:
            question = question.rstrip("? ").casefold()
        return reading._replace(question=question)

    def __call__(self, row: int, rng: random.Random) -> Reading:
        """One view of a reading."""
        reading = self.asked(row, rng)
        near = self._near.get(row)
        if near and rng.random() < ELSEWHERE:
            other = self._readings[rng.choice(near)].context
            if reading.answer.casefold() not in other.casefold():
                return Reading(reading.question, other, "", 0, reading.source)
        return reading

    def batches(
        self, size: int, seed: int, sources: Container[str] = SOURCES
    ) -> Iterator[list[Reading]]:
        """Batches without end, each of about one length, in a new order each epoch."""
        rows = [row for row, reading in enumerate(self._readings) if reading.source in sources]
        for epoch in count():
            rng = random.Random(SEED + seed + epoch)
            order = list(rows)
            rng.shuffle(order)
            for begin in range(0, len(order), size * POOL):
                pool = [self(row, rng) for row in order[begin : begin + size * POOL]]
                pool.sort(key=lambda reading: len(reading.context) + len(reading.question))
                made = [pool[at : at + size] for at in range(0, len(pool), size)]
                rng.shuffle(made)
                yield from made

    def pairs(
        self, size: int, seed: int, sources: Container[str], wrong: Sequence[Sequence[str]]
    ) -> Iterator[list[tuple[Reading, Reading]]]:
        """Batches of a question with its own paragraph and with one that does not answer it.

        ``wrong`` lists those paragraphs for every reading; each epoch draws another.
        """
        rows = [
            row
            for row, reading in enumerate(self._readings)
            if reading.source in sources and wrong[row]
        ]
        for epoch in count():
            rng = random.Random(SEED + seed + epoch)
            order = list(rows)
            rng.shuffle(order)
            for begin in range(0, len(order), size * POOL):
                pool = []
                for row in order[begin : begin + size * POOL]:
                    own = self.asked(row, rng)
                    other = Reading(own.question, rng.choice(wrong[row]), "", 0, own.source)
                    pool.append((own, other))
                pool.sort(key=lambda pair: max(len(pair[0].context), len(pair[1].context)))
                made = [pool[at : at + size] for at in range(0, len(pool), size)]
                rng.shuffle(made)
                yield from made
