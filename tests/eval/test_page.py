"""The HTML page of a record: complete, harmless, and without anything to load."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

import lxml.html
import pytest

from eval.page import page
from index.errors import InputError

ATTACK = "</script><script>alert(1)</script><b>bold</b> & \x1b[31mred \u202eesrever"


def reply(**changes: Any) -> dict[str, Any]:
    """A reply that quotes one sentence."""
    said = [["news.txt", "It ended in 1994.", [12, 16], True]]
    return {
        "verdict": "answered",
        "confidence": 0.8,
        "right": 1,
        "found": 1,
        "quotes": 1,
        "supported": 1,
        "verbatim": 1,
        "precision": 1.0,
        "recall": 1.0,
        "exact": 1.0,
        "f1": 1.0,
        "rewritten": False,
        "said": said,
    } | changes


def row(name: str, **changes: Any) -> dict[str, Any]:
    """A question that was answered rightly."""
    return {
        "id": name,
        "lang": "en",
        "over": "",
        "kind": "when",
        "pair": 0,
        "answerable": True,
        "followup": False,
        "grades": [1],
        "question": "When did it end?",
        "history": [],
        "gold": [["news.txt", "It ended in 1994.", "1994"]],
        "ranking": {},
        "answers": {"hybrid": reply()},
    } | changes


def record(*rows: Mapping[str, Any]) -> dict[str, Any]:
    """A record of these rows."""
    return {
        "set": {"name": "made-up", "unit": "passage", "digest": "0" * 64},
        "library": {"articles": 1, "passages": 2, "digest": "1" * 64},
        "encoder": "fake-64",
        "settings": {},
        "source": "2" * 64,
        "machine": {"cores": 2, "python": "3.11.0", "system": "Linux"},
        "timings": {"ranking": {}, "answers": {"hybrid": {"p50": 1.0, "p95": 2.0}}},
        "rows": list(rows),
    }


MISSED = row("q2", kind="who", answers={"hybrid": reply(verdict="none", right=None, said=[])})
UNKNOWN = row("q3", lang="id", answerable=False, gold=[], grades=None)


def parsed(*rows: Mapping[str, Any]) -> Any:
    return lxml.html.document_fromstring(page(record(*rows)))


def test_every_question_is_there_with_its_quotes_gold_and_outcome() -> None:
    cards = parsed(row("q1"), MISSED, UNKNOWN).findall(".//article")
    assert [card.get("id") for card in cards] == ["q1", "q2", "q3"]
    outcomes = [card.get("data-outcome") for card in cards]
    assert outcomes == ["right", "refused wrongly", "answered wrongly"]
    quoted, gold = cards[0].findall(".//blockquote")
    assert [mark.text for mark in cards[0].iter("mark")] == ["1994", "1994"]
    assert "It ended in 1994." in quoted.text_content()
    assert quoted.get("class") == "right"
    assert "news.txt" in gold.text_content()
    assert "The articles do not say." in cards[2].text_content()
    assert [bool(card.find("details").get("open") is not None) for card in cards] == [
        False,
        True,
        True,
    ]


def test_filters_name_what_there_is() -> None:
    tree = parsed(row("q1"), MISSED, UNKNOWN)
    found = {one.get("name"): [option.text for option in one] for one in tree.iter("select")}
    assert found == {
        "outcome": ["all", "right", "refused wrongly", "answered wrongly"],
        "kind": ["all", "when", "who"],
        "language": ["all", "en", "id"],
    }


def test_text_of_articles_and_questions_stays_text() -> None:
    said = [["<i>.txt", ATTACK, [0, 9], False]]
    nasty = row('q"><i>', question=ATTACK, gold=[[ATTACK, ATTACK, "bold"]], history=[ATTACK]) | {
        "answers": {"hybrid": reply(said=said, error=ATTACK)}
    }
    text = page(record(nasty))
    tree = lxml.html.document_fromstring(text)
    assert len(list(tree.iter("script"))) == 1
    assert not list(tree.iter("b", "i"))
    assert not re.search("[\x1b\u202e]", text)
    assert "alert(1)" in tree.find(".//article").text_content()


def test_the_page_loads_nothing() -> None:
    text = page(record(row("q1")))
    tree = lxml.html.document_fromstring(text)
    assert not tree.xpath("//@src | //@href | //link | //iframe | //img")
    assert "url(" not in text
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy[0].startswith("default-src 'none'")


def test_a_record_without_texts_cannot_be_shown() -> None:
    bare = {name: value for name, value in row("q1").items() if name != "question"}
    with pytest.raises(InputError, match="--no-texts"):
        page(record(bare))


def test_without_jinja_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(InputError, match=r"kutip\[eval\]"):
        page(record(row("q1")))
