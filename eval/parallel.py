"""Files of one set in several languages: XQuAD's ``xquad.en.json`` and ``xquad.de.json``.

They hold the same questions with the same ids. Every question language is put to the paragraphs of
every language, and of that language only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from eval.questions import Gold, Question
from eval.squad import Paragraph, read_squad
from index.errors import InputError

_NAMED_LANG = re.compile(r"^(?P<set>.+)\.(?P<lang>[a-z]{2})\.json(\.gz)?$")


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


def _moved(gold: Gold, lang: str) -> Gold:
    return Gold(f"{lang}/{gold.article}", gold.text, gold.answer, gold.span)
