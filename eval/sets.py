"""The sets that can be run: which questions, over which articles, and where these come from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from eval.questions import Question, read_questions
from eval.squad import Paragraph, read_paragraphs, read_squad
from index.errors import InputError

Unit: TypeAlias = Literal["passage", "article"]

SEEDS = Path(__file__).parent / "questions" / "seeds-dev.jsonl"
SEEDS_TEST = SEEDS.with_name("seeds-test.jsonl")
"""Held out: run to report, never to tune."""
_IDK_QUESTIONS = "idk_mrc_valid_en.json"
_IDK_PASSAGES = "idk_mrc_passages.jsonl.gz"

KNOWN = {
    "seeds-dev": "questions about the sample articles, in English and Indonesian",
    "idk-mrc-dev": "IDK-MRC validation questions, in English and Indonesian, over 4,395 paragraphs"
    " (needs --data)",
    "seeds-test": "more questions about the sample articles, held out: nothing is tuned on them",
    "FILE.json": "any SQuAD 1.1, SQuAD 2.0 or IDK-MRC file, over its own paragraphs",
}
"""What ``--set`` takes, and what that is."""


@dataclass(frozen=True, slots=True)
class Source:
    """A set before its library is built."""

    name: str
    questions: tuple[Question, ...]
    unit: Unit
    """What is judged: a passage that overlaps a gold text, or the whole article it stands in."""
    files: Mapping[str, bytes]
    """The articles to build the library from, by file name."""
    originals: Mapping[str, str]
    """Article id to its text before any cleaning; quotes must stand in it."""


def load_set(name: str, data: Path | None = None) -> Source:
    """The set called ``name`` (see ``KNOWN``). ``data`` is the folder that idk-mrc-dev lies in."""
    if name == "seeds-dev":
        return _seeds(name, SEEDS)
    if name == "seeds-test":
        return _seeds(name, SEEDS_TEST)
    if name == "idk-mrc-dev":
        return _idk(data)
    if name.endswith((".json", ".json.gz")):
        questions, paragraphs = read_squad(Path(name))
        return _from_paragraphs(Path(name).name.split(".")[0], questions, paragraphs)
    raise InputError(f"no set is called {name!r}; there are: {', '.join(KNOWN)}")


def _seeds(name: str, questions: Path) -> Source:
    from qa.samples import sample_articles

    files = {file.name: file.read_bytes() for file in sorted(sample_articles().glob("*.txt"))}
    originals = {name: raw.decode("utf-8") for name, raw in files.items()}
    return Source(name, read_questions(questions), "passage", files, originals)


def _idk(data: Path | None) -> Source:
    needed = (_IDK_QUESTIONS, _IDK_PASSAGES)
    for folder in (data, data / "qa") if data else ():
        if all((folder / name).is_file() for name in needed):
            questions, _ = read_squad(folder / _IDK_QUESTIONS, lang="id")
            paragraphs = read_paragraphs(folder / _IDK_PASSAGES)
            return _from_paragraphs("idk-mrc-dev", questions, paragraphs)
    raise InputError(
        f"idk-mrc-dev: point --data (or KUTIP_DATA) to the folder with {' and '.join(needed)}"
    )


def _from_paragraphs(
    name: str, questions: tuple[Question, ...], paragraphs: tuple[Paragraph, ...]
) -> Source:
    rows = (
        json.dumps({"id": row.id, "text": row.text, "title": row.title}, ensure_ascii=False)
        for row in paragraphs
    )
    files = {"paragraphs.jsonl": "\n".join(rows).encode()}
    originals = {row.id: row.text for row in paragraphs}
    return Source(name, questions, "article", files, originals)
