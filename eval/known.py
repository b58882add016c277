"""The sets that have a name: those that come with the package, and a public one."""

from __future__ import annotations

from pathlib import Path

from eval.lines import files_digest
from eval.question_file import read_questions
from eval.source import Source
from eval.squad import read_paragraphs, read_squad, squad_source
from index.errors import InputError

SEEDS = Path(__file__).parent / "questions" / "seeds-dev.jsonl"
SEEDS_TEST = SEEDS.with_name("seeds-test.jsonl")
"""Held out: run to report, never to tune."""
SEEDS_VALUES = SEEDS.with_name("seeds-values.jsonl")
FOLLOWUPS = SEEDS.with_name("followups-dev.jsonl")
OWN = {
    "seeds-dev": SEEDS,
    "seeds-test": SEEDS_TEST,
    "seeds-values": SEEDS_VALUES,
    "followups-dev": FOLLOWUPS,
}
"""Question files about the sample articles that come with the package."""
IDK_QUESTIONS = "idk_mrc_valid_en.json"
_IDK_PASSAGES = "idk_mrc_passages.jsonl.gz"

KNOWN = {
    "seeds-dev": "questions about the sample articles, in English and Indonesian",
    "idk-mrc-dev": "IDK-MRC validation questions, in English and Indonesian, over 4,395 paragraphs"
    " (needs --data)",
    "seeds-values": "questions whose answers agree or differ between the sample articles;"
    " claims are tuned on it",
    "followups-dev": "conversations about the sample articles: follow-ups amid new topics",
    "seeds-test": "more questions about the sample articles, held out: nothing is tuned on them",
}
"""Sets that have a name."""


def known_set(name: str, data: Path | None = None) -> Source:
    """One of ``KNOWN``; ``data`` is the folder that idk-mrc-dev lies in. Raises ``InputError``."""
    return about_samples(name, OWN[name]) if name in OWN else _idk(data)


def about_samples(name: str, questions: Path) -> Source:
    """A question file put to the sample articles."""
    from qa.samples import sample_articles

    files = {file.name: file.read_bytes() for file in sorted(sample_articles().glob("*.txt"))}
    originals = {name: raw.decode("utf-8") for name, raw in files.items()}
    return Source(
        name,
        read_questions(questions),
        "passage",
        files,
        originals,
        digest=files_digest([questions]),
    )


def _idk(data: Path | None) -> Source:
    needed = (IDK_QUESTIONS, _IDK_PASSAGES)
    for folder in (data, data / "qa") if data else ():
        files = [folder / name for name in needed]
        if all(file.is_file() for file in files):
            questions, _ = read_squad(files[0], lang="id")
            paragraphs = read_paragraphs(files[1])
            digest = files_digest(files)
            return squad_source("idk-mrc-dev", (questions, paragraphs), digest)
    raise InputError(
        f"idk-mrc-dev: point --data (or KUTIP_DATA) to the folder with {' and '.join(needed)}"
    )
