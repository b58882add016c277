"""Every format that a set may have, read from tiny files, whole ones and broken ones."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.bench import prepared
from eval.judging import relevant
from eval.questions import Question
from eval.sets import FORMATS, Choice, load_set, recognise
from eval.source import Source
from index.errors import InputError
from qa.testing import FakeEncoder, make_library

TRAIN = "The old train left Bandung in 1994. It reached Jakarta at night."
HARBOUR = "A new harbour was opened in Ambon. Seventy ships came on the first day."


def lay(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def rows(*items: dict[str, Any]) -> str:
    return "".join(json.dumps(item) + "\n" for item in items)


def placed(source: Source, folder: Path) -> tuple[Question, ...]:
    with prepared(source, None, folder) as bench:
        return bench.questions


BEIR = {
    "corpus.jsonl": rows(
        {"_id": "d1", "title": "Trains", "text": TRAIN, "metadata": {}},
        {"_id": "d2", "title": "Ambon", "text": ""},
        {"_id": "d3", "title": "", "text": HARBOUR},
    ),
    "queries.jsonl": rows(
        {"_id": "1", "text": "old train"}, {"_id": "2", "text": "Ambon"}, {"_id": "3", "text": "x"}
    ),
    "qrels/test.tsv": "query-id\tcorpus-id\tscore\n1\td1\t1\n2\td3\t2\n2\td2\t1\n2\td1\t0\n",
    "qrels/train.tsv": "query-id\tcorpus-id\tscore\n3\td1\t1\n",
}


def test_a_beir_folder_is_run_by_its_test_split_and_keeps_its_grades(tmp_path: Path) -> None:
    folder = lay(tmp_path / "nano", BEIR)
    source = load_set(Choice(str(folder)))
    assert (source.name, source.format, source.unit) == ("nano", "beir", "article")
    assert [(q.id, q.text) for q in source.questions] == [("1", "old train"), ("2", "Ambon")]
    assert not source.quotable
    with prepared(source, None, tmp_path / "cache") as bench:
        assert relevant(bench, bench.questions[1]) == {"d3": 2, "d2": 1}
        assert bench.retriever.article("d2").text == "Ambon"  # a title is text to search in
        assert bench.retriever.article("d1").text == f"Trains {TRAIN}"
        assert bench.lost == ()


def test_another_beir_split_is_chosen_by_its_judgements(tmp_path: Path) -> None:
    folder = lay(tmp_path, BEIR)
    source = load_set(Choice(str(folder), qrels=folder / "qrels" / "train.tsv"))
    assert [q.id for q in source.questions] == ["3"]


def test_a_gzipped_corpus_is_read_too(tmp_path: Path) -> None:
    folder = lay(tmp_path / "set", BEIR)
    corpus = folder / "corpus.jsonl"
    corpus.with_name("corpus.jsonl.gz").write_bytes(gzip.compress(corpus.read_bytes()))
    corpus.unlink()
    assert all(q.gold[0].span for q in placed(load_set(Choice(str(folder))), tmp_path / "cache"))
    cut = corpus.with_name("corpus.jsonl.gz")
    cut.write_bytes(cut.read_bytes()[:40])
    with pytest.raises(InputError, match=r"corpus\.jsonl\.gz: cannot be read"):
        placed(load_set(Choice(str(folder))), tmp_path / "cache")


def test_a_judged_article_that_is_not_in_the_corpus_counts_as_not_found(tmp_path: Path) -> None:
    folder = lay(tmp_path / "set", BEIR | {"qrels/test.tsv": "1\td1\t1\n1\td9\t1\n"})
    with prepared(load_set(Choice(str(folder))), None, tmp_path) as bench:
        assert bench.lost == ("1",)
        assert "1 questions have gold that the articles do not hold" in bench.notes[-1]
        assert relevant(bench, bench.questions[0]) == {"d1": 1, "d9": 1}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("qrels/test.tsv", "1\td1\n", r"test\.tsv:1: neither"),
        ("qrels/test.tsv", "1\td1\thigh\n", r"test\.tsv:1: the grade 'high'"),
        ("qrels/test.tsv", "1\td1\t1\n1\td1\t2\n", r"test\.tsv:2: '1' and 'd1' were judged"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", r"test\.tsv: no judgement"),
        ("qrels/test.tsv", "9\td1\t1\n", r"1 judged questions have no text, for example '9'"),
        ("queries.jsonl", '{"_id": "1", "text": "a"}\n{"_id": "2"}\n', r"queries\.jsonl:2: "),
        ("queries.jsonl", "{}\n{\n", r"queries\.jsonl:1: "),
        ("queries.jsonl", "[]\n", r"queries\.jsonl:1: not a JSON object"),
        ("corpus.jsonl", '{"_id": "d1", "text": "a"}\n{"text": "b"}\n', r"corpus\.jsonl:2: "),
        ("corpus.jsonl", '{"_id": "d1"\n', r"corpus\.jsonl:1: not valid JSON"),
        ("corpus.jsonl", "", r"there is no article to ask"),
    ],
)
def test_a_broken_beir_folder_is_told_by_file_and_line(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    folder = lay(tmp_path / "set", BEIR | {name: text})
    with pytest.raises(InputError, match=told) as error:
        placed(load_set(Choice(str(folder))), tmp_path / "cache")
    assert "\n" not in str(error.value)


def test_a_beir_folder_without_a_split_to_run_asks_for_one(tmp_path: Path) -> None:
    files = {name: text for name, text in BEIR.items() if not name.startswith("qrels")}
    files |= {"qrels/a.tsv": "1\td1\t1\n", "qrels/b.tsv": "1\td1\t1\n"}
    with pytest.raises(InputError, match="--qrels"):
        load_set(Choice(str(lay(tmp_path, files))))


TOPICS = """<top>
<num> Number: 301
<title> old
train
<desc> Description:
What became of the train?
<narr> Narrative: anything.
</top>

