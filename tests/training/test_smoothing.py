"""Channels are evened out where one reaches far, by as much as the weights can bear."""

import torch

from training.smoothing import sample, smoothing
from training.student import Student

QUERY = "encoder.layer.0.attention.self"


def test_a_channel_that_reaches_far_is_divided_by_more(student: Student) -> None:
    norm = student.model.embeddings.LayerNorm
    norm.weight.data[5] *= 30
    factors = smoothing(student, ["a b c", "d d a"])
    assert list(factors) == [
        f"encoder.layer.{number}.{part}"
        for number in range(2)
        for part in ("attention.self", "intermediate")
    ]
    assert factors[QUERY].argmax() == 5
    assert abs(float(factors[QUERY].mean()) - 1) < 1e-5


def test_a_channel_whose_weights_are_large_is_divided_by_less(student: Student) -> None:
    before = smoothing(student, ["a b c"])[QUERY]
    student.model.encoder.layer[0].attention.self.key.weight.data[:, 7] = 20.0
    after = smoothing(student, ["a b c"])[QUERY]
    assert after[7] / after[8] < before[7] / before[8] / 2


def test_nothing_stays_hooked(student: Student) -> None:
    smoothing(student, ["a"])
    assert not any(module._forward_pre_hooks for module in student.model.modules())


def test_the_sample_is_of_questions_and_passages() -> None:
    texts = sample()
    assert len(texts) == len(set(texts)) == 200
    assert sum(text.startswith("query: ") for text in texts) == 100
    assert sum(text.startswith("passage: ") for text in texts) == 100


def test_smoothing_does_not_change_the_model(student: Student) -> None:
    state = {name: value.clone() for name, value in student.model.state_dict().items()}
    smoothing(student, ["a b"])
    for name, value in student.model.state_dict().items():
        torch.testing.assert_close(value, state[name])
