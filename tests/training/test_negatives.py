from pathlib import Path

import pytest

from training import negatives
from training.negatives import hard_negatives
from training.readings import Reading

MEDIATED = "Rusia menengahi gencatan senjata antara Armenia dan Azerbaijan."
ANNOUNCED = "Kesepakatan diumumkan oleh Rusia di Moskow."
BROKEN = "Gencatan senjata antara kedua negara dilanggar pada malam pertama."
RICE = "Harga beras naik di pasar tradisional."
QUESTION = "Siapa yang menengahi gencatan senjata?"


def readings() -> list[Reading]:
    return [
        Reading(QUESTION, MEDIATED, "Rusia", 0, "x"),
        Reading("Di mana kesepakatan diumumkan?", ANNOUNCED, "Moskow", 36, "x"),
        Reading("Siapa yang melanggar?", BROKEN, "", 0, "x"),
        Reading("Apa yang naik?", RICE, "Harga beras", 0, "x"),
    ]


def test_rivals_are_near_and_do_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(negatives, "FOUND", 1)
    found = hard_negatives(readings(), tmp_path)
    assert found[0] == [BROKEN]
    assert all(own.context not in rivals for own, rivals in zip(readings(), found, strict=True))


def test_what_names_the_answer_is_no_rival(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(negatives, "FOUND", 1)
    own = Reading("Apa yang dilanggar pada malam pertama?", RICE, "Gencatan senjata", 0, "x")
    assert hard_negatives([*readings(), own], tmp_path)[-1] == []


def test_what_was_found_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(negatives, "FOUND", 1)
    found = hard_negatives(readings(), tmp_path)
    monkeypatch.setattr(negatives, "Bm25", lambda _: pytest.fail("it was computed again"))
    assert hard_negatives(readings(), tmp_path) == found
