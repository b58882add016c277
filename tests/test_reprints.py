from __future__ import annotations

from itertools import permutations

from index.types import Article, Hit, Passage, Span
from qa.reprints import reprinted, sources
from qa.types import Quote

STORY = (
    "Pertempuran pecah di perbatasan pada hari Senin dan menewaskan dua belas orang. "
    "Kedua pihak saling menuduh melanggar gencatan senjata yang disepakati bulan lalu. "
    "Pemerintah meminta warga desa di sekitar perbatasan untuk segera mengungsi."
)
OTHER = (
    "Harga beras naik di pasar Tanah Abang karena panen terlambat di beberapa daerah. "
    "Pedagang berharap pemerintah segera menambah pasokan sebelum bulan puasa tiba."
)


def article(name: str, text: str) -> Article:
    return Article(name, text, "id", "0" * 64)


def quote(name: str, text: str, quoted: str) -> Quote:
    start = text.index(quoted)
    whole = Passage(0, article(name, text), Span(0, len(text)), 1)
    span = Span(start, start + len(quoted))
    return Quote(whole.article, span, (), Hit(whole, 1, 1.0, 1, 1), 1.0)


FIRST = STORY.split(". ", maxsplit=1)[0]


def test_an_article_with_another_head_and_tail_is_the_same_report() -> None:
    reprint = article("b", f"JAKARTA, Kompas: {STORY} Baca juga berita lain di situs kami.")
    assert reprinted(article("a", STORY), reprint)
    assert reprinted(reprint, article("a", STORY))
    assert reprinted(article("a", STORY), article("c", STORY.split(" Pemerintah", maxsplit=1)[0]))


def test_other_reports_are_other_reports() -> None:
    assert not reprinted(article("a", STORY), article("b", OTHER))
    assert not reprinted(article("a", ""), article("b", ""))
    later = "Pertempuran pecah di perbatasan. " + OTHER
    assert not reprinted(article("a", STORY), article("b", later))


def test_quotes_of_reprints_are_one_source() -> None:
    quotes = [
        quote("a", STORY, FIRST),
        quote("b", OTHER, "Harga beras naik"),
        quote("c", f"Antara. {STORY}", FIRST),
        quote("b", OTHER, "Pedagang berharap"),
    ]
    assert sources(quotes, (0, 1, 2, 3)) == ((0, 2), (1, 3))
    assert sources(quotes, (3, 2, 0)) == ((3,), (2, 0))


def test_a_copied_sentence_is_one_source_but_a_short_one_is_chance() -> None:
    long = "Sebanyak dua belas orang tewas dalam pertempuran di perbatasan itu."
    quotes = [quote("a", f"{STORY} {long}", long), quote("b", f"{OTHER} {long}", long)]
    assert sources(quotes, (0, 1)) == ((0, 1),)
    short = "Dua belas orang tewas."
    quotes = [quote("a", f"{STORY} {short}", short), quote("b", f"{OTHER} {short}", short)]
    assert sources(quotes, (0, 1)) == ((0,), (1,))


def test_which_are_one_source_does_not_depend_on_the_order() -> None:
    bridge = f"{STORY} {OTHER}"  # reprints both
    quotes = [
        quote("a", STORY, FIRST),
        quote("b", OTHER, "Harga beras naik"),
        quote("c", bridge, "Pemerintah meminta"),
    ]
    found = {frozenset(map(frozenset, sources(quotes, order))) for order in permutations((0, 1, 2))}
    assert found == {frozenset({frozenset({0, 1, 2})})}
