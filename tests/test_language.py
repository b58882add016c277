"""Languages of short questions and of texts; the model is loaded only when it is needed."""

import subprocess
import sys

import pytest

import index.language
from index.language import detect, detect_question
from index.types import UNKNOWN_LANG

QUESTIONS = {
    "id": [
        "Siapa presiden Azerbaijan?",
        "Berapa tentara tewas?",
        "Kapan perang pecah?",
        "Kapan novel Sky to the Sky dirilis?",
        "Di mana Adobe Illustrator dirilis?",
        "Berapa luas Kerajaan Prusia?",
        "Mengapa Rusia turun tangan?",
        "apa ibu kota armenia",
        "Jamur apa yang boleh dikonsumsi babi?",
    ],
    "en": [
        "Who is Tu Di Gong?",
        "How many soldiers died?",
        "When did the war start?",
        "What does 'apa yang' mean?",
        "who mediated the ceasefire",
        "In what year did Majapahit fall?",
    ],
    "de": ["Wer ist der Präsident von Armenien?", "Wie viele Soldaten starben?"],
    "fr": ["Qui est le président de l'Arménie ?", "Combien de soldats sont morts ?"],
    "es": ["¿Quién es el presidente de Armenia?", "¿Cuántos soldados murieron?"],
    "nl": ["Wie is de president van Armenië?", "Hoeveel soldaten zijn er gestorven?"],
    "tr": ["Ermenistan'ın başkenti neresi ve kim yönetiyor?"],
    "vi": ["Ai là tổng thống của Armenia?"],
    "ru": ["Кто такой президент Армении?", "Сколько солдат погибло в этой войне?"],
    "uk": ["Хто є президентом Вірменії?"],
    "ar": ["من هو رئيس أرمينيا؟"],
    "fa": ["رئیس جمهور ارمنستان کیست؟"],
    "hi": ["आर्मेनिया के राष्ट्रपति कौन हैं?"],
    "zh": ["亚美尼亚总统是谁？"],
    "ja": ["アルメニアの大統領は誰ですか？"],
    "ko": ["아르메니아의 대통령은 누구입니까?"],
    "th": ["ใครคือประธานาธิบดีของอาร์เมเนีย"],
    "hy": ["Ո՞վ է Հայաստանի նախագահը"],
    "ka": ["ვინ არის სომხეთის პრეზიდენტი?"],
}


@pytest.mark.parametrize(
    ("lang", "question"), [(lang, text) for lang, texts in QUESTIONS.items() for text in texts]
)
def test_questions(lang: str, question: str) -> None:
    assert detect_question(question) == lang


def test_malay_is_told_by_its_own_words() -> None:
    malay = "Polis berkata pesakit itu meninggal dunia selepas dibawa ke hospital."
    assert detect(malay) == "ms"
    assert detect_question("Bilakah pesakit itu dibawa ke hospital?") == "ms"
    assert detect_question("Bilakah pesakit itu dibawa ke hospital?", prefer=["id"]) == "id"
    assert detect_question("Bilakah pesakit itu dibawa ke hospital?", prefer=["id", "ms"]) == "ms"


def test_a_preferred_language_is_taken_where_evidence_leaves_it_open() -> None:
    name = "Nikol Pashinyan Yerevan"
    assert detect_question(name, prefer=["id"]) in ("id", UNKNOWN_LANG)
    assert detect_question("Who is the president?", prefer=["id"]) == "en"


@pytest.mark.parametrize("text", ["", "   ", "?", "12345", "17.30 (13:30)", "…", "x"])
def test_nothing_to_go_by_is_unknown(text: str) -> None:
    assert detect(text) == UNKNOWN_LANG
    assert detect_question(text) == UNKNOWN_LANG


def test_a_word_of_another_script_does_not_change_the_language() -> None:
    assert detect_question("Apa arti kata 東京 dalam bahasa Indonesia?") == "id"
    assert detect_question("What does Карабах mean?") == "en"


def test_questions_in_indonesian_and_english_need_no_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(index.language, "_identifier", refuse)
    for lang in ("id", "en", "ja", "th"):
        for question in QUESTIONS[lang]:
            assert detect_question(question) == lang


def test_importing_the_module_does_not_import_py3langid() -> None:
    code = "import sys, index.language; sys.exit('py3langid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_huge_text_is_sampled() -> None:
    assert detect("Pemerintah mengumumkan kebijakan baru yang akan berlaku. " * 100_000) == "id"
