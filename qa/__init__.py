"""Asks articles a question and quotes the sentences that answer it.

    from qa import Assistant
    answer = Assistant.open("library").ask("Who mediated the ceasefire?")

Names are loaded on first use, so that ``import qa`` costs nothing.
"""

TYPE_CHECKING = False  # type checkers know the name; importing typing would cost 8 ms
if TYPE_CHECKING:
    from qa.assistant import Assistant as Assistant
    from qa.types import Answer as Answer
    from qa.types import Claim as Claim
    from qa.types import Quote as Quote
    from qa.types import Turn as Turn
    from qa.types import Verdict as Verdict

_HOMES = {
    "Assistant": "qa.assistant",
    "Answer": "qa.types",
    "Claim": "qa.types",
    "Quote": "qa.types",
    "Turn": "qa.types",
    "Verdict": "qa.types",
}

__all__ = ["Answer", "Assistant", "Claim", "Quote", "Turn", "Verdict"]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # most imports of qa never come here

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Public names, loaded or not."""
    return sorted({*globals(), *__all__})
