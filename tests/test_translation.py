"""The translator: known phrases, the likeliest together; what it does not know stays."""

from __future__ import annotations

import math
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.short_forms import full_form, short_forms
from index.tokens import tokens
from index.translation import Part, Phrases, Translator, plain
from training.phrases import save

LIKELY, UNLIKELY = -math.log(0.9), -math.log(0.05)


@pytest.fixture
def phrases() -> Phrases:
    return Phrases(
        {
            "prime": ("prima", LIKELY),
            "minister": ("pendeta", LIKELY),
            "prime minister": ("perdana menteri", LIKELY),
            "minister of": ("pelayan", UNLIKELY),
            "who": ("siapa", LIKELY),
            "the": ("", LIKELY),
            "of": ("dari", LIKELY),
        }.get
    )


def said(phrases: Phrases, text: str) -> list[str]:
    return [part.said for part in phrases.translate(text)]


def test_a_long_phrase_goes_before_its_words(phrases: Phrases) -> None:
    assert said(phrases, "who, PRIME minister") == ["siapa", "perdana menteri"]
    assert said(phrases, "minister prime") == ["pendeta", "prima"]


def test_an_unlikely_phrase_does_not(phrases: Phrases) -> None:
    assert said(phrases, "minister of") == ["pendeta", "dari"]


def test_unknown_words_stay_and_the_genitive_goes(phrases: Phrases) -> None:
    assert phrases.translate("Aliyev's 6.600") == (
        Part(("Aliyev's",), "aliyev"),
        Part(("6.600",), "6.600"),
    )


def test_what_is_read_is_what_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "phrases.npz"
    save(
        {
            ("en", "id"): {"who": ("siapa", 0.5), "the": ("", 0.9)},
            ("id", "en"): {"siapa": ("who", 1.0)},
        },
        path,
    )
    translate = Translator(path)
    found = translate("Who is the spy? ", "en", "ms")
    assert found is not None
    assert found.text == "siapa is spy?"
    assert [part.words for part in found.parts] == [("Who",), ("is",), ("the",), ("spy",)]
    back = translate("Siapa", "id", "en")
    assert back is not None
    assert back.text == "who"


def test_languages_that_it_does_not_know() -> None:
    translate = Translator.load()
    for pair in (("en", "fr"), ("fr", "id"), ("en", "en"), ("id", "ms")):
        assert translate("who?", *pair) is None


def test_the_bundled_phrases() -> None:
    found = Translator.load()("Who mediated the ceasefire?", "en", "id")
    assert found is not None
    assert {"siapa", "menengahi", "gencatan", "senjata"} <= set(found.text[:-1].split())


def test_a_question_without_end_takes_no_time_without_end() -> None:
    began = time.process_time()
    found = Translator.load()("siapa itu " * 50_000, "id", "en")
    assert found is not None
    assert len(found.parts) >= 50_000
    assert time.process_time() - began < 10


@given(st.text(max_size=60))
def test_every_word_has_its_part(text: str) -> None:
    for source, target in (("en", "id"), ("id", "en")):
        found = Translator.load()(text, source, target)
        assert found is not None
        words = [word for part in found.parts for word in part.words]
        assert words == [token.text for token in tokens(text)]
        assert found.text.endswith("?") == text.rstrip().endswith("?") or not words


@given(st.text(max_size=12))
def test_a_plain_word_stays_plain(word: str) -> None:
    assert plain(plain(word)) == plain(word) or plain(word).endswith(("'s", "’s"))


@pytest.mark.parametrize(
    ("question", "text", "parts"),
    [
        ("Siapa Menlu AS?", "Siapa menteri luar negeri Amerika Serikat?", ["Menlu", "AS"]),
        ("apa as roda itu?", None, []),
        (
            "di mana KTT, kata menteri luar negeri?",
            "di mana konferensi tingkat tinggi, kata menteri luar negeri?",
            ["KTT", "menteri luar negeri"],
        ),
        ("apa isi undang-undang itu?", "", ["undang-undang"]),
        ("siapa yang tewas?", None, []),
    ],
)
def test_short_forms_are_written_out(question: str, text: str | None, parts: list[str]) -> None:
    found = Translator.load()(question, "id", "id")
    assert (found and found.text) == text
    assert [" ".join(part.words) for part in found.parts] == parts if found else not parts


def test_a_full_form_has_all_its_short_ones() -> None:
    assert short_forms("Kementerian Luar Negeri") == "kemlu kemenlu"
    assert full_form("kemlu") == full_form("KEMENLU") == "kementerian luar negeri"
