"""The page about the command line says what the commands themselves say."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from qa.settings import Settings

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def page() -> str:
    text: str = runpy.run_path(str(DOCS / "cli.py"))["page"]()
    return text


def test_the_page_is_up_to_date(page: str) -> None:
    assert (DOCS / "cli.md").read_text("utf-8") == page, "run: python docs/cli.py"


def test_every_setting_is_on_the_page(page: str) -> None:
    for key in Settings.__dataclass_fields__:
        assert f"`{key}`" in page or f"`[{key}]`" in page
