"""Asking and answering on the chat screen."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from chat_driving import ask, cards, chat, drawn, ready, screen, settled, until, words
from chat_fake import HOSTILE, KREMLIN, MEDIATED, SENTENCE, FakeAssistant, answer, quote
from rich.segment import Segment
from textual.screen import Screen

from index.errors import LibraryNotFound
from index.types import Filters
from qa.history import History
from qa.render import answer_text
from qa.smalltalk import Talk
from qa.tui.article_view import ArticleView
from qa.tui.card import AnswerCard, State
from qa.tui.evidence import Evidence
from qa.tui.question_input import QuestionInput
from qa.tui.source_screen import SourceScreen
from qa.tui.welcome import Suggestion, Welcome
from qa.types import Claim, Verdict

QUESTION = "who mediated the ceasefire?"


def in_view(article: ArticleView) -> bool:
    """Whether the whole quote can be seen."""
    seen = range(article.scroll_offset.y, article.scroll_offset.y + article.size.height)
    return bool(article.quote_rows) and set(article.quote_rows) <= set(seen)


async def test_an_answer_shows_its_quotes_and_the_article_beside_them() -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(app)
        card = await ask(pilot, QUESTION)
        shown = words(app)
        assert SENTENCE in shown
        assert "[1] Kremlin desak" in shown
        assert "Antara · 20 September 2022 · paragraph 2" in shown
        assert "\nfound by words and meaning · 0.04\N{NO-BREAK SPACE}s" in shown
        assert screen(app).conversation.card is card
        assert card.chosen == 0
        article = app.screen.query_one(ArticleView)
        assert article.article is KREMLIN
        assert article.region.height > 0
        await until(lambda: in_view(article))
        why = words(app, "#evidence-why")
        assert "same words: Rusia · translated: mediated → ditengahi" in why


async def test_the_lit_words_are_told_without_colour() -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(app)
        await ask(pilot, QUESTION)

        def lit() -> list[Segment]:
            strips = app.screen._compositor.render_strips()
            return [s for strip in strips for s in strip if s.text == "ditengahi" and s.style]

        await until(lambda: len(lit()) == 2)  # in the card and in the article
        strips = app.screen._compositor.render_strips()
        assert all(s.style and s.style.bold and s.style.underline for s in lit())
        rows = [strip.text for strip in strips]
        assert any("▌ " in row and SENTENCE[:8] in row for row in rows)


async def test_walking_the_citations_moves_the_evidence() -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(app)
        first = await ask(pilot, QUESTION)
        second = await ask(pilot, "and where?")
        talk = screen(app).conversation

        def chosen() -> tuple[AnswerCard | None, int | None]:
            return talk.card, talk.card.chosen if talk.card else None

        assert chosen() == (second, 0)
        await pilot.press("left_square_bracket")  # the question is empty: a bracket walks
        assert chosen() == (first, 1)
        assert "paragraph 1" in words(app, "#evidence-place")
        await pilot.press("ctrl+up")
        assert chosen() == (first, 0)
        await pilot.press("ctrl+up")
        assert chosen() == (first, 0)
        await pilot.press("ctrl+down", "right_square_bracket")
        assert chosen() == (second, 0)
        field = app.screen.query_one(QuestionInput)
        field.text = "a"
        field.move_cursor(field.document.end)
        await pilot.press("right_square_bracket")  # something is typed: a bracket is a bracket
        assert field.text == "a]"
        assert chosen() == (second, 0)
        row = talk.top_of(first) + first.rows_of(1)[0] - talk.scroll_offset.y
        await pilot.click(talk, offset=(5, row))
        assert chosen() == (first, 1)


async def test_enter_sends_and_newlines_stay() -> None:
    assistant = FakeAssistant()
    app = chat(assistant)
    async with app.run_test() as pilot:
        await ready(app)
        await pilot.press("a", "ctrl+j", "b", "enter", "c")
        await until(lambda: assistant.asked)
        assert assistant.asked[0][0] == "a\nb"
        assert app.screen.query_one(QuestionInput).text == "c"


async def test_up_recalls_and_down_returns_to_the_draft() -> None:
    app = chat(FakeAssistant())
    async with app.run_test() as pilot:
        await ready(app)
        await ask(pilot, "one")
        await ask(pilot, "two")
        field = app.screen.query_one(QuestionInput)
        field.text = "dra"
        seen = []
        for key in ("up", "up", "up", "down", "down"):
            await pilot.press(key)
            seen.append(field.text)
        assert seen == ["two", "one", "one", "two", "dra"]


async def test_related_and_none_are_told_apart_from_answers() -> None:
    assistant = FakeAssistant()
    assistant.answers["near"] = answer("near", verdict=Verdict.RELATED)
    assistant.answers["far"] = answer("far", ())
    assistant.answers["and he?"] = answer(
        "and he?", asked_as="and Putin?", notes=("One [i]arm[/i].",)
    )
    assistant.answers["how many"] = answer(
        "how many", claims=(Claim("772", (0,)), Claim("5", (1,)))
    )
    app = chat(assistant)
    async with app.run_test(size=(100, 60)) as pilot:
        await ready(app)
        await ask(pilot, "near")
        await ask(pilot, "far")
        assert not app.screen.query_one(Evidence).has_class("-filled")
        await ask(pilot, "and he?")
        await ask(pilot, "how many")
        shown = words(app)
        assert "The articles mention this but do not answer it." in shown
        assert "The articles do not say." in shown
        assert "searched by words and meaning" in shown
        assert "taken as: and Putin?" in shown
        assert "One [i]arm[/i]." in shown
        assert "One article gives different answers:" in shown
        assert "“772”" in shown
        assert "“5”" in shown


async def test_a_click_on_who_asserts_a_value_chooses_that_quote() -> None:
    assistant = FakeAssistant()
    assistant.answers["how many"] = answer(
        "how many", claims=(Claim("772", (1,)), Claim("5", (0,)))
    )
    app = chat(assistant)
    async with app.run_test(size=(200, 40)) as pilot:
        await ready(app)
        card = await ask(pilot, "how many")
        talk = screen(app).conversation
        rows = [strip.text for strip in map(talk.render_line, range(talk.size.height))]
        heading = next(y for y, row in enumerate(rows) if "different answers" in row)
        assert [row[1:3] for row in rows[heading : heading + 5]] == ["  ", "  ", "  ", "▌ ", "▌ "]
        for below, place in ((1, 1), (3, 0), (2, 1), (4, 0)):
            await pilot.click(talk, offset=(5, heading + below))
            assert card.chosen == place
            marked = [talk.render_line(heading + y).text[1:3] for y in range(1, 5)]
            assert marked == (["  ", "  ", "▌ ", "▌ "] if place == 0 else ["▌ ", "▌ ", "  ", "  "])
        await until(lambda: "paragraph 2" in words(app, "#evidence-place"))
        await pilot.click(talk, offset=(5, heading))
        assert card.chosen == 0


async def test_a_question_can_be_typed_after_a_click_on_a_quote() -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(app)
        card = await ask(pilot, QUESTION)
        await pilot.click(screen(app).conversation, offset=(5, card.rows_of(1)[0] + 1))
        assert card.chosen == 1
        await pilot.press(*"jogo")
        assert app.screen.query_one(QuestionInput).text == "jogo"


async def test_passages_that_do_not_answer_are_walked_like_quotes() -> None:
    assistant = FakeAssistant()
    assistant.answers["near"] = answer("near", verdict=Verdict.RELATED)
    app = chat(assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(app)
        card = await ask(pilot, "near")
        await pilot.press("right_square_bracket")
        assert card.chosen == 1
        await until(lambda: "paragraph 1" in words(app, "#evidence-place"))


async def test_small_talk_gets_its_reply_and_nothing_about_a_search() -> None:
    assistant = FakeAssistant()
    assistant.answers["hi"] = answer("hi", (), notes=(Talk.GREETING.value,))
    app = chat(assistant)
    async with app.run_test() as pilot:
        await ready(app)
        card = await ask(pilot, "hi")
        assert [block.text[:6] for block in card.blocks] == ["hi", "Hello;"]
        assert card.blocks[1].text in answer_text(card.answer, 400)  # the same words as in plain


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_how_sure_an_answer_is_is_seen_without_scrolling(size: tuple[int, int]) -> None:
    assistant = FakeAssistant()
    long = quote(KREMLIN, KREMLIN.text[: KREMLIN.text.index("Paragraf 9")])
    claims = (Claim("772", (0,)), Claim("5", (1,)))
    assistant.answers["how many"] = answer("how many", (long, long), claims=claims, confidence=0.3)
    assistant.answers["and he?"] = answer("and he?", (long,), asked_as="and Putin?")
    assistant.answers["near"] = answer("near", (long,), verdict=Verdict.RELATED)
    app = chat(assistant)
    async with app.run_test(size=size) as pilot:
        await ready(app)
        await ask(pilot, "how many")
        await until(lambda: "\n   confidence: doubtful " in drawn(app))
        assert "found by" not in drawn(app)
        card = await ask(pilot, "and he?")
        assert [block.text[:11] for block in card.blocks[1:3]] == ["taken as: a", "confidence:"]
        await until(lambda: "confidence: very likely" in drawn(app))
        card = await ask(pilot, "near")
        assert "confidence" not in card.plain


async def test_of_a_very_long_question_the_beginning_is_shown() -> None:
    assistant = FakeAssistant()
    app = chat(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(app)
        card = await ask(pilot, "who mediated? " * 500)
        assert assistant.asked[-1][0] == card.question
        assert len(card.question) == 6_999
        assert "… (6,999 characters)" in card.plain
        await until(lambda: SENTENCE[:20] in drawn(app))


async def test_a_follow_up_is_asked_with_what_was_said() -> None:
    assistant = FakeAssistant()
    app = chat(assistant, k=7)
    async with app.run_test() as pilot:
        await ready(app)
        await ask(pilot, "one")
        await ask(pilot, "two")
    assert [turn.question for turn in assistant.asked[-1][1]] == ["one"]


async def test_hostile_articles_are_shown_as_they_are() -> None:
    assistant = FakeAssistant()
    assistant.answers["x"] = answer("x", (quote(HOSTILE, HOSTILE.text, "Judul"),))
    app = chat(assistant)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(app)
        await ask(pilot, "[red]x[/] \x1b[31m")
        await ask(pilot, "x")
        shown = words(app)
        assert "[red]x[/] ␛[31m" in shown
        assert "[/b][red]Judul[/red] ␛[31mmerah␛[0m �terbalik� [@click=app.quit]klik[/]" in shown
        assert "[bold]Not bold[/bold] ␛]0;title␇" in shown
        await until(lambda: "[/b][red]Judul[/red]" in drawn(app))
        assert not set("\x1b\x07\u202e\u202c") & set(drawn(app))
        await pilot.press("ctrl+o")
        await until(lambda: isinstance(app.screen, SourceScreen))
        await pilot.press("escape")
        await pilot.press("f2")
        await until(lambda: "[bold]Not bold[/bold] ␛]0;title␇" in drawn(app))
        assert not set("\x1b\x07\u202e\u202c") & set(drawn(app))


async def test_a_question_typed_early_waits_and_is_then_bettered() -> None:
    assistant = FakeAssistant()
    assistant.retriever.may_warm.clear()
    may_open = threading.Event()

    def opened() -> FakeAssistant:
        assert may_open.wait(10)
        return assistant

    app = chat(opened)
    async with app.run_test(size=(120, 40)) as pilot:
        card = await ask(pilot, QUESTION, wait=False)
        await pilot.pause()
        assert "waiting for the library" in words(app)
        may_open.set()
        await until(lambda: card.state is State.ANSWERED)
        await pilot.pause()
        assert assistant.asked[0][2] == "lexical"
        assert "found by words only" in words(app)
        assert "meaning is loading" in words(app, "#mode")
        screen(app).conversation.choose(card, 1)
        assistant.retriever.may_warm.set()
        await until(lambda: card.upgraded)
        await pilot.pause()
        assert assistant.asked[1][:1] == (QUESTION,)
        assert assistant.asked[1][2] is None
        assert len(cards(app)) == 1
        assert "found by words and meaning" in card.plain
        assert "by words and meaning" in words(app, "#mode")


async def test_without_an_encoder_the_first_answer_stays() -> None:
    assistant = FakeAssistant()
    assistant.retriever.mode = "lexical"
    app = chat(assistant)
    async with app.run_test() as pilot:
        await ready(app)
        await ask(pilot, QUESTION)
        assert "by words only" in words(app, "#mode")
        assert "found by words only" in cards(app)[0].plain
        assert "meaning is loading" not in cards(app)[0].plain
        assert len(assistant.asked) == 1


async def test_escape_cancels_and_the_late_answer_is_dropped() -> None:
    assistant = FakeAssistant()
    app = chat(assistant)
    async with app.run_test() as pilot:
        await ready(app)
        await until(lambda: app.screen.query(Suggestion))
        assistant.may_answer.clear()
        card = await ask(pilot, "slow", wait=False)
        await until(lambda: assistant.asked)
        await pilot.press("escape")
        assert card.state is State.CANCELLED
        assistant.may_answer.set()
        second = await ask(pilot, "quick")
        assert second.state is State.ANSWERED
        assert card.state is State.CANCELLED
        assert card.answer is None
        await pilot.press("tab")
        assert not app.screen.query_one(QuestionInput).has_focus
        await pilot.press("escape")
        await until(lambda: app.screen.query_one(QuestionInput).has_focus)


async def test_an_error_becomes_a_card_and_the_chat_goes_on() -> None:
    assistant = FakeAssistant()
    assistant.answers["odd"] = ZeroDivisionError("by zero")
    app = chat(assistant)
    async with app.run_test() as pilot:
        await ready(app)
        card = await ask(pilot, "odd")
        assert card.state is State.FAILED
        assert "unexpected ZeroDivisionError: by zero" in words(app)
        assert (await ask(pilot, "even")).state is State.ANSWERED


async def test_a_library_that_cannot_be_opened_is_told_and_so_is_every_question() -> None:
    def missing() -> FakeAssistant:
        raise LibraryNotFound("there is no library at /nowhere; run `qa index add`")

    app = chat(missing)
    async with app.run_test() as pilot:
        await until(lambda: "no library at /nowhere" in words(app))
        card = await ask(pilot, "hello?")
        assert card.state is State.FAILED
        assert "no library at /nowhere" in words(app)


async def test_suggestions_are_answered_questions_and_can_be_asked() -> None:
    assistant = FakeAssistant()
    app = chat(assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(lambda: app.screen.query(Suggestion))
        await pilot.pause()
        assert "2 articles are open, 1 in Indonesian, 1 in English" in words(app)
        suggestion = app.screen.query(Suggestion).first()
        await pilot.click(suggestion)
        await until(lambda: cards(app) and cards(app)[0].state is State.ANSWERED)
        assert cards(app)[0].question == suggestion.question
        assert not app.screen.query(Welcome)


async def test_a_new_conversation_is_empty_and_the_old_one_is_kept(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    app = chat(FakeAssistant(), history)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(app)
        await ask(pilot, "one")
        await pilot.press("ctrl+n")
        assert cards(app) == []
        assert app.screen.query(Welcome)
        await until(lambda: not app.screen.query_one(Evidence).has_class("-filled"))
        await ask(pilot, "two")
        await ask(pilot, "three")
    kept = [(found.title, found.turns) for found in history.list()]
    assert sorted(kept) == [("one", 1), ("two", 2)]


async def test_filters_go_with_the_question() -> None:
    assistant = FakeAssistant()
    app = chat(assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(app)
        await pilot.press("ctrl+f")
        await pilot.press("space")
        await until(lambda: "1 of 2 articles will be asked." in words(app))
        await pilot.press("escape")
        assert "asking 1 of 2 articles" in words(app, "#open")
        await ask(pilot, "one")
        assert assistant.asked[-1][3] == Filters(articles=frozenset({KREMLIN.id}))
        await pilot.press("f2", "f9", "escape")
        await ask(pilot, "two")
        assert assistant.asked[-1][3] is None


async def test_the_quote_stays_in_view_at_every_size() -> None:
    app = chat(FakeAssistant((KREMLIN,)))
    async with app.run_test(size=(200, 60)) as pilot:
        await ready(app)
        await ask(pilot, QUESTION)
        pane = app.screen.query_one(Evidence)
        view = app.screen.query_one(ArticleView)
        talk = screen(app).conversation
        assert pane.region.x >= talk.region.right
        for size, beside, shown in (((80, 24), False, True), ((40, 12), False, False)):
            await pilot.resize_terminal(*size)
            wanted = (size, shown, beside)
            await until(lambda: (app.size, bool(pane.region.height), pane.region.x > 0) == wanted)  # noqa: B023
            if shown:
                await until(lambda: in_view(view))
        await pilot.press("ctrl+o")
        await until(lambda: isinstance(app.screen, SourceScreen))
        await until(lambda: in_view(app.screen.query_one(ArticleView)))


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (121, 40)])
async def test_every_word_of_the_article_is_on_the_screen(size: tuple[int, int]) -> None:
    odd = replace(KREMLIN, text=f"{KREMLIN.text}\n\n{'kata ' * 60}\n\n{'字' * 90} {'x' * 200}\tá")
    assistant = FakeAssistant((odd,))
    assistant.answers["x"] = answer("x", (quote(odd, SENTENCE),))
    app = chat(assistant)
    async with app.run_test(size=size) as pilot:
        await ready(app)
        await ask(pilot, "x")
        await pilot.press("ctrl+o")
        await until(lambda: isinstance(app.screen, SourceScreen))
        view = app.screen.query_one(ArticleView)
        await until(lambda: in_view(view))
        view.scroll_to(y=0, animate=False, immediate=True)
        rows = [view.render_line(y) for y in range(view.virtual_size.height)]
        room = view.scrollable_content_region.width
        assert {row.cell_length for row in rows} == {room}
        shown = "".join(row.text[2:].replace(" ", "") for row in rows)
        assert shown == "".join(odd.text.split())


async def test_another_answer_needs_no_layout_of_the_whole_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = chat(FakeAssistant())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(app)
        await ask(pilot, "one")
        await settled(app)
        layouts: list[object] = []
        lay_out = Screen._refresh_layout

        def counted(self: Screen[None], *arguments: Any, **named: Any) -> None:
            layouts.append(self)
            lay_out(self, *arguments, **named)

        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        card = await ask(pilot, "two")
        await settled(app)
        assert screen(app).conversation.card is card
        assert SENTENCE[:20] in drawn(app)
        assert layouts == []
        talk = screen(app).conversation
        bar = talk.vertical_scrollbar
        assert (bar.window_virtual_size, bar.window_size) == (
            talk.virtual_size.height,
            talk.size.height,
        )


async def test_a_longer_title_gets_the_lines_that_it_needs() -> None:
    long = replace(HOSTILE, title="Judul yang panjang sekali " * 4)
    assistant = FakeAssistant((KREMLIN, long))
    assistant.answers["x"] = answer("x", (quote(long, "Judul"),))
    app = chat(assistant)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(app)
        await ask(pilot, "one")
        title = screen(app).query_one("#evidence-title")
        await until(lambda: title.size.height == 1)
        await ask(pilot, "x")
        await until(lambda: title.size.height == 2)
        await pilot.resize_terminal(80, 24)
        await until(lambda: title.size.height == 1)
        await ask(pilot, "two")
        await ask(pilot, "x")
        await pilot.resize_terminal(120, 30)
        await until(lambda: title.size.height == 2)


def test_the_made_up_quotes_are_spans_of_their_article() -> None:
    assert [found.text for found in MEDIATED] == [SENTENCE, KREMLIN.text.split("\n")[0]]
