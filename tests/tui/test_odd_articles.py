"""Whatever an article holds, the screen shows its text and stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chat_driving import ask, cards, chat, drawn, press, ready, screen, settled, until
from chat_fake import KREMLIN, SENTENCE, FakeAssistant, answer, quote
from rich.cells import cell_len

from qa.tui.article_view import ArticleView
from qa.tui.card import State
from qa.tui.source_screen import SourceScreen

ODD = {
    "markup": "[/b][red]merah[/red] [@click=app.quit]klik[/] :smile: \\[x]",
    "escapes": "a\x1b[2Jb\x1b]0;title\x07c\x9b31md\x08e\x7f",
    "bidi": "a\u202eb\u2066c\u200fd\u061ce",
    "zero width": "a\u200bb\u200cc\ufeffd\u2060e",
    "combining": "e\u0301" * 20 + "a" + "\u0300" * 300,
    "wide": "字" * 70 + "ｆｕｌｌ" + "한국어" * 20,
    "right to left": "السلام عليكم ورحمة الله وبركاته " * 5,
    "thai": "ประเทศไทยรวมเลือดเนื้อชาติเชื้อไทย" * 5,
    "emoji": "👩‍👩‍👧🇮🇩❤️" * 20,
    "surrogate": "a\ud800b",
}


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_no_article_changes_anything_but_its_own_text(size: tuple[int, int]) -> None:
    assistant = FakeAssistant()
    for name, text in ODD.items():
        article = replace(KREMLIN, text=f"{text}. {SENTENCE}", title=text, source=text, id=text)
        assistant.answers[name] = answer(name, (quote(article, article.text, "Rusia"),))
    app = chat(assistant)
    async with app.run_test(size=size) as pilot:
        await ready(app)
        for name, text in ODD.items():
            await ask(pilot, name)
            rows = drawn(app).split("\n")
            assert {cell_len(row) for row in rows} == {size[0]}, name
            assert not set("\x1b\x07\x08\x7f\x9b\u202e\u2066\ud800") & set("".join(rows)), name
            await press(pilot, "chat.article")
            await until(lambda: isinstance(app.screen, SourceScreen))
            view = app.screen.query_one(ArticleView)
            await until(lambda: view.quote_rows)  # noqa: B023
            room = view.scrollable_content_region.width
            lines = [view.render_line(y) for y in range(view.size.height)]
            assert {line.cell_length for line in lines[: view.virtual_size.height]} <= {
                room,
                view.size.width,
            }, name
            shown = "".join(line.text[2:] for line in lines).replace(" ", "")
            assert shown.startswith(text[:1].replace("[", "[")), name
            await press(pilot, "source.back")
        assert app.is_running


@pytest.mark.parametrize(
    "text",
    ["x" * 1_000_000, "kata " * 200_000, "\u200b" * 300_000],
    ids=["one word", "words", "nothing to see"],
)
async def test_an_article_of_one_endless_line_holds_nothing_up(text: str) -> None:
    article = replace(KREMLIN, text=f"{text}\n\n{SENTENCE}")
    assistant = FakeAssistant((article,))
    assistant.answers["x"] = answer("x", (quote(article, SENTENCE),))
    app = chat(assistant)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(app)
        await ask(pilot, "x")
        await pilot.press("a")  # typing goes on while a thread wraps the article
        view = app.screen.query_one(ArticleView)
        await until(lambda: view.quote_rows)
        await until(lambda: SENTENCE[:20] in drawn(app))


async def test_the_terminal_may_change_its_size_while_an_answer_comes() -> None:
    assistant = FakeAssistant()
    app = chat(assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(app)
        await ask(pilot, "first")
        assistant.may_answer.clear()
        card = await ask(pilot, "second", wait=False)
        for size in ((40, 12), (200, 60), (10, 3), (80, 24)):
            await pilot.resize_terminal(*size)
            await until(lambda: app.size == size)  # noqa: B023
        assistant.may_answer.set()
        await until(lambda: card.state is State.ANSWERED)
        await settled(app)
        assert "second" in drawn(app)
        assert screen(app).conversation.card is cards(app)[1]
