import numpy as np

from training.alignment import align

SOURCES = [[0, 1], [0, 2], [1, 2], [2, 0], [1, 0]] * 4
TARGETS = [[10 + n for n in sentence] for sentence in SOURCES]


def test_symbols_that_go_together_are_linked() -> None:
    table = align(SOURCES, TARGETS, [1.0] * len(SOURCES), rounds=10)
    best = {
        source: int(
            table.target[table.source == source][table.forward[table.source == source].argmax()]
        )
        for source in range(3)
    }
    assert best == {0: 10, 1: 11, 2: 12}


def test_probabilities_sum_to_one_in_both_directions() -> None:
    table = align(SOURCES, TARGETS, [1.0] * len(SOURCES))
    np.testing.assert_allclose(np.bincount(table.source, table.forward), 1)
    np.testing.assert_allclose(np.bincount(table.target, table.backward)[10:], 1)


def test_a_light_sentence_teaches_less() -> None:
    table = align([[0], [0]], [[1], [2]], [1.0, 0.25])
    assert dict(zip(table.target.tolist(), table.forward.tolist(), strict=True)) == {1: 0.8, 2: 0.2}


def test_the_diagonal_breaks_the_tie_of_a_single_sentence() -> None:
    table = align([[0, 1]], [[2, 3]], [1.0])
    likeliest = table.forward > 0.5
    assert list(zip(table.source[likeliest], table.target[likeliest], strict=True)) == [
        (0, 2),
        (1, 3),
    ]
