"""How answers are worded, and that no article can command a terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from index.types import Article, Hit, Passage, Span
from qa.render import (
    answer_markdown,
    answer_text,
    citation,
    confidence_words,
    date_words,
    fill,
    hits_text,
    json_text,
    markdown_text,
    safe,
    why_words,
    wrap,
)
from qa.smalltalk import Talk
from qa.types import Answer, Claim, Quote, Verdict, hit_dict

TEXT = "Perang usai. Gencatan senjata itu ditengahi oleh Rusia pada Selasa malam. Tamat."
QUOTED = "Gencatan senjata itu ditengahi oleh Rusia pada Selasa malam."


def quote(text: str = TEXT, quoted: str = QUOTED, lit: tuple[str, ...] = ("Rusia",)) -> Quote:
    article = Article(
        id="002.txt",
        text=text,
        lang="id",
        sha256="0" * 64,
        title="Armenia dan Azerbaijan",
        source="Antara",
        published="2022-09-13",
    )
    start = text.index(quoted)
    span = Span(start, start + len(quoted))
    highlights = tuple(Span(text.index(word), text.index(word) + len(word)) for word in lit)
    hit = Hit(Passage(0, article, Span(0, len(text)), 3), 1, 0.7, 2, 1)
    return Quote(article, span, highlights, hit, 0.9)


def answer(*quotes: Quote, verdict: Verdict = Verdict.ANSWERED, **changes: Any) -> Answer:
    plain = Answer(
        question="who mediated it?",
        asked_as="who mediated it?",
        verdict=verdict,
        confidence=0.93,
        mode="hybrid",
        quotes=quotes,
        claims=(),
        hits=(),
        seconds=0.0412,
    )
    return replace(plain, **changes)


GOLDEN_PLAIN = """\
taken as: who mediated the ceasefire?

    “Gencatan senjata itu ditengahi oleh
    Rusia pada Selasa malam.”
[1] Armenia dan Azerbaijan · Antara
    · 13 September 2022 · paragraph 3 ·
    002.txt

