"""One question and what came of it."""

from __future__ import annotations

from enum import StrEnum

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from qa.render import confidence_words, mode_words, verdict_words
from qa.tui.lit import line
from qa.tui.quote_view import QuoteView
from qa.types import Answer, Verdict


class State(StrEnum):
    """What a card is waiting for."""

    WAITING = "waiting"
    """The library is not open yet, or an earlier question is being answered."""
    ASKING = "asking"
    ANSWERED = "answered"
    FAILED = "failed"
    CANCELLED = "cancelled"


_PENDING = {
    State.WAITING: "waiting for the library …",
    State.ASKING: "looking through the articles …",
    State.CANCELLED: "cancelled",
}

_ADVICE = "Other words may find more. Filter (see the keys below) lists the articles."


class AnswerCard(Vertical):
    """A question, and below it its quotes or the plain words that there are none."""

    def __init__(self, question: str, number: int = 0, answer: Answer | None = None) -> None:
        """``number`` identifies the question among all that the app has asked."""
        super().__init__()
        self.question = question
        self.number = number
        self.answer = answer
        self.reason = ""
        """Why no answer came."""
        self.provisional = False
        """Whether the answer, found by words alone, will be replaced by a fuller one."""
        self.upgraded = False
        """Whether that has happened."""
        self.kept = False
        """Whether the history has it."""
        self.state = State.ANSWERED if answer else State.WAITING

    def compose(self) -> ComposeResult:
        """Question, what it was taken as, verdict, quotes, and how it was found."""
        yield Static(Content(f"❯ {_paragraph(self.question)}"), classes="question")
        if self.answer is None:
            words = self.reason if self.state is State.FAILED else _PENDING[self.state]
            yield Static(Content(words), classes=f"pending -{self.state}")
            return
        answer = self.answer
        if answer.asked_as != answer.question:
            yield Static(Content(f"taken as: {line(answer.asked_as)}"), classes="taken")
        if answer.verdict is not Verdict.ANSWERED:
            words = verdict_words(answer.verdict)
            yield Static(Content(words), classes=f"verdict -{answer.verdict}")
        if answer.verdict is Verdict.NONE:
            yield Static(Content(_ADVICE), classes="note")
        if len(answer.claims) > 1:
            yield Static(_claims(answer), classes="claims")
        for number, quote in enumerate(answer.quotes, 1):
            yield QuoteView(quote, number)
        for note in answer.notes:
            yield Static(Content(line(note)), classes="note")
        yield Static(self._found(answer), classes="found")

    async def become(self, state: State, reason: str = "") -> None:
        """Show that the question is waiting, being asked, cancelled or failed."""
        self.state, self.reason = state, reason
        await self.recompose()

    async def show(self, answer: Answer) -> None:
        """Show an answer, in place of whatever was shown before."""
        self.upgraded = self.answer is not None
        self.answer, self.state = answer, State.ANSWERED
        await self.recompose()

    @property
    def quotes(self) -> list[QuoteView]:
        """The quotes on screen, best first."""
        return list(self.query(QuoteView))

    def _found(self, answer: Answer) -> Content:
        found = mode_words(answer.mode)
        if answer.verdict is Verdict.NONE:
            found = found.replace("found", "searched", 1)
        words = [found, f"{answer.seconds:.2f}\N{NO-BREAK SPACE}s"]
        if answer.verdict is Verdict.ANSWERED:
            words.insert(0, confidence_words(answer.confidence))
        if self.provisional:
            words.append("meaning is loading, a fuller answer will follow")
        elif self.upgraded:
            words.append("replaces a first answer by words only")
        return Content(" · ".join(words))


def _claims(answer: Answer) -> Content:
    groups = (
        f"“{line(claim.value)}” {''.join(f'[{place + 1}]' for place in claim.quotes)}"
        for claim in answer.claims
    )
    return Content("The quotes differ: " + " · ".join(groups))


def _paragraph(question: str) -> str:
    return "\n  ".join(line(part) for part in question.splitlines())
