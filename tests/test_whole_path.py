"""From the sample files to a quoted, cited answer, with everything that ships and nothing fake."""

from pathlib import Path

import pytest

from index import Library
from qa import Assistant
from qa.samples import sample_articles
from qa.verify import verify


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library: Path = tmp_path_factory.mktemp("samples") / "library"
    Library.create(library).add([sample_articles()])
    return Assistant.open(library)


@pytest.mark.parametrize(
    "question", ["who mediated the ceasefire?", "siapa yang menengahi gencatan senjata?"]
)
def test_who_mediated_the_ceasefire(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.verdict, answer.mode) == ("answered", "hybrid")
    first = answer.quotes[0]
    assert first.article.id == "002_fa0108434b0a3076.txt"
    assert "mediasi Rusia, gencatan senjata" in first.text or "ditengahi Rusia" in first.text
    lit = " ".join(first.article.text[start:end] for start, end in first.highlights)
    assert "Rusia" in lit
    assert verify(answer.to_dict(), assistant.retriever) == []


def test_a_question_foreign_to_the_articles_is_not_answered(assistant: Assistant) -> None:
    assert assistant.ask("How do I bake sourdough bread?").verdict != "answered"


def test_what_is_not_known_of_a_language_is_told(assistant: Assistant) -> None:
    def notes(question: str) -> str:
        return " ".join(assistant.ask(question).notes)

    weak = notes("ვინ იყო შუამავალი ცეცხლის შეწყვეტისას?")
    assert "'ka': it may miss passages ('--encoder' takes a larger model)" in weak
    asked = "Wie viele armenische Soldaten wurden getötet?"
    assert "a question in 'de' finds passages, but" in notes(asked)
    assert "tentara Armenia" in assistant.ask(asked).hits[0].passage.text
    for question in ("who mediated the ceasefire?", "siapa yang menengahi gencatan senjata?"):
        assert "question in" not in notes(question)
        assert "--encoder" not in notes(question)
