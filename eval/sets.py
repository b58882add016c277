"""The sets that can be run: which questions, over which articles, and where these come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.beir import corpus_file, is_beir, read_beir
from eval.known import KNOWN, OWN, about_samples, known_set
from eval.lines import files_digest
from eval.parallel import parallel_files, read_parallel
from eval.question_file import QuestionFile, read_questions, scan
from eval.source import Source
from eval.squad import read_squad, squad_source
from eval.topics import has_blocks, read_trec, trec_files
from eval.tsv import read_tsv
from index.errors import InputError

FORMATS = {
    "questions": "FILE.jsonl, as qa-eval make writes it, over your articles",
    "tsv": "FILE.tsv: question, tab, answer (tab, another answer …), over your articles",
    "squad": "FILE.json: SQuAD 1.1 or 2.0, IDK-MRC, also with question_xx keys; its own paragraphs",
    "parallel": "FOLDER or 'x.*.json': one SQuAD file a language (x.en.json, x.de.json), same ids",
    "beir": "FOLDER with corpus.jsonl, queries.jsonl and qrels/; --qrels chooses the split",
    "trec": "topics (<top> blocks, or lines of number and text) with --qrels FILE, over your"
    " articles; or a FOLDER that holds both",
}
"""Sets that are read from a path, which is enough to tell them apart; ``--format`` overrules it."""

_ENDINGS = {".jsonl": "questions", ".ndjson": "questions", ".json": "squad", ".tsv": "tsv"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which set to run, as a person names it."""

    name: str = "seeds-dev"
    """One of ``KNOWN``, or the path of a set in one of ``FORMATS``."""
    data: Path | None = None
    """The folder that idk-mrc-dev lies in."""
    format: str | None = None
    """One of ``FORMATS``; ``None`` to tell by the path."""
    qrels: Path | None = None
    articles: Sequence[Path] = ()
    """Files and folders, a BEIR folder, or one library; only for sets without their own."""


def load_set(choice: Choice) -> Source:
    """Read a set. ``InputError`` says what is wrong in one line, with file and line number."""
    source = _read(choice)
    if source.files or source.paths or source.library:
        if choice.articles:
            raise InputError(f"{choice.name} brings its own articles; leave --articles out")
        return source
    if not choice.articles:
        raise InputError(f"{choice.name}: about which articles? Name them with --articles PATH")
    return over(source, choice.articles)


def recognise(path: Path, with_qrels: bool = False) -> str:
    """The format of the set at a path, one of ``FORMATS``. Raises ``InputError``."""
    if parallel_files(path):
        return "parallel"
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise InputError(
            f"there is no set at {path}; give a path, or one of: {', '.join(KNOWN)} "
            "('qa-eval list' tells more)"
        )
    ending = Path(path.name.removesuffix(".gz")).suffix
    if ending in _ENDINGS and not (with_qrels and ending == ".tsv"):
        return _ENDINGS[ending]
    if with_qrels or has_blocks(path):
        return "trec"
    raise InputError(f"{path}: name its format with --format ({', '.join(FORMATS)})")


def over(source: Source, articles: Sequence[Path]) -> Source:
    """The set put to ``articles``: files and folders, a BEIR folder, or one library."""
    from index.snapshot import exists

    articles = [path.expanduser() for path in articles]
    for path in articles:
        if not path.exists():
            raise InputError(f"there are no articles at {path}; check the path")
    libraries = [path for path in articles if exists(path)]
    if libraries and len(articles) > 1:
        raise InputError(f"{libraries[0]} is a library: name it alone, or only files and folders")
    if libraries:
        return replace(source, library=libraries[0])
    if len(articles) == 1 and is_beir(articles[0]):
        return replace(source, files=corpus_file(articles[0]))
    return replace(source, paths=tuple(articles))


def question_path(choice: Choice) -> Path | None:
    """The question file that is meant; ``None`` for a set of another format."""
    if choice.name in OWN and choice.format is None:
        return OWN[choice.name]
    path = Path(choice.name).expanduser()
    if (
        choice.name in KNOWN
        or (choice.format or recognise(path, bool(choice.qrels))) != "questions"
    ):
        return None
    return path


def articles_for(choice: Choice, found: QuestionFile) -> Source:
    """What the questions of a file are put to, without them. Raises ``InputError``."""
    if choice.name in OWN and not choice.articles:
        return replace(about_samples(choice.name, found.path), questions=())
    if not (choice.articles or found.articles):
        raise InputError(f"{found.path}: about which articles? Name them with --articles PATH")
    empty = Source(name=found.path.name.split(".")[0], questions=(), unit="passage")
    return over(empty, choice.articles or found.articles)


def _folder(path: Path) -> str:
    if is_beir(path):
        return "beir"
    if trec_files(path):
        return "trec"
    raise InputError(
        f"{path}: a folder of no known format: neither corpus.jsonl and queries.jsonl (BEIR), "
        "nor files such as x.en.json and x.de.json, nor topics and qrels (TREC)"
    )


def _read(choice: Choice) -> Source:
    if choice.format is None and choice.name in KNOWN:
        return known_set(choice.name, choice.data)
    path = Path(choice.name).expanduser()
    return _read_as(choice.format or recognise(path, choice.qrels is not None), path, choice)


def _read_as(form: str, path: Path, choice: Choice) -> Source:
    if form == "questions":
        return _questions(path, choice.articles)
    if form == "tsv":
        return read_tsv(path)
    if form == "squad":
        found = read_squad(path)
        return squad_source(path.name.split(".")[0], found, files_digest([path]))
    if form == "parallel":
        files = parallel_files(path)
        if not files:
            raise InputError(f"{path}: no files of one set such as x.en.json and x.de.json")
        name = next(iter(files.values())).name.split(".")[0]
        digest = files_digest(files.values())
        return squad_source(name, read_parallel(files), digest, "parallel")
    if form == "beir":
        return read_beir(path, choice.qrels)
    if form != "trec":
        raise InputError(f"there is no format {form!r}; there are: {', '.join(FORMATS)}")
    topics, qrels = (trec_files(path) or (path, None)) if path.is_dir() else (path, choice.qrels)
    if qrels is None:
        raise InputError(f"{path}: TREC topics need their judgements: add --qrels FILE")
    return read_trec(topics, choice.qrels or qrels)


def _questions(path: Path, articles: Sequence[Path]) -> Source:
    found = scan(path)
    questions = read_questions(path)
    notes: tuple[str, ...] = ()
    if found.blank:
        lines = ", ".join(map(str, found.blank[:5])) + (" …" if len(found.blank) > 5 else "")
        notes = (f"{len(found.blank)} ROWS HAVE NO QUESTION YET and are skipped: lines {lines}",)
    source = Source(
        name=path.name.split(".")[0],
        questions=questions,
        unit="passage",
        digest=files_digest([path]),
        notes=notes,
    )
    return over(source, found.articles) if found.articles and not articles else source
