from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import Retriever
from index.encoder import encoder_name
from index.errors import EncoderError, EncoderMismatch, InputError
from index.types import Filters
from qa.testing import FakeEncoder, make_library

TEXTS = {
    "beras.txt": "Harga beras naik di pasar Surabaya.\n\nPemerintah menyalurkan beras ke warga.\n",
    "damai.txt": "Selasa, 20 September 2022\n\n"
    "Rusia menengahi gencatan senjata di perbatasan itu.\n",
    "gempa.txt": "Gempa mengguncang Lombok pada Senin pagi dan merusak puluhan rumah warga.\n",
}


@pytest.fixture
def retriever(tmp_path: Path) -> Retriever:
    return Retriever.open(make_library(tmp_path, TEXTS), encoder=FakeEncoder())


def test_ranks_and_reasons(retriever: Retriever) -> None:
    first, *rest = retriever.search("siapa menengahi gencatan senjata di perbatasan?")
    assert first.passage.article.id == "damai.txt"
    assert first.passage.text == "Rusia menengahi gencatan senjata di perbatasan itu."
    assert (first.rank, first.lexical_rank, first.dense_rank) == (1, 1, 1)
    assert [hit.rank for hit in rest] == list(range(2, len(rest) + 2))
    assert all(a.score >= b.score for a, b in zip([first, *rest], rest, strict=False))


def test_passages_say_where_they_stand(retriever: Retriever) -> None:
    for article in retriever.articles:
        passages = retriever.passages(article.id)
        assert [passage.ordinal for passage in passages] == list(range(1, len(passages) + 1))
        assert all(passage.text in article.text for passage in passages)


def test_lexical_search_returns_matches_only(retriever: Retriever) -> None:
    hits = retriever.search("gempa Lombok", mode="lexical")
    assert [hit.passage.article.id for hit in hits] == ["gempa.txt"]
    assert hits[0].cosine is None
    assert retriever.search("zzz", mode="lexical") == []


def test_dense_search_needs_no_common_word(retriever: Retriever) -> None:
    hits = retriever.search("zzz", mode="dense")
    assert len(hits) == retriever.info.passages
    assert {hit.lexical_rank for hit in hits} == {None}


def test_k(retriever: Retriever) -> None:
    assert len(retriever.search("beras", k=2)) == 2
    with pytest.raises(InputError, match="k is 0"):
        retriever.search("beras", k=0)


@pytest.mark.parametrize("question", ["", " \n\t"])
def test_an_empty_question(retriever: Retriever, question: str) -> None:
    with pytest.raises(InputError, match="empty"):
        retriever.search(question)


@pytest.mark.parametrize("mode", ["lexical", "dense", "hybrid"])
def test_filters_hold_in_every_mode(retriever: Retriever, mode: str) -> None:
    for filters, expected in [
        (Filters(articles=frozenset({"gempa.txt"})), {"gempa.txt"}),
        (Filters(since="2022-01-01", until="2022-12-31"), {"damai.txt"}),
        (Filters(langs=frozenset({"xx"})), set()),
    ]:
        hits = retriever.search("warga perbatasan", mode=mode, filters=filters)  # type: ignore[arg-type]
        assert {hit.passage.article.id for hit in hits} <= expected


def test_search_many(retriever: Retriever) -> None:
    questions = ["beras", "gempa"]
    assert retriever.search_many(questions) == [retriever.search(q) for q in questions]


def test_threads_agree(retriever: Retriever) -> None:
    alone = retriever.search("gempa di Lombok")
    with ThreadPoolExecutor(8) as pool:
        assert all(hits == alone for hits in pool.map(retriever.search, ["gempa di Lombok"] * 40))


def test_the_encoder_is_loaded_when_needed(retriever: Retriever) -> None:
    retriever.search("gempa", mode="lexical")
    assert not retriever.ready
    retriever.warm()
    assert retriever.ready
    assert retriever.encoder is not None


