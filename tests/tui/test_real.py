"""The chat over a real library: nothing made up but the encoder."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from chat_driving import ask, ready, screen, until, words

from qa.assistant import Assistant
from qa.history import History
from qa.settings import Settings
from qa.testing import FakeEncoder, make_library
from qa.tui.app import ChatApp
from qa.tui.article_view import ArticleView
from qa.tui.shelf import Shelf

ARTICLES = {
    "truce.txt": "Gencatan senjata diumumkan pada Selasa malam.\n\n"
    "Rusia menengahi gencatan senjata antara Armenia dan Azerbaijan, kata Kremlin.\n\n"
    "Warga Stepanakert kembali ke rumah mereka pada hari Rabu.",
    "harvest.txt": "Petani di Lembang memanen tomat lebih awal tahun ini.\n\n"
    "Harga tomat naik menjadi sepuluh ribu rupiah sekilo di pasar Bandung.",
}


def chat_over(folder: Path, history: History | None = None) -> ChatApp:
    path = make_library(folder, ARTICLES)
    app = ChatApp(
        Shelf(lambda: Assistant.open(path, FakeEncoder()), "two articles"), history, Settings()
    )
    app.animation_level = "none"
    return app


async def test_a_question_is_answered_and_shown_where_it_stands(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    app = chat_over(tmp_path, history)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(app)
        assert "2 articles are open, in Indonesian." in words(app)
        card = await ask(pilot, "siapa yang menengahi gencatan senjata?")
        assert card.answer is not None
        quote = card.answer.quotes[0]
        assert quote.article.id == "truce.txt"
        assert quote.text in card.plain
        assert app.screen.query_one(ArticleView).article is quote.article
        assert "same words: " in words(app, "#evidence-why")
        await ask(pilot, "berapa harga tomat?")
    (kept,) = history.list()
    assert kept.turns == 2
    assert kept.library.endswith("library")


async def test_a_kept_conversation_comes_back_as_spans_of_its_articles(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    app = chat_over(tmp_path, history)
    async with app.run_test() as pilot:
        await ready(app)
        await ask(pilot, "siapa yang menengahi gencatan senjata?")
    app = chat_over(tmp_path, history)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(app)
        await pilot.press("ctrl+r", "enter")
        await until(lambda: screen(app).conversation.quote)
        quote = screen(app).conversation.quote
        retriever = screen(app).retriever
        assert quote is not None
        assert retriever is not None
        assert quote.article is retriever.article("truce.txt")


async def test_being_told_to_end_keeps_the_conversation(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    app = chat_over(tmp_path, history)
    async with app.run_test() as pilot:
        await ready(app)
        await ask(pilot, "berapa harga tomat?")
        os.kill(os.getpid(), signal.SIGTERM)
        await until(lambda: not app.is_running)
    assert app.return_code == 128 + signal.SIGTERM
    assert history.list()[0].turns == 1
