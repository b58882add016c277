from __future__ import annotations

import pytest

from qa.smalltalk import Talk, small_talk

SAID = {
    Talk.GREETING: [
        "hello", "Hi there!", "Good morning, everyone", "how are you?", "ok", "test",
        "halo", "Selamat pagi, kak", "Apa kabar?", "malam", "assalamualaikum",
        "hola, buenos días", "Guten Morgen", "bonjour", "bom dia", "привет", "你好", "مرحبا",
        "こんにちは", "안녕하세요", "สวัสดีครับ", "xin chào", "नमस्ते",
    ],
    Talk.THANKS: [
        "thanks a lot", "Thank you so much!", "terima kasih banyak ya", "makasih atas bantuannya",
        "danke schön", "merci beaucoup", "gracias", "спасибо", "شكرا", "ありがとう", "谢谢",
        "hi, thanks!",
    ],
    Talk.FAREWELL: ["bye", "Good night!", "sampai jumpa lagi", "au revoir", "До свидания", "再见"],
    Talk.ABOUT: [
        "who are you?", "What can you do?", "What is Kutip?", "help", "how does this work?",
        "siapa kamu?", "Anda siapa?", "Apa yang bisa kamu lakukan?", "kamu bisa apa saja?",
        "Bagaimana cara menggunakan ini?", "Hello, who are you?", "wer bist du?", "你是谁？",
        "кто ты?",
    ],
}  # fmt: skip
QUESTIONS = [
    "",
    "???",
    "who?",
    "Who are you going to believe?",
    "Siapa yang menengahi gencatan senjata?",
    "Halo, siapa presiden Rusia?",
    "Thanks! Where did it happen?",
    "Kapan siang terpanjang?",
    "When is good morning said?",
    "What can you do about floods?",
    "Berapa bantuan yang dikirim?",
    "test results in Goris",
    "Who said thank you?",
    "dia",
    "good question",
]


@pytest.mark.parametrize(("talk", "text"), [(talk, text) for talk in SAID for text in SAID[talk]])
def test_pleasantries_are_told_apart_in_many_languages(talk: Talk, text: str) -> None:
    assert small_talk(text) is talk


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_no_small_talk(text: str) -> None:
    assert small_talk(text) is None
