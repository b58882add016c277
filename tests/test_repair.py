"""Damage of every kind: found, named, and mended without making anything up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from written import CountingEncoder, files_of

from index import Library, Retriever, repair, store
from index.errors import EncoderError, LibraryCorrupt
from index.snapshot import current, open_snapshot
from index.types import Progress
from qa.testing import FakeEncoder, make_library

TEXTS = {
    "a.txt": "Rusia menengahi gencatan senjata di perbatasan.\n",
    "b.txt": "Harga beras naik di pasar Surabaya pada hari Senin.\n",
    "sub/c.txt": "Gempa mengguncang Lombok kemarin pagi. Warga berlari keluar rumah.\n",
}
DERIVED = (
    *("articles.npy", "article-digests.npy", "passages.npy", "dense.faiss", "sentences.npy"),
    *(f"lexical-{name}.npy" for name in ("keys", "starts", "rows", "scores", "idf")),
    "sentence-vectors.npy",
)


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power is lost in a test: nothing has to wait for the disk."""
    monkeypatch.setattr(store, "_flush", lambda _: None)


def hurt(library: Path, name: str, how: str = "flip") -> None:
    """Damage a file of the snapshot, its last byte or more."""
    file = current(library) / name
    content = file.read_bytes()
    if how == "flip":
        file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    elif how == "cut":
        file.write_bytes(content[: len(content) // 2])
    else:
        file.unlink()


def mend(library: Path) -> list[str]:
    return [problem.what for problem in Library(library, FakeEncoder()).repair()]


def test_the_list_of_derived_files_is_complete(tmp_path: Path) -> None:
    names = {*files_of(make_library(tmp_path, TEXTS))}
    assert names == {*DERIVED, "articles.jsonl", "sources.json", "manifest"}


@pytest.mark.parametrize(
    ("name", "how"),
    [
        *((name, "flip") for name in DERIVED),
        ("dense.faiss", "cut"),
        ("lexical-rows.npy", "cut"),
        ("articles.npy", "lose"),
        ("passages.npy", "lose"),
    ],
)
def test_a_derived_file_is_made_anew_to_the_byte(tmp_path: Path, name: str, how: str) -> None:
    path = make_library(tmp_path, TEXTS)
    before = files_of(path)
    hurt(path, name, how)
    library = Library(path, FakeEncoder())
    [problem] = library.check()
    assert name in problem.what
    assert "--repair" in problem.mend
    assert library.repair() == []
    assert library.check() == []
    assert files_of(path) == before


def test_vectors_that_are_whole_are_not_encoded_again(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    path = make_library(tmp_path, TEXTS, encoder)
    encoder.encoded.clear()
    hurt(path, "lexical-rows.npy", "lose")
    hurt(path, "articles.npy", "cut")
    assert Library(path, encoder).repair() == []
    assert encoder.encoded == []
    hurt(path, "dense.faiss")
    assert Library(path, encoder).repair() == []
    assert len(encoder.encoded) == 5  # three passages, two of one sentence; two more sentences


def test_a_damaged_article_is_taken_out_and_read_again_by_sync(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    path = make_library(tmp_path, TEXTS, encoder)
    before = files_of(path)
    file = open_snapshot(path).directory / "articles.jsonl"
    file.write_bytes(file.read_bytes().replace(b"Lombok", b"Lambok"))
    problems = Library(path, encoder).check()
    source = str(tmp_path / "articles" / "sub" / "c.txt")
    assert ["'sub/c.txt'" in problems[0].what, source in problems[0].mend] == [True, True]
    encoder.encoded.clear()
    [left] = Library(path, encoder).repair()
    assert source in left.mend
    assert encoder.encoded == []
    assert [article.id for article in Library.open(path).articles()] == ["a.txt", "b.txt"]
    assert Library(path, encoder).check() == []
    assert Library.open(path, encoder).sync().added == ("sub/c.txt",)
    assert files_of(path) == before


def test_nothing_is_quoted_from_a_damaged_article(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    file = open_snapshot(path).directory / "articles.jsonl"
    file.write_bytes(file.read_bytes().replace(b"Lombok", b"Lambok"))
    retriever = Retriever.open(path, encoder=FakeEncoder())
    with pytest.raises(LibraryCorrupt, match="qa index check --repair"):
        retriever.search("gempa mengguncang")
    with pytest.raises(LibraryCorrupt, match="line 3"):
        Library.open(path, FakeEncoder()).remove(["a.txt"])  # would pass the damage on


def test_all_articles_lost(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    before = files_of(path)
    hurt(path, "articles.jsonl", "lose")
    assert len(mend(path)) == 3
    assert not Library.open(path).articles()
    assert len(Library.open(path, FakeEncoder()).sync().added) == 3
    assert files_of(path) == before


def test_which_articles_are_hurt_cannot_be_told(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    hurt(path, "articles.jsonl")
    hurt(path, "article-digests.npy")
    [problem] = Library(path, FakeEncoder()).check()
    assert "cannot be told" in problem.what
    damaged = sorted(path.rglob("*"))
    assert Library(path, FakeEncoder()).repair() == [problem]
    assert sorted(path.rglob("*")) == damaged


def test_sources_are_told_from_the_articles(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    before = files_of(path)
    hurt(path, "sources.json")
    [left] = Library(path, FakeEncoder()).repair()
    assert "qa index add" in left.mend
    library = Library.open(path, FakeEncoder())
    assert library.sync().removed == ()
    assert library.add([tmp_path / "articles"]).unchanged == ("a.txt", "b.txt", "sub/c.txt")
    assert files_of(path) == before


def test_articles_taken_out_by_a_person_stay_out(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    Library.open(path, FakeEncoder()).remove(["a.txt"])
    hurt(path, "passages.npy")
    assert mend(path) == []
    assert Library.open(path, FakeEncoder()).sync().added == ()


def test_vectors_of_another_encoder(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    other = CountingEncoder(32, "other")
    assert "made by fake-64" in Library(path, other).check()[0].what
    assert Library(path, other).repair() == []
    assert Library(path, other).check() == []
    assert len(other.encoded) == 5


def test_without_the_encoder_nothing_changes(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    hurt(path, "dense.faiss")
    before = files_of(path)
    with pytest.raises(EncoderError, match="pass it again"):
        Library(path).repair()
    assert files_of(path) == before
    assert Library(path, "none").repair() == []
    assert Library(path).check() == []


def test_a_repair_that_is_cut_short_changes_nothing(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    hurt(path, "dense.faiss")
    before = files_of(path)

    def cancel(progress: Progress) -> None:
        if progress.stage == "encoding passages":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Library(path, FakeEncoder()).repair(cancel)
    assert files_of(path) == before


def test_an_empty_library(tmp_path: Path) -> None:
    path = make_library(tmp_path, {})
    hurt(path, "lexical-keys.npy")
    assert mend(path) == []
    assert not Library.open(path).articles()


def test_a_writer_beside_a_check_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_library(tmp_path, TEXTS)
    real, taken_out = repair.file_digest, []

    def digest(file: Path) -> str:
        if not taken_out:
            taken_out.append("a.txt")
            Library.open(path, FakeEncoder()).remove(taken_out)
        return real(file)

    monkeypatch.setattr(repair, "file_digest", digest)
    assert Library(path, FakeEncoder()).check() == []
    assert taken_out


def test_a_library_that_is_whole_is_not_written(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    before = open_snapshot(path).directory
    assert mend(path) == []
    assert open_snapshot(path).directory == before
    assert json.loads((before / "manifest.json").read_text())["articles"] == 3
    assert store.exists(path)
