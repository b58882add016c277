"""Cleaning: what goes, what must stay, and that the record is complete."""

import unicodedata

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning import Cleaned, Removed, clean
from index.cleaning.lines import split_lines

BODY = [
    "Pemerintah mengumumkan kebijakan baru tentang harga beras di pasar tradisional.",
    "Kebijakan itu berlaku mulai pekan depan di seluruh provinsi, kata menteri.",
    "Para pedagang menyambut kebijakan tersebut dengan hati-hati di tengah kenaikan harga.",
]


def page(*lines: str) -> str:
    """Those lines around the first and the other sentences of BODY; "BODY" marks the place."""
    return "\n\n".join(lines).replace("BODY", "\n\n".join(BODY))


def body_of(cleaned: Cleaned) -> list[str]:
    return cleaned.text.split("\n\n")


CLUTTER = [
    "Baca juga: Harga Cabai Naik Lagi",
    "BACA JUGA : Harga Cabai Naik Lagi",
    "[Baca Juga: Harga Cabai Naik Lagi]",
    "Lihat juga Video: Pedagang Mengeluh",
    "Simak juga Video 'Pedagang Mengeluh di Pasar':",
    "Read also: Prices rise again",
    "Also read Prices Rise Again in Jakarta",
    "Lees ook: Prijzen stijgen",
    "Читайте также: Цены растут",
    "ARTIKEL LAINNYA",
    "Related Articles",
    "Bagikan Artikel",
    "Share this:",
    "Share on Facebook",
    "data.label",
    "0%",
    "Beri penilaian untuk artikel Harga Beras Turun",
    "SCROLL TO CONTINUE WITH CONTENT",
    "ADVERTISEMENT",
    "[Gambas:Video 20detik]",
    "Komentar",
    "12 Komentar",
    "Tulis komentar anda",
    "Komentar menjadi tanggung jawab anda sesuai UU ITE",
    "Be the first to comment",
    "Leave a Reply",
    "Your email address will not be published. Required fields are marked *",
    "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
    "Daftar Isi",
    "Table of contents",
    "COPYRIGHT © ANTARA 2020",
    "Copyright © 2022 Situs.com. All rights reserved.",
    "© 2022 Situs Berita",
    "About Arrahmahnews 26656 Articles",
    "Tags: beras, harga, pasar",
    "#beras #harga",
    "Halaman 2 dari 3",
    "Posted By : result hk",
    "EDITOR: RENI ERINA",
    "Penerjemah: Suwanti",
    "Sumber: Reuters",
    "Sumber: Gamasutra dan Oculus Forums.",
    "Foto: Shutterstock",
    "(evn)",
    "(abc/def)",
    "[dan]",
    "Tim Cook, CEO Apple (Foto: Reuters)",
    "Menteri Luar Negeri AS Antony Blinken/Net",
    "Suara.com -",
]


@pytest.mark.parametrize("line", CLUTTER)
def test_clutter_goes_wherever_it_stands_and_is_recorded(line: str) -> None:
    for raw in (page("BODY", line), page(BODY[0], line, *BODY[1:]), page(line, "BODY")):
        cleaned = clean(raw)
        assert body_of(cleaned) == BODY
        assert [entry.text for entry in cleaned.removed] == [line]


