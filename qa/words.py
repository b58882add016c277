"""Words that carry no topic of their own, in the languages that Kutip reads by name.

Data, not rules: English and Indonesian together, case-folded. Other languages have no list yet;
their function words are left to the weight that their rarity gives them.
"""

from __future__ import annotations

from index.tokens import Token, tokens

QUESTION_WORDS = frozenset(
    """
    who whom whose who's what what's which when when's where where's why how
    siapa siapakah apa apakah kapan kapankah bilamana mana manakah dimana dimanakah kemana
    berapa berapakah mengapa mengapakah kenapa bagaimana bagaimanakah gimana
    """.split()
)
"""Words that ask."""

FUNCTION_WORDS = QUESTION_WORDS | frozenset(
    """
    a an the this that these those it its it's they them their he him his she her we us our i me my
    you your there here is are was were be been being am do does did done has have had having
    will would shall should can could may might must
    of in on at by for from to with about into over under between after before during since until
    as than then and or but not no nor so if because while also too only just any some all both
    each other another many much more most such own same very again further once s t
    please tell say says said exactly actually according else
    yang di ke dari pada dalam dengan untuk oleh tentang antara sebagai terhadap atas bagi hingga
    sampai sejak selama setelah sebelum ketika saat agar supaya karena maka
    dan atau tetapi tapi namun serta juga pun lagi lalu terus kemudian
    ini itu tersebut sana situ sini ia dia mereka beliau kami kita saya aku anda kamu
    adalah ialah merupakan ada akan telah sudah belum sedang masih bisa dapat harus boleh
    tidak tak bukan jangan para sang si nya kah lah saja hanya sangat lebih paling banyak seperti
    bahwa jika kalau apabila jadi suatu sebuah seorang secara tolong sebutkan jelaskan
    begitu demikian menurut kepada sejumlah sebanyak sementara sebagian seluruh berdasarkan
    """.split()
)
"""Words that do not say what a question is about; question words are among them."""


def fold(word: str) -> str:
    """``word`` as the lists of this module have it: case-folded, with a plain apostrophe."""
    return word.casefold().replace("’", "'")


def content_words(text: str) -> list[Token]:
    """The words of ``text`` that say what it is about.

    An abbreviation in capitals is a name, whatever it spells ("US", "WHO", "AS"), unless
    everything is in capitals.
    """
    shouted = text.isupper()
    return [
        word
        for word in tokens(text)
        if fold(word.text) not in FUNCTION_WORDS
        or (len(word.text) > 1 and word.text.isupper() and not shouted)
    ]
