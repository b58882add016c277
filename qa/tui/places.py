"""Where keys work, in the order in which help lists them."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from textual.dom import DOMNode

from index.errors import InputError
from qa.tui import keys
from qa.tui.add_screen import AddScreen
from qa.tui.app import ChatApp
from qa.tui.articles_screen import ArticlesScreen
from qa.tui.chat_screen import ChatScreen
from qa.tui.conversation import Conversation
from qa.tui.conversations_screen import ConversationsScreen
from qa.tui.evidence import Evidence, FindInput
from qa.tui.help_screen import HelpScreen
from qa.tui.question_input import QuestionInput
from qa.tui.source_screen import SourceScreen
from qa.tui.welcome import Suggestion

PLACES: dict[str, type[DOMNode]] = {
    "In the chat": ChatScreen,
    "While typing a question": QuestionInput,
    "In the conversation": Conversation,
    "On a suggested question": Suggestion,
    "In an article": Evidence,
    "Finding words in an article": FindInput,
    "With an article on the whole screen": SourceScreen,
    "In the library": ArticlesScreen,
    "Adding files and folders": AddScreen,
    "Earlier conversations": ConversationsScreen,
    "In this help": HelpScreen,
    "Anywhere": ChatApp,
}


def check_keys(keymap: Mapping[str, str]) -> None:
    """Raise ``InputError`` when ``keymap`` gives a key to a binding that there is not."""
    known = sorted(b.id for owner in PLACES.values() for b in keys.bindings(owner) if b.id)
    for name in keymap:
        if name not in known:
            nearest = next(iter(get_close_matches(name, known, n=1)), None)
            hint = f"did you mean {nearest}?" if nearest else "f1 in the chat shows all keys"
            raise InputError(f"unknown key binding {name!r}; {hint}")
