"""The sample articles: unchanged to the byte, and cleaned to the body that a person marked."""

import hashlib
from pathlib import Path

import pytest

from index.cleaning import Cleaned, clean
from index.sentences import sentences
from index.sources import find, read
from index.types import Article

SEEDS = Path(__file__).parents[1] / "seeds"
SHA256 = {
    "000_aee293dbcb363524.txt": "d4f9a877894f3374551aa91ec29df4eef3ec1bb1f843337cbc8a7f65adbedc4c",
    "001_3814e48b976ab4c4.txt": "314eb2c38e4bc1487b76471a38ce1898aec83f97c65656c6e1c25b28232c6734",
    "002_fa0108434b0a3076.txt": "eb60ce71a4fabe5080d85b6eb9b96fac6c63f38714f04478069b2c1a787e8b26",
    "003_a94cd352ff4a83aa.txt": "1099eb544ee45f4a7f691f4f5fd645b433a2ee604f8168a5471ff01c52697a79",
    "004_d3b15dfe8f05e67f.txt": "0d8f870d5dce55b0b73d8d7f8e0872c09a8152ef91a8371c25aab378b9c8fa4d",
}
BODY_LINES = {
    # Marked by hand: the raw lines, from 1, that are the article. Everything else is the website.
    "000_aee293dbcb363524.txt": [12, 14, 16, 18, 20, 22, 24, 26, 28],
    "001_3814e48b976ab4c4.txt": [5, 7, 9, 14, 16, 18, 20, 22, 27, 29, 31, 33, 35],
    "002_fa0108434b0a3076.txt": list(range(1, 16)),
    "003_a94cd352ff4a83aa.txt": [6, 8, 12, 14, 16, 20, 22, 24, 28],
    # Line 5 is a photo's caption: its sentence is kept as a fact of the publisher.
    "004_d3b15dfe8f05e67f.txt": [5, 7, 9, 11, 13, 20, 22, 24, 26, 28],
}
CUT = {
    # The only pieces that are cut inside a line, also marked by hand.
    "003_a94cd352ff4a83aa.txt": " (ARN)",
    "004_d3b15dfe8f05e67f.txt": " REUTERS/Aziz Karimov/aww/cfo (REUTERS/AZIZ KARIMOV)",
}
METADATA = {
    "000_aee293dbcb363524.txt": (
        "Blinken kepada Menlu Armenia dan Azerbaijan: Sudah Waktunya Pasukan Bubar dan "
        "Diplomat Kembali ke Meja Kerja",
        "Farah.ID",
        "RENI ERINA",
        "2022-09-20",
    ),
    "001_3814e48b976ab4c4.txt": (
        "Armenia dan Azerbaijan Akan Bertemu Terpisah dengan Menlu AS",
        "LancangKuning",
        None,
        None,
    ),
    "002_fa0108434b0a3076.txt": (None, None, None, None),
    "003_a94cd352ff4a83aa.txt": (
        "Kremlin Desak Armenia-Azerbaijan Hentikan Pertempuran",
        "ARRAHMAHNEWS.COM",
        None,
        None,
    ),
    "004_d3b15dfe8f05e67f.txt": (
        "Pertempuran Nagorno-Karabakh terus terjadi jelang perundingan Rusia",
        "ANTARA",
        None,
        None,
    ),
}
NAMES = sorted(SHA256)


def raw(name: str) -> str:
    return (SEEDS / name).read_bytes().decode("utf-8")


def cleaned(name: str) -> Cleaned:
    return clean(raw(name))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_folder_holds_the_five_and_nothing_else() -> None:
    assert sorted(path.name for path in SEEDS.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_unchanged_to_the_byte(name: str) -> None:
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == SHA256[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_body_is_what_a_person_marked(name: str) -> None:
    lines = raw(name).split("\n")
    body = [squeezed(lines[number - 1]) for number in BODY_LINES[name]]
    piece = CUT.get(name, "")
    expected = "\n\n".join(body).replace(piece, "") if piece else "\n\n".join(body)
    assert cleaned(name).text == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_kept_or_recorded(name: str) -> None:
    lines = raw(name).split("\n")
    record = {entry.line: entry.text for entry in cleaned(name).removed}
    for number, line in enumerate(lines, start=1):
        if number in BODY_LINES[name]:
            assert record.get(number, "").strip() in CUT.get(name, "")
        elif line.strip():
            assert record[number] == squeezed(line)


@pytest.mark.parametrize("name", NAMES)
def test_metadata_is_what_the_page_states(name: str) -> None:
    page = cleaned(name)
    assert (page.title, page.source, page.author, page.published) == METADATA[name]


def test_reading_the_folder_gives_five_indonesian_articles() -> None:
    articles = [article for file in find([SEEDS]) for article in read(*file)]
    assert all(isinstance(article, Article) for article in articles)
    assert [article.id for article in articles if isinstance(article, Article)] == NAMES
    assert {article.lang for article in articles if isinstance(article, Article)} == {"id"}
    digests = {article.id: article.sha256 for article in articles if isinstance(article, Article)}
    assert digests == SHA256


def test_sentences_of_the_samples() -> None:
    text = cleaned("002_fa0108434b0a3076.txt").text
    found = [text[span.start : span.end] for span in sentences(text)]
    assert len(found) == 18
    assert (
        "“Pada 17.30 (13:30 GMT), dengan mediasi Rusia, gencatan senjata diumumkan di perbatasan "
        "Azerbaijan-Armenia,” kata Kementerian Pertahanan Armenia."
    ) in found
    assert (
        "Moskow menengahi kesepakatan damai November lalu untuk mengakhiri enam minggu "
        "pertempuran atas wilayah itu, di mana lebih dari 6.600 orang tewas."
    ) in found