confidence: very likely · found by words
and meaning · 0.04 s
"""

GOLDEN_ANSI = """\
    “Gencatan senjata itu \x1b[1;4mditengahi oleh\x1b[22;24m
    \x1b[1;4mRusia\x1b[22;24m pada Selasa malam.”
\x1b[2m[1] Armenia dan Azerbaijan · Antara\x1b[22m
\x1b[2m    · 13 September 2022 · paragraph 3 ·\x1b[22m
\x1b[2m    002.txt\x1b[22m

\x1b[2mconfidence: very likely · found by words\x1b[22m
\x1b[2mand meaning · 0.04 s\x1b[22m
"""

GOLDEN_MARKDOWN = """\
## who mediated it?

*Taken as: who mediated the ceasefire?*

> Gencatan senjata itu ditengahi oleh **Rusia** pada Selasa malam.

\\[1\\] Armenia dan Azerbaijan · Antara · 13 September 2022 · paragraph 3 · 002.txt

*confidence: very likely · found by words and meaning*
"""


def test_plain_golden() -> None:
    asked = answer(quote(), asked_as="who mediated the ceasefire?")
    assert answer_text(asked, width=40) == GOLDEN_PLAIN


def test_ansi_golden_lights_a_span_across_a_line_break() -> None:
    assert answer_text(answer(quote(lit=("ditengahi oleh Rusia",))), 40, "ansi") == GOLDEN_ANSI


def test_markdown_golden() -> None:
    asked = answer(quote(), asked_as="who mediated the ceasefire?")
    assert answer_markdown(asked) == GOLDEN_MARKDOWN


@pytest.mark.parametrize("style", ["plain", "ansi"])
def test_a_saved_answer_reads_like_a_live_one(style: Any) -> None:
    live = answer(quote(), claims=(Claim("Rusia", (0,)), Claim("Turki", (0,))))
    saved = json.loads(json.dumps(live.to_dict()))
    assert answer_text(saved, 60, style) == answer_text(live, 60, style)
    assert answer_markdown(saved) == answer_markdown(live)
    assert citation(saved["quotes"][0], 2) == citation(live.quotes[0], 2)


def test_verdicts_in_words() -> None:
    none = answer_text(answer(verdict=Verdict.NONE))
    assert none.startswith("The articles do not say.\n")
    assert "confidence" not in none
    related = answer_text(answer(quote(), verdict=Verdict.RELATED))
    assert related.startswith("The articles mention this but do not answer it.")
    assert QUOTED in related


@pytest.mark.parametrize("style", ["plain", "ansi"])
def test_small_talk_gets_its_reply_and_nothing_about_a_search(style: Any) -> None:
    said = answer(verdict=Verdict.NONE, question="hi", asked_as="hi", notes=(Talk.THANKS.value,))
    reply = "You are welcome; that is no question: ask on about something in the articles."
    assert answer_text(said, 100, style) == f"{reply}\n"
    assert answer_markdown(said) == f"## hi\n\n*{reply}*\n"


def test_a_search_in_vain_found_nothing() -> None:
    none = answer(verdict=Verdict.NONE)
    assert "searched by words and meaning · 0.04 s" in answer_text(none)
    assert "*searched by words and meaning*" in answer_markdown(none)


def from_article(name: str, published: str | None, **changes: Any) -> Quote:
    """The quote out of another article."""
    plain = quote()
    article = replace(plain.article, id=name, title=None, source=None, published=published)
    return replace(plain, article=article, **changes)


SPEAKER = Span(TEXT.index("Rusia"), TEXT.index("Rusia") + len("Rusia"))
DIFFERING = answer(
    quote(),
    from_article("b.txt", None, speaker=SPEAKER),
    from_article("c.txt", "2020-10-09"),
    claims=(
        Claim("772 [/b]", (0, 2), sources=((0,), (2,))),
        Claim("700", (1,), said_by=("Rusia",), sources=((1,),)),
    ),
)
GOLDEN_DIFFERING = """\
Sources differ:
  “772 [/b]” · 2 sources agree
    [1] Armenia dan Azerbaijan · Antara · 13 September 2022
    [3] c.txt · 9 October 2020
  “700”
    [2] according to Rusia · b.txt · date unknown

"""


def test_values_that_differ_are_told_with_who_says_so_and_when() -> None:
    assert answer_text(DIFFERING, 80).startswith(GOLDEN_DIFFERING)
    saved = json.loads(json.dumps(DIFFERING.to_dict()))
    assert answer_text(saved, 80) == answer_text(DIFFERING, 80)
    assert DIFFERING.differ
    text = answer_markdown(DIFFERING)
    assert "**Sources differ:**\n\n- “772 \\[/b\\]” · 2 sources agree\n  - \\[1\\] Armenia" in text


def test_sources_that_agree_are_told_and_reprints_count_once() -> None:
    three = DIFFERING.quotes
    agreed = answer(*three, claims=(Claim("772", (0, 1, 2), sources=((0, 1), (2,))),))
    told = answer_text(agreed, 80)
    assert told.startswith("2 sources agree:\n  “772”\n    [1] ")
    assert "[1] and [2] carry the same text and count as one source" in told
    once = answer(*three[:2], claims=(Claim("772", (0, 1), sources=((0, 1),)),))
    assert answer_text(once, 80).startswith("One source, printed more than once:\n")


def test_one_article_may_differ_with_itself() -> None:
    said = answer(quote(), quote(), claims=(Claim("772", (0,)), Claim("700", (1,))))
    assert answer_text(said).startswith("One article gives different answers:\n")


def test_a_single_claim_needs_no_words() -> None:
    alone = answer(quote(), claims=(Claim("772", (0,), sources=((0,),)),))
    assert answer_text(alone) == answer_text(answer(quote()))
    assert not alone.differ


def test_notes_are_told() -> None:
    said = answer(quote(), notes=("One arm is missing.",), mode="lexical")
    assert "Note: One arm is missing." in answer_text(said)
    assert "found by words only" in answer_text(said)


def test_a_speaker_is_named_in_the_citation() -> None:
    said = from_article("b.txt", None, speaker=SPEAKER)
    assert citation(said, 1) == "[1] according to Rusia · b.txt · paragraph 3"
    assert "[1] according to Rusia · b.txt" in answer_text(answer(said))


def test_a_citation_says_only_what_is_known() -> None:
    bare = quote()
    article = replace(bare.article, title=None, source=None, published=None)
    assert citation(replace(bare, article=article), 1) == "[1] 002.txt · paragraph 3"


def test_hits_say_why_they_came_up() -> None:
    text = hits_text([hit_dict(quote().hit)], 200)
    assert text.startswith("[1] Armenia dan Azerbaijan · Antara · 13 September 2022 · paragraph 3")
    assert TEXT in text
    assert "same words (no. 2), same meaning (no. 1)" in text
    assert hits_text([]) == ""
    assert why_words(None, 4) == "same meaning (no. 4)"


def test_confidence_words_fall_with_the_probability() -> None:
    words = list(dict.fromkeys(confidence_words(n / 100) for n in range(100, -1, -1)))
    assert words == ["almost certain", "very likely", "likely", "uncertain", "doubtful"]


@pytest.mark.parametrize(
    ("day", "words"),
    [("2022-09-20", "20 September 2022"), ("2022", "2022"), ("soon", "soon")],
)
def test_dates(day: str, words: str) -> None:
    assert date_words(day) == words


HOSTILE = "a\x1b[31mb\x1b]0;title\x07c\rd\x9b2Je\u202ef\u2066g\x00h\x7fi\u2028j\ud800k[/b]"


def test_safe_leaves_nothing_that_commands_a_terminal() -> None:
    shown = safe(HOSTILE)
    assert shown == "a␛[31mb␛]0;title␇c d�2Je�f�g␀h␡i j�k[/b]"
    assert safe("one\ntwo\tthree", lines=True) == "one\ntwo three"


@given(st.text())
def test_safe_keeps_every_position(text: str) -> None:
    assert len(safe(text)) == len(text)
    assert all(character.isprintable() or ord(character) >= 0xA0 for character in safe(text))


@given(st.text(st.characters(exclude_categories=[])))
def test_printed_json_is_inert_and_reads_back(text: str) -> None:
    printed = json_text({"text": text})
    assert json.loads(printed) == {"text": text}
    assert safe(printed) == printed
    printed.encode()


@pytest.mark.parametrize("style", ["plain", "ansi"])
def test_a_hostile_article_moves_nothing(style: Any) -> None:
    bad = quote(text=HOSTILE, quoted=HOSTILE, lit=("b\x1b]0",))
    article = replace(bad.article, id="i\x1b[2J", title="t\u202e", source="s\x07", published="\x1b")
    bad = replace(bad, article=article)
    said = answer(bad, question="q\x1b", asked_as="\x1b[1mas", notes=("n\x1b",))
    text = answer_text(said, 60, style)
    for on_or_off in ("\x1b[1;4m", "\x1b[22;24m", "\x1b[2m", "\x1b[22m"):
        text = text.replace(on_or_off, "")
    assert safe(text, lines=True) == text
    assert "\x1b" not in answer_markdown(said)


def test_markdown_shows_markup_as_it_is() -> None:
    assert markdown_text("*a* <b> [c](d) `e` #f") == "\\*a\\* \\<b\\> \\[c\\](d) \\`e\\` \\#f"
    assert markdown_text("1. one") == "1\\. one"
    assert markdown_text("- one\n# two") == "\\- one \\# two"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("  one  two ", 20, ["one  two"]),
        ("", 5, [""]),
        ("one\n\ntwo", 9, ["one", "", "two"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("一二三四五", 4, ["一二", "三四", "五"]),
        ("一二三。四", 6, ["一二", "三。四"]),
        ("Kim 金正恩 said", 8, ["Kim 金正", "恩 said"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in wrap(text, width)] == lines


@given(
    st.text(st.sampled_from("ab 一。e\u0301\n👩\u200d👩\U0001f1ee"), max_size=60),
    st.integers(4, 12),
)
def test_wrap_fits_and_loses_nothing(text: str, width: int) -> None:
    spans = wrap(text, width)
    kept = "".join(text[start:end] for start, end in spans)
    assert kept.replace(" ", "") == text.replace("\n", "").replace(" ", "")
    for start, end in spans:
        assert cell_len(text[start:end]) <= width


def test_fill_indents() -> None:
    assert fill("one two three", 9, first="- ") == "- one two\n  three"
    assert fill("one two three", 9, first="- ", rest="") == "- one two\nthree"