PROSE = [
    "Suka cita menyelimuti warga setelah gencatan senjata diumumkan.",
    "Baca juga buku itu, kata guru kepada murid-muridnya.",
    "Bagikan beras itu kepada warga, perintah bupati.",
    "Komentar presiden itu memicu protes di parlemen.",
    "Sumber: seorang pejabat mengatakan bahwa pasukan sudah mundur dari kota.",
    "Iklan itu ditarik dari televisi pekan lalu.",
    "Sangat suka.",
    "Suka",
    "Related articles of the treaty were amended in 1994.",
    "Share prices fell sharply on Monday.",
    "Comments by the minister angered the opposition.",
    "Advertisements were pulled from the air last week.",
    "Tag harga itu dicabut oleh pedagang.",
    "Copyright law was amended by the parliament in 2014.",
    "Editor: koran itu menolak tuduhan tersebut dan akan menempuh jalur hukum segera.",
    "Sebanyak 60 % warga memilih pergi.",
    "Laporan menyebutkan 49 tentara tewas.",
    "Foto: ratusan warga mengungsi ke kota tetangga setelah serangan itu terjadi kemarin malam",
    "Menteri itu berkunjung ke Baku/Yerevan",
    "Ia bekerja untuk PBB (UNICEF)",
    "1. Beras Merah",
    "- dua kilogram gula",
    "Harga Beras Merah",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_that_looks_like_clutter_stays(line: str) -> None:
    cleaned = clean(page(BODY[0], line, *BODY[1:]))
    assert body_of(cleaned) == [BODY[0], line, *BODY[1:]]
    assert cleaned.removed == ()


def test_a_reaction_is_a_button_only_above_a_percentage() -> None:
    cleaned = clean(page("BODY", "Sangat Suka", "0%", "Marah", "12 %"))
    assert body_of(cleaned) == BODY
    assert {entry.rule for entry in cleaned.removed} == {"widget"}


def test_a_bare_label_takes_the_links_right_below_it_but_no_paragraph() -> None:
    links = "BACA JUGA:\nHarga Cabai Naik\nHarga Gula Turun"
    cleaned = clean(page(BODY[0], links, *BODY[1:]))
    assert body_of(cleaned) == BODY
    assert [e.rule for e in cleaned.removed] == ["read-also", "read-also-link", "read-also-link"]
    assert body_of(clean(page(BODY[0], "BACA JUGA:", "Harga Cabai", BODY[1]))) == [
        BODY[0],
        "Harga Cabai",
        BODY[1],
    ]


def test_a_whole_page() -> None:
    raw = """Beranda
Ekonomi
Situs.com
Harga Beras Turun di Seluruh Provinsi
Penulis: Budi Santoso
Selasa, 20 September 2022 | 12:34 WIB
Bagikan
Harga Beras Turun di Seluruh Provinsi
Pedagang beras
BODY
Editor: Sari
Copyright © 2022 Situs.com. All rights reserved.
Harga Cabai Naik Lagi di Jawa
Apakah Gula Akan Naik Juga?
Komentar""".replace("BODY", "\n".join(BODY))
    cleaned = clean(raw)
    assert body_of(cleaned) == BODY
    assert cleaned.title == "Harga Beras Turun di Seluruh Provinsi"
    assert cleaned.source == "Situs.com"
    assert cleaned.author == "Budi Santoso"
    assert cleaned.published == "2022-09-20"
    numbers = [entry.line for entry in cleaned.removed]
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 15, 16, 17]
    lines = raw.split("\n")
    assert all(lines[entry.line - 1] == entry.text for entry in cleaned.removed)


def test_an_english_page() -> None:
    body = ["The government announced a new policy on rice prices on Tuesday in Jakarta."] * 2
    body[1] = body[1].replace("announced", "defended")
    cleaned = clean(
        "Home\nNews\n\nWill Rice Prices Fall? Experts Weigh In\n\nBy John Smith, Reuters\n\n"
        "Published: September 20, 2022 at 12:34 pm\n\nTweet\n\n" + "\n\n".join(body)
    )
    assert body_of(cleaned) == body
    assert cleaned.title == "Will Rice Prices Fall? Experts Weigh In"
    assert cleaned.author == "John Smith"
    assert cleaned.published == "2022-09-20"


def test_initials_and_photo_credits_are_cut_after_the_last_full_stop_only() -> None:
    cleaned = clean(
        page(BODY[0] + " (abc/def)", BODY[1] + " ANTARA FOTO/Anis/nz", BODY[2] + " (ARN)")
    )
    assert body_of(cleaned) == BODY
    assert [(e.line, e.text, e.rule) for e in cleaned.removed] == [
        (1, "(abc/def)", "initials"),
        (3, "ANTARA FOTO/Anis/nz", "photo-credit"),
        (5, "(ARN)", "initials"),
    ]
    middle = BODY[0] + " (PBB)"
    assert body_of(clean(page(middle, BODY[1]))) == [middle, BODY[1]]


