import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder import FOLDER
from index.encoders.pieces import FewPieces, Splitter

FILE = FOLDER / "tokenizer.json"
MARKS = ("<s>", "</s>")
FEW, ALL = FewPieces(FILE, MARKS), Splitter(FILE, MARKS)


def same(text: str, longest: int = 64) -> bool:
    (pieces,) = ALL([text])
    return FEW(text, longest) == ALL.marked(pieces, longest)


@pytest.mark.parametrize(
    "text",
    [
        "query: who mediated the ceasefire?",
        "query: siapa yang menengahi gencatan senjata antara Armenia dan Azerbaijan?",
        "query: Wer vermittelte die Waffenruhe zwischen Armenien und Aserbaidschan?",
        "query: 谁调停了停火?",
        "query: من توسط في وقف إطلاق النار؟",
        "ﬁne ½ ①\u3000wide",
        "🙂🙃 \U0001f9ff",
        "",
        " ",
        "a" * 500,
    ],
)
def test_texts_are_split_as_with_all_pieces(text: str) -> None:
    assert same(text)


@given(st.text())
def test_so_is_anything(text: str) -> None:
    assert FEW(text, 64) is None or same(text)


def test_a_long_text_is_cut() -> None:
    assert same("satu dua tiga empat lima enam tujuh", 5)


def test_a_text_with_a_mark_in_it_needs_all_pieces() -> None:
    assert FEW("what is <s>?", 64) is None


def test_other_models_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps({"model": {"type": "BPE"}}))
    with pytest.raises(ValueError, match="not for a unigram model"):
        FewPieces(path, MARKS)
