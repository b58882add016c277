"""What holds for every test: its own home, no settings from outside, and no network."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings

settings.register_profile("kutip", max_examples=40, deadline=None)
settings.load_profile("kutip")

_OUTSIDE = ("KUTIP_", "XDG_")
_TERMINAL = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLUMNS", "LINES")


@pytest.fixture(autouse=True)
def isolated(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home directory; none of the caller's settings, libraries or caches are seen."""
    home = tmp_path_factory.mktemp("home")
    for name in os.environ:
        if name.startswith(_OUTSIDE) or name in _TERMINAL:
            monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for kind, place in {
        "CONFIG": ".config",
        "DATA": ".local/share",
        "CACHE": ".cache",
        "STATE": ".local/state",
    }.items():
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / place))
    return home


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to reach the network raises: nothing in this project may need one."""

    def guard(real: Any) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family != getattr(socket, "AF_UNIX", None):
                raise AssertionError(f"a connection to {address!r} was attempted")
            return real(self, address)

        return connect

    def resolve(host: Any, *_: Any, **__: Any) -> NoReturn:
        raise AssertionError(f"the address of {host!r} was asked for")

    monkeypatch.setattr(socket.socket, "connect", guard(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guard(socket.socket.connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