def test_another_encoder_is_refused(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    with pytest.raises(EncoderMismatch, match="made with the encoder 'fake-64'"):
        Retriever.open(path, encoder=FakeEncoder(32))
    with pytest.raises(EncoderMismatch, match="qa index sync --encoder bundled"):
        Retriever.open(path, encoder="bundled")


def test_without_its_encoder_a_library_is_searched_by_words_and_says_so(tmp_path: Path) -> None:
    retriever = Retriever.open(make_library(tmp_path, TEXTS))
    assert retriever.mode == "lexical"
    assert "pass it to Retriever.open" in retriever.notes[0]
    assert retriever.search("gempa")[0].dense_rank is None
    with pytest.raises(EncoderError, match="'dense' is not possible"):
        retriever.search("gempa", mode="dense")


def test_unknown_article(retriever: Retriever) -> None:
    with pytest.raises(InputError, match="qa index list"):
        retriever.article("nowhere.txt")
    assert retriever.article("gempa.txt").id == "gempa.txt"


def test_an_empty_library(tmp_path: Path) -> None:
    retriever = Retriever.open(make_library(tmp_path, {}), encoder=FakeEncoder())
    assert retriever.search("gempa") == []
    assert retriever.info.passages == 0


def test_info(retriever: Retriever) -> None:
    info = retriever.info
    assert (info.articles, info.encoder) == (3, "fake-64")
    assert sum(info.langs.values()) == info.passages


def test_a_question_in_another_language_is_translated(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    with_lexicon = Retriever.open(path, encoder=FakeEncoder())
    query = with_lexicon.query("Who announced the price of rice in the market?")
    assert query.lang == "en"
    assert query.origins["id"]["beras"] == "rice"
    without = Retriever.open(path, encoder=FakeEncoder(), lexicon=False)
    assert "beras" not in without.query("the price of rice in the market").terms["id"]


@pytest.mark.parametrize("name", [encoder_name(), "somebody-elses"])
def test_the_bundled_encoder_is_shown_the_translation_too(tmp_path: Path, name: str) -> None:
    english = "Rice prices rose in Surabaya, and the government handed rice to the people."
    texts = TEXTS | {"rice.txt": english}
    encoder, question = FakeEncoder(name=name), "who mediated the ceasefire at the border?"
    retriever = Retriever.open(make_library(tmp_path, texts, encoder), encoder=encoder)
    translation = retriever.query(question).translations["id"]
    assert "gencatan senjata" in translation
    own, other = map(encoder.encode_question, (question, translation))
    both = (own + other) / np.linalg.norm(own + other)
    for hit in retriever.search(question, 9):
        foreign = hit.passage.article.lang == "id" and name == encoder_name()
        vector = encoder.encode_passages([hit.passage.text])[0]
        assert hit.cosine == pytest.approx((both if foreign else own) @ vector, abs=1e-5)
        cosines = retriever.sentence_cosines(question, hit.passage)
        if len(cosines) == 1:
            assert list(cosines.values()) == [pytest.approx(hit.cosine, abs=2e-3)]
    assert {hit.passage.article.lang for hit in retriever.search(question, 9)} == {"en", "id"}


def test_a_question_in_the_language_of_the_articles_is_not_translated(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    asked = Retriever.open(path).query("siapa yang menengahi gencatan senjata?")
    assert asked.translations == {}
    short = Retriever.open(path).query("apa kata menlu?")
    assert short.translations == {"id": "apa kata menteri luar negeri?"}
    assert short.origins["id"]["neger"] == "menlu"
    full = Retriever.open(path).query("apa kata menteri luar negeri?")
    assert full.translations == {}
    assert "menlu" in full.terms["id"]
    without = Retriever.open(path, lexicon=False).query("who mediated the ceasefire?")
    assert without.translations == {}


def test_the_same_bytes_again(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    first = repr(Retriever.open(path, encoder=FakeEncoder()).search("warga di pasar"))
    assert repr(Retriever.open(path, encoder=FakeEncoder()).search("warga di pasar")) == first


def test_a_word_of_the_question_stands_for_itself(tmp_path: Path) -> None:
    query = Retriever.open(make_library(tmp_path, TEXTS)).query("apa itu gencatan senjata?")
    assert query.origins["id"]["senjata"] == "senjata"
    assert "apa" not in query.origins["id"].values()
