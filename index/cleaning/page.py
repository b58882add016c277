"""A page while it is being cleaned: its lines, and which rule took what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from index.cleaning.lines import Line


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that cleaning took out."""

    line: int
    """Line of the raw text, from 1."""
    text: str
    """The whole line, or the piece that was cut from its end."""
    rule: str
    """Name of the rule that took it."""


@dataclass(slots=True)
class Page:
    """The lines that are not blank, each kept or taken by the first rule that claimed it."""

    lines: list[Line]
    """Not blank, in order."""
    follows_blank: list[bool]
    """Whether a blank line (or the start of the text) stands before each line."""
    taken: dict[int, str] = field(default_factory=dict)
    """Index of a line to the rule that took it."""
    cut: list[Removed] = field(default_factory=list)
    """Pieces cut from the end of lines that stay."""

    def drop(self, index: int, rule: str) -> None:
        """Take a whole line; the first rule that does so is the one on record."""
        self.taken.setdefault(index, rule)

    def cut_tail(self, index: int, length: int, rule: str) -> None:
        """Keep the first ``length`` code points of a line; take the rest."""
        line = self.lines[index]
        self.cut.append(Removed(line.number, line.text[length:].strip(), rule))
        self.lines[index] = replace(line, text=line.text[:length].rstrip())

    def kept(self) -> list[int]:
        """Indices of the lines that no rule has taken."""
        return [index for index in range(len(self.lines)) if index not in self.taken]

    def removed(self) -> tuple[Removed, ...]:
        """Everything taken, in the order of the raw text."""
        whole = [
            Removed(self.lines[index].number, self.lines[index].text, rule)
            for index, rule in self.taken.items()
        ]
        return tuple(sorted([*whole, *self.cut], key=lambda entry: entry.line))


def page_of(lines: list[Line]) -> Page:
    """A page with nothing taken."""
    texts, follows_blank, blank = [], [], True
    for line in lines:
        if line.text:
            texts.append(line)
            follows_blank.append(blank)
        blank = not line.text
    return Page(texts, follows_blank)
