"""Every key does what help says it does: one test for each place, and none may be left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from chat_driving import ask, binding, cards, chat, press, ready, screen, until, words
from chat_fake import HOSTILE, KREMLIN, MEDIATED, FakeAssistant, answer
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from index.types import Filters
from qa.history import History
from qa.tui import carry, keys
from qa.tui.add_screen import AddScreen
from qa.tui.article_view import ArticleView
from qa.tui.articles_screen import ArticlesScreen
from qa.tui.card import State
from qa.tui.conversations_screen import ConversationsScreen
from qa.tui.evidence import Evidence, FindInput
from qa.tui.help_screen import HelpScreen
from qa.tui.places import PLACES
from qa.tui.question_input import QuestionInput
from qa.tui.source_screen import SourceScreen
from qa.tui.welcome import Suggestion

FOLLOW_UP = answer("and he?", asked_as="and Putin? (mediated)")


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []
    monkeypatch.setattr(carry, "copy", lambda text, _: texts.append(text) or "Copied.")
    return texts


def test_every_binding_is_named_by_a_test() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    ids = [found.id for owner in PLACES.values() for found in keys.bindings(owner) if found.id]
    assert [name for name in ids if f'"{name}"' not in source] == []


async def test_keys_of_the_chat(copied: list[str], tmp_path: Path) -> None:
    assistant = FakeAssistant()
    assistant.answers["and he?"] = FOLLOW_UP
    app = chat(assistant, History(tmp_path / "history.sqlite3"), add=lambda *_: None)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(app)
        for question in ("one", "two", "three"):
            await ask(pilot, question)
        talk = screen(app).conversation
        for name, there in {
            "chat.article": SourceScreen,
            "chat.filter": ArticlesScreen,
            "chat.resume": ConversationsScreen,
            "chat.add": AddScreen,
            "chat.help": HelpScreen,
            "chat.palette": CommandPalette,
        }.items():
            for which in range(len(binding(name).key.split(","))):
                await press(pilot, name, which)
                await until(lambda: isinstance(app.screen, there))  # noqa: B023
                await pilot.press("escape")
                await until(lambda: app.screen is screen(app))
        await press(pilot, "chat.copy")
        await press(pilot, "chat.copy", 1)
        await until(lambda: len(copied) == 2)
        assert copied[0].startswith("three\n")
        pane = app.screen.query_one(Evidence)
        await press(pilot, "chat.evidence")
        assert not pane.display
        await press(pilot, "chat.evidence")
        assert pane.display
        await press(pilot, "chat.find")
        assert isinstance(app.focused, FindInput)
        await press(pilot, "chat.back")  # the field's own key comes first
        await press(pilot, "chat.back")
        assert isinstance(app.focused, QuestionInput)
        for which in (0, 1):
            await press(pilot, "chat.previous", which)
        assert (talk.card, talk.card and talk.card.chosen) == (cards(app)[1], 0)
        for which in (0, 1):
            await press(pilot, "chat.next", which)
        assert (talk.card, talk.card and talk.card.chosen) == (cards(app)[2], 0)
        await press(pilot, "chat.page_up")
        await until(lambda: talk.scroll_offset.y == 0)
        await press(pilot, "chat.page_down")
        await until(lambda: talk.scroll_offset.y > 0)
        await press(pilot, "chat.new")
        await until(lambda: not cards(app))
        await press(pilot, "chat.quit")
        await until(lambda: not app.is_running)
    assert app.return_code == 0


async def test_a_follow_up_is_undone_with_one_key_and_taken_up_again(tmp_path: Path) -> None:
    assistant = FakeAssistant()
    assistant.answers["and he?"] = FOLLOW_UP
    history = History(tmp_path / "history.sqlite3")
    app = chat(assistant, history)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await ready(app)
        await press(pilot, "chat.as_typed")
        assert not assistant.asked
        await ask(pilot, "who mediated?")
        await press(pilot, "chat.as_typed")  # it was no follow-up
        assert len(assistant.asked) == 1
        card = await ask(pilot, "and he?")
        assert "taken as: and Putin? (mediated) (f6 asks it just as typed)" in words(app)
        assistant.answers["and he?"] = answer("and he?")
        assistant.may_answer.clear()
        await press(pilot, "chat.as_typed")
        await until(lambda: len(assistant.asked) == 3)
        assert card.state is State.ASKING
        assert "asking again" in card.plain
        await pilot.press("escape")
        assert "taken as: and Putin?" in card.plain
        assistant.may_answer.set()
        await press(pilot, "chat.as_typed")
        await until(lambda: "asked just as typed" in card.plain)
        assert assistant.asked[-1][:2] == ("and he?", [])
        assistant.answers["and he?"] = FOLLOW_UP
        await press(pilot, "question.as_typed")
        await until(lambda: "taken as: and Putin?" in card.plain)
        assert [turn.question for turn in assistant.asked[-1][1]] == ["who mediated?"]
        assistant.answers["and he?"] = answer("and he?", ())
        await press(pilot, "chat.as_typed")
        await until(lambda: "do not say" in card.plain)
    kept = [turn.answer for turn in history.turns(history.list()[0].id)]
    assert [turn["verdict"] for turn in kept] == ["answered", "none"]
    assert kept[1]["asked_as"] == "and he?"
    assert [turn.get("as_typed") for turn in kept] == [None, True]


async def test_a_question_asked_as_typed_is_so_still_when_it_is_resumed(tmp_path: Path) -> None:
    assistant = FakeAssistant()
    assistant.answers["and he?"] = FOLLOW_UP
    history = History(tmp_path / "history.sqlite3")
    kept = history.create("who mediated?", "/library")
    history.append(kept, "who mediated?", answer("who mediated?").to_dict())
    history.append(kept, "and he?", answer("and he?").to_dict() | {"as_typed": True})
    app = chat(assistant, history)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(app)
        await press(pilot, "chat.resume")
        await until(lambda: isinstance(app.screen, ConversationsScreen))
        await pilot.press("enter")
        await until(lambda: len(cards(app)) == 2)
        assert "asked just as typed (f6 asks it as a follow-up again)" in cards(app)[1].plain
        await press(pilot, "chat.as_typed")
        await until(lambda: "taken as: and Putin?" in cards(app)[1].plain)
    assert [turn.answer.get("as_typed") for turn in history.turns(kept)] == [None, None]


async def test_keys_of_the_question() -> None:
    assistant = FakeAssistant()
    app = chat(assistant, add=lambda *_: None)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(app)
        field = app.screen.query_one(QuestionInput)
        await pilot.press("a")
        await press(pilot, "question.newline")
        await press(pilot, "question.newline", 1)
        await pilot.press("b")
        assert field.text == "a\n\nb"
        await press(pilot, "question.send")
        await until(lambda: cards(app) and cards(app)[0].state is State.ANSWERED)
        await ask(pilot, "two")
        await press(pilot, "question.earlier")
        assert field.text == "two"
        await press(pilot, "question.later")
        assert field.text == ""
        talk = screen(app).conversation
        await press(pilot, "question.previous")
        assert talk.card is cards(app)[0]
        await press(pilot, "question.next")
        assert talk.card is cards(app)[1]
        low = talk.scroll_offset.y
        await press(pilot, "question.page_up")
        await until(lambda: talk.scroll_offset.y < low)
        high = talk.scroll_offset.y
        await press(pilot, "question.page_down")
        await until(lambda: talk.scroll_offset.y > high)
        await press(pilot, "question.add")
        await until(lambda: isinstance(app.screen, AddScreen))


async def test_keys_of_the_conversation(copied: list[str]) -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(app)
        for question in ("one", "two", "three"):
            await ask(pilot, question)
        talk = screen(app).conversation
        talk.focus()
        await press(pilot, "conversation.first")
        await until(lambda: talk.scroll_offset.y == 0)
        await press(pilot, "conversation.down")
        await until(lambda: talk.scroll_offset.y == 1)
        await press(pilot, "conversation.up")
        await until(lambda: talk.scroll_offset.y == 0)
        await press(pilot, "conversation.last")
        await until(lambda: talk.scroll_offset.y == talk.max_scroll_y)
        await press(pilot, "conversation.copy")
        await press(pilot, "conversation.copy", 1)
        await until(lambda: len(copied) == 2)
        await press(pilot, "conversation.article")
        await until(lambda: isinstance(app.screen, SourceScreen))


async def test_keys_of_the_suggestions() -> None:
    assistant = FakeAssistant((KREMLIN,))
    moscow = "Apa yang terjadi di Moskow?"
    assistant.answers[moscow] = answer(moscow, (MEDIATED[1],))
    app = chat(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: len(app.screen.query(Suggestion)) == 2)
        offered = list(app.screen.query(Suggestion))
        offered[0].focus()
        await until(lambda: app.focused is offered[0])
        await press(pilot, "suggestion.next")
        assert app.focused is offered[1]
        await press(pilot, "suggestion.previous")
        assert app.focused is offered[0]
        await press(pilot, "suggestion.ask")
        await until(lambda: cards(app))
        assert cards(app)[0].question == offered[0].question


async def test_keys_of_an_article() -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(app)
        await ask(pilot, "one")
        await press(pilot, "chat.article")
        await until(lambda: isinstance(app.screen, SourceScreen))
        view = app.screen.query_one(ArticleView)
        await until(lambda: view.max_scroll_y > 0)
        await press(pilot, "article.quote")
        began = view.scroll_offset.y
        await press(pilot, "article.down")
        await until(lambda: view.scroll_offset.y == began + 1)
        await press(pilot, "article.up")
        await until(lambda: view.scroll_offset.y == began)
        await press(pilot, "article.hit")
        assert "found no. 2 of 2" in words(app)
        await press(pilot, "article.earlier_hit")
        assert "found no. 1 of 2" in words(app)
        await press(pilot, "article.find")
        await pilot.press(*"WARGA  kota")
        total = KREMLIN.text.count("warga kota")
        await until(lambda: f"1 of {total}" in words(app))
        await press(pilot, "find.next")
        await pilot.press("enter")
        assert f"3 of {total}" in words(app)
        await press(pilot, "find.previous")
        assert f"2 of {total}" in words(app)
        await pilot.press("tab", "shift+tab")
        view.focus()
        await press(pilot, "article.next")
        assert f"3 of {total}" in words(app)
        await press(pilot, "article.previous")
        await press(pilot, "article.previous")
        await press(pilot, "article.previous")
        assert f"{total} of {total}" in words(app)
        await until(lambda: view.scroll_offset.y > began)
        await press(pilot, "article.quote")
        await until(lambda: view.scroll_offset.y == began)
        await press(pilot, "article.find")
        await pilot.press(*"zzz")
        assert "not in this article" in words(app)
        await press(pilot, "find.leave")
        assert not app.screen.query_one(Evidence).has_class("-finding")
        for which in range(3):
            await press(pilot, "source.back", which)
            await until(lambda: app.screen is screen(app))
            await press(pilot, "chat.article")
            await until(lambda: isinstance(app.screen, SourceScreen))


async def test_keys_of_the_library() -> None:
    assistant = FakeAssistant()
    app = chat(assistant, add=lambda *_: None)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(app)
        await press(pilot, "chat.filter")
        await until(lambda: isinstance(app.screen, ArticlesScreen))
        assert "29 paragraphs" in drawn_options(app)
        await press(pilot, "articles.choose")
        await press(pilot, "articles.choose", 1)
        await press(pilot, "articles.choose", 1)
        assert "1 of 2 articles will be asked." in words(app)
        await press(pilot, "articles.all")
        assert "All 2 articles will be asked." in words(app)
        await pilot.press("shift+tab", *"english")
        await until(lambda: "1 listed" in words(app))
        await press(pilot, "articles.these")
        assert "1 of 2 articles will be asked." in words(app)
        await press(pilot, "articles.list")
        assert isinstance(app.focused, OptionList)
        await press(pilot, "articles.back")
        await until(lambda: app.screen is screen(app))
        assert screen(app).filters == Filters(articles=frozenset({HOSTILE.id}))
        await press(pilot, "chat.filter")
        await press(pilot, "articles.add")
        await until(lambda: isinstance(app.screen, AddScreen))
        assert screen(app).filters == Filters(articles=frozenset({HOSTILE.id}))


async def test_keys_of_adding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "deep" / "a b.txt").write_text("Satu.")
    monkeypatch.chdir(tmp_path)
    taken: list[Any] = []
    app = chat(FakeAssistant(), add=lambda paths, _: taken.append(paths))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(app)
        await press(pilot, "chat.add")
        await until(lambda: isinstance(app.screen, AddScreen))
        field = app.screen.query_one(Input)
        await press(pilot, "add.complete")
        assert field.value == "deep/"
        await until(lambda: "deep/a b.txt" in drawn_options(app))
        await press(pilot, "add.list")
        await pilot.press("down", "enter")
        assert field.value == "deep/a b.txt"
        field.value = "nowhere"
        await press(pilot, "add.add")
        assert "nowhere does not exist" in words(app)
        await press(pilot, "add.back")
        await until(lambda: app.screen is screen(app))
        await press(pilot, "chat.add")
        await until(lambda: isinstance(app.screen, AddScreen))
        await pilot.press(*"deep/a\\ b.txt", "space", *"'deep/deeper'")
        await press(pilot, "add.add")
        await until(lambda: taken)
    assert taken == [[Path("deep/a b.txt"), Path("deep/deeper")]]


async def test_keys_of_earlier_conversations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    history = History(tmp_path / "history.sqlite3")
    kept = history.create("first", "/library")
    history.append(kept, "who?", answer("who?").to_dict())
    app = chat(FakeAssistant(), history)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(app)
        await press(pilot, "chat.resume")
        await until(lambda: isinstance(app.screen, ConversationsScreen))
        await press(pilot, "conversations.markdown")
        await press(pilot, "conversations.json")
        assert sorted(path.suffix for path in tmp_path.glob("kutip-*")) == [".json", ".md"]
        await pilot.press("shift+tab")
        await press(pilot, "conversations.list")
        assert isinstance(app.focused, OptionList)
        await press(pilot, "conversations.rename")
        await pilot.press("escape")
        assert isinstance(app.screen, ConversationsScreen)
        await press(pilot, "conversations.rename")
        await pilot.press(*"new", "enter")  # the old title is selected
        assert history.list()[0].title == "new"
        await press(pilot, "conversations.delete")
        await press(pilot, "conversations.delete", 1)
        assert not history.list()
        await press(pilot, "conversations.back")
        await until(lambda: app.screen is screen(app))


async def test_help_is_left_with_any_of_its_keys() -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(app)
        for which in range(len(binding("help.close").key.split(","))):
            await press(pilot, "chat.help")
            await until(lambda: isinstance(app.screen, HelpScreen))
            await press(pilot, "help.close", which)
            await until(lambda: app.screen is screen(app))


async def test_every_command_of_the_palette_can_be_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copied: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    app = chat(FakeAssistant(), History(tmp_path / "history.sqlite3"), add=lambda *_: None)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(app)
        await ask(pilot, "one")
        commands = list(app.get_system_commands(app.screen))
        assert len({command.title for command in commands}) == len(commands)
        for command in commands:
            if command.title == "Leave the chat":
                continue
            if not cards(app):  # a new conversation was begun
                await ask(pilot, "again")
            done = command.callback()
            if done is not None:
                await done
            await pilot.pause()
            while app.screen is not screen(app):
                app.pop_screen()
            await pilot.pause()
        assert app.is_running
    assert copied
    assert {path.suffix for path in tmp_path.glob("kutip-*")} >= {".md", ".json"}


def drawn_options(app: Any) -> str:
    """The text of the list on the screen."""
    listed = app.screen.query_one(OptionList)
    return "\n".join(
        str(listed.get_option_at_index(place).prompt) for place in range(listed.option_count)
    )
