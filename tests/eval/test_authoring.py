"""A question file from the first blank row to the first figure, and what can be wrong in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.check import problems
from eval.cli import main
from eval.making import pick
from eval.record_file import load
from eval.sets import Choice, load_set
from index.errors import InputError
from index.types import Article
from qa.testing import make_library

TRAIN = "The old train left Bandung in 1994. It reached Jakarta at night, as it did every year."
HARBOUR = "A new harbour was opened in Ambon. Seventy ships came on the first day of the month."


def called(*args: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(args)
    return int(left.value.code or 0)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "train.txt").write_text(f"{TRAIN}\n")
    (folder / "harbour.txt").write_text(f"{HARBOUR}\n")
    return folder


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def article(number: int, paragraphs: int) -> Article:
    text = "\n\n".join(
        f"Sentence {part} of article {number} is about something. " * 8
        for part in range(paragraphs)
    )
    return Article(f"a{number}", text, "en", "")


def test_passages_are_picked_evenly_and_always_the_same() -> None:
    some = [article(number, 4) for number in range(6)]
    once = pick(some, 6)
    assert sorted(one.article for one in once) == [f"a{number}" for number in range(6)]
    assert pick(reversed(some), 6) == once
    assert pick(some, 6, seed=1) != once
    twice = pick(some, 9)
    assert {one.article for one in twice} == {f"a{number}" for number in range(6)}
    assert len(set(twice)) == 9
    assert len(pick(some, 99)) == 24
    for one in twice:
        text = next(a.text for a in some if a.id == one.article)
        assert text[one.span.start : one.span.end] == one.text


def test_few_are_picked_from_few_of_many_articles() -> None:
    some = [article(number, 1) for number in range(50)]
    assert len({one.article for one in pick(some, 5)}) == 5


def test_from_a_folder_to_figures(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sets" / "mine.jsonl"
    out.parent.mkdir()
    assert called("make", str(articles), "-n", "2", "--out", str(out)) == 0
    assert "2 passages of 2 articles" in capsys.readouterr().err
    head, *rows = lines(out)
    assert head == {"articles": ["../articles"]}
    assert [row["gold"][0]["article"] for row in rows] == ["harbour.txt", "train.txt"]

    assert called("check", str(out)) == 2
    told, _ = capsys.readouterr()
    assert told.count("the question is still blank") == 2
    assert f"{out}:2: " in told
    assert called("run", "--set", str(out)) == 2
    assert "no question in it" in capsys.readouterr().err

    rows[0]["question"], rows[0]["gold"][0]["answer"] = "How many ships came?", "Seventy"
    written(out, head, *rows, {"id": "none", "question": "Who sang?", "gold": []})
    record = tmp_path / "run.json"
    args = ["run", "--set", str(out), "--system", "lexical", "-q", "--json", str(record)]
    assert called(*args) == 0
    assert "1 ROWS HAVE NO QUESTION YET and are skipped: lines 3" in capsys.readouterr().err
    found = {row["id"]: row for row in load(record)["rows"]}
    assert list(found) == ["q01", "none"]
    assert found["q01"]["answers"]["lexical"]["right"] == 1

    rows[1]["question"] = "When did the train leave?"  # no answer named: any quote of it counts
    written(out, head, *rows)
    assert called("check", str(out)) == 0
    assert called(*args) == 0
    found = {row["id"]: row for row in load(record)["rows"]}
    assert found["q02"]["answers"]["lexical"]["right"] == 1


def test_a_library_can_be_asked_about_too(tmp_path: Path) -> None:
    library = make_library(tmp_path / "own", {"train.txt": f"{TRAIN}\n"})
    out = tmp_path / "mine.jsonl"
    assert called("make", str(library), "--out", str(out)) == 0
    assert load_set(Choice(str(written(out, *lines(out), {"question": "A?", "gold": []})))).library


def test_a_file_that_is_there_is_not_overwritten(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = written(tmp_path / "mine.jsonl", {"question": "mine"})
    assert called("make", str(articles), "--out", str(out)) == 2
    assert "is there already" in capsys.readouterr().err
    assert lines(out) == [{"question": "mine"}]
    assert called("make", str(tmp_path / "gone"), "--out", str(tmp_path / "x")) == 2


GOOD = {
    "id": "q1",
    "question": "When did the train leave?",
    "gold": [{"article": "train.txt", "text": TRAIN[:35], "answer": "1994", "span": [0, 35]}],
}


def gold(**change: Any) -> dict[str, Any]:
    return {"id": "q2", "question": "Whither?", "gold": [GOOD["gold"][0] | change]}  # type: ignore[index]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (gold(article="tram.txt"), "no article is called 'tram.txt'"),
        (gold(text="The old train left in 1994."), "train.txt does not say: The old train left in"),
        (gold(span=[600, 635]), "the span [600, 635] is outside of its 86 characters"),
        (gold(span=[5, 40]), "the span should be [0, 35]; --write mends it"),
        (gold(text="ea", answer="", span=None), "says this more than once"),
        (gold(answer="1995"), "must stand once"),
        ({"id": "q1", "question": "Twice?", "gold": []}, "two questions have the id 'q1'"),
        ({"id": "q2", "question": " ", "gold": []}, "the question is still blank"),
        (GOOD | {"id": "q2"}, "the same question as q1"),
        ({"question": "So?", "gold": [], "followup": True}, 'no "history" to follow'),
        ({"question": "So?", "answers": ["Surabaya"]}, "no article holds the answer Surabaya"),
        ({"question": "So?"}, 'there is no "gold"'),
        ({"question": "So?", "gold": [], "histroy": []}, '"histroy" is no key'),
        ({"question": "So?", "gold": [], "answers": "x y"}, '"answers" must be a list'),
    ],
)
def test_check_finds_what_is_broken_and_where(
    articles: Path, tmp_path: Path, row: dict[str, Any], told: str
) -> None:
    choice = Choice(str(tmp_path / "mine.jsonl"), articles=[articles])
    path = written(tmp_path / "mine.jsonl", GOOD)
    assert problems(choice) == []
    written(path, GOOD, row)
    found = problems(choice)
    assert len(found) == 1
    assert found[0].startswith(f"{path}:2: ")
    assert told in found[0]


def test_check_tells_all_that_is_wrong_in_the_order_of_the_lines(
    articles: Path, tmp_path: Path
) -> None:
    path = written(tmp_path / "mine.jsonl", gold(article="x"), {"question": ""}, GOOD)
    path.write_text(path.read_text() + "{\n", encoding="utf-8")
    found = problems(Choice(str(path), articles=[articles]))
    assert [line.removeprefix(f"{path}:")[0] for line in found] == ["1", "2", "4"]


def test_pairs_must_share_their_gold(articles: Path, tmp_path: Path) -> None:
    one, other = GOOD | {"pair": "p"}, gold() | {"pair": "p"}
    choice = Choice(str(tmp_path / "mine.jsonl"), articles=[articles])
    written(tmp_path / "mine.jsonl", one, other)
    assert problems(choice) == []
    written(tmp_path / "mine.jsonl", one, other | {"gold": []})
    assert "its gold is not that of q1" in problems(choice)[0]


def test_write_mends_spans_and_leaves_every_other_line_alone(
    articles: Path, tmp_path: Path
) -> None:
    blank = '{"id":"b",  "question": "", "gold": []}\n'
    path = written(tmp_path / "mine.jsonl", {"articles": ["articles"]}, gold(span=[9, 44]))
    path.write_text(path.read_text() + "\n" + blank, encoding="utf-8")
    left = problems(Choice(str(path)), write=True)
    assert [line.partition(": ")[2] for line in left] == ["the question is still blank"]
    assert path.read_text().endswith("\n\n" + blank)
    assert lines(path)[1]["gold"][0]["span"] == [0, 35]


def test_check_reads_sets_of_other_formats(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text("When?\t1994\nWhere?\tSurabaya\n")
    found = problems(Choice(str(tmp_path / "mine.tsv"), articles=[articles]))
    assert found == ["q2: no article holds the answer Surabaya"]
    with pytest.raises(InputError, match="--articles"):
        problems(Choice(str(tmp_path / "mine.tsv")))
