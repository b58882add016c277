from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import eval.peers
from eval.encoding import PIECES, equal_texts
from eval.processes import watched
from eval.speed import library, made_up, ranking, read_passages, speed, table
from eval.timing import Figure
from index.encoder import FOLDER
from index.encoders.pieces import Splitter
from index.errors import InputError


def test_made_up_passages_are_the_same_every_time_and_of_uneven_words() -> None:
    passages = made_up(50)
    assert passages == made_up(50)
    lengths = [len(passage.split()) for passage in passages]
    assert min(lengths) >= 30
    assert max(lengths) <= 90
    words = " ".join(passages).split()
    assert words.count("kata0") > 50 > words.count("kata1000")


def test_all_rankers_are_measured_on_the_same_passages() -> None:
    index, query = ranking("40 passages", made_up(40))
    assert index.unit == "passages/s"
    assert query.unit == "ms"
    assert index.peers.keys() == query.peers.keys() == {"rank_bm25", "bm25s"}
    assert min(index.kutip, query.kutip, *index.peers.values(), *query.peers.values()) > 0


def test_a_peer_that_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bm25s", None)
    assert ranking("40 passages", made_up(40))[0].peers.keys() == {"rank_bm25"}


@pytest.mark.parametrize("name", list(eval.peers.PEERS))
def test_every_ranker_finds_the_passage_with_the_words(name: str) -> None:
    tokens = [[f"kata{row}", "yang", f"umum{row % 5}"] for row in range(30)]
    best = eval.peers.PEERS[name](tokens)(["kata7", "umum2"])
    assert int(best[0]) == 7
    assert len(best) <= 10


def test_the_table_says_how_many_times_better() -> None:
    text = table(
        [
            Figure("query", "ms", 2.0, {"peer": 10.0}),
            Figure("index", "passages/s", 2.0, {"peer": 8}),
        ]
    ).text()
    assert "10 (5×)" in text
    assert "8 (0.25×)" in text


def test_library_figures_come_from_files(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text("Kapal itu berlayar ke Ambon.", "utf-8")
    figures = library("one", tmp_path / "articles", tmp_path / "library")
    assert [figure.unit for figure in figures] == ["passages/s", "ms"]


def test_a_process_is_watched_and_a_failing_one_is_an_error() -> None:
    seconds, mebibytes = watched("x = bytearray(50 * 2**20)", [], 1)
    assert 0 < seconds < 10
    assert 50 < mebibytes < 200
    with pytest.raises(InputError, match="broken"):
        watched("import sys; sys.exit('broken')", [], 1)


def test_passages_are_read_from_lines_and_rows(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({"text": "Satu."}) + "\n\n", "utf-8")
    (tmp_path / "lines.txt").write_text("Satu.\nDua.\n", "utf-8")
    assert read_passages(tmp_path / "rows.jsonl") == ["Satu."]
    assert read_passages(tmp_path / "lines.txt") == ["Satu.", "Dua."]


def test_the_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    speed.main(["--help"], standalone_mode=False)
    assert "--passages" in capsys.readouterr().out


def test_texts_for_encoders_are_of_one_length() -> None:
    texts = equal_texts(20)
    split = Splitter(FOLDER / "tokenizer.json", ["<s>", "</s>"])
    prompted = [f"passage: {text}" for text in texts]
    lengths = {len(split.marked(pieces, 2 * PIECES)) for pieces in split(prompted)}
    assert len(set(texts)) == 20
    assert max(lengths) - min(lengths) <= 2
    assert PIECES in lengths
