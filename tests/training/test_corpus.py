import gzip
import json
from pathlib import Path

import pytest

from training.__main__ import main
from training.corpus import (
    NEWS,
    PARALLEL,
    DataMissing,
    read_examples,
    read_news,
    read_pairs,
    sample_pairs,
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "parallel_en_id").mkdir()
    (tmp_path / "qa").mkdir()
    rows = [
        "It?s late\tSudah larut\tpanl_bppt_news_x\thuman",
        "It?s late\tSudah larut\tpanl_bppt_news_y\thuman",
        "Is it late?\tSudah larutkah?\ttatoeba_train\thuman",
        " \tkosong\ttatoeba_train\thuman",
        "Open the file that was saved\tBuka berkas yang disimpan\tdocs_llm\tmachine_or_ui",
        "Save\tSimpan\tui_apps\tmachine_or_ui",
    ]
    news = ["A\tB\tntrex_news", "C\tD\ttico19_covid"]
    for name, lines in ((PARALLEL, rows), (NEWS, news)):
        (tmp_path / name).write_bytes(gzip.compress("\n".join(lines).encode()))
    questions = [
        {
            "question": "Siapa? ",
            "context": "Budi.",
            "answers": [{"text": "Budi"}],
            "is_impossible": False,
        },
        {"question": "Kapan?", "context": "Budi.", "answers": [], "is_impossible": True},
    ]
    lines = "\n".join(map(json.dumps, questions))
    (tmp_path / "qa" / "some.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    return tmp_path


def test_pairs_are_distinct_and_their_apostrophes_mended(data: Path) -> None:
    pairs = read_pairs(data)
    assert [pair.en for pair in pairs] == [
        "It's late", "Is it late?", "Open the file that was saved", "Save",
    ]  # fmt: skip
    assert [pair.human for pair in pairs] == [True, True, False, False]


def test_news_counts_twice_and_interface_strings_not_at_all(data: Path) -> None:
    sample = sample_pairs(read_pairs(data), machine=5, seed=0)
    assert sorted(pair.en for pair in sample) == [
        "Is it late?", "It's late", "It's late", "Open the file that was saved",
    ]  # fmt: skip


def test_only_answerable_questions_are_examples(data: Path) -> None:
    (example,) = read_examples(data, "some")
    assert (example.question, example.context, example.answer) == ("Siapa?", "Budi.", "Budi")


def test_held_out_news_can_be_read_by_source(data: Path) -> None:
    assert read_news(data, "ntrex_news") == [("A", "B")]
    assert len(read_news(data)) == 2


def test_what_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DataMissing, match=r"train\.tsv\.gz"):
        read_pairs(tmp_path)
    for step in ("lexicon", "vocabulary", "contrast", "reader", "evaluate"):
        assert main([step, "--data", str(tmp_path / "absent")]) == 2
        assert "no data directory at" in capsys.readouterr().err
    assert main(["average", "--work", str(tmp_path / "absent")]) == 2  # of checkpoints alone
    assert "No such file" in capsys.readouterr().err