@pytest.mark.parametrize(
    ("first", "title", "stays"),
    [
        ("Harga Beras Turun", "Harga Beras Turun", False),
        ("Mengapa Harga Beras Turun?", "Mengapa Harga Beras Turun?", True),
        ("Siapa Untung? Ini Jawabnya", "Siapa Untung? Ini Jawabnya", False),
        ("Harga beras turun di pasar.", None, True),
        ("Padang (ANTARA News) - Kereta api keluar jalur di Stasiun", None, True),
        ("Harga beras turun menurut", None, True),
    ],
)
def test_titles(first: str, title: str | None, stays: bool) -> None:
    rest = ["beberapa pedagang di pasar itu."] if first.endswith("menurut") else BODY
    cleaned = clean("\n\n".join([first, *rest]))
    assert cleaned.title == title
    assert (first in body_of(cleaned)) == stays
    assert body_of(cleaned)[-len(rest) :] == rest


def test_a_title_that_is_known_is_taken_out_of_the_text() -> None:
    raw = page("Harga Beras Turun", "BODY")
    assert body_of(clean(raw, title="Harga Beras Turun")) == BODY
    assert body_of(clean(page("BODY"), title="Harga Beras Turun")) == BODY
    assert clean("Satu kalimat.", title="Judul").title == "Judul"


def test_a_list_without_sentences_keeps_every_line() -> None:
    raw = "Bahan\n2 butir telur\n200 g tepung\nGaram"
    assert body_of(clean(raw)) == raw.split("\n")
    recipe = raw + "\n\n" + BODY[0]
    assert body_of(clean(recipe)) == [*raw.split("\n"), BODY[0]]


def test_a_refrain_keeps_both_of_its_sentences() -> None:
    raw = "Selamat datang di kota kami.\n\nBODY\n\nSelamat datang di kota kami."
    assert clean(page(raw)).text.count("Selamat datang di kota kami.") == 2


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Baku/Yerevan (ANTARA) - Pertempuran kembali pecah pada Jumat malam kemarin.", "ANTARA"),
        ("LONDON, Oct 9 (Reuters) - Oil prices rose on Friday after the talks failed.", "Reuters"),
        ("JAKARTA, KOMPAS.com – Harga beras turun di seluruh provinsi pekan ini.", "KOMPAS.com"),
        (
            "Liputan6.com, Jakarta - Harga beras turun di seluruh provinsi pekan ini.",
            "Liputan6.com",
        ),
        (
            "Rusia. ARRAHMAHNEWS.COM Kremlin mendesak kedua pihak berdamai segera.",
            "ARRAHMAHNEWS.COM",
        ),
        ("LancangKuning - Menteri luar negeri dijadwalkan bertemu di Washington.", "LancangKuning"),
        (
            "Jakarta, CNN Indonesia -- Harga beras turun di seluruh provinsi pekan ini.",
            "CNN Indonesia",
        ),
        ("Mengutip AFP, kedua pihak mengesampingkan pertemuan trilateral itu lagi.", None),
        ("Jakarta - Harga beras turun di seluruh provinsi pekan ini, kata menteri.", None),
        ("Tokopedia.com meluncurkan layanan baru bagi para pedagang beras di Jawa.", None),
        ("Presiden Joko Widodo (Jokowi) meninjau pasar beras di Jakarta kemarin.", None),
    ],
)
def test_the_publisher_is_what_a_dateline_states(line: str, source: str | None) -> None:
    cleaned = clean(page(line, "BODY"))
    assert cleaned.source == source
    assert line in body_of(cleaned)


def test_the_publication_date_is_never_guessed() -> None:
    assert clean(page("Pada Selasa (6/10/2020) harga naik di pasar.", "BODY")).published is None
    assert clean(page("BODY", "COPYRIGHT © ANTARA 2020")).published is None
    assert clean(page("Judul Berita", "Rabu, 21 Oktober 10:20 WIB", "BODY")).published is None
    both = page("Judul Berita", "Diperbarui: 22/10/2020", "Terbit: 21/10/2020", "BODY")
    assert clean(both).published == "2020-10-21"


def test_prose_broken_after_so_many_words_is_joined() -> None:
    body = (
        "Pemerintah kota mengumumkan bahwa harga beras akan naik bulan depan karena panen gagal di "
        "tiga kabupaten. Wali kota mengatakan kepada wartawan bahwa bantuan dibagikan kepada warga "
        "yang membutuhkan. Kepala dinas menambahkan bahwa cadangan masih cukup."
    )
    words = body.split()
    lines = [" ".join(words[at : at + 8]) for at in range(0, len(words), 8)]
    cleaned = clean("\n".join(["Harga Beras Naik", "", "Bagikan Artikel", "", *lines]))
    assert cleaned.title == "Harga Beras Naik"
    assert cleaned.text.split() == words


