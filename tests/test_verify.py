from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from answering import TALKS, assistant, models

from index.errors import InputError
from qa import scoring
from qa.assistant import Assistant
from qa.verify import read_answer, verify


@pytest.fixture(autouse=True)
def fixed_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "load", models)


@pytest.fixture(name="helper")
def _helper(tmp_path: Path) -> Assistant:
    return assistant(tmp_path)


@pytest.fixture(name="saved")
def _saved(helper: Assistant) -> dict[str, Any]:
    answer = helper.ask("Siapa yang menengahi perundingan?", k=2)
    return read_answer(json.dumps(answer.to_dict()))


def problems(answer: dict[str, Any], helper: Assistant) -> dict[str, str]:
    return {problem.where: problem.what for problem in verify(answer, helper.retriever)}


def test_an_answer_as_it_was_given_is_right(saved: dict[str, Any], helper: Assistant) -> None:
    assert saved["quotes"]
    assert saved["hits"]
    assert problems(saved, helper) == {}
    assert verify(saved, list(helper.retriever.articles)) == []


def test_one_changed_byte_is_found(saved: dict[str, Any], helper: Assistant) -> None:
    text = saved["quotes"][0]["text"]
    for place in range(len(text)):
        forged = copy.deepcopy(saved)
        other = "x" if text[place] != "x" else "y"
        forged["quotes"][0]["text"] = text[:place] + other + text[place + 1 :]
        assert list(problems(forged, helper)) == ["quotes[0]"]


def test_an_inserted_negation_is_found(saved: dict[str, Any], helper: Assistant) -> None:
    quote = saved["quotes"][0]
    quote["text"] = quote["text"].replace("menengahi", "tidak menengahi")
    quote["span"][1] += len("tidak ")
    assert "does not say this" in problems(saved, helper)["quotes[0]"]


def test_two_sentences_stitched_are_found(saved: dict[str, Any], helper: Assistant) -> None:
    quote = saved["quotes"][0]
    article = helper.retriever.article(quote["article"]["id"])
    last = (
        article.text.rindex("Hujan") if "Hujan" in article.text else article.text.rindex("Gencatan")
    )
    end = article.text.index(".", last) + 1
    quote["text"] = f"{quote['text']} {article.text[last:end]}"
    assert "does not say this" in problems(saved, helper)["quotes[0]"]
    quote["span"][1] = quote["span"][0] + len(quote["text"])
    assert problems(saved, helper)["quotes[0]"]


def test_a_swapped_source_is_found(saved: dict[str, Any], helper: Assistant) -> None:
    forged = copy.deepcopy(saved)
    own = forged["quotes"][0]["article"]
    other = next(a for a in helper.retriever.articles if a.id != own["id"])
    own["id"] = other.id
    assert "quotes[0]" in problems(forged, helper)
    forged["quotes"][0]["article"]["sha256"] = other.sha256
    assert "quotes[0]" in problems(forged, helper)
    forged = copy.deepcopy(saved)
    forged["quotes"][0]["article"]["source"] = "Reuters"
    assert "its source is None" in problems(forged, helper)["quotes[0]"]


def test_a_quote_cut_out_of_its_sentence_is_found(saved: dict[str, Any], helper: Assistant) -> None:
    quote = saved["quotes"][0]
    quote["span"][1] -= len(" itu.")
    quote["text"] = quote["text"].removesuffix(" itu.")
    assert problems(saved, helper) == {"quotes[0]": "it is cut off inside a sentence"}


def test_a_forged_passage_is_found(saved: dict[str, Any], helper: Assistant) -> None:
    saved["hits"][1]["text"] += "!"
    assert "does not say this" in problems(saved, helper)["hits[1]"]


@pytest.mark.parametrize("span", [[-1, 5], [5, 5], [9, 4], [0, 10**9]])
def test_a_span_outside_the_article_is_found(
    saved: dict[str, Any], helper: Assistant, span: list[int]
) -> None:
    saved["quotes"][0]["span"] = span
    assert "not in the article" in problems(saved, helper)["quotes[0]"]


def test_a_missing_article_is_found(saved: dict[str, Any]) -> None:
    assert all("no article" in problem.what for problem in verify(saved, []))
    assert len(verify(saved, [])) == len(saved["quotes"]) + len(saved["hits"])


def test_a_file_that_changed_since_is_found(
    saved: dict[str, Any], helper: Assistant, tmp_path: Path
) -> None:
    file = tmp_path / "articles" / "talks.txt"
    file.write_text(TALKS.replace("63", "64"), encoding="utf-8")
    found = problems(saved, helper)
    assert any("has changed since it was read" in what for what in found.values())
    file.unlink()
    assert problems(saved, helper) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("[]", "no 'schema'"),
        ("{}", "no 'schema'"),
        ('{"schema": 99, "quotes": [], "hits": []}', "schema 99"),
        ('{"schema": 1, "hits": []}', "no list 'quotes'"),
        ('{"schema": 1, "quotes": {}, "hits": []}', "no list 'quotes'"),
        ('{"schema": 1, "quotes": [3], "hits": []}', r"quotes\[0\] lacks"),
        ('{"schema": 1, "quotes": [{"text": "x", "span": [0, 1]}], "hits": []}', "lacks"),
        (
            '{"schema": 1, "hits": [], "quotes": [{"text": "x", "span": ["0", true],'
            ' "article": {"id": "a", "sha256": "b"}}]}',
            "two numbers",
        ),
    ],
)
def test_what_is_no_answer_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_answer(text)


@pytest.fixture(name="claiming")
def _claiming(helper: Assistant) -> dict[str, Any]:
    answer = helper.ask("Berapa warga sipil tewas sebelum gencatan senjata?", k=2).to_dict()
    assert answer["claims"][0]["value"] == "63 warga sipil"
    return read_answer(json.dumps(answer))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"value": "36 warga sipil"}, "no article says this value"),
        ({"quotes": [7]}, "a quote that the answer does not have"),
        ({"places": [[0, 12]]}, "not in its quote"),
        ({"said_by": ["Carl Berg"]}, "does not name who"),
        ({"places": [[170, 182]]}, "no article says this value"),
    ],
)
def test_a_claim_must_be_what_its_quotes_say(
    claiming: dict[str, Any], helper: Assistant, change: dict[str, Any], what: str
) -> None:
    assert problems(claiming, helper) == {}
    claiming["claims"][0] |= change
    assert what in problems(claiming, helper)["claims[0]"]


def test_a_speaker_must_be_the_one_that_the_article_names(
    claiming: dict[str, Any], helper: Assistant
) -> None:
    at = TALKS.index("Anna Berg")
    claiming["quotes"][0] |= {"speaker": [at, at + 9], "said_by": "Anna Berg"}
    assert problems(claiming, helper) == {}
    claiming["quotes"][0]["said_by"] = "Carl Berg"
    assert "does not name its speaker" in problems(claiming, helper)["quotes[0]"]


@pytest.mark.parametrize(
    "change",
    [
        {"claims": 3},
        {"claims": [{"value": 3, "quotes": [0]}]},
        {"claims": [{"value": "3", "quotes": [0.5]}]},
        {"claims": [{"value": "3", "quotes": [0], "places": [[1]]}]},
    ],
)
def test_claims_of_another_shape_are_refused(
    claiming: dict[str, Any], helper: Assistant, change: dict[str, Any]
) -> None:
    with pytest.raises(InputError, match="claims"):
        verify(claiming | change, helper.retriever)
