from pathlib import Path

import numpy as np
import pytest
import torch
from small import WORDS, word_pieces

from index.encoders.bundled import BundledEncoder
from training.alignment import Table
from training.contrast import Memory, also_right, answering_sentence
from training.corpus import Example
from training.export import export
from training.run import Run, both_ways
from training.student import Student
from training.vocabulary import start_vectors


def test_the_exported_encoder_computes_what_the_student_does(
    student: Student, tmp_path: Path
) -> None:
    texts = ["a b c", "d", "b b a d c a", "c " * 300, ""]
    expected = student.encode(texts, longest=256).numpy()
    export(student, tmp_path)
    encoder = BundledEncoder(tmp_path)
    vectors = encoder.encode_passages(texts)
    assert vectors.shape == (5, encoder.dim) == (5, 64)
    assert (vectors * expected).sum(1).min() > 0.995
    assert (vectors[0] * expected[1]).sum() < 0.9  # the comparison can tell texts apart


def test_training_goes_on_from_its_checkpoint(student: Student, tmp_path: Path) -> None:
    def run() -> Run:
        weights = list(student.model.parameters())
        optimizer = torch.optim.AdamW([{"params": weights}])
        return Run(student.model, optimizer, (0.01,), 60, tmp_path / "run.pt", warm_up=1)

    first = run()
    first.resume()
    assert first.time_left()
    first.update(student.vectors([[2, 5, 3]])[0, 0])
    first.save()
    trained = student.model.state_dict()["embeddings.word_embeddings.weight"].clone()
    student.model.embeddings.word_embeddings.weight.data.zero_()
    second = run()
    second.resume()
    assert second.step == 1
    assert torch.equal(student.model.embeddings.word_embeddings.weight, trained)
    second.minutes = 1e-9
    assert not second.time_left()


def test_the_contrast_is_least_where_the_diagonal_is_right() -> None:
    right, wrong = torch.eye(3) * 20, torch.eye(3).flip(0) * 20
    assert both_ways(right) < 1e-6 < both_ways(wrong)


def test_paragraphs_that_also_answer_are_no_negatives() -> None:
    batch = [
        Example("q0", "Budi lahir di Solo.", "Solo", "x"),
        Example("q1", "Budi lahir di Solo.", "Budi", "x"),
        Example("q2", "Solo adalah sebuah kota.", "kota", "x"),
    ]
    assert also_right(batch, batch).tolist() == [
        [False, True, True],
        [True, False, False],
        [False, False, False],
    ]


def test_the_sentence_that_answers_stands_for_its_paragraph() -> None:
    example = Example("q", "Budi lahir di Solo. Ia tinggal di Bandung.", "Bandung", "x")
    assert answering_sentence(example).context == "Ia tinggal di Bandung."
    across = example._replace(answer="Solo. Ia")
    assert answering_sentence(across) == across


def test_past_batches_are_negatives() -> None:
    memory, batch = Memory(), [Example("q", "p", "answer", "x")]
    questions = paragraphs = torch.tensor([[1.0, 0.0]])
    assert memory.loss(questions, paragraphs, batch).item() == pytest.approx(0)
    memory.add([Example("q2", "p2", "other", "x")], torch.tensor([[1.0, 0.0]]))
    assert memory.loss(questions, paragraphs, batch).item() == pytest.approx(np.log(2))


def test_new_pieces_start_from_what_they_align_with() -> None:
    base, extended = word_pieces(WORDS), word_pieces([*WORDS, "x", "ab"])
    vectors = np.eye(len(WORDS), dtype=np.float32)
    table = Table(
        source=np.array([11, 11]),
        target=np.array([5, 6]),
        forward=np.array([0.8, 0.2]),
        backward=np.array([1.0, 1.0]),
        count=np.array([1e9, 1e9]),
    )
    start = start_vectors(table, base, extended, vectors)
    np.testing.assert_array_equal(start[: len(WORDS)], vectors)
    np.testing.assert_allclose(start[11, [5, 6]], [8 / 9, 1 / 9], atol=1e-6)
    np.testing.assert_allclose(start[12, [5, 10]], [0.5, 0.5])  # unseen: how it is spelt
