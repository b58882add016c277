import random
from pathlib import Path

import numpy as np

from index.lexicon import Lexicon
from training.corpus import Example, Pair
from training.questions import OtherWords, WordByWord, batches, neighbours

EXAMPLES = [
    Example(f"Siapa {word} nomor {number}", f"{word} {word} {number} " + "lain " * 5, "-", "x")
    for word in ("raja", "gempa", "pasar")
    for number in range(4)
]


def test_neighbours_ask_for_paragraphs_alike() -> None:
    near = neighbours(EXAMPLES)
    assert len(near) == len(EXAMPLES)
    assert set(near[0][:3]) == {1, 2, 3}
    assert all(row not in rows for row, rows in enumerate(near))


def test_a_batch_is_full_and_an_epoch_repeats_nothing() -> None:
    stream = batches(EXAMPLES, neighbours(EXAMPLES), 4)
    epoch = [next(stream) for _ in range(3)]
    assert sorted(row for batch in epoch for row in batch) == list(range(12))
    assert [len({EXAMPLES[row].question.split()[1] for row in batch}) for batch in epoch] == [1] * 3


def test_questions_are_translated_word_by_word(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.npz"
    np.savez(
        path,
        id_terms=np.frombuffer(b"itu\nraja", np.uint8),
        en_terms=np.frombuffer(b"king", np.uint8),
        id_en_start=np.array([0, 0, 1], np.int32),
        id_en_target=np.array([0], np.uint16),
        id_en_weight=np.array([255], np.uint8),
    )
    pairs = [Pair("Kings and kings", "raja", "x", True), Pair("king", "raja", "x", True)]
    english = WordByWord(Lexicon(path), pairs)
    for rng in (None, random.Random(0)):
        assert english("Siapa raja itu di Solo?", rng) == "who kings in Solo?"


def test_other_words_stand_in_for_topic_words_only(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.npz"
    np.savez(
        path,
        id_terms=np.frombuffer(b"desa\nkampung", np.uint8),
        en_terms=np.frombuffer(b"villag", np.uint8),
        id_en_start=np.array([0, 1, 2], np.int32),
        id_en_target=np.array([0, 0], np.uint16),
        id_en_weight=np.array([255, 255], np.uint8),
        en_id_start=np.array([0, 2], np.int32),
        en_id_target=np.array([0, 1], np.uint16),
        en_id_weight=np.array([127, 127], np.uint8),
    )
    reworded, rng = OtherWords(Lexicon(path)), random.Random(0)
    seen = {reworded("Di mana desa itu? Desa!", rng) for _ in range(50)}
    assert seen == {"Di mana desa itu? Desa!", "Di mana kampung itu? Desa!"}
