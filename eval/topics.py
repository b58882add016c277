"""TREC topics, as ``<top>`` blocks or as lines of number and text, with qrels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from eval.lines import files_digest, lines_of
from eval.qrels import judged_questions, read_qrels
from eval.source import Source
from index.errors import InputError

_FIELD = re.compile(r"<(num|title|desc|narr)>(.*?)(?=<(?:num|title|desc|narr)>|\Z)", re.S | re.I)
_CLOSING = re.compile(r"</\w+>")
_LABEL = re.compile(r"^\s*(?:Number|Topic|Description|Narrative)\s*:", re.I)


def trec_files(folder: Path) -> tuple[Path, Path] | None:
    """Topics and qrels of a folder that holds one file of each; else ``None``."""
    topics = [file for file in sorted(folder.glob("*topics*")) if file.is_file()]
    qrels = [file for file in sorted(folder.glob("*qrels*")) if file.is_file()]
    return (topics[0], qrels[0]) if len(topics) == len(qrels) == 1 else None


def read_trec(topics: Path, qrels: Path) -> Source:
    """The judged topics of a file as questions; what they are put to is the caller's to add.

    A topic's question is its title, or its description when it has none. ``InputError`` names file
    and line.
    """
    texts: dict[str, str] = {}
    for number, name, text in _topics(topics):
        if not name or not text:
            raise InputError(f"{topics}:{number}: a topic needs a number and a title")
        if name in texts:
            raise InputError(f"{topics}:{number}: two topics have the number {name!r}")
        texts[name] = text
    questions, notes = judged_questions(texts, read_qrels(qrels), qrels)
    return Source(
        name=topics.name.split(".")[0],
        questions=questions,
        unit="article",
        format="trec",
        digest=files_digest([topics, qrels]),
        notes=notes,
    )


def has_blocks(path: Path) -> bool:
    """Whether the file is made of ``<top>`` blocks."""
    first = next((line for _, line in lines_of(path) if line.strip()), "")
    return first.lstrip().lower().startswith("<top")


def _topics(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, number and text of each topic."""
    if not has_blocks(path):
        for number, line in lines_of(path):
            if line.strip():
                name, _, text = line.partition("\t")
                yield number, name.strip(), text.strip()
        return
    begun, block = 0, list[str]()
    for number, line in lines_of(path):
        word = line.strip().lower()
        if word.startswith("<top>"):
            if begun:
                raise InputError(f"{path}:{number}: <top> before the </top> of line {begun}")
            begun, block = number, [line.strip()[len("<top>") :]]
        elif word == "</top>" and begun:
            yield begun, *_read(block)
            begun = 0
        elif begun:
            block.append(line)
        elif word:
            raise InputError(f"{path}:{number}: text outside <top> and </top>")
    if begun:
        raise InputError(f"{path}:{begun}: <top> without </top>")


def _read(block: list[str]) -> tuple[str, str]:
    """Number and question."""
    fields = {
        match[1].lower(): " ".join(_LABEL.sub("", _CLOSING.sub(" ", match[2])).split())
        for match in _FIELD.finditer("\n".join(block))
    }
    return fields.get("num", ""), fields.get("title") or fields.get("desc", "")
