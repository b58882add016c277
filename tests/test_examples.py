"""The examples for library users run as they stand.

Those for other frameworks need the extra ``examples``, which continuous integration does not
install: there they are parsed, and every name that they take from Kutip is looked up.
"""

from __future__ import annotations

import ast
import importlib
import re
import runpy
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from qa import Assistant
from qa.samples import sample_articles
from qa.testing import make_library

DOCS = Path(__file__).parent.parent / "docs"
EXAMPLES = sorted((DOCS / "examples").glob("*.py"))
NEEDS = "needs the extra: pip install -c constraints.txt '.[examples]'"
TEXTS = {
    "war.txt": "Gencatan senjata antara Armenia dan Azerbaijan ditengahi oleh Rusia.\n",
    "rice.txt": "Harga beras di pasar Jakarta naik menjadi Rp 14.000 per kilogram.\n",
}
QUESTION = "siapa yang menengahi gencatan senjata?"

theirs = pytest.mark.filterwarnings("default")  # what other frameworks warn of is their own affair


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return make_library(tmp_path, TEXTS, encoder="none")


def example(name: str, needs: str) -> dict[str, Any]:
    """The names of an example; a skipped test where its framework is not installed."""
    pytest.importorskip(needs, reason=NEEDS)
    sys.modules.pop(name, None)
    module = importlib.util.spec_from_file_location(name, DOCS / "examples" / f"{name}.py")
    assert module is not None
    assert module.loader is not None
    loaded = importlib.util.module_from_spec(module)
    sys.modules[name] = loaded  # pydantic looks the module of a class up there
    module.loader.exec_module(loaded)
    return vars(loaded)


def test_there_are_examples() -> None:
    names = {file.stem for file in EXAMPLES}
    assert names == {"fastapi_app", "langchain_retriever", "haystack_component", "tour"}
    page = (DOCS / "library.md").read_text("utf-8")
    assert all(f"examples/{name}.py" in page for name in names)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_what_an_example_takes_from_kutip_is_there(file: Path) -> None:
    taken = [
        (node.module, name.name)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        for name in node.names
        if node.module.split(".")[0] in {"index", "qa"}
    ]
    assert taken
    for module, name in taken:
        assert hasattr(importlib.import_module(module), name), f"{module}.{name}"


def test_the_tour(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(DOCS / "examples" / "tour.py"))
    said = capsys.readouterr().out
    for part in ("5 articles added", "hybrid search", "answered", "genuine: True", "all is well"):
        assert part in said
    assert "taken as: and when? (" in said
    assert "forged: the article does not say this" in said


def test_the_page_for_library_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(sample_articles(), tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(
        r"^```python\n(.*?)^```", (DOCS / "library.md").read_text("utf-8"), re.M | re.S
    )
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, "library.md", "exec"), names)  # the page itself, nothing from outside
    assert len(blocks) == 5
    assert len(names["changes"].added) == 5
    assert names["answer"].quotes
    assert [len(hits) for hits in names["many"]] == [1, 1]
    assert len(names["verdicts"]) == 8
    assert names["hits"]


@theirs
def test_fastapi(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_app = example("fastapi_app", "fastapi")["make_app"]
    from fastapi.testclient import TestClient

    client = TestClient(make_app(Assistant.open(library)))
    answer = client.get("/ask", params={"question": QUESTION}).json()
    assert answer["verdict"] == "answered"
    assert answer["quotes"][0]["article"]["id"] == "war.txt"
    empty = client.get("/ask", params={"question": " "})
    assert (empty.status_code, empty.json()) == (
        422,
        {"detail": "the question is empty; type a question"},
    )
    assert client.get("/ask").status_code == 422
    monkeypatch.setenv("KUTIP_LIBRARY", str(library))
    assert TestClient(make_app()).get("/ask", params={"question": "beras?"}).status_code == 200


@theirs
def test_langchain(library: Path) -> None:
    module = example("langchain_retriever", "langchain_core")
    retriever = module["KutipRetriever"](retriever=module["Retriever"].open(library), k=1)
    [document] = retriever.invoke(QUESTION)
    assert document.page_content == TEXTS["war.txt"].strip()
    assert document.metadata["article"] == "war.txt"
    assert retriever.batch([QUESTION, "harga beras"])[1][0].metadata["article"] == "rice.txt"


@theirs
def test_haystack(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAYSTACK_TELEMETRY_ENABLED", "False")
    component = example("haystack_component", "haystack")["KutipRetriever"]
    from haystack import Pipeline

    pipeline = Pipeline()
    pipeline.add_component("kutip", component(str(library), k=1))
    [document] = pipeline.run({"kutip": {"query": QUESTION}})["kutip"]["documents"]
    assert document.content == TEXTS["war.txt"].strip()
    assert document.meta["article"] == "war.txt"
    assert pipeline.to_dict()["components"]["kutip"]["init_parameters"] == {
        "library": str(library),
        "k": 1,
    }
