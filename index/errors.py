"""Every error that the library raises on purpose.

    KutipError
    ├── InputError             what the caller gave cannot be used (empty question, missing path)
    ├── LibraryError           the library directory itself
    │   ├── LibraryNotFound    there is no library at that path
    │   ├── LibraryCorrupt     files are missing, cut short or changed
    │   ├── LibraryIncompatible  written by a version that this one cannot read
    │   ├── LibraryBusy        another process is writing to it
    │   └── EncoderMismatch    its vectors were made by another encoder
    └── EncoderError           an encoder that cannot be loaded or run

A message is one line that says what is wrong, where, and what to do next.
Anything else that escapes is a defect of this project.
"""


class KutipError(Exception):
    """Base of all errors raised on purpose."""


class InputError(KutipError):
    """What the caller gave cannot be used."""


class LibraryError(KutipError):
    """The library directory cannot be used."""


class LibraryNotFound(LibraryError):
    """There is no library at the path."""


class LibraryCorrupt(LibraryError):
    """Files of the library are missing, cut short or changed."""


class LibraryIncompatible(LibraryError):
    """The library was written in a format that this version cannot read."""


class LibraryBusy(LibraryError):
    """Another process is writing to the library."""


class EncoderMismatch(LibraryError):
    """The library's vectors were made by an encoder other than the one asked for."""


class EncoderError(KutipError):
    """An encoder cannot be found, loaded or run."""
