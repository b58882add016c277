from pathlib import Path

import pytest

from index.lexicon import Lexicon
from training.lexicon import (
    GLOSSARY_SHARE,
    aligned_weights,
    complete,
    dictionary_weights,
    glossary_weights,
    save,
    turned_weights,
)

PAIRS = [
    ("house burns", "rumah terbakar"),
    ("house stands", "rumah berdiri"),
    ("shop burns", "toko terbakar"),
    ("shop stands", "toko berdiri"),
] * 5


def test_words_are_learnt_from_sentences_in_both_directions() -> None:
    forward, backward = aligned_weights(PAIRS)
    assert max(forward["hous"], key=forward["hous"].__getitem__) == "rumah"
    assert max(backward["toko"], key=backward["toko"].__getitem__) == "shop"
    assert sum(forward["hous"].values()) == pytest.approx(1)


def test_a_dictionary_entry_of_several_words_shares_its_weight() -> None:
    weights = dictionary_weights([("truce", "gencatan senjata"), ("big house", "x")], ("en", "id"))
    assert weights == {"truce": {"gencat": 0.5, "senjata": 0.5}}


def test_sources_are_mixed_and_function_words_silenced(tmp_path: Path) -> None:
    table = complete(
        aligned={"hous": {"rumah": 0.8, "yang": 0.2}, "the": {"itu": 1.0}},
        wordnet={"hous": {"gedung": 1.0}, "oven": {"tungku": 1.0}},
        countries={"germani": {"jerman": 1.0}},
        glossary={"shop": {"toko": 1.0}, "oven": {"panggang": 0.5, "yang": 0.5}},
        silent=({"the"}, {"yang", "itu"}),
    )
    path = tmp_path / "lexicon.npz"
    save({("en", "id"): table, ("id", "en"): {"rumah": {"hous": 1.0}, "yang": {}}}, path)
    lexicon = Lexicon(path)
    rumah, gedung = lexicon.translate("houses", "en", "id")
    assert rumah == ("rumah", pytest.approx(0.8 / 1.1, abs=1 / 255))
    assert gedung == ("gedung", pytest.approx(0.3 / 1.1, abs=1 / 255))
    assert lexicon.translate("shops", "en", "id") == [("toko", 1.0)]
    left = 1 - GLOSSARY_SHARE / 2  # without "yang"
    tungku, panggang = sorted(lexicon.translate("oven", "en", "id"), reverse=True)
    assert tungku == ("tungku", pytest.approx((1 - GLOSSARY_SHARE) / left, abs=1 / 255))
    assert panggang == ("panggang", pytest.approx(GLOSSARY_SHARE / 2 / left, abs=1 / 255))
    assert lexicon.translate("Germany", "en", "id") == [("jerman", 1.0)]
    assert not lexicon.carries_topic("the", "en")
    assert not lexicon.carries_topic("yang", "id")
    assert lexicon.translate("rumah", "id", "en") == [("hous", 1.0)]
    assert lexicon.translate("gedung", "id", "en") == []


def test_an_equivalent_of_the_glossary_counts_less_the_later_it_comes() -> None:
    glossary = {"hospital": ["rumah sakit", "klinik"], "clinic": ["klinik"], "two words": ["x"]}
    there = glossary_weights(glossary)
    assert there["clinic"] == {"klinik": 1.0}
    assert there["hospit"] == {
        "rumah": pytest.approx(0.3),
        "sakit": pytest.approx(0.3),
        "klin": pytest.approx(0.4),
    } or there["hospit"].keys() == {"rumah", "sakit", "klinik"}
    back = turned_weights(glossary)
    assert max(back["klinik"], key=back["klinik"].__getitem__) == "clinic"
    assert set(there) == {"hospit", "clinic"}
