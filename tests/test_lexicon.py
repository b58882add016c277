from pathlib import Path

import numpy as np
import pytest

from index.lexicon import OWN_WEIGHT, UNKNOWN_WEIGHT, Lexicon
from index.tokens import terms, token_terms


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture
def tiny(tmp_path: Path) -> Lexicon:
    """Two English terms, one of them silent, and nothing the other way."""
    path = tmp_path / "tiny.npz"
    np.savez(
        path,
        en_terms=np.frombuffer(b"hous\nthe", np.uint8),
        id_terms=np.frombuffer(b"gedung\nrumah", np.uint8),
        en_id_start=np.array([0, 2, 2], np.int32),
        en_id_target=np.array([1, 0], np.uint16),
        en_id_weight=np.array([204, 51], np.uint8),
        id_en_start=np.array([0], np.int32),
        id_en_target=np.array([], np.uint16),
        id_en_weight=np.array([], np.uint8),
    )
    return Lexicon(path)


def test_a_word_is_translated_whatever_its_ending(tiny: Lexicon) -> None:
    assert tiny.translate("Houses", "en", "id") == [("rumah", 0.8), ("gedung", 0.2)]


def test_unknown_silent_and_foreign_words_have_no_translation(tiny: Lexicon) -> None:
    assert tiny.translate("zebra", "en", "id") == []
    assert tiny.translate("the", "en", "id") == []
    assert tiny.translate("house", "en", "fr") == []
    assert tiny.translate("house", "en", "en") == []


def test_only_known_function_words_lack_a_topic(tiny: Lexicon) -> None:
    assert not tiny.carries_topic("The", "en")
    assert tiny.carries_topic("house", "en")
    assert tiny.carries_topic("zebra", "en")
    assert tiny.carries_topic("the", "fr")


def test_expansion_keeps_names_whole_and_drops_function_words(tiny: Lexicon) -> None:
    expanded = tiny.expand("the Zorro house", "en", "id")
    assert expanded == [
        ("zorro", UNKNOWN_WEIGHT),
        ("house", OWN_WEIGHT),
        ("rumah", 0.8),
        ("gedung", 0.2),
    ]


def test_a_possessive_is_expanded_like_the_word(tiny: Lexicon) -> None:
    assert tiny.expand("the house’s", "en", "id") == tiny.expand("house", "en", "id")


def test_a_word_as_it_stands_may_be_indexed_in_other_terms(tiny: Lexicon) -> None:
    def unstemmed(token: str, _: str) -> tuple[str, ...]:
        return (token.casefold(),)

    found = tiny.expand("the Houses", "en", "id", unstemmed)
    assert found[0] == ("houses", OWN_WEIGHT)
    assert found[1:] == tiny.translate("houses", "en", "id")


def test_parts_share_the_weight_of_a_compound(tiny: Lexicon) -> None:
    assert tiny.translate("house-zebra", "en", "id") == [("rumah", 0.4), ("gedung", 0.1)]


def test_a_silent_part_of_a_compound_takes_no_share(tiny: Lexicon) -> None:
    assert tiny.translate("the-house", "en", "id") == [("rumah", 0.8), ("gedung", 0.2)]
    assert not tiny.carries_topic("the-the", "en")
    assert tiny.carries_topic("zebra-zebu", "en")


def test_malay_shares_the_indonesian_side(lexicon: Lexicon) -> None:
    assert lexicon.pairs == {("en", "id"), ("id", "en"), ("en", "ms"), ("ms", "en")}
    assert lexicon.translate("truce", "en", "ms") == lexicon.translate("truce", "en", "id")


@pytest.mark.parametrize(
    ("word", "source", "target", "expected"),
    [
        ("ceasefire", "en", "id", "senjata"),
        ("killed", "en", "id", "tewas"),
        ("spokeswoman", "en", "id", "juru bicara"),
        ("Germany", "en", "id", "Jerman"),
        ("tewas", "id", "en", "killed"),
        ("gempa", "id", "en", "earthquake"),
    ],
)
def test_words_of_the_news(
    lexicon: Lexicon, word: str, source: str, target: str, expected: str
) -> None:
    translated = {term for term, _ in lexicon.translate(word, source, target)}
    assert translated & {*terms(expected, target), "jurubicara"}


@pytest.mark.parametrize(
    ("words", "lang"),
    [("Who what when where the of was did", "en"), ("Siapa apa kapan yang di dari adalah", "id")],
)
def test_question_words_are_silent(lexicon: Lexicon, words: str, lang: str) -> None:
    other = "id" if lang == "en" else "en"
    assert not any(lexicon.carries_topic(word, lang) for word in words.split())
    assert lexicon.expand(words, lang, other) == []


def test_weights_never_sum_to_more_than_one(lexicon: Lexicon) -> None:
    text = "The president of Indonesia said the economy grew faster than state-owned banks expected"
    for word in text.split():
        assert sum(weight for _, weight in lexicon.translate(word, "en", "id")) <= 1


def test_the_lexicon_is_loaded_once() -> None:
    assert Lexicon.load() is Lexicon.load()


def test_synonyms_share_a_translation(lexicon: Lexicon) -> None:
    synonyms = dict(lexicon.synonyms("serdadu", "id"))
    assert token_terms("tentara", "id")[0] in synonyms
    assert token_terms("serdadu", "id")[0] not in synonyms
    assert lexicon.synonyms("Soldat", "de") == []
    assert lexicon.synonyms("siapa", "id") == []
