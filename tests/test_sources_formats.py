"""Markdown and web pages: prose without marks, and metadata that the file states."""

from pathlib import Path

import pytest

import index.sources.webpage
from index.sources import Skipped, read
from index.types import Article

BODY = "Pemerintah mengumumkan kebijakan baru tentang harga beras di pasar tradisional."


def read_one(path: Path, content: str | bytes) -> Article | Skipped:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (item,) = read(path)
    return item


def article(path: Path, content: str | bytes) -> Article:
    item = read_one(path, content)
    assert isinstance(item, Article), item
    return item


def markdown(tmp_path: Path, content: str) -> Article:
    return article(tmp_path / "a.md", content)


def webpage(tmp_path: Path, content: str | bytes) -> Article:
    return article(tmp_path / "a.html", content)


def test_markdown_becomes_prose(tmp_path: Path) -> None:
    found = markdown(
        tmp_path,
        """# Harga **Beras** Turun

Pemerintah *mengumumkan* [kebijakan baru](https://x.id/a_b) tentang `harga` beras
di pasar ~~tradisional~~ ![foto](x.png)dan __modern__, kata snake_case_name.

Sub judul
---------

- butir *satu*
  berlanjut
* butir dua \\*berbintang\\*
1. nomor satu

> Kutipan pertama
> dan lanjutannya.

| Nama | Nilai |
|------|:-----:|
| Beras | 6.600 |

***

```python
x = a * b * c
```

<!-- rahasia
sekali -->
2 * 3 * 4 = 24, <b>tebal</b>, <https://x.id>, a < b dan c > d.

[ref]: https://x.id
""",
    )
    assert found.title == "Harga Beras Turun"
    assert found.text.split("\n\n") == [
        "Pemerintah mengumumkan kebijakan baru tentang harga beras di pasar tradisional dan "
        "modern, kata snake_case_name.",
        "Sub judul",
        "butir satu berlanjut",
        "butir dua *berbintang*",
        "1. nomor satu",
        "Kutipan pertama dan lanjutannya.",
        "Nama | Nilai",
        "Beras | 6.600",
        "x = a * b * c",
        "2 * 3 * 4 = 24, tebal, https://x.id, a < b dan c > d.",
    ]


def test_front_matter(tmp_path: Path) -> None:
    found = markdown(
        tmp_path,
        f'---\ntitle: "Harga: turun"\ndate: 2022-09-20\nauthor: Budi\nsource: ANTARA\nlang: id\n'
        f"url: https://x.id/1\ntags: [a, b]\n---\n{BODY}\n\nBaca juga: Lain\n",
    )
    assert (found.title, found.published, found.author) == ("Harga: turun", "2022-09-20", "Budi")
    assert (found.source, found.lang, found.url) == ("ANTARA", "id", "https://x.id/1")
    assert found.text == BODY


@pytest.mark.parametrize(
    "content", [f"---\n{BODY}\n", f"Harga\n=====\n\n{BODY}", f"# Harga #\n\n{BODY}", f"*{BODY}*"]
)
def test_small_markdown_loses_no_sentence(tmp_path: Path, content: str) -> None:
    assert markdown(tmp_path, content).text == BODY


def test_unclosed_comments_cost_no_more_than_their_length(tmp_path: Path) -> None:
    assert markdown(tmp_path, f"<!-- a --> {BODY} <!-- " + "<!--" * 100_000).text.startswith(BODY)


def test_line_numbers_are_those_of_the_markdown_file(tmp_path: Path) -> None:
    from index.sources import explain

    file = tmp_path / "a.md"
    file.write_text(f"---\ntitle: T\n---\n<!-- a\nb -->\n{BODY}\nlagi.\n\nBaca juga: [L](x)\n")
    ((_, cleaned),) = (entry for entry in explain(file) if not isinstance(entry, Skipped))
    assert [(entry.line, entry.text) for entry in cleaned.removed] == [(9, "Baca juga: L")]


PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Harga Beras Turun - Situs</title>
<meta property="og:title" content="Harga Beras Turun"><meta property="og:site_name" content="Situs">
<meta name="author" content="Budi Santoso">
<meta property="article:published_time" content="2022-09-20T12:34:00+07:00">
<script>var rahasia = 1;</script></head><body>
<nav><a href="/">Beranda</a> <a href="/x">Ekonomi</a></nav>
<article><h1>Harga Beras Turun</h1><p>{BODY}</p><p>Baca juga: <a href="/y">Lain</a></p>
<p>Sebanyak 6.600 pedagang &amp; petani <b>hadir</b> dalam acara itu, kata panitia.</p></article>
<footer>Copyright 2023</footer></body></html>"""


def test_a_web_page(tmp_path: Path) -> None:
    found = webpage(tmp_path, PAGE)
    assert found.text.split("\n\n") == [
        BODY,
        "Sebanyak 6.600 pedagang & petani hadir dalam acara itu, kata panitia.",
    ]
    assert (found.title, found.source, found.author) == (
        "Harga Beras Turun",
        "Situs",
        "Budi Santoso",
    )
    assert (found.published, found.lang) == ("2022-09-20", "id")


def test_a_web_page_without_a_stated_date_has_none(tmp_path: Path) -> None:
    page = f"<html><body><p>{BODY}</p><p>Pada 6/10/2020 {BODY}</p><p>© 2021 Situs</p></body></html>"
    assert webpage(tmp_path, page).published is None


def test_a_fragment_and_a_short_page(tmp_path: Path) -> None:
    assert webpage(tmp_path, f"<p>{BODY}</p>").text == BODY
    assert webpage(tmp_path, "<p>Hanya satu kalimat.</p>").text == "Hanya satu kalimat."


def test_a_declared_encoding_is_used(tmp_path: Path) -> None:
    page = (
        f'<html><head><meta charset="windows-1252"></head><body><p>Café. {BODY}</p></body></html>'
    )
    assert webpage(tmp_path, page.encode("cp1252")).text == f"Café. {BODY}"


@pytest.mark.parametrize(
    "content",
    [
        "<html></html>",
        "<script>alert(1)</script>",
        "<div>" * 50_000,
        '<a href="' * 10_000,
        "<" * 9999,
    ],
)
def test_hostile_pages_are_skipped_or_read_but_never_raise(tmp_path: Path, content: str) -> None:
    item = read_one(tmp_path / "a.html", content)
    if isinstance(item, Skipped):
        assert item.reason in ("no article text found in the page", "no text left after cleaning")
    else:
        assert "alert" not in item.text


def test_a_web_page_over_the_limit_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.sources.webpage, "HTML_MAX", 100)
    item = read_one(tmp_path / "a.html", PAGE)
    assert isinstance(item, Skipped)
    assert "too large for a web page" in item.reason


def test_only_one_module_imports_trafilatura() -> None:
    root = Path(index.sources.webpage.__file__).parents[1]
    importers = [p.name for p in root.rglob("*.py") if "import trafilatura" in p.read_text("utf-8")]
    assert importers == ["webpage.py"]
