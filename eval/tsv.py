"""Questions and answers in a plain TSV file, over the user's own articles.

    Who signed the agreement?<TAB>Sari
    When was it signed?<TAB>May 2022<TAB>2022-05
    Who sang?

Several answers are several cells; a question without one is a question that the articles do not
answer. An answer is right wherever the articles hold it, as whole words. A first line that starts
with "question" names the columns: question, answer (once or more), id, lang.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.lines import files_digest, lines_of
from eval.question_file import check_ids
from eval.questions import Question
from eval.source import Source
from index.errors import InputError

_COLUMNS = ("question", "answer", "id", "lang")


def read_tsv(path: Path) -> Source:
    """The questions of a file; what they are put to is the caller's to add.

    ``InputError`` names file and line.
    """
    columns: Sequence[str] | None = None
    questions: list[Question] = []
    for number, line in lines_of(path):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells):
            continue
        if columns is None:
            columns = _header(cells, f"{path}:{number}")
            if columns:
                continue
        questions.append(_question(cells, columns, f"{path}:{number}", len(questions) + 1))
    check_ids(questions, path)
    return Source(
        name=path.name.split(".")[0],
        questions=tuple(questions),
        unit="passage",
        format="tsv",
        digest=files_digest([path]),
    )


def _header(cells: Sequence[str], where: str) -> Sequence[str]:
    """The names of the columns; empty when the first line is a question already."""
    names = [cell.casefold() for cell in cells]
    if names[0] not in _COLUMNS:
        return ()
    unknown = [name for name in names if name not in _COLUMNS]
    if unknown or "question" not in names:
        raise InputError(f"{where}: the columns must be of {', '.join(_COLUMNS)}, not {names}")
    return names


def _question(cells: Sequence[str], columns: Sequence[str], where: str, number: int) -> Question:
    names = columns or ("question", *("answer" for _ in cells[1:]))
    if len(cells) > len(names):
        raise InputError(f"{where}: {len(cells)} cells for {len(names)} columns")
    found = dict.fromkeys(_COLUMNS, "")
    answers = []
    for name, cell in zip(names, cells, strict=False):
        found[name] = cell
        if name == "answer" and cell:
            answers.append(cell)
    if not found["question"]:
        raise InputError(f"{where}: the question is blank")
    return Question(
        id=found["id"] or f"q{number}",
        text=found["question"],
        lang=found["lang"] or _lang(found["question"]),
        answers=tuple(dict.fromkeys(answers)),
    )


def _lang(text: str) -> str:
    from index.language import detect_question

    return detect_question(text)
