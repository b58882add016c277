"""Every key is told in the help, can be remapped, and the palette knows what it does."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType

import pytest
from chat_driving import ask, cards, chat, drawn, ready, screen, settled, until, words
from chat_fake import FakeAssistant
from textual import events
from textual.color import Color
from textual.filter import NoColor

from qa.tui import keys, themes
from qa.tui.article_view import ArticleView
from qa.tui.articles_screen import ArticlesScreen
from qa.tui.evidence import Evidence
from qa.tui.help_screen import HelpScreen
from qa.tui.places import PLACES
from qa.tui.question_input import QuestionInput


def test_every_binding_has_an_id_of_its_own_and_says_what_it_does() -> None:
    bindings = [binding for owner in PLACES.values() for binding in keys.bindings(owner)]
    ids = Counter(binding.id for binding in bindings if not binding.system)
    assert None not in ids
    assert set(ids.values()) == {1}
    assert all(binding.tooltip or not binding.show for binding in bindings)


async def test_help_lists_the_keys_as_they_are_mapped() -> None:
    app = chat(FakeAssistant(), keys=MappingProxyType({"chat.new": "f9"}))
    async with app.run_test(size=(100, 60)) as pilot:
        await ready(app)
        await pilot.press("f1")
        await until(lambda: isinstance(app.screen, HelpScreen) and app.screen.query(".row"))
        shown = words(app)
        assert "esc leaves this." in shown
        assert "With the mouse" in shown
        assert "f9" in shown
        assert "ctrl+n" not in shown
        assert "slash" not in shown  # it is shown as it is typed
        for owner in PLACES.values():
            for binding in keys.bindings(owner):
                assert str(binding.tooltip) in shown
        await pilot.press("escape")
        await ask(pilot, "one")
        await pilot.press("ctrl+n")
        assert cards(app)
        await pilot.press("f9")
        await until(lambda: not cards(app))


async def test_the_evidence_can_be_put_away_and_fetched_again() -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(app)
        await ask(pilot, "one")
        pane = app.screen.query_one(Evidence)
        await pilot.press("f4")
        await pilot.pause()
        assert not pane.display
        await pilot.press("f4")
        await pilot.pause()
        assert pane.display


async def test_pages_scroll_while_the_question_has_the_focus() -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(app)
        for question in ("one", "two", "three"):
            await ask(pilot, question)
        talk = screen(app).conversation
        await settled(app)
        low = talk.scroll_offset.y
        assert low > 0
        await pilot.press("pageup")
        await until(lambda: talk.scroll_offset.y < low)


async def test_what_is_pasted_elsewhere_goes_to_the_question() -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(app)
        await ask(pilot, "one")
        screen(app).conversation.focus()
        await until(lambda: screen(app).conversation.has_focus)
        app.post_message(events.Paste("who\nmediated?"))
        field = screen(app).query_one(QuestionInput)
        await until(lambda: field.text == "who\nmediated?")
        await until(lambda: field.has_focus)
        app.post_message(events.Paste(" when?"))
        await until(lambda: field.text == "who\nmediated? when?")


async def test_escape_takes_notices_away() -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(app)
        await pilot.press("ctrl+c")
        await until(lambda: app.screen.query("Toast"))
        toast = app.screen.query("Toast").first()
        await until(lambda: toast.region.height)
        assert toast.region.bottom <= screen(app).query_one(QuestionInput).region.y
        await pilot.press("escape")
        await until(lambda: len(app._notifications) == 0)


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_help_is_always_in_sight_whatever_its_key(size: tuple[int, int]) -> None:
    for mapped, shown in (({}, "f1 Help"), ({"chat.help": "f12"}, "f12 Help")):
        app = chat(FakeAssistant(), keys=MappingProxyType(mapped))
        async with app.run_test(size=size) as pilot:
            await ready(app)
            await ask(pilot, "one")
            await until(lambda: drawn(app).rstrip().endswith(shown))  # noqa: B023
            if size[1] > 12:
                app.screen.query_one(ArticleView).focus()
                await until(lambda: "/ Find" in drawn(app))  # noqa: B023
                assert drawn(app).rstrip().endswith(shown)


async def test_the_palette_offers_what_the_keys_do_and_exports() -> None:
    app = chat(FakeAssistant())
    async with app.run_test() as pilot:
        await ready(app)
        offered = {command.title for command in app.get_system_commands(app.screen)}
        assert {"Begin a new conversation", "Copy the answer", "Export to Markdown"} <= offered
        assert {"Export to JSON", "Theme", "Leave the chat", "Show all keys"} <= offered
        await pilot.press("ctrl+p")
        await until(lambda: len(app.screen_stack) > 1)


async def test_ctrl_q_leaves() -> None:
    app = chat(FakeAssistant())
    async with app.run_test() as pilot:
        await ready(app)
        await pilot.press("ctrl+q")
        await until(lambda: not app.is_running)


def test_the_theme_is_as_set_else_as_last_chosen_else_as_the_terminal_can() -> None:
    assert themes.chosen(None, "truecolor") == "textual-dark"
    assert themes.chosen(None, "standard") == "ansi-dark"
    assert themes.chosen("nord", "standard") == "nord"
    assert themes.chosen("no-such-theme", "256") == "textual-dark"
    assert themes.chosen("nord", None) == "ansi-dark"
    themes.remember("gruvbox")
    assert themes.chosen(None, "truecolor") == "gruvbox"
    assert themes.chosen("nord", "truecolor") == "nord"


async def test_without_colours_no_colour_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = chat(FakeAssistant())
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(app)
        await ask(pilot, "one")
        assert app.theme == "ansi-dark"
        await settled(app)
        shown = [s for strip in app.screen._compositor.render_strips() for s in strip if s.style]
        [sure] = [s for s in shown if s.text.startswith("confidence: very likely")]
        assert sure.style.bold
        styles = [
            segment.style
            for strip in app.screen._compositor.render_strips()
            for segment in strip.apply_filter(NoColor(), Color.parse("black"))
            if segment.style
        ]
        assert all(style.color is None or style.color.is_default for style in styles)
        assert all(style.bgcolor is None or style.bgcolor.is_default for style in styles)
        assert any(isinstance(found, NoColor) for found in app._filters)
        await pilot.press("f2")
        await until(lambda: isinstance(app.screen, ArticlesScreen))
        await settled(app)
        strips = app.screen._compositor.render_strips()
        lit = [s.text for strip in strips for s in strip if s.style and s.style.underline]
        assert any("[ ] Kremlin" in text for text in lit)  # where the cursor is
        assert not any("[ ] [bold]" in text for text in lit)
