from pathlib import Path

import numpy as np
import pytest
import torch

from index.encoders.bundled import BundledEncoder
from training.contrast import also_right, answering_sentence, loss_of
from training.corpus import Example
from training.export import export
from training.run import Run, both_ways
from training.student import PASSAGE, QUESTION, Student


def test_the_exported_encoder_computes_what_the_student_does(
    student: Student, tmp_path: Path
) -> None:
    texts = ["a b c", "d", "b b a d c a", "c " * 300, ""]
    expected = student.encode([PASSAGE + text for text in texts], longest=256).numpy()
    export(student, tmp_path)
    encoder = BundledEncoder(tmp_path)
    vectors = encoder.encode_passages(texts)
    assert vectors.shape == (5, encoder.dim) == (5, 64)
    assert (vectors * expected).sum(1).min() > 0.99
    assert (vectors[0] * expected[1]).sum() < 0.9  # the comparison can tell texts apart
    [asked] = student.encode([QUESTION + texts[0]], longest=256).numpy()
    assert (encoder.encode_question(texts[0]) * asked).sum() > 0.99
    assert (vectors[0] * asked).sum() < 0.99


def test_rounding_lasts_for_a_step_and_lets_the_gradient_through(student: Student) -> None:
    weights = student.model.encoder.layer[0].output.dense.weight
    before, ids = weights.detach().clone(), student.ids(["a b c d"], 64)
    with student.rounded():
        assert not torch.equal(weights, before)
        student.vectors(ids)[0, 0].backward()
    assert torch.equal(weights, before)
    assert weights.grad is not None
    assert weights.grad.abs().sum() > 0


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
    assert also_right(batch).tolist() == [
        [False, True, True],
        [True, False, False],
        [False, False, False],
    ]


def test_the_sentence_that_answers_stands_for_its_paragraph() -> None:
    example = Example("q", "Budi lahir di Solo. Ia tinggal di Bandung.", "Bandung", "x")
    assert answering_sentence(example).context == "Ia tinggal di Bandung."
    across = example._replace(answer="Solo. Ia")
    assert answering_sentence(across) == across


def test_the_others_of_a_batch_are_negatives() -> None:
    batch = [Example("q", "p", "answer", "x"), Example("q2", "p2", "other", "x")]
    apart, alike = torch.eye(2), torch.ones(2, 2) / np.sqrt(2)
    assert loss_of(apart, apart, batch).item() == pytest.approx(0, abs=1e-6)
    assert loss_of(alike, alike, batch).item() == pytest.approx(np.log(2))
    same = [batch[0], batch[1]._replace(context="p")]
    assert loss_of(alike, alike, same).item() == pytest.approx(0)
