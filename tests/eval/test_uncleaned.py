"""The pages as they were: where the gold stands then, and what is found and quoted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eval.bench import Bench, prepared
from eval.judging import relevant
from eval.known import known_set
from eval.questions import Gold, Question
from eval.record_file import dump, load
from eval.results import record
from eval.run import answer, rank
from eval.session import Plan, execute
from eval.sets import Choice
from eval.source import Source
from eval.systems import system
from eval.uncleaned import page, uncleaned
from index.cleaning import clean
from index.errors import InputError
from index.types import Article, Span
from qa.testing import FakeEncoder

TITLE = "Kereta Tua Meninggalkan Bandung"
FIRST = "Kereta tua itu meninggalkan Bandung pada 1994 dan tiba di Jakarta pada malam hari itu."
SECOND = "Masinisnya bernama Budi, dan tujuh puluh penumpang ikut dalam perjalanan yang panjang."
LAST = (
    "Pelabuhan baru dibuka di Ambon pada hari yang sama, kata menteri kepada para wartawan. "
    "Ia berharap kapal dari semua pulau singgah di sana sebelum musim hujan yang akan datang."
)
READ_ALSO = "Baca juga: Siapa masinis kereta tua? Masinisnya bernama Budi"
RAW = f"""{TITLE}

Bagikan Artikel

{TITLE}

{FIRST}

{READ_ALSO}

{SECOND}

{LAST} (abc)

