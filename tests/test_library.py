"""Writing: what add, sync, remove and check leave behind, and what an accident leaves behind."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from written import CountingEncoder, files_of

from index import Library, Retriever, journal, store, vectors
from index.errors import (
    InputError,
    LibraryBusy,
    LibraryCorrupt,
    LibraryIncompatible,
    LibraryNotFound,
)
from index.journal import Journal
from index.snapshot import open_snapshot
from index.types import Progress
from qa.testing import FakeEncoder, make_library

TEXTS = {
    "a.txt": "Rusia menengahi gencatan senjata di perbatasan.\n",
    "b.txt": "Harga beras naik di pasar Surabaya pada hari Senin.\n",
}


def ids(library: Path) -> list[str]:
    return [article.id for article in Library.open(library).articles()]


def found(library: Path, question: str) -> list[str]:
    retriever = Retriever.open(library, encoder=FakeEncoder())
    return [hit.passage.article.id for hit in retriever.search(question, mode="lexical")]


def test_what_is_added_is_found_at_once_and_what_is_removed_never_again(tmp_path: Path) -> None:
    library = make_library(tmp_path, TEXTS)
    assert found(library, "gencatan senjata") == ["a.txt"]
    Library.open(library, FakeEncoder()).remove(["a.txt"])
    assert found(library, "gencatan senjata") == []
    assert ids(library) == ["b.txt"]


def test_a_removed_article_stays_away_on_sync_and_comes_back_on_add(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    library = Library.open(path, FakeEncoder())
    library.remove(["a.txt"])
    assert library.sync().added == ()
    assert library.add([tmp_path / "articles"]).added == ("a.txt",)


def test_removing_an_unknown_id_removes_nothing(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    with pytest.raises(InputError, match=r"no article has the id 'c\.txt'"):
        Library.open(path, FakeEncoder()).remove(["a.txt", "c.txt"])
    assert ids(path) == ["a.txt", "b.txt"]


def test_unchanged_files_are_neither_read_nor_encoded_again(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    path = make_library(tmp_path, TEXTS, encoder)
    (tmp_path / "articles" / "c.txt").write_text("Gempa mengguncang Lombok kemarin pagi.\n")
    encoder.encoded.clear()
    changes = Library.open(path, encoder).sync()
    assert (changes.added, changes.unchanged) == (("c.txt",), ("a.txt", "b.txt"))
    assert encoder.encoded == ["Gempa mengguncang Lombok kemarin pagi."]


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    before = open_snapshot(path).directory
    Library.open(path, FakeEncoder()).sync()
    assert open_snapshot(path).directory == before


def test_changed_and_deleted_files(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    (tmp_path / "articles" / "a.txt").write_text("Iran menengahi perundingan damai di Teheran.\n")
    (tmp_path / "articles" / "b.txt").unlink()
    changes = Library.open(path, FakeEncoder()).sync()
    assert (changes.updated, changes.removed) == (("a.txt",), ("b.txt",))
    assert found(path, "gencatan senjata") == []
    assert found(path, "Teheran") == ["a.txt"]


def test_a_folder_that_is_gone_is_reported_and_keeps_its_articles(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    (tmp_path / "articles").rename(tmp_path / "elsewhere")
    changes = Library.open(path, FakeEncoder()).sync()
    assert changes.removed == ()
    assert [skipped.path.name for skipped in changes.skipped] == ["articles"]
    assert ids(path) == ["a.txt", "b.txt"]


def test_skipped_files_are_listed_every_time(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    (tmp_path / "articles" / "empty.txt").write_bytes(b"")
    for _ in range(2):
        changes = Library.open(path, FakeEncoder()).sync()
        assert [skipped.path.name for skipped in changes.skipped] == ["empty.txt"]


def test_the_order_of_adding_leaves_no_trace(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in TEXTS.items():
        (articles / name).write_text(text)
    one = Library.create(tmp_path / "one", FakeEncoder())
    one.add([articles])
    two = Library.create(tmp_path / "two", FakeEncoder())
    two.add([articles / "b.txt"])
    two.add([articles])
    names = ("articles.jsonl", "passages.npy", "dense.faiss", "lexical-scores.npy")
    for name in names:
        assert files_of(one.path)[name] == files_of(two.path)[name]


def test_two_articles_of_one_id(tmp_path: Path) -> None:
    rows = [{"id": "x", "text": "Satu kalimat pertama."}, {"id": "x", "text": "Kalimat kedua."}]
    source = tmp_path / "rows.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in rows))
    library = Library.create(tmp_path / "library", FakeEncoder())
    changes = library.add([source])
    assert changes.added == ("x",)
    assert "occurs twice" in changes.skipped[0].reason


def test_a_missing_path_is_an_error_and_changes_nothing(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    with pytest.raises(InputError, match="does not exist"):
        Library.open(path, FakeEncoder()).add([tmp_path / "nowhere"])
    assert ids(path) == ["a.txt", "b.txt"]


def test_cancelling_leaves_the_library_as_it_was(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    before = files_of(path)
    (tmp_path / "articles" / "c.txt").write_text("Gempa mengguncang Lombok kemarin pagi.\n")

    def cancel(progress: Progress) -> None:
        if progress.stage == "encoding passages":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Library.open(path, FakeEncoder()).sync(progress=cancel)
    assert files_of(path) == before
    assert Library.open(path, FakeEncoder()).sync().added == ("c.txt",)


def test_nothing_is_encoded_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "BATCH", 2)
    rows = [{"id": str(n), "text": f"Kalimat nomor {n} tentang beras."} for n in range(7)]
    source = tmp_path / "rows.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in rows))
    encoder = CountingEncoder()
    library = Library.create(tmp_path / "library", encoder)

    def cancel(progress: Progress) -> None:
        if progress.done == 4 and progress.stage == "encoding passages":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.add([source], cancel)
    assert len(encoder.encoded) == 4
    with (library.path / journal.NAME).open("ab") as file:
        file.write(b"a record cut sho")
    library.add([source])
    assert sorted(encoder.encoded) == sorted(row["text"] for row in rows)
    assert not (library.path / journal.NAME).exists()
    fresh = Library.create(tmp_path / "fresh", FakeEncoder())
    fresh.add([source])
    assert files_of(fresh.path)["dense.faiss"] == files_of(library.path)["dense.faiss"]


def test_another_encoder_does_not_take_over_the_journal(tmp_path: Path) -> None:
    text, rows = "sebuah kalimat", np.ones((1, 64), np.float32)
    with Journal(tmp_path, FakeEncoder()) as first:
        first.add([text], rows)
    with Journal(tmp_path, FakeEncoder()) as again:
        np.testing.assert_array_equal(again.find(text), rows[0])
    with Journal(tmp_path, FakeEncoder(name="other")) as other:
        assert other.find(text) is None
    with Journal(tmp_path, FakeEncoder()) as lost:
        assert lost.find(text) is None


@pytest.mark.parametrize("stage", ["indexing words", "encoding passages", "commit"])
def test_a_killed_write_leaves_the_old_library(tmp_path: Path, stage: str) -> None:
    path = make_library(tmp_path, TEXTS)
    (tmp_path / "articles" / "c.txt").write_text("Gempa mengguncang Lombok kemarin pagi.\n")
    script = textwrap.dedent(f"""
        import os, pathlib
        from index import Library
        from qa.testing import FakeEncoder

        def progress(now):
            if now.stage == {stage!r}:
                os._exit(9)

        if {stage!r} == "commit":
            pathlib.Path.replace = lambda *_: os._exit(9)
        Library.open({str(path)!r}, FakeEncoder()).sync(progress=progress)
    """)
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    assert ids(path) == ["a.txt", "b.txt"]
    assert Library.open(path, FakeEncoder()).check() == []
    assert Library.open(path, FakeEncoder()).sync().added == ("c.txt",)
    assert len(list((path / "snapshots").iterdir())) == 1


def test_open_readers_keep_their_snapshot(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    reader = Retriever.open(path, encoder=FakeEncoder())
    Library.open(path, FakeEncoder()).remove(["a.txt"])
    hit = reader.search("gencatan senjata")[0]
    assert hit.passage.article.id == "a.txt"
    assert hit.cosine  # the vectors, which are only looked at now, are there as well
    assert reader.sentence_cosines("gencatan senjata", hit.passage)


def test_one_writer_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_library(tmp_path, TEXTS)
    monkeypatch.setattr(store, "LOCK_SECONDS", 0.05)
    script = (
        "import sys, filelock\n"
        f"with filelock.FileLock({str(path / 'lock')!r}):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(LibraryBusy, match="try again"):
            Library.open(path, FakeEncoder()).sync()
        holder.communicate()


def test_another_encoder_takes_effect_at_the_next_write(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    other = CountingEncoder(32, "other")
    problems = Library.open(path, other).check()
    assert "qa index sync" in problems[0].mend
    Library.open(path, other).sync()
    assert len(other.encoded) == 2
    assert Retriever.open(path, encoder=other).info.encoder == "other"


def test_a_library_without_vectors(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS, "none")
    retriever = Retriever.open(path)
    assert (retriever.mode, retriever.info.encoder) == ("lexical", None)
    assert "no vectors" in retriever.notes[0]
    assert Library.open(path).check() == []


def test_not_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("precious")
    with pytest.raises(InputError, match="not an empty folder"):
        Library.create(tmp_path)
    assert (tmp_path / "thesis.docx").read_text() == "precious"


def test_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFound, match="qa index add"):
        Library.open(tmp_path / "library")
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize(
    "name", ["articles.jsonl", "passages.npy", "lexical-rows.npy", "dense.faiss", "sources.json"]
)
def test_a_file_cut_short_is_noticed_on_open(tmp_path: Path, name: str) -> None:
    path = make_library(tmp_path, TEXTS)
    file = open_snapshot(path).directory / name
    os.truncate(file, file.stat().st_size - 1)
    with pytest.raises(LibraryCorrupt, match=name):
        Retriever.open(path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 2}'])
def test_a_broken_manifest(tmp_path: Path, content: bytes) -> None:
    path = make_library(tmp_path, TEXTS)
    (open_snapshot(path).directory / "manifest.json").write_bytes(content)
    with pytest.raises(LibraryCorrupt, match=r"manifest\.json"):
        Retriever.open(path)


@pytest.mark.parametrize("content", ["", "../../etc", "00000099"])
def test_a_broken_pointer(tmp_path: Path, content: str) -> None:
    path = make_library(tmp_path, TEXTS)
    (path / "CURRENT").write_text(content)
    with pytest.raises(LibraryCorrupt):
        Retriever.open(path)


def test_a_flipped_bit_is_noticed_by_check(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    file = open_snapshot(path).directory / "dense.faiss"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    problems = Library.open(path, FakeEncoder()).check()
    assert ["dense.faiss" in problem.what for problem in problems] == [True]


def test_a_library_of_the_future(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    file = open_snapshot(path).directory / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "format": 99}))
    with pytest.raises(LibraryIncompatible, match="format 99"):
        Retriever.open(path)


def test_vectors_survive_a_rewrite(tmp_path: Path) -> None:
    path = make_library(tmp_path, TEXTS)
    before = Retriever.open(path, encoder=FakeEncoder()).search("Surabaya")[0].cosine
    (tmp_path / "articles" / "0.txt").write_text("Sebuah artikel yang datang sebelum yang lain.\n")
    Library.open(path, FakeEncoder()).sync()
    hit = Retriever.open(path, encoder=FakeEncoder()).search("Surabaya")[0]
    assert hit.passage.article.id == "b.txt"
    np.testing.assert_allclose(hit.cosine, before)
