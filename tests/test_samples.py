"""The sample articles are there, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa.samples
from index.errors import InputError
from qa.samples import sample_articles


def test_a_checkout_has_five() -> None:
    assert len(list(sample_articles().glob("*.txt"))) == 5


def test_a_wheel_carries_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "qa"
    package.mkdir(parents=True)
    monkeypatch.setattr(qa.samples, "__file__", str(package / "samples.py"))
    with pytest.raises(InputError, match="not installed"):
        sample_articles()
    (package / "seeds").mkdir()
    assert sample_articles() == package / "seeds"
