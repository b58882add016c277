"""The words that lean on what was said before, in the languages that are read by name.

Every table of follow-ups stands here, English and Indonesian together, case-folded. In a language
without entries nothing is resolved: its follow-ups must be typed in full.
"""

from __future__ import annotations

from enum import StrEnum

import regex


class Points(StrEnum):
    """What a pronoun stands for."""

    PERSON = "person"
    GROUP = "group"
    PLACE = "place"
    TIME = "time"
    THING = "thing"
    """Whatever was asked about."""


PRONOUNS: dict[str, Points] = {
    **dict.fromkeys("he she him her his hers ia dia beliau".split(), Points.PERSON),
    **dict.fromkeys("menurutnya katanya ujarnya".split(), Points.PERSON),
    **dict.fromkeys("they them their theirs mereka".split(), Points.GROUP),
    **dict.fromkeys("there sana situ".split(), Points.PLACE),
    **dict.fromkeys("then".split(), Points.TIME),
    **dict.fromkeys("it its tersebut".split(), Points.THING),
}
POSSESSIVES = frozenset("his her their its".split())
"""English words that own what follows them; "her" does only when something follows."""
POINTERS = frozenset("this that these those ini itu".split())
"""They point back only in some places."""
NOW = frozenset("this these ini".split())
"""With a word of time they mean the present: "this year", "saat ini"."""
OF_TIME = frozenset("saat waktu ketika hari tanggal tahun bulan day time date year moment".split())
"""With "itu" or "that": a time that was named before."""
OF_PLACE = frozenset(
    "wilayah daerah kawasan tempat kota desa negara pulau provinsi region area place city town "
    "village country territory".split()
)
"""With "itu" or "that": a place that was named before."""
BEFORE_DATES = frozenset("on since before after until by".split())
"""After these a date needs no "on"."""
LEADS_TO_THAT = frozenset(
    "did does do was were is are in on at after before during since until by of for from with to "
    "about".split()
)
"""Before "that" they tell it from the "that" of "said that" and "the war that"."""
EXPLAINS = frozenset("supaya agar untuk jika kalau bila bagi dari".split())
"""After a word in -nya they tell whose it is: "syaratnya supaya ..."."""
PREPOSITIONS_OF_PLACE = frozenset("in at from to near di ke dari sekitar antara between".split())
CONJUNCTIONS = frozenset("and dan serta beserta".split())
ARTICLES = frozenset("a an the".split())
NO_TITLE_ALONE = frozenset("besar calon mantan former acting major chief chair head".split())
"""Words of titles that are common words as well: "konflik besar antara Baku dan Yerevan"."""
NOT_POSSESSED = frozenset(
    """
    hanya tanya bertanya punya mempunyai biasanya akhirnya awalnya sebenarnya sebaiknya seharusnya
    misalnya adanya umumnya sebelumnya sesudahnya setelahnya selanjutnya berikutnya rupanya
    sepertinya kiranya sekiranya seandainya khususnya terutamanya pertanyaannya artinya maksudnya
    lainnya sepenuhnya satu-satunya setidaknya pastinya tentunya karenanya banyaknya nyonya
    tepatnya keduanya
    """.split()
)
"""Words in -nya that refer to nothing said before."""
BARE = frozenset("date day year month time tanggal hari tahun bulan jam pukul".split())
"""Next to a question word they add nothing: "on which day?"."""

SWAPS = regex.compile(
    r"^(?:(?:and|so|but|dan|lalu|terus|then|oh)[,\s]+)?"
    r"(?:what about|how about|and for|bagaimana dengan|bagaimana kalau|gimana dengan|"
    r"kalau(?! begitu)|sedangkan|sementara)\b[\s,]*",
    regex.I,
)
"""Opens a question that puts something else in the place of what was asked about."""
JOINS = regex.compile(
    r"^(?:and|also|so|then|but|or|dan|lalu|terus|kemudian|tapi|tetapi|atau|juga)\b[\s,]+", regex.I
)
"""Opens a question that may go on from the one before."""
IDLE = regex.compile(
    r"\b(?:is|was|isn't|wasn't|what's) it (?:true|possible|likely|known|clear|the case|that|like|"
    r"called when|legal|safe|necessary|from|to)\b|"
    r"\bhow \w+ (?:is|was) it\b|"
    r"\b(?:does|did|will|would|is|was) it (?:take|cost|rain|snow)|"
    r"\bit (?:takes?|rains?|snows?|costs?)\b|time is it|"
    r"\bthere (?:is|are|was|were|been|be)\b|\b(?:is|are|was|were) there\b|"
    r"\bdo they\b.*\bin \p{Lu}|\bto this day\b",
    regex.I,
)
"""Where "it", "there", "they" and "this" stand for nothing in particular."""
NAMELESS = regex.compile(r"\b(?:who|whom|which|siapa(?:kah)?|(?<!di |ke |dari )mana)\b", regex.I)
"""A question that asks for somebody it cannot name: the names in it are not who is meant later."""
WHO_IS = regex.compile(r"\bwho(?:'s| is| was| are| were)\b|^siapa(?:kah)? itu\b", regex.I)
"""Asks about whom it names: it needs nothing else."""
