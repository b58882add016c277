"""One conversation in plain lines: questions, and commands that begin with a slash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import InputError, KutipError
from index.types import Filters
from qa.cli import output

if TYPE_CHECKING:
    from index.types import Article
    from qa.assistant import Assistant
    from qa.history import History
    from qa.tui.shelf import Add
    from qa.types import Answer, Quote, Turn

_TITLE_LENGTH = 60
"""Code points of the first question that name a conversation."""


class Talk:
    """What was said, which articles are asked, and what the commands do about it."""

    def __init__(self, assistant: Assistant, history: History | None, add: Add) -> None:
        """``add`` takes files into the library; without ``history`` nothing is kept."""
        self._assistant = assistant
        self._history = history
        self._add = add
        self._number: int | None = None
        """Id of the conversation in the history, once it has one."""
        self._turns: list[Turn] = []
        self._listed: Sequence[Article] = ()
        """What /articles listed last, for its numbers."""
        self._filters: Filters | None = None
        self.over = False
        """Whether the person wants to end."""

    def ask(self, question: str) -> None:
        """Answer a question, with what was said before in mind."""
        self._say(question, self._turns)

    def command(self, line: str) -> None:
        """Do what a line such as ``/read 2`` says. Raises ``KutipError`` when it cannot."""
        name, _, rest = line.removeprefix("/").partition(" ")
        if name not in COMMANDS:
            raise InputError(f"there is no command /{name}; /help lists them")
        COMMANDS[name][1](self, rest.strip())

    def help(self, _: str) -> None:
        """List the commands."""
        for name, (given, act) in COMMANDS.items():
            summary = (act.__doc__ or "").splitlines()[0]
            output.put_words(f"/{name}{given}: {summary}")

    def read(self, number: str) -> None:
        """Read the article around quote N, from the paragraph before it to the one after."""
        from qa.render import fill, safe

        quote = self._quote(number)
        article = quote.article
        passages = self._assistant.retriever.passages(article.id)
        here = next(i for i, known in enumerate(passages) if known.span.end >= quote.span.end)
        first, last = passages[max(here - 1, 0)], passages[min(here + 1, len(passages) - 1)]
        output.put_words(article.label)
        for part in article.text[first.span.start : last.span.end].split("\n"):
            if part.strip():
                output.put(f"{fill(safe(part), output.width())}\n\n")

    def why(self, number: str) -> None:
        """Say why quote N came up: shared and translated words, and its ranks."""
        from qa.tui.reasons import why

        answer = self._last()
        output.put_words(why(self._assistant.retriever, answer.asked_as, self._quote(number).hit))

    def typed(self, _: str) -> None:
        """Ask the last question again just as it was typed, not as a follow-up."""
        answer = self._last()
        self._turns.pop()
        self._say(answer.question, (), instead=True)

    def articles(self, words: str) -> None:
        """List the articles, or those whose title, source, date or language has WORDS in it."""
        from qa.tui.about import about

        wanted = words.casefold().split()
        self._listed = [
            article
            for article in self._assistant.retriever.articles
            if all(word in about(article).casefold() for word in wanted)
        ]
        for number, article in enumerate(self._listed, start=1):
            output.put_words(f"{number}. {about(article)}")
        if not self._listed:
            output.put_words("none")

    def only(self, numbers: str) -> None:
        """Ask only the articles with these numbers in the list of /articles; without any, all."""
        chosen = set()
        for number in numbers.replace(",", " ").split():
            if not number.isdecimal() or not 1 <= int(number) <= len(self._listed):
                raise InputError(f"{number} is no number in the list of /articles")
            chosen.add(self._listed[int(number) - 1].id)
        self._filters = Filters(articles=frozenset(chosen)) if chosen else None
        total = len(self._assistant.retriever.articles)
        output.put_words(f"{len(chosen) or total} of {total} articles will be asked.")

    def new(self, _: str) -> None:
        """Begin a new conversation."""
        self._turns, self._number = [], None
        output.put_words("A new conversation.")

    def past(self, words: str) -> None:
        """List earlier conversations, or those that contain WORDS."""
        listed = self._kept().list(words or None)
        for found in listed:
            output.put_words(f"{found.id}. {found.title}, {found.updated[:10]}")
        if not listed:
            output.put_words("none")

    def resume(self, number: str) -> None:
        """Go on with conversation N of /past; its last answer is read out again."""
        from qa.render import answer_text, safe
        from qa.tui.revived import revived
        from qa.types import Turn

        if not number.isdecimal():
            raise InputError(f"/resume needs a number from /past, not {number!r}")
        turns = self._kept().turns(int(number))
        answers = [revived(turn.answer, self._assistant.retriever) for turn in turns]
        self._turns = [Turn(answer.question, answer) for answer in answers]
        self._number = int(number)
        output.put_words(
            "1 question so far." if len(turns) == 1 else f"{len(turns)} questions so far."
        )
        for answer in answers[-1:]:
            output.put(f"{safe(answer.question)}\n\n{answer_text(answer, output.width())}\n")

    def save(self, name: str) -> None:
        """Write the conversation to a file: JSON if its name ends in .json, else Markdown."""
        from qa.render import answer_markdown, json_text

        if not name:
            raise InputError("/save needs the name of a file")
        answers = [turn.answer for turn in self._turns if turn.answer is not None]
        if name.endswith(".json"):
            text = json_text([answer.to_dict() for answer in answers], indent=2) + "\n"
        else:
            text = "\n".join(map(answer_markdown, answers))
        path = Path(name).expanduser()
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as problem:
            raise InputError(f"{path} cannot be written: {problem.strerror}") from problem
        output.put_words(f"Written to {path}")

    def add(self, path: str) -> None:
        """Add a file or folder to the library."""
        if not path:
            raise InputError("/add needs a file or folder")
        with output.progress(plain=True) as progress:
            addition = self._add([Path(path).expanduser()], progress or (lambda _: None))
        self._assistant = addition.assistant
        for skipped in addition.skipped:
            output.put_words(f"Skipped {skipped.path}: {skipped.reason}")
        number = len(self._assistant.retriever.articles)
        articles = "1 article" if number == 1 else f"{number:,} articles"
        output.put_words(f"{articles} now. {addition.note}".rstrip())

    def _say(self, question: str, turns: Sequence[Turn], *, instead: bool = False) -> None:
        from qa.render import answer_text
        from qa.types import Turn

        answer = self._assistant.ask(question, turns, filters=self._filters)
        self._turns.append(Turn(question, answer))
        output.put(f"\n{answer_text(answer, output.width())}\n")
        try:
            self._keep(question, answer, instead=instead)
        except KutipError as problem:
            output.note(f"{problem}; the rest of this conversation will not be kept")
            self._history = None

    def quit(self, _: str) -> None:
        """End, as an empty line does."""
        self.over = True

    def _keep(self, question: str, answer: Answer, *, instead: bool) -> None:
        if self._history is None:
            return
        if self._number is None:
            library = self._assistant.retriever.info.path
            self._number = self._history.create(question[:_TITLE_LENGTH], library)
        if instead:
            kept = answer.to_dict() | {"as_typed": True}
            self._history.replace(self._number, len(self._turns) - 1, kept)
        else:
            self._history.append(self._number, question, answer.to_dict())

    def _kept(self) -> History:
        if self._history is None:
            raise InputError("conversations are not being kept")
        return self._history

    def _last(self) -> Answer:
        if not self._turns or self._turns[-1].answer is None:
            raise InputError("there is no answer yet")
        return self._turns[-1].answer

    def _quote(self, number: str) -> Quote:
        quotes = self._last().quotes
        if not quotes:
            raise InputError("the last answer has no quote")
        if number and not (number.isdecimal() and 1 <= int(number) <= len(quotes)):
            raise InputError(f"the last answer has quotes 1 to {len(quotes)}, not {number!r}")
        return quotes[int(number or 1) - 1]


COMMANDS: dict[str, tuple[str, Callable[[Talk, str], None]]] = {
    "help": ("", Talk.help),
    "read": (" N", Talk.read),
    "why": (" N", Talk.why),
    "typed": ("", Talk.typed),
    "articles": (" [WORDS]", Talk.articles),
    "only": (" [N…]", Talk.only),
    "new": ("", Talk.new),
    "past": (" [WORDS]", Talk.past),
    "resume": (" N", Talk.resume),
    "save": (" FILE", Talk.save),
    "add": (" PATH", Talk.add),
    "quit": ("", Talk.quit),
}
"""By the word after the slash: what may follow it, and what does it."""