def test_lists_and_menus_are_not_joined() -> None:
    for lines in (
        ["beras dua karung", "minyak tiga botol", "gula lima kilo", "telur sepuluh butir"],
        ["Ekonomi dan Bisnis", "Olahraga dan Hiburan", "Kesehatan anak.", "Berita Kota Lama"],
        ["Wali kota datang pukul tujuh.", "lalu pulang pukul delapan.", "tidak ada yang tahu."],
    ):
        assert [line.text for line in split_lines("\n".join(lines))] == lines


def test_hard_wrapped_prose_is_joined() -> None:
    raw = (
        "Pemerintah mengumumkan kebijakan baru tentang harga\n"
        "beras di pasar tradisional yang ada di seluruh\n"
        "provinsi, kata menteri perdagangan pada hari Selasa.\n\n"
        "Kebijakan itu berlaku mulai pekan depan di seluruh\n"
        "provinsi dan akan dievaluasi setelah tiga bulan."
    )
    assert body_of(clean(raw)) == [" ".join(part.split("\n")) for part in raw.split("\n\n")]


def test_a_text_of_nothing_but_clutter_keeps_it() -> None:
    cleaned = clean("Komentar\n\nBagikan Artikel")
    assert cleaned.text == "Komentar\n\nBagikan Artikel"
    assert cleaned.removed == ()


def test_characters() -> None:
    raw = (
        "\ufeffMe\u0301rah\u200b \x1b[31mpadam\x1b[0m\x1b]0;judul\x07 \u202eterbalik\u202c\x00"
        "\x07\r\n"
        "\r\nنمی\u200cخواهم  क्\u200dष\t👨\u200d👩\u00ad \u2066x\u2069\x9b31m\u3000y [/b]\x85\x0c z"
    )
    assert clean(raw).text == (
        "M\u00e9rah padam terbalik\n\nنمی\u200cخواهم क्\u200dष 👨\u200d👩 xy [/b]\n\nz"
    ).replace("xy", "x y")


@pytest.mark.parametrize("raw", ["", "  \n\t\n", "\ufeff", "\x00\x1b[31m\u200b"])
def test_nothing_visible_is_empty(raw: str) -> None:
    assert clean(raw) == Cleaned("", ())


_LINES = st.sampled_from(
    [*BODY, *CLUTTER[::4], *PROSE[::4], "", "Judul Berita Hari Ini", "20 September 2022", "a", "?"]
)


@given(
    st.lists(_LINES | st.text(max_size=40), max_size=12), st.sampled_from(["\n", "\n\n", "\r\n"])
)
def test_what_is_stored_is_tidy_and_nothing_vanishes_unrecorded(lines: list[str], sep: str) -> None:
    raw = sep.join(lines)
    cleaned = clean(raw)
    text = cleaned.text
    assert text == unicodedata.normalize("NFC", text).strip()
    assert "\n\n\n" not in text
    assert not {c for c in text if unicodedata.category(c) == "Cc" and c != "\n"}
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    assert all(isinstance(entry, Removed) and entry.rule for entry in cleaned.removed)
    everything = text + "".join(entry.text for entry in cleaned.removed)
    for line in BODY:
        assert lines.count(line) <= everything.count(line)


def test_cleaning_twice_changes_nothing_more() -> None:
    once = clean(page("Harga Beras Turun", "Daftar Isi", "BODY", "Komentar"))
    assert clean(once.text).text == once.text


@pytest.mark.parametrize(
    "unit", ["x", "a ", "a\n", "Baca juga: b\n\n", "\x1b]", "(", "[ian]\n", "© "]
)
def test_huge_input_takes_linear_time(unit: str) -> None:
    assert grows_linearly(clean, unit, 10_000)


def test_every_paragraph_names_the_raw_line_it_starts() -> None:
    raw = page("Harga Beras Turun", "Baca juga: Harga Cabai Naik Lagi", "BODY", "Komentar") + "\n"
    cleaned = clean(raw)
    lines = raw.split("\n")
    assert len(cleaned.lines) == len(body_of(cleaned)) == len(BODY)
    assert [lines[number - 1] for number in cleaned.lines] == BODY
    assert clean("Komentar").lines == (1,)  # kept, since nothing else would be left
