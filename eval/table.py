"""Figures in rows and columns, for a terminal or in Markdown."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eval.summary import Estimate

NOTHING = "–"
"""Stands for a figure that does not exist."""


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, a header, its rows, and remarks below."""

    heading: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()

    def text(self) -> str:
        """Aligned columns; words to the left, figures to the right."""
        lines = [self.header, *self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.header))]
        left = {i for i in range(len(widths)) if all(not _figure(row[i]) for row in self.rows)}
        body = [
            "  ".join(
                cell.ljust(width) if i in left else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        ]
        return "\n".join([self.heading, "", *body, *self.remarks])

    def grid(self) -> str:
        """The rows alone, as a Markdown table."""
        lines = [self.header, tuple("---" for _ in self.header), *self.rows]
        return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)

    def markdown(self) -> str:
        """A Markdown section."""
        remarks = [f"- {remark}" for remark in self.remarks]
        return "\n".join(
            [f"### {self.heading}", "", self.grid(), *([""] if remarks else []), *remarks]
        )


def figure(estimate: Estimate, *, bounds: bool = True, n: bool = False) -> str:
    """An estimate as "0.812 [0.75, 0.87] n=120"."""
    if math.isnan(estimate.value):
        return NOTHING
    text = f"{estimate.value:.3f}"
    if bounds and not math.isnan(estimate.low):
        text += f" [{estimate.low:.2f}, {estimate.high:.2f}]"
    return text + (f" n={estimate.n}" if n else "")


def percent(figures: Mapping[str, Any], name: str) -> str:
    """A percentage as "70.2 [67, 73]", the bounds where ``figures`` hold "-low" and "-high"."""
    value, low, high = (figures.get(f"{name}{end}") for end in ("", "-low", "-high"))
    if value is None:
        return NOTHING
    return f"{value:.1f}" + ("" if low is None or high is None else f" [{low:.0f}, {high:.0f}]")


def p_text(p: float) -> str:
    """A p-value in words: three decimals, or that it is below 0.001."""
    return f"p = {p:.3f}" if p >= 0.001 else "p < 0.001"


def corrected_for(comparisons: int) -> str:
    """What a table says of its p-values when they went through ``eval.stats.holm``."""
    return f"corrected by Holm's method for the {comparisons} comparisons shown"


def _figure(cell: str) -> bool:
    return bool(re.match(r"[-+]?\d|–", cell))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
