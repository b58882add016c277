"""What every command shares: the flags that any of them takes, and the settings they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qa.cli import output
from qa.settings import Settings, load_settings

if TYPE_CHECKING:
    from qa.render.text import Style

_FLAGS = "qa.cli.flags"

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Session:
    """The settings of this run."""

    settings: Settings
    library_flag: str | None
    """``--library`` when it was given on the command line, whatever the settings say."""

    @property
    def style(self) -> Style:
        """How stdout is styled."""
        return output.style(self.settings.plain)


class InOrder(click.Group):
    """Lists its commands in the order in which a person meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, as they were added."""
        return list(self.commands)


def session(context: click.Context | None = None) -> Session:
    """The session of a command, by default the running one.

    Raises ``InputError`` for settings that are wrong.
    """
    flags = dict((context or click.get_current_context()).meta.get(_FLAGS, {}))
    settings = load_settings(flags.pop("config", None))
    return Session(settings.changed(**flags), flags.get("library"))


def shared_flags(command: Command) -> Command:
    """Give a command the flags that may stand before its name as well as after it."""
    for option in reversed(_SHARED):
        command = option(command)
    return command


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value and parameter.name != "debug":  # the group that ends the process looks for --debug
        context.meta.setdefault(_FLAGS, {})[parameter.name] = value


def _shared(*names: str, **attributes: Any) -> Callable[[Command], Command]:
    return click.option(*names, expose_value=False, callback=_keep, **attributes)


_SHARED = (
    _shared(
        "--library",
        metavar="DIR",
        help="The library to use; also KUTIP_LIBRARY. By default the one in the data directory.",
    ),
    _shared(
        "--encoder",
        metavar="NAME|PATH",
        help="'bundled', 'none', or a sentence-transformers model; also KUTIP_ENCODER."
        " By default the library's own.",
    ),
    _shared("--plain", is_flag=True, help="No colours or styles, as with NO_COLOR."),
    _shared("--config", metavar="FILE", help="Another configuration file."),
    _shared("--debug", is_flag=True, help="Show the traceback of an error."),
)
