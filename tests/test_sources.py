"""Files to articles: what is found, what is read, and that one bad file harms no other."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import index.sources.reading
import index.sources.rows
from index.cleaning import Cleaned
from index.errors import InputError
from index.sources import Found, Skipped, digest, explain, find, read
from index.types import Article

TEXT = "Pemerintah mengumumkan kebijakan baru tentang harga beras di pasar tradisional."


def one(path: Path, base: Path | None = None) -> Article:
    (article,) = read(path, base)
    assert isinstance(article, Article), article
    return article


def reason(path: Path, base: Path | None = None) -> str:
    (skipped,) = read(path, base)
    assert isinstance(skipped, Skipped), skipped
    assert skipped.path == path
    return skipped.reason


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows(path: Path, *items: Any) -> Path:
    lines = [item if isinstance(item, str) else json.dumps(item) for item in items]
    return write(path, "\n".join(lines))


# --- finding ---------------------------------------------------------------------------------


def test_a_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.txt", ".hidden.txt", ".git/c.txt", "c.unknown"):
        write(tmp_path / name, TEXT)
    assert find([tmp_path]) == [
        Found(tmp_path / name, tmp_path) for name in ("b.txt", "c.unknown", "a/y.txt", "a/z.txt")
    ]


def test_a_named_file_is_found_as_it_is_and_only_once(tmp_path: Path) -> None:
    file = write(tmp_path / ".hidden.txt", TEXT)
    assert find([file, str(file)]) == [Found(file, None)]
    other = write(tmp_path / "a.txt", TEXT)
    assert find([tmp_path, other]) == [Found(other, tmp_path)]


def test_a_path_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such file or folder: .*nowhere"):
        find([tmp_path / "nowhere"])


def test_links_cannot_trap_the_walk(tmp_path: Path) -> None:
    write(tmp_path / "a" / "x.txt", TEXT)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "link.txt").symlink_to(tmp_path / "a" / "x.txt")
    (tmp_path / "a" / "broken.txt").symlink_to(tmp_path / "gone.txt")
    found = [file.path.name for file in find([tmp_path])]
    assert found == ["broken.txt", "link.txt", "x.txt"]
    assert reason(tmp_path / "a" / "broken.txt", tmp_path) == "no such file"


def test_a_folder_that_cannot_be_listed_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a" / "x.txt", TEXT)
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def guarded(path: str) -> Any:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert [file.path for file in find([tmp_path])] == [tmp_path / "a" / "x.txt", closed]
    assert reason(closed, tmp_path) == "a folder that cannot be listed"


# --- text --------------------------------------------------------------------------------------


def test_a_text_file(tmp_path: Path) -> None:
    file = write(tmp_path / "berita" / "beras.txt", f"Harga Beras Turun\n\n{TEXT}\n")
    article = one(file, tmp_path)
    assert article == Article(
        id="berita/beras.txt",
        text=TEXT,
        lang="id",
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        title="Harga Beras Turun",
        path=str(file),
    )
    assert one(file).id == "beras.txt"
    assert digest(file) == article.sha256


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Der Präsident erklärte, dass die Größe der Straße für die Gäste nicht genüge. " * 3
    assert one(write(tmp_path / "a.txt", text.encode(encoding))).text == text.strip()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "binary, not text"),
        (b"%PDF-1.7\n" + bytes(range(1, 32)) * 50, "binary, not text"),
        (b"\x00" * 100, "empty"),
        ("\u200b\u202e\u2066".encode(), "no text left after cleaning"),
        (b"\xff\xfea\x00b", "not valid UTF-16: truncated data"),
        ("Ia berkata, “Baik.” ".encode() + b"\xe2\x80", "not valid UTF-8 at byte 25"),
    ],
)
def test_what_is_no_text_is_skipped_with_a_reason(tmp_path: Path, content: bytes, why: str) -> None:
    assert reason(write(tmp_path / "a.txt", content)) == why


def test_an_unknown_format_is_read_only_when_it_is_named(tmp_path: Path) -> None:
    file = write(tmp_path / "catatan.log", TEXT)
    assert "unknown format" in reason(file, tmp_path)
    assert one(file).text == TEXT
    image = write(tmp_path / "foto.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF")
    assert reason(image) == "binary, not text"


def test_a_file_over_the_limit_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.sources.reading, "FILE_MAX", 1024**2)
    assert one(write(tmp_path / "a.txt", TEXT))
    assert reason(write(tmp_path / "b.txt", "x" * (1024**2 + 1))).startswith("larger than 1 MiB")


def test_a_file_that_may_not_be_read_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    text, table = write(tmp_path / "a.txt", TEXT), write(tmp_path / "a.jsonl", "{}")
    monkeypatch.setattr(Path, "open", refuse)
    assert reason(text) == "cannot be read: Permission denied"
    assert reason(table) == "cannot be read: Permission denied"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert reason(pipe, tmp_path) == "not a regular file"
    with pytest.raises(OSError, match="not a regular file"):
        digest(pipe)


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
def test_a_file_name_that_is_not_text_gives_an_id_that_is(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        file.write_text(TEXT)
    except OSError:
        pytest.skip("this file system takes only text")
    assert one(file, tmp_path).id == "caf\ufffd.txt"


def test_explain_gives_the_record_of_a_file(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", f"{TEXT}\n\nBaca juga: Lain")
    ((id_, cleaned),) = (entry for entry in explain(file) if not isinstance(entry, Skipped))
    assert id_ == "a.txt"
    assert isinstance(cleaned, Cleaned)
    assert [(entry.line, entry.rule) for entry in cleaned.removed] == [(3, "read-also")]
    assert list(explain(tmp_path / "b.txt")) == [Skipped(tmp_path / "b.txt", "no such file")]


# --- .jsonl --------------------------------------------------------------------------------------


def test_a_row_is_an_article(tmp_path: Path) -> None:
    row = {
        "id": 7, "title": " Harga  Beras\nTurun ", "text": f"Harga Beras Turun\n\n{TEXT}",
        "published": "20 September 2022", "source": "ANTARA", "author": "Budi",
        "url": "https://contoh.id/1", "lang": "id-ID", "other": [1],
    }  # fmt: skip
    file = rows(tmp_path / "a.jsonl", row)
    assert one(file, tmp_path) == Article(
        id="7",
        text=TEXT,
        lang="id",
        sha256=hashlib.sha256(json.dumps(row).encode()).hexdigest(),
        title="Harga Beras Turun",
        source="ANTARA",
        author="Budi",
        published="2022-09-20",
        url="https://contoh.id/1",
        path=str(file),
    )


def test_ids_of_rows(tmp_path: Path) -> None:
    file = rows(
        tmp_path / "x" / "a.jsonl",
        {"_id": "doc1", "title": "", "text": TEXT},
        "",
        {"text": TEXT, "id": ""},
        {"id": "b", "_id": "c", "text": TEXT, "lang": "Indonesian", "published": "kemarin"},
    )
    found = [item for item in read(file, tmp_path) if isinstance(item, Article)]
    assert [item.id for item in found] == ["doc1", "x/a.jsonl#3", "b"]
    assert found[0].title is None
    assert (found[2].lang, found[2].published) == ("id", None)
    assert len({item.sha256 for item in found}) == 3


def test_a_bad_row_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.jsonl",
        b"\xef\xbb\xbf"
        + b"\n".join(
            [
                json.dumps({"id": "1", "text": TEXT}).encode(),
                b'{"text": ',
                b"[1, 2]",
                b'{"title": "x"}',
                b'{"text": 5}',
                b'{"text": "\xff"}',
                b'{"text": " \\u200b "}',
                b"[" * 100_000,
                json.dumps({"id": "9", "text": TEXT}).encode() + b"\r",
            ]
        ),
    )
    items = list(read(file))
    assert [item.id for item in items if isinstance(item, Article)] == ["1", "9"]
    assert [item.reason for item in items if isinstance(item, Skipped)] == [
        "line 2: not valid JSON (Expecting value at column 9)",
        "line 3: not a JSON object",
        'line 4: no "text"',
        'line 5: no "text"',
        "line 6: not valid UTF-8",
        "line 7: no text left after cleaning",
        "line 8: JSON nested too deep, or with a number too long",
    ]


def test_a_row_over_the_limit_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.sources.rows, "ROW_MAX", 1000)
    file = rows(tmp_path / "a.jsonl", {"text": "x" * 5000}, {"id": "2", "text": TEXT})
    skipped, article = read(file)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("line 1: longer than")
    assert isinstance(article, Article)
    assert article.id == "2"


def test_an_empty_jsonl_is_skipped(tmp_path: Path) -> None:
    assert reason(write(tmp_path / "a.jsonl", "\n \n")) == "empty"


# --- all formats ---------------------------------------------------------------------------------


def test_reading_text_imports_no_web_page_reader(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", TEXT)
    code = (
        "import sys; from pathlib import Path; from index.sources import read;"
        "list(read(Path(sys.argv[1])));"
        "sys.exit(bool({'trafilatura', 'py3langid', 'lxml'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(file)], check=False).returncode == 0
