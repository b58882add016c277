"""The exit codes, and which error ends with which."""

from __future__ import annotations

from enum import IntEnum

from index.errors import EncoderError, LibraryError


class Exit(IntEnum):
    """What the process tells the shell."""

    OK = 0
    """Answered, found, done."""
    NOTHING = 1
    """No answer: the articles do not say, or only come near. For ``verify``: not genuine."""
    INPUT = 2
    """Bad input or usage, or a file that cannot be read or written."""
    LIBRARY = 3
    """The library is missing, damaged, incompatible or in use."""
    MODEL = 4
    """An encoder that was asked for cannot be loaded."""
    UNEXPECTED = 70
    """A defect of Kutip."""
    INTERRUPTED = 130
    """Ctrl+C (128 + SIGINT); SIGTERM gives 143 and SIGHUP 129 in the same way."""
    PIPE = 141
    """Whoever read the output went away (128 + SIGPIPE)."""


def exit_for(error: Exception) -> Exit:
    """The exit code of an error that was raised on purpose, or of an ``OSError``."""
    if isinstance(error, LibraryError):
        return Exit.LIBRARY
    if isinstance(error, EncoderError):
        return Exit.MODEL
    return Exit.INPUT