<top><num> 302 </num>
<desc> Description: A harbour in Ambon </desc>
</top>
<top>
<num>303</num><title>not judged</title>
</top>
"""
QRELS = "301 0 train.txt 1\n301 0 harbour.txt 0\n302 0 harbour.txt 2\n"
ARTICLES = {"articles/train.txt": TRAIN, "articles/harbour.txt": HARBOUR}


def test_trec_topics_over_a_folder_of_articles(tmp_path: Path) -> None:
    lay(tmp_path, {"topics.txt": TOPICS, "judged.qrels": QRELS} | ARTICLES)
    choice = Choice(
        str(tmp_path / "topics.txt"),
        qrels=tmp_path / "judged.qrels",
        articles=[tmp_path / "articles"],
    )
    source = load_set(choice)
    assert (source.format, source.unit) == ("trec", "article")
    assert [(q.id, q.text) for q in source.questions] == [
        ("301", "old train"),
        ("302", "A harbour in Ambon"),
    ]
    assert source.notes == ("1 questions were not judged and are left out",)
    with prepared(source, None, tmp_path / "cache") as bench:
        assert [relevant(bench, q) for q in bench.questions] == [
            {"train.txt": 1},
            {"harbour.txt": 2},
        ]


def test_trec_topics_as_lines_over_a_beir_corpus(tmp_path: Path) -> None:
    lay(tmp_path, {"t.tsv": "7\told train\n", "q.txt": "7 0 d1 1\n"})
    beir = lay(tmp_path / "beir", BEIR)
    choice = Choice(str(tmp_path / "t.tsv"), qrels=tmp_path / "q.txt", articles=[beir])
    source = load_set(choice)
    assert source.format == "trec"
    assert [gold.span is not None for q in placed(source, tmp_path) for gold in q.gold] == [True]


def test_a_folder_with_topics_and_qrels_is_recognised(tmp_path: Path) -> None:
    lay(tmp_path, {"topics.301.txt": TOPICS, "qrels.301.txt": QRELS} | ARTICLES)
    choice = Choice(str(tmp_path), articles=[tmp_path / "articles"])
    assert len(load_set(choice).questions) == 2
    with pytest.raises(InputError, match="--articles"):
        load_set(Choice(str(tmp_path)))


@pytest.mark.parametrize(
    ("topics", "told"),
    [
        ("<top>\n<num> 1\n<title> a\n", r"t\.txt:1: <top> without </top>"),
        ("<top>\n<num> 1\n<top>\n", r"t\.txt:3: <top> before the </top> of line 1"),
        ("<top>\n<num> 1\n<title> a\n</top>\nstray\n", r"t\.txt:5: text outside"),
        ("<top>\n<num> 1\n</top>\n", r"t\.txt:1: a topic needs a number and a title"),
        ("301 no tab\n", r"t\.txt:1: a topic needs a number and a title"),
        ("301\ta\n301\tb\n", r"t\.txt:2: two topics have the number '301'"),
    ],
)
def test_broken_topics_are_told_by_line(tmp_path: Path, topics: str, told: str) -> None:
    lay(tmp_path, {"t.txt": topics, "q.txt": QRELS} | ARTICLES)
    choice = Choice(
        str(tmp_path / "t.txt"), qrels=tmp_path / "q.txt", articles=[tmp_path / "articles"]
    )
    with pytest.raises(InputError, match=told):
        load_set(choice)


def test_topics_without_judgements_ask_for_them(tmp_path: Path) -> None:
    lay(tmp_path, {"topics.txt": TOPICS})
    with pytest.raises(InputError, match="--qrels"):
        load_set(Choice(str(tmp_path / "topics.txt")))


def test_a_tsv_of_questions_and_answers_is_judged_by_containment(tmp_path: Path) -> None:
    lines = "When did it leave?\t1994\nHow many ships?\t70\tSEVENTY  ships\nWho sang?\n\n"
    lay(tmp_path, {"mine.tsv": lines} | ARTICLES)
    source = load_set(Choice(str(tmp_path / "mine.tsv"), articles=[tmp_path / "articles"]))
    assert (source.format, source.unit, source.quotable) == ("tsv", "passage", True)
    when, many, sang = placed(source, tmp_path / "cache")
    assert [(gold.article, gold.answer) for gold in when.gold] == [("train.txt", "1994")]
    assert [gold.answer for gold in many.gold] == ["Seventy ships"]
    assert (sang.answerable, sang.id, sang.lang) == (False, "q3", "en")


def test_the_columns_of_a_tsv_may_be_named(tmp_path: Path) -> None:
    lay(tmp_path, {"mine.tsv": "id\tQuestion\tanswer\tlang\nx1\tKapan?\t1994\tid\n"} | ARTICLES)
    source = load_set(Choice(str(tmp_path / "mine.tsv"), articles=[tmp_path / "articles"]))
    question = source.questions[0]
    assert (question.id, question.text, question.lang, question.answers) == (
        "x1",
        "Kapan?",
        "id",
        ("1994",),
    )


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("199", 0),
        ("994", 0),
        ("jakarta AT night", 1),
        ("the", 1),
        ("Bandung in 1994.", 1),
        ("+", 0),
    ],
)
def test_an_answer_is_found_as_whole_words(tmp_path: Path, answer: str, found: int) -> None:
    lay(tmp_path, {"mine.tsv": f"Which?\t{answer}\n"} | ARTICLES)
    source = load_set(Choice(str(tmp_path / "mine.tsv"), articles=[tmp_path / "articles"]))
    with prepared(source, None, tmp_path / "cache") as bench:
        assert bool(bench.questions[0].gold) == bool(found)
        assert bench.questions[0].answerable
        assert bench.lost == (() if found else ("q1",))


def test_an_answer_in_a_script_without_spaces_is_found_inside_a_sentence(tmp_path: Path) -> None:
    text = "会议于九月十四日在北京举行，双方同意停火，代表们随后离开了会场。"
    lay(tmp_path, {"mine.tsv": "在哪里？\t北京\n", "articles/a.txt": text})
    source = load_set(Choice(str(tmp_path / "mine.tsv"), articles=[tmp_path / "articles"]))
    assert [gold.answer for gold in placed(source, tmp_path / "c")[0].gold] == ["北京"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\tanswer only\n", r"mine\.tsv:1: the question is blank"),
        ("question\tcolour\nA?\tred\n", r"mine\.tsv:1: the columns must be"),
        ("question\tanswer\nA?\tb\tc\n", r"mine\.tsv:2: 3 cells for 2 columns"),
        ("id\tquestion\n1\tA?\n1\tB?\n", r"two questions have the id '1'"),
        ("\n", r"mine\.tsv: no question in it"),
    ],
)
def test_a_broken_tsv_is_told_by_line(tmp_path: Path, text: str, told: str) -> None:
    lay(tmp_path, {"mine.tsv": text} | ARTICLES)
    with pytest.raises(InputError, match=told):
        load_set(Choice(str(tmp_path / "mine.tsv"), articles=[tmp_path / "articles"]))


def test_bytes_that_are_not_text_are_told_by_line(tmp_path: Path) -> None:
    lay(tmp_path, ARTICLES)
    (tmp_path / "mine.tsv").write_bytes(b"A?\tb\n\xff\xfe?\tc\n")
    with pytest.raises(InputError, match=r"mine\.tsv:2: not valid UTF-8"):
        load_set(Choice(str(tmp_path / "mine.tsv"), articles=[tmp_path / "articles"]))


def squad(context: str, question: str, answer: str, name: str = "x1") -> str:
    start = context.index(answer)
    asked = {"id": name, "question": question, "answers": [{"text": answer, "answer_start": start}]}
    return json.dumps(
        {"data": [{"title": "T", "paragraphs": [{"context": context, "qas": [asked]}]}]}
    )


PARALLEL = {
    "mini.en.json": squad("The train left Bandung in 1994.", "When did it leave?", "1994"),
    "mini.de.json": squad("Der Zug verließ Bandung im Jahr 1994.", "Wann fuhr er ab?", "1994"),
}


@pytest.mark.parametrize("name", ["", "mini.*.json"])
def test_parallel_files_put_each_question_language_to_each_passage_language(
    tmp_path: Path, name: str
) -> None:
    folder = lay(tmp_path / "set", PARALLEL)
    source = load_set(Choice(str(folder / name)))
    assert (source.name, source.format) == ("mini", "parallel")
    assert [(q.id, q.lang, q.over, q.gold[0].article) for q in source.questions] == [
        ("x1.de.de", "de", "de", "de/p00000"),
        ("x1.de.en", "de", "en", "en/p00000"),
        ("x1.en.de", "en", "de", "de/p00000"),
        ("x1.en.en", "en", "en", "en/p00000"),
    ]
    with prepared(source, FakeEncoder(), tmp_path / "cache") as bench:
        assert {article.id: article.lang for article in bench.retriever.articles} == {
            "de/p00000": "de",
            "en/p00000": "en",
        }
        assert bench.lost == ()


def test_parallel_files_with_different_questions_are_an_error(tmp_path: Path) -> None:
    other = squad("Der Zug verließ Bandung im Jahr 1994.", "Wann?", "1994", "x2")
    with pytest.raises(InputError, match=r"mini\.en\.json: the question 'x1'"):
        load_set(Choice(str(lay(tmp_path, PARALLEL | {"mini.de.json": other}))))


def test_decomposed_letters_are_found_in_articles_that_are_composed(tmp_path: Path) -> None:
    context = "Er traf Mu\u0308ller in Ko\u0308ln."
    file = lay(tmp_path, {"set.json": squad(context, "Wen?", "Mu\u0308ller")}) / "set.json"
    assert placed(load_set(Choice(str(file))), tmp_path / "c")[0].gold[0].answer == "Müller"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"data": [\n{', r"set\.json:2: not valid JSON"),
        ('[{"context": 3, "qas": []}]', r'after 0 paragraphs: .*"context" is not text'),
        (
            '[{"context": "a", "qas": []}, {"context": "b", "qas": [{"id": "x"}]}]',
            r"set\.json: paragraph 2 \(p00001\): .*answers",
        ),
        (
            '[{"context": "b", "qas": [{"id": "x", "question": " ", "answers": []}]}]',
            r"question 'x' is blank",
        ),
    ],
)
def test_a_broken_squad_file_is_told_by_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load_set(Choice(str(lay(tmp_path, {"set.json": text}) / "set.json")))


def test_a_question_file_names_its_articles_relative_to_itself(tmp_path: Path) -> None:
    lines = rows(
        {"articles": ["../articles"]},
        {"question": "When?", "gold": [{"article": "train.txt", "text": TRAIN[:35]}]},
        {"id": "mine", "question": "How many?", "answers": ["Seventy"], "lang": "en"},
        {"question": "  ", "gold": []},
    )
    lay(tmp_path, {"sets/questions.jsonl": lines} | ARTICLES)
    source = load_set(Choice(str(tmp_path / "sets" / "questions.jsonl")))
    assert source.notes == ("1 ROWS HAVE NO QUESTION YET and are skipped: lines 4",)
    assert [q.id for q in source.questions] == ["q2", "mine"]
    assert all(q.gold[0].span for q in placed(source, tmp_path / "cache"))


def test_articles_may_be_a_library_which_is_asked_as_it_is(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    library = make_library(tmp_path, {"train.txt": TRAIN}, encoder)
    file = lay(tmp_path, {"mine.tsv": "When did it leave?\t1994\n"}) / "mine.tsv"
    source = load_set(Choice(str(file), articles=[library]))
    assert source.library == library
    with prepared(source, None, tmp_path / "cache") as bench:
        assert bench.retriever.info.path == str(library)
        assert bench.questions[0].gold[0].article == "train.txt"
    other = FakeEncoder(name="another")
    with prepared(source, other, tmp_path / "cache") as bench:
        assert bench.retriever.info.encoder == "another"
        assert bench.retriever.search("train", mode="dense")
    with prepared(source, None, tmp_path / "cache") as bench:
        assert bench.retriever.info.encoder == encoder.name  # the library itself is untouched
    with pytest.raises(InputError, match="is a library: name it alone"):
        load_set(Choice(str(file), articles=[library, tmp_path]))


def test_quotes_are_held_against_the_file_that_an_article_was_made_from(tmp_path: Path) -> None:
    lay(tmp_path, {"mine.tsv": "A?\tb\n", "articles/a.txt": f"{TRAIN}\n\nBaca juga: more\n"})
    source = load_set(Choice(str(tmp_path / "mine.tsv"), articles=[tmp_path / "articles"]))
    with prepared(source, None, tmp_path / "cache") as bench:
        article = bench.retriever.article("a.txt")
        assert "Baca juga" in source.original(article)
        assert "Baca juga" not in article.text


def test_what_is_missing_is_said_in_one_line(tmp_path: Path) -> None:
    lay(tmp_path, {"mine.tsv": "A?\tb\n", "odd.csv": "A?,b\n", "folder/readme.md": "x"})
    wrong = [
        (Choice(str(tmp_path / "mine.tsv")), "--articles PATH"),
        (Choice(str(tmp_path / "mine.tsv"), articles=[tmp_path / "gone"]), "no articles at"),
        (Choice(str(tmp_path / "odd.csv")), "--format"),
        (Choice(str(tmp_path / "folder")), "no known format"),
        (Choice(str(tmp_path / "gone.jsonl")), "there is no set at"),
        (Choice(str(tmp_path / "mine.tsv"), format="csv"), "there is no format 'csv'"),
        (Choice("seeds-dev", articles=[tmp_path]), "brings its own articles"),
    ]
    for choice, told in wrong:
        with pytest.raises(InputError, match=told) as error:
            load_set(choice)
        assert "\n" not in str(error.value)


def test_each_format_is_recognised_by_its_path(tmp_path: Path) -> None:
    lay(tmp_path / "beir", BEIR)
    lay(tmp_path / "parallel", PARALLEL)
    lay(tmp_path, {"a.jsonl": "", "a.json": "", "a.tsv": "", "topics": TOPICS})
    names = ["a.jsonl", "a.tsv", "a.json", "parallel", "beir", "topics"]
    assert [recognise(tmp_path / name) for name in names] == list(FORMATS)
    assert recognise(tmp_path / "a.tsv", with_qrels=True) == "trec"