Komentar
"""
QUESTIONS = (
    Question("q1", "Siapa masinisnya?", "id", "who", gold=(Gold("kereta.txt", SECOND, "Budi"),)),
    Question("q2", "Kapan kereta itu berangkat?", "id", gold=(Gold("kereta.txt", FIRST, "1994"),)),
    Question("q3", "Siapa masinis kereta tua?", "id", answers=("masinisnya bernama budi",)),
    Question("q4", "Siapa yang kalah?", "id"),
)


def article(raw: str = RAW) -> Article:
    cleaned = clean(raw)
    return Article("kereta.txt", cleaned.text, "id", "", title=cleaned.title)


def source(raw: str = RAW) -> Source:
    return Source("pages", QUESTIONS, "passage", {"kereta.txt": raw.encode()})


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with prepared(source(), FakeEncoder(), tmp_path / "cache") as ready:
        yield ready


def test_nothing_is_taken_out_and_every_place_is_moved_to_the_same_words() -> None:
    stored = article()
    assert stored.text == f"{FIRST}\n\n{SECOND}\n\n{LAST}"  # else there is nothing to test
    there = page(stored, RAW)
    assert there.article.text == RAW.strip()
    assert there.article.title == TITLE
    for start in range(len(stored.text)):
        if not stored.text[start].isspace():
            span = there.moved(Span(start, start + 1))
            assert there.text(span) == stored.text[start]
    for part in (FIRST, SECOND, LAST):
        start = stored.text.index(part)
        assert there.text(there.moved(Span(start, start + len(part)))) == part


def test_a_span_over_a_line_that_was_taken_out_takes_it_in() -> None:
    stored = article()
    there = page(stored, RAW)
    whole = there.text(there.moved(Span(0, len(FIRST) + 2 + len(SECOND))))
    assert whole == f"{FIRST}\n\n{READ_ALSO}\n\n{SECOND}"


def test_words_that_clutter_repeats_are_gold_where_they_stood_in_the_article(
    tmp_path: Path,
) -> None:
    """The place of the same words nearest to the old one would be the wrong one."""
    asked = replace(QUESTIONS[0], gold=(Gold("kereta.txt", "Masinisnya bernama Budi", "Budi"),))
    with prepared(replace(source(), questions=(asked,)), FakeEncoder(), tmp_path) as ready:
        (old,), (new,) = ready.questions[0].gold, uncleaned(ready).questions[0].gold
        text = uncleaned(ready).retriever.article("kereta.txt").text
        assert old.span is not None
        assert new.span is not None
        assert new.span.start == text.index(SECOND)
        assert abs(text.index(new.text) - old.span.start) < abs(new.span.start - old.span.start)


def test_hard_wrapped_lines_are_joined_and_found() -> None:
    prose = f"{FIRST} {SECOND} {LAST}"
    raw = f"{TITLE}\n\nBagikan Artikel\n\n{textwrap.fill(prose, 60)}\n\nKomentar\n"
    stored = article(raw)
    assert stored.text == prose  # one paragraph, the clutter gone
    there = page(stored, raw)
    assert there.text(there.moved(Span(0, len(stored.text)))) == stored.text


@pytest.mark.parametrize("raw", [None, f"{FIRST}\n", ""])
def test_another_text_than_the_article_was_made_from_is_refused(raw: str | None) -> None:
    with pytest.raises(InputError, match=r"kereta\.txt was not read from plain text"):
        page(article(), raw)


def test_the_library_holds_the_clutter_and_the_gold_its_words(bench: Bench) -> None:
    there = uncleaned(bench)
    stored = there.retriever.article("kereta.txt")
    assert stored.text == RAW.strip()
    assert READ_ALSO not in bench.retriever.article("kereta.txt").text
    assert there.lost == ()
    first, second, third, fourth = there.questions
    for question, words, short in ((first, SECOND, "Budi"), (second, FIRST, "1994")):
        (gold,) = question.gold
        assert (gold.text, gold.answer) == (words, short)
        assert gold.span is not None
        assert gold.place is not None
        assert stored.text[slice(*gold.span)] == words
        assert stored.text[slice(*gold.place)] == short
    # an answer that is right wherever it stands is right in the clutter, too
    assert [len(bench.questions[2].gold), len(third.gold)] == [1, 2]
    assert not fourth.answerable
    assert uncleaned(bench) is there  # built once


def test_passages_of_clutter_are_ranked_and_what_is_to_be_found_is_counted_anew(
    bench: Bench, tmp_path: Path
) -> None:
    systems = ("hybrid", "hybrid-no-cleaning")
    ranked = {name: rank(bench, system(name)) for name in systems}
    assert [row.error for row in ranked[systems[1]]] == [None] * 3
    there = uncleaned(bench)
    wanted = {
        one.id: list(relevant(there, one).values()) for one in there.questions if one.answerable
    }
    run = record(bench, ranked, {})
    assert run["rows"][2]["grades"] != wanted["q3"]  # in two passages, not one
    assert run["rows"][2]["ranking"]["hybrid-no-cleaning"]["grades"] == wanted["q3"]
    assert "grades" not in run["rows"][2]["ranking"]["hybrid"]
    (tmp_path / "run.json").write_text(dump(run), encoding="utf-8")
    assert load(tmp_path / "run.json")["rows"] == run["rows"]


def test_the_clutter_can_be_quoted_and_counts_as_wrong(bench: Bench) -> None:
    replies = {
        name: {reply.question: reply for reply in answer(bench, system(name))}
        for name in ("hybrid", "hybrid-no-cleaning")
    }
    said = [one for reply in replies["hybrid-no-cleaning"].values() for one in reply.said]
    quoted = [one for one in said if one.text in READ_ALSO]
    assert quoted
    assert all(reply.verbatim == reply.quotes for reply in replies["hybrid-no-cleaning"].values())
    for one in replies["hybrid-no-cleaning"]["q1"].said:
        assert one.right == (one.text == SECOND)
    kept = [one.text for reply in replies["hybrid"].values() for one in reply.said]
    assert not [text for text in kept if text in READ_ALSO and text not in SECOND]


def test_what_has_no_plain_text_behind_it_cannot_be_put_uncleaned(tmp_path: Path) -> None:
    html = f"<html><body><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    other = replace(source(), files={"kereta.html": html.encode()}, questions=QUESTIONS[3:])
    with prepared(other, FakeEncoder(), tmp_path) as ready:
        with pytest.raises(InputError, match=r"kereta\.html was not read from plain text"):
            rank(ready, system("hybrid-no-cleaning"))
        library = replace(source(), files={}, library=Path(ready.retriever.info.path))
        with (
            prepared(library, FakeEncoder(), tmp_path) as asked,
            pytest.raises(InputError, match="a library holds cleaned articles only"),
        ):
            rank(asked, system("hybrid-no-cleaning"))


def test_rankings_of_another_library_are_kept_out_of_run_files(tmp_path: Path) -> None:
    plan = Plan(
        Choice("seeds-dev"),
        systems=("lexical", "hybrid-no-cleaning"),
        answers=False,
        encoder=FakeEncoder(),
        limit=2,
    )
    run, ranked, _ = execute(plan, tmp_path)
    assert list(ranked) == ["lexical"]
    assert set(run["rows"][0]["ranking"]) == {"lexical", "hybrid-no-cleaning"}


@pytest.mark.parametrize("name", ["seeds-dev", "seeds-test"])
def test_the_gold_of_the_samples_keeps_its_words_amid_the_clutter(
    name: str, tmp_path: Path
) -> None:
    with prepared(known_set(name), FakeEncoder(), tmp_path) as ready:
        there = uncleaned(ready)
        for old, new in zip(ready.questions, there.questions, strict=True):
            assert [(g.text, g.answer) for g in new.gold] == [(g.text, g.answer) for g in old.gold]
            for gold in new.gold:
                assert gold.span is not None
                text = there.retriever.article(gold.article).text
                assert text[slice(*gold.span)] == gold.text
        assert there.retriever.info.passages > ready.retriever.info.passages
        assert len({article.text for article in there.retriever.articles}) == 5
