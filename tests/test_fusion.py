import numpy as np

from index.fusion import fuse


def test_worked_by_hand() -> None:
    fused = fuse(np.array([0.0, 2.0, 4.0]), np.array([0.8, -0.5, 0.4]), 0.6)
    np.testing.assert_allclose(fused, [0.6 * 1, 0.4 * 0.5, 0.6 * 0.5 + 0.4 * 1])


def test_no_word_matched_leaves_the_cosines_to_decide() -> None:
    fused = fuse(np.zeros(3), np.array([0.1, 0.3, 0.2]), 0.6)
    assert np.argsort(-fused).tolist() == [1, 2, 0]


def test_one_candidate_and_none() -> None:
    assert fuse(np.array([3.0]), np.array([0.2]), 0.7).tolist() == [1.0]
    assert fuse(np.empty(0), np.empty(0), 0.7).tolist() == []


def test_weights_by_candidate() -> None:
    fused = fuse(np.array([1.0, 0.0]), np.array([0.0, 1.0]), np.array([1.0, 0.0]))
    assert fused.tolist() == [0.0, 0.0]


def test_a_candidate_does_not_depend_on_worse_ones() -> None:
    lexical, cosines = np.array([3.0, 1.0, 0.5]), np.array([0.7, 0.6, 0.1])
    np.testing.assert_array_equal(
        fuse(lexical, cosines, 0.7)[:2], fuse(lexical[:2], cosines[:2], 0.7)
    )
