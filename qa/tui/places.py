"""Where keys work, in the order in which help lists them."""

from __future__ import annotations

from textual.dom import DOMNode

from qa.tui.app import ChatApp
from qa.tui.articles_screen import ArticlesScreen
from qa.tui.chat_screen import ChatScreen
from qa.tui.conversation import Conversation
from qa.tui.conversations_screen import ConversationsScreen
from qa.tui.question_input import QuestionInput
from qa.tui.source_screen import SourceScreen
from qa.tui.welcome import Suggestion

PLACES: dict[str, type[DOMNode]] = {
    "In the chat": ChatScreen,
    "While typing a question": QuestionInput,
    "In the conversation": Conversation,
    "On a suggested question": Suggestion,
    "In an article": SourceScreen,
    "Choosing articles": ArticlesScreen,
    "Earlier conversations": ConversationsScreen,
    "Anywhere": ChatApp,
}
