"""The app: one chat screen, and what holds on every screen (help, palette, theme, copying)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import threading
import time
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from qa.tui import carry, keys, themes
from qa.tui.chat_screen import ChatScreen
from qa.tui.messages import Copied

if TYPE_CHECKING:
    from qa.history import History
    from qa.settings import Settings
    from qa.tui.shelf import Shelf

_GRACE = 1.0
"""Seconds that a signal has to end the chat once its terminal has gone."""


class ChatApp(App[None]):
    """A conversation with the articles of one library."""

    TITLE = "Kutip"
    CSS_PATH = "qa.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012
    # Everywhere: the description is what the footer shows, the tooltip what help and palette say.
    BINDINGS: ClassVar[list[BindingType]] = [
        # Not among the others at the bottom: it has a place of its own there, always in sight.
        Binding("f1", "help", "Help", show=False, tooltip="Show all keys", id="chat.help"),
        Binding(
            "ctrl+p",
            "command_palette",
            "Menu",
            tooltip="Find a command by its name",
            priority=True,
            id="chat.palette",
        ),
        Binding("ctrl+q", "quit", "Quit", tooltip="Leave the chat", priority=True, id="chat.quit"),
        Binding("ctrl+c", "explain_quit", show=False, tooltip="Copy what is selected", system=True),
    ]

    def __init__(
        self,
        shelf: Shelf,
        history: History | None,
        settings: Settings,
    ) -> None:
        """Without ``history`` no conversation is kept."""
        # Known before the theme is: without colours Textual must not mix its own greys either.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.settings = settings
        self.crash: BaseException | None = None
        """What ended the chat against everybody's will."""
        self._chat = ChatScreen(shelf, history, settings)
        self.set_keymap(dict(settings.keys))
        # What Textual's footer shows at the right, where nothing pushes it out.
        ChatApp.COMMAND_PALETTE_BINDING = settings.keys.get("chat.help", "f1").partition(",")[0]

    def get_default_screen(self) -> Screen[None]:
        """The chat lies under every other screen."""
        return self._chat

    async def on_mount(self) -> None:
        """Take the theme that was set or used last."""
        colours = None if self.no_color else self.console.color_system
        self.theme = themes.chosen(self.settings.theme, colours)
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        self._leave_on_signals()
        if not self.is_headless and os.isatty(0):
            threading.Thread(target=self._leave_with_the_terminal, daemon=True).start()
        # Keys that were typed before are in the queue already, and would go to a screen that has
        # no field yet: Textual waits for every screen but the first to be made.
        await self._chat._mounted_event.wait()

    def _leave_on_signals(self) -> None:
        """Be told to end as if by its own key: the terminal is restored and turns are kept."""
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                if number is not None:
                    loop.add_signal_handler(number, self._ended_by, number)

    def _ended_by(self, number: int) -> None:
        if not (self.is_headless or os.isatty(0)):
            # The terminal has gone: Textual would wait for ever to write to it.
            self._chat.finish()
            os._exit(128 + number)
        self.exit(return_code=128 + number)

    def _leave_with_the_terminal(self) -> None:
        """End soon after the terminal has gone, though no signal told of it.

        Textual would read from it without a pause, and wait for ever to write to it, so that its
        loop would not even hear of a signal that comes late.
        """
        if hasattr(select, "poll"):
            terminal = select.poll()
            terminal.register(0, 0)  # that it hung up is reported in any case
            terminal.poll()
            time.sleep(_GRACE)
            self._chat.finish()
            os._exit(128 + signal.SIGHUP)

    def _handle_exception(self, error: Exception) -> None:
        """End, as Textual does, but without its traceback on the terminal: it may be told later."""
        super()._handle_exception(error)
        self._exit_renderables.clear()  # made only when printed
        self.crash = self.crash or error

    def action_help(self) -> None:
        """Show all keys and what they do."""
        from qa.tui.help_screen import HelpScreen
        from qa.tui.places import PLACES

        self.push_screen(HelpScreen(PLACES, self.settings.keys))

    def action_explain_quit(self) -> None:
        """Ctrl+C copies a selection; with nothing selected it says how to leave."""
        quit_key = keys.shown(ChatApp, "quit", self.settings.keys)
        self.notify(f"{quit_key} leaves the chat. ctrl+c copies selected text.")

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Everything that a key does, and what has no key."""
        for owner in (screen, self):
            for binding in keys.bindings(type(owner)):
                if binding.tooltip and not binding.system:
                    act = partial(self.run_action, binding.action, owner)
                    yield SystemCommand(binding.tooltip, ", ".join(keys.names(binding)), act)
        if screen is self._chat:
            for kind in ("Markdown", "JSON"):
                export = partial(self._chat.export, kind)
                words = "Write the conversation to a file"
                yield SystemCommand(f"Export to {kind}", words, export)
        yield SystemCommand("Theme", "Choose colours, light or dark", self.action_change_theme)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy, and say where the text went."""
        self._clipboard = text
        self.run_worker(partial(self._copy, text), thread=True, exit_on_error=False)

    def _copy(self, text: str) -> None:
        self.post_message(Copied(carry.copy(text, super().copy_to_clipboard)))

    @on(Copied)
    def _tell_copied(self, event: Copied) -> None:
        self.notify(event.notice, markup=False)

    def _remember_theme(self, theme: Theme) -> None:
        if self.settings.theme is None:
            themes.remember(theme.name)
