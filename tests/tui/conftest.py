"""Tests of the screen wait for messages to be handled, not for the machine to be idle."""

from __future__ import annotations

import asyncio

import pytest


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's pilot also waits until the processor rests, which a busy machine never does."""

    async def moment(*_: float) -> None:
        await asyncio.sleep(0.005)

    for place in ("textual.app.wait_for_idle", "textual.pilot.wait_for_idle"):
        monkeypatch.setattr(place, moment)
