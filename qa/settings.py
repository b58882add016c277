"""What a person may set once instead of typing it every time, and where Kutip keeps its files.

Three places, later wins: ``config.toml`` in the platform's configuration directory, environment
variables (``KUTIP_`` and the key in capitals), and flags of the command line.

    library = "~/articles.kutip"
    encoder = "bundled"
    k = 10
    mode = "hybrid"
    plain = false
    theme = "textual-dark"

    [keys]
    "chat.quit" = "ctrl+x"
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from index.errors import InputError
from index.types import Mode

_APP = "kutip"
_PREFIX = "KUTIP_"
_CONFIG = "KUTIP_CONFIG"
_YES = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
_ONLY_IN_FILE = {"keys"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with its default."""

    library: str | None = None
    """Directory of the library; ``None``: ``library`` in the platform's data directory."""
    encoder: str | None = None
    """Name or path of the encoder; ``None``: the one that the library was made with."""
    k: int = 10
    """How many passages a question looks at, 1 or more."""
    mode: Mode | None = None
    """How to search; ``None``: the best that the library can do."""
    plain: bool = False
    """No colours, no styles."""
    theme: str | None = None
    """Theme of the chat; ``None``: its own choice."""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Keys of the chat by the id of their binding. Only in the file."""

    @property
    def library_path(self) -> Path:
        """The library that is meant when no other is named."""
        return Path(self.library).expanduser() if self.library else data_dir() / "library"

    def changed(self, **flags: Any) -> Settings:
        """These settings with the flags that were given: those that are not ``None``."""
        return replace(self, **{key: value for key, value in flags.items() if value is not None})


def load_settings(path: str | Path | None = None) -> Settings:
    """Read the file and the environment.

    ``path`` names another file, which must exist; so does ``KUTIP_CONFIG``. Raises ``InputError``
    for a file that cannot be read, an unknown key, or a value of the wrong kind, naming the place.
    """
    values = {**_from_file(path or os.environ.get(_CONFIG)), **_from_environment()}
    return Settings(**values)


def config_path() -> Path:
    """The file that is read when no other is named."""
    return Path(_platformdirs().user_config_dir(_APP, appauthor=False)) / "config.toml"


def data_dir() -> Path:
    """Where the default library and the history are kept."""
    return Path(_platformdirs().user_data_dir(_APP, appauthor=False))


def cache_dir() -> Path:
    """Where libraries are kept that can be made again at any time."""
    return Path(_platformdirs().user_cache_dir(_APP, appauthor=False))


def log_dir() -> Path:
    """Where a crash is written down."""
    return Path(_platformdirs().user_log_dir(_APP, appauthor=False))


def history_path() -> Path:
    """The file of ``qa.history``."""
    return data_dir() / "history.sqlite3"


def _platformdirs() -> Any:
    import platformdirs

    return platformdirs


def _from_file(named: str | Path | None) -> dict[str, Any]:
    path = Path(named).expanduser() if named else config_path()
    if not named and not path.exists():
        return {}
    import tomllib

    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise InputError(f"{path} cannot be read: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        raise InputError(f"{path} is not UTF-8 text") from problem
    except tomllib.TOMLDecodeError as problem:
        raise InputError(f"{path} is not TOML: {problem}") from problem
    known = _keys()
    for key in found:
        if key not in known:
            nearest = _nearest(key, known)
            hint = f"did you mean {nearest}?" if nearest else f"known: {', '.join(sorted(known))}"
            raise InputError(f"{path}: unknown key {key!r}; {hint}")
    return {key: _checked(key, value, f"{path}: {key}") for key, value in found.items()}


def _from_environment() -> dict[str, Any]:
    """Settings out of ``KUTIP_*``; an empty one counts as not set.

    Other programs may have variables that begin so; only one that looks like a slip is an error.
    """
    known = _keys() - _ONLY_IN_FILE
    values = {}
    for name, text in os.environ.items():
        if not name.startswith(_PREFIX) or not text or name == _CONFIG:
            continue
        key = name.removeprefix(_PREFIX).lower()
        if key in known:
            values[key] = _checked(key, _parsed(key, text), name)
        elif nearest := _nearest(key, known | {"config"}):
            slip = f"unknown environment variable {name}"
            raise InputError(f"{slip}; did you mean {_PREFIX}{nearest.upper()}?")
    return values


def _parsed(key: str, text: str) -> Any:
    """The value that a text in the environment stands for; itself where it stands for none."""
    if key == "k" and text.isdecimal():
        return int(text)
    if key == "plain":
        return _YES.get(text.casefold(), text)
    return text


def _checked(key: str, value: Any, place: str) -> Any:
    """``value`` as the field ``key`` holds it; ``InputError`` naming ``place`` if it cannot."""
    if key == "k":
        fits, wanted = type(value) is int and value >= 1, "a whole number from 1"
    elif key == "mode":
        fits, wanted = value in get_args(Mode), f"one of {', '.join(get_args(Mode))}"
    elif key == "plain":
        fits, wanted = isinstance(value, bool), "true or false"
    elif key == "keys":
        fits = isinstance(value, dict) and all(isinstance(k, str) for k in value.values())
        wanted = "a table of texts"
        value = MappingProxyType(value) if fits else value
    else:
        fits, wanted = isinstance(value, str) and value != "", "a text that is not empty"
    if not fits:
        raise InputError(f"{place} must be {wanted}, not {value!r}")
    return value


def _keys() -> set[str]:
    return {item.name for item in fields(Settings)}


def _nearest(key: str, known: set[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(key, sorted(known), n=1, cutoff=0.75)), None)
