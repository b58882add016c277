"""What a card consists of: paragraphs of text, each with its look and, maybe, its quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from index.types import Span
from qa.render import Cited, claims_words, found_words, safe, sure_words, verdict_words
from qa.tui.lit import line
from qa.types import Answer, Quote, Verdict

_ADVICE = "Other words may find more. Library, among the keys below, lists the articles."
_LONGEST = 400
"""Code points of a question that are shown: the answer below it should be seen as well."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a card."""

    text: str
    """Inert; wrapped by the card."""
    look: str
    """Which of the card's component classes it wears."""
    lit: tuple[Span, ...] = ()
    """Stretches of ``text`` to light."""
    answer: Span | None = None
    """The stretch of ``text`` that answers, lit brightest."""
    strong: int = 0
    """How many of its first characters are in bold."""
    quote: int | None = None
    """Which quote of the answer it belongs to, from 0."""
    leads_to: int | None = None
    """Which quote of the answer it only speaks of, from 0: a click on it chooses that one."""
    apart: bool = True
    """Whether a blank line stands before it."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the chat adds to an answer; empty texts add nothing."""

    taken: str = ""
    """How the question was understood."""
    found: str = ""
    """More about how the answer was found."""


def question_block(question: str) -> Block:
    """What was asked, as it was typed; of a very long question only its beginning."""
    shown = "\n".join(line(part) for part in question[:_LONGEST].splitlines())
    if len(question) > _LONGEST:
        shown += f" … ({len(question):,} characters)"
    return Block(shown, "question", apart=False)


def answer_blocks(answer: Answer, remarks: Remarks) -> Iterator[Block]:
    """What came of a question."""
    if remarks.taken:
        yield Block(remarks.taken, "aside")
    if sure := sure_words(answer.verdict, answer.confidence):
        yield Block(sure, "verdict", apart=False)  # up here: long quotes push the end out of sight
    words = verdict_words(answer.verdict, answer.notes)
    if words:
        yield Block(words, "verdict")
    if words and answer.verdict is Verdict.NONE:
        yield Block(_ADVICE, "aside", apart=False)
    yield from _asserted(answer)
    for place, quote in enumerate(answer.quotes):
        cited = Cited.of(quote)
        # No quotation marks are added: news is full of its own, and a reader could not tell which
        # are the article's. The bar beside it says that it is a quote.
        yield Block(safe(cited.text), "quote", cited.lit, _answering(quote), quote=place)
        number = f"[{place + 1}]"
        where = f"{number} {_place(cited)}"
        yield Block(where, "aside", strong=len(number), quote=place, apart=False)
    for note in answer.notes:
        yield Block(_sentence(note), "aside", apart=note is answer.notes[0])
    if found := found_words(answer.verdict, answer.mode, answer.notes):
        parts = (found, f"{answer.seconds:.2f}\N{NO-BREAK SPACE}s", remarks.found)
        yield Block(" · ".join(part for part in parts if part), "aside", apart=not answer.notes)


def _asserted(answer: Answer) -> Iterator[Block]:
    """Where the quotes agree or differ."""
    told = claims_words(answer.to_dict()) if answer.claims else None
    if told is None:
        return
    yield Block(told.heading, "verdict")
    for claim, (value, by) in zip(answer.claims, told.values, strict=True):
        first = claim.quotes[0]
        value = line(value)  # noqa: PLW2901 - made fit for the screen
        yield Block(value, "verdict", strong=len(value), leads_to=first, apart=False)
        for place, words in zip_longest(claim.quotes, by, fillvalue=first):
            yield _asserting(line(str(words)), int(place))


def _asserting(words: str, place: int) -> Block:
    """Who asserts a value: a line that begins with the numbers of the quotes."""
    number = len(words.partition("]")[0]) + 1
    return Block(words, "aside", strong=number, leads_to=place, apart=False)


def _sentence(note: str) -> str:
    """A note, which is worded to follow a colon, as a sentence of its own."""
    words = line(note).removesuffix(".")
    return f"{words[:1].upper()}{words[1:]}."


def _answering(quote: Quote) -> Span | None:
    """The words that answer, as a stretch of the quote's own text."""
    if quote.answer is None:
        return None
    return Span(quote.answer.start - quote.span.start, quote.answer.end - quote.span.start)


def _place(cited: Cited) -> str:
    """Where a quote stands, shorter than a full citation: the article's id only for a name."""
    parts = (
        cited.said_by_words(),
        cited.title or cited.article,
        cited.source or "",
        cited.date_words(),
        f"paragraph {cited.passage}",
    )
    return line(" · ".join(part for part in parts if part))
