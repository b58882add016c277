"""Greetings, thanks, farewells and questions about Kutip itself: each has a reply of its own.

Data for the languages that people greet in most; a pleasantry in another language is searched for
like a question, and finds nothing.
"""

from __future__ import annotations

import re
from enum import StrEnum

from index.tokens import tokens
from qa.words import fold


class Talk(StrEnum):
    """What is said that is no question about the articles; the value is the reply."""

    GREETING = (
        "hello; that is no question: ask about something in the articles, such as who, when, "
        "where, how many or why"
    )
    THANKS = "you are welcome; that is no question: ask on about something in the articles"
    FAREWELL = "goodbye; that is no question about the articles"
    ABOUT = (
        "this is Kutip: it answers questions with sentences quoted word for word from your "
        "articles, and says so when they do not answer; it writes nothing of its own. Ask about "
        "something in the articles"
    )


REPLIES = frozenset(talk.value for talk in Talk)
"""All replies, to tell them from other notes."""

_GREETING = """
hi|hello|hey|howdy|greetings|good (?:morning|afternoon|evening|day)|how are you(?: doing)?|
how do you do|what's up|nice to meet you|ok|okay|test|testing|
halo|hai|hei|assalamu ?'?alaikum|salam|selamat (?:pagi|siang|sore|malam|datang)|pagi|siang|sore|
malam|apa kabar|permisi|selamat tengah hari|
hallo|guten (?:tag|morgen|abend)|servus|moin|bonjour|bonsoir|salut|hola|buen[oa]s (?:días|dias|
tardes|noches)|olá|ola|bom dia|boa (?:tarde|noite)|ciao|buongiorno|buonasera|hoi|
goede(?:morgen|middag|navond)|merhaba|selam|iyi günler|günaydın|привет|здравствуйте|добрый день|
привіт|вітаю|cześć|dzień dobry|hej|god dag|xin chào|chào(?: bạn)?|kumusta(?: ka)?|magandang umaga|
مرحبا|السلام عليكم|أهلا|سلام|नमस्ते|नमस्कार|你好|您好|早上好|こんにちは|おはよう(?:ございます)?|
こんばんは|안녕(?:하세요)?|สวัสดี(?:ครับ|ค่ะ)?
"""
_THANKS = """
thanks|thank you|thx|cheers|much appreciated|well done|great|
terima kasih|terimakasih|makasih|trims|mantap|
danke(?: schön)?|vielen dank|merci(?: beaucoup)?|(?:muchas )?gracias|(?:muito )?obrigad[oa]|
(?:mille )?grazie|dank (?:je|u)(?: wel)?|bedankt|teşekkür(?:ler| ederim)|sağ ol|
спасибо(?: большое)?|дякую|dziękuję|tack|cảm ơn(?: bạn)?|salamat(?: po)?|
شكرا(?: لك)?|متشکرم|धन्यवाद|谢谢|謝謝|ありがとう(?:ございます)?|감사합니다|고맙습니다|
ขอบคุณ(?:ครับ|ค่ะ)?
"""
_FAREWELL = """
bye|goodbye|good night|see you(?: later)?|farewell|
dadah|sampai jumpa(?: lagi)?|selamat (?:tinggal|jalan|tidur)|
tschüss|auf wiedersehen|au revoir|adiós|adios|hasta luego|tchau|adeus|arrivederci|tot ziens|
hoşça kal|пока|до свидания|до побачення|do widzenia|hej då|tạm biệt|paalam|
مع السلامة|再见|さようなら|안녕히 가세요|ลาก่อน
"""
_ABOUT = """
who are you|what are you|what(?: all)? can you do|what do you do|what can i (?:ask|do)(?: here)?|
what is (?:this|kutip)|what's (?:this|kutip)|how do (?:you|i) (?:work|use (?:you|this|kutip))|
how does (?:this|it|kutip) work|are you (?:an? )?(?:human|robot|bot|ai|chatbot|person)|
(?:can you )?help(?: me)?|what is your name|what's your name|who made you|
siapa (?:kamu|anda|kau|nama(?:mu| kamu| anda)|yang membuat(?:mu| kamu| anda))|
(?:kamu|anda) (?:ini )?siapa|apa itu kutip|apa ini|ini apa|ini aplikasi apa|
apa (?:saja )?yang (?:bisa|dapat) (?:kamu|anda|kau) lakukan|
(?:kamu|anda) (?:bisa|dapat) (?:apa|melakukan apa)(?: saja)?|
bagaimana cara (?:kerja|menggunakan|memakai)(?:mu|nya| kamu| anda| kutip| ini)?|
apa (?:kamu|anda) (?:manusia|robot|bot)|bantuan|tolong|tolong bantu(?: saya)?|
wer bist du|was kannst du|qui (?:es[- ]tu|êtes[- ]vous)|que peux[- ]tu faire|quién eres|
qué puedes hacer|quem é você|o que você pode fazer|chi sei|cosa puoi fare|wie ben jij|sen kimsin|
кто ты|что ты умеешь|хто ти|kim jesteś|bạn là ai|sino ka|من أنت|تو کیستی|आप कौन हैं|
你是谁|你能做什么|あなたは誰(?:ですか)?|누구세요|คุณเป็นใคร
"""
_FILLER = """
there|you|so|very|much|a lot|lots|all|everyone|again|for that|for your help|your answer|
ya|sekali|banyak|semua(?:nya)?|lagi|kak|pak|bu|atas (?:bantuan|jawaban)(?:nya)?|kutip|and|dan
"""


def _one_of(phrases: str) -> str:
    return f"(?:{phrases.replace(chr(10), '')})"


_TALKS = {
    talk: re.compile(rf"{_one_of(phrases)}(?:\s{_one_of(_FILLER)})*(?:\s|$)")
    for talk, phrases in (
        (Talk.ABOUT, _ABOUT),
        (Talk.THANKS, _THANKS),
        (Talk.FAREWELL, _FAREWELL),
        (Talk.GREETING, _GREETING),
    )
}


def small_talk(text: str) -> Talk | None:
    """What kind of pleasantry ``text`` is; ``None`` when it asks anything else.

    Of several, such as "hello, who are you?", the one that most needs an answer counts.
    """
    words = " ".join(fold(word.text) for word in tokens(text))
    found: set[Talk] = set()
    at = 0
    while at < len(words):
        matches = ((talk, pattern.match(words, at)) for talk, pattern in _TALKS.items())
        talk, match = next((pair for pair in matches if pair[1]), (None, None))
        if talk is None or match is None:
            return None
        found.add(talk)
        at = match.end()
    return next((talk for talk in _TALKS if talk in found), None)
