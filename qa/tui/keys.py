"""Keys as people read them, out of the bindings themselves, so that help can never be wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.binding import Binding
from textual.dom import DOMNode

_NAMES = {"left_square_bracket": "[", "right_square_bracket": "]", "pageup": "page up",
          "pagedown": "page down", "escape": "esc", "question_mark": "?", "slash": "/"}  # fmt: skip


def bindings(owner: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that a class of ours itself defines."""
    for binding in owner.__dict__.get("BINDINGS", ()):
        assert isinstance(binding, Binding)
        yield binding


def names(binding: Binding, keymap: Mapping[str, str] | None = None) -> list[str]:
    """The keys of a binding, as remapped, in words."""
    mapped = (keymap or {}).get(binding.id or "", binding.key)
    return [_NAMES.get(key.strip(), key.strip()) for key in mapped.split(",")]


def shown(owner: type[DOMNode], action: str, keymap: Mapping[str, str]) -> str:
    """The first key of an action."""
    meant = next(binding for binding in bindings(owner) if binding.action == action)
    return names(meant, keymap)[0]
