"""Sentence spans: where they end, what they never do, and that huge lines stay cheap."""

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import QUOTATION_MAX, UNMARKED_MAX, sentences
from index.types import Span


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Yerevan melaporkan 772 tentara tewas.", "Baku melaporkan 63 warga sipil tewas."],
        ["Prof. Dr. H. Budi, S.H., M.Si. tiba di Jl. Sudirman No. 5.", "Ia lelah."],
        ["PT. Astra Tbk. dan CV. Maju membeli beras, gula, dll. untuk Tn. Amir.", "Harga naik."],
        ["Mereka membawa beras, gula, dsb.", "Namun harga tetap naik."],
        ["Surat itu ditandatangani a.n. Bupati.", "Isinya singkat."],
        ["Lebih dari 6.600 orang tewas pada pukul 17.30.", "Itu terjadi pada 1994.", "Kini damai."],
        ["Buku itu karya J. K. Rowling.", "Harganya Rp. 50.000."],
        ["Hujan turun... lalu berhenti.", "Sepi..."],
        ["Siapa yang menang?", "Kita!", "Benarkah?!", "Ya."],
        ["The U.S. President met Mr. Smith and Dr. Jones at 5 p.m. in Washington.", "He left."],
        ["She works for Apple Inc. in the U.S.", "The pay is good."],
        ["It fell on Jan. 5.", "Yahoo! said so."],
        ["1. Buka pintu.", "Lalu masuk."],
        ["Mereka melakukan banyak hal.", "Lihat hal. 5 dan No. 7."],
        ["Harganya lima sen.", "Menurut Sen. Warren, itu murah."],
        ["Ia lahir di gedung E.", "Sementara Blok G kosong."],
        ["Это первое.", "Это второе."],
        ["ეს პირველია.", "მეორე წინადადება."],
        ["Er kam am 3. Oktober an.", "Dann ging er."],
        ["今天天气很好。", "我们去公园吧！", "真的吗？"],
        ["ذهب إلى السوق.", "هل عاد؟", "نعم."],
        ["یہ پہلا جملہ ہے۔", "یہ دوسرا ہے۔"],
        ["यह पहला वाक्य है।", "यह दूसरा है।"],
        ["Սա առաջին նախադասությունն է։", "Սա երկրորդն է։"],
    ],
)
def test_ends_where_an_editor_would_end_it(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ['"Kami menang. Mereka kalah," kata Budi.', "Ia pergi."],
        ["“Kami menang. Mereka kalah”, ujar Budi.", "Ia pergi."],
        ['"Apa itu?" tanya Budi.', '"Entahlah."', "Ia diam."],
        ['"Why now?" Blinken asked.', "Nobody answered."],
        ["Ia berkata, “Pergilah.”", "Mereka pergi."],
        ["Budi (lahir di Solo. Anak kedua.) pulang.", "Ia lelah."],
        ["„Wir gehen. Jetzt.“", "Dann war Ruhe."],
        ['Layar 15" itu mahal.', "Ia membelinya."],
        ['" Kami menang. Mereka kalah, " kata Budi.', "Ia pergi."],
        ['Itu sudah biasa," katanya.', "Ia pergi.", '"Kami menang. Mereka kalah," kata Amir.'],
        ['"Kami datang.', '"Kami menang. Mereka kalah," kata Amir.', "Ia pergi."],
    ],
)
def test_a_quotation_keeps_its_marks_and_its_speaker(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_marks_that_need_no_space_after_them() -> None:
    assert split("今天很好。“好的。”他说。我们走吧！") == [
        "今天很好。",
        "“好的。”他说。",
        "我们走吧！",
    ]
    assert split("「行こう。早く。」と言った。雨だ。") == ["「行こう。早く。」と言った。", "雨だ。"]
    assert split("“好。”“不。”") == ["“好。”", "“不。”"]


def test_a_long_quotation_is_split_and_its_end_keeps_the_speaker() -> None:
    inside = ["Kalimat yang ke-" + str(i) + " ini cukup panjang untuk diuji." for i in range(20)]
    text = f"“{' '.join(inside)} Demikian,” kata Peskov kepada wartawan. Ia pergi."
    assert len(text) > QUOTATION_MAX
    parts = split(text)
    assert parts[0] == "“" + inside[0]
    assert parts[-2] == "Demikian,” kata Peskov kepada wartawan."
    assert parts[-1] == "Ia pergi."


def test_an_unclosed_quotation_does_not_swallow_the_paragraph() -> None:
    text = '"Kami datang. ' + "Mereka pergi ke kota untuk bekerja. " * 20
    assert len(split(text)) == 21


def test_a_dateline_of_one_word_belongs_to_its_sentence() -> None:
    assert split("Rusia. ARRAHMAHNEWS.COM Kremlin mendesak damai. Ia setuju.") == [
        "Rusia. ARRAHMAHNEWS.COM Kremlin mendesak damai.",
        "Ia setuju.",
    ]


def test_thai_is_one_sentence_until_it_is_long() -> None:
    short = "ประเทศไทย เป็นประเทศ"
    assert split(short) == [short]
    long = "ประเทศไทย " * 100
    parts = split(long)
    assert len(parts) > 1
    assert max(map(len, parts)) <= UNMARKED_MAX
    assert " ".join(parts) == long.strip()


def test_a_blank_line_ends_a_sentence_and_a_line_break_does_not() -> None:
    assert split("Judul tanpa titik\n\nIsi yang\npanjang.") == [
        "Judul tanpa titik",
        "Isi yang\npanjang.",
    ]
    assert split("satu\n \t\ndua") == ["satu", "dua"]


def test_spans_count_in_the_whole_text() -> None:
    text = "Satu dua. Tiga empat. Lima enam."
    assert sentences(text, Span(10, 32)) == [Span(10, 21), Span(22, 32)]
    assert sentences(text, Span(10, 16)) == [Span(10, 16)]
    assert sentences("") == []
    assert sentences(" \n\n ") == []


_WORDS = ["Dr", "No", "A", "kata", "Kata", "6.600", "5", "word ", "Kota ", "ไทย ", "\xa0", "\u200d"]
_PIECES = st.sampled_from([*'.!?…"“”() \n。」「।؟', "\n\n", *_WORDS])


@given(st.lists(_PIECES, max_size=60).map("".join) | st.text(max_size=80))
def test_spans_cover_all_but_white_space_in_order(text: str) -> None:
    end = 0
    for span in sentences(text):
        assert span.start >= end
        assert text[end : span.start].strip() == ""
        sentence = text[span.start : span.end]
        assert sentence
        assert sentence == sentence.strip()
        assert "\n\n" not in sentence
        end = span.end
    assert text[end:].strip() == ""


@pytest.mark.parametrize("unit", ["a", "Ia pergi. ", '" . ', "( A. ", "กขค ", "“A. "])
def test_a_huge_line_takes_linear_time(unit: str) -> None:
    assert grows_linearly(sentences, unit, 25_000)
