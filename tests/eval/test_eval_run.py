"""Runs over a made-up library: a fake encoder, and an assistant that says what it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import eval.run
from eval.bench import Bench, prepared
from eval.compare import Side, changes, differences, table, to_dict
from eval.judging import Ranked, relevant
from eval.measures import RANKING, Places
from eval.outside import MINILM
from eval.questions import Gold, Question
from eval.record_file import dump, load
from eval.replies import Outcome, calibration, outcomes, replies
from eval.report import headline, markdown, matrix, tables
from eval.results import peak_memory, record, source_digest, timing
from eval.run import answer, rank
from eval.source import Source
from eval.stats import holm
from eval.summary import contrast, duel, groups, ranking
from eval.systems import NAMES, system
from eval.trec_runs import write_trec
from index.errors import EncoderError, InputError
from index.types import Span
from qa.testing import FakeEncoder
from qa.types import Answer, Quote, Turn, Verdict

LEFT = "The old train left Bandung in 1994."
ARRIVED = "It reached Jakarta at night."
TRAIN = f"{LEFT} {ARRIVED}\n"
HARBOUR = "A new harbour was opened in Ambon. Seventy ships came on the first day.\n"
FILES = {"train.txt": TRAIN, "harbour.txt": HARBOUR}


def gold(article: str, text: str, answer: str) -> Gold:
    return Gold(article, text, answer)


QUESTIONS = (
    Question(
        "q1",
        "When did the train leave Bandung?",
        "en",
        "when",
        gold=(gold("train.txt", "The old train left Bandung in 1994.", "1994"),),
    ),
    Question(
        "q2",
        "How many ships came to the harbour?",
        "en",
        "how many",
        gold=(gold("harbour.txt", "Seventy ships came on the first day.", "Seventy"),),
    ),
    Question("q3", "Who drove the train?", "en", "who"),
    Question("q4", "Siapa masinis kereta?", "id", "who"),
    Question(
        "q5",
        "Where did it arrive?",
        "en",
        "where",
        history=("When did the train leave?",),
        followup=True,
        gold=(gold("train.txt", "It reached Jakarta at night.", "Jakarta"),),
    ),
)


def source(questions: Sequence[Question] = QUESTIONS) -> Source:
    files = {name: text.encode() for name, text in FILES.items()}
    return Source("made-up", tuple(questions), "passage", files, FILES)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with prepared(source(), FakeEncoder(), tmp_path / "cache") as ready:
        yield ready


class Told:
    """An assistant whose replies are set by question text."""

    replies: dict[str, tuple[Verdict, float, list[tuple[str, str]]]] = {  # noqa: RUF012
        QUESTIONS[0].text: (
            Verdict.ANSWERED,
            0.9,
            [("train.txt", ARRIVED), ("train.txt", LEFT)],
        ),
        QUESTIONS[1].text: (
            Verdict.ANSWERED,
            0.8,
            [("harbour.txt", "Seventy ships came on the first day.")],
        ),
        QUESTIONS[2].text: (Verdict.ANSWERED, 0.7, [("train.txt", ARRIVED)]),
        QUESTIONS[3].text: (Verdict.NONE, 0.1, []),
        QUESTIONS[4].text: (Verdict.RELATED, 0.4, [("train.txt", ARRIVED)]),
    }

    def __init__(self, retriever: Any) -> None:
        self.retriever = retriever

    def ask(self, question: str, history: Sequence[Turn] = (), **options: Any) -> Answer:
        nothing: tuple[Verdict, float, list[tuple[str, str]]] = (Verdict.NONE, 0.0, [])
        verdict, confidence, told = self.replies.get(question, nothing)
        hits = tuple(self.retriever.search(question, 10, mode=options["mode"]))
        quotes = []
        for name, text in told:
            article = self.retriever.article(name)
            start = article.text.index(text)
            quotes.append(Quote(article, Span(start, start + len(text)), (), hits[0], 1.0))
        assert all(turn.answer and turn.answer.question == turn.question for turn in history)
        asked_as = f"{question} ({history[-1].question})" if history else question
        return Answer(
            question, asked_as, verdict, confidence, options["mode"], tuple(quotes), (), hits, 0.0
        )


@pytest.fixture
def run(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(eval.run, "Assistant", Told)
    ranked = {name: rank(bench, system(name)) for name in NAMES[:3]}
    answered = {"hybrid": answer(bench, system("hybrid"))}
    return record(bench, ranked, answered)


def test_ranking_leaves_out_follow_ups_and_questions_without_an_answer(bench: Bench) -> None:
    rows = rank(bench, system("lexical"))
    assert [row.question for row in rows] == ["q1", "q2"]
    assert all(row.places == Places(((1, 1),), (1,)) for row in rows)
    assert rows[0].units[0] == "train.txt#1"


def test_every_system_can_be_run(bench: Bench) -> None:
    for name in NAMES:
        if name != MINILM:  # loads torch; see test_systems
            assert [row.error for row in rank(bench, system(name))] == [None, None], name
    with pytest.raises(InputError, match="no system is called 'sparse'"):
        system("sparse")


def test_a_gold_text_that_is_lost_fails_its_question_and_is_named(tmp_path: Path) -> None:
    lost = replace(QUESTIONS[0], gold=(gold("train.txt", "It left in 1995.", "1995"),))
    with prepared(source([lost]), FakeEncoder(), tmp_path) as bench:
        assert bench.lost == ("q1",)
        assert relevant(bench, bench.questions[0]) == {}
        assert rank(bench, system("lexical"))[0].places == Places((), ())


def test_the_unit_of_a_paragraph_set_is_the_article(tmp_path: Path) -> None:
    whole = replace(source(), unit="article")
    with prepared(whole, FakeEncoder(), tmp_path) as bench:
        assert relevant(bench, bench.questions[0]) == {"train.txt": 1}
        assert set(rank(bench, system("dense"))[0].units) == {"train.txt", "harbour.txt"}


def test_a_search_that_fails_is_a_row_with_its_error(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise ValueError("no")

    monkeypatch.setattr(type(bench.retriever), "search", fails)
    rows = rank(bench, system("lexical"))
    assert [(row.error, row.places.found) for row in rows] == [("ValueError('no')", ())] * 2
    monkeypatch.setattr(eval.run.Assistant, "ask", fails)
    replies_ = answer(bench, system("lexical"))
    assert len(replies_) == len(QUESTIONS)
    assert {(reply.error, reply.right, reply.verdict) for reply in replies_} == {
        ("ValueError('no')", None, Verdict.ANSWERED)
    }
    failed = record(bench, {"lexical": rows}, {"lexical": replies_})
    assert (
        "lexical: 2 questions FAILED, for example q1: ValueError('no')" in tables(failed)[0].remarks
    )
    assert (
        "lexical: 5 questions FAILED, for example q1: ValueError('no')" in tables(failed)[1].remarks
    )


def test_a_missing_encoder_ends_the_run(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise EncoderError("no encoder")

    monkeypatch.setattr(type(bench.retriever), "search", fails)
    with pytest.raises(EncoderError):
        rank(bench, system("dense"))
    with pytest.raises(EncoderError):
        answer(bench, system("dense"))


def test_answers_are_judged_by_place(run: dict[str, Any]) -> None:
    by_id = {row["id"]: row["answers"]["hybrid"] for row in run["rows"]}
    assert by_id["q1"]["right"] == 2
    assert by_id["q2"]["right"] == 1
    assert by_id["q3"]["right"] is None
    assert by_id["q5"]["right"] == 1
    assert by_id["q1"] | {"verbatim": 2, "quotes": 2} == by_id["q1"]
    assert [by_id[name]["rewritten"] for name in ("q1", "q5")] == [False, True]


def test_the_figures_of_the_answers_worked_by_hand(run: dict[str, Any]) -> None:
    found = replies(run["rows"], "hybrid") | calibration(run["rows"], "hybrid")
    figures = {name: (e.value, e.n) for name, e in found.items()}
    assert figures["Quote-Success@1"] == (pytest.approx(2 / 3), 3)
    assert figures["Quote-Success@3"] == (1, 3)
    assert figures["answered right"] == (pytest.approx(1 / 3), 3)  # q2; q5 is only "related"
    assert figures["answered"] == (pytest.approx(2 / 3), 3)
    assert figures["refusal precision"] == (0.5, 2)  # q4 rightly, q5 wrongly
    assert figures["refusal recall"] == (0.5, 2)  # q4, not q3
    assert figures["AUROC answerable"] == (pytest.approx(5 / 6), 5)  # only q3 is above q5
    # right first: q2 and q5; of their six pairs q1 beats both, q3 beats q5
    assert figures["AUROC right"] == (pytest.approx(3 / 6), 5)
    assert figures["citation support"] == (pytest.approx(3 / 5), 5)
    assert figures["quote recall"] == (1, 3)
    quoted = len(LEFT) / (len(LEFT) + len(ARRIVED))  # of q1
    assert figures["quote precision"] == (pytest.approx((quoted + 1 + 0 + 1) / 4, abs=0.001), 4)
    # in words, without "the": q1 is answered beside the point, the whole quote of q2 holds
    # "Seventy", q3 should have been refused, q4 was, and q5 should not have been
    assert figures["EM"] == (pytest.approx(1 / 5), 5)
    assert figures["F1"] == (pytest.approx((0 + 2 / 7 + 0 + 1 + 0) / 5, abs=0.001), 5)
    assert figures["verbatim"] == (1, 5)
    assert figures["follow-ups right"] == (1, 1)
    assert figures["follow-ups missed"] == (0, 1)
    assert figures["false follow-ups"] == (0, 4)


def test_every_reply_has_one_outcome(run: dict[str, Any]) -> None:
    found = outcomes(run["rows"], "hybrid")
    assert {name: n for name, n in found.items() if n} == {
        Outcome.LOWER: 1,  # q1
        Outcome.RIGHT: 1,
        Outcome.FALSE: 1,
        Outcome.REFUSED: 1,
        Outcome.MISSED: 1,  # q5
    }


def test_figures_of_one_language_count_its_questions_only(run: dict[str, Any]) -> None:
    indonesian = [row for row in run["rows"] if row["lang"] == "id"]
    figures = replies(indonesian, "hybrid")
    assert figures["refusal precision"].value == 1
    assert figures["Quote-Success@1"].n == 0
    assert str(figures["Quote-Success@1"].value) == "nan"
    assert ranking(indonesian, "hybrid")["Success@1"].n == 0
    assert duel(indonesian) is None


def test_the_hybrid_is_held_against_its_better_arm() -> None:
    def row(number: int, lexical: float, dense: float, hybrid: float) -> dict[str, Any]:
        values = {"lexical": lexical, "dense": dense, "hybrid": hybrid}
        ranking = {name: {"nDCG@10": value} for name, value in values.items()}
        return {"ranking": ranking, "pair": number}

    rows = [row(1, 1, 0, 1), row(2, 0, 1, 0), row(3, 1, 0, 0)]
    met = duel(rows)
    assert met is not None
    assert met.other == "lexical"
    assert met.difference.value == pytest.approx(-1 / 3)
    assert contrast(rows, "lexical", "rank-bm25") is None


def test_groups_name_languages_kinds_and_both(run: dict[str, Any]) -> None:
    def sizes(by: Any) -> dict[str, int]:
        return {name: len(rows) for name, rows in groups(run, by)}

    assert sizes("lang") == {"en": 4, "id": 1, "all": 5}
    assert sizes("kind") == {"how many": 1, "when": 1, "where": 1, "who": 2, "all": 5}
    assert sizes("both")["en who"] == sizes("both")["id who"] == 1


def test_questions_over_passages_of_one_language_make_a_matrix(run: dict[str, Any]) -> None:
    assert matrix(run, "lexical") is None
    rows = [row | {"over": "en" if row["id"] == "q1" else "id"} for row in run["rows"]]
    shown = matrix(run | {"rows": rows}, "lexical", "Success@1")
    assert shown is not None
    assert shown.header == ("question", "en", "id")
    assert shown.rows == (("en", "1.000 [1.00, 1.00] n=1", "1.000 [1.00, 1.00] n=1"),)
    assert [name for name, _ in groups(run | {"rows": rows})] == ["en→en", "en→id", "id→id", "all"]


def test_a_record_reads_back_and_holds_nothing_that_names_the_machine(
    run: dict[str, Any], tmp_path: Path
) -> None:
    text = dump(run)
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    assert load(tmp_path / "run.json") == json.loads(json.dumps(run))
    assert str(tmp_path) not in text
    assert str(Path.home()) not in text
    assert run["machine"].keys() == {"cores", "python", "system"}


def test_a_record_without_texts_is_the_same_but_for_them(
    run: dict[str, Any], tmp_path: Path
) -> None:
    text = dump(run, texts=False)
    assert not any(words in text for words in (LEFT, ARRIVED, QUESTIONS[0].text, "Seventy"))
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    slim = load(tmp_path / "run.json")
    assert [table.rows for table in tables(slim)] == [table.rows for table in tables(run)]


def test_grades_and_errors_survive_the_file(run: dict[str, Any], tmp_path: Path) -> None:
    changed = json.loads(json.dumps(run))
    first, second = changed["rows"][:2]
    first["grades"], first["ranking"]["dense"]["found"] = [3, 1], [[2, 3]]
    second["ranking"]["dense"] |= {"found": [], "error": "ValueError()"}
    changed["rows"][2]["answers"]["hybrid"]["error"] = "KeyError()"
    (tmp_path / "run.json").write_text(dump(changed), encoding="utf-8")
    rows = load(tmp_path / "run.json")["rows"]
    assert rows[0]["grades"] == [3, 1]
    assert rows[0]["ranking"]["dense"]["found"] == [[2, 3]]
    assert rows[0]["ranking"]["dense"]["nDCG@10"] == pytest.approx(
        3 / np.log2(3) / (3 + 1 / np.log2(3))
    )
    assert rows[1]["ranking"]["dense"]["error"] == "ValueError()"
    assert "error" not in rows[0]["ranking"]["dense"]
    assert rows[2]["answers"]["hybrid"]["error"] == "KeyError()"
    assert "error" not in rows[3]["answers"]["hybrid"]


def test_a_ranking_over_another_library_is_measured_by_its_own_grades(
    run: dict[str, Any], tmp_path: Path
) -> None:
    changed = json.loads(json.dumps(run))
    first, second = changed["rows"][:2]
    first["ranking"]["dense"] |= {"found": [[1, 1]], "grades": [1, 1]}
    second["ranking"]["dense"] |= {"found": [[1, 2]], "grades": [2, 1]}
    (tmp_path / "run.json").write_text(dump(changed), encoding="utf-8")
    rows = load(tmp_path / "run.json")["rows"]
    assert rows[0]["grades"] == [1]
    assert rows[0]["ranking"]["lexical"]["R@100"] == 1.0
    assert rows[0]["ranking"]["dense"]["grades"] == [1, 1]
    assert rows[0]["ranking"]["dense"]["R@100"] == 0.5
    assert rows[0]["ranking"]["dense"]["nDCG@10"] == pytest.approx(1 / (1 + 1 / np.log2(3)))
    assert rows[1]["ranking"]["dense"]["grades"] == [2, 1]
    assert rows[1]["ranking"]["dense"]["found"] == [[1, 2]]


def test_a_row_says_what_was_asked_quoted_and_right(run: dict[str, Any]) -> None:
    first = run["rows"][0]
    assert first["question"] == QUESTIONS[0].text
    assert first["gold"] == [["train.txt", LEFT, "1994"]]
    assert first["answers"]["hybrid"]["said"] == [
        ["train.txt", ARRIVED, None, False],
        ["train.txt", LEFT, None, True],
    ]


def test_a_second_run_gives_the_same_record_but_for_timings(
    run: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eval.run, "Assistant", Told)
    with prepared(source(), FakeEncoder(), tmp_path / "elsewhere") as bench:
        ranked = {name: rank(bench, system(name)) for name in NAMES[:3]}
        again = record(bench, ranked, {"hybrid": answer(bench, system("hybrid"))})
    assert again | {"timings": None} == run | {"timings": None}


def test_what_is_no_record_is_an_error(tmp_path: Path) -> None:
    for text in ("{", "[]", "{}", '{"schema": 99}'):
        (tmp_path / "run.json").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=r"run\.json"):
            load(tmp_path / "run.json")


def test_the_source_digest_does_not_change_by_itself() -> None:
    assert source_digest() == source_digest()
    assert len(source_digest()) == 64


def test_tables_show_every_language_system_and_count(run: dict[str, Any]) -> None:
    first, second, by_kind = tables(run)
    assert [row[0] for row in by_kind.rows] == ["how many", "when", "where", "who", "all"]
    text = first.text()
    assert "made-up: 5 questions (3 with an answer) over 2 articles" in headline(run)
    assert text.count("lexical") >= 2
    assert "all: hybrid" in text
    assert "p = 1.000" in text
    quoted = next(line for line in second.text().splitlines() if "Quote-Success@1" in line)
    assert quoted.split()[:2] == ["Quote-Success@1", "0.667"]
    assert "n=3" in quoted
    lines = second.text().splitlines()
    assert next(line for line in lines if line.startswith("right further")).split()[-1] == "1"


def test_tables_by_kind(run: dict[str, Any]) -> None:
    shown = tables(run, by="kind")[0]
    assert [row[0] for row in shown.rows[::3]] == ["how many", "when", "all"]


def test_markdown_is_a_section_with_tables(run: dict[str, Any]) -> None:
    text = markdown(run)
    assert text.startswith("## made-up\n")
    assert text.count("| --- |") >= 2
    assert run["library"]["digest"][:12] in text
    parts = [part.splitlines() for part in text.split("\n\n") if part.startswith("|")]
    assert len(parts) == 3
    assert all(len({line.count("|") for line in part}) == 1 for part in parts)


def test_trec_files_are_what_trec_eval_reads(tmp_path: Path) -> None:
    rows = [Ranked("q 1", ("a#1", "b b#2"), Places((), ()), 0.0)]
    written = write_trec(tmp_path / "trec", {"q 1": {"b b#2": 2}}, {"hybrid": rows})
    assert [file.name for file in written] == ["qrels", "hybrid.run"]
    assert written[0].read_text() == "q_1 0 b_b#2 2\n"
    assert written[1].read_text() == "q_1 Q0 a#1 1 2 hybrid\nq_1 Q0 b_b#2 2 1 hybrid\n"


def test_compare_names_what_was_won_and_lost(run: dict[str, Any]) -> None:
    changed = json.loads(json.dumps(run))
    changed["rows"][0]["ranking"]["lexical"] |= {"Success@1": 0.0, "RR@10": 0.5}
    changed["rows"][0]["answers"]["hybrid"]["right"] = 1
    changed["encoder"] = "another"
    before, after = Side(run, "lexical"), Side(changed, "lexical")
    found = [one for one in changes(before, after, "Success@1") if one.before != one.after]
    assert [(one.id, one.before, one.after) for one in found] == [("q1", 1.0, 0.0)]
    shown = table(before, after)
    rows = {(row[0], row[1]): row for row in shown.rows}
    assert rows["Success@1", "all"][2:6] == ("2", "1.000", "0.500", "-0.500")
    assert rows["Success@1", "all"][6:] == ("1.000", "1.000", "0", "1")
    assert shown.remarks[1:] == ("encoder differs: fake-64 → another",)
    found = differences(before, after)
    assert shown.remarks[0].endswith(f"for the {len(found)} comparisons shown")
    duels = [line for line in tables(run)[0].remarks if "hybrid +0.000 nDCG@10 on" in line]
    assert [line.partition(":")[0] for line in duels] == ["en", "all"]
    assert "p by paired randomisation, corrected by Holm's method for the 2 comparisons shown" in (
        tables(run)[0].remarks
    )
    assert [one.holm for one in found] == holm([one.p for one in found])
    assert {one.measure for one in found} == set(RANKING)
    told = to_dict(before, after, "Success@1")
    assert (told["won"], [one["id"] for one in told["lost"]]) == ([], ["q1"])
    answers = table(Side(run, "hybrid"), Side(changed, "hybrid")).rows
    assert ("Quote-Success@1", "en", "3", "0.667", "1.000") in [row[:5] for row in answers]


def test_compare_refuses_what_cannot_be_compared(run: dict[str, Any]) -> None:
    other = run | {"set": run["set"] | {"name": "another"}}
    with pytest.raises(InputError, match="two sets"):
        changes(Side(run, "hybrid"), Side(other, "hybrid"), "Success@1")
    fewer = run | {"rows": run["rows"][1:]}
    with pytest.raises(InputError, match="'q1'"):
        changes(Side(run, "hybrid"), Side(fewer, "hybrid"), "Success@1")
    with pytest.raises(InputError, match="--measure must be one of"):
        changes(Side(run, "hybrid"), Side(run, "hybrid"), "luck")
    with pytest.raises(InputError, match="no measure that both"):
        table(Side(run, "hybrid"), Side(run, "hybrid-no-lexicon"))


def test_times_are_medians_and_nearest_ranks_and_memory_is_told(run: dict[str, Any]) -> None:
    rows = [Ranked(str(n), (), Places((), ()), n / 1000) for n in range(1, 101)]
    spent = timing(rows)
    assert spent == {"p50": 50.0, "p95": 95.0}
    assert timing([]) == {}
    assert run["timings"]["peak_mib"] <= (peak_memory() or 0)
