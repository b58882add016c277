import copy
import random
from pathlib import Path

import numpy as np
import pytest
import torch

from qa.reader import Reader as Shipped
from training.export import export_reader
from training.reader import (
    ANSWER_MAX,
    LONGEST,
    NEVER,
    Pieces,
    Reader,
    best_span,
    checkpoint,
    load_readers,
    pieces_of,
    read,
)
from training.reader_training import ELSEWHERE, pair_loss
from training.readings import Reading
from training.student import Student

TEXTS = ["a b c", "d d d c a b", "b c a d d a b c d"]


@pytest.fixture
def reader(student: Student) -> Reader:
    return Reader(student).eval()


def reading(context: str, answer: str = "") -> Reading:
    return Reading("a b", context, answer, context.rfind(answer) if answer else 0, "x")


def other(reader: Reader) -> Reader:
    """A reader of the same embeddings that scores otherwise."""
    made = copy.deepcopy(reader)
    torch.nn.init.normal_(made.head.weight, std=0.1)
    return made


def test_the_exported_reader_says_what_the_trained_ones_do_together(
    reader: Reader, tmp_path: Path
) -> None:
    networks = [reader, other(reader)]
    export_reader(networks, 1.5, tmp_path / "reader")
    shipped = Shipped(tmp_path / "reader")
    expected = read(networks, [reading(text) for text in TEXTS])
    assert expected != read([reader], [reading(text) for text in TEXTS])
    for (answer, odds), found in zip(expected, shipped.read("a b", TEXTS), strict=True):
        best = found.best()
        assert best is not None
        assert best.odds == pytest.approx(odds, abs=0.3)
        assert found.text[slice(*best.span)] == answer
    assert shipped.probability(1.5) == 0.5


def test_networks_of_different_embeddings_are_not_exported(reader: Reader, tmp_path: Path) -> None:
    changed = other(reader)
    changed.body.embeddings.word_embeddings.weight.data += 1
    with pytest.raises(ValueError, match="different word embeddings"):
        export_reader([reader, changed], 0.0, tmp_path / "reader")
    assert not list(tmp_path.glob("reader/*"))


def test_the_scores_of_two_readers_count_alike(reader: Reader) -> None:
    one, two = reader, other(reader)
    texts = [reading(text) for text in TEXTS]
    pieces = pieces_of(one, [texts[0]], random.Random(0))
    mean = torch.stack([one(pieces), two(pieces)]).mean(0)[0].detach().numpy()
    _, _, best = best_span(mean, pieces[0].paragraph)
    (_, odds), *_ = read([one, two], texts)
    assert odds == pytest.approx(best - mean[0].sum(), abs=0.05)


def test_the_networks_of_a_reader_are_found(
    student: Student, reader: Reader, tmp_path: Path
) -> None:
    student.tokenizer.save(str(tmp_path / "tokenizer.json"))
    with pytest.raises(FileNotFoundError):
        load_readers(tmp_path)
    for number, network in ((1, reader), (2, other(reader)), (4, reader)):
        torch.save({"model": network.state_dict()}, checkpoint(tmp_path, number))
    first, second = load_readers(tmp_path)  # none after the gap
    assert torch.equal(first.head.weight, reader.head.weight)
    assert not torch.equal(second.head.weight, reader.head.weight)


@pytest.mark.parametrize("context", ["a b c d", "a b " * 300 + "c d", "c d" + " a b" * 300])
def test_the_window_holds_the_answer_and_marks_it(reader: Reader, context: str) -> None:
    for seed in range(5):
        (pieces,) = pieces_of(reader, [reading(context, "c d")], random.Random(seed))
        assert len(pieces.ids) <= LONGEST
        marked = (
            pieces.offsets[pieces.first - pieces.paragraph],
            pieces.offsets[pieces.last - pieces.paragraph],
        )
        assert context[marked[0][0] : marked[1][1]] == "c d"


def test_no_answer_is_marked_as_such(reader: Reader) -> None:
    (pieces,) = pieces_of(reader, [reading("a b c d")], random.Random(0))
    assert (pieces.first, pieces.last) == (0, 0)


def test_pieces_of_the_question_cannot_answer(reader: Reader) -> None:
    (pieces,) = pieces_of(reader, [reading("c d")], random.Random(0))
    scores = reader([pieces])[0]
    assert torch.all(scores[1 : pieces.paragraph] < NEVER / 2)
    last = len(pieces.ids) - 1
    assert torch.all(scores[pieces.paragraph : last] > NEVER / 2)
    assert torch.all(scores[last:] < NEVER / 2)


def test_the_best_span_is_in_order_and_not_too_long() -> None:
    scores = np.zeros((80, 2), np.float32)
    scores[1] = 50  # in the question
    scores[70, 0], scores[10, 1] = 9, 9  # ends before it begins
    scores[20, 0], scores[20 + ANSWER_MAX, 1] = 7, 7  # too long
    scores[60, 0], scores[65, 1] = 8, 6
    assert best_span(scores, 5) == (60, 65, 14.0)


class Fixed:
    """Stands for a reader: gives the scores it was made with."""

    def __init__(self, scores: list[list[float]]) -> None:
        self.scores = torch.tensor(scores).unsqueeze(-1).repeat(1, 1, 2)

    def __call__(self, pieces: object) -> torch.Tensor:
        return self.scores


def pair(reader: Reader, answer: str) -> list[Pieces]:
    return pieces_of(reader, [reading("c d", answer), reading("d d")], random.Random(0))


def test_the_loss_of_a_pair_by_hand(reader: Reader) -> None:
    pieces = pair(reader, "d")  # <s> a b </s> c d </s>: the answer is piece 5
    assert (pieces[0].first, pieces[0].last) == (5, 5)
    scores = [[1.0, NEVER, NEVER, NEVER, 0.0, 2.0, NEVER], [3.0, NEVER, NEVER, NEVER, 4, 1, NEVER]]
    own = np.log(np.exp(1) + np.exp(0) + np.exp(2)) - 2
    other = np.log(np.exp(3) + np.exp(4) + np.exp(1)) - 3
    # Over "no answer": 0 once for both, -1 and 1 in the own paragraph, 1 and -2 in the other.
    both = np.log(1 + np.exp(-1) + np.exp(1) + np.exp(1) + np.exp(-2)) - 1
    loss = pair_loss(Fixed(scores), pieces).item()  # type: ignore[arg-type]
    assert loss == pytest.approx((own + ELSEWHERE * other + both) / 2, rel=1e-5)


def test_a_rival_that_looks_sure_costs_more_than_one_that_does_not(reader: Reader) -> None:
    never = [NEVER] * 3
    for answer in ("d", ""):
        pieces = pair(reader, answer)
        calm, sure = (
            pair_loss(Fixed([[1, *never, 0, 2, NEVER], [0, *never, x, x, NEVER]]), pieces)  # type: ignore[arg-type]
            for x in (-3.0, 3.0)
        )
        assert sure > calm
